import { type Bump, bumpTo } from '../bump/bump.ts';
import type { PackageConfig } from '../config/types.ts';
import type { Edit } from '../nix/edit.ts';
import type { Edits } from '../nix/edits.ts';
import { evaluate, type Pinned } from '../nix/evaluate.ts';
import { ask } from '../nix/expression.ts';
import { placeOf } from '../nix/target.ts';
import { findRelease } from '../release/find.ts';
import { chooseIndex, indexOfLock } from '../release/index-page.ts';
import type { Choice, Current, ReleaseParts } from '../release/types.ts';
import { UserError } from '../system/errors.ts';
import { pathBelow } from '../system/inside.ts';
import { loadInside } from '../uv/lock/project.ts';
import { notBuilt, type PackageUpdate, verifyUpdate } from './build-systems.ts';
import { type Changes, changesSince, type Installed, olderProject, withUpgrade } from './changes.ts';
import type { Context } from './context.ts';
import { foreignDependencies, uvDependencies } from './dependencies.ts';
import { driftRule } from './foreign.ts';
import { type Known, pinnedOf } from './known.ts';
import type { PackageRequest } from './options.ts';
import { type Plan, planUpdate } from './plan.ts';
import { type Review, reviewUpdate } from './review.ts';
import { placed } from './update.ts';
import { upgradeOf } from './upgrade/of-package.ts';
import type { LockUpgrade } from './upgrade/upgrade.ts';

export interface Updated extends Changes {
  readonly config: PackageConfig;
  readonly update: PackageUpdate;
  readonly bump: Bump | undefined;
  readonly choice: Choice | undefined;
  readonly upgrade: LockUpgrade | undefined;
  /** Edits of bump and update together. */
  readonly edits: readonly Edit[];
  readonly review: Review;
}

/**
 * Updates one package: to a newer release if one is wanted, its further fixed-output derivations,
 * then the hash and build lock of its Python dependencies.
 * @param edits receives the changes; if this function fails, the caller has to undo them
 */
export async function updatePackage(
  request: PackageRequest,
  edits: Edits,
  context: Context,
  finders: ReleaseParts,
): Promise<Updated> {
  const { config, derivation, options } = request;
  const mark = edits.mark;
  const known = edits.since().length === 0 ? request.known?.get(config) : undefined;
  const present = await presentOf(request, known, context);
  const old = present === 'foreign' ? undefined : present;
  const { choice, bump } = await bumpOf(request, old, edits, context, finders);
  const upgrade = await upgradeOf(request, edits, context);
  const isSame = bump === undefined && upgrade === undefined;
  const planOf = (): Promise<Plan> =>
    (isSame && known?.plan) || planUpdate(derivation, context, isSame ? old : undefined);
  const { installed, pinned, stages, compute } =
    present === 'foreign'
      ? await foreignDependencies(request, edits, context)
      : await uvDependencies(request, await planOf(), edits, context);
  const changes = installed
    ? await lockChanges(request, installed, bump ? old : undefined, upgrade, context)
    : {};
  const { at, ...update } = await compute();
  context.stop.throwIfAborted();
  const lacking = [...new Set([...(bump?.lacking ?? []), ...(update.foreign?.lacking ?? [])])];
  const isChanged = edits.since(mark).length > 0;
  const of = installed && isChanged ? { installed, changes } : undefined;
  const reviewed = await reviewUpdate(of, request, at, context);
  // A new version or another source may not build, even with the same dependencies.
  const isBuilt = options.verify && isChanged;
  if (isBuilt) await options.beforeBuild?.();
  const outcome = isBuilt
    ? await placed(at ?? placeOf(derivation).at, context, () =>
        verifyUpdate({ derivation, pinned, stages, lacking }, config, options, context),
      )
    : notBuilt;
  return {
    ...{ config, bump, choice, upgrade, ...changes },
    ...{ update: { ...update, pinned, stages, ...outcome, lacking, project: installed?.project } },
    ...{ edits: edits.since(mark), review: reviewed },
  };
}

const hasOutputs = ({ also, sourceHash }: PackageConfig): boolean =>
  also.length > 0 || sourceHash !== undefined;

/**
 * Evaluates the derivation before its version changes.
 * @returns `foreign` if its dependencies are not fetchUvDeps'; undefined if it can't be evaluated,
 *   which the new version may fix, for example a source that can't be fetched
 */
async function presentOf(
  { config, derivation, options }: PackageRequest,
  known: Known | undefined,
  context: Context,
): Promise<Pinned | 'foreign' | undefined> {
  const { version, findReleases, updateOutputs, lockOnly } = options;
  const mayChangeVersion = version !== undefined || (findReleases && config.releases !== undefined);
  const mayBump = mayChangeVersion || (updateOutputs && hasOutputs(config));
  try {
    if (known) return await known.pinned;
    // Without fetchUvDeps there is no build lock.
    return lockOnly && config.dependencies.length === 0
      ? await evaluate(derivation, context)
      : await pinnedOf(config, derivation, context);
  } catch (error) {
    if (!(error instanceof UserError && mayBump)) throw error;
    context.log.info(`The present version can't be evaluated: ${error.message}`);
    return undefined;
  }
}

/** Changes the version, if another one is wanted, and the further fixed-output derivations. */
async function bumpOf(
  request: PackageRequest,
  old: Pinned | undefined,
  edits: Edits,
  context: Context,
  finders: ReleaseParts,
): Promise<Pick<Updated, 'choice' | 'bump'>> {
  const { config, derivation, checkout, options } = request;
  const { version } = options;
  const choice: Choice | undefined =
    version === undefined
      ? await chooseVersion(request, old, context, finders)
      : { kind: 'release', release: { version }, held: [] };
  const to = choice?.kind === 'release' ? choice.release : undefined;
  if (to === undefined && !(options.updateOutputs && hasOutputs(config))) return { choice, bump: undefined };
  const keepsDrifting = driftRule(config, derivation, context);
  const wanted = { derivation, root: checkout.root, config, to };
  return { choice, bump: await bumpTo(wanted, edits, { ...context, keepsDrifting }) };
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
 * Changes of the package's plans: since the old version if its source was fetched, because it is in
 * no commit; otherwise since another commit.
 * @param old the derivation before its version changed
 */
async function lockChanges(
  { checkout, options }: PackageRequest,
  installed: Installed,
  old: Pinned | undefined,
  upgrade: LockUpgrade | undefined,
  { read, log }: Context,
): Promise<Changes> {
  if (options.lockOnly || checkout.head === '') return {};
  const isFetched = old !== undefined && pathBelow(checkout.root, old.project) === undefined;
  const older = isFetched
    ? { folder: old.project, read, name: `the source of ${old.version}` }
    : await olderProject(installed, options.comparison, checkout);
  return withUpgrade(await changesSince(older, installed, log), upgrade, log);
}
