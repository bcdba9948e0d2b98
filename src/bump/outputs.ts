import type { Literal } from '../nix/code-literals.ts';
import { lineOf } from '../nix/literal.ts';
import { isSystem, type LiteralPlace, literalsOf, placeAt, replaced } from '../nix/literal-candidates.ts';
import { algorithmOf, fakeHash, sriOf } from '../system/sri.ts';
import type { BumpContext, BumpedOutput } from './context.ts';
import { bumpOutput, type FixedHash } from './fixed-output.ts';

/** The hashes of a package's fixed-output derivations. */
export interface BumpedHashes {
  /** Hashes in the order in which they were computed. */
  readonly hashes: readonly FixedHash[];
  /** Systems whose hash was replaced with a placeholder, because it can't be computed here. */
  readonly lacking: readonly string[];
}

/**
 * Recomputes the hashes of fixed-output derivations, in the given order.
 * @param system the system that the package is built for; others may have no machine
 * @throws UserError of `bumpOutput`
 */
export async function bumpOutputs(
  outputs: readonly BumpedOutput[],
  system: string,
  context: BumpContext,
): Promise<BumpedHashes> {
  const hashes: FixedHash[] = [];
  for (const one of outputs) {
    const mayLack = one.system !== undefined && one.system !== system;
    hashes.push(await bumpOutput(one, mayLack, context));
  }
  return { hashes, lacking: await resetOthers(hashes, context) };
}

/** All hashes in the attribute set of systems with this hash. @param text text of the file */
function besideOf({ file, line, after }: FixedHash, text: string): LiteralPlace[] {
  const sets: LiteralPlace[][] = [];
  for (const literal of literalsOf(file, text)) {
    if (!isSystem(literal.name ?? '') || !sriOf(literal.value, algorithmOf(after))) continue;
    const [place, last] = [placeAt(file, text, literal), sets.at(-1)];
    // Between the literals of one set there are only separators.
    if (last === undefined || /[{}]/.test(text.slice(last.at(-1)?.end, literal.start))) sets.push([place]);
    else last.push(place);
  }
  return sets.find((set) => set.some((one) => one.line === line && one.value === after)) ?? [];
}

/**
 * If a hash is new, replaces hashes for other systems with placeholders, because stale ones would
 * stay unnoticed: hashes in the same set, and configured ones that no machine here can compute.
 * @returns the systems whose hash is a placeholder now
 */
async function resetOthers(
  hashes: readonly FixedHash[],
  { edits, log }: Pick<BumpContext, 'edits' | 'log'>,
): Promise<string[]> {
  const fresh = hashes.filter(({ before, after }) => before !== after);
  if (fresh.length === 0) return [];
  const computed = new Set(hashes.flatMap(({ after, lacking }) => (lacking ? [] : [after])));
  const lacking = hashes.filter((one) => one.lacking);
  const systems = new Set(lacking.map(({ system, attribute }) => system ?? attribute));
  const reset = async (file: string, stale: (text: string) => readonly Literal[]): Promise<void> => {
    const text = await edits.read(file);
    const changes = stale(text).map((place) => ({ place, value: fakeHash }));
    await edits.write(file, replaced(file, text, changes));
  };
  for (const one of fresh)
    await reset(one.file, (text) => {
      const stale = besideOf(one, text).filter(({ value }) => !computed.has(value));
      for (const { name = '' } of stale) systems.add(name);
      return stale;
    });
  for (const { file, line, before } of lacking)
    await reset(file, (text) =>
      literalsOf(file, text).filter((one) => one.value === before && lineOf(text, one.start) === line),
    );
  for (const one of systems) log.warning(`The hash for ${one} is a placeholder (lib.fakeHash) now.`);
  return [...systems].sort();
}
