import type { BuildLock } from '../buildlock/types.ts';
import type { Pinned, PinnedSystem } from '../derivation/evaluate.ts';
import { manifestDigest } from '../fetch/manifest.ts';
import type { Project } from '../lock/index.ts';
import { type Artifact, parseTarget, planProject, type Target } from '../plan/index.ts';

/** One system's plan, and whether its hash was made from it. */
export interface Spotted {
  readonly pinned: PinnedSystem;
  readonly target: Target;
  readonly artifacts: readonly Artifact[];
  /** Digest of what the fixed output for this plan is made from. */
  readonly plan: string;
  readonly isCurrent: boolean;
}

/**
 * Compares what each pinned hash was made from with what the lock says now. It is the build lock that remembers; a
 * difference to an older commit does not count, so that a hash that was stale all along is found too.
 */
export function spot(project: Project, pinned: Pinned, buildLock: BuildLock | undefined): Spotted[] {
  return pinned.systems.map((one) => {
    const target = parseTarget(one.target);
    const artifacts = planProject(project, target, one.target);
    const plan = manifestDigest(artifacts, one.target);
    const recorded = buildLock?.systems[one.target.system];
    const isCurrent = recorded?.plan === plan && recorded.hash === one.hash;
    return { pinned: one, target, artifacts, plan, isCurrent };
  });
}
