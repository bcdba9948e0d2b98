import type { Dependency, LockedPackage } from '../lock/types.ts';

/**
 * The packages that dependencies lead to, with the extras by which they are reached.
 * @param starts lists of dependencies, followed in their order
 * @param holds whether a dependency counts
 * @param onExtra is called for each newly reached extra; true ends the walk after the current list
 */
export function follow(
  starts: readonly (readonly Dependency[])[],
  holds: (dependency: Dependency) => boolean,
  onExtra: (item: LockedPackage, extra: string) => boolean = () => false,
): ReadonlyMap<LockedPackage, ReadonlySet<string>> {
  const reached = new Map<LockedPackage, Set<string>>();
  const queue = [...starts];
  let isDone = false;
  for (let at = 0; at < queue.length && !isDone; at += 1)
    for (const dependency of (queue[at] ?? []).filter(holds)) {
      const { package: item, extras } = dependency;
      const entered = reached.get(item) ?? new Set();
      if (!reached.has(item)) queue.push(item.dependencies);
      reached.set(item, entered);
      for (const extra of extras.filter((name) => !entered.has(name))) {
        entered.add(extra);
        queue.push(item.extras.get(extra) ?? []);
        if (onExtra(item, extra)) isDone = true;
      }
    }
  return reached;
}
