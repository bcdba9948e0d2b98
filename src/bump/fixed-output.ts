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
import type { Bench } from './bench.ts';
import { confirm, hashFromScratch, hashOfSecondRun, notReproducible } from './build.ts';
import { type Difference, differences } from './differences.ts';
import { type OutputFacts, outputFacts, outputPath } from './facts.ts';
import { filesOf, findJson, missing, type Place, placesAt, placesIn, type Sought } from './place.ts';

/** How many literals are tried before it is said that the place can't be found. */
const MAX_PLACES = 24;

/** A fixed output's hash, made anew and believed. */
export interface FixedHash {
  readonly attribute: string;
  readonly before: string;
  readonly after: string;
  readonly file: string;
  readonly line: number;
}

/**
 * Gets a fixed output's hash from nothing: writes one that cannot be right in its place, builds, takes the right one out of
 * Nix's answer, writes that, and has the builder run a second time, from which the same has to come.
 *
 * @throws UserError `not-fixed-output`, `literal-missing`, `hash-not-seen`, `fetch-failed`, `output-order`,
 *   `not-reproducible`; what was written is the caller's to put back
 */
export async function bumpOutput(output: FixedOutput, bench: Bench): Promise<FixedHash> {
  const { attribute } = output;
  const facts = await outputFacts(bench.derivation, attribute, bench.run);
  const { hash: before } = facts;
  if (before === null)
    throw new UserError(
      'not-fixed-output',
      `'${attribute}' of '${bench.derivation.attribute}' is no fixed output (it has no outputHash). Name the derivation that is fetched, such as '.src' or '.goModules', in the configuration.`,
    );
  const { place, drv } = await withFake(output, facts, before, bench);
  const after = await hashFromScratch(attribute, drv, bench);
  await place.replace(after);
  await confirm(attribute, after, bench);
  const second = await hashOfSecondRun(attribute, bench);
  if (second !== undefined)
    throw notReproducible(attribute, [after, second], await differ(attribute, after, place, bench));
  const { file, line } = place;
  bench.log.info(
    `${attribute}: ${before === after ? `${after}, as before` : `${before || '(none)'} → ${after}`}; a second run gave the same`,
  );
  return { attribute, before, after, file, line };
}

/**
 * What differs between the first run's output and that of one more run. The second run's is gone: Nix keeps what a build
 * under a wrong hash made, under the path of the hash that it got, but not what a check made.
 */
async function differ(
  attribute: string,
  first: string,
  place: Place,
  bench: Bench,
): Promise<Difference[] | undefined> {
  const { derivation, run, log } = bench;
  try {
    await place.replace(fakeOf(first, null, 3));
    const { drv } = await outputFacts(derivation, attribute, run);
    const other = await hashFromScratch(attribute, drv, bench);
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
 * Writes a hash that cannot be right where the real one stands. Which of several literals that is, Nix tells: it is the one
 * whose change it sees.
 */
async function withFake(
  output: FixedOutput,
  facts: OutputFacts,
  value: string,
  { derivation, run, root, edits, files }: Bench,
): Promise<{ place: Place; drv: string }> {
  const what = `the hash of '${output.attribute}'`;
  const sought: Sought = { what, value, positions: facts.positions, files: [facts.file, ...files] };
  const places = await placesOfHash(output, sought, root, edits);
  const fake = fakeOf(value, facts.algorithm, 1);
  for (const place of places.slice(0, MAX_PLACES)) {
    const before = await edits.read(place.file);
    await place.replace(fake === value ? fakeOf(value, facts.algorithm, 2) : fake);
    // Another thing's hash may have been hit, and what is evaluated does not stand that.
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

/** Where a hash may stand: at its pointer, where Nix says that it is bound, or wherever that text is. */
async function placesOfHash(
  { file, pointer }: FixedOutput,
  sought: Sought,
  root: string,
  edits: Edits,
): Promise<Place[]> {
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
 * A hash of the same algorithm that cannot be right, in the form that Nix prints.
 * @param fill all of its bytes; another one makes another derivation, which Nix builds again
 */
function fakeOf(hash: string, algorithm: string | null, fill: number): string {
  const name = /^(sha\d+)-/.exec(hash)?.[1] ?? algorithm ?? 'sha256';
  return `${name}-${Buffer.alloc(lengths[name] ?? 32, fill).toString('base64')}`;
}

function notSeen(attribute: string, { file, line }: Place): UserError {
  return new UserError(
    'hash-not-seen',
    `${file}:${line} says what the hash of '${attribute}' is, but when it is changed there, Nix does not see it: the hash comes from another place, or is put together. Name that place in the configuration ('file', and 'pointer' where it is JSON).`,
    { at: { file, line } },
  );
}
