import { access } from 'node:fs/promises';
import path from 'node:path';
import type { FixedOutput } from '../config/types.ts';
import { isUnsetHash, unsetHashAt, unsetHashesOf } from '../derivation/literal.ts';
import { UserError } from '../ports/errors.ts';
import type { Bench } from './bench.ts';
import { hashFromNothing, hashOfSecondRun, notReproducible } from './build.ts';
import { type Difference, differences } from './differences.ts';
import { type OutputFacts, outputFacts, outputPath } from './facts.ts';
import { findJson, findLiteral, isInside, type Place, placeOf } from './place.ts';

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
 * @throws UserError `not-fixed-output`, `literal-missing`, `literal-ambiguous`, `hash-not-seen`, `fetch-failed`,
 *   `output-order`, `not-reproducible`; what was written is the caller's to put back
 */
export async function refresh(output: FixedOutput, bench: Bench): Promise<FixedHash> {
  const { attribute } = output;
  const facts = await outputFacts(bench.where, attribute, bench.run);
  const { hash: before } = facts;
  if (before === null)
    throw new UserError(
      'not-fixed-output',
      `'${attribute}' of '${bench.where.attribute}' is no fixed output (it has no outputHash). Name the derivation that is fetched, such as '.src' or '.goModules', in the configuration.`,
    );
  const place = await placeOfHash(output, facts, before, bench);
  const fake = fakeOf(before, facts.algorithm);
  await place.replace(fake);
  const faked = await outputFacts(bench.where, attribute, bench.run);
  if (faked.hash !== fake) throw notSeen(attribute, place);
  const after = await hashFromNothing(attribute, faked.drv, bench);
  await place.replace(after);
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
  const { where, run, log } = bench;
  try {
    await place.replace(fakeOf(first, null, 1));
    const { drv } = await outputFacts(where, attribute, run);
    const other = await hashFromNothing(attribute, drv, bench);
    const paths = [first, other].map((hash) => outputPath(where, attribute, hash, run));
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

function placeOfHash(output: FixedOutput, facts: OutputFacts, value: string, bench: Bench): Promise<Place> {
  const { root, changes } = bench;
  const what = `the hash of '${output.attribute}'`;
  const named = output.file === undefined ? undefined : path.join(root, output.file);
  if (named !== undefined && output.pointer !== undefined)
    return findJson(named, output.pointer, { what, value }, changes);
  const positions =
    named === undefined ? facts.positions : facts.positions.filter(({ file }) => file === named);
  const files = named === undefined ? [facts.file, ...bench.files] : [named];
  return isUnsetHash(value)
    ? placeOfUnset(what, { positions, files }, bench)
    : findLiteral({ what, value, positions, files }, root, changes);
}

/** The place of a hash that nobody has computed yet. */
async function placeOfUnset(
  what: string,
  { positions, files }: Pick<OutputFacts, 'positions'> & Pick<Bench, 'files'>,
  { root, changes }: Bench,
): Promise<Place> {
  for (const position of positions) {
    if (!isInside(root, position.file)) continue;
    const text = await changes.read(position.file);
    const literal = unsetHashAt(text, position);
    if (literal) return placeOf(position.file, text, literal, changes);
  }
  for (const file of new Set(files)) {
    if (typeof file !== 'string' || !isInside(root, file)) continue;
    const text = await changes.read(file);
    const [literal, other] = unsetHashesOf(text);
    if (literal && !other) return placeOf(file, text, literal, changes);
  }
  throw new UserError(
    'literal-missing',
    `${what} is empty, and it is not clear where it is written. Write hash = ""; at one fixed output only at a time, or name the file that has it in the configuration.`,
  );
}

/** Bytes of a digest, by algorithm. */
const lengths: Readonly<Record<string, number>> = { sha1: 20, sha256: 32, sha512: 64 };

/**
 * A hash of the same algorithm that cannot be right, in the form that Nix prints.
 * @param fill all of its bytes; another one makes another derivation, which Nix builds again
 */
function fakeOf(hash: string, algorithm: string | null, fill = 0): string {
  const name = /^(sha\d+)-/.exec(hash)?.[1] ?? algorithm ?? 'sha256';
  return `${name}-${Buffer.alloc(lengths[name] ?? 32, fill).toString('base64')}`;
}

function notSeen(attribute: string, { file, line }: Place): UserError {
  return new UserError(
    'hash-not-seen',
    `${file}:${line} says what the hash of '${attribute}' is, but when it is changed there, Nix does not see it: the hash comes from another place. Name that place in the configuration ('file', and 'pointer' where it is JSON).`,
    { at: { file, line } },
  );
}
