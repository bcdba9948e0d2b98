import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadInside, type ReadText } from '../uv/lock/project.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import { checkTarget, type DeclaredTarget, manifestText } from '../uv/plan/manifest.ts';
import { planDeclared } from '../uv/plan/plan.ts';
import { download } from './download.ts';
import type { Network } from './network.ts';
import { asDownload, localFile, wheelsOf } from './wheels.ts';

/** Milliseconds between two progress lines, which src/nix/nix-build.ts reads. */
const interval = 3000;

/**
 * Builds the fixed-output derivation: plans the lock for the declared target and downloads its
 * wheels.
 */
export async function fetchInto(
  options: { project: string; target: string; out: string },
  read: ReadText,
  network: () => Promise<Network>,
  print: (line: string) => void,
): Promise<void> {
  const target = checkTarget(JSON.parse(await readFile(options.target, 'utf8')));
  const { artifacts } = planDeclared(await loadInside(options.project, { read }), target);
  await fetchWheels(artifacts, target, options.project, options.out, await network(), print);
}

/**
 * Writes the contents of a fixed-output derivation: the plan's unmodified wheels in `out/wheels`,
 * and the manifest. The hash depends on the lock and the target only.
 *
 * @param project folder of uv.lock, for wheels in the repository
 * @throws UserError as `download` and `localFile`; `out` is incomplete then
 */
export async function fetchWheels(
  artifacts: readonly Artifact[],
  target: DeclaredTarget,
  project: string,
  out: string,
  network: Network,
  print: (line: string) => void = () => {},
): Promise<void> {
  const wheels = wheelsOf(artifacts);
  const targetOf = (filename: string): string => path.join(out, 'wheels', filename);
  await mkdir(path.join(out, 'wheels'), { recursive: true });
  const local = wheels.filter((wheel) => wheel.path !== undefined);
  for (const wheel of local) await copyFile(await localFile(wheel, project), targetOf(wheel.filename));
  // Start with the largest wheels, which take longest.
  const remote = wheels
    .filter((wheel) => wheel.path === undefined)
    .sort((a, b) => (b.size ?? 0) - (a.size ?? 0))
    .map((wheel) => asDownload(wheel, targetOf(wheel.filename)));
  const started = Date.now();
  let [printed, files, size] = [started, local.length, 0];
  await download(remote, network, (_, bytes) => {
    files += 1;
    size += bytes;
    if (Date.now() - printed < interval) return;
    printed = Date.now();
    const seconds = ((printed - started) / 1000).toFixed(0);
    print(`${files} of ${wheels.length} wheels, ${megabytes(size)} MB, ${seconds} s`);
  });
  await writeFile(path.join(out, 'manifest.json'), manifestText(artifacts, target));
  print(`${files} wheels, ${megabytes(size)} MB`);
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
