import { artifactsOf, targetOfLock } from '../contents/of-locks.ts';
import { UserError } from '../system/errors.ts';
import type { Project } from '../uv/lock/project.ts';
import type { Artifact } from '../uv/plan/artifact.ts';
import type { Target } from '../uv/plan/target.ts';

/** The lock beside an own derivation, and what of it may be installed. */
export interface ForeignLock {
  readonly project: Project;
  readonly targets: readonly Target[];
  /** Of all targets. */
  readonly artifacts: readonly Artifact[];
}

/**
 * The uv.lock beside an own derivation, or the only one just below.
 * @param folder of the derivation
 * @param find `projectBeside`, on disk or in a commit
 * @returns undefined without one, and if it can't be read: it is only for the report and the policy
 */
export async function lockBeside(
  folder: string,
  systems: readonly string[],
  {
    find,
    load,
  }: {
    readonly find: (folder: string) => Promise<string | undefined>;
    readonly load: (folder: string) => Promise<Project>;
  },
): Promise<ForeignLock | undefined> {
  try {
    const found = await find(folder);
    if (found === undefined) return undefined;
    const project = await load(found);
    const { lock } = project;
    const targets = systems.map((system) => targetOfLock(lock, system));
    return { project, targets, artifacts: targets.flatMap((target) => artifactsOf(lock, target)) };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
