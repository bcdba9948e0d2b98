import { existsSync, statSync, writeFileSync } from 'node:fs';
import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';
import { noSuchProgram } from '../system/run.ts';
import { toolMissing } from '../system/tools.ts';
import { bareAddress } from './bare-address.ts';
import type { Network } from './network.ts';

/** More did not make a real lock (166 files, 112 MB) faster on two cores. */
const parallel = 16;
/** Milliseconds between checks of file sizes: before 8.4, `max-filesize` needs a Content-Length. */
const sizeInterval = 200;

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

/** The result of one transfer, from curl's `--write-out`. */
export interface Ended {
  /** Exit code of this transfer ("man curl", EXIT CODES). */
  readonly exitCode: number;
  /** HTTP status; 0 if there was no response. */
  readonly status: number;
  /** Absolute address of a redirect; empty without one. */
  readonly redirect: string;
  readonly contentType: string;
  readonly message: string;
}

/** Exit code of a file over its limit, also of one that is still being written. */
export const tooLarge = 63;

/**
 * Runs one curl for all transfers.
 * @param onEnd called once for each transfer; if it throws, the others are cancelled
 * @throws UserError `curl-missing`, `curl-failed`, and errors of `onEnd`
 */
export async function curl(
  transfers: readonly Transfer[],
  network: Network,
  onEnd: (index: number, ended: Ended) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  const open = new Map(transfers.entries());
  const settling: Promise<void>[] = [];
  const settle = (index: number, ended: Ended): void => {
    const transfer = open.get(index);
    if (!open.delete(index) || transfer === undefined || controller.signal.aborted) return;
    // Some versions of curl create no file for an empty response.
    if (ended.exitCode === 0 && !existsSync(transfer.file)) writeFileSync(transfer.file, '');
    const settled = onEnd(index, ended);
    settled.catch((error: unknown) => controller.abort(error));
    settling.push(settled);
  };
  const timer = setInterval(() => {
    for (const [index, { file, most }] of open)
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > most)
        settle(index, { exitCode: tooLarge, status: 0, redirect: '', contentType: '', message: '' });
  }, sizeInterval);
  try {
    const args = ['-q', '--no-progress-meter', '--parallel', '--parallel-max', String(parallel)];
    const result = await network.run('curl', [...args, '--config', '-'], {
      onlyEnv: network.environment,
      input: configOf(transfers, network),
      signal: AbortSignal.any([controller.signal, network.stop]),
      onLine: (line) => {
        const [index, exitCode, status, redirect = '', contentType = '', ...message] = line.split('\t');
        if (message.length > 0)
          settle(Number(index), {
            ...{ exitCode: Number(exitCode), status: Number(status), redirect, contentType },
            message: printable(message.join(' ')).replace(/\.$/, ''),
          });
      },
    });
    controller.signal.throwIfAborted();
    network.stop.throwIfAborted();
    if (open.size > 0) throw failure(result.code, result.stderr);
  } finally {
    clearInterval(timer);
    await Promise.allSettled(settling);
  }
  await Promise.all(settling);
}

function failure(code: number, stderr: string): UserError {
  if (code === noSuchProgram) return toolMissing('curl');
  const last = stderr.trimEnd().split('\n').at(-1) ?? '';
  return new UserError(
    'curl-failed',
    `curl exited with code ${code} before it had downloaded everything (${printable(last.slice(0, 300))}). Version 7.75 or later is required: check 'curl --version', and run this again.`,
  );
}

/** The properties of the network that apply to all transfers. */
type Common = Pick<Network, 'certificates' | 'patience' | 'proxyFor' | 'loginFor'>;

/** @returns text for `--config`; curl reports each transfer on stderr, as a line of `Ended` */
export const configOf = (transfers: readonly Transfer[], network: Common): string =>
  transfers.map((transfer, index) => section(transfer, index, network)).join('next\n');

function section(
  { url, addresses, headers, ...transfer }: Transfer,
  index: number,
  { certificates, patience, proxyFor, loginFor }: Common,
): string {
  const [proxy, login] = [proxyFor(url), loginFor(url)];
  // Not JSON: curl writes to stderr character by character, which takes longer than a small file.
  const report = ['exitcode', 'http_code', 'redirect_url', 'content_type', 'errormsg'];
  return [
    // [1-9] and {a,b} in an address are not patterns.
    'globoff\n',
    // No login, which `user` sets, and no final dot, which the name in `resolve` does not have.
    option('url', bareAddress(url, { hostname: url.hostname.replace(/\.$/, '') })),
    option('output', transfer.file),
    option('proto', '=http,https'),
    ...pins(url, addresses).map((pin) => option('resolve', pin)),
    proxy === undefined ? option('noproxy', '*') : option('proxy', proxy),
    login === undefined ? '' : option('user', login),
    ...Object.entries(headers).map(([name, value]) => option('header', `${name}: ${value}`)),
    certificates === undefined || url.protocol === 'http:' ? '' : option('cacert', certificates),
    transfer.keepsErrors ? '' : 'fail\n',
    option('max-filesize', transfer.most),
    option('max-time', transfer.seconds),
    option('connect-timeout', patience.connect),
    option('speed-limit', Math.ceil(patience.minimum / patience.window)),
    option('speed-time', patience.window),
    option('write-out', `%{stderr}${[index, ...report.map((name) => `%{${name}}`)].join('\t')}\n`),
  ].join('');
}

/**
 * One line of curl's configuration, quoted by the rules of curl's manual ("--config"), because a
 * line end in a value would start another option.
 * @throws Error for a NUL, which curl cannot read
 */
export function option(name: string, value: string | number): string {
  const text = String(value);
  if (text.includes('\0')) throw new Error(`a value of curl's option '${name}' has a NUL character`);
  const quoted = text.replace(/[\\"\n\r\t\v]/g, (character) => `\\${escapes[character] ?? character}`);
  return `${name} = "${quoted}"\n`;
}

const escapes: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't', '\v': 'v' };

function pins(url: URL, addresses: readonly string[]): string[] {
  const host = url.hostname.replace(/\.$/, '');
  // An IP address needs no pin.
  if (addresses.length === 0 || addresses.includes(host.replace(/^\[|\]$/g, ''))) return [];
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const bracketed = addresses.map((address) => (address.includes(':') ? `[${address}]` : address));
  return [`${host}:${port}:${bracketed.join(',')}`];
}
