import { type Artifact, sriOf } from '../uv/plan/artifact.ts';
import type { SeparateWheels } from './schema.ts';

/**
 * Minimum size of a wheel in bytes; a derivation for a smaller one costs more than it saves.
 * Compiled ones have few files, and no bytecode for most of them.
 */
const least = { pure: 2_000_000, compiled: 10_000_000 };

/**
 * The large wheels of a plan, which Nix installs in separate derivations, so that they are not
 * installed again when others change. Nix needs the sha256 of each. Compiled wheels that load
 * libraries of other wheels are still installed together with them; only the build can detect that
 * (nix/scripts/apart.sh).
 */
export function separateWheels(artifacts: readonly Artifact[]): SeparateWheels {
  const found = artifacts.flatMap((artifact): [string, string][] => {
    const { kind, filename = '', size = 0 } = artifact;
    const sri = sriOf(artifact);
    const isLarge = size >= (filename.endsWith('-none-any.whl') ? least.pure : least.compiled);
    return kind === 'wheel' && isLarge && sri !== undefined ? [[filename, sri]] : [];
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
