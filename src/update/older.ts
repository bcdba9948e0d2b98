import type { BuildLock } from '../build-lock/types.ts';
import { UserError } from '../system/errors.ts';
import { loadProject, type ReadText } from '../uv/lock/project.ts';
import { manifestDigest } from '../uv/plan/manifest.ts';
import { planProject } from '../uv/plan/plan.ts';
import { parseTarget } from '../uv/plan/target.ts';
import type { Checkout } from './checkout.ts';

/** The project as it was before. */
export interface Older {
  /** Folder of the project. */
  readonly folder: string;
  readonly read: ReadText;
  /** What messages call it. */
  readonly name: string;
}

/** What a build lock records of the hashes that it was written with. */
export type MadeFor = Pick<BuildLock, 'target' | 'systems'>;

/** Which commit is compared with. */
export interface ComparedCommit {
  /** The one that was asked for. */
  readonly compareWith?: string | undefined;
  /** The usual one, where the one that the hash was made for is not found. */
  readonly since: string;
}

/**
 * What the present is compared with: the commit that was asked for, else one whose uv.lock the
 * current hash was made for. The commit before a push may have a newer one: its hash may wait in a
 * pull request, whose report then has to have both changes.
 * @param lockFile path of uv.lock
 * @param made undefined if there is no build lock
 * @param plans digests of the present plans, by system
 */
export async function olderProject(
  { folder, lockFile }: { readonly folder: string; readonly lockFile: string },
  made: MadeFor | undefined,
  plans: Readonly<Record<string, string>>,
  { compareWith, since }: ComparedCommit,
  checkout: Checkout,
): Promise<Older> {
  const at = (commit: string): Older => ({
    ...{ folder, name: commit, read: (file) => checkout.textAt(commit, file) },
  });
  if (compareWith !== undefined) return at(compareWith);
  const isStale = Object.entries(plans).some(([system, plan]) => {
    const recorded = made?.systems[system]?.plan;
    return recorded !== undefined && recorded !== plan;
  });
  if (made === undefined || !isStale) return at(since);
  const seen = new Set<string>();
  const find = async (commits: readonly string[]): Promise<Older | undefined> => {
    for (const commit of commits.filter((one) => !seen.has(one))) {
      seen.add(commit);
      if (await isMadeFor(at(commit), made)) return at(commit);
    }
    return undefined;
  };
  return (
    (await find([since])) ??
    (await find(await checkout.commitsOf(lockFile))) ??
    ((await checkout.deepen()) ? await find(await checkout.commitsOf(lockFile)) : undefined) ??
    at(since)
  );
}

/** Whether a build lock's plans are those of an older lock. */
async function isMadeFor({ folder, read }: Older, { target, systems }: MadeFor): Promise<boolean> {
  try {
    const project = await loadProject(folder, read);
    return Object.entries(systems).every(([system, { plan }]) => {
      const declared = { ...target, system };
      return manifestDigest(planProject(project, parseTarget(declared), declared), declared) === plan;
    });
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
