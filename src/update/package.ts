import { type Bump, bumpTo, currentOf } from '../bump/bump.ts';
import type { PackageConfig, Releases } from '../config/types.ts';
import { evaluate, type Pinned } from '../nix/evaluate.ts';
import { joinEdits } from '../nix/journal.ts';
import type { Edit } from '../nix/patch.ts';
import { type DerivationRef, derivationRef } from '../nix/target.ts';
import type { Check } from '../pull-request/report/types.ts';
import { findRelease } from '../release/find.ts';
import { chooseIndex } from '../release/index-page.ts';
import type { Choice, ReleaseParts } from '../release/types.ts';
import { UserError } from '../system/errors.ts';
import type { LockDiff } from '../uv/plan/index.ts';
import { lockChanges, tellChanges } from './changes.ts';
import type { Checkout } from './checkout.ts';
import { indexOfDerivation } from './lock-index.ts';
import { olderBytes, olderCommit, olderSource } from './older.ts';
import type { Parts, Update, UpdateRequest } from './types.ts';
import { update } from './update.ts';

/** What is to be done with a package. */
export interface Refresh {
  readonly config: PackageConfig;
  /** The configuration, where expressions and relative paths of it start. */
  readonly configFile: string;
  readonly checkout: Checkout;
  /** Where the derivation is, where that is not what `config` says. */
  readonly derivation?: DerivationRef;
  /** Commit that the report compares with. */
  readonly before: string | undefined;
  /** False: what changed in uv.lock is not asked. */
  readonly compares?: boolean;
  /** Renew the build lock and leave the hashes as they are recorded. */
  readonly lockOnly?: boolean;
  /** Look for a newer release and go to it. */
  readonly findReleases: boolean;
  /** Go to this version instead. */
  readonly version?: string;
  /** Make the further fixed outputs again though no version changed here: somebody else changed it. */
  readonly refreshOutputs: boolean;
  readonly verify: boolean;
  readonly skipSecondDerivation: boolean;
  /** Called while Nix is asked, to begin what will be needed. */
  readonly meanwhile?: () => void;
  /** Address of the binary cache that the proven output is copied to. */
  readonly cacheTo?: string;
}

export interface Refreshed {
  readonly config: PackageConfig;
  readonly update: Update;
  readonly bump: Bump | undefined;
  readonly choice: Choice | undefined;
  readonly diff: LockDiff | undefined;
  /** What the builder's fixed output weighed before, in bytes; undefined where that is not known. */
  readonly bytesBefore: number | undefined;
  /** Of bump and update together. */
  readonly edits: readonly Edit[];
  /** Verification that failed, where it was asked to be proposed as a draft all the same. */
  readonly failed: Check | undefined;
  readonly undo: () => Promise<void>;
  readonly keep: () => Promise<void>;
}

/**
 * Brings one package up to date: to a newer release where one is wanted, its further fixed outputs, then the hash and build
 * lock of its Python dependencies. The changes are in the checkout until `undo`.
 */
export async function refreshPackage(
  refresh: Refresh,
  parts: Parts,
  finders: ReleaseParts,
): Promise<Refreshed> {
  const { config, checkout } = refresh;
  const derivation =
    refresh.derivation ?? derivationRef(config.nix, config.attribute, checkout.root, refresh.configFile);
  const { version } = refresh;
  // The version and this in one: most runs find no release, and then it is this that is needed.
  const pinned = looksForRelease(refresh) ? await begun(refresh, derivation, parts) : undefined;
  const choice =
    version === undefined
      ? await chooseRelease(refresh, derivation, parts, finders, pinned?.promise)
      : asked(version);
  const to = choice?.kind === 'release' ? choice.release : undefined;
  const isNeeded =
    to !== undefined ||
    (refresh.refreshOutputs && (config.also.length > 0 || config.sourceHash !== undefined));
  const source = to === undefined ? undefined : await olderSource(derivation, checkout, parts);
  const bump = isNeeded ? await bumpTo({ derivation, root: checkout.root, config, to }, parts) : undefined;
  let diff: LockDiff | undefined;
  let bytesBefore: number | undefined;
  const onPlanned: UpdateRequest['onPlanned'] = async (planned) => {
    if (refresh.compares === false) return;
    const older = source ?? olderCommit(checkout, refresh.before ?? 'HEAD^', planned.pinned.project);
    diff = await lockChanges(planned, older, parts.log);
    bytesBefore = diff && (await olderBytes(older, planned));
    if (diff) await tellChanges(diff, parts.log);
  };
  try {
    const journaled = bump ? { ...parts, journal: bump.journal } : parts;
    const { updated, failed } = await verified(
      {
        ...{
          derivation,
          verify: refresh.verify,
          trustNixAlone: refresh.skipSecondDerivation,
          onPlanned,
          pinned: bump ? undefined : pinned?.promise,
        },
        ...(refresh.cacheTo ? { cacheTo: cacheOf(refresh.cacheTo, parts) } : {}),
        lockOnly: refresh.lockOnly ?? false,
      },
      config,
      journaled,
    );
    return {
      ...{ config, update: updated, bump, choice, diff, bytesBefore, failed },
      edits: bump ? joinEdits(bump.edits, updated.edits) : updated.edits,
      undo: async () => {
        await updated.undo();
        await bump?.undo();
      },
      keep: async () => {
        await updated.keep();
        await bump?.keep();
      },
    };
  } catch (error) {
    await bump?.undo();
    throw error;
  }
}

const cacheOf = (address: string, { cacheCredentials }: Parts) => ({
  address,
  credentials: cacheCredentials(address),
});

/**
 * Asks Nix, and comes back when it runs: what is slow to load or to answer begins beside it, and not before.
 * @returns the promise in an object, so that nobody waits for it yet
 */
async function begun(
  { meanwhile }: Refresh,
  derivation: DerivationRef,
  { run, log }: Parts,
): Promise<{ readonly promise: Promise<Pinned> }> {
  const { promise: started, resolve } = Promise.withResolvers<void>();
  const promise = evaluate(derivation, run, log, { revision: true, onStart: resolve });
  // A failure is told by whoever needs the answer.
  await Promise.race([started, promise.catch(() => {})]);
  meanwhile?.();
  return { promise };
}

const looksForRelease = ({ version, findReleases, config }: Refresh): boolean =>
  version === undefined && findReleases && config.releases !== undefined;

async function chooseRelease(
  { config, findReleases }: Refresh,
  derivation: UpdateRequest['derivation'],
  parts: Parts,
  finders: ReleaseParts,
  pinned: Promise<Pinned> | undefined,
): Promise<Choice | undefined> {
  const { releases } = config;
  if (!findReleases || !releases) return undefined;
  // Settled before anything is told or changed: what Nix prints is a group of the log of its own.
  const known = pinned?.then(
    ({ version, revision = null }) => ({ version, revision }),
    () => undefined,
  );
  const current = currentOf(derivation, parts.run, known);
  current.catch(() => {});
  const index = chooseIndex(finders.index, await lockIndex(releases, derivation, parts, finders));
  const choice = await findRelease(releases, current, { ...finders, index }, Date.now());
  parts.log.info(
    choice.kind === 'release'
      ? `${config.name}: ${choice.release.version} is there.`
      : `${config.name}: ${choice.text}`,
  );
  for (const { version, why } of choice.held)
    parts.log.info(`${config.name}: ${version} is held back: ${why}`);
  return choice;
}

/** What somebody asked for by name is not looked for. */
const asked = (version: string): Choice => ({ kind: 'release', release: { version }, held: [] });

/** The lock's own index counts where neither the configuration nor the user's settings name one. */
async function lockIndex(
  { source }: Releases,
  derivation: UpdateRequest['derivation'],
  parts: Parts,
  { index }: ReleaseParts,
): Promise<string | undefined> {
  if (source.kind !== 'pypi' || index !== undefined) return undefined;
  return indexOfDerivation(derivation, source.name, parts);
}

/** With `draft = "unverified"` what does not build or import is proposed all the same, as a draft that says so. */
async function verified(
  request: UpdateRequest,
  { pullRequest }: PackageConfig,
  parts: Parts,
): Promise<{ updated: Update; failed: Check | undefined }> {
  try {
    return { updated: await update(request, parts), failed: undefined };
  } catch (error) {
    const isVerification =
      error instanceof UserError && ['build-failed', 'import-failed'].includes(error.code);
    if (!isVerification || pullRequest.draft !== 'unverified') throw error;
    parts.log.warning(
      `${error.message} It is proposed all the same, as a draft (\`draft\` is "unverified").`,
    );
    const name = error.code === 'build-failed' ? 'Build' : 'Import';
    const { onPlanned: _, ...again } = request;
    return {
      updated: await update({ ...again, verify: false }, parts),
      failed: { name, result: 'failed', detail: error.message },
    };
  }
}
