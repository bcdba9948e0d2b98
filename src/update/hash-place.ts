import path from 'node:path';
import { rootOf } from '../nix/copy.ts';
import type { Pinned } from '../nix/evaluate.ts';
import { ask } from '../nix/expression.ts';
import { candidatesIn, filesWith, type LiteralPlace, placeText } from '../nix/literal-candidates.ts';
import { type FoundLiteral, findLiterals, type LiteralProblem } from '../nix/literal-places.ts';
import { type DerivationRef, folderOf, placeOf } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { Context } from './context.ts';

export interface SystemHash {
  readonly system: string;
  readonly before: string;
  readonly after: string;
  /** How `after` was obtained; `recorded` if it was current and nothing was computed. */
  readonly how: 'nix' | 'native' | 'both' | 'recorded';
  /** Where a new hash has to be written, or why it can't be; neither is set if the hash stays. */
  readonly place?: FoundLiteral['place'];
  readonly problem?: FoundLiteral['problem'];
}

/**
 * The place where a hash is written, in any form: the derivation's own file, otherwise any Nix or
 * data file of the repository. Whether the derivation uses that literal is not checked.
 */
export async function placeOfHash(
  value: string,
  derivation: DerivationRef,
  context: Pick<Context, 'read' | 'run'>,
): Promise<LiteralPlace | undefined> {
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
): Promise<FoundLiteral[]> {
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
  return findLiterals(derivation, sought, evaluated, { run, read, scratch });
}

/** Why hashes can't be written, and where to put them. */
export function unwrittenText({ file }: DerivationRef, { why, at }: LiteralProblem): string {
  const where = at ? placeText({ line: 1, ...at }) : (file ?? 'the expression');
  return `uv-fod can't write it, because ${why}. Put it where ${where} takes it from, as a string that nothing else is made of.`;
}

/** @throws UserError of the problem if a hash can't be written */
export function requireWritten(derivation: DerivationRef, hashes: readonly SystemHash[]): void {
  const unwritten = hashes.filter(({ problem }) => problem !== undefined);
  const problem = unwritten[0]?.problem;
  if (problem === undefined) return;
  const needed = unwritten.map(({ system, after }) => `${after} for ${system}`).join(' and ');
  throw new UserError(
    problem.code,
    `'${derivation.attribute}' needs the hash ${needed}. ${unwrittenText(derivation, problem)} Nothing was changed.`,
    { at: problem.at ?? placeOf(derivation).at },
  );
}
