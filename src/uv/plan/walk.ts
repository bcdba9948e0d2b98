import { UserError } from '../../system/errors.ts';
import type { Environment } from '../lock/comparison.ts';
import { evaluate } from '../lock/marker.ts';
import type { Dependency, Lock, LockedPackage, RootRequirement } from '../lock/types.ts';
import {
  checkActiveConflicts,
  checkSelectedConflicts,
  decisiveNames,
  encodeExtra,
  initiallyActive,
} from './conflicts.ts';
import { follow } from './follow.ts';
import type { Roots } from './selection.ts';

type DependencyGraph = ReadonlyMap<LockedPackage, ReadonlySet<LockedPackage>>;

/**
 * The packages that the roots require in an environment, in the order in which they are reached.
 *
 * With conflicts, an edge can depend on extras that are activated later. The walk restarts with
 * each newly active extra, whose number is finite (uv, crates/uv-lock/src/lock/installable.rs,
 * walks twice).
 *
 * @throws UserError `conflict`, `lock-invalid`
 */
export function reachable(lock: Lock, roots: Roots, environment: Environment): ReadonlySet<LockedPackage> {
  return new Set(graphOf(lock, roots, environment).keys());
}

/**
 * These packages, each with the dependencies that it has in the environment by the extras that it
 * is required with.
 * @throws UserError as `reachable`
 */
export function graphOf(lock: Lock, roots: Roots, environment: Environment): DependencyGraph {
  checkSelectedConflicts(lock, roots);
  const decisive = decisiveNames(lock);
  const active = initiallyActive(roots);
  const required = roots.requirements.flatMap((one) => requiredPackage(lock, one, environment));
  const starts = [roots.packages, required, ...roots.groups.map(({ dependencies }) => dependencies)];
  for (;;) {
    const known = new Set(active);
    const holds = (dependency: Dependency): boolean => {
      // The extras of the edge itself are active.
      const isOwn = (name: string): boolean =>
        dependency.extras.some((extra) => encodeExtra(dependency.package.name, extra) === name);
      return evaluate(dependency.marker, environment, (name) => known.has(name) || isOwn(name));
    };
    const reached = follow(starts, holds, (item, extra) => {
      const name = encodeExtra(item.name, extra);
      if (decisive.has(name)) active.add(name);
      return active.size > known.size;
    });
    if (active.size === known.size) {
      checkActiveConflicts(lock, active);
      return new Map(
        [...reached].map(([item, extras]) => {
          const all = [...item.dependencies, ...[...extras].flatMap((one) => item.extras.get(one) ?? [])];
          return [item, new Set(all.filter(holds).map((one) => one.package))];
        }),
      );
    }
  }
}

/** The package that a virtual workspace root requires; empty if the marker is false. */
function requiredPackage(
  lock: Lock,
  { name, extras, marker }: RootRequirement,
  environment: Environment,
): readonly Dependency[] {
  if (!evaluate(marker, environment, () => false)) return [];
  const fits = (lock.byName.get(name) ?? []).filter(
    ({ resolutionMarkers }) =>
      resolutionMarkers.length === 0 ||
      resolutionMarkers.some((one) => evaluate(one, environment, () => false)),
  );
  const [found] = fits;
  if (found === undefined || fits.length > 1)
    throw new UserError(
      'lock-invalid',
      `${lock.file}: the workspace root requires '${name}', which the lock has ${fits.length} times for this target. Run 'uv lock' to recreate it.`,
    );
  return [{ package: found, extras: extras.filter((extra) => found.extras.has(extra)), marker: undefined }];
}
