import path from 'node:path';
import type { FixedOutput } from '../config/types.ts';
import { causeOf, mismatches } from '../nix/failure.ts';
import { type ConfirmedHash, type Fod, hashFromScratch, mismatchOf } from '../nix/fod-hash.ts';
import { type NixResult, nixBuild } from '../nix/nix-build.ts';
import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';
import type { BumpContext } from './context.ts';
import { type Difference, differences } from './differences.ts';
import { type OutputFacts, outputFacts } from './facts.ts';
import { jsonPlace, type Place, placesOf, replaceSeen, type Sought } from './place.ts';

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
 * @throws UserError `not-fixed-output`, `literal-missing`, `hash-not-seen`, `output-order`,
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
  const { place, fake } = await withFake(output, facts, before, context);
  const fod: Fod = {
    what: `'${attribute}' of '${derivation.attribute}'`,
    under: async (hash) => {
      await place.replace(hash);
      return outputFacts(derivation, attribute, run);
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

/** Writes a fake hash where the real one is written. */
async function withFake(
  { attribute, file, pointer, key }: BumpedOutput,
  { algorithm, positions, file: own }: OutputFacts,
  value: string,
  context: BumpContext,
): Promise<{ place: Place; fake: string }> {
  const { derivation, run, root, files, edits } = context;
  const named = file === undefined ? undefined : path.join(root, file);
  const sought: Sought = {
    ...{ what: `the hash of '${attribute}'`, value, key, attribute },
    positions: positions.filter((position) => named === undefined || position.file === named),
    files: named === undefined ? [own, ...files] : [named],
  };
  const places =
    named !== undefined && pointer !== undefined
      ? [await jsonPlace(named, pointer, sought, edits)]
      : await placesOf(sought, context);
  const [one, other] = [fakeOf(value, algorithm, 1), fakeOf(value, algorithm, 2)];
  const fake = one === value ? other : one;
  const { place } = await replaceSeen(sought, places, fake, async () => {
    const { hash } = await outputFacts(derivation, attribute, run);
    return hash !== value || undefined;
  });
  return { place, fake };
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
