import { hashOutputs } from '../fetch/hash.ts';
import type { HashTools } from '../fetch/types.ts';
import { hashByNix } from '../nix/build.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import type { Run } from '../system/run.ts';
import type { Spotted } from './compare.ts';

export interface SystemHash {
  readonly system: string;
  readonly before: string;
  readonly after: string;
  /** How `after` was obtained; `recorded` where it was current and nothing was computed. */
  readonly how: 'nix' | 'native' | 'both' | 'recorded';
}

export interface HashRequest {
  readonly derivation: DerivationRef;
  /** Folder of uv.lock. */
  readonly project: string;
  /** The system that Nix builds for here. */
  readonly builder: string;
  /** Compute hashes that the build lock says are current as well. */
  readonly distrust: boolean;
  /** Derive the builder's own hash twice, by Nix and without it, and go on only where both agree. */
  readonly twice: boolean;
}

export interface HashParts {
  readonly run: Run;
  readonly log: Log;
  readonly native: () => Promise<HashTools>;
}

/**
 * The hashes of all systems. The builder's own comes from a Nix build from nothing, and from this program's own download and
 * NAR; other systems' from the latter, in the same pass.
 *
 * @throws UserError `fetch-failed`, those of `hashOutputs`, and `hashes-differ`
 */
export async function hashAll(
  request: HashRequest,
  spotted: readonly Spotted[],
  parts: HashParts,
): Promise<SystemHash[]> {
  const stale = spotted.filter(({ isCurrent }) => request.distrust || !isCurrent);
  const own = stale.find(({ pinned }) => pinned.target.system === request.builder);
  const nix = own && (await hashByNix(request.derivation, request.builder, parts.run, parts.log));
  const natively = request.twice ? stale : stale.filter((one) => one !== own);
  const native = await nativeHashes(request, natively, parts);
  const other = native.get(request.builder);
  if (nix !== undefined && other !== undefined && nix !== other) throw differ(request.builder, nix, other);
  return spotted.map((one) => {
    const { system } = one.pinned.target;
    const before = one.pinned.hash;
    if (!stale.includes(one)) return { system, before, after: before, how: 'recorded' };
    const byNix = system === request.builder ? nix : undefined;
    const how = byNix === undefined ? 'native' : native.has(system) ? 'both' : 'nix';
    return { system, before, after: byNix ?? native.get(system) ?? before, how };
  });
}

async function nativeHashes(
  { project }: HashRequest,
  spotted: readonly Spotted[],
  { native, log }: HashParts,
): Promise<ReadonlyMap<string, string>> {
  if (spotted.length === 0) return new Map();
  const systems = spotted.map(({ pinned, artifacts }) => ({ target: pinned.target, artifacts }));
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
