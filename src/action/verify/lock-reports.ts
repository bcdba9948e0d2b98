import path from 'node:path';
import { parseBuildLock } from '../../build-lock/text.ts';
import type { Report, ReportedPackage } from '../../pull-request/report/types.ts';
import {
  type Changes,
  type ComparedCommit,
  changesSince,
  olderProject,
  wholeChanges,
} from '../../update/changes.ts';
import { lockBeside } from '../../update/foreign-lock.ts';
import { type Review, type Reviewable, review } from '../../update/review.ts';
import { projectBeside } from '../../update/without-nix.ts';
import { loadProject } from '../../uv/lock/project.ts';
import { noDigestText, wheelBytes } from '../../uv/plan/artifact.ts';
import { changedPackages } from '../package-changes.ts';
import type { Seen } from '../proposed-schema.ts';
import { reasonsFor } from '../reasons.ts';
import { comparisonOf } from '../run.ts';
import type { Baseline, Verified, VerifiedLock } from './types.ts';

/** What this job reports of a lock. */
interface LockReport extends ComparedLock {
  readonly packages: readonly ReportedPackage[];
  readonly review: Review;
}

interface ComparedLock extends Pick<Report, 'why' | 'download'>, Omit<Reviewable, 'isComplete'> {
  readonly notes: readonly string[];
}

/**
 * Changes of each lock, read from the commits by this job. Of those beside own derivations only the
 * systems are the build job's word.
 */
export async function lockReports(
  { packages, locks, tree }: Verified,
  seen: readonly Seen[],
  baseline: Baseline,
): Promise<LockReport[]> {
  const { runner, checkout, policy } = baseline;
  const since = await comparisonOf(runner, checkout);
  const compared: ComparedLock[] = [];
  // One after the other: fetches into one repository exclude each other.
  for (const lock of locks) compared.push(await compareLock(lock, since, { ...baseline, tree }));
  const systems = [...new Set(seen.map(({ system }) => system))];
  const ownFolders = packages.flatMap(({ isTrusted, folder }) => (isTrusted ? folder : []));
  const own = new Map<string, ComparedLock>();
  for (const folder of new Set(ownFolders)) {
    const one = await compareOwn(folder, systems, since, { ...baseline, tree });
    if (one) own.set(one.project.lockFile, one);
  }
  const reports: LockReport[] = [];
  for (const one of [...compared, ...own.values()]) {
    const found = await review({ ...one, isComplete: false }, policy, runner.context);
    const { diff } = one.changes;
    reports.push({ ...one, packages: diff ? changedPackages(diff, found.advised) : [], review: found });
  }
  return reports;
}

async function compareLock(
  lock: VerifiedLock,
  since: ComparedCommit,
  { runner: { context }, checkout, tree: { root, read } }: Baseline,
): Promise<ComparedLock> {
  const folder = path.join(root, lock.project);
  const project = await loadProject(folder, read);
  const made = lock.before === undefined ? undefined : parseBuildLock(lock.before, lock.path);
  const plans = Object.fromEntries(lock.hashes.map(({ system, planned }) => [system, planned.plan]));
  const older = await olderProject({ folder, lockFile: project.lockFile }, made, plans, since, checkout);
  const targets = lock.hashes.map(({ system }) => ({ ...lock.target, system }));
  const changes: Changes = await changesSince(older, project, targets, made, context.log);
  const artifacts = lock.hashes.flatMap(({ planned }) => planned.artifacts);
  const edits = [{ file: lock.path, before: lock.before, after: lock.after }];
  const [own] = lock.hashes;
  const noDigest = noDigestText(artifacts);
  return {
    ...{ project, artifacts, changes },
    why: reasonsFor({ hashes: lock.hashes, edits }, changes.diff),
    notes: noDigest === undefined ? [] : [noDigest],
    download: own && {
      system: own.system,
      before: changes.bytesBefore,
      after: wheelBytes(own.planned.artifacts),
    },
  };
}

/** The lock beside an own derivation. */
async function compareOwn(
  beside: string,
  systems: readonly string[],
  since: ComparedCommit,
  { runner: { context }, checkout, tree: { read, foldersIn } }: Baseline,
): Promise<ComparedLock | undefined> {
  const found = await lockBeside(beside, systems.length > 0 ? systems : ['x86_64-linux'], {
    find: (one) => projectBeside(one, read, foldersIn),
    load: (one) => loadProject(one, read),
  });
  if (found === undefined) return undefined;
  const { project, targets, artifacts } = found;
  const place = { folder: project.root, lockFile: project.lockFile };
  const older = await olderProject(place, undefined, {}, since, checkout);
  const changes = await wholeChanges(older, project, targets, context.log);
  return { ...{ project, artifacts, changes, why: [], notes: [] }, download: undefined };
}
