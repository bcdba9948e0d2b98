import type { PackageConfig } from '../config/types.ts';
import { isHashName } from '../nix/literal.ts';
import { fakeHash } from '../system/sri.ts';
import { refuse } from './verified.ts';
import { type Allowed, isNewHash, type UsedChange } from './verify-changes.ts';
import { type CodePlace, outputPlaces } from './verify-places.ts';

// Hashes of packages' own fixed-output derivations, which only the other job could compute.

/** What may become another hash, or a placeholder: one literal of a package's own derivation. */
interface OwnHash extends Allowed {
  readonly attribute: string;
  readonly isTrusted: true;
}

/** Only one hash changes for a package, or those of one set with one for each system. */
export function requireOneEach(own: readonly OwnHash[], used: ReadonlyMap<Allowed, UsedChange>): void {
  for (const [attribute, all] of Map.groupBy(own, (one) => one.attribute)) {
    const sets = all.flatMap((one) => used.get(one)?.at ?? []);
    const isOne = sets.length < 2 || (new Set(sets).size === 1 && !used.has(all[0] as Allowed));
    if (!isOne) throw refuse(`it changes more than one hash for ${attribute}`);
  }
}

/**
 * The hash of a package's own fixed-output derivation: one literal, where the base's code has one
 * that fits its name, else any that is a hash. Those of other systems stand beside it.
 */
export function ownHashes(config: PackageConfig, places: readonly CodePlace[]): OwnHash[] {
  const [first] = config.dependencies;
  const output = first ?? { attribute: 'pythonDeps', file: undefined, pointer: undefined };
  const named = outputPlaces(output, config, places);
  const isOfSystem = ({ literal: { name } }: CodePlace): boolean => /^\w+-(?:linux|darwin)$/.test(name ?? '');
  const hashes = places.filter(({ literal: { name } }) => isHashName(name));
  const attribute = first?.attribute ?? `the dependencies of ${config.name}`;
  const becomes = (after: string, before: string): boolean => isNewHash(after, before) || after === fakeHash;
  const at = named.length > 0 ? named : hashes;
  const one: OwnHash = { attribute, isTrusted: true, becomes: isNewHash, at };
  const others = places
    .filter(isOfSystem)
    .map((place): OwnHash => ({ attribute, isTrusted: true, becomes, at: [place] }));
  return [one, ...others];
}
