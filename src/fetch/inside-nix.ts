import { readFile } from 'node:fs/promises';
import { repositoryOf } from '../system/inside.ts';
import { loadProject, type ReadText } from '../uv/lock/project.ts';
import { checkTarget } from '../uv/plan/manifest.ts';
import { planProject } from '../uv/plan/plan.ts';
import { parseTarget } from '../uv/plan/target.ts';
import { fetchWheels } from './artifacts.ts';
import type { Network } from './network.ts';

/** Milliseconds between two progress lines, which src/nix/nix-progress.ts reads. */
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
  const project = await loadProject(options.project, read, {
    // In Nix's sandbox the repository is the lock's source.
    repository: (await repositoryOf(options.project)) ?? null,
  });
  const artifacts = planProject(project, parseTarget(target), target);
  const total = artifacts.filter(({ kind }) => kind === 'wheel').length;
  const started = Date.now();
  let printed = started;
  const { files, size } = await fetchWheels(
    artifacts,
    target,
    options.project,
    options.out,
    await network(),
    (done, bytes) => {
      if (Date.now() - printed < interval) return;
      printed = Date.now();
      print(
        `${done} of ${total} wheels, ${megabytes(bytes)} MB, ${((printed - started) / 1000).toFixed(0)} s`,
      );
    },
  );
  print(`${files} wheels, ${megabytes(size)} MB`);
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
