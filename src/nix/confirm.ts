import { UserError } from '../system/errors.ts';
import type { RunResult } from '../system/run.ts';
import { type NixTools, nixBuild } from './nix-build.ts';
import { failureCause } from './nix-failure.ts';
import { mismatches } from './nix-messages.ts';

/** A fixed-output derivation under one hash. */
export interface FixedOutputUnder {
  readonly drv: string;
  /** Its store path, which depends on its name and hash. */
  readonly out: string;
  /** `recursive` (or `nar`): hash of the NAR; `flat`: hash of the file. */
  readonly mode: string;
}

/** A hash that Nix printed for one derivation. */
export interface Found {
  readonly got: string;
  /** Whether our Nix raised it. A relayed one can be forged by a builder. */
  readonly isOwn: boolean;
}

/** A hash as Nix prints it: safe to write into a Nix file. */
const SRI = /^sha(?:1|256|512)-[A-Za-z0-9+/]{26,88}={0,2}$/;

/**
 * The hash in a mismatch of this derivation.
 * @returns undefined if there is none, or several that differ
 */
export function mismatchOf(
  drv: string,
  { errors, relayed }: { readonly errors: readonly string[]; readonly relayed: readonly string[] },
): Found | undefined {
  for (const [texts, isOwn] of [[errors, true] as const, [relayed, false] as const]) {
    const hashes = new Set(
      mismatches(texts)
        .filter((one) => one.drv === drv && SRI.test(one.got))
        .map(({ got }) => got),
    );
    const [got] = hashes;
    if (hashes.size > 1) return undefined;
    if (got !== undefined) return { got, isOwn };
  }
  return undefined;
}

/**
 * Lets Nix confirm a hash: the store path of the derivation under this hash has to be valid, and
 * its content has to have this hash. A build under a fake hash registers its output, so nothing is
 * built here; only the output of a remote builder is brought by a build under the new hash.
 *
 * @param what for messages
 * @param under the derivation under the new hash
 * @param instantiate writes that derivation into the store, if it has to be built
 * @throws UserError `hash-not-confirmed`
 */
export async function confirmHash(
  what: string,
  hash: string,
  under: FixedOutputUnder,
  tools: NixTools,
  instantiate: () => Promise<unknown> = async () => {},
): Promise<void> {
  if (!(await isValid(under.out, tools))) {
    await instantiate();
    await expectBuild(what, hash, under.drv, 'with its new hash', tools);
  }
  const actual = await hashOfPath(hash, under, tools);
  if (actual === undefined || !(await isValid(under.out, tools)))
    throw notConfirmed(what, hash, `${under.out} is not in the store`);
  if (actual !== hash) throw notConfirmed(what, hash, `${under.out} has the hash ${actual}`);
}

/** Builds a derivation under the hash that was printed for it. The exit status decides. */
export async function expectBuild(
  what: string,
  hash: string,
  drv: string,
  how: string,
  tools: NixTools,
): Promise<void> {
  const result = await nixBuild([drv], tools, `Nix: ${what}, ${how}`);
  if (result.code !== 0)
    throw notConfirmed(what, hash, `built ${how}, it fails: ${failureCause(result)}`, result);
}

async function isValid(path: string, { run }: NixTools): Promise<boolean> {
  const { code } = await run('nix-store', ['--check-validity', path]);
  return code === 0;
}

/** The hash of a store path's content, in SRI form; undefined if it can't be read. */
async function hashOfPath(
  like: string,
  { out, mode }: FixedOutputUnder,
  { run }: NixTools,
): Promise<string | undefined> {
  const algorithm = /^(sha1|sha256|sha512)-/.exec(like)?.[1];
  if (algorithm === undefined) return undefined;
  const flat = mode === 'flat' ? ['--flat'] : [];
  const { code, stdout } = await run('nix-hash', ['--type', algorithm, ...flat, out]);
  const hex = stdout.trim();
  if (code !== 0 || !/^[0-9a-f]+$/.test(hex)) return undefined;
  return `${algorithm}-${Buffer.from(hex, 'hex').toString('base64')}`;
}

function notConfirmed(what: string, got: string, why: string, result?: RunResult): UserError {
  return new UserError(
    'hash-not-confirmed',
    `Nix printed ${got} as the hash of ${what}, but its store does not confirm that: ${why.replace(/\.$/, '')}. Nothing was changed. Run this again; if that does not help, look in the log for what prints that hash.`,
    result ? { log: result.stderr } : {},
  );
}
