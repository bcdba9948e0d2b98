import { evaluate } from '../lock/marker.ts';
import type { Project } from '../lock/project.ts';
import { isTree } from '../lock/source.ts';
import type { Dependency, Lock, LockedPackage } from '../lock/types.ts';
import type { DeclaredTarget } from './manifest.ts';
import { selectRoots } from './selection.ts';
import { environmentOf, parseTarget } from './target.ts';
import { allDependencies, reachable } from './walk.ts';

/** The part of a lock that is compared. */
export interface Scope {
  readonly packages: readonly LockedPackage[];
  /** Names of direct dependencies. */
  readonly direct: ReadonlySet<string>;
}

/** A whole lock. Direct dependencies: those of members or a virtual root, groups and extras too. */
export function wholeLock(lock: Lock): Scope {
  const names = new Set([...lock.requirements, ...[...lock.groups.values()].flat()].map((item) => item.name));
  const members = new Set(lock.members);
  for (const item of lock.packages) {
    if (!members.has(item.name) && !(isTree(item.source) && item.source.path === '.')) continue;
    names.add(item.name);
    for (const dependency of allDependencies(item)) names.add(dependency.package.name);
  }
  return { packages: lock.packages, direct: names };
}

/**
 * The packages that a derivation installs on any of its targets, without the selected projects.
 * Direct dependencies are those of the selected projects.
 * @throws UserError as `planProject` does
 */
export function planScope(project: Project, targets: readonly DeclaredTarget[]): Scope {
  const { lock } = project;
  const packages = new Set<LockedPackage>();
  const direct = new Set<string>();
  const projects = new Set<LockedPackage>();
  for (const one of targets) {
    const roots = selectRoots(project, one);
    const environment = environmentOf(parseTarget(one));
    const isHere = ({ marker }: Pick<Dependency, 'marker'>): boolean =>
      evaluate(marker, environment, () => 'either');
    for (const item of reachable(lock, roots, environment)) packages.add(item);
    for (const item of roots.requirements.filter(isHere)) direct.add(item.name);
    const ofProjects = roots.packages.flatMap(({ package: item, extras }) => {
      projects.add(item);
      return [...item.dependencies, ...extras.flatMap((extra) => item.extras.get(extra) ?? [])];
    });
    const ofGroups = roots.groups.flatMap(({ dependencies }) => dependencies);
    for (const item of [...ofProjects, ...ofGroups].filter(isHere)) direct.add(item.package.name);
  }
  return { packages: [...packages].filter((item) => !projects.has(item)), direct };
}
