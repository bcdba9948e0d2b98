import path from 'node:path';
import type { FixedOutput } from '../config/types.ts';
import type { NixAnswer } from '../nix/answers.ts';
import { pointerPath } from '../nix/data-literals.ts';
import { ask } from '../nix/expression.ts';
import { type FixedDrv, fixedInputs, nameOfDrv } from '../nix/fixed-drv.ts';
import { hashAsItIs, hashFromScratch } from '../nix/fod-hash.ts';
import type { HashPlace } from '../nix/hash-candidates.ts';
import { type FoundHash, findHashes, type SoughtHash } from '../nix/hash-places.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';
import type { BumpContext } from './context.ts';

/** A fixed-output derivation, and the key of the configuration that names it. */
export interface BumpedOutput extends FixedOutput {
  readonly key: 'source-hash' | 'also' | 'dependencies';
  /** Whether it may be one that no machine here builds: its hash stays. */
  readonly mayLack?: boolean;
  /** No attribute leads to it: `attribute` is the name of its derivation. */
  readonly isInClosure?: boolean;
  /**
   * What becomes of a hash that differs between two runs: `propose` the first one, `keep` the
   * present one. Not set: it is refused.
   */
  readonly drift?: ((before: string, file: string) => Promise<'propose' | 'keep'>) | undefined;
}

/** The derivation of an output, under its present hash. */
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
 * Facts about a fixed-output derivation that a package is built from, by its derivation's name.
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
  return { ...one, positions: [], file: null };
}

/** What is needed to find a hash, without changing anything. */
interface LookContext extends Pick<BumpContext, 'derivation' | 'run' | 'root' | 'scratch'> {
  readonly read: (file: string) => Promise<string | undefined>;
}

/** Finds where the hash of an output is written. */
export async function whereIs(
  output: BumpedOutput,
  { derivation, run, root, scratch, read }: LookContext,
  known?: OutputFacts,
): Promise<FoundHash | undefined> {
  const { attribute, file, pointer } = output;
  const { hash, algorithm, positions } = known ?? (await factsOf(output, derivation, run));
  const value = hash ?? '';
  const keys = pointer === undefined ? undefined : pointerPath(pointer);
  const named = file === undefined ? undefined : { file: path.join(root, file), path: keys };
  const sought: SoughtHash = {
    ...{ what: `the hash of '${attribute}'`, value, algorithm: algorithm || 'sha256' },
    ...{ positions, named },
  };
  const evaluated = async (copied: DerivationRef) => [(await factsOf(output, copied, run)).hash];
  return (await findHashes(derivation, [sought], evaluated, { run, scratch, read }))[0];
}

/** @throws UserError `literal-missing`, `hash-not-seen`, `literal-ambiguous` */
export async function placeOfOutput(
  output: BumpedOutput,
  facts: OutputFacts,
  context: BumpContext,
): Promise<HashPlace> {
  const { attribute, key } = output;
  const read = context.edits.read.bind(context.edits);
  const found = await whereIs(output, { ...context, read }, facts);
  if (found?.place) return found.place;
  const { code, why, at } = found?.problem ?? {};
  throw new UserError(
    code ?? 'literal-missing',
    `${why}. Write it as a literal that nothing else is made of, or name the file that has it in the configuration: ${key} = ${entryFor(attribute, key)}. Nothing was changed.`,
    { at },
  );
}

const entryFor = (attribute: string, key: BumpedOutput['key']): string => {
  const output = `{ attribute = "${attribute}", file = "…" }`;
  return key === 'also' ? `[${output}]` : output;
};

/** What is known of a hash that can't be written. */
interface UnwrittenHash {
  readonly what: string;
  readonly fake: string;
  /** What the derivation has now. */
  readonly present: FixedDrv | undefined;
}

/**
 * Of dependencies whose hash can't be written the right hash is computed all the same.
 * @returns undefined if the present hash is right
 * @throws UserError `hash-not-written` with the right hash, or the given error
 */
export async function unwritten(
  error: unknown,
  { attribute, isInClosure, key }: BumpedOutput,
  { what, fake, present }: UnwrittenHash,
  context: BumpContext,
): Promise<undefined> {
  const isPlace = error instanceof UserError && placeErrors.includes(error.code);
  if (!isPlace || key !== 'dependencies' || present === undefined) throw error;
  context.log.warning(`The new hash will not be written: ${error.message}`);
  const under = (newHash: string) =>
    ask(context.derivation, 'outputRehashed', context.run, { given: { path: attribute, newHash } });
  const hash = isInClosure
    ? await hashAsItIs(what, present, context)
    : (await hashFromScratch({ what, under }, fake, context)).hash;
  if (hash === present.hash) return undefined;
  throw new UserError(
    'hash-not-written',
    `${what} needs the hash ${hash}, which can't be written: ${error.message}`,
    {
      at: error.at,
    },
  );
}

const placeErrors: readonly string[] = ['literal-missing', 'hash-not-seen', 'literal-ambiguous'];
