import { parseTarget } from '../uv/plan/target.ts';
import { claimsOf } from './claimed.ts';
import { type BuildLockInputs, computeBuildLock } from './compute.ts';
import { differences } from './differences.ts';
import type { SourceReader } from './sources.ts';
import { sameData } from './text.ts';
import type { BuildLock } from './types.ts';

/** A build lock of another job, and the inputs to verify it. */
export interface ClaimedLock extends Omit<BuildLockInputs, 'target' | 'resolve' | 'dynamic'> {
  readonly text: string;
  readonly lock: BuildLock;
}

export interface VerifiedClaim {
  /** The expected build lock. */
  readonly right: BuildLock;
  /** How the claimed one differs, as a clause; empty if it does not. */
  readonly differences: string;
  /** What was accepted from the other job unverified, as clauses. */
  readonly taken: readonly string[];
}

/**
 * Verifies a build lock without Nix: entries of the base are kept, sources are read again, and an
 * index has to list every file. Results of build backends are accepted and reported; without uv, so
 * are new resolutions.
 *
 * @param withUv whether to resolve requirements of builds that the base does not have
 * @throws UserError `build-lock-stale` for an impossible claim, `build-lock-unverified`, and
 *   errors of `describeBuild`
 */
export async function verifyBuildLock(
  claimed: ClaimedLock,
  reader: SourceReader,
  withUv: boolean,
): Promise<VerifiedClaim> {
  const { lock, text, base, systems } = claimed;
  const targets = systems.map(({ target }) => parseTarget({ ...lock.target, system: target.system }));
  const { taken, dynamic, resolve } = claimsOf(lock, base, targets);
  const claims = withUv ? { dynamic } : { dynamic, resolve };
  const right = await computeBuildLock({ ...claimed, target: lock.target, ...claims }, reader);
  const isNewTarget = base !== undefined && !sameData(base.target, lock.target);
  return {
    right,
    differences: differences(text, lock, right),
    taken: [...(isNewTarget ? ['the declared target'] : []), ...taken()],
  };
}
