import { type ClientHttp2Session, connect as connectSession, constants } from 'node:http2';
import { isIP } from 'node:net';
import { connect as connectTls, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import type { Answer } from '../artifacts/network.ts';
import type { LookUp } from './look-up.ts';

export interface Http2Settings {
  /** PEM certificates to trust in place of Node's own. */
  readonly certificates?: string | undefined;
  /** Milliseconds for a connection to be made. */
  readonly connectTimeout: number;
  readonly lookUp: LookUp;
}

export interface Http2 {
  /** Answers a GET, or says that this server does not speak HTTP/2. */
  readonly get: (
    url: URL,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ) => Promise<Answer | undefined>;
}

/**
 * Connections to one host: with more than one, a lost packet does not hold up every file. Three were as fast as curl's fifty
 * (docs/benchmarks.md).
 */
const sessionsPerOrigin = 3;
/** What a server may send ahead for one file and for a connection. Node's defaults, 64 KiB, make it wait for us. */
const streamWindow = 8 * 1024 * 1024;
const sessionWindow = 32 * 1024 * 1024;
/** With Node's 16 KiB each frame is cut in two by TLS's records: twice as many pieces, and half the speed. */
const maxFrameSize = 1024 * 1024;
/** Milliseconds without a stream after which a connection is closed. */
const idle = 30_000;

/** What is known of an origin: connections that are open or being made, or that it has no HTTP/2. */
interface Origin {
  http1: boolean;
  /** The first connection, which tells whether there will be more. */
  first: Promise<boolean> | undefined;
  readonly sessions: ClientHttp2Session[];
  opening: number;
}

/** A client for many files of few hosts, on Node's own HTTP/2. */
export function makeHttp2(settings: Http2Settings): Http2 {
  const origins = new Map<string, Origin>();
  let context: SecureContext | undefined;
  const secureContext = (): SecureContext => {
    context ??= createSecureContext(settings.certificates === undefined ? {} : { ca: settings.certificates });
    return context;
  };
  const open = async (url: URL, origin: Origin): Promise<boolean> => {
    origin.opening += 1;
    try {
      const socket = await connect(url, secureContext(), settings);
      if (socket.alpnProtocol !== 'h2') {
        socket.destroy();
        return false;
      }
      addSession(url, socket, origin);
      return true;
    } finally {
      origin.opening -= 1;
    }
  };
  return {
    get: async (url, headers, signal) => {
      const origin = origins.get(url.origin) ?? { http1: false, first: undefined, sessions: [], opening: 0 };
      origins.set(url.origin, origin);
      const session = await sessionFor(url, origin, open);
      return session && ask(session, url, headers, signal);
    },
  };
}

async function sessionFor(
  url: URL,
  origin: Origin,
  open: (url: URL, origin: Origin) => Promise<boolean>,
): Promise<ClientHttp2Session | undefined> {
  while (!origin.http1) {
    if (origin.sessions.length > 0) {
      const missing = sessionsPerOrigin - origin.sessions.length - origin.opening;
      // Further ones are made beside the first; where one can't be had, the others do.
      for (let n = 0; n < missing; n += 1) open(url, origin).catch(() => {});
      return leastBusy(origin.sessions);
    }
    origin.first ??= open(url, origin).finally(() => {
      origin.first = undefined;
    });
    if (!(await origin.first)) origin.http1 = true;
  }
  return undefined;
}

const busy = new WeakMap<ClientHttp2Session, number>();

const leastBusy = (sessions: readonly ClientHttp2Session[]): ClientHttp2Session | undefined =>
  [...sessions].sort((a, b) => (busy.get(a) ?? 0) - (busy.get(b) ?? 0))[0];

function connect(
  url: URL,
  secureContext: SecureContext,
  { connectTimeout: timeout, lookUp }: Http2Settings,
): Promise<TLSSocket> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const socket = connectTls({
      host,
      port: Number(url.port || 443),
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ALPNProtocols: ['h2', 'http/1.1'],
      secureContext,
      lookup: lookUp,
    });
    const timer = setTimeout(
      () => socket.destroy(new Error(`no connection to ${url.host} within ${timeout / 1000} s`)),
      timeout,
    );
    socket.once('error', reject);
    socket.once('close', () => clearTimeout(timer));
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

function addSession(url: URL, socket: TLSSocket, origin: Origin): void {
  const session = connectSession(url.origin, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: streamWindow, maxFrameSize },
  });
  const remove = (): void => {
    const at = origin.sessions.indexOf(session);
    if (at >= 0) origin.sessions.splice(at, 1);
  };
  session.once('connect', () => session.setLocalWindowSize(sessionWindow));
  session.on('goaway', remove);
  session.on('close', remove);
  // Each of its streams reports the error; that of the session alone needs a listener.
  session.on('error', remove);
  session.setTimeout(idle, () => session.close());
  // A connection that nobody uses does not keep the process.
  session.unref();
  origin.sessions.push(session);
}

function ask(
  session: ClientHttp2Session,
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stream = session.request(
      { ...headers, [constants.HTTP2_HEADER_PATH]: url.pathname + url.search },
      { endStream: true, signal },
    );
    use(session, 1);
    stream.once('close', () => {
      use(session, -1);
      reject(new Error('the connection was closed before an answer came'));
    });
    stream.on('error', reject);
    stream.once('response', (answer) =>
      resolve({
        status: Number(answer[constants.HTTP2_HEADER_STATUS]),
        header: (name) => answer[name]?.toString(),
        body: stream,
      }),
    );
  });
}

/** Counts a session's streams; only one in use keeps the process. */
function use(session: ClientHttp2Session, by: 1 | -1): void {
  const count = (busy.get(session) ?? 0) + by;
  busy.set(session, count);
  if (session.destroyed) return;
  if (count === 0) session.unref();
  else if (count === 1 && by === 1) session.ref();
}
