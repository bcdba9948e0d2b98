import path from 'node:path';
import { parseBuildLock } from '../build-lock/text.ts';
import type { Policy } from '../config/policy-kinds.ts';
import type { Report, ReportedPackage } from '../pull-request/report/types.ts';
import { changesSince, olderProject, wholeChanges } from '../update/changes.ts';
import { lockBeside } from '../update/foreign-lock.ts';
import { type Review, type Reviewable, review } from '../update/review.ts';
import { projectBeside } from '../update/without-nix.ts';
import { loadProject } from '../uv/lock/project.ts';
import { noDigestText, wheelBytes } from '../uv/plan/artifact.ts';
import type { BaseTree } from './base-tree.ts';
import { changedPackages } from './package-changes.ts';
import type { Seen } from './proposed-schema.ts';
import { reasonsFor } from './reasons.ts';
import { comparisonOf } from './run.ts';
import type { Runner } from './runner.ts';
import type { Baseline, VerifiedLock, VerifiedPackage } from './verified.ts';

/** What this job reports of a lock. */
export interface LockReport extends Pick<Report, 'why' | 'download'> {
  readonly packages: readonly ReportedPackage[];
  readonly review: Review;
  readonly notes: readonly string[];
}

/** Changes of one uv.lock and its build lock, read from the commits. */
export async function lockReport(
  lock: VerifiedLock,
  runner: Runner,
  { root, read }: BaseTree,
  { checkout, policy }: Baseline,
): Promise<LockReport> {
  const { log } = runner.context;
  const folder = path.join(root, lock.project);
  const project = await loadProject(folder, read);
  const made = lock.before === undefined ? undefined : parseBuildLock(lock.before, lock.path);
  const plans = Object.fromEntries(lock.hashes.map(({ system, planned }) => [system, planned.plan]));
  const place = { folder, lockFile: project.lockFile };
  const older = await olderProject(place, made, plans, await comparisonOf(runner, checkout), checkout);
  const targets = lock.hashes.map(({ system }) => ({ ...lock.target, system }));
  const changes = await changesSince(older, project, targets, made, log);
  const artifacts = lock.hashes.flatMap(({ planned }) => planned.artifacts);
  const seen = await seenIn({ project, artifacts, changes }, policy, runner);
  const { diff, bytesBefore: before } = changes;
  const edits = [{ file: lock.path, before: lock.before, after: lock.after }];
  const [own] = lock.hashes;
  const noDigest = noDigestText(artifacts);
  return {
    why: reasonsFor({ hashes: lock.hashes, edits }, diff),
    ...seen,
    notes: noDigest === undefined ? [] : [noDigest],
    download: own && { system: own.system, before, after: wheelBytes(own.planned.artifacts) },
  };
}

/**
 * Changes of the locks beside own derivations, each once. The hash is the build job's word, and
 * so are the systems; what the locks bring is read by this job.
 */
export async function ownLockReports(
  packages: readonly VerifiedPackage[],
  seen: readonly Seen[],
  runner: Runner,
  { read, foldersIn }: BaseTree,
  { checkout, policy }: Baseline,
): Promise<LockReport[]> {
  const systems = [...new Set(seen.map(({ system }) => system))];
  const trusted = packages.filter(({ isTrusted }) => isTrusted);
  const reports = new Map<string, LockReport>();
  for (const { folder } of trusted) {
    const found = await lockBeside(folder, systems.length > 0 ? systems : ['x86_64-linux'], {
      find: (one) => projectBeside(one, read, foldersIn),
      load: (one) => loadProject(one, read),
    });
    if (found === undefined || reports.has(found.project.lockFile)) continue;
    const { project, targets, artifacts } = found;
    const { root, lockFile } = project;
    const compared = await comparisonOf(runner, checkout);
    const older = await olderProject({ folder: root, lockFile }, undefined, {}, compared, checkout);
    const changes = await wholeChanges(older, project, targets, runner.context.log);
    const own = await seenIn({ project, artifacts, changes }, policy, runner);
    reports.set(lockFile, { why: [], ...own, notes: [], download: undefined });
  }
  return [...reports.values()];
}

/** Packages that changed in a lock, and what the policy makes of them. */
async function seenIn(
  examined: Omit<Reviewable, 'isComplete'>,
  policy: Policy,
  { context }: Runner,
): Promise<Pick<LockReport, 'packages' | 'review'>> {
  const found = await review({ ...examined, isComplete: false }, policy, context);
  const { diff } = examined.changes;
  return { packages: diff ? changedPackages(diff, found.advised) : [], review: found };
}
