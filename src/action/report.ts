import path from 'node:path';
import type { FixedHash } from '../bump/fixed-output.ts';
import type { PackageConfig } from '../config/types.ts';
import { thisMachine } from '../nix/nix-build.ts';
import type { Check, How, Report, ReportedFinding, ReportedHash } from '../pull-request/report/types.ts';
import { tagOf } from '../release/tags.ts';
import type { BuiltSystem, PackageUpdate } from '../update/build-systems.ts';
import type { Updated } from '../update/package.ts';
import { type Review, refusalOf } from '../update/review.ts';
import type { LockUpgrade } from '../update/upgrade/upgrade.ts';
import { noDigestText, wheelBytes } from '../uv/plan/artifact.ts';
import { changedPackages } from './package-changes.ts';
import { reasonsFor } from './reasons.ts';

/**
 * Makes the report from the results of all stages.
 * @param serverUrl address of GitHub's pages
 * @param lack what is missing in Nix's sandbox; undefined if nothing is
 */
export function reportOf(
  { update, diff, bump, choice, config, bytesBefore, upgrade, review }: Updated,
  serverUrl: string,
  lack: string | undefined,
): Report {
  const { advised, findings } = review;
  const { hashes, failed, pinned, states, stages, foreign } = update;
  const isBump = bump !== undefined && bump.before !== bump.after;
  const releaseNotes = choice?.kind === 'release' ? choice.release.notes : undefined;
  const noDigest = noDigestText(states.flatMap(({ artifacts }) => artifacts));
  const notes = [
    ...update.warnings,
    ...(noDigest === undefined ? [] : [noDigest]),
    ...driftNotes([...(bump?.hashes ?? []), ...(foreign?.outputs ?? [])]),
  ];
  const own = states.find(({ target }) => target.system === pinned.system) ?? states[0];
  const notAsked = [...new Set([...advised.notAsked, ...(upgrade?.notAsked ?? [])])];
  notes.push(...(upgrade?.notes ?? []));
  return {
    version: 1,
    subject: isBump
      ? bumped(config, [bump.before, bump.after], releaseNotes, serverUrl)
      : { name: pinned.pname, after: bump?.after || pinned.version || undefined },
    why: [
      ...(isBump ? [released(config.name, bump.after)] : []),
      ...reasonsFor(update, diff),
      ...fixesOf(upgrade),
    ],
    hashes: changedHashes(
      hashes.map((one) => ({ ...one, how: one.how === 'recorded' ? 'native' : one.how })),
    ),
    packages: diff && isReported(update, upgrade) ? changedPackages(diff, advised) : [],
    ...(upgrade && upgrade.held.length > 0 ? { held: upgrade.held } : {}),
    ...reviewed([review]),
    // The download for this machine's system, if it is one of the target systems.
    download: own && {
      system: own.target.system,
      before: bytesBefore,
      after: wheelBytes(own.artifacts),
    },
    checks: [
      ...[...(bump?.hashes ?? []), ...(foreign?.outputs ?? [])].flatMap(builtTwice),
      ...checks(update, lack),
      ...(failed ? [failed] : []),
      ...policyCheck(findings),
    ],
    timings: stages.done.map(({ name, milliseconds }) => ({ stage: name, milliseconds })),
    notDone: [...(lack === undefined ? [] : [withoutIsolation(lack)]), ...notDone(update)],
    ...(notes.length > 0 ? { notes } : {}),
    notAsked: notAsked.length > 0 ? notAsked : undefined,
  };
}

/** The entry for a hash that another job has to compute. */
export const lackingHash = (system: string): Report['notDone'][number] => ({
  what: `Hash for ${system}, which is a placeholder (lib.fakeHash) now`,
  why: `no machine of this run builds for it; this is a draft until a job for ${system} has computed it`,
});

/** Sentences about the known vulnerabilities that an upgrade fixes. */
export const fixesOf = (upgrade: Pick<LockUpgrade, 'fixes'> | undefined): string[] =>
  [...(upgrade?.fixes ?? [])].map((name) => `This fixes a known vulnerability of ${name}.`);

const builtTwice = ({ attribute, after, drift }: FixedHash): Check[] =>
  drift ? [] : [ok(`Fixed-output derivation ${attribute} built twice with the same hash`, after)];

/** Notes for the reviewer about hashes that cannot be verified. */
const driftNotes = (outputs: readonly FixedHash[]): string[] =>
  outputs.flatMap(({ attribute, drift }) =>
    drift
      ? [
          `The hash of ${attribute} is unverifiable (allow-drift): two runs gave ${drift.hashes.join(' and ')}. ${drift.text}`,
        ]
      : [],
  );

/** The results of several reviews, without empty fields. */
export function reviewed(reviews: readonly Review[]): Pick<Report, 'contents' | 'findings'> {
  const packages = reviews.flatMap(({ contents }) => contents.packages);
  const notCompared = reviews.flatMap(({ contents }) => contents.notCompared);
  const findings = reviews.flatMap((one) => one.findings);
  return {
    ...(packages.length + notCompared.length > 0 ? { contents: { packages, notCompared } } : {}),
    ...(findings.length > 0 ? { findings } : {}),
  };
}

/** The failed check if a policy refuses one of the findings. */
export function policyCheck(findings: readonly ReportedFinding[]): Check[] {
  const detail = refusalOf(findings);
  return detail === undefined ? [] : [{ name: 'Policy', result: 'failed', detail }];
}

/** Whether the hash, or the lock itself, changed. */
const isReported = ({ edits }: Pick<PackageUpdate, 'edits'>, upgrade: LockUpgrade | undefined): boolean =>
  edits.length > 0 || (upgrade !== undefined && upgrade.before !== upgrade.after);

/** A check that passed. */
export const ok = (name: string, detail?: string): Check => ({ name, result: 'ok', detail });

export const released = (name: string, version: string): string => `${name} ${version} was released.`;

/** The entry for builds without a sandbox. */
export const withoutIsolation = (why: string): Report['notDone'][number] => ({
  what: 'Isolation of builds from the job’s files and tokens',
  why,
});

export function changedHashes(
  hashes: readonly { system: string; before?: string | undefined; after: string; how: How }[],
): ReportedHash[] {
  return hashes
    .filter(({ before, after }) => before !== after)
    .map(({ system, before, after, how }) => ({ system, before: before || undefined, after, how }));
}

/**
 * The subject for a new version, with links to release notes and changes on GitHub (its
 * documentation, "Comparing releases").
 */
export function bumped(
  { name, releases }: Pick<PackageConfig, 'name' | 'releases'>,
  [before, after]: readonly [string, string],
  notes: string | undefined,
  serverUrl: string,
): Report['subject'] {
  const subject = { name, before, after, notes };
  if (releases?.source.kind !== 'github') return { ...subject, links: [] };
  const { owner, repo, list, tag } = releases.source;
  const page = `${serverUrl}/${owner}/${repo}`;
  const [old, now] = [before, after].map((version) => encodeURI(tagOf(version, tag)));
  const links = [{ text: 'All changes', url: `${page}/compare/${old}...${now}` }];
  if (list === 'releases') links.unshift({ text: 'Release notes', url: `${page}/releases/tag/${now}` });
  return { ...subject, links };
}

function notDone(update: PackageUpdate): Report['notDone'] {
  const { built, unbuilt, edits, hashes, confirmation, failed, notChecked, foreign, lacking } = update;
  const once = foreign ? [] : hashes.filter(({ how }) => how === 'nix').map(({ system }) => system);
  const found = [
    ...notChecked.map((why) => ({
      ...{ what: 'Comparison of uv.lock with pyproject.toml', why },
    })),
    ...confirmation.notVerified.map((why) => ({
      ...{ what: 'Verification of a file that the build lock pins', why },
    })),
  ];
  if (once.length > 0)
    found.unshift({
      what: `Second computation of the hash for ${once.join(', ')}`,
      why: 'skip-second-derivation is true',
    });
  for (const system of lacking) found.push(lackingHash(system));
  if (built.length === 0 && edits.length > 0 && !failed)
    found.push({ what: 'Build and import', why: 'verify is false' });
  return [...found, ...unbuilt.map(({ system, why }) => ({ what: `Build and import for ${system}`, why }))];
}

function checks(update: PackageUpdate, lack: string | undefined): Check[] {
  const { hashes, built } = update;
  if (built.length === 0) return [];
  const byNix = hashes.filter(({ how }) => how === 'nix' || how === 'both').map(({ system }) => system);
  return [
    ...(byNix.length > 0
      ? [ok('Fixed-output derivation fetched by Nix from scratch', byNix.join(', '))]
      : []),
    ...built.flatMap((one) => builtChecks(one, lack, hashes.length > 1 ? ` for ${one.system}` : '')),
  ];
}

/** @param suffix names the system if there are several */
function builtChecks(
  { out, imported, machines }: BuiltSystem,
  lack: string | undefined,
  suffix: string,
): Check[] {
  const isHere = machines.every((one) => one === thisMachine);
  const place = suffix === '' && isHere ? {} : { place: machines.join(', ') || 'built before' };
  return [
    { ...ok(`${lack === undefined ? 'Built offline in Nix’s sandbox' : 'Built'}${suffix}`, out), ...place },
    ...imported.map(({ module, file }) => ok(`import ${module}${suffix}`, path.relative(out, file))),
  ];
}
