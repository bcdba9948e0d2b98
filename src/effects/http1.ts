import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { EnvHttpProxyAgent } from 'undici';
import type { Answer } from '../artifacts/network.ts';

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
}

/** A client for hosts without HTTP/2, for plain http, and for whatever goes through a proxy. */
export function makeHttp1(settings: Http1Settings) {
  const { httpProxy, httpsProxy, certificates } = settings;
  const ca = certificates === undefined ? {} : { ca: certificates };
  const agent = new EnvHttpProxyAgent({
    ...(httpProxy ? { httpProxy } : {}),
    ...(httpsProxy ? { httpsProxy } : {}),
    noProxy: settings.noProxy ?? '',
    connections: settings.connections,
    allowH2: false,
    connect: { timeout: settings.connectTimeout, lookup: lookupOnce(), ...ca },
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
    return { status: statusCode, header, body };
  };
}

type Callback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/**
 * A look-up that asks once for each host. Sixteen connections that begin together would ask sixteen times, and one lost
 * answer among them costs the resolver's five seconds.
 */
function lookupOnce() {
  const known = new Map<string, Promise<LookupAddress[]>>();
  return (host: string, options: LookupOptions, callback: Callback): void => {
    const key = `${host} ${options.family ?? 0} ${options.hints ?? 0}`;
    const answer =
      known.get(key) ??
      new Promise<LookupAddress[]>((resolve, reject) => {
        lookup(host, { ...options, all: true }, (error, found) => (error ? reject(error) : resolve(found)));
      });
    known.set(key, answer);
    answer.then(
      (found) => {
        const [first] = found;
        if (options.all || !first) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => {
        known.delete(key);
        callback(error, []);
      },
    );
  };
}
