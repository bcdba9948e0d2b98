import { nixArguments } from '../derivation/evaluate.ts';
import { nixBuild } from '../derivation/nix-build.ts';
import { failureCause } from '../derivation/nix-failure.ts';
import { type Mismatch, mismatches } from '../derivation/nix-messages.ts';
import { UserError } from '../ports/errors.ts';
import { printable } from '../ports/printable.ts';
import type { RunResult } from '../ports/run.ts';
import type { Bench } from './bench.ts';
import type { Difference } from './differences.ts';
import { outputFacts, select } from './facts.ts';

/** Seconds after which Nix ends a build, and after which it ends one that prints nothing: a hang must not take a day. */
const limits = ['--timeout', '10800', '--max-silent-time', '3600'];
/** How many differing files an error names. */
const SHOWN = 12;

/**
 * Builds a fixed output whose hash is known to be wrong.
 * @param drv its derivation, so that another one's mismatch is not taken for its own
 * @returns the hash that Nix got
 */
export async function hashFromNothing(attribute: string, drv: string, bench: Bench): Promise<string> {
  const result = await build(attribute, [], `from nothing`, bench);
  const found = mismatches(result.stderr);
  const own = found.find((one) => one.drv === drv);
  if (own) return own.got;
  const [other] = found;
  if (other) throw outOfOrder(attribute, other, result);
  throw failed(attribute, 'can not be fetched', result);
}

/**
 * Runs the builder a second time, with the hash of the first run in its place.
 * @returns undefined where the same came out of it; else the other hash
 */
export async function hashOfSecondRun(attribute: string, bench: Bench): Promise<string | undefined> {
  let result = await build(attribute, ['--check'], 'a second time', bench);
  if (/not valid, so checking is not possible/.test(result.stderr)) {
    // A remote builder kept what the first run made.
    const brought = await build(attribute, [], 'with its new hash', bench);
    if (brought.code !== 0) throw failed(attribute, 'does not build with its new hash', brought);
    result = await build(attribute, ['--check'], 'a second time', bench);
  }
  if (result.code === 0) return undefined;
  const { drv } = await outputFacts(bench.where, attribute, bench.run);
  const second = mismatches(result.stderr).find((one) => one.drv === drv)?.got;
  if (second === undefined) throw failed(attribute, 'failed when it was fetched a second time', result);
  return second;
}

function build(attribute: string, flags: readonly string[], how: string, bench: Bench): Promise<RunResult> {
  const { where, run, log } = bench;
  const title = `Nix: '${attribute}' of '${where.attribute}', ${how}`;
  return nixBuild([...limits, ...flags, ...nixArguments(where, select(attribute))], { run, log }, title);
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

function outOfOrder(attribute: string, { drv, got }: Mismatch, { stderr }: RunResult): UserError {
  const name = drv.replace(/^.*\/[a-z0-9]{32}-/, '').replace(/\.drv$/, '');
  return new UserError(
    'output-order',
    `'${attribute}' needs another fixed output whose hash is not right any more, ${name} (it is now ${got}). List that one before '${attribute}' under 'also' in the configuration. Nothing was changed.`,
    { log: stderr },
  );
}

function failed(attribute: string, what: string, { stderr }: RunResult): UserError {
  return new UserError(
    'fetch-failed',
    `'${attribute}' ${what}, so there is no new hash: ${failureCause(stderr).replace(/\.$/, '')}. Nothing was changed. Mend that and run again; what the build printed is in the log.`,
    { log: stderr },
  );
}
