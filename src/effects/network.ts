import { EnvHttpProxyAgent, interceptors } from 'undici';
import type { Network } from '../artifacts/download.ts';

/** What of the environment concerns downloads; read by an entry point. */
export interface NetworkSettings {
  readonly httpProxy?: string | undefined;
  readonly httpsProxy?: string | undefined;
  readonly noProxy?: string | undefined;
  /** PEM certificates to trust in place of Node's own. */
  readonly certificates?: string | undefined;
  readonly authorization?: (url: URL) => string | undefined;
}

/** A client with bounded time-outs, redirects (five at most) and as many connections as downloads run at once. */
export function makeNetwork(settings: NetworkSettings): Network {
  const agent = new EnvHttpProxyAgent({
    ...(settings.httpProxy ? { httpProxy: settings.httpProxy } : {}),
    ...(settings.httpsProxy ? { httpsProxy: settings.httpsProxy } : {}),
    noProxy: settings.noProxy ?? '',
    connections: 16,
    connect: { timeout: 15_000, ...(settings.certificates ? { ca: settings.certificates } : {}) },
    ...(settings.certificates ? { requestTls: { ca: settings.certificates } } : {}),
    headersTimeout: 30_000,
    bodyTimeout: 30_000,
  });
  return {
    dispatcher: agent.compose(interceptors.redirect({ maxRedirections: 5 })),
    authorization: settings.authorization ?? (() => undefined),
    retries: 4,
    retryDelay: 500,
  };
}
