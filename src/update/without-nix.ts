import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { SystemPlan } from '../build-lock/compute.ts';
import { sameSeparate } from '../build-lock/separate.ts';
import type { BuildLock } from '../build-lock/types.ts';
import { hashOutputs } from '../fetch/hash.ts';
import type { HashTools, OutputHash } from '../fetch/types.ts';
import { type DerivationRef, folderOf } from '../nix/target.ts';
import { repositoryOf } from '../system/inside.ts';
import type { Run } from '../system/run.ts';
import { loadProject, type ReadText } from '../uv/lock/project.ts';
import { manifestDigest } from '../uv/plan/manifest.ts';
import { planProject } from '../uv/plan/plan.ts';
import { parseTarget } from '../uv/plan/target.ts';

/**
 * The folder of the uv.lock that a build lock belongs to, without asking Nix: beside the build
 * lock, or the only one just below.
 *
 * @returns undefined if there is none, or if there are several
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

export interface PlannedHash extends OutputHash {
  /** Whether the build lock installs the same wheels separately as the plan. */
  readonly sameSeparate: boolean;
  /** For the build lock, with the hash that was computed. */
  readonly planned: SystemPlan;
}

/**
 * Hashes of the fixed-output derivations that a build lock is declared for, computed from uv.lock
 * alone.
 */
export async function hashesFor(
  buildLock: BuildLock,
  project: string,
  read: ReadText,
  native: () => Promise<HashTools>,
): Promise<readonly PlannedHash[]> {
  const planned = await loadProject(project, read, { repository: (await repositoryOf(project)) ?? null });
  const systems = Object.keys(buildLock.systems).map((system) => {
    const target = { ...buildLock.target, system };
    return { target, artifacts: planProject(planned, parseTarget(target), target) };
  });
  const { hashes } = await hashOutputs(systems, project, await native());
  return hashes.map((one, index) => {
    const { target = { ...buildLock.target, system: one.system }, artifacts = [] } = systems[index] ?? {};
    return {
      ...one,
      sameSeparate: sameSeparate(buildLock.systems[one.system]?.apart, artifacts),
      planned: {
        ...{ target: parseTarget(target), artifacts, hash: one.hash },
        plan: manifestDigest(artifacts, target),
      },
    };
  });
}

/**
 * The file and line of Nix code where a hash is written: the derivation's own file, otherwise any
 * of the repository. Only Nix knows what it is bound to.
 */
export async function placeOfHash(
  hash: string,
  derivation: DerivationRef,
  { read, run }: { read: ReadText; run: Run },
): Promise<{ file: string; line: number } | undefined> {
  if (hash === '') return undefined;
  const literal = `"${hash}"`;
  const text = (derivation.file !== undefined && (await read(derivation.file))) || '';
  const at = text.indexOf(literal);
  if (derivation.file !== undefined && at >= 0)
    return { file: derivation.file, line: text.slice(0, at).split('\n').length };
  const folder = folderOf(derivation);
  const flags = ['--untracked', '--line-number', '--null', '--fixed-strings'];
  const found = await run('git', ['-C', folder, 'grep', ...flags, '-e', literal, '--', ':(top)*.nix']);
  const [name, line] = (found.stdout.split('\n')[0] ?? '').split('\0');
  return found.code === 0 && name ? { file: path.resolve(folder, name), line: Number(line) } : undefined;
}
