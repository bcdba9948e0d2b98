import path from 'node:path';
import { rootOf } from '../nix/copy.ts';
import type { Pinned } from '../nix/evaluate.ts';
import { ask } from '../nix/expression.ts';
import { candidatesIn, filesWith, type HashPlace, placeText } from '../nix/hash-candidates.ts';
import { type FoundHash, findHashes, type HashProblem } from '../nix/hash-places.ts';
import { type DerivationRef, folderOf, placeOf } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { Context } from './types.ts';

/**
 * The place where a hash is written, in any form: the derivation's own file, otherwise any Nix or
 * data file of the repository. Only Nix knows what it is bound to.
 */
export async function placeOfHash(
  value: string,
  derivation: DerivationRef,
  context: Pick<Context, 'read' | 'run'>,
): Promise<HashPlace | undefined> {
  if (value === '') return undefined;
  const hash = { value, algorithm: 'sha256' };
  const from = derivation.file ?? path.join(folderOf(derivation), 'default.nix');
  const files = await filesWith([hash], await rootOf(derivation), from, context);
  return (await candidatesIn(files, [hash], context))[0];
}

/**
 * Where the hashes of a derivation's systems are written, in their order.
 */
export function placesOfHashes(
  derivation: DerivationRef,
  { systems }: Pick<Pinned, 'systems'>,
  { run, read, scratch }: Pick<Context, 'run' | 'read' | 'scratch'>,
): Promise<FoundHash[]> {
  const sought = systems.map(({ target: { system }, hash: value, position }) => ({
    ...{ value, algorithm: 'sha256', positions: [position] },
    what: `the hash of '${derivation.attribute}' for ${system}`,
  }));
  const evaluated = async (copied: DerivationRef): Promise<readonly (string | undefined)[]> => {
    const now = await ask(copied, 'pinned', run);
    return systems.map(
      ({ target: { system } }) => now.systems.find((one) => one.target.system === system)?.hash,
    );
  };
  return findHashes(derivation, sought, evaluated, { run, read, scratch });
}

/** A right hash that can't be written, since its place is not known. */
export interface Unwritten {
  readonly system: string;
  readonly after: string;
  readonly problem: HashProblem;
}

/** Why hashes can't be written, and where to put them. */
export function unwrittenText({ file }: DerivationRef, unwritten: readonly Unwritten[]): string {
  const { why, at } = unwritten[0]?.problem ?? {};
  const where = at ? placeText({ line: 1, ...at }) : (file ?? 'the expression');
  return `uv-fod can't write it, because ${why}. Put it where ${where} takes it from, as a string that nothing else is made of.`;
}

/** @throws UserError of the problem if a hash can't be written */
export function requireWritten(derivation: DerivationRef, unwritten: readonly Unwritten[]): void {
  const [first] = unwritten;
  if (first === undefined) return;
  const hashes = unwritten.map(({ system, after }) => `${after} for ${system}`).join(' and ');
  throw new UserError(
    first.problem.code,
    `'${derivation.attribute}' needs the hash ${hashes}. ${unwrittenText(derivation, unwritten)} Nothing was changed.`,
    { at: first.problem.at ?? placeOf(derivation).at },
  );
}
