/**
 * One line of curl's configuration. Quoting is that of curl's manual ("--config"): within quotes only these escapes exist, and a line
 * end would begin another option.
 * @throws Error for a character that curl can't be given
 */
export function option(name: string, value: string | number): string {
  const text = String(value);
  if (text.includes('\0')) throw new Error(`a value of curl's option '${name}' has a NUL character`);
  const quoted = text.replace(/[\\"\n\r\t\v]/g, (character) => `\\${escapes[character] ?? character}`);
  return `${name} = "${quoted}"\n`;
}

const escapes: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't', '\v': 'v' };

/** One file that curl is to get, by one request: it follows no redirect by itself. */
export interface Transfer {
  readonly url: URL;
  /** The only IP addresses that may be connected to; none if a proxy resolves the name. */
  readonly addresses: readonly string[];
  readonly proxy: string | undefined;
  /** `name:password` for this very host. */
  readonly login: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly file: string;
  /** Bytes that are in the file already. */
  readonly offset: number;
  /** Bytes of the file at most. */
  readonly most: number;
  /** Seconds that it may take at most. */
  readonly seconds: number;
  /** Keep the body of an answer that is an error. */
  readonly keepsErrors: boolean;
}

/** What all transfers have in common. */
export interface Common {
  /** PEM file of the authorities to trust; undefined: curl's own. */
  readonly certificates: string | undefined;
  /** Seconds until a connection has to be there. */
  readonly connectTimeout: number;
  /** Bytes a second that have to come, on average over `slowSeconds`. */
  readonly slowest: number;
  readonly slowSeconds: number;
}

/** @returns the configuration of all transfers, for `--config`; each one's `--write-out` begins with its index */
export function configOf(transfers: readonly Transfer[], common: Common): string {
  return transfers.map((transfer, index) => section(transfer, index, common)).join('next\n');
}

function section(transfer: Transfer, index: number, common: Common): string {
  const { url, addresses, proxy, login, headers, file, offset } = transfer;
  return [
    // Neither [1-9] nor {a,b} in an address is a pattern.
    'globoff\n',
    option('url', addressOf(url)),
    option('output', file),
    option('proto', '=http,https'),
    ...pins(url, addresses).map((pin) => option('resolve', pin)),
    proxy === undefined ? option('noproxy', '*') : option('proxy', proxy),
    ...(login === undefined ? [] : [option('user', login)]),
    ...Object.entries(headers).map(([name, value]) => option('header', `${name}: ${value}`)),
    ...(common.certificates === undefined ? [] : [option('cacert', common.certificates)]),
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

/** Credentials go another way, to their own host alone. A final dot would make it another name than the one that is pinned. */
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
  // An IP address stands for itself.
  if (addresses.length === 0 || addresses.includes(host.replace(/^\[|\]$/g, ''))) return [];
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const bracketed = addresses.map((address) => (address.includes(':') ? `[${address}]` : address));
  return [`${host}:${port}:${bracketed.join(',')}`];
}
