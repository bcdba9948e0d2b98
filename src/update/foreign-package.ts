import type { PackageConfig } from '../config/types.ts';
import type { Edits } from '../nix/edits.ts';
import { type DerivationRef, folderOf } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { Project } from '../uv/lock/project.ts';
import { loadInside } from '../uv/lock/project.ts';
import type { PackageUpdate } from './build-systems.ts';
import { notBuilt, type VerifiedConfig, verifyUpdate } from './build-systems.ts';
import { type Changes, logChanges, olderProject, wholeChanges } from './changes.ts';
import type { Checkout } from './checkout.ts';
import { isMadeFor, unchangedSince } from './derivation-at.ts';
import { findForeign, namesOf, recomputeForeign } from './foreign.ts';
import type { Options } from './options.ts';
import { Stages } from './stages.ts';
import type { Context } from './types.ts';
import { projectBeside } from './without-nix.ts';

interface ForeignRequest {
  readonly config: Pick<PackageConfig, 'dependencies' | 'allowDrift'> & VerifiedConfig;
  readonly derivation: DerivationRef;
  readonly checkout: Checkout;
  readonly options: Options;
}

/**
 * Updates a package whose dependencies are not fetchUvDeps', then builds and imports it.
 * @throws UserError those of `recomputeForeign` and `verifyUpdate`
 */
export async function updateForeign(
  request: ForeignRequest,
  edits: Edits,
  context: Context,
): Promise<{ readonly update: PackageUpdate; readonly changes: Changes }> {
  const { derivation, config, options, checkout } = request;
  const mark = edits.mark;
  const stages = new Stages(context.now);
  const found = await stages.run('derivation', () => findForeign(config, derivation, context));
  // A hash that is another one in each run is written only for another derivation.
  const drift = async (hash: string, file: string): Promise<'propose' | 'keep'> =>
    (await isMadeFor(hash, file, found, context)) ? 'keep' : 'propose';
  const { pinned } = found;
  const { base } = options;
  const isSkipped = base !== undefined && (await unchangedSince(base, found, context)) !== 'nothing';
  if (isSkipped) context.log.info(`${namesOf(found.outputs)}: unchanged since ${base}, not rebuilt.`);
  const how = { root: checkout.root, edits, stages, drift: config.allowDrift ? drift : undefined };
  const foreign = isSkipped
    ? { pinned, outputs: [], hashes: [], lacking: [], skipped: base }
    : await recomputeForeign(found, how, context);
  context.stop.throwIfAborted();
  const { hashes } = foreign;
  const isBuilt = options.verify && edits.since().length > 0;
  const outcome = isBuilt
    ? await verifyUpdate({ derivation, pinned, stages }, config, options, context)
    : notBuilt;
  const project = await projectOf(derivation, context);
  const changes = project ? await lockChanges(request, project, context) : {};
  const update: PackageUpdate = {
    ...{ pinned, hashes, stages, foreign, project, edits: edits.since(mark), ...outcome },
    // Neither a plan nor a build lock is made for it.
    ...{ lock: undefined, states: [], warnings: [], notChecked: [], confirmation: { notVerified: [] } },
  };
  return { update, changes };
}

/** The project whose uv.lock is beside the derivation, or the only one just below. */
async function projectOf(derivation: DerivationRef, context: Context): Promise<Project | undefined> {
  try {
    const folder = await projectBeside(folderOf(derivation), context.read);
    return folder === undefined ? undefined : await loadInside(folder, context);
  } catch (error) {
    // It is only for the report.
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** What changed in all of uv.lock: what the derivation takes of it is not known. */
async function lockChanges(
  { checkout, options }: ForeignRequest,
  project: Project,
  { log }: Context,
): Promise<Changes> {
  if (checkout.head === '') return {};
  const place = { folder: project.root, lockFile: project.lockFile };
  const older = await olderProject(place, undefined, {}, options.comparison, checkout);
  const changes = await wholeChanges(older, project, log);
  if (changes.diff) await logChanges(changes.diff, log);
  return changes;
}
