import { causeOf, mismatches } from '../nix/failure.ts';
import { fixedDrv } from '../nix/fixed-drv.ts';
import { type ConfirmedHash, type Fod, hashFromScratch, mismatchOf } from '../nix/fod-hash.ts';
import { placeText, replaced } from '../nix/hash-candidates.ts';
import { isUnsetHash } from '../nix/literal.ts';
import { type NixResult, nixBuild } from '../nix/nix-build.ts';
import { UserError } from '../system/errors.ts';
import { digestBytes, sriOf } from '../system/sri.ts';
import type { BumpContext } from './context.ts';
import { type Drift, describeDrift } from './drift.ts';
import type { OutputFacts } from './output-place.ts';
import { type BumpedOutput, factsOf, placeOfOutput, unwritten } from './output-place.ts';

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
  const present = await fixedDrv(facts.drv);
  const fake = fakeOf(before, facts.algorithm, before === fakeOf(before, facts.algorithm, 1) ? 2 : 1);
  const place = await placeOfOutput(output, facts, context).catch((error: unknown) =>
    unwritten(error, output, { what, fake, present }, context),
  );
  if (place === undefined)
    return { attribute, before, after: before, file: '', line: 0, system: output.system };
  const text = await context.edits.read(place.file);
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
  if (first.hash === present?.hash) {
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
  try {
    const other = await hashFromScratch(fod, fakeOf(first.hash, null, 3), context);
    return await describeDrift([first.out, other.out]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `What differs is unknown: ${error.message}`;
  } finally {
    await fod.under(first.hash);
  }
}

// Why a fixed-output derivation gives no hash.

/** The error for a hash that differs between two runs. */
const notReproducible = (attribute: string, { hashes, text }: Drift): UserError =>
  new UserError(
    'not-reproducible',
    `'${attribute}' gave two hashes in two runs, ${hashes.join(' and ')}, so neither is worth anything: a later build would fail. ${text} Make it fetch the same bytes each time (no times, no logs, no caches in its output), then run this again; or accept hashes that nobody can verify, with allow-drift = true. Nothing was changed.`,
  );

/** The error for an output that refers to the store (Nix, "must not reference store paths"). */
function referencesStore(what: string, { errors, relayed, stderr }: NixResult): UserError | undefined {
  const reason = [...errors, ...relayed].find((text) =>
    /must not reference store paths|illegal path references in fixed-output/.test(text),
  );
  if (reason === undefined) return undefined;
  const line = reason
    .replace(/^error: /, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 400);
  return new UserError(
    'store-references',
    `${what} cannot be a fixed-output derivation: ${line.replace(/\.$/, '')}. Keep paths of the store out of its output: dontFixup = true (or dontPatchShebangs), no links to the interpreter, wheels instead of an environment; and do the rest in a second derivation. Nothing was changed.`,
    { log: stderr },
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
