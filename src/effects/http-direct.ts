import { connect as connectPlain, isIP, type Socket } from 'node:net';
import type { ConnectionOptions, SecureContext } from 'node:tls';
import type { Network } from '../artifacts/network.ts';
import { type Connection, makeConnection, type OnRead, Unanswered } from './http-connection.ts';
import type { LookUp } from './look-up.ts';

export interface DirectSettings {
  /** PEM certificates to trust in place of Node's own. */
  readonly certificates?: string | undefined;
  /** Milliseconds for a connection to be made. */
  readonly connectTimeout: number;
  readonly lookUp: LookUp;
}

/** Milliseconds after which a connection that nobody asks anything is closed; servers keep one for five seconds and more. */
const idle = 4000;

/** A client for many files of few hosts, with as many connections as there are requests at once. */
export function makeDirect(settings: DirectSettings): Network['get'] {
  const free = new Map<string, Connection[]>();
  const open = opener(settings);
  return async (url, headers, signal) => {
    const request = requestText(url, headers);
    const kept = free.get(url.origin)?.pop();
    if (kept) {
      try {
        return await kept.ask(request, signal);
      } catch (error) {
        if (!(error instanceof Unanswered) || signal.aborted) throw error;
      }
    }
    const { connect } = await open(url);
    signal.throwIfAborted();
    return makeConnection(connect, (self) => keep(url.origin, self, free)).ask(request, signal);
  };
}

function keep(origin: string, connection: Connection, free: Map<string, Connection[]>): void {
  const all = free.get(origin) ?? [];
  free.set(origin, all);
  all.push(connection);
  setTimeout(() => {
    const at = all.indexOf(connection);
    if (at < 0) return;
    all.splice(at, 1);
    connection.close();
  }, idle).unref();
}

/** @throws Error for what would end a line of the request: headers come from servers, too */
function requestText(url: URL, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ host: url.host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  if (lines.some((line) => /[^\t\x20-\x7e\x80-\xff]/.test(line)))
    throw new Error('a header of the request has characters that no header may have');
  return [`GET ${url.pathname}${url.search} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

/** Opens sockets; Node's TLS is loaded, and certificates are read, for the first that needs them. */
function opener({ certificates, connectTimeout, lookUp: lookup }: DirectSettings) {
  let context: SecureContext | undefined;
  return async (url: URL): Promise<{ connect: (onread: OnRead) => Socket }> => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (url.protocol === 'http:') {
      const port = Number(url.port || 80);
      return {
        connect: (onread) =>
          inTime(connectPlain({ host, port, lookup, onread }), 'connect', url, connectTimeout),
      };
    }
    const { connect: connectTls, createSecureContext } = await import('node:tls');
    context ??= createSecureContext(certificates === undefined ? {} : { ca: certificates });
    const options = {
      ...{ host, port: Number(url.port || 443), lookup, secureContext: context, ALPNProtocols: ['http/1.1'] },
      ...(isIP(host) === 0 ? { servername: host } : {}),
    };
    return {
      connect: (onread) =>
        inTime(connectTls({ ...options, onread } as ConnectionOptions), 'secureConnect', url, connectTimeout),
    };
  };
}

function inTime<S extends Socket>(socket: S, event: string, url: URL, timeout: number): S {
  const timer = setTimeout(
    () => socket.destroy(new Error(`no connection to ${url.host} within ${timeout / 1000} s`)),
    timeout,
  );
  const stop = (): void => clearTimeout(timer);
  return socket.once(event, stop).once('close', stop).setNoDelay();
}
