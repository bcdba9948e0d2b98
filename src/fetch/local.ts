import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Artifact } from '../plan/index.ts';
import { repositoryOf, requireInside } from '../ports/inside.ts';
import { mostBytes } from './download.ts';
import { tooLargeFile, unwritable } from './messages.ts';
import { labelOf, localChanged, localMissing } from './wheels.ts';

/** Bytes that are read at once. */
const pieceSize = 1 << 20;

/**
 * Finds a wheel or sdist that lies beside the lock.
 * @param project folder of uv.lock
 * @returns its real path, which is inside the repository of `project`
 * @throws UserError `artifact-unreachable`, `file-outside`
 */
export async function localFile(artifact: Artifact, project: string): Promise<string> {
  const folder = path.resolve(project);
  const named = path.resolve(folder, artifact.path ?? '');
  await requireInside((await repositoryOf(folder)) ?? folder, named, `'${artifact.path}' of uv.lock`);
  return realpath(named).catch((cause: unknown) => {
    throw localMissing(artifact, cause);
  });
}

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
  let handle: FileHandle | undefined;
  try {
    // Without O_NONBLOCK a pipe would wait for a writer.
    handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const found = await handle.stat();
    if (!found.isFile()) return false;
    if (found.size > mostBytes) throw tooLargeFile({ label }, mostBytes);
    begin(found.size);
    const room = Buffer.allocUnsafe(Math.min(pieceSize, Math.max(1, found.size)));
    let at = 0;
    while (at < found.size) {
      const { bytesRead } = await handle.read(room, 0, Math.min(room.length, found.size - at), at);
      if (bytesRead === 0) return false;
      await take(room.subarray(0, bytesRead));
      at += bytesRead;
    }
    return true;
  } finally {
    await handle?.close();
  }
}

/**
 * Copies a wheel or sdist that lies beside the lock, and verifies its digest and length on the way.
 * @returns its bytes
 * @throws UserError as `localFile` and `readPieces`, and `artifact-changed`
 */
export async function copyLocal(artifact: Artifact, project: string, target: string): Promise<number> {
  const file = await localFile(artifact, project);
  const [algorithm = 'sha256', expected] = artifact.hash?.split(':') ?? [];
  const hash = createHash(algorithm);
  let size = 0;
  await writeFile(target, '').catch((error: NodeJS.ErrnoException) => {
    throw unwritable({ label: labelOf(artifact) }, error);
  });
  const isFile = await readPieces(
    file,
    labelOf(artifact),
    (bytes) => {
      size = bytes;
      if (artifact.size !== undefined && bytes !== artifact.size) throw localChanged(artifact);
    },
    (piece) => {
      hash.update(piece);
      return writeFile(target, piece, { flag: 'a' });
    },
  );
  if (!isFile) throw localMissing(artifact);
  if (expected !== undefined && hash.digest('hex') !== expected.toLowerCase()) throw localChanged(artifact);
  return size;
}
