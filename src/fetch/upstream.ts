import { BlockList, isIP } from 'node:net';
import { UserError } from '../system/errors.ts';
import type { Approve } from './host-policy.ts';

/** The user's proxy for an address; undefined: connect directly. */
export type Upstream = (url: URL) => URL | undefined;

/**
 * The proxies of the environment, by curl's names and rules ("Environment variables"): lower case
 * first; `no_proxy` lists names, domains, addresses and networks, or is `*`.
 * @throws UserError `proxy-unsupported`, from the returned function
 */
export function upstreamFrom(environment: Readonly<Record<string, string | undefined>>): Upstream {
  const get = (name: string): string | undefined =>
    environment[name] || environment[name.toUpperCase()] || undefined;
  const excluded = (get('no_proxy') ?? '').split(/[\s,]+/).filter(Boolean);
  return (url) => {
    const text = get(url.protocol === 'https:' ? 'https_proxy' : 'http_proxy') ?? get('all_proxy');
    if (text === undefined || excluded.some((entry) => matches(entry, url))) return undefined;
    const proxy = URL.parse(/^[a-z0-9+.-]+:\/\//i.test(text) ? text : `http://${text}`);
    if (proxy && /^https?:$/.test(proxy.protocol)) return proxy;
    throw new UserError(
      'proxy-unsupported',
      `The proxy of this machine (${proxy?.protocol ?? 'not an address'}) is not an http or https proxy, so the addresses that uv and git contact cannot be checked. Set http_proxy and https_proxy to an http proxy, or remove allowed-hosts from the configuration.`,
    );
  };
}

/** If a name is unknown here, approves it for a proxy without IP addresses; a proxy may know it. */
export const approveThrough =
  (approve: Approve, upstream: Upstream): Approve =>
  (address, what) =>
    approve(address, what).catch((error: unknown) => {
      if (error instanceof UserError || upstream(new URL(address)) === undefined) throw error;
      return [];
    });

function matches(entry: string, { hostname, port, protocol }: URL): boolean {
  const name = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (entry === '*') return true;
  const [network = '', bits] = entry.split('/');
  if (bits !== undefined) return isInNetwork(name, network, Number(bits));
  if (isIP(entry.replace(/^\[|\]$/g, ''))) return entry.replace(/^\[|\]$/g, '') === name;
  const [host = '', wanted] = entry.split(':');
  const own = port || (protocol === 'https:' ? '443' : '80');
  const domain = host.replace(/^\*?\./, '').toLowerCase();
  return (
    (wanted === undefined || wanted === own) &&
    (name === domain || (isIP(name) === 0 && name.endsWith(`.${domain}`)))
  );
}

function isInNetwork(name: string, network: string, bits: number): boolean {
  const family = isIP(network);
  if (family === 0 || isIP(name) !== family || !(bits >= 0 && bits <= (family === 4 ? 32 : 128)))
    return false;
  const list = new BlockList();
  const type = family === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(network, bits, type);
  return list.check(name, type);
}

/** A proxy's address for curl, with its port, since curl's default is 1080. */
export function addressOfProxy(proxy: URL | undefined): string | undefined {
  if (proxy === undefined) return undefined;
  const { protocol, username, password, hostname, port } = proxy;
  const login = username === '' && password === '' ? '' : `${username}:${password}@`;
  return `${protocol}//${login}${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

/** The header `proxy-authorization` for a proxy's user and password. */
export const loginOf = ({ username, password }: URL): Readonly<Record<string, string>> =>
  username === '' && password === ''
    ? {}
    : {
        'proxy-authorization': `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`,
      };
