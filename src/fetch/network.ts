import { makeRun } from '../system/exec.ts';
import { readBytes } from '../system/read-bytes.ts';
import type { Run } from '../system/run.ts';
import type { TomlTable } from '../uv/lock/toml.ts';
import { type Approve, everywhere } from './host-policy.ts';
import { indexLogins, type LoginFor } from './index-logins.ts';
import { netrcLogins } from './netrc.ts';
import { addressOfProxy, approveThrough, upstreamFrom } from './upstream.ts';

/** The collaborators and limits of downloads. */
export interface Network {
  readonly run: Run;
  /** The complete environment of curl, without tokens and proxies. */
  readonly environment: Readonly<Record<string, string>>;
  /** Approves an address, also of a redirect; no IP addresses if a proxy resolves the name. */
  readonly approve: Approve;
  /** Address of the proxy for a URL, with its password; undefined: no proxy. */
  readonly proxyFor: (url: URL) => string | undefined;
  readonly loginFor: LoginFor;
  /** PEM file of trusted certificate authorities; undefined: curl's own. */
  readonly certificates: string | undefined;
  /** Cancels all downloads. */
  readonly stop: AbortSignal;
  /** Maximum number of retries after temporary failures. */
  readonly retries: number;
  /** Milliseconds before the first retry, doubled for each further one. */
  readonly retryDelay: number;
  readonly patience: Timeouts;
}

/** Time-outs in seconds, and minimum speeds in bytes. */
export interface Timeouts {
  readonly connect: number;
  /** A transfer fails if it receives fewer than `minimum` bytes in a `window`. */
  readonly window: number;
  readonly minimum: number;
  /** Limit for a file: `total`, plus a second for each `rate` bytes. */
  readonly total: number;
  readonly rate: number;
}

const mostNetrc = 1 << 20;

/**
 * Reads proxies, credentials and certificates from the environment, by the names that curl, uv, Nix
 * and OpenSSL use.
 * @param stop cancels downloads
 * @param settings trusted settings of uv, whose indexes may have logins
 * @throws UserError `file-unreadable`, `file-too-large` for NETRC
 */
export async function networkFrom(
  environment: NodeJS.ProcessEnv,
  approve: Approve = everywhere.approve,
  stop: AbortSignal = new AbortController().signal,
  settings?: readonly TomlTable[],
): Promise<Network> {
  const own = curlEnvironment(environment);
  const upstream = upstreamFrom(environment);
  const netrc = environment.NETRC ? await readBytes(environment.NETRC, mostNetrc) : undefined;
  const ofHosts = netrcLogins(netrc?.toString() ?? '');
  return {
    run: makeRun(own, stop),
    environment: own,
    stop,
    proxyFor: (url) => addressOfProxy(upstream(url)),
    loginFor: settings ? indexLogins(environment, settings, ofHosts) : ofHosts,
    approve: approveThrough(approve, upstream),
    // nixpkgs sets a missing file if the output's hash is known.
    certificates: [environment.NIX_SSL_CERT_FILE, environment.SSL_CERT_FILE].find(
      (file) => file && !file.endsWith('/no-cert-file.crt'),
    ),
    retries: 4,
    retryDelay: 500,
    patience: { connect: 15, window: 30, minimum: 4096, total: 120, rate: 50_000 },
  };
}

/** Without proxies and credentials, which are options. `-q` ignores a `.curlrc` in HOME. */
function curlEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const tls = ['SSL_CERT_DIR', 'SSL_CERT_FILE', 'NIX_SSL_CERT_FILE'];
  const names = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'LD_LIBRARY_PATH', ...tls];
  return Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}
