import path from 'node:path';
import { parseBuildLock } from '../../build-lock/text.ts';
import type { Report, ReportedPackage } from '../../pull-request/report/types.ts';
import {
  artifactsIn,
  type Changes,
  changesSince,
  type Installed,
  olderProject,
} from '../../update/changes.ts';
import { lockBeside, projectBeside } from '../../update/lock-beside.ts';
import { type Review, review } from '../../update/review.ts';
import { loadProject } from '../../uv/lock/project.ts';
import { noDigestText, wheelBytes } from '../../uv/plan/artifact.ts';
import { changedPackages } from '../package-changes.ts';
import type { Seen } from '../proposed-schema.ts';
import { reasonsFor } from '../reasons.ts';
import { comparisonOf } from '../run.ts';
import type { BaseTree } from './base-tree.ts';
import type { Baseline, Verified, VerifiedLock } from './types.ts';

/** This job's report about a lock. */
interface LockReport extends Pick<Report, 'why' | 'download'> {
  readonly notes: readonly string[];
  readonly packages: readonly ReportedPackage[];
  readonly review: Review;
}

/**
 * Reports the changes of each lock, which this job reads from the commits. For a lock of own
 * derivations, only the list of systems is taken from the build job.
 */
export async function lockReports(
  { packages, locks, tree }: Verified,
  seen: readonly Seen[],
  { runner, checkout, policy }: Baseline,
): Promise<LockReport[]> {
  const { context } = runner;
  const since = await comparisonOf(runner, checkout);
  const found: { readonly installed: Installed; readonly lock?: VerifiedLock }[] = [];
  for (const lock of locks) found.push({ installed: await installedBy(lock, tree), lock });
  const seenSystems = [...new Set(seen.map(({ system }) => system))];
  const systems = seenSystems.length > 0 ? seenSystems : ['x86_64-linux'];
  const find = (folder: string) => projectBeside(folder, tree.read, tree.foldersIn);
  const load = (folder: string) => loadProject(folder, tree.read);
  const own = new Map<string, Installed>();
  for (const { isTrusted, folder } of packages) {
    const installed = isTrusted ? await lockBeside(folder, systems, find, load) : undefined;
    if (installed) own.set(installed.project.lockFile, installed);
  }
  for (const installed of own.values()) found.push({ installed });
  const reports: LockReport[] = [];
  // One after the other, because concurrent fetches into one repository fail.
  for (const { installed, lock } of found) {
    const older = await olderProject(installed, since, checkout);
    const changes = await changesSince(older, installed, context.log);
    const reviewed = await review({ installed, changes, isComplete: false }, policy, context);
    const changed = changes.diff ? changedPackages(changes.diff, reviewed.advised) : [];
    const more = lock ? ofBuildLock(lock, installed, changes) : { why: [], notes: [], download: undefined };
    reports.push({ ...more, packages: changed, review: reviewed });
  }
  return reports;
}

async function installedBy(lock: VerifiedLock, { root, read }: BaseTree): Promise<Installed> {
  const folder = path.join(root, lock.project);
  const project = await loadProject(folder, read);
  const made = lock.before === undefined ? undefined : parseBuildLock(lock.before, lock.path);
  return { project, folder, plans: lock.hashes.map(({ planned }) => planned), made };
}

function ofBuildLock(
  lock: VerifiedLock,
  installed: Installed,
  { diff, bytesBefore }: Changes,
): Pick<LockReport, 'why' | 'notes' | 'download'> {
  const edits = [{ file: lock.path, before: lock.before, after: lock.after }];
  const [own] = lock.hashes;
  const noDigest = noDigestText(artifactsIn(installed));
  return {
    why: reasonsFor({ hashes: lock.hashes, edits }, diff),
    notes: noDigest === undefined ? [] : [noDigest],
    download: own && { system: own.system, before: bytesBefore, after: wheelBytes(own.planned.artifacts) },
  };
}
