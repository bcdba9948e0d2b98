import type { BuildLock } from '../build-lock/types.ts';
import type { Pinned, PinnedSystem } from '../nix/evaluate.ts';
import type { Project } from '../uv/lock/index.ts';
import { type Artifact, parseTarget, planProject, type Target } from '../uv/plan/index.ts';
import { manifestDigest } from '../uv/plan/manifest.ts';

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
