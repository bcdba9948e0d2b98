import {
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { connect, isIP, type LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { loginOf } from './upstream.ts';

/** Milliseconds to connect, and of an idle connection. */
const limits = { connect: 15_000, silence: 300_000 };

/** Headers of one connection, not of the request (RFC 9110, 7.6.1). */
const hopByHop = /^(connection|expect|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/;

/** The approved addresses of a request, or the user's proxy. */
export interface Route {
  readonly url: URL;
  readonly addresses: readonly string[];
  readonly proxy: URL | undefined;
}

export const withoutHops = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.test(name)));

/** Resolves every name to the approved addresses. */
const pinnedTo =
  (addresses: readonly string[]): LookupFunction =>
  (host, options, done) => {
    const all = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first] = all;
    if (!first) done(new Error(`${host} has no address`), []);
    else if (options.all) done(null, all);
    else done(null, first.address, first.family);
  };

/** TLS takes 10 ms to load, and few proxies need it. */
const requestBy = (proxy: URL | undefined): typeof httpRequest =>
  proxy?.protocol === 'https:' ? process.getBuiltinModule('node:https').request : httpRequest;

const nameOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/** Forwards a plain http request. @returns the response, whose body is not yet read */
export function send({ url, addresses, proxy }: Route, request: IncomingMessage): Promise<IncomingMessage> {
  const { method = 'GET' } = request;
  const headers = { ...withoutHops(request.headers), host: url.host };
  const options: RequestOptions = proxy
    ? { ...via(proxy), path: url.href, headers: { ...headers, ...loginOf(proxy) } }
    : { host: nameOf(url), port: url.port || 80, path: url.pathname + url.search, headers };
  const lookup = proxy ? {} : { lookup: pinnedTo(addresses) };
  return new Promise((done, fail) => {
    const sent = requestBy(proxy)({ ...options, ...lookup, method, agent: false }, done);
    sent.setTimeout(limits.silence, () => sent.destroy(new Error('no response')));
    pipeline(request, sent).catch(fail);
  });
}

/** Connects to the target of a tunnel. */
export function dial({ url, addresses, proxy }: Route): Promise<Duplex> {
  const port = Number(url.port || 443);
  return new Promise((done, fail) => {
    if (proxy) return throughProxy(`${url.hostname}:${port}`, proxy, done, fail);
    const socket = connect({ host: nameOf(url), port, lookup: pinnedTo(addresses) });
    const late = setTimeout(() => socket.destroy(new Error('no connection in time')), limits.connect);
    socket.once('close', () => clearTimeout(late)).once('error', fail);
    socket.once('connect', () => {
      clearTimeout(late);
      done(socket.setTimeout(limits.silence, () => socket.destroy()));
    });
  });
}

function throughProxy(
  target: string,
  proxy: URL,
  done: (socket: Duplex) => void,
  fail: (error: Error) => void,
): void {
  const headers = { host: target, ...loginOf(proxy) };
  const asked = requestBy(proxy)({ ...via(proxy), method: 'CONNECT', path: target, headers, agent: false });
  asked.setTimeout(limits.connect, () => asked.destroy(new Error('no response from the proxy')));
  asked.once('error', fail).once('response', () => fail(new Error('not a proxy')));
  asked.once('connect', ({ statusCode }, socket, head) => {
    socket.setTimeout(limits.silence, () => socket.destroy());
    if (head.length > 0) socket.unshift(head);
    if (statusCode === 200) return done(socket);
    socket.destroy();
    fail(new Error(`the proxy responded with status ${statusCode}`));
  });
}

const via = (proxy: URL): RequestOptions => ({
  host: nameOf(proxy),
  port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
});
