import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Artifact } from '../uv/plan/artifact.ts';
import { type DeclaredTarget, manifestText } from '../uv/plan/manifest.ts';
import { download } from './download.ts';
import { copyLocal } from './local.ts';
import type { Network } from './network.ts';
import { asDownload, wheelsOf } from './wheels.ts';

/**
 * Writes the contents of a fixed-output derivation: the plan's unmodified wheels in `out/wheels`,
 * and the manifest. The hash depends on the lock and the target only.
 *
 * @param project folder of uv.lock, for wheels in the repository
 * @param onProgress called after each file with the number of files and bytes so far
 * @returns the number of files, and their size in bytes
 * @throws UserError as `download` and `copyLocal`; `out` is incomplete then
 */
export async function fetchWheels(
  artifacts: readonly Artifact[],
  target: DeclaredTarget,
  project: string,
  out: string,
  network: Network,
  onProgress: (files: number, size: number) => void = () => {},
): Promise<{ files: number; size: number }> {
  const wheels = wheelsOf(artifacts);
  const targetOf = (filename: string): string => path.join(out, 'wheels', filename);
  await mkdir(path.join(out, 'wheels'), { recursive: true });
  let files = 0;
  let size = 0;
  const done = (bytes: number): void => {
    size += bytes;
    files += 1;
    onProgress(files, size);
  };
  for (const wheel of wheels.filter((one) => one.path !== undefined))
    done(await copyLocal(wheel, project, targetOf(wheel.filename)));
  // The largest first, so that it does not start last.
  const remote = wheels
    .filter((one) => one.path === undefined)
    .sort((a, b) => (b.size ?? 0) - (a.size ?? 0))
    .map((wheel) => asDownload(wheel, targetOf(wheel.filename)));
  await download(remote, network, (_, bytes) => done(bytes));
  await writeFile(path.join(out, 'manifest.json'), manifestText(artifacts, target));
  return { files, size };
}

/** Writes one wheel or sdist to `target`, from its address or from the repository. */
export async function fetchArtifact(
  artifact: Artifact,
  project: string,
  target: string,
  network: Network,
): Promise<void> {
  const checked = asDownload(artifact, target);
  if (artifact.path !== undefined) await copyLocal(artifact, project, target);
  else await download([checked], network);
}
