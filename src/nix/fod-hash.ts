import { randomUUID } from 'node:crypto';
import { UserError } from '../system/errors.ts';
import type { Run, RunResult } from '../system/run.ts';
import { algorithmOf, isSri, sriFromHex } from '../system/sri.ts';
import type { NixAnswer } from './answers.ts';
import { causeOf, mismatches } from './failure.ts';
import { rehashed, type StoredFod } from './fixed-drv.ts';
import { type NixResult, type NixTools, nixBuild } from './nix-build.ts';
import { checkBuilder } from './no-builder.ts';

/** A fixed-output derivation (FOD) whose hash is wanted. */
export interface Fod extends StoredFod {
  /** Its name in messages. */
  readonly what: string;
  /** Returns a more exact error than `fetch-failed` for a build without a hash, if there is one. */
  readonly explain?: (result: NixResult) => UserError | undefined;
}

/** A hash that Nix's store confirms, and the derivation under it. */
export interface ConfirmedHash extends NixAnswer<'rehashed'> {
  readonly hash: string;
  /** Whether our own Nix process printed it, and not a remote builder or the daemon. */
  readonly isOwn: boolean;
}

/**
 * Builds a fixed-output derivation from scratch under a fake hash, and reads the right hash from
 * Nix's mismatch error. (Under the real hash Nix would take an output that exists already.) The
 * error counts only if it names this derivation and Nix's store confirms the hash.
 *
 * @param fake hash of the same algorithm, which no output has
 * @throws UserError `fetch-failed`, `no-builder`, `hash-not-confirmed`, `not-reproducible`
 */
export async function hashFromScratch(fod: Fod, fake: string, tools: NixTools): Promise<ConfirmedHash> {
  const { what } = fod;
  const { drv } = await rehashed(fod, fake, tools.run);
  const result = await nixBuild([drv], tools, `Nix: ${what}, from scratch`);
  const found = mismatchOf(drv, algorithmOf(fake), result);
  if (found === undefined) {
    checkBuilder(what, result);
    throw fod.explain?.(result) ?? fetchFailed(what, result);
  }
  const { got: hash, isOwn } = found;
  const confirmed = { hash, isOwn, ...(await rehashed(fod, hash, tools.run)) };
  await confirm(fod, confirmed, tools);
  return confirmed;
}

/** The derivation under a name that no store has, so that its builder runs again. */
export const renamed = async (fod: StoredFod, hash: string, run: Run): Promise<string> =>
  (await rehashed(fod, hash, run, `uv-fod-again-${randomUUID()}`)).drv;

const fetchFailed = (what: string, result: NixResult): UserError =>
  new UserError(
    'fetch-failed',
    `${upper(causeOf(result))}. So ${what} can't be fetched, there is no new hash, and nothing was changed. Fix that and run again; what the build printed is in the log.`,
    { log: result.stderr },
  );

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * The hash in a mismatch of this derivation.
 * @returns undefined without a hash, or with several; `isOwn`: our Nix raised the error
 */
export function mismatchOf(
  drv: string,
  algorithm: string,
  { errors, relayed }: Pick<NixResult, 'errors' | 'relayed'>,
): { got: string; isOwn: boolean } | undefined {
  for (const texts of [errors, relayed]) {
    const own = mismatches(texts).filter((one) => one.drv === drv && isSri(one.got, algorithm));
    const [got, ...others] = new Set(own.map((one) => one.got));
    if (others.length > 0) return undefined;
    if (got !== undefined) return { got, isOwn: texts === errors };
  }
  return undefined;
}

/**
 * Lets Nix confirm a hash: the store path of the derivation under this hash has to be valid, and
 * its content has to have this hash. A build under a fake hash registers its output, so nothing is
 * built here, except to copy the output from a remote builder.
 */
async function confirm(fod: Fod, { hash, drv, out, mode }: ConfirmedHash, tools: NixTools): Promise<void> {
  const { run } = tools;
  const { what } = fod;
  const isValid = async (): Promise<boolean> =>
    (await run('nix-store', ['--check-validity', out])).code === 0;
  if (!(await isValid())) await expectBuild(fod, hash, drv, 'with its new hash', tools);
  const flat = mode === 'flat' ? ['--flat'] : [];
  const { stdout } = await run('nix-hash', ['--type', algorithmOf(hash), ...flat, out]);
  const actual = sriFromHex(stdout.trim(), algorithmOf(hash));
  if (!(await isValid())) throw notConfirmed(what, hash, `${out} is not in the store`);
  if (actual !== hash) throw notConfirmed(what, hash, `${out} has the hash ${actual}`);
}

/** Builds a derivation under the hash that was printed for it. The exit status decides. */
export async function expectBuild(
  { what, explain }: Fod,
  hash: string,
  drv: string,
  how: string,
  tools: NixTools,
): Promise<void> {
  const result = await nixBuild([drv], tools, `Nix: ${what}, ${how}`);
  if (result.code === 0) return;
  const other = mismatchOf(drv, algorithmOf(hash), { errors: result.errors, relayed: [] })?.got;
  if (other !== undefined)
    throw new UserError(
      'not-reproducible',
      `${what} gave two hashes in two runs, ${hash} and ${other}, so neither is reliable: a later build would fail. Nix kept neither output, as it does with outputs that refer to its store, so which files differ is unknown. Keep paths of the store out of its output, fetch files without compiling or installing them, and run this again. Nothing was changed.`,
      { log: result.stderr },
    );
  throw explain?.(result) ?? notConfirmed(what, hash, `built ${how}, it fails: ${causeOf(result)}`, result);
}

function notConfirmed(what: string, got: string, why: string, result?: RunResult): UserError {
  return new UserError(
    'hash-not-confirmed',
    `Nix printed ${got} as the hash of ${what}, but its store does not confirm that: ${why}. Nothing was changed. Run this again; if that does not help, look in the log for what prints that hash.`,
    result ? { log: result.stderr } : {},
  );
}
