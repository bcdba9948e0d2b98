import { UserError } from '../system/errors.ts';
import { makeRun } from '../system/exec.ts';
import { readBytes } from '../system/read-bytes.ts';
import { type HostPolicy, makeHostPolicy } from './host-policy.ts';
import { netrcLogins } from './netrc.ts';
import type { Network } from './network.ts';
import { upstreamFrom } from './upstream.ts';

const mostNetrc = 1 << 20;
const never = new AbortController().signal;
/** Where a fixed-output derivation runs there is no configuration; only redirects inward are refused. */
const everywhere = makeHostPolicy(async () => ({ allowedHosts: undefined, isStranger: false }));

/**
 * The network as the environment describes it: proxies, credentials, and certificates by the names that Nix and OpenSSL use.
 * @param stop ends downloads
 * @throws NodeJS.ErrnoException if a file that the environment names can't be read
 */
export async function networkFrom(
  environment: NodeJS.ProcessEnv,
  policy: Pick<HostPolicy, 'approve'> = everywhere,
  stop: AbortSignal = never,
): Promise<Network> {
  const own = curlEnvironment(environment);
  const upstream = upstreamFrom(environment);
  // Credentials of private indexes, by the name that curl, uv and nixpkgs' fetchers know.
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
        // A name that is unknown here may be known to the proxy.
        if (error instanceof UserError || upstream(new URL(address)) === undefined) throw error;
        return [];
      }),
    // nixpkgs names a file that does not exist if the output's hash is known and no server has to be trusted.
    certificates: [environment.NIX_SSL_CERT_FILE, environment.SSL_CERT_FILE].find(
      (file) => file && !file.endsWith('/no-cert-file.crt'),
    ),
    retries: 4,
    retryDelay: 500,
    patience: { connect: 15, window: 30, minimum: 4096, total: 120, rate: 50_000 },
  };
}

/** With its port: curl's default is not that of the protocol. */
const proxyText = (proxy: URL | undefined): string | undefined => {
  if (proxy === undefined) return undefined;
  const { protocol, username, password, hostname, port } = proxy;
  const login = username === '' && password === '' ? '' : `${username}:${password}@`;
  return `${protocol}//${login}${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
};

/** What curl needs to start. Proxies, credentials and certificates are given to it another way, and a `.curlrc` is not read. */
function curlEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const names = [
    'PATH',
    'HOME',
    'LANG',
    'TMPDIR',
    'LD_LIBRARY_PATH',
    'SSL_CERT_DIR',
    'SSL_CERT_FILE',
    'NIX_SSL_CERT_FILE',
  ];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
