import { evaluate } from '../nix/evaluate.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { repositoryOf } from '../system/inside.ts';
import { normalizeName } from '../uv/lock/names.ts';
import { loadProject } from '../uv/lock/project.ts';
import type { Lock } from '../uv/lock/types.ts';
import type { Context } from './types.ts';

/**
 * The index that a lock was made with, for releases of a package: the one that the lock has the
 * package itself from, else the one that most of its packages are from.
 *
 * @returns undefined if nothing in the lock is from an index with an address
 */
export function indexOfLock({ packages }: Pick<Lock, 'packages'>, name: string): string | undefined {
  const wanted = normalizeName(name) ?? name;
  const counts = new Map<string, number>();
  for (const { name: found, source } of packages) {
    if (source.kind !== 'registry') continue;
    if (found === wanted) return source.url;
    counts.set(source.url, (counts.get(source.url) ?? 0) + 1);
  }
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}

/**
 * `indexOfLock` of a derivation's own lock. A source that can't be fetched is no error yet: the
 * next step that needs it fails.
 */
export async function indexOfDerivation(
  derivation: DerivationRef,
  name: string,
  { run, log, read }: Pick<Context, 'run' | 'log' | 'read'>,
): Promise<string | undefined> {
  try {
    const { project } = await evaluate(derivation, run, log);
    return indexOfLock(
      (await loadProject(project, read, { repository: (await repositoryOf(project)) ?? null })).lock,
      name,
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.info(`The lock's own index can't be told: ${error.message}`);
    return undefined;
  }
}
