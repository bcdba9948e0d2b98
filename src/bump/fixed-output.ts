import { access } from 'node:fs/promises';
import path from 'node:path';
import type { FixedOutput } from '../config/types.ts';
import type { Edits } from '../nix/edits.ts';
import {
  isUnsetHash,
  type Literal,
  literalAt,
  literalsOf,
  unsetHashAt,
  unsetHashesOf,
} from '../nix/literal.ts';
import { UserError } from '../system/errors.ts';
import { confirm, hashFromScratch, hashOfSecondRun, notReproducible } from './build.ts';
import type { BumpContext } from './context.ts';
import { type Difference, differences } from './differences.ts';
import { type OutputFacts, outputFacts, outputPath } from './facts.ts';
import { filesOf, findJson, type LiteralPlace, missing, placesAt, placesIn, type Sought } from './place.ts';

/** Most literals that are tried. */
const MAX_PLACES = 24;

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
 * @throws UserError `not-fixed-output`, `literal-missing`, `hash-not-seen`, `fetch-failed`,
 *   `output-order`, `not-reproducible`; what was written is the caller's to undo
 */
export async function bumpOutput(output: FixedOutput, context: BumpContext): Promise<FixedHash> {
  const { attribute } = output;
  const facts = await outputFacts(context.derivation, attribute, context.run);
  const { hash: before } = facts;
  if (before === null)
    throw new UserError(
      'not-fixed-output',
      `'${attribute}' of '${context.derivation.attribute}' is no fixed output (it has no outputHash). Name the derivation that is fetched, such as '.src' or '.goModules', in the configuration.`,
    );
  const { place, drv } = await withFake(output, facts, before, context);
  const after = await hashFromScratch(attribute, drv, context);
  await place.replace(after);
  await confirm(attribute, after, context);
  const second = await hashOfSecondRun(attribute, context);
  if (second !== undefined)
    throw notReproducible(attribute, [after, second], await differ(attribute, after, place, context));
  const { file, line } = place;
  context.log.info(
    `${attribute}: ${before === after ? `${after}, as before` : `${before || '(none)'} → ${after}`}; a second run gave the same`,
  );
  return { attribute, before, after, file, line };
}

/**
 * What differs between the first run's output and that of one more run. The second run's is gone:
 * Nix keeps what a build under a wrong hash produced, under the path of the actual hash, but not
 * what a check produced.
 */
async function differ(
  attribute: string,
  first: string,
  place: LiteralPlace,
  context: BumpContext,
): Promise<Difference[] | undefined> {
  const { derivation, run, log } = context;
  try {
    await place.replace(fakeOf(first, null, 3));
    const { drv } = await outputFacts(derivation, attribute, run);
    const other = await hashFromScratch(attribute, drv, context);
    const paths = [first, other].map((hash) => outputPath(derivation, attribute, hash, run));
    const [left = '', right = ''] = await Promise.all(paths);
    // A remote builder may have kept one of them.
    const isHere = await Promise.all([left, right].map(exists));
    return isHere.every(Boolean) ? await differences(left, right) : undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.warning(`What differs can't be told: ${error.message}`);
    return undefined;
  }
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * Writes a fake hash where the real one is written. Of several literals it is the one whose change
 * Nix sees.
 */
async function withFake(
  output: FixedOutput,
  facts: OutputFacts,
  value: string,
  { derivation, run, root, edits, files }: BumpContext,
): Promise<{ place: LiteralPlace; drv: string }> {
  const what = `the hash of '${output.attribute}'`;
  const key = output.attribute === '.src' ? 'source-hash' : 'also';
  const sought: Sought = { what, value, positions: facts.positions, files: [facts.file, ...files], key };
  const places = await placesOfHash(output, sought, root, edits);
  const fake = fakeOf(value, facts.algorithm, 1);
  for (const place of places.slice(0, MAX_PLACES)) {
    const before = await edits.read(place.file);
    await place.replace(fake === value ? fakeOf(value, facts.algorithm, 2) : fake);
    // It may be another derivation's hash, and the evaluation may fail because of it.
    const seen = await outputFacts(derivation, output.attribute, run).catch(ifUserError);
    if (seen && seen.hash !== value) return { place, drv: seen.drv };
    await edits.write(place.file, before);
  }
  const [first] = places;
  throw first ? notSeen(output.attribute, first) : missing(sought, root);
}

function ifUserError(error: unknown): undefined {
  if (!(error instanceof UserError)) throw error;
}

/**
 * Where a hash may be written: at its pointer, where Nix reports that it is bound, or anywhere in
 * the files.
 */
async function placesOfHash(
  { file, pointer }: FixedOutput,
  sought: Sought,
  root: string,
  edits: Edits,
): Promise<LiteralPlace[]> {
  const named = file === undefined ? undefined : path.join(root, file);
  if (named !== undefined && pointer !== undefined) return [await findJson(named, pointer, sought, edits)];
  const isUnset = isUnsetHash(sought.value);
  const isIt = (literal: Literal | undefined): Literal | undefined =>
    literal?.value === sought.value ? literal : undefined;
  const bound = await placesAt(
    sought.positions.filter((position) => named === undefined || position?.file === named),
    (text, at) => (isUnset ? unsetHashAt(text, at) : isIt(literalAt(text, at))),
    root,
    edits,
  );
  const written = await placesIn(
    named === undefined ? filesOf(sought, root) : [named],
    (text) => (isUnset ? unsetHashesOf(text) : literalsOf(text, sought.value)),
    edits,
  );
  return [...bound, ...written];
}

/** Bytes of a digest, by algorithm. */
const lengths: Readonly<Record<string, number>> = { sha1: 20, sha256: 32, sha512: 64 };

/**
 * A fake hash of the same algorithm, in the form that Nix prints.
 * @param fill value of its bytes; another value is another derivation, which Nix builds again
 */
function fakeOf(hash: string, algorithm: string | null, fill: number): string {
  const name = /^(sha\d+)-/.exec(hash)?.[1] ?? algorithm ?? 'sha256';
  return `${name}-${Buffer.alloc(lengths[name] ?? 32, fill).toString('base64')}`;
}

function notSeen(attribute: string, { file, line }: LiteralPlace): UserError {
  return new UserError(
    'hash-not-seen',
    `${file}:${line} says what the hash of '${attribute}' is, but when it is changed there, Nix does not see it: the hash comes from another place, or is put together. Name that place in the configuration ('file', and 'pointer' where it is JSON).`,
    { at: { file, line } },
  );
}
