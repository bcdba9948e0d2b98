import { close, ftruncate, open, writev } from 'node:fs';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';

const [openFile, closeFile, truncateFile] = [promisify(open), promisify(close), promisify(ftruncate)];
const writeFile = promisify(writev);

/** Bytes that are gathered before they are written: a TLS record alone has 16 KiB at most. */
const batchSize = 256 * 1024;
/** Bytes of one file that may wait for the disk before its sender has to. */
const mostWaiting = 2 * 1024 * 1024;

/** A file that is being written from its beginning, piece by piece. Errors are the operating system's. */
export interface Sink {
  /** Bytes taken so far. */
  readonly size: () => number;
  /** Takes a piece; where the disk does not keep up, gives a promise to wait for. */
  readonly take: (chunk: Buffer) => Promise<void> | undefined;
  /** Ends when all that was taken is written; what is small enough to stay in memory stays there. */
  readonly flush: () => Promise<void>;
  /** All of it, where it stayed in memory; there is no file then. */
  readonly content: () => Buffer | undefined;
  /** Forgets everything and begins again. */
  readonly restart: () => Promise<void>;
  /** Closes the file, written or not. Further calls do nothing. */
  readonly close: () => Promise<void>;
}

/**
 * Opens a file to write to, while its first bytes are still on their way.
 * @param small 'in memory' where what needs no second batch is to be had from `content` instead of in a file
 */
export function openSink(file: string, small: 'in memory' | 'in a file' = 'in a file'): Sink {
  let opening: Promise<number> | undefined;
  const openNow = (): Promise<number> => {
    opening ??= openFile(file, 'w', 0o644);
    // Whoever writes, flushes or closes hears of it.
    opening.catch(() => {});
    return opening;
  };
  if (small === 'in a file') openNow();
  let gathered: Buffer[] = [];
  let [bytes, size, taken, waiting] = [0, 0, 0, 0];
  let written: Promise<void> = Promise.resolve();
  let isOpen = true;
  const write = (): Promise<void> => {
    const [chunks, at, count] = [gathered, taken, bytes];
    gathered = [];
    taken += count;
    waiting += count;
    bytes = 0;
    written = Promise.all([writeAll(openNow(), chunks, at, count), written]).then(() => {
      waiting -= count;
    });
    written.catch(() => {});
    return written;
  };
  return {
    size: () => size,
    take: (chunk) => {
      gathered.push(chunk);
      bytes += chunk.length;
      size += chunk.length;
      if (bytes < batchSize) return undefined;
      const done = write();
      return waiting > mostWaiting ? done : undefined;
    },
    flush: async () => {
      if (opening === undefined) return;
      await opening;
      await (bytes > 0 ? write() : written);
    },
    content: () => (opening === undefined ? concatenated(gathered, size) : undefined),
    restart: async () => {
      // Pieces of before must not be written over what comes now.
      await written.catch(() => {});
      gathered = [];
      bytes = size = taken = waiting = 0;
      written = Promise.resolve();
      if (opening !== undefined) await truncateFile(await opening, 0);
    },
    close: async () => {
      if (!isOpen) return;
      isOpen = false;
      await written.catch(() => {});
      if (opening !== undefined) await closeFile(await opening);
    },
  };
}

/** In memory of its own, which can be handed to another thread. */
function concatenated(chunks: readonly Buffer[], size: number): Buffer {
  const all = Buffer.allocUnsafeSlow(size);
  let at = 0;
  for (const chunk of chunks) at += chunk.copy(all, at);
  return all;
}

async function writeAll(
  opening: Promise<number>,
  chunks: Buffer[],
  from: number,
  count: number,
): Promise<void> {
  const descriptor = await opening;
  let [rest, at] = [chunks, from];
  while (at < from + count) {
    const { bytesWritten } = await writeFile(descriptor, rest, at);
    at += bytesWritten;
    if (at < from + count) rest = after(rest, bytesWritten);
  }
}

/** What of `chunks` is left when their first `count` bytes are written: a disk may take less than it was given. */
function after(chunks: readonly Buffer[], count: number): Buffer[] {
  let skip = count;
  const rest: Buffer[] = [];
  for (const chunk of chunks) {
    if (skip < chunk.length) rest.push(skip === 0 ? chunk : chunk.subarray(skip));
    skip = Math.max(0, skip - chunk.length);
  }
  return rest;
}

/**
 * Hands a body's chunks to `take` until it ends; waits where that gives a promise.
 * @throws what `take` throws, and an Error where the body ends early
 */
export function drain(body: Readable, take: (chunk: Buffer) => Promise<void> | undefined): Promise<void> {
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
