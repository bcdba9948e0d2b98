import * as answers from '../nix/answers.ts';
import type { Pinned, Position } from '../nix/evaluate.ts';
import { ask } from '../nix/expression.ts';
import { buildInputs, type FixedDrv, fixedDrv, nameOfDrv } from '../nix/fixed-drv.ts';
import type { FodUnderHash } from '../nix/fod-hash.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';

/** Facts about a package before it is bumped. */
export interface PackageFacts {
  readonly version: string;
  readonly position: Position | null;
  /** Commit of the source, if it is set. */
  readonly revision: string | null;
  /** File that `meta.position` names. */
  readonly file: string | null;
}

/** A source that is fetched: it is in no file of the checkout. */
export interface SourceFacts {
  /** Attribute path, from the package. */
  readonly attribute: string;
  /** The hash as written in the expression; null if this is no fixed-output derivation. */
  readonly hash: string | null;
  /** Another one for another source, or the same source at another address. */
  readonly identity: string;
}

/** Facts about a fixed-output derivation, which is in the store then. */
export interface OutputFacts extends FodUnderHash {
  /** The hash as written in the expression; null if this is no fixed-output derivation. */
  readonly hash: string | null;
  readonly algorithm: string | null;
  /** Where the hash may be written, the likeliest first. */
  readonly positions: readonly Position[];
  readonly file: string | null;
}

/** Facts about an attribute that is bound to a string. */
export interface StringFacts {
  readonly value: string;
  readonly position: Position | null;
}

export function packageFacts(derivation: DerivationRef, run: Run): Promise<PackageFacts> {
  return ask(derivation, { question: 'packageFacts', shape: answers.packageFacts }, run);
}

/** The package's source and that of its uv.lock, where they are fetched; once, if they are one. */
export function sourceFacts(derivation: DerivationRef, run: Run): Promise<SourceFacts[]> {
  return ask(derivation, { question: 'sources', shape: answers.sources }, run);
}

/** @param path attribute path, from the package if it begins with a dot */
export function outputFacts(derivation: DerivationRef, path: string, run: Run): Promise<OutputFacts> {
  const question = { question: 'outputFacts', given: { path }, shape: answers.outputFacts, writes: true };
  return ask(derivation, question, run);
}

/** The derivation that a path leads to under another hash, which is not written anywhere. */
export function outputRehashed(
  derivation: DerivationRef,
  path: string,
  newHash: string,
  run: Run,
): Promise<FodUnderHash> {
  const given = { path, newHash };
  return ask(
    derivation,
    { question: 'outputRehashed', given, shape: answers.fixedOutput, writes: true },
    run,
  );
}

/**
 * Facts about a fixed-output derivation that a package is built from, by its derivation's name.
 * @throws UserError `dependencies-missing`, `dependencies-ambiguous`
 */
export async function closureFacts(derivation: DerivationRef, name: string, run: Run): Promise<OutputFacts> {
  const { drv } = await foreignFacts(derivation, run);
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
  return { ...one, positions: [], file: null };
}

/** The fixed-output derivations that a derivation is built from. */
export async function fixedInputs(
  drv: string,
  run: Run,
  isMeant: (drv: string) => boolean,
): Promise<FixedDrv[]> {
  const found = await Promise.all((await buildInputs(drv, run)).filter(isMeant).map(fixedDrv));
  return found.filter((one) => one !== undefined);
}

/** What is known of a package whose dependencies are not fetchUvDeps'. */
export interface ForeignFacts extends Pick<Pinned, 'pname' | 'version' | 'system' | 'imports'> {
  /** Its derivation, which is in the store then. */
  readonly drv: string;
  /** Whether it is itself a fixed-output derivation. */
  readonly isFixed: boolean;
  /** Whether it has an attribute `uvDeps`. */
  readonly hasUvDeps: boolean;
}

/** @throws UserError those of `ask`, `not-a-derivation` */
export const foreignFacts = (derivation: DerivationRef, run: Run): Promise<ForeignFacts> =>
  ask(derivation, { question: 'foreign', shape: answers.foreign, writes: true }, run);

/** The value of the attribute at a path, and where it is bound. */
export function stringFacts(derivation: DerivationRef, path: string, run: Run): Promise<StringFacts> {
  return ask(derivation, { question: 'stringFacts', given: { path }, shape: answers.stringFacts }, run);
}
