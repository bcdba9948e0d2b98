import * as answers from '../nix/answers.ts';
import type { Position } from '../nix/evaluate.ts';
import { evaluationError } from '../nix/evaluation-error.ts';
import { evaluateJson, type Question } from '../nix/expression.ts';
import type { DerivationRef } from '../nix/target.ts';
import type { Run } from '../system/run.ts';
import type { Shape } from '../system/shape.ts';

/** Facts about a package before it is bumped. */
export interface PackageFacts {
  readonly version: string;
  readonly position: Position | null;
  /** Commit of the source, if it is set. */
  readonly revision: string | null;
  /** Whether the package's `src` is a fixed-output derivation. */
  readonly hasFetchedSource: boolean;
  /** File that `meta.position` names. */
  readonly file: string | null;
}

/** Facts about a fixed-output derivation. */
export interface OutputFacts {
  /** The hash as written in the expression; null if this is no fixed-output derivation. */
  readonly hash: string | null;
  readonly algorithm: string | null;
  /** `flat`, `recursive` or `nar`. */
  readonly mode: string;
  readonly drv: string;
  readonly out: string;
  /** Where the hash may be written, the likeliest first. */
  readonly positions: readonly Position[];
  readonly file: string | null;
}

/** Facts about an attribute that is bound to a string. */
export interface StringFacts {
  readonly value: string;
  readonly position: Position | null;
}

/** @throws UserError what evaluation throws */
export function packageFacts(derivation: DerivationRef, run: Run): Promise<PackageFacts> {
  return evaluate(derivation, { question: 'packageFacts', shape: answers.packageFacts }, run);
}

/** @param path attribute path, from the package if it begins with a dot */
export function outputFacts(derivation: DerivationRef, path: string, run: Run): Promise<OutputFacts> {
  return evaluate(derivation, { question: 'outputFacts', given: { path }, shape: answers.outputFacts }, run);
}

/** The value of the attribute at a path, and where it is bound. */
export function stringFacts(derivation: DerivationRef, path: string, run: Run): Promise<StringFacts> {
  return evaluate(derivation, { question: 'stringFacts', given: { path }, shape: answers.stringFacts }, run);
}

/** The store path that the output of the derivation at a path has under a hash. */
export function outputPath(derivation: DerivationRef, path: string, hash: string, run: Run): Promise<string> {
  const given = { path, newHash: hash };
  return evaluate(derivation, { question: 'outputPath', given, shape: answers.word }, run);
}

async function evaluate<T>(
  derivation: DerivationRef,
  question: Question & { readonly shape: Shape },
  run: Run,
): Promise<T> {
  const result = await evaluateJson<T>(derivation, question, run);
  if ('value' in result) return result.value;
  throw await evaluationError(derivation, result, run, question.given?.path);
}
