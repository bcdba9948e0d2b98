import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { once } from '../ports/once.ts';

/** What of the environment concerns a forge's API; read by an entry point. */
export interface ApiNetwork {
  readonly httpProxy?: string | undefined;
  readonly httpsProxy?: string | undefined;
  readonly noProxy?: string | undefined;
}

/** The runner's proxies, by the names that its own client knows. */
export function apiNetworkOf(environment: NodeJS.ProcessEnv): ApiNetwork {
  const get = (name: string): string | undefined => environment[name] || environment[name.toUpperCase()];
  return { httpProxy: get('http_proxy'), httpsProxy: get('https_proxy'), noProxy: get('no_proxy') };
}

/** What Octokit says to the `fetch` that it is given. */
export interface ApiRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** What Octokit wants to hear from it: of a `Response` only this. */
export interface ApiAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly headers: Iterable<readonly [string, string]> & { readonly get: (name: string) => unknown };
  readonly text: () => Promise<string>;
  readonly arrayBuffer: () => Promise<ArrayBuffer>;
}

type WholeAnswer = Pick<ApiAnswer, 'status' | 'statusText' | 'url' | 'headers'> & {
  readonly body: AsyncIterable<Uint8Array> | null;
};

type ApiFetch = (address: string, request?: ApiRequest) => Promise<ApiAnswer>;

/**
 * A `fetch` for Octokit on Node's own HTTP client, which is there in a fourth of the time that Node's `fetch` takes to load (measured:
 * docs/benchmarks.md). What goes through a proxy, and what a server sends elsewhere, is asked by a whole `fetch`, loaded for that.
 */
export function makeApiFetch({ httpProxy, httpsProxy, noProxy = '' }: ApiNetwork): ApiFetch {
  const throughProxy = once(async (): Promise<(...asked: Parameters<ApiFetch>) => Promise<WholeAnswer>> => {
    const { EnvHttpProxyAgent, fetch: fetchBy } = await import('./undici.ts');
    const proxies = { ...(httpProxy ? { httpProxy } : {}), ...(httpsProxy ? { httpsProxy } : {}), noProxy };
    const dispatcher = new EnvHttpProxyAgent(proxies);
    return (address, request) =>
      fetchBy(address, { ...request, dispatcher } as Parameters<typeof fetchBy>[1]);
  });
  return async (address, request = {}) => {
    const url = new URL(address);
    if ((url.protocol === 'https:' ? httpsProxy : httpProxy) && !isLoopback(url))
      return bounded(await (await throughProxy())(address, request));
    const isPlain = request.body === undefined || typeof request.body === 'string';
    const answer = isPlain ? await ask(url, request) : undefined;
    // Such an answer says that nothing was done yet.
    return answer ?? bounded(await fetch(address, request as RequestInit));
  };
}

/** The runner's own client never asks these through a proxy. */
const isLoopback = ({ hostname }: URL): boolean => /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);

/** @returns undefined where the server sends us elsewhere */
async function ask(url: URL, request: ApiRequest): Promise<ApiAnswer | undefined> {
  const { signal } = request;
  signal?.throwIfAborted();
  try {
    const response = await send(url, request);
    const { statusCode: status = 0, statusMessage: statusText = '' } = response;
    if ([301, 302, 303, 307, 308].includes(status) && response.headers.location !== undefined) {
      response.destroy();
      return undefined;
    }
    const body = bytesOf(response);
    // Whoever asks for it hears of it.
    body.catch(() => {});
    const headers = new Map(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
    return {
      ...{ status, statusText, url: url.href, headers },
      text: async () => (await body).toString(),
      arrayBuffer: async () => new Uint8Array(await body).buffer,
    };
  } catch (error) {
    // As `fetch` does: a time-out's own error.
    throw signal?.aborted ? signal.reason : error;
  }
}

function send(url: URL, { method = 'GET', headers, body, signal }: ApiRequest): Promise<IncomingMessage> {
  // Not imported: an import asks a module for all of its names, and one of `node:http`'s is `WebSocket`, which loads the whole of `fetch`.
  const { request } = process.getBuiltinModule(url.protocol === 'http:' ? 'node:http' : 'node:https');
  const sent = typeof body === 'string' ? Buffer.from(body) : undefined;
  return new Promise((resolve, reject) => {
    request(url, {
      method,
      headers: {
        'accept-encoding': 'gzip',
        ...headers,
        ...(sent ? { 'content-length': String(sent.length) } : {}),
      },
      ...(signal ? { signal } : {}),
    })
      .on('response', resolve)
      .on('error', reject)
      .end(sent);
  });
}

/** Bytes of an answer; GitHub's largest, a hundred releases with their notes, has some 12 MB. */
const MAX_BYTES = 32 * 1024 * 1024;

/** @throws Error if the connection ends before the body does, or the body is too large */
async function bytesOf(response: IncomingMessage): Promise<Buffer> {
  const bytes = await atMost(response);
  if (response.headers['content-encoding'] !== 'gzip') return bytes;
  const { gunzip } = await import('node:zlib');
  return promisify(gunzip)(bytes, { maxOutputLength: MAX_BYTES });
}

async function atMost(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > MAX_BYTES) throw new Error(`the answer has more than ${MAX_BYTES} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The same limit for an answer of a whole `fetch`. */
function bounded({ status, statusText, url, headers, body }: WholeAnswer): ApiAnswer {
  const bytes = once(() => (body === null ? Promise.resolve(Buffer.alloc(0)) : atMost(body)));
  return {
    ...{ status, statusText, url, headers },
    text: async () => (await bytes()).toString(),
    arrayBuffer: async () => new Uint8Array(await bytes()).buffer,
  };
}
