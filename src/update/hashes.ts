import { hashOutputs } from '../fetch/hash.ts';
import { hashByNix } from '../nix/build.ts';
import { UserError } from '../system/errors.ts';
import type { Options } from './options.ts';
import type { Plan, SystemState } from './plan.ts';
import type { Context } from './types.ts';

export interface SystemHash {
  readonly system: string;
  readonly before: string;
  readonly after: string;
  /** How `after` was obtained; `recorded` if it was current and nothing was computed. */
  readonly how: 'nix' | 'native' | 'both' | 'recorded';
}

/**
 * The hashes of all systems. The builder's own comes from a Nix build from scratch, and from this
 * program's own download and NAR; other systems' from the latter, in the same pass.
 *
 * @throws UserError `fetch-failed`, those of `hashOutputs`, and `hashes-differ`
 */
export async function hashAll(
  { derivation, pinned: { project, system: builder }, states }: Plan,
  { lockOnly, recompute, skipSecondDerivation }: Options,
  context: Context,
): Promise<SystemHash[]> {
  if (lockOnly) return states.map(recordedHash);
  // What a pull request's build lock records of its hash is no reason to skip the hash.
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
