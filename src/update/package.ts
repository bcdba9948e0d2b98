import { type Bump, bumpTo } from '../bump/bump.ts';
import type { PackageConfig } from '../config/types.ts';
import type { Edit } from '../nix/edit.ts';
import type { Edits } from '../nix/edits.ts';
import { evaluate, type Pinned } from '../nix/evaluate.ts';
import { ask } from '../nix/expression.ts';
import type { DerivationRef } from '../nix/target.ts';
import { findRelease } from '../release/find.ts';
import { chooseIndex, indexOfLock } from '../release/index-page.ts';
import type { Choice, Current, ReleaseParts } from '../release/types.ts';
import { UserError } from '../system/errors.ts';
import { pathBelow } from '../system/inside.ts';
import { loadInside } from '../uv/lock/project.ts';
import type { PackageUpdate } from './build-systems.ts';
import { notBuilt, verifyUpdate } from './build-systems.ts';
import { type Changes, changesSince, olderProject, withUpgrade } from './changes.ts';
import type { Checkout } from './checkout.ts';
import type { Context } from './context.ts';
import { driftRule } from './foreign.ts';
import { updateForeign } from './foreign-package.ts';
import { requireWritten } from './hash-place.ts';
import type { KnownPackages } from './known.ts';
import type { Options } from './options.ts';
import { type Plan, planUpdate } from './plan.ts';
import type { Review } from './review.ts';
import { reviewUpdate } from './review.ts';
import { computeUpdate, placed } from './update.ts';
import { upgradeOf } from './upgrade/of-package.ts';
import type { LockUpgrade } from './upgrade/upgrade.ts';

/** What is to be done with a package. */
export interface PackageRequest {
  readonly config: PackageConfig;
  readonly derivation: DerivationRef;
  readonly checkout: Checkout;
  readonly options: Options;
  /** What was evaluated of all packages, if nothing was changed since. */
  readonly known?: KnownPackages;
}

export interface Updated extends Changes {
  readonly config: PackageConfig;
  readonly update: PackageUpdate;
  readonly bump: Bump | undefined;
  readonly choice: Choice | undefined;
  readonly upgrade: LockUpgrade | undefined;
  /** Of bump and update together. */
  readonly edits: readonly Edit[];
  readonly review: Review;
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
  const mayChangeVersion = options.version !== undefined || (options.findReleases && config.releases);
  const hasOutputs = config.also.length > 0 || config.sourceHash !== undefined;
  const mayBump = mayChangeVersion || (options.updateOutputs && hasOutputs);
  const known = edits.since().length === 0 ? request.known?.get(config) : undefined;
  const present = await presentOf(request, known?.pinned, Boolean(mayBump), context);
  const old = present === 'foreign' ? undefined : present;
  const choice =
    options.version === undefined
      ? await chooseVersion(request, old, context, finders)
      : ({ kind: 'release', release: { version: options.version }, held: [] } as const);
  const to = choice?.kind === 'release' ? choice.release : undefined;
  const isBumped = to !== undefined || (options.updateOutputs && hasOutputs);
  const keepsDrifting = driftRule(config, derivation, context);
  const bump = isBumped
    ? await bumpTo({ derivation, root: checkout.root, config, to }, edits, { ...context, keepsDrifting })
    : undefined;
  const upgrade = await upgradeOf(request, edits, context);
  if (present === 'foreign') {
    const { changes, ...done } = await updateForeign(request, edits, { mark, upgrade }, context);
    return { config, bump, choice, upgrade, ...changes, ...done, edits: edits.since(mark) };
  }
  const isSame = bump === undefined && upgrade === undefined;
  const plan = isSame
    ? await planUpdate(derivation, context, old, known?.prepared)
    : await planUpdate(derivation, context);
  for (const one of plan.warnings) context.log.warning(`${config.name}: ${one}`);
  for (const one of plan.notChecked) context.log.info(`${config.name}: not checked: ${one}`);
  const changes = await lockChanges(request, plan, bump ? old : undefined, upgrade, context);
  const update = await computeUpdate(plan, options, context);
  requireWritten(derivation, update.hashes);
  context.stop.throwIfAborted();
  await edits.add(update.edits, derivation);
  const artifacts = plan.states.flatMap((one) => one.artifacts);
  const of = edits.since(mark).length > 0 ? { project: plan.project, artifacts, changes } : undefined;
  const reviewed = await reviewUpdate(of, request, plan.pinned.systems[0]?.position ?? undefined, context);
  // A new version or another source may not build, even with the same dependencies.
  const isBuilt = options.verify && edits.since(mark).length > 0;
  if (isBuilt) await options.beforeBuild?.();
  const outcome = isBuilt
    ? await placed(plan, context, () => verifyUpdate(plan, config, options, context))
    : notBuilt;
  return {
    ...{ config, bump, choice, upgrade, ...changes, update: { ...update, ...outcome } },
    ...{ edits: edits.since(mark), review: reviewed },
  };
}

/**
 * Evaluates the derivation before its version changes.
 * @param known what it returned before
 * @param mayBump whether what fails now may be what the new version fixes, for example a source
 *   that can't be fetched
 * @returns `foreign` if its dependencies are not fetchUvDeps'; undefined if it can't be evaluated
 */
async function presentOf(
  { config, derivation, options }: PackageRequest,
  known: Pinned | 'foreign' | undefined,
  mayBump: boolean,
  context: Context,
): Promise<Pinned | 'foreign' | undefined> {
  if (config.dependencies.length > 0) return 'foreign';
  if (known) return known;
  try {
    return await evaluate(derivation, context, { revision: mayBump });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (error.code === 'no-uv-deps' && !options.lockOnly) return 'foreign';
    if (!mayBump) throw error;
    context.log.info(`The present version can't be evaluated: ${error.message}`);
    return undefined;
  }
}

async function chooseVersion(
  { config, derivation, options }: PackageRequest,
  old: Pinned | undefined,
  context: Context,
  finders: ReleaseParts,
): Promise<Choice | undefined> {
  const { releases, name } = config;
  if (!options.findReleases || !releases) return undefined;
  const current: Current = old ?? (await ask(derivation, 'packageFacts', context.run));
  // The lock's own index is used if neither the configuration nor the user's settings name one.
  const { source } = releases;
  const ofLock = async (): Promise<string | undefined> =>
    source.kind === 'pypi' && old
      ? indexOfLock((await loadInside(old.project, context)).lock, source.name)
      : undefined;
  const index = finders.index ?? chooseIndex(await ofLock());
  const choice = await findRelease(releases, current, { ...finders, index }, Date.now());
  context.log.info(
    `${name}: ${choice.kind === 'release' ? `${choice.release.version} is there.` : choice.text}`,
  );
  for (const held of choice.held) context.log.info(`${name}: ${held.version} is held back: ${held.why}`);
  return choice;
}

/**
 * What changed in the package's plans: since the old version if its source was fetched, which is in
 * no commit, else since another commit.
 * @param old the derivation before its version changed
 */
async function lockChanges(
  { checkout, options }: PackageRequest,
  { pinned, project, states, before }: Plan,
  old: Pinned | undefined,
  upgrade: LockUpgrade | undefined,
  { read, log }: Context,
): Promise<Changes> {
  if (options.lockOnly || checkout.head === '') return {};
  const isFetched = old !== undefined && pathBelow(checkout.root, old.project) === undefined;
  const place = { folder: pinned.project, lockFile: project.lockFile };
  const plans = Object.fromEntries(states.map(({ target, plan }) => [target.system, plan]));
  const older = isFetched
    ? { folder: old.project, read, name: `the source of ${old.version}` }
    : await olderProject(place, before?.lock, plans, options.comparison, checkout);
  const own = states.filter(({ target }) => target.system === pinned.system);
  const targets = [...own, ...states.filter((one) => !own.includes(one))].map((one) => one.pinned.target);
  return withUpgrade(await changesSince(older, project, targets, before?.lock, log), upgrade, log);
}
