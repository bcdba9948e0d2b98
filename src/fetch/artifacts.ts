import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Artifact } from '../uv/plan/index.ts';
import { type DeclaredTarget, manifestText } from '../uv/plan/manifest.ts';
import { download } from './download.ts';
import { copyLocal } from './local.ts';
import type { Network } from './network.ts';
import { asDownload, wheelsOf } from './wheels.ts';

export interface Fetched {
  readonly files: number;
  /** Bytes of all wheels together. */
  readonly size: number;
}

/**
 * Makes the contents of a fixed-output derivation: the plan's wheels, byte for byte as the index has them, in `out/wheels`, and the
 * manifest. Nothing else, so that the hash follows from lock and target alone.
 *
 * @param project folder of uv.lock, for wheels that lie beside it
 * @param onProgress called after each file with files and bytes so far
 * @throws UserError if a file can't be had or is not what the lock names; what is left in `out` is not for use then
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
  // The largest first, so that the last connection does not end with it alone.
  const remote = wheels
    .filter((one) => one.path === undefined)
    .sort((a, b) => (b.size ?? 0) - (a.size ?? 0))
    .map((wheel) => asDownload(wheel, targetOf(wheel.filename)));
  await download(remote, network, (_, bytes) => done(bytes));
  await writeFile(path.join(out, 'manifest.json'), manifestText(artifacts, target));
  return { files, size };
}

/** Brings one wheel or sdist to `target`, from its address or from the project's own repository. */
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
