import path from 'node:path';
import type { Proposal } from '../config/proposals.ts';
import type { Check, Report, ReportedPackage } from '../pull-request/report/types.ts';
import { advise } from '../release/advice.ts';
import { changesSince } from '../update/changes.ts';
import type { Checkout } from '../update/checkout.ts';
import { loadProject } from '../uv/lock/project.ts';
import { noDigestText, wheelBytes } from '../uv/plan/artifact.ts';
import { planProject } from '../uv/plan/plan.ts';
import { parseTarget } from '../uv/plan/target.ts';
import { movedPackages } from './package-changes.ts';
import type { Proposed, Seen } from './proposed.ts';
import { reasonsFor } from './reasons.ts';
import { linksOf, withoutIsolation } from './report.ts';
import type { Runner } from './run.ts';
import type { Baseline, Verified, VerifiedLock, VerifiedSubject } from './verify.ts';

/** What a report needs besides the result. */
interface Composing {
  readonly runner: Runner;
  readonly checkout: Checkout;
  readonly baseline: Baseline;
}

/**
 * What is published of a result: its verified files, and a report by this job. The other job's
 * report is not used; what only that job could see is marked.
 */
export async function verifiedProposal(
  proposed: Proposed,
  { name }: Proposal,
  verified: Verified,
  composing: Composing,
): Promise<Proposed> {
  const { subjects, locks } = verified;
  const lockReports = await Promise.all(locks.map((lock) => lockReport(lock, composing)));
  const [first, ...others] = subjects.map((subject) => headOf(subject, composing));
  const report: Report = {
    version: 1,
    subject: subjects.length === 1 && first ? first : { name },
    why: [...subjects.flatMap(released), ...lockReports.flatMap(({ why }) => why)],
    hashes: locks.flatMap(changedHashes),
    packages: lockReports.flatMap(({ packages }) => packages),
    ...(lockReports[0]?.download ? { download: lockReports[0].download } : {}),
    checks: checksOf(verified),
    seen: seenChecks(proposed.seen, verified),
    timings: proposed.seen.flatMap(({ timings }) =>
      timings.map(({ stage, milliseconds }) => ({ stage: `build job: ${stage}`, milliseconds })),
    ),
    notDone: notDone(proposed.seen),
    notes: lockReports.flatMap(({ notes }) => notes),
    notAsked: lockReports.flatMap(({ notAsked }) => notAsked),
  };
  const bumps = others.filter((_, index) => subjects[index + 1]?.bump);
  const more = subjects.length > 1 ? [...(first && subjects[0]?.bump ? [first] : []), ...bumps] : [];
  return {
    name,
    files: proposed.files,
    isUnverified: proposed.isUnverified,
    seen: proposed.seen,
    // Without changes no build lock leads to a uv.lock. Paths of the result are verified files of
    // the base.
    computedFrom: [
      ...new Set([
        ...locks.map(({ project }) => path.posix.join(project, 'uv.lock')),
        ...proposed.computedFrom,
      ]),
    ],
    subjects: subjects.map(({ config, bump }) => ({
      ...{ name: config.name, pname: config.name, isBump: bump !== undefined },
      ...{ before: bump?.before ?? '', after: bump?.release.version ?? '' },
    })),
    reports: [report, ...more.map(headlineOnly)],
  };
}

const changedHashes = ({ hashes }: VerifiedLock): Report['hashes'] =>
  hashes
    .filter(({ before, after }) => before !== after)
    .map(({ system, before, after }) => ({
      ...{ system, after, how: 'native' as const },
      ...(before ? { before } : {}),
    }));

const notDone = (seen: readonly Seen[]): Report['notDone'] => [
  ...(seen.some(({ unsandboxed }) => unsandboxed)
    ? [withoutIsolation('the build job ran without Nix’s sandbox')]
    : []),
  ...(seen.some(({ built }) => built)
    ? []
    : [{ what: 'Build and import', why: 'the build job did not report it' }]),
];

const headlineOnly = (subject: Report['subject']): Report => ({
  ...{ version: 1, subject, why: [], hashes: [], packages: [], checks: [], timings: [], notDone: [] },
});

const released = ({ config, bump }: VerifiedSubject): string[] =>
  bump ? [`${config.name} ${bump.release.version} was released.`] : [];

function headOf({ config, bump }: VerifiedSubject, { runner }: Composing): Report['subject'] {
  if (!bump) return { name: config.name };
  const { before, release } = bump;
  const links = linksOf({ before, after: release.version }, config.releases?.source, runner.githubUrl);
  return {
    ...{ name: config.name, before, after: release.version, links },
    ...(release.notes === undefined ? {} : { notes: release.notes }),
  };
}

/** What this job verified. */
function checksOf({ subjects, locks }: Verified): Check[] {
  const hashes = locks.flatMap((lock) => lock.hashes);
  return [
    ...hashes.map(
      ({ system, after }): Check => ({
        ...{ name: `Hash for ${system} computed from uv.lock`, result: 'ok', detail: after },
      }),
    ),
    ...subjects.flatMap(({ config, bump }): Check[] =>
      bump
        ? [
            {
              name: `Release ${bump.release.tag ?? bump.release.version} of ${config.name} exists and is allowed`,
              result: 'ok',
              ...(bump.commit === undefined ? {} : { detail: bump.commit }),
            },
          ]
        : [],
    ),
  ];
}

/**
 * What only the build job could see. The sentences are made here, from names that the schema
 * limits.
 */
function seenChecks(seen: readonly Seen[], { unseen, locks }: Verified): Check[] {
  const taken = locks.flatMap((lock) => lock.taken);
  return [
    ...taken.map((what): Check => ({ name: `Build lock: ${what}`, result: 'not checked' })),
    ...seen.flatMap(({ system, built, byNix, imports, failed, unsandboxed }): Check[] => [
      ...(failed === undefined ? [] : [{ name: `${failed} for ${system}`, result: 'failed' as const }]),
      ...(byNix ? [{ name: `Nix computed the hash for ${system}`, result: 'ok' as const }] : []),
      ...(built
        ? [
            {
              name: `Built ${unsandboxed ? 'without' : 'in'} Nix’s sandbox for ${system}`,
              result: 'ok' as const,
            },
          ]
        : []),
      ...imports.map((module): Check => ({ name: `import ${module} (${system})`, result: 'ok' })),
    ]),
    ...unseen.map(
      ({ attribute, after }): Check => ({
        ...{ name: `Hash of ${attribute}, built twice`, result: 'ok', detail: after },
      }),
    ),
  ];
}

interface LockReport extends Pick<Report, 'why' | 'download'> {
  readonly packages: readonly ReportedPackage[];
  readonly notAsked: readonly string[];
  readonly notes: readonly string[];
}

/** Changes of one uv.lock and its build lock, read from the commits. */
async function lockReport(
  lock: VerifiedLock,
  { runner, checkout, baseline }: Composing,
): Promise<LockReport> {
  const { trigger, parts } = runner;
  const { tree } = baseline;
  const folder = path.join(tree.root, lock.project);
  const project = await loadProject(folder, tree.read);
  const commit = trigger.before ?? 'HEAD^';
  const older = {
    ...{ folder, name: commit },
    read: (file: string) => checkout.textAt(commit, file),
  };
  const targets = Object.keys(lock.buildLock.systems).map((system) => ({ ...lock.buildLock.target, system }));
  const { diff, bytesBefore: before } = await changesSince(older, project, targets, parts.log);
  const edits = [{ file: lock.path, before: lock.before, after: lock.after }];
  const advised = await advise(project, diff, parts.fetchText, parts.log);
  const hashes = lock.hashes.map((one) => ({ ...one, before: one.before ?? '', how: 'native' as const }));
  const [target] = targets;
  const plans = targets.map((one) => planProject(project, parseTarget(one), one));
  const open = noDigestText(plans.flat());
  const download = target && {
    system: target.system,
    after: wheelBytes(plans[0] ?? []),
    ...(before === undefined ? {} : { before }),
  };
  return {
    why: reasonsFor({ hashes, edits }, diff),
    packages: diff ? movedPackages(diff, project.lock, advised) : [],
    notAsked: advised.notAsked,
    notes: open === undefined ? [] : [open],
    ...(download ? { download } : {}),
  };
}
