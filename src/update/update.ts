import { buildKey, isBuilt, ownOf } from '../build-lock/builds.ts';
import type { BuildLock } from '../build-lock/schema.ts';
import { parseBuildLock } from '../build-lock/text.ts';
import { hashOutputs } from '../fetch/hash.ts';
import { hashByNix } from '../nix/build.ts';
import type { Edit } from '../nix/edit.ts';
import { placeOf } from '../nix/target.ts';
import { placedAt, UserError } from '../system/errors.ts';
import { once } from '../system/promises.ts';
import { noSuchProgram } from '../system/run.ts';
import { toolMissing } from '../system/tools.ts';
import type { Context } from './context.ts';
import { placesOfHashes, type SystemHash } from './hash-place.ts';
import { lockBuilds } from './lock-builds.ts';
import type { Options } from './options.ts';
import type { Plan, SystemState } from './plan.ts';

/** A plan, and the edits that make its derivation current. */
export interface Update extends Plan {
  readonly hashes: readonly SystemHash[];
  /** Empty if the derivation is current, or its hash can't be written. */
  readonly edits: readonly Edit[];
  /** The build lock after the edits; undefined if it is missing. */
  readonly lock: BuildLock | undefined;
}

/**
 * Computes the hashes and the build lock of a plan, and the edits of the hash's own literal and the
 * build lock. Writes nothing.
 */
export async function computeUpdate(plan: Plan, options: Options, context: Context): Promise<Update> {
  return placed(hashAt(plan), context, async () => {
    await requireParts(plan, context);
    const { derivation, pinned, states, stages } = plan;
    const find = once(() => placesOfHashes(derivation, pinned, context));
    const hashes = await stages.run('hash', async () => {
      const isStale = !options.lockOnly && states.some(({ isCurrent }) => !isCurrent);
      // Before anything is fetched.
      for (const { problem } of isStale ? await find() : [])
        if (problem) context.log.warning(`The new hash will not be written: ${problem.why}.`);
      const all = await hashAll(plan, options, context);
      const found = all.some(isNew) ? await find() : [];
      return all.map((one, index) => (isNew(one) ? { ...one, ...found[index] } : one));
    });
    const edits = await stages.run('build lock', () => lockBuilds(plan, hashes, options, context));
    const edit = edits.find(({ file }) => file === plan.lockFile);
    const lock = edit ? parseBuildLock(edit.after, edit.file) : plan.before?.lock;
    return { ...plan, hashes, edits, lock };
  });
}

/**
 * Verifies that uv and the hosts are available before anything is fetched.
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

/** The position that Nix reports for the hash, otherwise the derivation's file. */
export const hashAt = ({ derivation, pinned }: Pick<Plan, 'derivation' | 'pinned'>): UserError['at'] =>
  pinned.systems[0]?.position ?? placeOf(derivation).at;

/** Runs a step that is about the hash: its errors are shown where the hash is written. */
export async function placed<T>(
  at: UserError['at'],
  { stop }: Pick<Context, 'stop'>,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw stop.aborted ? error : placedAt(error, at);
  }
}

/**
 * Nix's builds do not know the configuration, so the addresses that they fetch are checked before
 * they begin.
 */
async function checkHosts({ states }: Plan, { checkHost }: Context): Promise<void> {
  const all = states.flatMap(({ artifacts }) => artifacts);
  const addresses = new Map(all.map(({ url, filename, name }) => [url, filename ?? name]));
  for (const [url, name] of addresses) if (url !== undefined) await checkHost?.(url, name);
}

const isNew = ({ before, after }: SystemHash): boolean => before !== after;

/**
 * The hashes of all systems. The builder's own comes from a Nix build from scratch, and from this
 * program's own download and NAR; other systems' from the latter, in the same pass.
 *
 * @throws UserError `fetch-failed`, `hashes-differ`; as `hashOutputs`
 */
export async function hashAll(
  { derivation, pinned: { project, system: builder }, states }: Plan,
  { lockOnly, recompute, skipSecondDerivation }: Options,
  context: Context,
): Promise<SystemHash[]> {
  if (lockOnly) return states.map(recordedHash);
  // A hash is computed even if a pull request's build lock records that it is current.
  const isDistrusted = recompute || context.verification.isUntrusted;
  const stale = states.filter(({ isCurrent }) => isDistrusted || !isCurrent);
  const own = stale.find(({ pinned }) => pinned.target.system === builder);
  const nix = own && (await hashByNix(derivation, builder, context));
  const native = await nativeHashes(
    project,
    skipSecondDerivation ? stale.filter((one) => one !== own) : stale,
    context,
  );
  const other = native.get(builder);
  if (nix !== undefined && other !== undefined && nix !== other) throw differ(builder, nix, other);
  return states.map((one) => {
    if (!stale.includes(one)) return recordedHash(one);
    const { system } = one.pinned.target;
    const before = one.pinned.hash;
    const byNix = system === builder ? nix : undefined;
    const how = byNix === undefined ? 'native' : native.has(system) ? 'both' : 'nix';
    return { system, before, after: byNix ?? native.get(system) ?? before, how };
  });
}

const recordedHash = ({ pinned: { target, hash } }: SystemState): SystemHash => ({
  ...{ system: target.system, before: hash, after: hash },
  how: 'recorded',
});

/** @param project folder of uv.lock */
async function nativeHashes(
  project: string,
  states: readonly SystemState[],
  { native, log }: Context,
): Promise<ReadonlyMap<string, string>> {
  if (states.length === 0) return new Map();
  const systems = states.map(({ pinned, artifacts }) => ({ target: pinned.target, artifacts }));
  return log.group('Hash without Nix', async () => {
    const { hashes, downloaded } = await hashOutputs(systems, project, await native());
    for (const { system, hash, files } of hashes) log.info(`${system}: ${hash}, ${files} wheels`);
    log.info(`${downloaded.files} files downloaded, ${(downloaded.bytes / 1e6).toFixed(1)} MB`);
    return new Map(hashes.map(({ system, hash }) => [system, hash]));
  });
}

function differ(system: string, nix: string, native: string): UserError {
  return new UserError(
    'hashes-differ',
    `Two derivations of the hash for ${system} differ: Nix's build gave ${nix}, this program's own download and NAR ${native}. Nothing was changed. Either the index gives different bytes each time for a file that uv.lock has no hash of, or something on the way changes them; look at 'uv-fod hash' on another machine before you trust either.`,
  );
}
