import { nixArguments } from '../derivation/evaluate.ts';
import { nixBuild } from '../derivation/nix-build.ts';
import { failureCause, lackingMachine } from '../derivation/nix-failure.ts';
import { mismatches } from '../derivation/nix-messages.ts';
import type { Where } from '../derivation/where.ts';
import { fakeHash, isSri } from '../hash/sri.ts';
import { UserError } from '../ports/errors.ts';
import type { Log } from '../ports/log.ts';
import type { Run, RunResult } from '../ports/run.ts';

/**
 * Builds the fixed output from nothing, under a hash that cannot be right, and reads the right one from Nix's answer.
 * With the real hash Nix would take an output that is already there, made from whatever it was made from.
 *
 * @param system one of those that the derivation has hashes for, from `evaluate`
 * @returns the hash in SRI form
 * @throws UserError `fetch-failed` where the build failed for another reason than its hash; `no-builder`
 */
export async function hashByNix(where: Where, system: string, run: Run, log: Log): Promise<string> {
  const body = `deps.systems.\${ofSystem}.overrideAttrs (_: { outputHash = newHash; outputHashAlgo = "sha256"; })`;
  const result = await nixBuild(
    nixArguments(where, body, { ofSystem: system, newHash: fakeHash }),
    { run, log },
    `Nix: dependencies of '${where.attribute}' for ${system}, from nothing`,
  );
  const found = mismatches(result.stderr);
  const [only] = found;
  if (found.length === 1 && only && isSri(only.got)) return only.got;
  throwIfNobodyBuilds(where, result);
  throw new UserError(
    'fetch-failed',
    `The dependencies of '${where.attribute}' for ${system} can't be fetched, so there is no new hash: ${cause(result.stderr)}. Nothing was changed. Mend that and run again; what the build printed is in the log.`,
    { log: result.stderr },
  );
}

/**
 * Builds the derivation itself.
 * @returns its store path
 * @throws UserError `build-failed`, `no-builder`
 */
export async function build(where: Where, run: Run, log: Log): Promise<string> {
  const title = `Nix: build of '${where.attribute}'`;
  const result = await nixBuild(nixArguments(where, 'package'), { run, log }, title);
  const out = result.stdout.trim().split('\n').at(-1) ?? '';
  if (result.code === 0 && out.startsWith('/')) return out;
  throwIfNobodyBuilds(where, result);
  throw new UserError(
    'build-failed',
    `'${where.attribute}' does not build with the new hash: ${cause(result.stderr)}. The build's last lines are in the log.`,
    { log: result.stderr },
  );
}

/**
 * Builds, for each key of the build lock, the answer of its backend to get_requires_for_build_wheel.
 * @returns store paths of JSON files, one a key in their order; none where the derivation is not made by buildUvEnv
 * @throws UserError `build-requirements`
 */
export async function dynamicRequires(
  where: Where,
  keys: readonly string[],
  run: Run,
  log: Log,
): Promise<string[]> {
  // Names and versions of a lock: nothing that means something in a Nix string.
  if (!keys.every((key) => /^[\w.+!-]+$/.test(key))) return [];
  const list = keys.map((key) => `builds."${key}".requires`).join(' ');
  const body = `let builds = package.builds or null; in if builds == null then [ ] else [ ${list} ]`;
  const result = await nixBuild(
    nixArguments(where, body),
    { run, log },
    'Nix: what build backends ask for, in the sandbox',
  );
  const paths = result.stdout.split('\n').filter((line) => line.startsWith('/'));
  if (result.code === 0) return paths.length === keys.length ? paths : [];
  throw new UserError(
    'build-requirements',
    `What '${where.attribute}' needs to be built can't be found out: ${cause(result.stderr)}. Nothing was changed. The build's last lines are in the log.`,
    { log: result.stderr },
  );
}

/** That no machine takes a build says nothing of what would be built. */
function throwIfNobodyBuilds({ attribute }: Where, { stderr }: RunResult): void {
  const why = lackingMachine(stderr);
  if (why === undefined) return;
  throw new UserError(
    'no-builder',
    `'${attribute}' can't be built here: ${why}. Nothing was changed. Run this on such a machine, or give nix.conf a remote builder for it ('builders').`,
    { log: stderr },
  );
}

/** The builder's own sentence where it left one (ours begin with `uv-fod: `), a full disk by name, else Nix's words. */
function cause(stderr: string): string {
  const full = /no space left on device|\bENOSPC\b/i.test(stderr);
  if (full)
    return 'the disk is full (No space left on device); free some or collect garbage (nix-collect-garbage)';
  const ours = [...stderr.matchAll(/uv-fod: (.+)$/gm)].at(-1)?.[1];
  return (ours ?? failureCause(stderr)).replace(/\.$/, '');
}
