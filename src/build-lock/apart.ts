import { sriFromHex } from '../system/sri.ts';
import type { Artifact } from '../uv/plan/index.ts';
import { sameData } from './text.ts';
import type { Apart } from './types.ts';

/** Bytes of a wheel from which on an environment of its own is worth what it costs to make. */
const worthIt = 2_000_000;

/**
 * The wheels of a plan that Nix installs each in a derivation of its own, which a change of other wheels leaves as it is: large
 * ones, and only those without compiled code (platform tag `any`), since libraries of wheels may look for each other.
 * What has no sha256 in the lock is none of them: Nix has to know each by its digest.
 */
export function wheelsApart(artifacts: readonly Artifact[]): Apart {
  const found = artifacts.flatMap(({ kind, filename = '', size = 0, hash = '' }): [string, string][] => {
    const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(hash) ?? [];
    const isOne = kind === 'wheel' && size >= worthIt && filename.endsWith('-none-any.whl');
    return isOne && hex !== undefined ? [[filename, sriFromHex(hex)]] : [];
  });
  return Object.fromEntries(found);
}

/** @returns whether what a build lock has is what a plan asks for */
export const sameApart = (locked: Apart | undefined, artifacts: readonly Artifact[]): boolean =>
  sameData(locked ?? {}, wheelsApart(artifacts));

/** @returns the file name of an entry that is no wheel of the plan, or has other bytes; undefined where there is none */
export function strangeApart(locked: Apart | undefined, artifacts: readonly Artifact[]): string | undefined {
  const hashes = new Map(
    artifacts.flatMap(({ kind, filename, hash = '' }) =>
      kind === 'wheel' && hash.startsWith('sha256:')
        ? [[filename, sriFromHex(hash.slice('sha256:'.length))]]
        : [],
    ),
  );
  return Object.keys(locked ?? {}).find((file) => hashes.get(file) !== locked?.[file]);
}
