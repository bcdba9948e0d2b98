import { normalizeName } from '../uv/lock/names.ts';
import type { Lock } from '../uv/lock/types.ts';

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
