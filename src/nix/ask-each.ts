import { UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';
import type { NixAnswer } from './answers.ts';
import type { Given } from './evaluation-error.ts';
import { ask } from './expression.ts';
import { failureText } from './failure.ts';
import type { DerivationRef } from './target.ts';

/** Most evaluations to find broken attributes: enough for about five among a hundred. */
const MOST = 60;

type Search = 'derivations' | 'namedAtTop';

/** An attribute that is not searched, and why. */
export interface BrokenAttribute {
  readonly name: string;
  readonly why: string;
}

/**
 * Searches a file or flake. Nix's `tryEval` catches `throw` and `assert` only; any other error
 * stops the evaluation, so attributes with such an error are found by bisection and left out.
 * @param given further arguments of evaluation.nix
 * @throws UserError if no attribute causes the error
 */
export async function askEach<Q extends Search>(
  top: DerivationRef,
  question: Q,
  run: Run,
  given: Given = {},
): Promise<{ readonly found: NixAnswer<Q>[number][]; readonly leftOut: readonly BrokenAttribute[] }> {
  const found: NixAnswer<Q>[number][] = [];
  const leftOut: BrokenAttribute[] = [];
  let rest = MOST;
  const search = async (names: readonly string[]): Promise<void> => {
    rest--;
    try {
      found.push(...(await ask(top, question, run, { given: { ...given, only: names } })));
    } catch (error) {
      const why = `it can't be evaluated: ${reasonOf(error)}`;
      const half = names.length / 2;
      if (half < 1 || rest <= 0) leftOut.push(...names.map((name) => ({ name, why })));
      else for (const part of [names.slice(0, half), names.slice(half)]) await search(part);
    }
  };
  try {
    return { found: [...(await ask(top, question, run, { given }))], leftOut };
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'nix-missing') throw error;
    const names = await ask(top, 'namesAtTop', run);
    if (names.length === 0) throw error;
    await search(names);
    return { found, leftOut };
  }
}

/** Why Nix can't evaluate, as a phrase. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof UserError)) throw error;
  return error.code === 'nix-missing' ? 'Nix is not installed' : failureText(error.log ?? error.message);
}
