import * as answers from '../nix/answers.ts';
import { ask } from '../nix/expression.ts';
import { buildInputs, type FixedDrv, fixedDrv, nameOfDrv } from '../nix/fixed-drv.ts';
import type { FodUnderHash } from '../nix/fod-hash.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';
import type { Valid } from '../system/shape.ts';

// Types of what Nix answers: null for what a derivation does not have.

/** Version, position and file (`meta.position`) of a package; commit of its source. */
export type PackageFacts = Valid<typeof answers.packageFacts>;

/**
 * A source that is fetched, by its attribute path from the package: it is in no file of the
 * checkout. Its hash is as written, its identity another one for another source or address.
 */
export type SourceFacts = Valid<typeof answers.sources>[number];

/**
 * A fixed-output derivation, which is in the store then: the hash as written (null if it is no such
 * derivation), and where it may be written, the likeliest first.
 */
export type OutputFacts = Valid<typeof answers.outputFacts>;

/**
 * A package whose dependencies are not fetchUvDeps', and its derivation, which is in the store
 * then: whether it is itself a fixed-output derivation, and whether it has an attribute `uvDeps`.
 */
export type ForeignFacts = Valid<typeof answers.foreign>;

export function packageFacts(derivation: DerivationRef, run: Run): Promise<PackageFacts> {
  return ask(derivation, { question: 'packageFacts', shape: answers.packageFacts }, run);
}

/** The package's source and that of its uv.lock, where they are fetched; once, if they are one. */
export function sourceFacts(derivation: DerivationRef, run: Run): Promise<readonly SourceFacts[]> {
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

/** @throws UserError those of `ask`, `not-a-derivation` */
export const foreignFacts = (derivation: DerivationRef, run: Run): Promise<ForeignFacts> =>
  ask(derivation, { question: 'foreign', shape: answers.foreign, writes: true }, run);

/** The value of the attribute at a path, and where it is bound. */
export function stringFacts(
  derivation: DerivationRef,
  path: string,
  run: Run,
): Promise<Valid<typeof answers.stringFacts>> {
  return ask(derivation, { question: 'stringFacts', given: { path }, shape: answers.stringFacts }, run);
}
