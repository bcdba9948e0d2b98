import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { BuildLock, SystemPlan } from '../build-lock/schema.ts';
import { buildLockText } from '../build-lock/text.ts';
import { type VerifiedClaim, verifyBuildLock } from '../build-lock/verify.ts';
import { hashOutputs } from '../fetch/hash.ts';
import type { Edit } from '../nix/edit.ts';
import type { ReadText } from '../uv/lock/project.ts';
import { manifestDigest } from '../uv/plan/manifest.ts';
import { planProject } from '../uv/plan/plan.ts';
import { parseTarget } from '../uv/plan/target.ts';
import { loadInside, lockBase } from './plan.ts';
import type { Context } from './types.ts';

// Recomputed without Nix: by the job that publishes, and by a check on a machine without it.

/** A build lock on disk. */
export interface WrittenLock {
  readonly file: string;
  readonly text: string;
  readonly lock: BuildLock;
  /** Folder of uv.lock. */
  readonly project: string;
}

/**
 * The folder of the uv.lock that a build lock belongs to: beside the build lock, or the only one
 * just below.
 *
 * @param foldersIn the folders in a folder, as paths; those on disk if not given
 * @returns undefined if it is missing, or if there are several
 */
export async function projectBeside(
  folder: string,
  read: ReadText,
  foldersIn: (folder: string) => Promise<string[]> = foldersOnDisk,
): Promise<string | undefined> {
  const hasLock = async (one: string) => (await read(path.join(one, 'uv.lock'))) !== undefined;
  if (await hasLock(folder)) return folder;
  const found: string[] = [];
  for (const one of await foldersIn(folder)) if (await hasLock(one)) found.push(one);
  return found.length === 1 ? found[0] : undefined;
}

const foldersOnDisk = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { withFileTypes: true })).flatMap((entry) =>
    entry.isDirectory() ? [path.join(folder, entry.name)] : [],
  );

/**
 * Plans and hashes of the fixed-output derivations that a build lock is declared for, computed from
 * uv.lock alone.
 * @param project folder of uv.lock
 */
export async function hashesFor(
  buildLock: BuildLock,
  project: string,
  context: Pick<Context, 'read' | 'native'>,
): Promise<SystemPlan[]> {
  const loaded = await loadInside(project, context);
  const plans = Object.keys(buildLock.systems).map((system) => {
    const declared = { ...buildLock.target, system };
    const target = parseTarget(declared);
    const artifacts = planProject(loaded, target, declared);
    return { declared, target, artifacts, plan: manifestDigest(artifacts, declared) };
  });
  const outputs = plans.map(({ declared, artifacts }) => ({ target: declared, artifacts }));
  const { hashes } = await hashOutputs(outputs, project, await context.native());
  const hashOf = new Map(hashes.map(({ system, hash }) => [system, hash]));
  return plans.map(({ declared: _, ...plan }) => ({
    ...{ ...plan, hash: hashOf.get(plan.target.system) ?? '' },
  }));
}

export interface CheckedLock extends Omit<VerifiedClaim, 'right'> {
  /** What makes it right; undefined if it is. */
  readonly edit: Edit | undefined;
  readonly notVerified: readonly string[];
}

/**
 * Verifies a build lock: with uv if it is installed, otherwise by the indexes and the base.
 * @param systems plans and hashes that were computed from uv.lock here
 * @param only as for `lockBase`
 */
export async function checkLock(
  { file, text, lock, project: folder }: WrittenLock,
  systems: readonly SystemPlan[],
  context: Context,
  { withUv, ...only }: { readonly resolved?: boolean; readonly withUv: boolean },
): Promise<CheckedLock> {
  const project = await loadInside(folder, context);
  const given = await lockBase(file, project, context, only);
  const claimed = { ...given, project, systems, text, lock };
  const { right, ...rest } = await verifyBuildLock(claimed, { ...context, project: folder }, withUv);
  return {
    ...rest,
    notVerified: given.confirmation.notVerified,
    edit: rest.differences === '' ? undefined : { file, before: text, after: buildLockText(right) },
  };
}
