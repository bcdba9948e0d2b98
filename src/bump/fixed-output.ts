import path from 'node:path';
import type { FixedOutput } from '../config/types.ts';
import { pointerPath } from '../nix/data-literals.ts';
import { causeOf, mismatches } from '../nix/failure.ts';
import { type ConfirmedHash, type Fod, hashFromScratch, mismatchOf } from '../nix/fod-hash.ts';
import { type HashPlace, placeText, replaced } from '../nix/hash-candidates.ts';
import { findHashes, type SoughtHash } from '../nix/hash-places.ts';
import { type NixResult, nixBuild } from '../nix/nix-build.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';
import { digestBytes, sriOf } from '../system/sri.ts';
import type { BumpContext } from './context.ts';
import { type Difference, differences } from './differences.ts';
import { type OutputFacts, outputFacts } from './facts.ts';

/** How many differing files an error names. */
const SHOWN = 12;

/** A fixed-output derivation, and the key of the configuration that names it. */
export interface BumpedOutput extends FixedOutput {
  readonly key: 'source-hash' | 'also';
}

/** The recomputed and verified hash of a fixed-output derivation. */
export interface FixedHash {
  readonly attribute: string;
  readonly before: string;
  readonly after: string;
  readonly file: string;
  readonly line: number;
}

/**
 * Recomputes the hash of a fixed-output derivation: writes a fake hash in its place, builds, takes
 * the right one from Nix's answer, writes that, and has the builder run a second time, which must
 * give the same.
 *
 * @throws UserError `not-fixed-output`, `output-order`, those of `placeOfOutput`,
 *   `not-reproducible`, those of `hashFromScratch`; what was written is the caller's to undo
 */
export async function bumpOutput(output: BumpedOutput, context: BumpContext): Promise<FixedHash> {
  const { attribute } = output;
  const { derivation, run, log } = context;
  const facts = await outputFacts(derivation, attribute, run);
  const { hash: before } = facts;
  if (before === null)
    throw new UserError(
      'not-fixed-output',
      `'${attribute}' of '${derivation.attribute}' is no fixed output (it has no outputHash). Name the derivation that is fetched, such as '.src' or '.goModules', in the configuration.`,
    );
  const place = await placeOfOutput(output, facts, before, context);
  const text = await context.edits.read(place.file);
  const fake = fakeOf(before, facts.algorithm, before === fakeOf(before, facts.algorithm, 1) ? 2 : 1);
  const fod: Fod = {
    what: `'${attribute}' of '${derivation.attribute}'`,
    under: async (hash) => {
      await context.edits.write(place.file, replaced(place.file, text, [{ place, value: hash }]));
      const now = await outputFacts(derivation, attribute, run);
      if (sriOf(now.hash ?? '', hash.split('-')[0]) === hash) return now;
      const why = `${placeText(place)} has the hash of '${attribute}', but when it is changed there, Nix does not see it`;
      throw new UserError('hash-not-seen', `${why}. Write it once, as a literal. Nothing was changed.`, {
        at: place,
      });
    },
    explain: (result) => outOfOrder(attribute, result),
  };
  const { hash: after, ...first } = await hashFromScratch(fod, fake, context);
  await runAgain(attribute, fod, { hash: after, ...first }, context);
  log.info(
    `${attribute}: ${before === after ? `${after}, as before` : `${before || '(none)'} → ${after}`}; a second run gave the same`,
  );
  return { attribute, before, after, file: place.file, line: place.line };
}

/**
 * Finds where the hash is written.
 * @throws UserError `literal-missing`, `hash-not-seen`, `literal-ambiguous`
 */
async function placeOfOutput(
  { attribute, file, pointer, key }: BumpedOutput,
  { algorithm, positions }: OutputFacts,
  value: string,
  { derivation, run, root, edits, scratch }: BumpContext,
): Promise<HashPlace> {
  const keys = pointer === undefined ? undefined : pointerPath(pointer);
  const named = file === undefined ? undefined : { file: path.join(root, file), path: keys };
  const sought: SoughtHash = {
    ...{ what: `the hash of '${attribute}'`, value, algorithm: algorithm || 'sha256' },
    ...{ positions, named },
  };
  const evaluated = async (copied: DerivationRef) => [(await outputFacts(copied, attribute, run)).hash];
  const context = { run, scratch, read: edits.read.bind(edits) };
  const [found] = await findHashes(derivation, [sought], evaluated, context);
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
  return key === 'source-hash' ? output : `[${output}]`;
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
 */
async function runAgain(
  attribute: string,
  fod: Fod,
  first: ConfirmedHash,
  context: BumpContext,
): Promise<void> {
  const result = await nixBuild(['--check', first.drv], context, `Nix: ${fod.what}, a second time`);
  if (result.code === 0) return;
  const [algorithm = ''] = first.hash.split('-');
  const second = mismatchOf(first.drv, algorithm, { errors: result.errors, relayed: [] });
  if (second === undefined)
    throw new UserError(
      'fetch-failed',
      `${fod.what} failed when it was fetched a second time: ${causeOf(result)}. Nothing was changed. Fix that and run again; what the build printed is in the log.`,
      { log: result.stderr },
    );
  throw notReproducible(attribute, [first.hash, second.got], await differ(fod, first, context));
}

/**
 * What differs between the first run's output and that of one more run. The second run's is gone:
 * Nix keeps what a build under a wrong hash produced, under the path of the actual hash, but not
 * what a check produced.
 * @returns undefined if that can't be found out
 */
async function differ(
  fod: Fod,
  first: ConfirmedHash,
  context: BumpContext,
): Promise<Difference[] | undefined> {
  try {
    const other = await hashFromScratch(fod, fakeOf(first.hash, null, 3), context);
    return await differences(first.out, other.out);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    context.log.warning(`What differs is unknown: ${error.message}`);
    return undefined;
  }
}

/**
 * @param hashes of two runs
 * @param found what differs between two outputs, if that is known
 */
function notReproducible(
  attribute: string,
  [first, second]: readonly [string, string],
  found: readonly Difference[] = [],
): UserError {
  const shown = found
    .slice(0, SHOWN)
    .map(({ path, how }) => `${path === '' ? 'the file itself' : printable(path)} (${how})`);
  const more = found.length > SHOWN ? `, and ${found.length - SHOWN} more` : '';
  const files =
    shown.length === 0 ? 'Which files differ is unknown' : `What differs: ${shown.join(', ')}${more}`;
  return new UserError(
    'not-reproducible',
    `'${attribute}' gave two hashes in two runs, ${first} and ${second}, so neither is worth anything: a later build would fail. ${files}. Make it fetch the same bytes each time (no times, no logs, no caches in its output), then run this again. Nothing was changed.`,
  );
}

/** The error for a build that failed because another fixed-output derivation has a wrong hash. */
function outOfOrder(attribute: string, { errors, relayed, stderr }: NixResult): UserError | undefined {
  const [other] = mismatches([...errors, ...relayed]);
  if (other === undefined) return undefined;
  const name = other.drv.replace(/^.*\/[a-z0-9]{32}-/, '').replace(/\.drv$/, '');
  return new UserError(
    'output-order',
    `'${attribute}' needs another fixed-output derivation whose hash is wrong now, ${name} (Nix printed ${other.got}). List that one before '${attribute}' under 'also' in the configuration. Nothing was changed.`,
    { log: stderr },
  );
}
