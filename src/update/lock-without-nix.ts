import type { SystemPlan } from '../build-lock/compute.ts';
import { buildLockText } from '../build-lock/text.ts';
import type { BuildLock } from '../build-lock/types.ts';
import { type VerifiedClaim, verifyBuildLock } from '../build-lock/verify.ts';
import type { Edit } from '../nix/patch.ts';
import { repositoryOf } from '../system/inside.ts';
import { loadProject } from '../uv/lock/project.ts';
import { readerOf } from './lock-builds.ts';
import type { Context } from './types.ts';
import { verifying } from './verification.ts';

/** A build lock on disk. */
export interface WrittenLock {
  readonly file: string;
  readonly text: string;
  readonly lock: BuildLock;
  /** Folder of uv.lock. */
  readonly project: string;
}

export interface CheckedLock extends Omit<VerifiedClaim, 'right'> {
  /** What makes it right; undefined if it is. */
  readonly edit: Edit | undefined;
  readonly notVerified: readonly string[];
}

/**
 * Verifies a build lock without Nix: with uv if it is installed, otherwise by the indexes and the
 * base.
 * @param systems plans and hashes that were computed from uv.lock here
 * @param only as for `verifying`
 */
export async function checkLock(
  { file, text, lock, project: dir }: WrittenLock,
  systems: readonly SystemPlan[],
  context: Context,
  only: { readonly resolved?: boolean; readonly withUv: boolean },
): Promise<CheckedLock> {
  const project = await loadProject(dir, context.read, { repository: (await repositoryOf(dir)) ?? null });
  const given = await verifying(
    file,
    project,
    context,
    only.resolved === undefined ? {} : { resolved: only.resolved },
  );
  const claimed = { ...given, project, systems, text, lock };
  const { right, ...rest } = await verifyBuildLock(claimed, readerOf(dir, context), only.withUv);
  const edit = { file, before: text, after: buildLockText(right) };
  return {
    ...rest,
    notVerified: given.confirmation.notVerified,
    edit: rest.differences === '' ? undefined : edit,
  };
}
