import { UserError } from '../../system/errors.ts';
import type { ConflictItem, Lock } from '../lock/types.ts';
import { follow } from './follow.ts';
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
  for (const { package: root, extras } of roots.packages) {
    active.add(encodeItem({ package: root.name, kind: 'project', name: '' }));
    for (const extra of extras) active.add(encodeExtra(root.name, extra));
  }
  for (const { owner, name } of roots.groups)
    if (owner !== undefined) active.add(encodeItem({ package: owner, kind: 'group', name }));
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
        (item.kind === 'project' ||
          (item.kind === 'extra' ? roots.selectedExtras : roots.selectedGroups).has(item.name)),
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
  const lists = roots.groups.map(({ dependencies }) => dependencies);
  const reached = [...follow([roots.packages, ...lists], () => true).keys()];
  const members = new Set([...lock.members, ...roots.packages.map((root) => root.package.name)]);
  return new Set(reached.map(({ name }) => name).filter((name) => members.has(name)));
}
