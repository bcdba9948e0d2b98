import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { tooLargeFile } from './messages.ts';

/** Maximum size of a file in bytes: that of a zip without the 64-bit extension. */
export const mostBytes = 4 * 1024 ** 3;

const pieceSize = 1 << 18;
/** Pieces between two turns of the event loop. Asynchronous reads of a piece are slower. */
const turn = 64;

/**
 * Reads a regular file piece by piece; a piece is valid until `take` returns.
 * @param begin called with the size first
 * @returns false for a device, a pipe or a folder, and for a file that shrinks
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
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) return false;
    if (found.size > mostBytes) throw tooLargeFile({ label }, mostBytes);
    begin(found.size);
    const room = Buffer.allocUnsafe(Math.min(pieceSize, found.size));
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
    closeSync(descriptor);
  }
}
