import { createHash, type Hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { narLength, narPadding } from '../nix/nar.ts';

/** Maximum size of a wheel or sdist in bytes: the limit of a zip without 64-bit extension. */
export const mostBytes = 4 * 1024 ** 3;

/** One buffer for all files, because nothing else runs between reading and hashing a piece. */
const room = Buffer.allocUnsafeSlow(1 << 18);
/** Pieces between two turns of the event loop. Asynchronous reads of a piece are slower. */
const turn = 64;

/** The error for a device, a pipe, a folder or a shrinking file. The message is a clause. */
class Unreadable extends Error {}

/**
 * Compares a file with its entry in the lock, and adds it to an archive in the same pass, so that
 * what is archived is what was compared.
 * @param hash `algorithm:hex`; undefined: not compared; the same applies to `size`
 * @param archive gets length, contents and padding as in a NAR; must not be used if there is a
 *   difference
 * @returns the difference, as a clause; undefined if they are equal
 * @throws NodeJS.ErrnoException
 */
export async function differenceOf(
  file: string,
  { hash, size }: { readonly hash?: string | undefined; readonly size?: number | undefined },
  archive?: Hash,
): Promise<string | undefined> {
  const [algorithm = '', expected = ''] = hash?.split(':') ?? [];
  const digest = hash === undefined ? undefined : createHash(algorithm);
  try {
    await read(
      file,
      size,
      [digest, archive].filter((one) => one !== undefined),
      archive,
    );
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'it is missing';
    throw error;
  }
  const actual = digest?.digest('hex') ?? '';
  return actual === expected.toLowerCase()
    ? undefined
    : `its ${algorithm} is ${actual}, but the lock has ${expected}`;
}

async function read(
  file: string,
  expected: number | undefined,
  hashes: readonly Hash[],
  archive: Hash | undefined,
): Promise<void> {
  // Without O_NONBLOCK a pipe would wait for a writer.
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) throw new Unreadable('it is not a file');
    const { size } = found;
    if (size > mostBytes) throw new Unreadable(`it has more than ${mostBytes / 1024 ** 3} GiB`);
    if (expected !== undefined && size !== expected)
      throw new Unreadable(`it has ${size} bytes, but the lock has ${expected}`);
    archive?.update(narLength(size));
    for (let [at, pieces] = [0, 1]; at < size; pieces += 1) {
      const count = readSync(descriptor, room, 0, Math.min(room.length, size - at), at);
      if (count === 0) throw new Unreadable('it changed while it was read');
      for (const one of hashes) one.update(room.subarray(0, count));
      at += count;
      if (pieces % turn === 0) await setImmediate();
    }
    archive?.update(narPadding(size));
  } finally {
    closeSync(descriptor);
  }
}
