import { UserError } from '../system/errors.ts';
import { makeRun } from '../system/exec.ts';
import { readBytes } from '../system/read-bytes.ts';
import { type HostPolicy, makeHostPolicy } from './host-policy.ts';
import { netrcLogins } from './netrc.ts';
import type { Network } from './network.ts';
import { upstreamFrom } from './upstream.ts';

const mostNetrc = 1 << 20;
const never = new AbortController().signal;
/**
 * In Nix's sandbox the configuration is not known; only redirects to private addresses are refused.
 */
const everywhere = makeHostPolicy(async () => ({ allowedHosts: undefined, isUntrusted: false }));

/**
 * Reads proxies, credentials and certificates from the environment, by the names that curl, uv, Nix
 * and OpenSSL use.
 * @param stop cancels downloads
 * @throws UserError `file-unreadable`, `file-too-large` for NETRC
 */
export async function networkFrom(
  environment: NodeJS.ProcessEnv,
  policy: Pick<HostPolicy, 'approve'> = everywhere,
  stop: AbortSignal = never,
): Promise<Network> {
  const own = curlEnvironment(environment);
  const upstream = upstreamFrom(environment);
  const loginFor = environment.NETRC
    ? netrcLogins((await readBytes(environment.NETRC, mostNetrc))?.toString() ?? '')
    : () => undefined;
  return {
    run: makeRun(own, stop),
    environment: own,
    stop,
    proxyFor: (url) => proxyText(upstream(url)),
    loginFor,
    approve: (address, what) =>
      policy.approve(address, what).catch((error: unknown) => {
        // A proxy may resolve names that this machine cannot.
        if (error instanceof UserError || upstream(new URL(address)) === undefined) throw error;
        return [];
      }),
    // nixpkgs sets a missing file if the output's hash is known.
    certificates: [environment.NIX_SSL_CERT_FILE, environment.SSL_CERT_FILE].find(
      (file) => file && !file.endsWith('/no-cert-file.crt'),
    ),
    retries: 4,
    retryDelay: 500,
    patience: { connect: 15, window: 30, minimum: 4096, total: 120, rate: 50_000 },
  };
}

/** With its port, since curl's default is 1080. */
const proxyText = (proxy: URL | undefined): string | undefined => {
  if (proxy === undefined) return undefined;
  const { protocol, username, password, hostname, port } = proxy;
  const login = username === '' && password === '' ? '' : `${username}:${password}@`;
  return `${protocol}//${login}${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
};

/** Without proxies and credentials, which are options, and without what would name a `.curlrc`. */
function curlEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const tls = ['SSL_CERT_DIR', 'SSL_CERT_FILE', 'NIX_SSL_CERT_FILE'];
  const names = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'LD_LIBRARY_PATH', ...tls];
  return Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}
