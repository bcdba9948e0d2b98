import type { Approve, CheckHost } from '../system/check-host.ts';
import { UserError } from '../system/errors.ts';
import { once } from '../system/once.ts';
import { printable } from '../system/printable.ts';
import { addressesOf, isPublicAddress, type Resolve, resolveBySystem } from './addresses.ts';
import { isAllowedHost } from './allowed-hosts.ts';

/** Decides whether a connection may be made to what a name stands for. @throws UserError if not */
export type Admit = (host: string, addresses: readonly string[]) => Promise<void>;

/** Where may be fetched from. Both come from the base branch: what is proposed does not widen it. */
export interface HostRules {
  /** `allowed-hosts` of the configuration; undefined: not limited to a list. */
  readonly allowedHosts: readonly string[] | undefined;
  /** Whether lock and sources are untrusted. Without a list only public addresses are asked then. */
  readonly isStranger: boolean;
}

/** Judges addresses before contact. Nothing is judged if neither a list nor an untrusted lock asks for it. */
export interface HostPolicy {
  /** Whether anything is refused at all. */
  readonly judges: () => Promise<boolean>;
  readonly check: CheckHost;
  readonly admit: Admit;
  readonly approve: Approve;
}

/** @param rules asked for when the first address is judged */
export function makeHostPolicy(
  rules: () => Promise<HostRules>,
  resolve: Resolve = resolveBySystem,
): HostPolicy {
  const get = once(rules);
  const admit: Admit = async (host, addresses) => judgeAddresses(await get(), 'A file', host, addresses);
  return {
    judges: async () => isJudged(await get()),
    check: async (address, what) => {
      const known = await get();
      if (!isJudged(known)) return;
      const url = judgeText(known, address, what);
      if (known.allowedHosts !== undefined) return;
      // A name that is unknown here is refused: another resolver, or the next answer, could know it as an inner one.
      const found = await addressesOf(url, resolve).catch(() => []);
      judgeAddresses(known, what, url.host, found);
    },
    admit,
    approve: async (address, what) => {
      const known = await get();
      const url = isJudged(known) ? judgeText(known, address, what) : new URL(address);
      const found = addressesOf(url, resolve);
      const addresses = await (isOpen(known) ? found.catch(() => []) : found);
      judgeAddresses(known, what, url.host, addresses);
      return addresses;
    },
  };
}

/** Without a list an untrusted lock may ask the whole public internet. */
const isOpen = ({ allowedHosts, isStranger }: HostRules): boolean => allowedHosts === undefined && isStranger;

const isJudged = ({ allowedHosts, isStranger }: HostRules): boolean =>
  allowedHosts !== undefined || isStranger;

/** Judges what an address says of itself; its host is judged by name only where there is a list. */
function judgeText({ allowedHosts, isStranger }: HostRules, address: string, what: string): URL {
  const url = URL.parse(address);
  // curl, git and uv do not agree with each other where a host ends in such text.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (url === null || /[\u0000-\u0020\u007f\\]/.test(address))
    throw refused(what, address, 'is not an http or https address');
  if (url.protocol === 'ssh:' && isStranger)
    throw refused(what, url.host, 'is asked by ssh, which is not done for an untrusted lock');
  if (!/^(https?|ssh):$/.test(url.protocol) || url.hostname === '')
    throw refused(what, address, 'is not an http or https address');
  if (allowedHosts !== undefined && !isAllowedHost(address, allowedHosts))
    throw refused(what, url.host, "is not among the configuration's allowed-hosts");
  if (isStranger && (url.username !== '' || url.password !== ''))
    throw refused(what, url.host, 'comes with credentials in the address');
  return url;
}

function judgeAddresses(rules: HostRules, what: string, host: string, addresses: readonly string[]): void {
  if (!isOpen(rules)) return;
  if (addresses.length === 0) throw refused(what, host, 'has no address that this machine can find');
  const inner = addresses.find((address) => !isPublicAddress(address));
  if (inner !== undefined) throw refused(what, host, notPublic(inner));
}

const notPublic = (address: string): string => `is ${address}, which is not of the public internet`;

function refused(what: string, host: string, why: string): UserError {
  return new UserError(
    'host-not-allowed',
    `${printable(what)} is not fetched: '${printable(host.slice(0, 200))}' ${why}. Nothing was changed. If it may be fetched from, list it as allowed-hosts in .github/uv-fod.toml of the base branch; what a pull request says there does not count.`,
  );
}
