import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { AbortError } from 'p-retry';
import type { Network } from '../artifacts/network.ts';
import { isAllowedHost } from '../config/hosts.ts';
import type { CheckHost } from '../ports/check-host.ts';
import { UserError } from '../ports/errors.ts';

/** Where may be fetched from. Both come from the base branch: what a stranger proposes does not widen it. */
export interface HostRules {
  /** `allowed-hosts` of the configuration; undefined: not limited to a list. */
  readonly allowedHosts: readonly string[] | undefined;
  /** Whether lock and sources are a stranger's. Without a list only public addresses are asked then. */
  readonly isStranger: boolean;
}

/** Addresses that are not the public internet's (IANA's special-purpose registries, RFC 6890), and multicast. */
const special = new BlockList();
for (const network of [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
]) {
  const [address = '', prefix] = network.split('/');
  special.addSubnet(address, Number(prefix), 'ipv4');
}
// All but global unicast (RFC 4291), and of that what reaches into IPv4 or documents.
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');
for (const network of ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']) {
  const [address = '', prefix] = network.split('/');
  special.addSubnet(address, Number(prefix), 'ipv6');
}

/** @param address an IP address as text, without brackets */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  return family === 6 && globalUnicast.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** All addresses of a name. */
export type Resolve = (name: string) => Promise<readonly string[]>;

const resolveBySystem: Resolve = async (name) =>
  (await lookup(name, { all: true })).map(({ address }) => address);

/** @param rules asked for when the first address is judged */
export function makeCheckHost(
  rules: () => Promise<HostRules>,
  resolve: Resolve = resolveBySystem,
): CheckHost {
  let known: Promise<HostRules> | undefined;
  return async (address, what) => {
    known ??= rules();
    const { allowedHosts, isStranger } = await known;
    if (allowedHosts === undefined && !isStranger) return;
    const url = URL.parse(address);
    if (url === null || !/^(https?|ssh):$/.test(url.protocol))
      throw refused(what, address, 'is no http, https or ssh address');
    if (allowedHosts !== undefined) {
      if (!isAllowedHost(address, allowedHosts))
        throw refused(what, url.host, "is not among the configuration's allowed-hosts");
      return;
    }
    if (url.username !== '' || url.password !== '')
      throw refused(what, url.host, 'comes with credentials in the address');
    const inner = await innerAddress(url, resolve);
    if (inner !== undefined)
      throw refused(what, url.host, `is ${inner}, which is not of the public internet`);
  };
}

/** The first address of a host that is not public; undefined where all are, or the name is unknown. */
async function innerAddress({ hostname }: URL, resolve: Resolve): Promise<string | undefined> {
  const name = hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(name) ? [name] : await resolve(name).catch(() => []);
  return addresses.find((address) => !isPublicAddress(address));
}

function refused(what: string, host: string, why: string): UserError {
  return new UserError(
    'host-not-allowed',
    `${what} is not fetched: '${host.slice(0, 200)}' ${why}. Nothing was changed. If it may be fetched from, list it as allowed-hosts in .github/uv-fod.toml of the base branch; what a pull request says there does not count.`,
  );
}

/** A network that judges each address before it asks there: a redirect's as well. */
export function guarded(network: Network, check: CheckHost): Network {
  return {
    ...network,
    get: async (url, headers, signal) => {
      try {
        await check(url.href, url.pathname.split('/').at(-1) || url.host);
      } catch (error) {
        // Another try would be refused as well.
        throw error instanceof Error ? new AbortError(error) : error;
      }
      return network.get(url, headers, signal);
    },
  };
}
