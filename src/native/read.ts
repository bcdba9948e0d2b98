import { type BigIntStats, constants, fstatSync, openSync, readSync } from 'node:fs';

/** What tells one state of a file from another: both readers have to have seen the same. */
export type Seen = Pick<BigIntStats, 'dev' | 'ino' | 'size' | 'mtimeNs' | 'ctimeNs'>;

/** @returns undefined where it can't be read */
export function openToRead(file: string): number | undefined {
  try {
    // A pipe that a lock names as a file would otherwise wait for somebody to write to it.
    return openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}

/** @returns undefined for what is no file */
export function seenOf(descriptor: number): Seen | undefined {
  const stat = fstatSync(descriptor, { bigint: true });
  if (!stat.isFile()) return undefined;
  const { dev, ino, size, mtimeNs, ctimeNs } = stat;
  return { dev, ino, size, mtimeNs, ctimeNs };
}

export const isSame = (one: Seen | undefined, other: Seen | undefined): boolean =>
  one !== undefined &&
  one.dev === other?.dev &&
  one.ino === other.ino &&
  one.size === other.size &&
  one.mtimeNs === other.mtimeNs &&
  one.ctimeNs === other.ctimeNs;

/**
 * Reads the first `size` bytes, piece by piece into the same room.
 * @returns how many there were; more than `size` are not read
 */
export function readPieces(
  descriptor: number,
  size: number,
  room: Buffer,
  take: (piece: Buffer) => void,
): number {
  for (let at = 0; at < size; ) {
    const count = readSync(descriptor, room, 0, Math.min(room.length, size - at), at);
    if (count === 0) return at;
    take(count === room.length ? room : room.subarray(0, count));
    at += count;
  }
  return size;
}
