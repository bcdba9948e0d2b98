import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { BuildLock } from '../buildlock/types.ts';
import { loadProject, type ReadText } from '../lock/index.ts';
import { hashOnRunner } from '../native/shared.ts';
import type { NativeHash, NativeTools } from '../native/types.ts';
import { parseTarget, planProject } from '../plan/index.ts';

/**
 * The folder of the uv.lock that a build lock belongs to, as far as that can be told without asking Nix: beside the build
 * lock, or the only one just below.
 *
 * @returns undefined where there is none, or several
 */
export async function projectBeside(folder: string, read: ReadText): Promise<string | undefined> {
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = ['', ...entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)];
  const found: string[] = [];
  for (const name of folders) {
    const candidate = path.join(folder, name);
    if ((await read(path.join(candidate, 'uv.lock'))) !== undefined) found.push(candidate);
  }
  return found[0] === folder || found.length === 1 ? found[0] : undefined;
}

/** Hashes of the fixed outputs that a build lock is declared for, computed from uv.lock and from nothing that it records. */
export async function hashesFor(
  buildLock: BuildLock,
  project: string,
  read: ReadText,
  native: () => Promise<NativeTools>,
): Promise<readonly NativeHash[]> {
  const planned = await loadProject(project, read);
  const systems = Object.keys(buildLock.systems).map((system) => {
    const target = { ...buildLock.target, system };
    return { target, artifacts: planProject(planned, parseTarget(target), target) };
  });
  return (await hashOnRunner(systems, project, await native())).hashes;
}
