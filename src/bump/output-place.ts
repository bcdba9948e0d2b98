import path from 'node:path';
import type { NixAnswer } from '../nix/answers.ts';
import { pointerPath } from '../nix/data-literals.ts';
import { ask } from '../nix/expression.ts';
import { fixedInputs, nameOfDrv } from '../nix/fixed-drv.ts';
import { isUnsetHash } from '../nix/literal.ts';
import type { LiteralPlace } from '../nix/literal-candidates.ts';
import { type FoundLiteral, findLiterals, type SoughtLiteral } from '../nix/literal-places.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';
import { sriOf } from '../system/sri.ts';
import type { BumpContext, BumpedOutput } from './context.ts';
import { unplaced } from './place.ts';

/** The derivation of an output with its present hash. */
export const drvOf = async (output: BumpedOutput, derivation: DerivationRef, run: Run): Promise<string> =>
  (await factsOf(output, derivation, run)).drv;

export const factsOf = (
  { attribute, isInClosure }: BumpedOutput,
  derivation: DerivationRef,
  run: Run,
): Promise<OutputFacts> =>
  isInClosure
    ? closureFacts(derivation, attribute, run)
    : ask(derivation, 'outputFacts', run, { given: { path: attribute } });

export type OutputFacts = NixAnswer<'outputFacts'>;

/**
 * Finds a fixed-output derivation that a package is built from by its name. @returns facts about it
 * @throws UserError `dependencies-missing`, `dependencies-ambiguous`
 */
async function closureFacts(derivation: DerivationRef, name: string, run: Run): Promise<OutputFacts> {
  const { drv } = await ask(derivation, 'foreign', run);
  const found = await fixedInputs(drv, run, (one) => nameOfDrv(one) === name);
  const [one] = found;
  const what = `'${derivation.attribute}' is built from`;
  if (one === undefined)
    throw new UserError(
      'dependencies-missing',
      `${what} no fixed-output derivation '${name}' any more. Name one with 'dependencies', such as ".pythonDeps".`,
    );
  if (found.length > 1)
    throw new UserError(
      'dependencies-ambiguous',
      `${what} ${found.length} fixed-output derivations '${name}'. Make one of them an attribute of it (passthru.pythonDeps = …;), and name that with 'dependencies'.`,
    );
  // Nix ignores text after "sha256-…=". A literal with a part of a computed hash is not its place.
  const { asWritten = '', algorithm } = one;
  const isWhole = isUnsetHash(asWritten) || sriOf(asWritten, algorithm) !== undefined;
  return { ...one, hash: isWhole ? one.hash : asWritten, positions: [] };
}

/** The dependencies of a search for a hash, which changes nothing. */
interface LookContext extends Pick<BumpContext, 'derivation' | 'run' | 'root' | 'scratch'> {
  readonly read: (file: string) => Promise<string | undefined>;
}

/** Finds where the hash of an output is written. */
export async function whereIs(
  output: BumpedOutput,
  { derivation, run, root, scratch, read }: LookContext,
  known?: OutputFacts,
): Promise<FoundLiteral | undefined> {
  const { attribute, file, pointer } = output;
  const { hash, algorithm, positions } = known ?? (await factsOf(output, derivation, run));
  const value = hash ?? '';
  const keys = pointer === undefined ? undefined : pointerPath(pointer);
  const named = file === undefined ? undefined : { file: path.join(root, file), path: keys };
  const sought: SoughtLiteral = {
    ...{ what: `the hash of '${attribute}'`, value, algorithm: algorithm || 'sha256' },
    ...{ positions, named },
  };
  const evaluated = async (copied: DerivationRef) => [(await factsOf(output, copied, run)).hash];
  return (await findLiterals(derivation, [sought], evaluated, { run, scratch, read }))[0];
}

/**
 * Finds where the hash of an output is written. For dependencies, an error is returned, not thrown:
 * the caller computes the hash in any case.
 * @throws UserError `literal-missing`, `hash-not-seen`, `literal-ambiguous`
 */
export async function placeOfOutput(
  output: BumpedOutput,
  facts: OutputFacts,
  context: BumpContext,
): Promise<LiteralPlace | UserError> {
  const { attribute, key } = output;
  const read = context.edits.read.bind(context.edits);
  const found = await whereIs(output, { ...context, read }, facts);
  if (found?.place) return found.place;
  const error = unplaced(found?.problem, `${key} = ${entryFor(attribute, key)}`);
  if (key === 'dependencies') return error;
  throw error;
}

const entryFor = (attribute: string, key: BumpedOutput['key']): string => {
  const output = `{ attribute = "${attribute}", file = "…" }`;
  return key === 'also' ? `[${output}]` : output;
};
