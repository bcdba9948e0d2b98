import path from 'node:path';
import type { Bump } from '../bump/bump.ts';
import type { Releases } from '../config/types.ts';
import type { Check, Link, Report } from '../pull-request/report/types.ts';
import type { Advised } from '../release/advice.ts';
import { tagOf } from '../release/tags.ts';
import { lackOf, type Sandbox } from '../system/sandbox.ts';
import { linesOf } from '../update/lock-state.ts';
import type { Updated, VerifiedUpdate } from '../update/package.ts';
import { noDigestText, wheelBytes } from '../uv/plan/artifact.ts';
import { movedPackages } from './package-changes.ts';
import { reasonsFor } from './reasons.ts';

/** What a report needs besides the results of the stages. */
export interface Told {
  readonly advised: Advised;
  /** URL of GitHub. */
  readonly serverUrl: string;
  /** Whether builds ran in Nix's sandbox. */
  readonly sandbox: Sandbox;
}

/** Makes the report from the results of all stages. */
export function reportOf(updated: Updated, { advised, serverUrl, sandbox }: Told): Report {
  const { update, diff, bump, config } = updated;
  const { hashes, failed } = update;
  const open = noDigestText(update.states.flatMap(({ artifacts }) => artifacts));
  const notes = [...linesOf(update.lockState).warnings, ...(open === undefined ? [] : [open])];
  const moved = bump && bump.before !== bump.after ? [`${config.name} ${bump.after} was released.`] : [];
  return {
    version: 1,
    subject: subjectOf(updated, serverUrl),
    why: [...moved, ...reasonsFor(update, diff)],
    hashes: hashes
      .filter((one) => one.before !== one.after)
      .map(({ system, before, after: now, how }) => ({
        ...{ system, after: now, how: how === 'recorded' ? 'native' : how },
        ...(before ? { before } : {}),
      })),
    packages: diff ? movedPackages(diff, update.project.lock, advised) : [],
    download: downloadOf(updated),
    checks: [
      ...(bump?.hashes ?? []).map(outputCheck),
      ...checks(update, sandbox),
      ...(failed ? [failed] : []),
    ],
    timings: update.stages.done.map(({ name, milliseconds }) => ({ stage: name, milliseconds })),
    notDone: [...withoutSandbox(sandbox), ...notDone(update)],
    ...(notes.length > 0 ? { notes } : {}),
    ...(advised.notAsked.length > 0 ? { notAsked: advised.notAsked } : {}),
  };
}

function subjectOf(
  { update: { pinned }, bump, choice, config }: Updated,
  serverUrl: string,
): Report['subject'] {
  const after = bump?.after ?? pinned.version;
  const isBump = bump !== undefined && bump.before !== bump.after;
  const notes = isBump && choice?.kind === 'release' ? choice.release.notes : undefined;
  return {
    name: pinned.pname,
    ...(after ? { after } : {}),
    ...(isBump ? { before: bump.before, links: linksOf(bump, config.releases?.source, serverUrl) } : {}),
    ...(notes === undefined ? {} : { notes }),
  };
}

/** Links to release notes and changes on GitHub (its documentation, "Comparing releases"). */
export function linksOf(
  { before, after }: Pick<Bump, 'before' | 'after'>,
  source: Releases['source'] | undefined,
  serverUrl: string,
): Link[] {
  if (source?.kind !== 'github') return [];
  const { owner, repo, list, tag } = source;
  const page = `${serverUrl}/${owner}/${repo}`;
  const [old, now] = [before, after].map((version) => encodeURI(tagOf(version, tag)));
  return [
    ...(list === 'releases' ? [{ text: 'Release notes', url: `${page}/releases/tag/${now}` }] : []),
    { text: 'All changes', url: `${page}/compare/${old}...${now}` },
  ];
}

/** The download for this machine's system, if it is one of the systems. */
function downloadOf({ update: { states, pinned }, bytesBefore }: Updated): NonNullable<Report['download']> {
  const own = states.find(({ target }) => target.system === pinned.system) ?? states[0];
  return {
    after: wheelBytes(own?.artifacts ?? []),
    ...(own ? { system: own.target.system } : {}),
    ...(bytesBefore === undefined ? {} : { before: bytesBefore }),
  };
}

/** A fixed-output derivation whose hash the bump recomputed. */
const outputCheck = ({ attribute, after }: Bump['hashes'][number]): Check => ({
  name: `Fixed-output derivation ${attribute} built twice with the same hash`,
  result: 'ok',
  detail: after,
});

function withoutSandbox(sandbox: Sandbox): Report['notDone'] {
  const why = lackOf(sandbox);
  return why === undefined ? [] : [withoutIsolation(why)];
}

/** The entry for builds without a sandbox. */
export const withoutIsolation = (why: string): Report['notDone'][number] => ({
  what: 'Isolation of builds from the job’s files and tokens',
  why,
});

function notDone({
  out,
  edits,
  hashes,
  pinned,
  states,
  confirmation,
  failed,
  lockState,
}: VerifiedUpdate): Report['notDone'] {
  const once = hashes.filter(({ how }) => how === 'nix').map(({ system }) => system);
  const others = states.map(({ target }) => target.system).filter((system) => system !== pinned.system);
  const isLeftOut = out === undefined && edits.length > 0 && !failed;
  return [
    ...(once.length > 0
      ? [
          {
            what: `Second computation of the hash for ${once.join(', ')}`,
            why: 'skip-second-derivation is true',
          },
        ]
      : []),
    ...linesOf(lockState).notChecked.map((why) => ({
      what: 'Comparison of uv.lock with pyproject.toml',
      why,
    })),
    ...confirmation.notVerified.map((why) => ({
      what: 'Verification of a file that the build lock pins',
      why,
    })),
    ...(isLeftOut ? [{ what: 'Build and import', why: 'verify is false' }] : []),
    ...(out !== undefined && others.length > 0
      ? [
          {
            what: `Build and import for ${others.join(', ')}`,
            why: `this runner builds for ${pinned.system}`,
          },
        ]
      : []),
  ];
}

function checks({ out, imported, hashes }: VerifiedUpdate, sandbox: Sandbox): Check[] {
  if (out === undefined) return [];
  const byNix = hashes.filter(({ how }) => how === 'nix' || how === 'both').map(({ system }) => system);
  const fetched: Check[] =
    byNix.length === 0
      ? []
      : [
          {
            name: 'Fixed-output derivation fetched by Nix from scratch',
            result: 'ok',
            detail: byNix.join(', '),
          },
        ];
  return [
    ...fetched,
    { name: lackOf(sandbox) ? 'Built' : 'Built offline in Nix’s sandbox', result: 'ok', detail: out },
    ...imported.map(
      ({ module, file }): Check => ({
        name: `import ${module}`,
        result: 'ok',
        detail: path.relative(out, file),
      }),
    ),
  ];
}
