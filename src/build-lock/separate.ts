import { type Artifact, sriOf } from '../uv/plan/artifact.ts';
import type { SeparateWheels } from './types.ts';

/** Minimum size of a wheel in bytes; a derivation for a smaller one costs more than it saves. */
const least = 2_000_000;

/**
 * The wheels of a plan that Nix installs in separate derivations, so that they are not rebuilt when
 * others change: large ones without compiled code (platform tag `any`), since compiled libraries
 * may load those of other wheels. Nix needs the sha256 of each.
 */
export function separateWheels(artifacts: readonly Artifact[]): SeparateWheels {
  const found = artifacts.flatMap((artifact): [string, string][] => {
    const { kind, filename = '', size = 0 } = artifact;
    const sri = sriOf(artifact);
    const isOne = kind === 'wheel' && size >= least && filename.endsWith('-none-any.whl');
    return isOne && sri !== undefined ? [[filename, sri]] : [];
  });
  return Object.fromEntries(found);
}

/** @returns the file name of an entry that is not a wheel of the plan or has a different hash */
export function unexpectedSeparate(
  locked: SeparateWheels | undefined,
  artifacts: readonly Artifact[],
): string | undefined {
  const wheels = artifacts.filter(({ kind }) => kind === 'wheel');
  const hashes = new Map(wheels.map((wheel) => [wheel.filename, sriOf(wheel)]));
  return Object.keys(locked ?? {}).find((file) => hashes.get(file) !== locked?.[file]);
}
