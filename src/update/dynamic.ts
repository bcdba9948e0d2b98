import { readFile } from 'node:fs/promises';
import { dynamicRequires } from '../build/nix.ts';
import { isNewSource, ownOf } from '../buildlock/keep.ts';
import type { BuildLock } from '../buildlock/types.ts';
import type { Where } from '../derivation/where.ts';
import type { Log } from '../ports/log.ts';
import type { Run } from '../ports/run.ts';

/**
 * Asks the build backends of new sources what they need beyond their pyproject.toml (PEP 517, get_requires_for_build_wheel).
 * A backend is a stranger's program: it runs in Nix's sandbox, in the environment that the build lock on disk pins.
 *
 * @param before the base's lock; what is the same there was asked then
 * @returns by key, what is asked for and not declared; only keys with something
 * @throws UserError `build-requirements`
 */
export async function askBackends(
  where: Where,
  system: string,
  now: BuildLock,
  before: BuildLock | undefined,
  run: Run,
  log: Log,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const keys = (now.systems[system]?.builds ?? []).filter((key) => {
    const build = now.builds[key];
    return build !== undefined && isNewSource(build, ownOf(before?.builds, key));
  });
  if (keys.length === 0) return new Map();
  const answers = await dynamicRequires(where, keys, run, log);
  const found = new Map<string, readonly string[]>();
  for (const [index, file] of answers.entries()) {
    const key = keys[index] ?? '';
    const declared = new Set((now.builds[key]?.requires ?? []).map(squeezed));
    const asked = (JSON.parse(await readFile(file, 'utf8')) as string[]).filter(
      (one) => !declared.has(squeezed(one)),
    );
    if (asked.length > 0) found.set(key, asked);
  }
  return found;
}

const squeezed = (requirement: string): string => requirement.replace(/\s+/g, '').toLowerCase();
