import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { tooLargeFile } from './messages.ts';

/** Bytes of one file at most: what a wheel, a zip without its 64-bit extension, can have. */
export const mostBytes = 4 * 1024 ** 3;

/** Bytes that are read at once, into memory that is used again: new memory for each file keeps the collector busy. */
const pieceSize = 1 << 18;
/** Pieces after which other work gets its turn. Reading is synchronous: a thread for each piece takes longer than the piece. */
const turn = 64;
const rooms: Buffer[] = [];

/**
 * Reads a regular file, piece by piece; a piece is valid until `take` returns. A device, a pipe or a folder is not read.
 * @param begin called with the size first
 * @returns whether it is a regular file, and as many bytes came as it had
 * @throws UserError `artifact-too-large`
 */
export async function readPieces(
  file: string,
  label: string,
  begin: (size: number) => void,
  take: (piece: Buffer) => unknown,
): Promise<boolean> {
  // Without O_NONBLOCK a pipe would wait for a writer.
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  const room = rooms.pop() ?? Buffer.allocUnsafeSlow(pieceSize);
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) return false;
    if (found.size > mostBytes) throw tooLargeFile({ label }, mostBytes);
    begin(found.size);
    let [at, pieces] = [0, 0];
    while (at < found.size) {
      const count = readSync(descriptor, room, 0, Math.min(room.length, found.size - at), at);
      if (count === 0) return false;
      const taken = take(room.subarray(0, count));
      if (taken instanceof Promise) await taken;
      at += count;
      pieces += 1;
      if (pieces % turn === 0) await setImmediate();
    }
    return true;
  } finally {
    rooms.push(room);
    closeSync(descriptor);
  }
}
