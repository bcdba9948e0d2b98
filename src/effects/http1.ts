import type { Answer } from '../artifacts/network.ts';
import { bodyOf } from '../artifacts/receive.ts';
import type { LookUp } from './look-up.ts';
import { EnvHttpProxyAgent } from './undici.ts';

export interface Http1Settings {
  readonly httpProxy?: string | undefined;
  readonly httpsProxy?: string | undefined;
  readonly noProxy?: string | undefined;
  /** PEM certificates to trust in place of Node's own. */
  readonly certificates?: string | undefined;
  /** Milliseconds for a connection to be made. */
  readonly connectTimeout: number;
  /** At once, to one host. */
  readonly connections: number;
  readonly lookUp: LookUp;
}

/** A client for whatever goes through a proxy. */
export function makeHttp1(settings: Http1Settings) {
  const { httpProxy, httpsProxy, certificates } = settings;
  const ca = certificates === undefined ? {} : { ca: certificates };
  const agent = new EnvHttpProxyAgent({
    ...(httpProxy ? { httpProxy } : {}),
    ...(httpsProxy ? { httpsProxy } : {}),
    noProxy: settings.noProxy ?? '',
    connections: settings.connections,
    allowH2: false,
    connect: { timeout: settings.connectTimeout, lookup: settings.lookUp, ...ca },
    requestTls: ca,
    // What is too slow the caller says, who knows the size (src/artifacts/watch.ts).
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return async (
    url: URL,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const {
      statusCode,
      headers: received,
      body,
    } = await agent.request({
      ...{ origin: url.origin, path: url.pathname + url.search, method: 'GET' },
      ...{ headers, signal },
    });
    const header = (name: string): string | undefined => {
      const value = received[name];
      return Array.isArray(value) ? value[0] : value;
    };
    return { status: statusCode, header, body: bodyOf(body) };
  };
}
