import { createHash } from 'node:crypto';
import { realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { repositoryOf, requireInside } from '../system/inside.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import { unwritable } from './messages.ts';
import { readPieces } from './read.ts';
import { labelOf, localChanged, localMissing } from './wheels.ts';

/**
 * Finds a wheel or sdist in the repository.
 * @param project folder of uv.lock
 * @returns its real path, inside the repository
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
 * Copies a wheel or sdist of the repository, and verifies its digest and length.
 * @returns its size in bytes
 * @throws UserError `artifact-changed`, and errors of `localFile` and `readPieces`
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
