import type { FixedOutput } from '../config/types.ts';
import { changedLiterals } from '../nix/code-literals.ts';
import { isHashName, isUnsetHash } from '../nix/literal.ts';
import type { BaseTree } from './base-tree.ts';
import { refuse } from './refuse.ts';
import {
  type Allowed,
  closest,
  type LiteralPlace,
  type PackageToVerify,
  placesOf,
  versionChanges,
} from './verify-version.ts';
import { isNewHash, outputsOf } from './version-places.ts';

/** A file of the result that is not a build lock. */
export interface CodeFile {
  /** Relative to the root. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** A dependency hash: in the base's build lock, and computed by this job. */
export interface HashOfSystem {
  readonly system: string;
  readonly before: string | undefined;
  readonly after: string;
}

/** Arguments for the hashes of these outputs in nixpkgs. */
const ALIASES: Readonly<Record<string, string>> = {
  goModules: 'vendorHash',
  cargoDeps: 'cargoHash',
  npmDeps: 'npmDepsHash',
};

/**
 * Verifies that Nix files change only in literals that may change: dependency hashes that this job
 * computed, the version of a verified release, and hashes of further fixed-output derivations. Nix
 * is not run, so the literals are found in the base's code; ambiguous ones are refused.
 * @returns new hashes of further fixed-output derivations, which only the other job computed
 * @throws UserError `result-refused`
 */
export async function verifyNixFiles(
  files: readonly CodeFile[],
  packages: readonly PackageToVerify[],
  hashes: readonly HashOfSystem[],
  tree: BaseTree,
): Promise<{ attribute: string; after: string }[]> {
  const places = files.flatMap(({ path: file, before }) => placesOf(file, before));
  const dependencies = hashes.map(
    (one): Allowed => ({
      at: dependencyPlaces(one, places),
      becomes: (after) => after === one.after,
    }),
  );
  const versions = (await Promise.all(packages.map((one) => versionChanges(one, tree)))).flat();
  const taken = new Set(dependencies.flatMap(({ at }) => at));
  const free = places.filter((place) => !taken.has(place));
  const outputs = packages.flatMap((one) =>
    outputsOf(one.config, one.bump !== undefined)
      .filter(({ pointer }) => pointer === undefined)
      .map((output) => ({ output, at: outputPlaces(output, one, free), becomes: isNewHash })),
  );
  const used = useAll(files, [...dependencies, ...versions, ...outputs]);
  for (const one of versions)
    if (!one.isOptional && !used.has(one))
      throw refuse('it changes the version, but not in all of its places');
  return outputs.flatMap((one) => {
    const after = used.get(one);
    return after === undefined ? [] : [{ attribute: one.output.attribute, after }];
  });
}

/** Assigns each changed literal to an allowed change, each of which is used once. */
function useAll(files: readonly CodeFile[], allowed: readonly Allowed[]): Map<Allowed, string> {
  const used = new Map<Allowed, string>();
  for (const { path: file, before, after } of files) {
    const changed = changedLiterals(before, after);
    if (changed === undefined) throw refuse(`it changes more in ${file} than version and hashes`);
    for (const { literal, after: now } of changed) {
      const found = allowed.find(
        (one) =>
          !used.has(one) &&
          one.becomes(now, literal.value) &&
          one.at.some((place) => place.file === file && place.literal.start === literal.start),
      );
      if (!found)
        throw refuse(
          `it changes a string in ${file} that is neither the version of a verified release nor a hash that belongs there`,
        );
      used.set(found, now);
    }
  }
  return used;
}

/**
 * Literals of a dependency hash: with the value of the build lock, else arguments of `fetchUvDeps`.
 */
function dependencyPlaces({ system, before }: HashOfSystem, places: readonly LiteralPlace[]): LiteralPlace[] {
  const isNamed = ({ literal: { name } }: LiteralPlace): boolean => isHashName(name) || name === system;
  const named = places.filter(isNamed);
  const recorded = named.filter(({ literal }) => literal.value !== '' && literal.value === before);
  if (recorded.length > 0) return recorded;
  const called = named.filter(({ literal: { within } }) => within.includes('fetchUvDeps'));
  return called.length > 0 ? called : named.filter(({ literal }) => isUnsetHash(literal.value));
}

/**
 * Literals for the hash of a further fixed-output derivation: by its name, or by what is around it.
 */
function outputPlaces(
  { attribute, file }: FixedOutput,
  { config }: PackageToVerify,
  places: readonly LiteralPlace[],
): readonly LiteralPlace[] {
  const hashes = places.filter(
    (place) => isHashName(place.literal.name) && (file === undefined || place.file === file),
  );
  const names = attribute.split('.').filter((one) => one !== '');
  const last = names.at(-1) ?? '';
  const fits = ({ literal }: LiteralPlace): boolean =>
    literal.name === ALIASES[last] || literal.within.some((one) => names.includes(one));
  const found = hashes.filter(fits);
  if (found.length > 0) return closest(found, config);
  return hashes.length === 1 ? closest(hashes, config) : [];
}
