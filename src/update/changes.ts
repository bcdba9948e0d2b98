import type { BuildLock } from '../build-lock/schema.ts';
import { plansOfLocks } from '../contents/of-locks.ts';
import type { ComparedPlans } from '../contents/pairs.ts';
import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import { someOf } from '../system/printable.ts';
import { loadProject, type Project, type ReadText } from '../uv/lock/project.ts';
import type { Lock } from '../uv/lock/types.ts';
import { type Artifact, wheelBytes } from '../uv/plan/artifact.ts';
import { diffLocks, diffScopes, type LockDiff, type LockEntry, type PackageChange } from '../uv/plan/diff.ts';
import type { DeclaredTarget } from '../uv/plan/manifest.ts';
import { planDeclared } from '../uv/plan/plan.ts';
import { planScope, type Scope } from '../uv/plan/scope.ts';
import type { Target } from '../uv/plan/target.ts';
import type { Checkout } from './checkout.ts';

/** Changes of a package's plans. They explain why the hash changed, and decide nothing. */
export interface Changes {
  readonly diff?: LockDiff;
  /** Bytes of the older wheels for the first target; not set if the older lock can't be planned. */
  readonly bytesBefore?: number;
  /** Plans before and now, by system; not set if the older lock can't be planned. */
  readonly plans?: readonly ComparedPlans[];
}

/** A lock, and the plans of what is installed from it. */
export interface Installed {
  readonly project: Project;
  /** Folder that the project was found by: its own, or a member's. */
  readonly folder: string;
  /** By system, this machine's system first. */
  readonly plans: readonly InstalledPlan[];
  /** Target and plans that the present hash was made for; undefined if no build lock has them. */
  readonly made: MadeFor | undefined;
}

interface InstalledPlan {
  readonly target: Target;
  readonly artifacts: readonly Artifact[];
  /** Not set without fetchUvDeps: the part of the lock that is used is not known. */
  readonly declared?: DeclaredTarget;
  /** Digest of the plan. */
  readonly plan?: string;
}

export const artifactsIn = ({ plans }: Installed): Artifact[] => plans.flatMap(({ artifacts }) => artifacts);

/** @returns nothing if the older lock is missing or can't be read */
export async function changesSince(
  older: Older,
  { project, plans, made }: Installed,
  log: Log,
): Promise<Changes> {
  const before = await loadOlder(older, log);
  const targets = plans.flatMap(({ declared }) => declared ?? []);
  if (!before || plans.length === 0) return {};
  if (targets.length === 0) return wholeChanges(before.lock, project.lock, plans);
  const now = planScope(project, targets);
  const recorded = made && targets.map(({ system }) => ({ ...made.target, system }));
  const planned = planOlder(before, [...(recorded ? [recorded] : []), targets], log);
  const of = plans.map(({ target }) => target);
  const diff = diffScopes(planned?.scope ?? sameNames(before, now), now, of);
  if (planned === undefined) return { diff };
  const compared = plans.map(({ target: { system }, artifacts: after }, index) => {
    return { system, before: planned.artifacts[index] ?? [], after };
  });
  return { diff, plans: compared, bytesBefore: wheelBytes(planned.artifacts[0] ?? []) };
}

/** Compares whole locks, because the part that the package uses is not known. */
function wholeChanges(before: Lock, now: Lock, plans: readonly InstalledPlan[]): Changes {
  const diff = diffLocks(before, now);
  if (Object.values(diff).every((changes) => changes.length === 0)) return {};
  return { diff, plans: plans.map(({ target }) => plansOfLocks(before, now, target)) };
}

async function loadOlder({ folder, read, name }: Older, log: Log): Promise<Project | undefined> {
  try {
    return await loadProject(folder, read);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.info(
      error.code === 'lock-missing'
        ? `There is no older uv.lock to compare with (${name}), so the report names no packages.`
        : `The older uv.lock is not compared: ${error.message}`,
    );
    return undefined;
  }
}

/** The older plans, for the first list of targets that the older lock can be planned for. */
function planOlder(
  project: Project,
  choices: readonly (readonly DeclaredTarget[])[],
  log: Log,
): { readonly scope: Scope; readonly artifacts: readonly (readonly Artifact[])[] } | undefined {
  let failure = '';
  for (const targets of choices) {
    try {
      const artifacts = targets.map((one) => planDeclared(project, one).artifacts);
      return { scope: planScope(project, targets), artifacts };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failure = error.message;
    }
  }
  log.info(`The older download is not compared: ${failure}`);
  return undefined;
}

/** The part of a lock that can't be planned any more: the packages that are in the plan now. */
function sameNames({ lock }: Project, { packages, direct }: Scope): Scope {
  const names = new Set(packages.map(({ name }) => name));
  return { packages: lock.packages.filter(({ name }) => names.has(name)), direct };
}

/** Most names in a title. */
const SHOWN = 8;

/** Logs the changes. Those of an upgrade include the whole lock, not only a plan. */
export async function withUpgrade(
  changes: Changes,
  upgrade: { readonly before: string; readonly after: string; readonly diff: LockDiff } | undefined,
  log: Log,
): Promise<Changes> {
  const diff = upgrade && upgrade.before !== upgrade.after ? upgrade.diff : changes.diff;
  if (diff === undefined) return changes;
  await logChanges(diff, log);
  return { ...changes, diff };
}

/** Logs which packages changed, direct ones first. */
function logChanges(diff: LockDiff, log: Log): Promise<void> {
  const all = [...diff.added, ...diff.removed, ...diff.changed];
  const ordered = [...all.filter(isDirect), ...all.filter((change) => !isDirect(change))];
  const names = ordered.map(({ name }) => name);
  const list = names.length === 0 ? '' : ` (${someOf(names, SHOWN)})`;
  return log.group(
    `uv.lock: ${names.length === 1 ? '1 package' : `${names.length} packages`} changed${list}`,
    async () => {
      for (const change of ordered) {
        log.info(
          `${change.name} ${versions(change.before)} → ${versions(change.after)}${isDirect(change) ? '' : ' (transitive)'}`,
        );
      }
      for (const { name, filename, change } of diff.hashOnly)
        if (change === 'other-bytes')
          log.warning(`${name}: ${filename} has other bytes under the same version.`);
        else log.info(`${name}: ${filename}: ${digestTexts[change]}.`);
    },
  );
}

/** Changes of a lock's digests that do not show whether the bytes changed. */
const digestTexts = {
  'digest-added': 'uv.lock now has its digest',
  'digest-removed': 'uv.lock no longer has its digest',
  'other-algorithm': 'uv.lock has its digest by another algorithm',
};

const isDirect = ({ relation }: PackageChange): boolean => relation === 'direct';

const versions = (entries: readonly LockEntry[]): string =>
  entries.length === 0 ? '(none)' : entries.map(({ version, source }) => version ?? source ?? '?').join(', ');

/** The project as it was before. */
export interface Older {
  /** Folder of the project. */
  readonly folder: string;
  readonly read: ReadText;
  /** Its name in messages. */
  readonly name: string;
}

/** The part of a build lock that records what its hashes were made for. */
export type MadeFor = Pick<BuildLock, 'target' | 'systems'>;

/** The commit to compare with. */
export interface ComparedCommit {
  /** The commit that the user asked for. */
  readonly compareWith?: string | undefined;
  /** Used if the commit that the hash was made for is not found. */
  readonly since: string;
}

/**
 * The project to compare with: at the requested commit, otherwise at one whose uv.lock the current
 * hash was made for. The commit before a push may have a newer uv.lock: its hash may wait in a pull
 * request, whose report then has to list both changes.
 */
export async function olderProject(
  { folder, project, plans, made }: Installed,
  { compareWith, since }: ComparedCommit,
  checkout: Checkout,
): Promise<Older> {
  const { lockFile } = project;
  const at = (commit: string): Older => ({
    ...{ folder, name: commit, read: (file) => checkout.textAt(commit, file) },
  });
  if (compareWith !== undefined) return at(compareWith);
  const isStale = plans.some(({ target: { system }, plan }) => {
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

/** Whether a build lock's plans match an older lock. */
async function isMadeFor({ folder, read }: Older, { target, systems }: MadeFor): Promise<boolean> {
  try {
    const project = await loadProject(folder, read);
    const entries = Object.entries(systems);
    return entries.every(([system, { plan }]) => planDeclared(project, { ...target, system }).plan === plan);
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
