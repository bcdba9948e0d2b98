import { failureText } from '../derivation/nix-messages.ts';
import type { Run, RunResult } from '../ports/run.ts';

/** What the store knows of a path. */
export interface PathInfo {
  /** Bytes of its NAR. */
  readonly bytes: number;
  readonly references: readonly string[];
  /** Seconds since 1970 when it came in. */
  readonly registered: number;
}

const command = ['--extra-experimental-features', 'nix-command'];

/** @returns by path, for those that are in the store */
export async function pathInfos(paths: readonly string[], run: Run): Promise<Map<string, PathInfo>> {
  if (paths.length === 0) return new Map();
  const invalid = new Set(
    (await run('nix-store', ['--check-validity', '--print-invalid', ...paths])).stdout.split('\n'),
  );
  const valid = paths.filter((path) => !invalid.has(path));
  if (valid.length === 0) return new Map();
  const ask = (...more: string[]): Promise<RunResult> =>
    run('nix', [...command, 'path-info', '--json', ...more, ...valid]);
  // Newer ones want to be told which form is meant; older ones don't know the flag.
  const versioned = await ask('--json-format', '1');
  const { stdout } = versioned.code === 0 ? versioned : await ask();
  return new Map(valid.flatMap((path) => infoOf(path, JSON.parse(stdout))));
}

/** One list until Nix 2.18, an object by path since. */
function infoOf(path: string, answer: unknown): [string, PathInfo][] {
  const all = answer as Record<string, unknown> | readonly { path?: unknown }[];
  const one = (Array.isArray(all) ? all.find((each) => each.path === path) : Reflect.get(all, path)) as
    | { narSize?: unknown; references?: unknown; registrationTime?: unknown }
    | undefined;
  const { narSize: bytes, references, registrationTime: registered } = one ?? {};
  if (typeof bytes !== 'number' || !Array.isArray(references) || typeof registered !== 'number') return [];
  return [[path, { bytes, references, registered }]];
}

/** Whether this user may put paths into the store that nobody signed; undefined where Nix does not say (before 2.19, Lix). */
export async function isTrusted(run: Run): Promise<boolean | undefined> {
  const { code, stdout } = await run('nix', [...command, 'store', 'info', '--json']);
  if (code !== 0) return undefined;
  const { trusted } = JSON.parse(stdout) as { trusted?: unknown };
  return trusted === undefined || trusted === null ? undefined : Boolean(trusted);
}

/**
 * Copies just these paths: what they refer to is in the other store, or they are not copied.
 * @throws Error with Nix's words
 */
export async function copyPaths(
  paths: readonly string[],
  direction: '--from' | '--to',
  address: string,
  run: Run,
): Promise<void> {
  const flags = ['copy', '--no-recursive', '--no-check-sigs', direction, address];
  const result = await run('nix', [...command, ...flags, ...paths]);
  if (result.code !== 0) throw new Error(failureText(result.stderr));
}

/**
 * Takes paths out of the store, with all that refers to them.
 * @throws Error with Nix's words, where something needs one of them
 */
export async function deletePaths(paths: readonly string[], run: Run): Promise<void> {
  const there = [...(await pathInfos(paths, run)).keys()];
  if (there.length === 0) return;
  const result = await run('nix-store', ['--delete', ...there]);
  if (result.code !== 0) throw new Error(failureText(result.stderr));
}
