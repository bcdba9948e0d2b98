import { type Bump, bumpTo, currentOf } from '../bump/bump.ts';
import type { PackageConfig, Releases } from '../config/types.ts';
import type { Edits } from '../nix/edits.ts';
import { evaluate, type Pinned } from '../nix/evaluate.ts';
import type { Edit } from '../nix/patch.ts';
import type { DerivationRef } from '../nix/target.ts';
import { findRelease } from '../release/find.ts';
import { chooseIndex } from '../release/index-page.ts';
import type { Choice, Release, ReleaseParts } from '../release/types.ts';
import type { LockDiff } from '../uv/plan/diff.ts';
import { lockChanges, logChanges } from './changes.ts';
import type { Checkout } from './checkout.ts';
import { indexOfDerivation } from './lock-index.ts';
import { type Older, olderBytes, olderCommit, olderSource } from './older.ts';
import type { Options } from './options.ts';
import { type Stage, Stages } from './stages.ts';
import type { Context } from './types.ts';
import { computeUpdate, placed, type Update, type UpdateRequest } from './update.ts';
import { type BuildOutcome, notBuilt, verifyUpdate } from './verify.ts';

/** What is to be done with a package. */
export interface PackageRequest {
  readonly config: PackageConfig;
  readonly derivation: DerivationRef;
  readonly checkout: Checkout;
  readonly options: Options;
  /** Called while Nix is asked, to begin what will be needed. */
  readonly meanwhile?: () => void;
}

/** An update, and what came of building and importing it. */
export interface VerifiedUpdate extends Update, BuildOutcome {
  readonly stages: readonly Stage[];
}

export interface Updated {
  readonly config: PackageConfig;
  readonly update: VerifiedUpdate;
  readonly bump: Bump | undefined;
  readonly choice: Choice | undefined;
  readonly diff: LockDiff | undefined;
  /** Bytes of the builder's fixed-output derivation before; undefined if that is not known. */
  readonly bytesBefore: number | undefined;
  /** Of bump and update together. */
  readonly edits: readonly Edit[];
}

/**
 * Updates one package: to a newer release if one is wanted, its further fixed-output derivations,
 * then the hash and build lock of its Python dependencies.
 * @param edits takes the changes; if this fails, they are the caller's to undo
 */
export async function updatePackage(
  request: PackageRequest,
  edits: Edits,
  context: Context,
  finders: ReleaseParts,
): Promise<Updated> {
  const { config, derivation, checkout, options } = request;
  const mark = edits.mark;
  // Together with the version: most runs find no release and need the evaluation next.
  const pinned = looksForRelease(request) ? await begun(request, context) : undefined;
  const choice =
    options.version === undefined
      ? await chooseRelease(request, context, finders, pinned?.promise)
      : asked(options.version);
  const to = choice?.kind === 'release' ? choice.release : undefined;
  const source = to === undefined ? undefined : await olderSource(derivation, checkout, context);
  const bump = needsBump(request, to)
    ? await bumpTo({ derivation, root: checkout.root, config, to }, edits, context)
    : undefined;
  const older = olderFacts(request, source, context);
  const stages = new Stages(context.now);
  const known = bump ? undefined : pinned?.promise;
  const update = await computeUpdate(
    { derivation, options, stages, pinned: known, onPlanned: older.read },
    context,
  );
  context.stop.throwIfAborted();
  await edits.add(update.edits, derivation);
  const isToBuild = options.verify && update.edits.length > 0;
  const verified = isToBuild
    ? await placed(request, update.pinned, context, () =>
        verifyUpdate({ derivation, pinned: update.pinned, stages }, config, options, context),
      )
    : notBuilt;
  return {
    ...{ config, bump, choice, ...older.found },
    update: { ...update, ...verified, stages: stages.done },
    edits: edits.since(mark),
  };
}

function needsBump({ config, options }: PackageRequest, to: Release | undefined): boolean {
  const hasOutputs = config.also.length > 0 || config.sourceHash !== undefined;
  return to !== undefined || (options.updateOutputs && hasOutputs);
}

/** What changed in uv.lock: prints it once the plans are known, and keeps it for the report. */
function olderFacts(
  { checkout, options: { lockOnly, compareWith } }: PackageRequest,
  source: Older | undefined,
  { log }: Context,
) {
  const found: { diff: LockDiff | undefined; bytesBefore: number | undefined } = {
    diff: undefined,
    bytesBefore: undefined,
  };
  const read: UpdateRequest['onPlanned'] = async (planned) => {
    if (lockOnly || checkout.head === '') return;
    const older = source ?? olderCommit(checkout, compareWith ?? 'HEAD^', planned.pinned.project);
    found.diff = await lockChanges(planned, older, log);
    found.bytesBefore = found.diff && (await olderBytes(older, planned));
    if (found.diff) await logChanges(found.diff, log);
  };
  return { found, read };
}

/**
 * Starts the evaluation and returns when Nix runs; slow loads and requests begin beside it.
 * @returns the promise in an object, so that the caller does not await it yet
 */
async function begun(
  { meanwhile, derivation }: PackageRequest,
  { run, log }: Context,
): Promise<{ readonly promise: Promise<Pinned> }> {
  const { promise: started, resolve } = Promise.withResolvers<void>();
  const promise = evaluate(derivation, run, log, { revision: true, onStart: resolve });
  // The caller that needs the answer gets the error.
  await Promise.race([started, promise.catch(() => {})]);
  meanwhile?.();
  return { promise };
}

const looksForRelease = ({ config, options: { version, findReleases } }: PackageRequest): boolean =>
  version === undefined && findReleases && config.releases !== undefined;

async function chooseRelease(
  { config, derivation, options }: PackageRequest,
  context: Context,
  finders: ReleaseParts,
  pinned: Promise<Pinned> | undefined,
): Promise<Choice | undefined> {
  const { releases } = config;
  if (!options.findReleases || !releases) return undefined;
  const known = pinned?.then(
    ({ version, revision = null }) => ({ version, revision }),
    () => undefined,
  );
  const current = await currentOf(derivation, context.run, known);
  const index = chooseIndex(finders.index, await lockIndex(releases, derivation, context, finders));
  const choice = await findRelease(releases, current, { ...finders, index }, Date.now());
  context.log.info(
    choice.kind === 'release'
      ? `${config.name}: ${choice.release.version} is there.`
      : `${config.name}: ${choice.text}`,
  );
  for (const { version, why } of choice.held)
    context.log.info(`${config.name}: ${version} is held back: ${why}`);
  return choice;
}

/** A version that was asked for by name is not looked for. */
const asked = (version: string): Choice => ({ kind: 'release', release: { version }, held: [] });

/** The lock's own index is used if neither the configuration nor the user's settings name one. */
async function lockIndex(
  { source }: Releases,
  derivation: DerivationRef,
  context: Context,
  { index }: ReleaseParts,
): Promise<string | undefined> {
  if (source.kind !== 'pypi' || index !== undefined) return undefined;
  return indexOfDerivation(derivation, source.name, context);
}
