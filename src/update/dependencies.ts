import type { Edits } from '../nix/edits.ts';
import type { UserError } from '../system/errors.ts';
import type { BuiltPackage, PackageUpdate } from './build-systems.ts';
import type { Installed } from './changes.ts';
import type { Context } from './context.ts';
import { driftRule, findForeign, foreignLock, namesOf, recomputeForeign, unchangedSince } from './foreign.ts';
import { requireWritten } from './hash-place.ts';
import type { PackageRequest } from './options.ts';
import { installedOf, logPlan, type Plan } from './plan.ts';
import { Stages } from './stages.ts';
import { computeUpdate, hashAt } from './update.ts';

/** The dependencies of a package, before their hash is computed. */
interface Dependencies {
  readonly pinned: BuiltPackage['pinned'] & PackageUpdate['pinned'];
  readonly stages: Stages;
  /** Undefined if there is no uv.lock. */
  readonly installed: Installed | undefined;
  /** Computes their hashes, and writes what changes. */
  readonly compute: () => Promise<ComputedHashes>;
}

type ComputedHashes = Pick<
  PackageUpdate,
  'hashes' | 'edits' | 'lock' | 'states' | 'warnings' | 'notChecked' | 'confirmation' | 'foreign'
> & {
  /** Place of the hash, if it is known. */
  readonly at: UserError['at'];
};

/**
 * Dependencies from fetchUvDeps: their hash and build lock are computed from a plan.
 * @throws UserError when computing: as `computeUpdate` and `requireWritten`
 */
export async function uvDependencies(
  { config, derivation, options }: PackageRequest,
  plan: Plan,
  edits: Edits,
  context: Context,
): Promise<Dependencies> {
  await logPlan(plan, context.log);
  for (const one of plan.warnings) context.log.warning(`${config.name}: ${one}`);
  for (const one of plan.notChecked) context.log.info(`${config.name}: not checked: ${one}`);
  const compute = async (): Promise<ComputedHashes> => {
    const update = await computeUpdate(plan, options, context);
    requireWritten(derivation, update.hashes);
    context.stop.throwIfAborted();
    await edits.add(update.edits, derivation);
    return { ...update, at: hashAt(plan) };
  };
  return { ...plan, installed: installedOf(plan), compute };
}

/**
 * Other dependencies: their hash comes from a build of their fixed-output derivations. They have
 * neither a plan nor a build lock.
 * @throws UserError as `findForeign`; when computing, as `recomputeForeign`
 */
export async function foreignDependencies(
  { config, derivation, checkout, options: { base } }: PackageRequest,
  edits: Edits,
  context: Context,
): Promise<Dependencies> {
  const stages = new Stages(context.now);
  const found = await stages.run('derivation', () => findForeign(config, derivation, context));
  const { pinned } = found;
  const compute = async (): Promise<ComputedHashes> => {
    const mark = edits.mark;
    const isSkipped = base !== undefined && (await unchangedSince(base, found, context)) !== 'nothing';
    if (isSkipped) context.log.info(`${namesOf(found.outputs)}: unchanged since ${base}, not rebuilt.`);
    const how = { root: checkout.root, edits, stages, keepsDrifting: driftRule(config, derivation, context) };
    const foreign = isSkipped
      ? { outputs: [], hashes: [], lacking: [] }
      : await recomputeForeign(found, how, context);
    return {
      ...{ hashes: foreign.hashes, foreign, edits: edits.since(mark) },
      at: foreign.outputs.find(({ file }) => file !== ''),
      ...{ lock: undefined, states: [], warnings: [], notChecked: [], confirmation: { notVerified: [] } },
    };
  };
  return { pinned, stages, installed: await foreignLock(found, context), compute };
}
