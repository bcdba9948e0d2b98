import { readFile } from 'node:fs/promises';
import { AbortError } from 'p-retry';
import type { Network } from '../artifacts/network.ts';
import { once } from '../ports/once.ts';
import { makeDirect } from './http-direct.ts';
import { keptOutside } from './inward.ts';
import { type Admit, lookUpOnce } from './look-up.ts';
import { netrcAuthorization } from './netrc.ts';

/** What of the environment concerns downloads; read by an entry point. */
export interface NetworkSettings {
  readonly httpProxy?: string | undefined;
  readonly httpsProxy?: string | undefined;
  readonly noProxy?: string | undefined;
  /** PEM certificates to trust in place of Node's own. */
  readonly certificates?: string | undefined;
  readonly authorization?: ((url: URL) => string | undefined) | undefined;
  /** Which addresses may be connected to; a proxy's always may. */
  readonly admit?: Admit | undefined;
}

const connectTimeout = 15_000;

/** A client with bounded time-outs. */
export function makeNetwork(settings: NetworkSettings): Network {
  const { certificates } = settings;
  const lookUp = lookUpOnce(admitting(settings));
  const direct = makeDirect({ certificates, connectTimeout, lookUp });
  // Loaded where it is needed.
  const http1 = once(async () => {
    const { makeHttp1 } = await import('./http1.ts');
    return makeHttp1({ ...settings, connectTimeout, lookUp, connections: 16 });
  });
  return {
    get: async (url, headers, signal) => {
      const proxy = url.protocol === 'https:' ? settings.httpsProxy : settings.httpProxy;
      return (proxy ? await http1() : direct)(url, headers, signal);
    },
    authorization: settings.authorization ?? (() => undefined),
    retries: 4,
    retryDelay: 500,
    patience: { headers: 30_000, window: 30_000, minimum: 4096, total: 120_000, rate: 50_000 },
  };
}

function admitting({ admit, httpProxy, httpsProxy }: NetworkSettings): Admit {
  const proxies = [httpProxy, httpsProxy].map((address) => URL.parse(address ?? '')?.hostname);
  return async (host, addresses) => {
    if (!proxies.includes(host)) await admit?.(host, addresses);
  };
}

/** The same, but that it asks for nothing more once `stop` is aborted; what comes in then is cut. */
export function stoppable(network: Network, stop: AbortSignal): Network {
  return {
    ...network,
    get: async (url, headers, signal) => {
      // Not tried again: nobody waits for it any more.
      if (stop.aborted) throw new AbortError(stop.reason as Error);
      return network.get(url, headers, AbortSignal.any([signal, stop]));
    },
  };
}

/** The network as the environment describes it: proxies, and certificates by the names that Nix and OpenSSL use. */
export async function networkFrom(environment: NodeJS.ProcessEnv, admit?: Admit): Promise<Network> {
  const get = (name: string): string | undefined => environment[name] ?? environment[name.toUpperCase()];
  // nixpkgs points there where a fixed output's hash is known and nobody has to be trusted.
  const bundle = [environment.NIX_SSL_CERT_FILE, environment.SSL_CERT_FILE].find(
    (file) => file && !file.endsWith('/no-cert-file.crt'),
  );
  const network = makeNetwork({
    httpProxy: get('http_proxy') ?? get('all_proxy'),
    httpsProxy: get('https_proxy') ?? get('all_proxy'),
    noProxy: get('no_proxy'),
    certificates: bundle === undefined ? undefined : await readFile(bundle, 'utf8'),
    // Credentials of private indexes, by the name that curl, uv and nixpkgs' fetchers know.
    authorization: environment.NETRC
      ? netrcAuthorization(await readFile(environment.NETRC, 'utf8'))
      : undefined,
    admit,
  });
  return keptOutside(network);
}
