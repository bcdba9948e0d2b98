import { closeSync, ftruncateSync, openSync, writevSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** Bytes that are gathered before they are written: a TLS record alone has 16 KiB at most. */
const batchSize = 128 * 1024;

/** A file that is being written from its beginning, piece by piece. */
export interface Sink {
  /** Bytes taken so far. */
  readonly size: () => number;
  readonly take: (chunk: Buffer) => void;
  /** Forgets everything and begins again. */
  readonly restart: () => void;
  /** Writes what is still gathered. */
  readonly flush: () => void;
  readonly close: () => void;
}

/**
 * Opens a file to write to. Writes are synchronous: they end in the page cache, and a disk that is slower than the network
 * slows the network down, which is what bounds memory.
 * @throws NodeJS.ErrnoException of the operating system, from every method
 */
export function openSink(file: string): Sink {
  const descriptor = openSync(file, 'w', 0o644);
  let gathered: Buffer[] = [];
  let bytes = 0;
  let size = 0;
  let written = 0;
  const flush = (): void => {
    let rest = gathered;
    gathered = [];
    bytes = 0;
    while (rest.length > 0) {
      const count = writevSync(descriptor, rest, written);
      written += count;
      rest = after(rest, count);
    }
  };
  return {
    size: () => size,
    take: (chunk) => {
      gathered.push(chunk);
      bytes += chunk.length;
      size += chunk.length;
      if (bytes >= batchSize) flush();
    },
    restart: () => {
      gathered = [];
      bytes = size = written = 0;
      ftruncateSync(descriptor, 0);
    },
    flush,
    close: () => closeSync(descriptor),
  };
}

/** What of `chunks` is left when their first `count` bytes are written: a disk may take less than it was given. */
function after(chunks: Buffer[], count: number): Buffer[] {
  let skip = count;
  const rest: Buffer[] = [];
  for (const chunk of chunks) {
    if (skip < chunk.length) rest.push(skip === 0 ? chunk : chunk.subarray(skip));
    skip = Math.max(0, skip - chunk.length);
  }
  return rest;
}

/**
 * Hands a body's chunks to `take` until it ends.
 * @throws what `take` throws, and an Error where the body ends early
 */
export function drain(body: Readable, take: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    body.on('data', (chunk: Buffer) => {
      try {
        take(chunk);
      } catch (error) {
        reject(error);
        body.destroy();
      }
    });
    body.once('end', resolve);
    body.on('error', reject);
    // Without an end before it: the connection is gone. After an end or an error this changes nothing.
    body.once('close', () => reject(new Error('the connection was closed before the end')));
  });
}
