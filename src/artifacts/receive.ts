import { close, ftruncate, open, write } from 'node:fs';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import type { Body } from './network.ts';

const [openFile, closeFile, truncateFile] = [promisify(open), promisify(close), promisify(ftruncate)];
const writeFile = promisify(write);

/** Bytes that are gathered before they are written: a TLS record alone has 16 KiB at most. */
const batchSize = 256 * 1024;
/** Bytes of one file that may wait for the disk before its sender has to. */
const mostWaiting = 2 * 1024 * 1024;

/** Takes a file's bytes from its beginning, piece by piece; pieces are copied, but those that lie in `room`. Errors are the operating system's. */
export interface Sink {
  /** Memory for the next piece, until something is taken; undefined where there is none now. */
  readonly room: () => Buffer | undefined;
  /** Bytes taken so far. */
  readonly size: () => number;
  /** Takes a piece; where the disk does not keep up, gives a promise to wait for. */
  readonly take: (piece: Buffer) => Promise<void> | undefined;
  /** Ends when all that was taken is written. */
  readonly flush: () => Promise<void>;
  /** Forgets everything and begins again. */
  readonly restart: () => Promise<void>;
  /** Closes the file, written or not. Further calls do nothing. */
  readonly close: () => Promise<void>;
}

/** Opens a file to write to, while its first bytes are still on their way. */
export function fileSink(file: string): Sink {
  const opening = openFile(file, 'w', 0o644);
  // Whoever writes, flushes or closes hears of it.
  opening.catch(() => {});
  const spare: Buffer[] = [];
  let batch: Buffer | undefined;
  let [filled, size, waiting] = [0, 0, 0];
  let written: Promise<void> = Promise.resolve();
  let isOpen = true;
  const writeBatch = (): Promise<void> => {
    const [bytes, count, at] = [batch, filled, size - filled];
    batch = undefined;
    filled = 0;
    if (bytes === undefined || count === 0) return written;
    waiting += count;
    written = Promise.all([writeAll(opening, bytes.subarray(0, count), at), written]).then(() => {
      waiting -= count;
      spare.push(bytes);
    });
    written.catch(() => {});
    return written;
  };
  const use = (): Buffer => {
    batch ??= spare.pop() ?? Buffer.allocUnsafeSlow(batchSize);
    return batch;
  };
  return {
    room: () => use().subarray(filled),
    size: () => size,
    take: (piece) => {
      let done: Promise<void> | undefined;
      for (let at = 0; at < piece.length; ) {
        const into = use();
        const count = put(piece, at, into, filled);
        at += count;
        filled += count;
        size += count;
        if (filled === into.length) done = writeBatch();
      }
      return waiting > mostWaiting ? done : undefined;
    },
    flush: async () => {
      await opening;
      await writeBatch();
    },
    restart: async () => {
      // Pieces of before must not be written over what comes now.
      await written.catch(() => {});
      filled = size = waiting = 0;
      written = Promise.resolve();
      await truncateFile(await opening, 0);
    },
    close: async () => {
      if (!isOpen) return;
      isOpen = false;
      await written.catch(() => {});
      await closeFile(await opening);
    },
  };
}

/** Copies what fits of a piece, from `at` on, unless it lies there already. @returns bytes */
export function put(piece: Buffer, at: number, into: Buffer, filled: number): number {
  const isThere = piece.buffer === into.buffer && piece.byteOffset + at === into.byteOffset + filled;
  return isThere ? piece.length - at : piece.copy(into, filled, at);
}

/** A disk may take less at once than it was given. */
async function writeAll(opening: Promise<number>, bytes: Buffer, from: number): Promise<void> {
  const descriptor = await opening;
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await writeFile(descriptor, bytes, at, bytes.length - at, from + at);
    at += bytesWritten;
  }
}

/** A stream of Node's as a body. */
export const bodyOf = (stream: Readable): Body => ({
  drain: (take) => drain(stream, take),
  discard: () => void stream.on('error', () => {}).destroy(),
});

/**
 * Hands a body's chunks to `take` until it ends; waits where that gives a promise.
 * @throws what `take` throws, and an Error where the body ends early
 */
function drain(body: Readable, take: (chunk: Buffer) => Promise<void> | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      reject(error);
      body.destroy();
    };
    body.on('data', (chunk: Buffer) => {
      try {
        const wait = take(chunk);
        if (!wait) return;
        body.pause();
        wait.then(() => body.resume(), fail);
      } catch (error) {
        fail(error);
      }
    });
    // It may have broken before anybody listened.
    if (body.destroyed) reject(body.errored ?? new Error('the connection was closed before the end'));
    body.once('end', resolve);
    body.on('error', reject);
    // Without an end before it: the connection is gone. After an end or an error this changes nothing.
    body.once('close', () => reject(new Error('the connection was closed before the end')));
  });
}
