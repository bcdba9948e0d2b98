import { parseTarget } from '../uv/plan/index.ts';
import { claimsOf } from './claimed.ts';
import { differences } from './differences.ts';
import { type Renewal, renewBuildLock } from './renew.ts';
import type { SourceReader } from './sources.ts';
import { sameData } from './text.ts';
import type { BuildLock } from './types.ts';

/** A build lock that another job made, and what it is verified by. */
export interface Claimed extends Omit<Renewal, 'target' | 'resolve' | 'dynamic'> {
  readonly text: string;
  readonly lock: BuildLock;
}

export interface VerifiedClaim {
  /** The build lock as it has to be. */
  readonly right: BuildLock;
  /** How the claimed one differs from it, as a clause; empty if it does not. */
  readonly differences: string;
  /** What only the job that made it could see, as clauses. */
  readonly taken: readonly string[];
}

/**
 * Verifies a build lock without Nix: what the base has stays as it is; sources are read again; every file has to be listed by an
 * index. The answers of build backends are taken and named, and so are new resolutions if there is no uv.
 *
 * @param withUv whether what the base does not have is resolved here
 * @throws UserError `build-lock-stale` for a claim that cannot be right, `build-lock-unverified`, and those of `describeBuild`
 */
export async function verifyBuildLock(
  claimed: Claimed,
  reader: SourceReader,
  withUv: boolean,
): Promise<VerifiedClaim> {
  const { lock, text, base, systems } = claimed;
  const targets = systems.map(({ target }) => parseTarget({ ...lock.target, system: target.system }));
  const { taken, dynamic, resolve } = claimsOf(lock, base, targets);
  const claims = withUv ? { dynamic } : { dynamic, resolve };
  const right = await renewBuildLock({ ...claimed, target: lock.target, ...claims }, reader);
  const isNewTarget = base !== undefined && !sameData(base.target, lock.target);
  return {
    right,
    differences: differences(text, lock, right),
    taken: [...(isNewTarget ? ['the target, which the derivation declares'] : []), ...taken()],
  };
}
