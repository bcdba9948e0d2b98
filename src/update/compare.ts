import type { BuildLock } from '../build-lock/types.ts';
import type { Pinned, PinnedSystem } from '../nix/evaluate.ts';
import type { Project } from '../uv/lock/project.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import { manifestDigest } from '../uv/plan/manifest.ts';
import { planProject } from '../uv/plan/plan.ts';
import { parseTarget, type Target } from '../uv/plan/target.ts';

/** One system's plan, and whether its hash was made from it. */
export interface SystemState {
  readonly pinned: PinnedSystem;
  readonly target: Target;
  readonly artifacts: readonly Artifact[];
  /** Digest of what the fixed-output derivation for this plan is made from. */
  readonly plan: string;
  readonly isCurrent: boolean;
}

/**
 * Compares what each pinned hash was made from, which the build lock records, with what uv.lock
 * asks for now. Older commits do not count, so a hash that was stale all along is found too.
 */
export function compareSystems(
  project: Project,
  pinned: Pinned,
  buildLock: BuildLock | undefined,
): SystemState[] {
  return pinned.systems.map((one) => {
    const target = parseTarget(one.target);
    const artifacts = planProject(project, target, one.target);
    const plan = manifestDigest(artifacts, one.target);
    const recorded = buildLock?.systems[one.target.system];
    const isCurrent = recorded?.plan === plan && recorded.hash === one.hash;
    return { pinned: one, target, artifacts, plan, isCurrent };
  });
}
