import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { UserError } from '../system/errors.ts';

/** Addresses that are not public (IANA's special-purpose registries, RFC 6890), and multicast. */
const special = new BlockList();
for (const network of [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  // Azure's platform service, which GitHub's runners can reach.
  '168.63.129.16/32',
]) {
  const [address = '', prefix] = network.split('/');
  special.addSubnet(address, Number(prefix), 'ipv4');
}
// Only global unicast (RFC 4291) is public, except for IPv4 tunnels and documentation.
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');
for (const network of ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']) {
  const [address = '', prefix] = network.split('/');
  special.addSubnet(address, Number(prefix), 'ipv6');
}

/** @param text an IP address without brackets; a zone is ignored */
export function isPublicAddress(text: string): boolean {
  const [address = ''] = text.split('%');
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  return family === 6 && globalUnicast.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** All addresses of a name. */
export type Resolve = (name: string) => Promise<readonly string[]>;

/** Uses the resolver of this machine. @throws if the name is unknown */
export const resolveBySystem: Resolve = async (name) =>
  (await lookup(name, { all: true })).map(({ address }) => address);

/** The addresses of a host. @throws if the name is unknown */
export async function addressesOf({ hostname }: URL, resolve: Resolve): Promise<readonly string[]> {
  const name = hostname.replace(/^\[|\]$/g, '');
  return isIP(name) ? [name] : resolve(name);
}

/** An address of a request, and the IP addresses that were approved for it. */
export interface Hop {
  readonly url: URL;
  readonly addresses: readonly string[];
}

/**
 * Refuses a redirect from a public server to a private address (this machine, its network, a
 * cloud's metadata). Independent of the configuration, which is not known in Nix's sandbox. An
 * index at a private address may redirect anywhere.
 * @throws UserError `redirect-inward`
 */
export function refuseInward(from: Hop, to: Hop): void {
  const inner = innerOf(to);
  if (from.url.hostname === to.url.hostname || inner === undefined || innerOf(from) !== undefined) return;
  throw new UserError(
    'redirect-inward',
    `${from.url.host} redirects to ${to.url.host.slice(0, 200)} (${inner}), which is not a public address, so the redirect is not followed. If that server is yours, use its address for the index in the project, and lock again.`,
  );
}

function innerOf({ url, addresses }: Hop): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isLiteral = url.hostname.startsWith('[') || /^[\d.]+$/.test(host);
  return [...addresses, ...(isLiteral ? [host] : [])].find((address) => !isPublicAddress(address));
}
