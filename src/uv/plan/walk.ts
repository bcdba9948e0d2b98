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

import type { Roots } from './selection.ts';

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
  checkSelectedConflicts(lock, roots);
  const decisive = decisiveNames(lock);
  const active = initiallyActive(roots);
  for (;;) {
    const walk = new Walk(environment, active, decisive);
    walk.run(lock, roots);
    if (walk.activated.size === 0) {
      checkActiveConflicts(lock, active);
      return walk.reached;
    }
    for (const name of walk.activated) active.add(name);
  }
}

class Walk {
  readonly reached = new Set<LockedPackage>();
  /** Newly active decisive names; the walk stops at the first. */
  readonly activated = new Set<string>();
  readonly #environment: Environment;
  readonly #active: ReadonlySet<string>;
  readonly #decisive: ReadonlySet<string>;
  readonly #queue: (readonly Dependency[])[] = [];
  readonly #extras = new Map<LockedPackage, Set<string>>();

  constructor(environment: Environment, active: ReadonlySet<string>, decisive: ReadonlySet<string>) {
    this.#environment = environment;
    this.#active = active;
    this.#decisive = decisive;
  }

  run(lock: Lock, roots: Roots): void {
    for (const root of roots.packages)
      this.#enter(
        root,
        [...roots.extras].filter((extra) => root.extras.has(extra)),
      );
    const owners = roots.groupRoot === undefined ? roots.packages : [...roots.packages, roots.groupRoot];
    for (const owner of owners)
      for (const [group, list] of owner.groups)
        if (roots.includesGroup(owner.name, group)) this.#queue.push(list);
    for (const requirement of roots.requirements) this.#require(lock, requirement);
    for (let at = 0; at < this.#queue.length && this.activated.size === 0; at += 1)
      for (const dependency of this.#queue[at] ?? []) this.#follow(dependency);
  }

  #follow(dependency: Dependency): void {
    const { marker } = dependency;
    if (marker !== undefined) {
      // The extras of the edge itself are active.
      const own = marker.extras.length === 0 ? [] : encodedExtras(dependency);
      const holds = evaluate(
        marker,
        this.#environment,
        (name) => this.#active.has(name) || own.includes(name),
      );
      if (!holds) return;
    }
    this.#enter(dependency.package, dependency.extras);
  }

  #enter(item: LockedPackage, extras: readonly string[]): void {
    if (!this.reached.has(item)) {
      this.reached.add(item);
      this.#queue.push(item.dependencies);
    }
    for (const extra of extras) {
      const entered = this.#extras.get(item) ?? new Set();
      if (entered.has(extra)) continue;
      this.#extras.set(item, entered.add(extra));
      this.#queue.push(item.extras.get(extra) ?? []);
      if (this.#decisive.size === 0) continue;
      const name = encodeExtra(item.name, extra);
      if (this.#decisive.has(name) && !this.#active.has(name)) this.activated.add(name);
    }
  }

  #require(lock: Lock, requirement: RootRequirement): void {
    if (!evaluate(requirement.marker, this.#environment, () => false)) return;
    const fits = (lock.byName.get(requirement.name) ?? []).filter(
      ({ resolutionMarkers }) =>
        resolutionMarkers.length === 0 ||
        resolutionMarkers.some((marker) => evaluate(marker, this.#environment, () => false)),
    );
    const [found] = fits;
    if (found === undefined || fits.length > 1)
      throw new UserError(
        'lock-invalid',
        `${lock.file}: the workspace root requires '${requirement.name}', which the lock has ${fits.length} times for this target. Run 'uv lock' to recreate it.`,
      );
    this.#enter(
      found,
      requirement.extras.filter((extra) => found.extras.has(extra)),
    );
  }
}

function encodedExtras(dependency: Dependency): readonly string[] {
  return dependency.extras.map((extra) => encodeExtra(dependency.package.name, extra));
}
