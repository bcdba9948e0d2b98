import { readFile } from 'node:fs/promises';
import { repositoryOf } from '../system/inside.ts';
import { loadProject, type ReadText } from '../uv/lock/index.ts';
import { parseTarget, planProject } from '../uv/plan/index.ts';
import { checkTarget } from '../uv/plan/manifest.ts';
import { fetchWheels } from './artifacts.ts';
import type { Network } from './network.ts';

/** Milliseconds between two lines that say how far it is (src/nix/nix-progress.ts reads them). */
const interval = 3000;

/** Makes the fixed output: plans the lock for the declared target and downloads its wheels. */
export async function fetchInto(
  options: { project: string; target: string; out: string },
  read: ReadText,
  network: () => Promise<Network>,
  say: (line: string) => void,
): Promise<void> {
  const target = checkTarget(JSON.parse(await readFile(options.target, 'utf8')));
  const project = await loadProject(options.project, read, {
    // The lock's source is all of the repository that is here.
    repository: (await repositoryOf(options.project)) ?? null,
  });
  const artifacts = planProject(project, parseTarget(target), target);
  const total = artifacts.filter(({ kind }) => kind === 'wheel').length;
  const started = Date.now();
  let told = started;
  const { files, size } = await fetchWheels(
    artifacts,
    target,
    options.project,
    options.out,
    await network(),
    (done, bytes) => {
      if (Date.now() - told < interval) return;
      told = Date.now();
      say(`${done} of ${total} wheels, ${megabytes(bytes)} MB, ${((told - started) / 1000).toFixed(0)} s`);
    },
  );
  say(`${files} wheels, ${megabytes(size)} MB`);
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
