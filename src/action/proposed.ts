import type { Proposal } from '../config/proposals.ts';
import type { Edit } from '../nix/edit.ts';
import type { Report } from '../pull-request/report/types.ts';
import type { ReleaseParts } from '../release/types.ts';
import { tagCommit } from '../release/verify.ts';
import { UserError } from '../system/errors.ts';
import { pathBelow } from '../system/inside.ts';
import type { BuiltSystem } from '../update/build-systems.ts';
import type { Checkout } from '../update/checkout.ts';
import type { Updated } from '../update/package.ts';
import { refusalOf } from '../update/review.ts';
import type { Computed, Seen, Subject } from './proposed-schema.ts';

/** The hashes of a package, before and now. */
export interface PackageHashes {
  /** Name of the package; for a group in a publishing job, path of the build lock instead. */
  readonly name: string;
  readonly hashes: readonly {
    readonly system: string;
    readonly before?: string | undefined;
    readonly after: string;
  }[];
}

/** The contents of a pull request. */
export interface Proposed extends Computed {
  readonly hashes: readonly PackageHashes[];
  readonly reports: readonly Report[];
  /** Whether a hash is accepted from the build job without being recomputed. */
  readonly isTrusted?: boolean;
}

/** A proposal without any change. */
export const nothingProposed = (name = ''): Proposed => ({
  ...{ name, subjects: [], files: [], computedFrom: [], held: [], hashes: [], reports: [], seen: [] },
  ...{ idle: [], isUnverified: false },
});

/** Systems that no job of a proposal has computed the hash for. */
export const lackingIn = ({ seen }: Pick<Proposed, 'seen'>): string[] => {
  const done = new Set(seen.map(({ system }) => system));
  return [...new Set(seen.flatMap(({ lacking = [] }) => lacking))].filter((one) => !done.has(one)).sort();
};

/** The changes that a run made for a proposal. */
interface Made extends Pick<Proposed, 'reports'> {
  readonly checkout: Checkout;
  readonly edits: readonly Edit[];
}

/**
 * @param isSandboxed whether builds ran in Nix's sandbox
 * @param finders undefined if no other job looks the releases up again
 * @throws UserError `outside-checkout`
 */
export async function proposedOf(
  { name }: Proposal,
  updated: readonly Updated[],
  { checkout, edits, reports }: Made,
  isSandboxed: boolean,
  finders: ReleaseParts | undefined,
): Promise<Proposed> {
  const subjects: Subject[] = [];
  for (const one of updated) subjects.push(await subjectOf(one, finders));
  return {
    ...{ name, reports, subjects, idle: [] },
    hashes: updated.map(({ config, update }) => ({ name: config.name, hashes: update.hashes })),
    files: edits.map(({ file, after }) => ({ path: requirePath(checkout, file), content: after })),
    computedFrom: updated.flatMap(
      ({ update }) => (update.project && pathBelow(checkout.root, update.project.lockFile)) ?? [],
    ),
    held: updated
      .flatMap(({ upgrade }) => upgrade?.held ?? [])
      .map(({ name, version, current }) => ({ name, version, ...(current ? { current } : {}) })),
    isUnverified: updated.some(
      ({ update, review }) => update.failed !== undefined || refusalOf(review.findings) !== undefined,
    ),
    seen: updated.flatMap((one) => seenOf(one, isSandboxed)),
  };
}

async function subjectOf(
  { config, bump, choice, update: { pinned, foreign } }: Updated,
  finders: ReleaseParts | undefined,
): Promise<Subject> {
  const isBump = bump !== undefined && bump.before !== bump.after;
  const release = isBump && choice?.kind === 'release' ? choice.release : undefined;
  // The commit that the new version was released at.
  const commit =
    finders && release && config.releases
      ? (release.revision ?? (await tagCommit(config.releases.source, release.version, finders)))
      : undefined;
  return {
    ...{ name: config.name, pname: pinned.pname, isBump },
    ...{ before: bump?.before ?? pinned.version, after: bump?.after ?? pinned.version },
    ...(foreign ? { own: true } : {}),
    ...(commit === undefined ? {} : { release: { commit } }),
  };
}

/** Facts for the system that Nix builds for, and for others that have a machine. */
function seenOf({ config, update }: Updated, isSandboxed: boolean): Seen[] {
  const { pinned, built, hashes, failed, lacking } = update;
  const [own, ...others] = built;
  const seen = (system: string, one: BuiltSystem | undefined): Seen => {
    const how = hashes.find((one) => one.system === system)?.how;
    return {
      ...{ name: config.name, system, built: one !== undefined },
      imports: (one?.imported ?? []).map(({ module }) => module),
      byNix: how === 'nix' || how === 'both',
      ...(isSandboxed ? {} : { unsandboxed: true }),
    };
  };
  return [
    {
      ...seen(pinned.system, own),
      ...(failed === undefined ? {} : { failed: failed.name === 'Build' ? 'Build' : 'Import' }),
      ...(lacking.length > 0 ? { lacking } : {}),
    },
    ...others.map((one) => seen(one.system, one)),
  ];
}

function requirePath(checkout: Checkout, file: string): string {
  const inside = pathBelow(checkout.root, file);
  if (inside !== undefined) return inside;
  throw new UserError(
    'outside-checkout',
    `${file} has to change, but it lies outside the checkout ${checkout.root}; keep the derivation's hash and build lock in this repository.`,
  );
}
