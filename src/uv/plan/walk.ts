import { UserError } from '../../system/errors.ts';
import { type Environment, evaluate } from '../lock/marker.ts';
import type { ConflictItem, Dependency, Lock, LockedPackage, RootRequirement } from '../lock/types.ts';
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
 * The packages of `reachable`, each with the dependencies that it has in the environment with the
 * extras that are required of it.
 * @throws UserError as `reachable`
 */
export function graphOf(lock: Lock, roots: Roots, environment: Environment): DependencyGraph {
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
      checkConflicts(lock, active, new Set([...reached.keys()].map(({ name }) => name)));
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

/**
 * Encodes "this extra, group or project is active" as the name of an extra (uv,
 * crates/uv-resolver-types/src/universal_marker.rs). The length distinguishes `a-b` + `c` from `a`
 * + `b-c`.
 */
const encodeItem = ({ package: owner, kind, name }: ConflictItem): string =>
  `${kind}-${owner.length}-${owner}${kind === 'project' ? '' : `-${name}`}`;

const encodeExtra = (owner: string, extra: string): string =>
  encodeItem({ package: owner, kind: 'extra', name: extra });

/** Dependencies of a package, including those of its extras and groups. */
export const allDependencies = ({ dependencies, extras, groups }: LockedPackage): readonly Dependency[] => [
  ...dependencies,
  ...[...extras.values(), ...groups.values()].flat(),
];

/** The encoded names in markers and conflicts of the lock; usually empty. */
function decisiveNames(lock: Lock): ReadonlySet<string> {
  const names = new Set(lock.conflicts.flat().map(encodeItem));
  const all = lock.packages.flatMap(allDependencies);
  for (const { marker } of all) for (const name of marker?.extras ?? []) names.add(name);
  return names;
}

/** The items that the selection activates: the roots, and their selected extras and groups. */
function initiallyActive(roots: Roots): Set<string> {
  const active = new Set<string>();
  for (const { package: root, extras } of roots.packages) {
    active.add(encodeItem({ package: root.name, kind: 'project', name: '' }));
    for (const extra of extras) active.add(encodeExtra(root.name, extra));
  }
  for (const { owner, name } of roots.groups)
    if (owner !== undefined) active.add(encodeItem({ package: owner, kind: 'group', name }));
  return active;
}

/**
 * Refuses two conflicting items: extras and groups that are selected or that dependencies activate,
 * and projects that are reached.
 * @throws UserError `conflict`
 */
function checkConflicts(lock: Lock, active: ReadonlySet<string>, reached: ReadonlySet<string>): void {
  for (const set of lock.conflicts) {
    const both = set.filter((item) =>
      item.kind === 'project' ? reached.has(item.package) : active.has(encodeItem(item)),
    );
    if (both.length >= 2) throw conflict(lock, both);
  }
}

function conflict(lock: Lock, items: readonly ConflictItem[]): UserError {
  const text = items.map((item) =>
    item.kind === 'project' ? item.package : `${item.kind} '${item.name}' of ${item.package}`,
  );
  return new UserError(
    'conflict',
    `${text.join(' and ')} are declared as conflicting in ${lock.file} (tool.uv.conflicts), so they cannot be installed together. Select one of them.`,
  );
}
