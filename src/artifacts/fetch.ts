import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pLimit from 'p-limit';
import type { Artifact } from '../plan/index.ts';
import { download } from './download.ts';
import { type DeclaredTarget, manifestText } from './manifest.ts';
import type { Network } from './network.ts';
import { asDownload, localChanged, localMissing, type Wheel, wheelsOf } from './wheels.ts';

/** Connections at once. More did not make the real closure (166 files, 112 MB) faster on two cores. */
const parallel = 16;

export interface Fetched {
  readonly files: number;
  /** Bytes of all wheels together. */
  readonly size: number;
}

/**
 * Makes the contents of a fixed output: the plan's wheels, byte for byte as the index has them, in `out/wheels`, and the
 * manifest. Nothing else, so that the hash follows from lock and target alone.
 *
 * @param project folder of uv.lock, for wheels that lie beside it
 * @param onProgress called after each file with files and bytes so far
 * @throws UserError where a file can't be had or is not what the lock names; what is left in `out` is not for use then
 */
export async function fetchWheels(
  artifacts: readonly Artifact[],
  target: DeclaredTarget,
  project: string,
  out: string,
  network: Network,
  onProgress: (files: number, size: number) => void = () => {},
): Promise<Fetched> {
  const wheels = wheelsOf(artifacts);
  await mkdir(path.join(out, 'wheels'), { recursive: true });
  const limit = pLimit(parallel);
  let files = 0;
  let size = 0;
  const one = async (wheel: Wheel): Promise<void> => {
    const bytes = await fetchArtifact(wheel, project, path.join(out, 'wheels', wheel.filename), network);
    size += bytes;
    files += 1;
    onProgress(files, size);
  };
  // The largest first, so that the last connection does not end with it alone.
  const bySize = [...wheels].sort((a, b) => (b.size ?? 0) - (a.size ?? 0));
  try {
    await Promise.all(bySize.map((wheel) => limit(one, wheel)));
  } finally {
    limit.clearQueue();
  }
  await writeFile(path.join(out, 'manifest.json'), manifestText(artifacts, target));
  return { files, size };
}

/**
 * Brings one wheel or sdist to `target`, from its address or from the project's own folder.
 * @returns its size in bytes
 */
export async function fetchArtifact(
  artifact: Artifact,
  project: string,
  target: string,
  network: Network,
): Promise<number> {
  if (artifact.path !== undefined) return copyLocal(artifact, path.resolve(project, artifact.path), target);
  return (await download(asDownload(artifact), target, network)).size;
}

async function copyLocal(artifact: Artifact, source: string, target: string): Promise<number> {
  const bytes = await readFile(source).catch((cause: unknown) => {
    throw localMissing(artifact, cause);
  });
  const [algorithm = 'sha256', expected] = artifact.hash?.split(':') ?? [];
  if (expected !== undefined && createHash(algorithm).update(bytes).digest('hex') !== expected.toLowerCase())
    throw localChanged(artifact);
  await copyFile(source, target);
  return bytes.length;
}
