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

/** One file to download with one request; curl does not follow redirects. */
export interface Transfer {
  readonly url: URL;
  /** The IP addresses to connect to; empty if a proxy resolves the name. */
  readonly addresses: readonly string[];
  readonly proxy: string | undefined;
  /** `name:password` for this host only. */
  readonly login: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly file: string;
  /** Bytes that the file already has. */
  readonly offset: number;
  /** Maximum size of the file in bytes. */
  readonly most: number;
  /** Maximum duration in seconds. */
  readonly seconds: number;
  /** Whether to write the body of a 4xx or 5xx response. */
  readonly keepsErrors: boolean;
}

/** Options of all transfers. */
export interface Common {
  /** PEM file of trusted certificate authorities; undefined: curl's own. */
  readonly certificates: string | undefined;
  /** Seconds. */
  readonly connectTimeout: number;
  /** Minimum bytes per second, averaged over `slowSeconds`. */
  readonly slowest: number;
  readonly slowSeconds: number;
}

/** @returns text for `--config`; the `--write-out` of each transfer starts with its index */
export function configOf(transfers: readonly Transfer[], common: Common): string {
  return transfers.map((transfer, index) => section(transfer, index, common)).join('next\n');
}

function section(transfer: Transfer, index: number, common: Common): string {
  const { url, addresses, proxy, login, headers, file, offset } = transfer;
  return [
    // [1-9] and {a,b} in an address are not patterns.
    'globoff\n',
    option('url', addressOf(url)),
    option('output', file),
    option('proto', '=http,https'),
    ...pins(url, addresses).map((pin) => option('resolve', pin)),
    proxy === undefined ? option('noproxy', '*') : option('proxy', proxy),
    ...(login === undefined ? [] : [option('user', login)]),
    ...Object.entries(headers).map(([name, value]) => option('header', `${name}: ${value}`)),
    ...(common.certificates === undefined || url.protocol === 'http:'
      ? []
      : [option('cacert', common.certificates)]),
    ...(offset > 0 ? [option('continue-at', offset)] : []),
    ...(transfer.keepsErrors ? [] : ['fail\n']),
    option('max-filesize', transfer.most),
    option('max-time', transfer.seconds),
    option('connect-timeout', common.connectTimeout),
    option('speed-limit', common.slowest),
    option('speed-time', common.slowSeconds),
    option('write-out', `%{stderr}${index} %{json}\n`),
  ].join('');
}

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
