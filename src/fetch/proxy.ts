import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UserError } from '../system/errors.ts';
import type { HostPolicy } from './host-policy.ts';
import { dial, type Route, send, withoutHops } from './proxy-route.ts';
import { approveThrough, type Upstream } from './upstream.ts';

/** A proxy on the loopback interface, for one program. */
interface Proxy {
  /** With a password, so that other programs cannot use it. */
  readonly address: string;
  /** Refusals, in order. */
  readonly refused: readonly UserError[];
  readonly close: () => void;
}

/** Bytes of headers, concurrent connections, and idle milliseconds of a connection. */
const limits = { headers: 32 << 10, connections: 256, silence: 300_000 };

/**
 * Starts a proxy that approves each address, redirects included, and connects only to the approved
 * IP addresses, or through the user's own proxy.
 * @param what names the requests in messages
 */
export async function startProxy(
  approve: HostPolicy['approve'],
  upstream: Upstream,
  what: string,
): Promise<Proxy> {
  const password = randomBytes(16).toString('hex');
  const login = `Basic ${Buffer.from(`uv-fod:${password}`).toString('base64')}`;
  const refused: UserError[] = [];
  const tunnels = new Set<Duplex>();

  const approved = approveThrough(approve, upstream);
  const routeTo = async (url: URL): Promise<Route> => {
    try {
      return { url, proxy: upstream(url), addresses: await approved(url.href, what) };
    } catch (error) {
      if (error instanceof UserError) refused.push(error);
      throw error;
    }
  };
  const forward = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = URL.parse(request.url ?? '');
    if (url?.protocol !== 'http:') throw new Error('not a request for a proxy');
    const answer = await send(await routeTo(url), request);
    response.writeHead(answer.statusCode ?? 502, withoutHops(answer.headers));
    await pipeline(answer, response);
  };
  const tunnel = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const authority = /^(\[[0-9a-f:.]+\]|[\w.-]+):\d{1,5}$/i.exec(request.url ?? '')?.[0];
    if (authority === undefined) throw new Error('not an authority');
    const target = await dial(await routeTo(new URL(`https://${authority}`)));
    for (const end of [socket, target]) tunnels.add(end.once('close', () => tunnels.delete(end)));
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    target.write(head);
    await Promise.all([pipeline(socket, target), pipeline(target, socket)]);
  };

  const server = createServer({ maxHeaderSize: limits.headers, requestTimeout: limits.silence });
  server.maxConnections = limits.connections;
  server.setTimeout(limits.silence);
  const isKnown = (request: IncomingMessage): boolean => request.headers['proxy-authorization'] === login;
  server.on('request', (request, response) => {
    if (!isKnown(request)) return void response.writeHead(407, challenge).end();
    forward(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(statusOf(error), { connection: 'close' }).end();
    });
  });
  server.on('connect', (request, socket, head) => {
    socket.on('error', () => {});
    const end = (status: string): void => void socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`);
    if (!isKnown(request))
      return end(`407 Unknown\r\nProxy-Authenticate: ${challenge['proxy-authenticate']}`);
    tunnel(request, socket, head).catch((error: unknown) => {
      if (tunnels.has(socket)) socket.destroy();
      else end(`${statusOf(error)} Refused`);
    });
  });
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
  return {
    address: `http://uv-fod:${password}@127.0.0.1:${(server.address() as AddressInfo).port}`,
    refused,
    close: () => {
      server.close();
      server.closeAllConnections();
      for (const end of tunnels) end.destroy();
    },
  };
}

const challenge = { 'proxy-authenticate': 'Basic realm="uv-fod"' };
const statusOf = (error: unknown): number => (error instanceof UserError ? 403 : 502);
