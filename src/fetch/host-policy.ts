import { hostsOfNixPath } from '../nix/nix-path.ts';
import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';
import { once } from '../system/promises.ts';
import { addressesOf, isPublicAddress, type Resolve, resolveBySystem } from './addresses.ts';

/** The permitted hosts, from the base branch: a pull request cannot extend them. */
export interface HostRules {
  /** `allowed-hosts` of the configuration; undefined: no list. */
  readonly allowedHosts: readonly string[] | undefined;
  /**
   * Whether lock and sources are untrusted: without a list, only public addresses are contacted.
   */
  readonly isUntrusted: boolean;
}

/**
 * Checks an address before anything is fetched from it, also after a redirect.
 * @param what names the file or requirement with the address in messages
 * @throws UserError `host-not-allowed`
 */
export type CheckHost = (address: string, what: string) => Promise<void>;

/**
 * Checks an address before contact, and resolves its name once.
 * @returns the only IP addresses to connect to, so that the name is not resolved again
 * @throws UserError `host-not-allowed`; NodeJS.ErrnoException if the name is unknown
 */
export type Approve = (address: string, what: string) => Promise<readonly string[]>;

/** Checks addresses before they are contacted, if there is a list or the lock is untrusted. */
export interface HostPolicy {
  /** Whether there are rules. */
  readonly isActive: () => Promise<boolean>;
  readonly check: CheckHost;
  readonly approve: Approve;
}

/** @param rules called when the first address is checked */
export function makeHostPolicy(
  rules: () => Promise<HostRules>,
  resolve: Resolve = resolveBySystem,
): HostPolicy {
  const get = once(rules);
  return {
    isActive: async () => hasRules(await get()),
    check: async (address, what) => {
      const known = await get();
      if (!hasRules(known)) return;
      const url = checkText(known, address, what);
      if (known.allowedHosts !== undefined) return;
      // Refuse unknown names: another resolver may resolve them to private addresses.
      const found = await addressesOf(url, resolve).catch(() => []);
      checkAddresses(known, what, url.host, found);
    },
    approve: async (address, what) => {
      const known = await get();
      const url = hasRules(known) ? checkText(known, address, what) : new URL(address);
      const found = addressesOf(url, resolve);
      const addresses = await (isPublicOnly(known) ? found.catch(() => []) : found);
      checkAddresses(known, what, url.host, addresses);
      return addresses;
    },
  };
}

/** Approves every address. Redirects to private addresses are refused elsewhere (follow.ts). */
export const everywhere = makeHostPolicy(async () => ({ allowedHosts: undefined, isUntrusted: false }));

/** Whether all public addresses, and no others, are permitted. */
const isPublicOnly = ({ allowedHosts, isUntrusted }: HostRules): boolean =>
  allowedHosts === undefined && isUntrusted;

const hasRules = ({ allowedHosts, isUntrusted }: HostRules): boolean =>
  allowedHosts !== undefined || isUntrusted;

/** Checks the text of an address: its scheme, credentials, and its name if there is a list. */
function checkText({ allowedHosts, isUntrusted }: HostRules, address: string, what: string): URL {
  const url = URL.parse(address);
  // curl, git and uv disagree on where the host ends in such text.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are refused
  if (url === null || /[\u0000-\u0020\u007f\\]/.test(address))
    throw refused(what, address, 'is not an http or https address');
  if (url.protocol === 'ssh:' && isUntrusted)
    throw refused(what, url.host, 'is an ssh address, which an untrusted lock cannot use');
  if (!/^(https?|ssh):$/.test(url.protocol) || url.hostname === '')
    throw refused(what, address, 'is not an http or https address');
  if (allowedHosts !== undefined && !isAllowedHost(address, allowedHosts))
    throw refused(what, url.host, "is not among the configuration's allowed-hosts");
  if (isUntrusted && (url.username !== '' || url.password !== ''))
    throw refused(what, url.host, 'has credentials in its address');
  return url;
}

function checkAddresses(rules: HostRules, what: string, host: string, addresses: readonly string[]): void {
  if (!isPublicOnly(rules)) return;
  if (addresses.length === 0) throw refused(what, host, 'cannot be resolved');
  const inner = addresses.find((address) => !isPublicAddress(address));
  if (inner !== undefined) throw refused(what, host, `is ${inner}, which is not a public address`);
}

function refused(what: string, host: string, why: string): UserError {
  return new UserError(
    'host-not-allowed',
    `${printable(what)} is not fetched: '${printable(host.slice(0, 200))}' ${why}. Nothing was changed. To permit the host, add it to allowed-hosts in .github/uv-fod.toml on the base branch; changes of a pull request to this list have no effect.`,
  );
}

/** Default ports. */
const defaultPorts: Readonly<Record<string, string>> = { 'https:': '443', 'http:': '80', 'ssh:': '22' };

/**
 * @param hosts of the configuration: `name`, `name:port` or `*.name`; the port defaults to the
 *   scheme's
 * @returns whether an address is on one of them; false for text that is not an address
 */
export function isAllowedHost(address: string, hosts: readonly string[]): boolean {
  const url = URL.parse(address);
  if (url === null || url.hostname === '') return false;
  const name = url.hostname.toLowerCase().replace(/\.$/, '');
  const port = url.port === '' ? defaultPorts[url.protocol] : url.port;
  return hosts.some((entry) => {
    const [host = '', wanted = defaultPorts[url.protocol]] = entry.split(':');
    if (port !== wanted) return false;
    return host.startsWith('*.')
      ? name.endsWith(host.slice(1)) && name.length > host.length - 1
      : name === host;
  });
}

/**
 * The policy for the evaluation of untrusted Nix code: also approves hosts of the user's Nix path.
 */
export function withNixPath(policy: HostPolicy, open: HostPolicy, nixPath: string): HostPolicy {
  const hosts = new Set(hostsOfNixPath(nixPath));
  return {
    ...policy,
    isActive: async () => true,
    approve: (address, what) =>
      (hosts.has(URL.parse(address)?.hostname ?? '') ? open : policy).approve(address, what),
  };
}
