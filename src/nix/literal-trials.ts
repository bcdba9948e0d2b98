import { ifUserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';
import { fakeOf } from '../system/sri.ts';
import { type Copy, copyOf } from './copy.ts';
import { compared, type EvaluatedValue, type LiteralPlace, replaced } from './literal-candidates.ts';
import type { DerivationRef } from './target.ts';

/** The tools to find a literal. */
export interface FindContext {
  readonly run: Run;
  readonly read: (file: string) => Promise<string | undefined>;
  readonly scratch: string;
}

/** A value, and the literals that may be its place. */
export interface OpenValue extends EvaluatedValue {
  readonly candidates: readonly LiteralPlace[];
}

/** Most candidates that are tried one by one. */
const MOST_TRIED = 24;

/** The values as Nix evaluates them for a derivation in a copy. */
export type EvaluateValues = (copied: DerivationRef) => Promise<EvaluatedValues>;
type EvaluatedValues = readonly (string | null | undefined)[];

interface LiteralChange {
  readonly place: LiteralPlace;
  readonly value: string;
}

/**
 * Changes literals in a copy, each to a different value, and finds out which changes Nix sees.
 * @returns the literal of each value; `several` if more than one counts
 */
export async function decide(
  derivation: DerivationRef,
  sought: readonly OpenValue[],
  evaluated: EvaluateValues,
  context: FindContext,
): Promise<(LiteralPlace | 'several' | undefined)[]> {
  const all = [...new Set(sought.flatMap(({ candidates }) => candidates))];
  if (all.length === 0) return sought.map(() => undefined);
  const copy = await copyOf(derivation, context);
  const valuesWith = (changes: readonly LiteralChange[]) => changedIn(copy, changes, evaluated, context);
  // The literal of each value whose change Nix sees, if all `places` are changed together.
  const seenOf = async (places: readonly LiteralPlace[]): Promise<(LiteralPlace | undefined)[]> => {
    const changes = places.map((place, at) => {
      const of = sought.find(({ candidates }) => candidates.includes(place));
      return { place, value: trialOf(of, at) };
    });
    const values = changes.length === 0 ? undefined : await valuesWith(changes);
    return sought.map((one, index) => {
      const now = compared(values?.[index] ?? '', one);
      return changes.find(({ place, value }) => value === now && one.candidates.includes(place))?.place;
    });
  };
  const oneByOne = async (one: OpenValue, index: number): Promise<LiteralPlace | 'several' | undefined> => {
    const { candidates } = one;
    if (candidates.length < 2) return undefined;
    const seen: LiteralPlace[] = [];
    for (const candidate of candidates.slice(0, MOST_TRIED))
      if ((await seenOf([candidate]))[index] === candidate) seen.push(candidate);
    if (seen.length === 1) return seen[0];
    // Nix may see the change only if all candidates have the same new value.
    const value = trialOf(one, 0);
    const values = await valuesWith(candidates.map((place) => ({ place, value })));
    return seen.length > 1 || compared(values?.[index] ?? '', one) === value ? 'several' : undefined;
  };
  try {
    const found: (LiteralPlace | 'several' | undefined)[] = sought.map(() => undefined);
    const likely = all.filter((one) => one.isLikely);
    // Any empty string may be a hash, but likely ones are tried first.
    for (const group of likely.length < all.length ? [likely, all] : [all]) {
      const together = await seenOf(group);
      const winners = [...new Set(together.filter((one) => one !== undefined))];
      // The result must not depend on how other literals are changed.
      const alone = winners.length < group.length ? await seenOf(winners) : together;
      for (const [index, one] of alone.entries()) if (one === together[index]) found[index] ??= one;
      if (found.every((one, index) => one || sought[index]?.candidates.length === 0)) break;
    }
    for (const [index, one] of sought.entries()) found[index] ??= await oneByOne(one, index);
    return found;
  } finally {
    await copy.remove();
  }
}

/** The values after changes; undefined if Nix can't evaluate them. */
async function changedIn(
  copy: Copy,
  changes: readonly LiteralChange[],
  evaluated: EvaluateValues,
  { read }: Pick<FindContext, 'read'>,
): Promise<EvaluatedValues | undefined> {
  const before = new Map<string, string>();
  for (const [file, own] of Map.groupBy(changes, ({ place }) => place.file)) {
    const text = (await read(file)) ?? '';
    before.set(file, text);
    await copy.write(file, replaced(file, text, own));
  }
  try {
    // A changed literal may belong to something else, whose evaluation then fails.
    return await evaluated(copy.derivation).catch(ifUserError);
  } finally {
    for (const [file, text] of before) await copy.write(file, text);
  }
}

/** A different value for each number; first the new one, because evaluation may depend on it. */
function trialOf({ algorithm, next }: Partial<EvaluatedValue> = {}, number: number): string {
  if (next === undefined) return fakeOf(algorithm, number + 1);
  return number === 0 ? next : `${next}.${number}`;
}
