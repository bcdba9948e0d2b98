import { UserError } from '../system/errors.ts';
import { readSettings } from '../uv/lock/settings.ts';
import type { Lock } from '../uv/lock/types.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import { chooseArtifact } from '../uv/plan/choose.ts';
import { newestPython } from '../uv/plan/diff.ts';
import { tagRank } from '../uv/plan/tags.ts';
import { parseTarget, SYSTEMS, type Target } from '../uv/plan/target.ts';
import type { ComparedPlans } from './pairs.ts';

const noSettings = readSettings({}, 'uv.toml');

/** Plans of two complete locks for a target, regardless of a selection. */
export const plansOfLocks = (before: Lock, after: Lock, target: Target): ComparedPlans => ({
  ...{ system: target.system, before: artifactsOf(before, target), after: artifactsOf(after, target) },
});

/**
 * The target for an own derivation, which does not declare one: the newest Python that the lock
 * supports.
 */
export const targetOfLock = (lock: Lock, system: string): Target =>
  parseTarget({
    system: SYSTEMS.find((one) => one === system) ?? 'x86_64-linux',
    python: newestPython(lock),
  });

/** The artifacts that fit the target. A package without such an artifact is left out. */
export function artifactsOf({ packages, members }: Lock, target: Target): Artifact[] {
  const chooser = { members: new Set(members), settings: noSettings, target, rank: tagRank(target) };
  return packages.flatMap((item) => {
    try {
      return chooseArtifact(item, chooser) ?? [];
    } catch (error) {
      if (error instanceof UserError && error.code === 'no-artifact') return [];
      throw error;
    }
  });
}
