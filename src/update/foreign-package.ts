import type { PackageConfig } from '../config/types.ts';
import type { Edits } from '../nix/edits.ts';
import type { DerivationRef } from '../nix/target.ts';
import { notBuilt, type PackageUpdate, type VerifiedConfig, verifyUpdate } from './build-systems.ts';
import { type Changes, olderProject, wholeChanges, withUpgrade } from './changes.ts';
import type { Checkout } from './checkout.ts';
import type { Context } from './context.ts';
import { driftRule, findForeign, foreignLock, namesOf, recomputeForeign, unchangedSince } from './foreign.ts';
import type { ForeignLock } from './foreign-lock.ts';
import type { Options } from './options.ts';
import { type Review, reviewUpdate } from './review.ts';
import { Stages } from './stages.ts';
import type { LockUpgrade } from './upgrade/upgrade.ts';

interface ForeignRequest {
  readonly config: Pick<PackageConfig, 'dependencies' | 'allowDrift' | 'pullRequest'> & VerifiedConfig;
  readonly derivation: DerivationRef;
  readonly checkout: Checkout;
  readonly options: Options;
}

/**
 * Updates a package whose dependencies are not fetchUvDeps', reviews what changed in its lock, then
 * builds and imports it.
 * @param mark of the edits before the package's first one
 * @throws UserError those of `recomputeForeign`, `reviewUpdate` and `verifyUpdate`
 */
export async function updateForeign(
  request: ForeignRequest,
  edits: Edits,
  { mark, upgrade }: { readonly mark: number; readonly upgrade: LockUpgrade | undefined },
  context: Context,
): Promise<{ readonly update: PackageUpdate; readonly changes: Changes; readonly review: Review }> {
  const { derivation, config, options, checkout } = request;
  const ownMark = edits.mark;
  const stages = new Stages(context.now);
  const found = await stages.run('derivation', () => findForeign(config, derivation, context));
  const { pinned } = found;
  const { base } = options;
  const isSkipped = base !== undefined && (await unchangedSince(base, found, context)) !== 'nothing';
  if (isSkipped) context.log.info(`${namesOf(found.outputs)}: unchanged since ${base}, not rebuilt.`);
  const how = { root: checkout.root, edits, stages, keepsDrifting: driftRule(config, derivation, context) };
  const foreign = isSkipped
    ? { pinned, outputs: [], hashes: [], lacking: [], skipped: base }
    : await recomputeForeign(found, how, context);
  context.stop.throwIfAborted();
  const { hashes } = foreign;
  const own = await foreignLock(found, context);
  const changes = own ? await lockChanges(request, own, upgrade, context) : {};
  const isChanged = edits.since(mark).length > 0;
  const reviewed = await reviewUpdate(
    own && isChanged ? { ...own, changes } : undefined,
    request,
    foreign.outputs[0],
    context,
  );
  const isBuilt = options.verify && isChanged;
  const outcome = isBuilt
    ? await verifyUpdate({ derivation, pinned, stages }, config, options, context)
    : notBuilt;
  const project = own?.project;
  const update: PackageUpdate = {
    ...{ pinned, hashes, stages, foreign, project, edits: edits.since(ownMark), ...outcome },
    // Neither a plan nor a build lock is made for it.
    ...{ lock: undefined, states: [], warnings: [], notChecked: [], confirmation: { notVerified: [] } },
  };
  return { update, changes, review: reviewed };
}

/** What changed in all of uv.lock: what the derivation takes of it is not known. */
async function lockChanges(
  { checkout, options }: ForeignRequest,
  { project, targets }: ForeignLock,
  upgrade: LockUpgrade | undefined,
  { log }: Context,
): Promise<Changes> {
  if (checkout.head === '') return {};
  const place = { folder: project.root, lockFile: project.lockFile };
  const older = await olderProject(place, undefined, {}, options.comparison, checkout);
  return withUpgrade(await wholeChanges(older, project, targets, log), upgrade, log);
}
