import type { Socket } from 'node:net';
import type { Answer } from '../artifacts/network.ts';
import { Exchange } from './http-exchange.ts';

/** Where a socket puts what it reads, and whom it tells: the option of that name of Node's `connect`. */
export interface OnRead {
  /** Asked before each reading. */
  readonly buffer: () => Uint8Array;
  /** @returns false to be told of no more until the socket is resumed */
  readonly callback: (count: number, buffer: Uint8Array) => boolean;
}

/** A connection that serves one request after the other. */
export interface Connection {
  /** @throws Unanswered where the connection was gone before anything came */
  readonly ask: (request: string, signal: AbortSignal) => Promise<Answer>;
  readonly close: () => void;
}

/** A server may close a connection that was idle in the very moment that it is asked again. */
export class Unanswered extends Error {}

const beforeAnswer = 'the connection was closed before an answer came';

/** TLS hands over pieces of 16 KiB at most; a plain socket fills what it is given. */
const roomSize = 64 * 1024;

/**
 * Connections without streams of Node's: what the socket reads is put where whoever wants it has room, or lies in one buffer until it is taken. Measured, that
 * needs half of the processor time of `node:http2` and a third of that of `node:https` (docs/benchmarks.md).
 *
 * @param open opens the socket
 * @param onFree called when an answer has ended and the connection may be asked again
 */
export function makeConnection(
  open: (onread: OnRead) => Socket,
  onFree: (self: Connection) => void,
): Connection {
  let now: Exchange | undefined;
  const own = Buffer.allocUnsafeSlow(roomSize);
  let into: Buffer = own;
  const buffer = (): Buffer => {
    into = now?.room() ?? own;
    return into;
  };
  const callback = (count: number): boolean => {
    // Nobody asked: what comes now could be taken for the next answer.
    if (!now) socket.destroy();
    return now?.feed(into.subarray(0, count)) ?? false;
  };
  const socket = open({ buffer, callback });
  const gone = (error?: NodeJS.ErrnoException): void => {
    const isReset = error === undefined || ['ECONNRESET', 'EPIPE'].includes(error.code ?? '');
    if (now && isReset && !now.isAnswered) now.fail(new Unanswered(beforeAnswer, { cause: error }));
    else if (error) now?.fail(error);
    else now?.end();
  };
  socket.on('error', gone);
  socket.on('end', () => gone());
  socket.on('close', () => gone());
  const self: Connection = {
    close: () => socket.destroy(),
    ask: async (request, signal) => {
      signal.throwIfAborted();
      const abort = (): void => exchange.fail(signal.reason);
      const exchange = new Exchange({
        resume: () => void socket.resume(),
        release: (isFree) => {
          signal.removeEventListener('abort', abort);
          now = undefined;
          if (isFree) {
            // A connection that nobody uses does not keep the process.
            socket.unref();
            onFree(self);
          } else socket.destroy();
        },
      });
      now = exchange;
      signal.addEventListener('abort', abort, { once: true });
      socket.ref();
      socket.resume();
      socket.write(request, 'latin1');
      return exchange.answer;
    },
  };
  return self;
}
