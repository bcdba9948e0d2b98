import { causeOf, lackingMachine, mismatches } from '../nix/failure.ts';
import { fixedDrv } from '../nix/fixed-drv.ts';
import { type ConfirmedHash, type Fod, hashFromScratch, mismatchOf, renamed } from '../nix/fod-hash.ts';
import { isUnsetHash } from '../nix/literal.ts';
import { type NixResult, nixBuild } from '../nix/nix-build.ts';
import { UserError } from '../system/errors.ts';
import { algorithmOf, fakeOf, sriOf } from '../system/sri.ts';
import type { BumpContext, BumpedOutput } from './context.ts';
import { type Drift, describeDrift } from './drift.ts';
import { factsOf, placeOfOutput } from './output-place.ts';
import { unseen, writeAt } from './place.ts';

/** The recomputed and verified hash of a fixed-output derivation. */
export interface FixedHash {
  readonly attribute: string;
  readonly before: string;
  readonly after: string;
  readonly file: string;
  readonly line: number;
  readonly system?: string | undefined;
  /** True if no machine here can build it, so its hash is unknown. */
  readonly lacking?: true;
  /** Set if a second build gave a different hash, so this one cannot be verified. */
  readonly drift?: Drift;
}

/**
 * Recomputes the hash of a fixed-output derivation: builds it with a fake hash, takes the actual
 * hash from Nix's message, builds again, which must give the same hash, and writes the hash. An
 * unchanged hash needs no second build.
 *
 * @param mayLack whether to keep the hash if no machine here can build it, instead of an error
 * @throws UserError `not-fixed-output`, `output-order`, `not-reproducible`, `store-references`, and
 *   errors of `placeOfOutput` and `hashFromScratch`; the caller has to undo edits then
 */
export async function bumpOutput(
  output: BumpedOutput,
  mayLack: boolean,
  context: BumpContext,
): Promise<FixedHash> {
  const { attribute } = output;
  const { derivation, log, run } = context;
  const facts = await factsOf(output, derivation, run);
  const { drv, hash: before } = facts;
  const what = `'${attribute}' of '${derivation.attribute}'`;
  const present = await fixedDrv(drv, run);
  if (before === null || present === undefined)
    throw new UserError(
      'not-fixed-output',
      `${what} is not a fixed-output derivation (it has no outputHash). Name the derivation that is fetched, such as '.src' or '.goModules', in the configuration.`,
    );
  const place = await placeOfOutput(output, facts, context);
  const isWritable = !(place instanceof UserError);
  if (!isWritable) log.warning(`The new hash will not be written: ${place.message}`);
  const fod: Fod = {
    ...{ what, derivation, drv },
    explain: (result) => referencesStore(what, result) ?? outOfOrder(attribute, result),
  };
  const { file, line } = isWritable ? place : { file: '', line: 0 };
  const found = { attribute, before, file, line, system: output.system };
  const fake = fakeOf(present.algorithm, 1);
  const first = await hashFromScratch(fod, fake, context).catch((error: unknown) => {
    const isLacking = error instanceof UserError && error.code === 'no-builder';
    if (!isLacking || !mayLack || !isWritable) throw error;
    log.warning(error.message);
    return undefined;
  });
  if (first === undefined) return { ...found, after: before, lacking: true };
  if (first.hash === present.hash) {
    log.info(`${attribute}: ${before}, as before`);
    return { ...found, after: before };
  }
  const drift = await runAgain(fod, first, context);
  if (drift && !context.keepsDrifting) throw notReproducible(attribute, drift);
  if (drift)
    log.warning(`${attribute}: two runs gave two hashes, ${drift.hashes.join(' and ')}. ${drift.text}`);
  else if (isWritable)
    log.info(`${attribute}: ${before || '(none)'} → ${first.hash}; a second run gave the same`);
  if (drift && !isUnsetHash(before) && (await context.keepsDrifting?.(output, before, file)))
    return { ...found, after: before, drift };
  if (!isWritable)
    throw new UserError(
      'hash-not-written',
      `${what} needs the hash ${first.hash}, which can't be written: ${place.message}`,
      { at: place.at },
    );
  await writeAt(place, first.hash, context.edits);
  const written = (await factsOf(output, derivation, run)).hash ?? '';
  if (sriOf(written, present.algorithm) !== first.hash)
    throw unseen(place, `the hash of '${attribute}'`, true);
  return { ...found, after: first.hash, ...(drift ? { drift } : {}) };
}

/**
 * Builds a second time, with the new hash. Nix never runs a check (`--check`) on a remote builder;
 * if this machine can't run it, the derivation is built with a name that is in no store.
 * @returns undefined if the hash is the same
 */
async function runAgain(fod: Fod, first: ConfirmedHash, context: BumpContext): Promise<Drift | undefined> {
  const title = `Nix: ${fod.what}, a second time`;
  const again = async (drv: string, ...flags: readonly string[]) => ({
    ...(await nixBuild([...flags, drv], context, title)),
    drv,
  });
  const check = await again(first.drv, '--check');
  const isLocal = check.code === 0 || lackingMachine(check) === undefined;
  const result = isLocal ? check : await again(await renamed(fod, first.hash, context.run));
  if (result.code === 0) return undefined;
  const algorithm = algorithmOf(first.hash);
  // Messages from a remote builder are used here, because they can only refuse the hash.
  const relayed = isLocal ? [] : result.relayed;
  const second = mismatchOf(result.drv, algorithm, { errors: result.errors, relayed });
  if (second === undefined)
    throw new UserError(
      'fetch-failed',
      `${fod.what} failed when it was fetched a second time: ${causeOf(result)}. Nothing was changed. Fix that and run again; what the build printed is in the log.`,
      { log: result.stderr },
    );
  // A different fake hash makes a different derivation, so Nix builds again.
  return { hashes: [first.hash, second.got], text: await differ(fod, first, fakeOf(algorithm, 2), context) };
}

/**
 * Describes how the first build's output differs from a third build's. The second output is gone:
 * Nix keeps the output of a build with a wrong hash, at the path of the actual hash, but not the
 * output of a check.
 */
async function differ(fod: Fod, first: ConfirmedHash, fake: string, context: BumpContext): Promise<string> {
  try {
    const other = await hashFromScratch(fod, fake, context);
    return await describeDrift([first.out, other.out]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `What differs is unknown: ${error.message}`;
  }
}

// Errors for fixed-output derivations without a usable hash.

/** The error for a hash that differs between two runs. */
const notReproducible = (attribute: string, { hashes, text }: Drift): UserError =>
  new UserError(
    'not-reproducible',
    `'${attribute}' gave two hashes in two runs, ${hashes.join(' and ')}, so neither is reliable: a later build would fail. ${text} Make it fetch the same bytes each time (no times, no logs, no caches in its output), then run this again; or accept hashes that cannot be verified, with allow-drift = true. Nothing was changed.`,
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
    `'${attribute}' needs another fixed-output derivation whose hash is wrong now, ${name} (Nix printed ${other.got}). List that one before '${attribute}' under 'also' in the configuration. If it is listed before, it gives another hash in each run, and no cache has the output of the hash that was kept: make it give the same bytes each time. Nothing was changed.`,
    { log: stderr },
  );
}
