import { randomBytes } from 'node:crypto';
import { ifUserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';
import { digestBytes, sriOf } from '../system/sri.ts';
import { type Copy, copyOf } from './copy.ts';
import { type EvaluatedHash, type HashPlace, replaced } from './hash-candidates.ts';
import type { DerivationRef } from './target.ts';

/** What is needed to find a hash. */
export interface FindContext {
  readonly run: Run;
  readonly read: (file: string) => Promise<string | undefined>;
  readonly scratch: string;
}

/** A hash, and the literals that may be its. */
export interface OpenHash extends EvaluatedHash {
  readonly candidates: readonly HashPlace[];
}

/** Most literals that are tried one by one. */
const MOST_TRIED = 24;

/** The hashes as Nix evaluates them for a derivation in a copy. */
export type EvaluateHashes = (copied: DerivationRef) => Promise<EvaluatedValues>;
type EvaluatedValues = readonly (string | null | undefined)[];

interface LiteralChange {
  readonly place: HashPlace;
  readonly value: string;
}

/**
 * Changes literals in a copy, each to a value of its own, and looks what Nix sees of them.
 * @returns for each hash its literal; `several` if more than one counts
 */
export async function decide(
  derivation: DerivationRef,
  hashes: readonly OpenHash[],
  evaluated: EvaluateHashes,
  context: FindContext,
): Promise<(HashPlace | 'several' | undefined)[]> {
  const all = [...new Set(hashes.flatMap(({ candidates }) => candidates))];
  if (all.length === 0) return hashes.map(() => undefined);
  const copy = await copyOf(derivation, context);
  const valuesWith = (changes: readonly LiteralChange[]) => changedIn(copy, changes, evaluated, context);
  // For each hash the literal whose change Nix sees, if all of these are changed.
  const seenOf = async (places: readonly HashPlace[]): Promise<(HashPlace | undefined)[]> => {
    const changes = places.map((place, at) => {
      const of = hashes.find(({ candidates }) => candidates.includes(place));
      return { place, value: fakeOf(of?.algorithm, at + 1) };
    });
    const values = changes.length === 0 ? undefined : await valuesWith(changes);
    return hashes.map(({ algorithm, candidates }, index) => {
      const now = sriOf(values?.[index] ?? '', algorithm);
      return changes.find(({ place, value }) => value === now && candidates.includes(place))?.place;
    });
  };
  const oneByOne = async (index: number): Promise<HashPlace | 'several' | undefined> => {
    const { candidates = [], algorithm } = hashes[index] ?? {};
    if (candidates.length < 2) return undefined;
    const seen: HashPlace[] = [];
    for (const candidate of candidates.slice(0, MOST_TRIED))
      if ((await seenOf([candidate]))[index] === candidate) seen.push(candidate);
    if (seen.length === 1) return seen[0];
    // Nix may see only a change of all that is the same.
    const value = fakeOf(algorithm, 0);
    const values = await valuesWith(candidates.map((place) => ({ place, value })));
    return seen.length > 1 || sriOf(values?.[index] ?? '', algorithm) === value ? 'several' : undefined;
  };
  try {
    const found: (HashPlace | 'several' | undefined)[] = hashes.map(() => undefined);
    const likely = all.filter((one) => one.isLikely);
    // Any empty text may be it.
    for (const group of likely.length < all.length ? [likely, all] : [all]) {
      const together = await seenOf(group);
      const winners = [...new Set(together.filter((one) => one !== undefined))];
      // What others are changed to must not matter.
      const alone = winners.length < group.length ? await seenOf(winners) : together;
      for (const [index, one] of alone.entries()) if (one === together[index]) found[index] ??= one;
      if (found.every((one, index) => one || hashes[index]?.candidates.length === 0)) break;
    }
    for (const index of hashes.keys()) found[index] ??= await oneByOne(index);
    return found;
  } finally {
    await copy.remove();
  }
}

/** The hashes after changes; undefined if Nix can't evaluate them. */
async function changedIn(
  copy: Copy,
  changes: readonly LiteralChange[],
  evaluated: EvaluateHashes,
  { read }: Pick<FindContext, 'read'>,
): Promise<EvaluatedValues | undefined> {
  const before = new Map<string, string>();
  for (const [file, own] of Map.groupBy(changes, ({ place }) => place.file)) {
    const text = (await read(file)) ?? '';
    before.set(file, text);
    await copy.write(file, replaced(file, text, own));
  }
  try {
    // It may be the value of something else, whose evaluation fails because of it.
    return await evaluated(copy.derivation).catch(ifUserError);
  } finally {
    for (const [file, text] of before) await copy.write(file, text);
  }
}

/** A hash that no output has, another one for each number. */
function fakeOf(algorithm = 'sha256', number: number): string {
  const bytes = randomBytes(digestBytes[algorithm] ?? 32);
  bytes.writeUInt16BE(number);
  return `${algorithm}-${bytes.toString('base64')}`;
}
