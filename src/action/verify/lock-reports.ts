import path from 'node:path';
import { parseBuildLock } from '../../build-lock/text.ts';
import type { Report, ReportedPackage } from '../../pull-request/report/types.ts';
import { artifactsIn, type ComparedCommit, changesSince, olderProject } from '../../update/changes.ts';
import { lockBeside, projectBeside } from '../../update/lock-beside.ts';
import { type Review, type Reviewable, review } from '../../update/review.ts';
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
    if (one) own.set(one.installed.project.lockFile, one);
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
  const plans = lock.hashes.map(({ planned }) => planned);
  const installed = { project, folder, plans, made };
  const changes = await changesSince(await olderProject(installed, since, checkout), installed, context.log);
  const edits = [{ file: lock.path, before: lock.before, after: lock.after }];
  const [own] = lock.hashes;
  const noDigest = noDigestText(artifactsIn(installed));
  return {
    ...{ installed, changes },
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
  const installed = await lockBeside(
    beside,
    systems.length > 0 ? systems : ['x86_64-linux'],
    (one) => projectBeside(one, read, foldersIn),
    (one) => loadProject(one, read),
  );
  if (installed === undefined) return undefined;
  const changes = await changesSince(await olderProject(installed, since, checkout), installed, context.log);
  return { ...{ installed, changes, why: [], notes: [] }, download: undefined };
}
