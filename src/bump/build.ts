import { confirmHash, mismatchOf } from '../nix/confirm.ts';
import { instantiate } from '../nix/expression.ts';
import { type NixResult, nixBuild } from '../nix/nix-build.ts';
import { failureCause } from '../nix/nix-failure.ts';
import { failureText, type Mismatch, mismatches } from '../nix/nix-messages.ts';
import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';
import type { BumpContext } from './context.ts';
import type { Difference } from './differences.ts';
import { outputFacts } from './facts.ts';

/**
 * Seconds after which Nix ends a build, and after which it ends one that prints nothing: a hang
 * must not take a day.
 */
const limits = ['--timeout', '10800', '--max-silent-time', '3600'];
/** How many differing files an error names. */
const SHOWN = 12;

/**
 * Builds a fixed-output derivation under a fake hash.
 * @param drv its derivation: a mismatch of another one is not taken for its own
 * @returns the hash that was printed for it; `confirm` and a second run show whether it is right
 */
export async function hashFromScratch(attribute: string, drv: string, context: BumpContext): Promise<string> {
  await instantiated(attribute, drv, context);
  const result = await build(attribute, [drv], 'from scratch', context);
  const own = mismatchOf(drv, result);
  if (own) return own.got;
  const [other] = mismatches([...result.errors, ...result.relayed]);
  if (other) throw outOfOrder(attribute, other, result);
  throw failed(attribute, 'can not be fetched', result);
}

/** Has Nix's store confirm that the derivation, as it is now, has a hash. */
export async function confirm(attribute: string, hash: string, context: BumpContext): Promise<void> {
  const { drv, out, mode } = await outputFacts(context.derivation, attribute, context.run);
  await instantiated(attribute, drv, context);
  await confirmHash(`'${attribute}' of '${context.derivation.attribute}'`, hash, { drv, out, mode }, context);
}

/**
 * Runs the builder a second time, with the hash of the first run in its place.
 * @returns undefined where the same came out of it; else the other hash
 */
export async function hashOfSecondRun(attribute: string, context: BumpContext): Promise<string | undefined> {
  const { drv } = await outputFacts(context.derivation, attribute, context.run);
  const result = await build(attribute, ['--check', drv], 'a second time', context);
  if (result.code === 0) return undefined;
  // Nix itself runs this one, never a remote builder: a relayed hash is text of the build.
  const second = mismatchOf(drv, { errors: result.errors, relayed: [] })?.got;
  if (second === undefined) throw failed(attribute, 'failed when it was fetched a second time', result);
  return second;
}

/**
 * Writes the derivation into the store, where it is built from, and makes sure that it is the one
 * that was evaluated.
 */
async function instantiated(attribute: string, drv: string, { derivation, run }: BumpContext): Promise<void> {
  const made = await instantiate(derivation, { question: 'selected', given: { path: attribute } }, run);
  if (made === drv) return;
  const why = typeof made === 'string' ? `it is now ${made} and was ${drv}` : failureText(made.stderr);
  throw new UserError(
    'evaluation-failed',
    `Nix does not evaluate '${attribute}' to the same derivation twice: ${why}. Nothing was changed. Make it independent of the time and of the environment.`,
    typeof made === 'string' ? {} : { log: made.stderr },
  );
}

function build(
  attribute: string,
  args: readonly string[],
  how: string,
  context: BumpContext,
): Promise<NixResult> {
  const title = `Nix: '${attribute}' of '${context.derivation.attribute}', ${how}`;
  return nixBuild([...limits, ...args], context, title);
}

/**
 * The error for a fixed output that is not the same each time.
 * @param hashes of two runs
 * @param found what differs between two outputs; undefined where only one could be had
 */
export function notReproducible(
  attribute: string,
  [first, second]: readonly [string, string],
  found: readonly Difference[] | undefined,
): UserError {
  const shown = (found ?? [])
    .slice(0, SHOWN)
    .map(({ path, how }) => `${path === '' ? 'the file itself' : printable(path)} (${how})`);
  const more = found && found.length > SHOWN ? `, and ${found.length - SHOWN} more` : '';
  const files =
    shown.length === 0 ? 'Which files differ can not be told' : `What differs: ${shown.join(', ')}${more}`;
  return new UserError(
    'not-reproducible',
    `'${attribute}' gave two hashes in two runs, ${first} and ${second}, so neither is worth anything: a later build would fail. ${files}. Make it fetch the same bytes each time (no times, no logs, no caches in its output), then run this again. Nothing was changed.`,
  );
}

function outOfOrder(attribute: string, { drv, got }: Mismatch, { stderr }: NixResult): UserError {
  const name = drv.replace(/^.*\/[a-z0-9]{32}-/, '').replace(/\.drv$/, '');
  return new UserError(
    'output-order',
    `'${attribute}' needs another fixed-output derivation whose hash is not right any more, ${name} (Nix printed ${got}). List that one before '${attribute}' under 'also' in the configuration. Nothing was changed.`,
    { log: stderr },
  );
}

function failed(attribute: string, what: string, result: NixResult): UserError {
  return new UserError(
    'fetch-failed',
    `'${attribute}' ${what}, so there is no new hash: ${failureCause(result).replace(/\.$/, '')}. Nothing was changed. Fix that and run again; what the build printed is in the log.`,
    { log: result.stderr },
  );
}
