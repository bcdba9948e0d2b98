import { readFile } from 'node:fs/promises';
import { fetchWheels } from '../artifacts/fetch.ts';
import type { DeclaredTarget } from '../artifacts/manifest.ts';
import type { Network } from '../artifacts/network.ts';
import { loadProject, type ReadText } from '../lock/index.ts';
import { parseTarget, planProject } from '../plan/index.ts';

/** Makes the fixed output: plans the lock for the declared target and downloads its wheels. */
export async function fetchInto(
  options: { project: string; target: string; out: string },
  read: ReadText,
  network: () => Promise<Network>,
  say: (line: string) => void,
): Promise<void> {
  const target = JSON.parse(await readFile(options.target, 'utf8')) as DeclaredTarget;
  const project = await loadProject(options.project, read);
  const artifacts = planProject(project, parseTarget(target), target);
  const total = artifacts.filter(({ kind }) => kind === 'wheel').length;
  let told = Date.now();
  const { files, size } = await fetchWheels(
    artifacts,
    target,
    options.project,
    options.out,
    await network(),
    (done, bytes) => {
      if (Date.now() - told < 3000) return;
      told = Date.now();
      say(`${done} of ${total} wheels, ${megabytes(bytes)} MB`);
    },
  );
  say(`${files} wheels, ${megabytes(size)} MB`);
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
