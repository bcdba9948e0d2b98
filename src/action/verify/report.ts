import path from 'node:path';
import type { Check, Report, ReportedPackage } from '../../pull-request/report/types.ts';
import { UserError } from '../../system/errors.ts';
import { refusalOf } from '../../update/review.ts';
import { lackingIn, type Proposed } from '../proposed.ts';
import type { Computed, Seen } from '../proposed-schema.ts';
import {
  bumped,
  changedHashes,
  fixesOf,
  lackingHash,
  ok,
  policyCheck,
  released,
  reviewed,
  withoutIsolation,
} from '../report.ts';
import { lockReports } from './lock-reports.ts';
import type { Baseline, Verified, VerifiedPackage } from './types.ts';

/**
 * Makes the proposal to publish from a result: its verified files, and a report by this job. Facts
 * that only the other job could see are marked.
 */
export async function verifiedProposal(
  proposed: Computed,
  verified: Verified,
  baseline: Baseline,
): Promise<Proposed> {
  const { name, seen } = proposed;
  const { packages, locks } = verified;
  const { githubUrl } = baseline.runner;
  const reports = await lockReports(verified, seen, baseline);
  const reviews = reports.map(({ review }) => review);
  const findings = reviews.flatMap((one) => one.findings);
  const refusal = refusalOf(findings);
  const isDraft = packages.some(({ config }) => config.pullRequest.draft === 'unverified');
  if (refusal !== undefined && !isDraft) throw new UserError('policy', refusal);
  const headlines = packages.map((one) => subjectOf(one, githubUrl));
  const [only] = headlines;
  const report: Report = {
    version: 1,
    subject: headlines.length === 1 && only ? only : { name },
    why: [
      ...packages.flatMap(({ config, bump }) => (bump ? [released(config.name, bump.after.version)] : [])),
      ...new Set(reports.flatMap(({ why }) => why)),
      ...fixesOf(verified),
    ],
    hashes: [
      ...locks.flatMap(({ hashes }) => changedHashes(hashes.map((one) => ({ ...one, how: 'native' })))),
      ...changedHashes(trustedHashes(seen, verified)),
    ],
    packages: onePerChange(reports.flatMap((one) => one.packages)),
    ...(verified.held.length > 0 ? { held: verified.held } : {}),
    ...reviewed(reviews),
    download: reports[0]?.download,
    checks: [...checksOf(verified), ...policyCheck(findings)],
    seen: seenChecks(seen, verified),
    timings: [],
    notDone: [...notDone(seen), ...lackingIn({ seen }).map(lackingHash)],
    notes: [...new Set([...reports.flatMap(({ notes }) => notes), ...trustedNotes(verified)])],
    notAsked: [...new Set(reviews.flatMap(({ advised }) => advised.notAsked))],
  };
  const more = headlines.length === 1 ? [] : headlines.filter(({ after }) => after !== undefined);
  const locked = locks.map(({ project }) => path.posix.join(project, 'uv.lock'));
  return {
    ...proposed,
    isUnverified: proposed.isUnverified || refusal !== undefined,
    isTrusted: packages.some((one) => one.isTrusted),
    // Without changes, no build lock leads to a uv.lock; use the result's paths as well, which are
    // verified files of the base.
    computedFrom: [...new Set([...locked, ...proposed.computedFrom])],
    subjects: packages.map(({ config, bump, isTrusted }) => ({
      ...{ name: config.name, pname: config.name, isBump: bump !== undefined },
      ...(isTrusted ? { own: true } : {}),
      ...{ before: bump?.before.version ?? '', after: bump?.after.version ?? '' },
    })),
    hashes: locks.map((lock) => ({ name: packages.length > 1 ? lock.path : name, hashes: lock.hashes })),
    reports: [report, ...more.map(headlineOnly)],
  };
}

/** Hashes that this job could not recompute, for the systems of the jobs that computed them. */
const trustedHashes = (seen: readonly Seen[], { unseen }: Verified) =>
  unseen
    .filter(({ isTrusted }) => isTrusted)
    .map(({ before, after }, index) => ({
      ...{ system: (seen[index] ?? seen[0])?.system ?? 'unknown', before, after },
      how: 'nix' as const,
    }));

const trustedNotes = ({ unseen }: Verified): string[] =>
  unseen
    .filter(({ isTrusted }) => isTrusted)
    .map(
      ({ attribute, after }) =>
        `The build job computed the hash of ${attribute}, ${after}. This job could not compute it again: only Nix can build that derivation (trust-compute).`,
    );

/** Lists a change of several packages of a group once; direct if it is for one of them. */
function onePerChange(packages: readonly ReportedPackage[]): ReportedPackage[] {
  const found = new Map<string, ReportedPackage>();
  for (const one of packages) {
    const key = JSON.stringify([one.name, one.before, one.after]);
    const other = found.get(key);
    found.set(key, { ...(other ?? one), direct: one.direct || other?.direct === true });
  }
  return [...found.values()];
}

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

const subjectOf = ({ config, bump }: VerifiedPackage, serverUrl: string): Report['subject'] =>
  bump
    ? bumped(config, [bump.before.version, bump.after.version], bump.release.notes, serverUrl)
    : { name: config.name };

/** The checks that this job made. */
function checksOf({ packages, locks, upgraded }: Verified): Check[] {
  const hashes = locks.flatMap((lock) => lock.hashes);
  return [
    ...upgraded.map((file) =>
      ok('The index lists each new file of uv.lock, and the rules allow its age', file),
    ),
    ...hashes.map(({ system, after }) => ok(`Hash for ${system} computed from uv.lock`, after)),
    ...packages.flatMap(({ config, bump }) => {
      if (!bump) return [];
      const { tag, version } = bump.release;
      return [ok(`Release ${tag ?? version} of ${config.name} exists and is allowed`, bump.commit)];
    }),
  ];
}

/**
 * The checks that only the build job could make. The sentences are written here, from names that
 * the schema limits.
 */
function seenChecks(seen: readonly Seen[], { unseen, locks }: Verified): Check[] {
  const taken = locks.flatMap((lock) => lock.taken);
  return [
    ...taken.map((what): Check => ({ name: `Build lock: ${what}`, result: 'not checked' })),
    ...seen.flatMap(({ system, built, byNix, imports, failed, unsandboxed }): Check[] => [
      ...(failed === undefined ? [] : [{ name: `${failed} for ${system}`, result: 'failed' as const }]),
      ...(byNix ? [ok(`Nix computed the hash for ${system}`)] : []),
      ...(built ? [ok(`Built ${unsandboxed ? 'without' : 'in'} Nix’s sandbox for ${system}`)] : []),
      ...imports.map((module) => ok(`import ${module} (${system})`)),
    ]),
    ...unseen.map(({ attribute, after }) => ok(`Hash of ${attribute}, built twice`, after)),
  ];
}
