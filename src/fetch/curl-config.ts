import type { Network } from './network.ts';

/** One request that writes a file; curl does not follow redirects. */
export interface Transfer {
  readonly url: URL;
  /** The IP addresses to connect to; empty if a proxy resolves the name. */
  readonly addresses: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly file: string;
  /** Maximum size of the file in bytes. */
  readonly most: number;
  /** Maximum duration in seconds. */
  readonly seconds: number;
  /** Whether to write the body of a 4xx or 5xx response. */
  readonly keepsErrors: boolean;
}

/** What of the network all transfers have in common. */
type Common = Pick<Network, 'certificates' | 'patience' | 'proxyFor' | 'loginFor'>;

/** @returns text for `--config`; curl reports each transfer on stderr, by `reportOf` */
export function configOf(transfers: readonly Transfer[], network: Common): string {
  return transfers.map((transfer, index) => section(transfer, index, network)).join('next\n');
}

function section(transfer: Transfer, index: number, network: Common): string {
  const { url, addresses } = transfer;
  const { certificates, patience } = network;
  const [proxy, login] = [network.proxyFor(url), network.loginFor(url)];
  return [
    // [1-9] and {a,b} in an address are not patterns.
    'globoff\n',
    option('url', addressOf(url)),
    option('output', transfer.file),
    option('proto', '=http,https'),
    ...pins(url, addresses).map((pin) => option('resolve', pin)),
    proxy === undefined ? option('noproxy', '*') : option('proxy', proxy),
    login === undefined ? '' : option('user', login),
    ...Object.entries(transfer.headers).map(([name, value]) => option('header', `${name}: ${value}`)),
    certificates === undefined || url.protocol === 'http:' ? '' : option('cacert', certificates),
    transfer.keepsErrors ? '' : 'fail\n',
    option('max-filesize', transfer.most),
    option('max-time', transfer.seconds),
    option('connect-timeout', patience.connect),
    option('speed-limit', Math.ceil(patience.minimum / patience.window)),
    option('speed-time', patience.window),
    option('write-out', reportOf(index)),
  ].join('');
}

/**
 * One line, and a second one in JSON if the transfer failed. Not always JSON: curl writes to stderr
 * character by character, which takes longer than to download a small file.
 */
const reportOf = (index: number): string =>
  `%{stderr}${index} %{exitcode} %{http_code} %{redirect_url} %{content_type}\n%{onerror}${index} %{json}\n`;

/**
 * One line of curl's configuration, quoted as curl's manual says ("--config"): a line end in a
 * value would start another option.
 * @throws Error for a NUL, which curl cannot read
 */
export function option(name: string, value: string | number): string {
  const text = String(value);
  if (text.includes('\0')) throw new Error(`a value of curl's option '${name}' has a NUL character`);
  const quoted = text.replace(/[\\"\n\r\t\v]/g, (character) => `\\${escapes[character] ?? character}`);
  return `${name} = "${quoted}"\n`;
}

const escapes: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't', '\v': 'v' };

/** Without credentials, which `user` sets, and without a final dot: the pin is for the name. */
function addressOf(url: URL): string {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  plain.hash = '';
  plain.hostname = plain.hostname.replace(/\.$/, '');
  return plain.href;
}

function pins(url: URL, addresses: readonly string[]): string[] {
  const host = url.hostname.replace(/\.$/, '');
  // An IP address needs no pin.
  if (addresses.length === 0 || addresses.includes(host.replace(/^\[|\]$/g, ''))) return [];
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const bracketed = addresses.map((address) => (address.includes(':') ? `[${address}]` : address));
  return [`${host}:${port}:${bracketed.join(',')}`];
}
