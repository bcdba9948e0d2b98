import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** Maximum size of a wheel or sdist in bytes: that of a zip without the 64-bit extension. */
export const mostBytes = 4 * 1024 ** 3;

const pieceSize = 1 << 18;
/** Pieces between two turns of the event loop. Asynchronous reads of a piece are slower. */
const turn = 64;

/** A device, a pipe, a folder, or a file that shrinks. The message is a clause. */
export class Unreadable extends Error {}

/**
 * Reads a file piece by piece; a piece is valid until the next one is asked for.
 * @param begin called with the size first
 * @throws Unreadable, NodeJS.ErrnoException
 */
export async function* readPieces(file: string, begin: (size: number) => void): AsyncGenerator<Buffer> {
  // Without O_NONBLOCK a pipe would wait for a writer.
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) throw new Unreadable('it is not a file');
    const { size } = found;
    begin(size);
    const room = Buffer.allocUnsafe(Math.min(pieceSize, size));
    for (let [at, pieces] = [0, 1]; at < size; pieces += 1) {
      const count = readSync(descriptor, room, 0, Math.min(room.length, size - at), at);
      if (count === 0) throw new Unreadable('it changed while it was read');
      yield room.subarray(0, count);
      at += count;
      if (pieces % turn === 0) await setImmediate();
    }
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Compares a file with its entry in the lock.
 * @param hash `algorithm:hex`; undefined: not compared, as is `size`
 * @returns what the file is, as a clause; undefined if it is as expected
 * @throws NodeJS.ErrnoException
 */
export async function differenceOf(
  file: string,
  { hash, size }: { readonly hash?: string | undefined; readonly size?: number | undefined },
): Promise<string | undefined> {
  const [algorithm = 'sha256', expected] = hash?.split(':') ?? [];
  const digest = createHash(algorithm);
  const compareSize = (found: number): void => {
    if (found > mostBytes) throw new Unreadable(`it has more than ${mostBytes / 1024 ** 3} GiB`);
    if (size !== undefined && found !== size)
      throw new Unreadable(`it has ${found} bytes, but the lock has ${size}`);
  };
  try {
    for await (const piece of readPieces(file, compareSize)) if (expected !== undefined) digest.update(piece);
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
  const actual = digest.digest('hex');
  return expected === undefined || actual === expected.toLowerCase()
    ? undefined
    : `its ${algorithm} is ${actual}, but the lock has ${expected}`;
}
