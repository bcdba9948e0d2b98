import { UserError } from '../../system/errors.ts';
import type { ConflictItem, Lock, LockedPackage } from '../lock/types.ts';
import type { Roots } from './selection.ts';

/**
 * Encodes "this extra, group or project is active" as the name of an extra (uv,
 * crates/uv-resolver-types/src/universal_marker.rs). The length distinguishes `a-b` + `c` from `a`
 * + `b-c`.
 */
function encodeItem(item: ConflictItem): string {
  const name = `${item.package.length}-${item.package}`;
  return item.kind === 'project' ? `project-${name}` : `${item.kind}-${name}-${item.name}`;
}

export function encodeExtra(packageName: string, extra: string): string {
  return encodeItem({ package: packageName, kind: 'extra', name: extra });
}

/** The encoded names in markers and conflicts of the lock; usually empty. */
export function decisiveNames(lock: Lock): ReadonlySet<string> {
  const names = new Set(lock.conflicts.flat().map(encodeItem));
  for (const item of lock.packages)
    for (const list of [item.dependencies, ...item.extras.values(), ...item.groups.values()])
      for (const { marker } of list) for (const name of marker?.extras ?? []) names.add(name);
  return names;
}

/** The items that the selection activates: the roots, and their selected extras and groups. */
export function initiallyActive(roots: Roots): Set<string> {
  const active = new Set<string>();
  for (const root of roots.packages) {
    active.add(encodeItem({ package: root.name, kind: 'project', name: '' }));
    for (const extra of roots.extras) if (root.extras.has(extra)) active.add(encodeExtra(root.name, extra));
  }
  for (const root of [...roots.packages, ...(roots.groupRoot === undefined ? [] : [roots.groupRoot])])
    for (const group of root.groups.keys())
      if (roots.includesGroup(root.name, group))
        active.add(encodeItem({ package: root.name, kind: 'group', name: group }));
  return active;
}

/**
 * Refuses a selection with two conflicting items, also of members that are only dependencies (uv,
 * detect_conflicts).
 * @throws UserError `conflict`
 */
export function checkSelectedConflicts(lock: Lock, roots: Roots): void {
  if (lock.conflicts.length === 0) return;
  const names = roots.byName ? involvedMembers(lock, roots) : new Set(lock.members);
  for (const set of lock.conflicts) {
    const wanted = set.filter(
      (item) =>
        names.has(item.package) &&
        (item.kind === 'project' || (item.kind === 'extra' ? roots.extras : roots.groups).has(item.name)),
    );
    if (wanted.length >= 2) throw conflict(lock, wanted);
  }
}

/**
 * Refuses two conflicting extras that dependencies activate.
 * @throws UserError `conflict`
 */
export function checkActiveConflicts(lock: Lock, active: ReadonlySet<string>): void {
  for (const set of lock.conflicts) {
    const both = set.filter((item) => item.kind === 'extra' && active.has(encodeItem(item)));
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

/** The roots and the workspace members that they depend on, regardless of markers. */
function involvedMembers(lock: Lock, roots: Roots): ReadonlySet<string> {
  const members = new Set(lock.members);
  const involved = new Set(roots.packages.map((item) => item.name));
  const seen = new Map<LockedPackage, Set<string | undefined>>();
  const queue: [LockedPackage, string | undefined][] = [];
  const push = (item: LockedPackage, extra: string | undefined): void => {
    const known = seen.get(item) ?? new Set();
    if (known.has(extra)) return;
    seen.set(item, known.add(extra));
    queue.push([item, extra]);
  };
  for (const root of roots.packages) {
    push(root, undefined);
    for (const extra of roots.extras) push(root, extra);
  }
  const groupOwners = roots.groupRoot === undefined ? roots.packages : [...roots.packages, roots.groupRoot];
  for (const root of groupOwners)
    for (const [group, list] of root.groups)
      if (roots.includesGroup(root.name, group))
        for (const dependency of list)
          for (const extra of [undefined, ...dependency.extras]) push(dependency.package, extra);
  for (let at = 0; at < queue.length; at += 1) {
    const [item, extra] = queue[at] ?? [];
    if (item === undefined) break;
    if (members.has(item.name)) involved.add(item.name);
    for (const dependency of (extra === undefined ? item.dependencies : item.extras.get(extra)) ?? [])
      for (const next of [undefined, ...dependency.extras]) push(dependency.package, next);
  }
  return involved;
}
