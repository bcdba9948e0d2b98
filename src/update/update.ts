import { buildKey, isBuilt, ownOf } from '../build-lock/builds.ts';
import type { Edit } from '../nix/edit.ts';
import { placeOf } from '../nix/target.ts';
import { placedAt } from '../system/errors.ts';
import { noSuchProgram } from '../system/run.ts';
import { toolMissing } from '../system/tools.ts';
import { hashAll, type SystemHash } from './hashes.ts';
import { lockBuilds } from './lock-builds.ts';
import type { Options } from './options.ts';
import type { Plan } from './plan.ts';
import type { Context } from './types.ts';

/** A plan, and what makes its derivation current. */
export interface Update extends Plan {
  readonly hashes: readonly SystemHash[];
  /** Empty if the derivation is current. */
  readonly edits: readonly Edit[];
}

/**
 * Computes the hashes and the build lock of a plan, and the edits of the hash's own literal and the
 * build lock. Writes nothing.
 */
export async function computeUpdate(plan: Plan, options: Options, context: Context): Promise<Update> {
  return placed(plan, context, async () => {
    await requireParts(plan, context);
    const hashes = await plan.stages.run('hash', () => hashAll(plan, options, context));
    const edits = await plan.stages.run('build lock', () => lockBuilds(plan, hashes, options, context));
    return { ...plan, hashes, edits };
  });
}

/**
 * What has to be there before anything is fetched.
 * @throws UserError `uv-missing`, `host-not-allowed`
 */
export async function requireParts(plan: Plan, context: Context): Promise<void> {
  await requireUv(plan, context);
  await checkHosts(plan, context);
}

/** New builds need uv, which pins their requirements. */
async function requireUv({ states, base }: Plan, { run }: Context): Promise<void> {
  const isNew = states
    .flatMap(({ artifacts }) => artifacts.filter(isBuilt))
    .some((artifact) => ownOf(base?.builds, buildKey(artifact)) === undefined);
  if (isNew && (await run('uv', ['--version'])).code === noSuchProgram) throw toolMissing('uv');
}

/** Runs a step that is about the hash: its errors are shown where the hash is written. */
export async function placed<T>(
  { derivation, pinned }: Pick<Plan, 'derivation' | 'pinned'>,
  { stop }: Pick<Context, 'stop'>,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw stop.aborted ? error : placedAt(error, pinned.systems[0]?.position ?? placeOf(derivation).at);
  }
}

/**
 * Builds of Nix do not know the configuration: the addresses that they fetch are checked before
 * they begin.
 */
async function checkHosts({ states }: Plan, { checkHost }: Context): Promise<void> {
  const seen = new Set<string>();
  for (const { url, filename, name } of states.flatMap(({ artifacts }) => artifacts)) {
    if (url === undefined || seen.has(url)) continue;
    seen.add(url);
    await checkHost?.(url, filename ?? name);
  }
}
