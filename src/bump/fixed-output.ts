import path from 'node:path';
import type { FixedOutput } from '../config/types.ts';
import { pointerPath } from '../nix/data-literals.ts';
import { causeOf } from '../nix/failure.ts';
import { fixedDrv } from '../nix/fixed-drv.ts';
import { type ConfirmedHash, type Fod, hashFromScratch, mismatchOf } from '../nix/fod-hash.ts';
import { type HashPlace, placeText, replaced } from '../nix/hash-candidates.ts';
import { type FoundHash, findHashes, type SoughtHash } from '../nix/hash-places.ts';
import { isUnsetHash } from '../nix/literal.ts';
import { nixBuild } from '../nix/nix-build.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';
import { digestBytes, sriOf } from '../system/sri.ts';
import type { BumpContext } from './context.ts';
import { differences } from './differences.ts';
import { type Drift, describeDrift } from './drift.ts';
import { closureFacts, type OutputFacts, outputFacts } from './facts.ts';
import { notReproducible, outOfOrder, referencesStore } from './output-errors.ts';

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

/** The recomputed and verified hash of a fixed-output derivation. */
export interface FixedHash {
  readonly attribute: string;
  readonly before: string;
  readonly after: string;
  readonly file: string;
  readonly line: number;
  readonly system?: string | undefined;
  /** No machine here builds it, so its hash is not known. */
  readonly lacking?: true;
  /** Another hash came of a second run, so nobody can verify this one. */
  readonly drift?: Drift;
}

/**
 * Recomputes the hash of a fixed-output derivation: writes a fake hash in its place, builds, takes
 * the right one from Nix's answer, writes that, and has the builder run a second time, which must
 * give the same. A hash that is the same as before needs no second run.
 *
 * @throws UserError `not-fixed-output`, `output-order`, those of `placeOfOutput`,
 *   `not-reproducible`, `store-references`, those of `hashFromScratch`; what was written is the
 *   caller's to undo
 */
export async function bumpOutput(output: BumpedOutput, context: BumpContext): Promise<FixedHash> {
  const { attribute } = output;
  const { log } = context;
  const look = (): Promise<OutputFacts> => factsOf(output, context.derivation, context.run);
  const facts = await look();
  const { hash: before } = facts;
  const what = `'${attribute}' of '${context.derivation.attribute}'`;
  if (before === null)
    throw new UserError(
      'not-fixed-output',
      `${what} is no fixed output (it has no outputHash). Name the derivation that is fetched, such as '.src' or '.goModules', in the configuration.`,
    );
  const present = (await fixedDrv(facts.drv))?.hash;
  const place = await placeOfOutput(output, facts, context);
  const text = await context.edits.read(place.file);
  const fake = fakeOf(before, facts.algorithm, before === fakeOf(before, facts.algorithm, 1) ? 2 : 1);
  const fod: Fod = {
    what,
    under: async (hash) => {
      await context.edits.write(place.file, replaced(place.file, text, [{ place, value: hash }]));
      const now = await look();
      if (sriOf(now.hash ?? '', hash.split('-')[0]) === hash) return now;
      const why = `${placeText(place)} has the hash of '${attribute}', but when it is changed there, Nix does not see it`;
      throw new UserError('hash-not-seen', `${why}. Write it once, as a literal. Nothing was changed.`, {
        at: place,
      });
    },
    explain: (result) => referencesStore(what, result) ?? outOfOrder(attribute, result),
  };
  const { file, line } = place;
  const found = { attribute, before, file, line, system: output.system };
  const first = await hashFromScratch(fod, fake, context).catch(async (error: unknown) => {
    if (!output.mayLack || !(error instanceof UserError) || error.code !== 'no-builder') throw error;
    await context.edits.write(file, text);
    log.warning(error.message);
    return undefined;
  });
  if (first === undefined) return { ...found, after: before, lacking: true };
  if (first.hash === present) {
    await context.edits.write(file, text);
    log.info(`${attribute}: ${before}, as before`);
    return { ...found, after: before };
  }
  const drift = await runAgain(fod, first, context);
  if (drift === undefined) {
    log.info(`${attribute}: ${before || '(none)'} → ${first.hash}; a second run gave the same`);
    return { ...found, after: first.hash };
  }
  if (output.drift === undefined) throw notReproducible(attribute, drift);
  const isKept = !isUnsetHash(before) && (await output.drift(before, file)) === 'keep';
  if (isKept) await context.edits.write(file, text);
  log.warning(`${attribute}: two runs gave two hashes, ${drift.hashes.join(' and ')}. ${drift.text}`);
  return { ...found, after: isKept ? before : first.hash, drift };
}

/** The derivation of an output, under its present hash. */
export const drvOf = async (output: BumpedOutput, derivation: DerivationRef, run: Run): Promise<string> =>
  (await factsOf(output, derivation, run)).drv;

const factsOf = (
  { attribute, isInClosure }: BumpedOutput,
  derivation: DerivationRef,
  run: Run,
): Promise<OutputFacts> =>
  isInClosure ? closureFacts(derivation, attribute, run) : outputFacts(derivation, attribute, run);

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
async function placeOfOutput(
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

/**
 * A fake hash of the same algorithm, in the form that Nix prints.
 * @param fill value of its bytes; another value is another derivation, which Nix builds again
 */
function fakeOf(hash: string, algorithm: string | null, fill: number): string {
  const name = /^(sha\d+)-/.exec(hash)?.[1] ?? algorithm ?? 'sha256';
  return `${name}-${Buffer.alloc(digestBytes[name] ?? 32, fill).toString('base64')}`;
}

/**
 * Runs the builder a second time under the new hash. Nix itself runs this one, never a remote
 * builder: a relayed hash is text of the build.
 * @returns undefined if the hash is the same
 */
async function runAgain(fod: Fod, first: ConfirmedHash, context: BumpContext): Promise<Drift | undefined> {
  const result = await nixBuild(['--check', first.drv], context, `Nix: ${fod.what}, a second time`);
  if (result.code === 0) return undefined;
  const [algorithm = ''] = first.hash.split('-');
  const second = mismatchOf(first.drv, algorithm, { errors: result.errors, relayed: [] });
  if (second === undefined)
    throw new UserError(
      'fetch-failed',
      `${fod.what} failed when it was fetched a second time: ${causeOf(result)}. Nothing was changed. Fix that and run again; what the build printed is in the log.`,
      { log: result.stderr },
    );
  return { hashes: [first.hash, second.got], text: await differ(fod, first, context) };
}

/**
 * What differs between the first run's output and that of one more run. The second run's is gone:
 * Nix keeps what a build under a wrong hash produced, under the path of the actual hash, but not
 * what a check produced.
 */
async function differ(fod: Fod, first: ConfirmedHash, context: BumpContext): Promise<string> {
  const trees = async (): Promise<readonly [string, string]> => {
    const other = await hashFromScratch(fod, fakeOf(first.hash, null, 3), context);
    return [first.out, other.out];
  };
  try {
    const both = await trees();
    const found = await differences(...both);
    return await describeDrift(found, both);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `What differs is unknown: ${error.message}`;
  } finally {
    await fod.under(first.hash);
  }
}
