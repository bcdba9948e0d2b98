import { UserError } from '../../system/errors.ts';
import { normalizeName } from '../lock/names.ts';
import type { Project } from '../lock/project.ts';
import type { Pyproject } from '../lock/settings.ts';
import type { Dependency, Lock, LockedPackage, RootRequirement } from '../lock/types.ts';

/** The selected parts of a lock. Empty: the folder's project, without extras and groups. */
export interface Selection {
  /** Workspace members instead of the folder's project. */
  readonly packages: readonly string[];
  readonly allPackages: boolean;
  readonly extras: readonly string[];
  readonly groups: readonly string[];
  /** Whether to add the groups that `uv sync` installs by default. */
  readonly defaultGroups: boolean;
}

/** The starting points in a lock. */
export interface Roots {
  /** Packages to install, with their selected extras. */
  readonly packages: readonly Dependency[];
  readonly groups: readonly SelectedGroup[];
  /** Requirements of a virtual workspace root. */
  readonly requirements: readonly RootRequirement[];
}

interface SelectedGroup {
  /** Undefined: a virtual workspace root, whose groups are among the requirements. */
  readonly owner: string | undefined;
  readonly name: string;
  readonly requiresPython: string | undefined;
  readonly dependencies: readonly Dependency[];
}

/** Whether `group` of `owner` (undefined: a virtual root) is selected. */
type GroupFilter = (owner: string | undefined, group: string) => boolean;

/**
 * Finds the roots that `uv export` and `uv sync` would use (uv,
 * crates/uv-environment-operations/src/install_target.rs).
 * @throws UserError `selection-name`, `selection-package`, `selection-extra` or `selection-group`
 */
export function selectRoots(project: Project, selection: Selection): Roots {
  const { lock } = project;
  const extras = new Set(selection.extras.map((name) => wanted(name, 'extra')));
  const explicit = new Set(selection.groups.map((name) => wanted(name, 'group')));
  const names = chosenNames(project, selection);
  const packages = (names ?? workspaceNames(lock, selection.allPackages)).map((name) =>
    rootPackage(lock, name),
  );
  const single = names?.length === 1 ? packages[0] : undefined;
  const groups = new Set([...explicit, ...(selection.defaultGroups ? defaultGroups(project, single) : [])]);
  const isSelected = groupFilter(project, single, groups, explicit);
  // A single selected member inherits groups of the workspace root, which is not installed.
  const root = single === undefined ? undefined : implicitRoot(lock);
  const owners = root === undefined || root === single ? packages : [...packages, root];
  checkExtras(lock, packages, extras);
  checkGroups(project, owners, explicit);
  return {
    packages: packages.map((item) => ({
      package: item,
      extras: [...extras].filter((extra) => extrasOf(item).includes(extra)),
      marker: undefined,
    })),
    groups: selectedGroups(lock, owners, isSelected),
    requirements: rootRequirements(lock, isSelected),
  };
}

function selectedGroups(
  lock: Lock,
  owners: readonly LockedPackage[],
  isSelected: GroupFilter,
): readonly SelectedGroup[] {
  const ofOwners = owners.flatMap((item) =>
    [...new Set(groupsOf(item))].map((name) => {
      const requiresPython = item.groupRequiresPython.get(name);
      return { owner: item.name, name, requiresPython, dependencies: item.groups.get(name) ?? [] };
    }),
  );
  const ofRoot = [...lock.groupRequiresPython].map(([name, requiresPython]) => {
    return { owner: undefined, name, requiresPython, dependencies: [] };
  });
  return [...ofOwners, ...ofRoot].filter(({ owner, name }) => isSelected(owner, name));
}

/** The selected names, or the folder's project; undefined for the whole workspace. */
function chosenNames({ lock, current }: Project, selection: Selection): readonly string[] | undefined {
  if (selection.allPackages) return undefined;
  if (selection.packages.length === 0) return current === undefined ? undefined : [current];
  const members = workspaceNames(lock, true);
  return [...new Set(selection.packages.map((name) => wanted(name, 'package')))].map((name) => {
    if (members.includes(name)) return name;
    throw new UserError(
      'selection-package',
      `'${name}' is not a member of the workspace that ${lock.file} locks. Its members are: ${list(members)}.`,
    );
  });
}

/** The lock of a single project has no members; its project is the package in the lock's folder. */
function workspaceNames(lock: Lock, withImplicitRoot: boolean): readonly string[] {
  if (lock.members.length > 0 || !withImplicitRoot) return lock.members;
  const root = implicitRoot(lock);
  return root === undefined ? [] : [root.name];
}

function implicitRoot(lock: Lock): LockedPackage | undefined {
  return lock.packages.find(({ name, source }) => {
    if (source.kind === 'directory') return source.path === '.' && lock.members.includes(name);
    return (source.kind === 'editable' || source.kind === 'virtual') && source.path === '.';
  });
}

function rootPackage(lock: Lock, name: string): LockedPackage {
  const same = lock.byName.get(name) ?? [];
  if (same.length === 1 && same[0] !== undefined) return same[0];
  throw new UserError(
    'selection-package',
    same.length === 0
      ? `${lock.file} does not have the project '${name}': it is for another project, or out of date. Run 'uv lock'.`
      : `${lock.file} has '${name}' ${same.length} times, so the name is ambiguous. Run 'uv lock'.`,
  );
}

/**
 * The groups that `uv sync` installs by default: those of the selected member, otherwise of the
 * folder's project, otherwise of the workspace root; `dev` if they are not set.
 */
function defaultGroups(project: Project, single: LockedPackage | undefined): readonly string[] {
  const { lock } = project;
  const name = single?.name ?? project.current;
  const pyproject = name === undefined ? project.rootPyproject : project.pyprojects.get(name);
  const fromLock = name === undefined ? lock.defaultGroups : lock.byName.get(name)?.[0]?.defaultGroups;
  const configured = pyproject === undefined ? fromLock : pyproject.defaultGroups;
  if (configured !== 'all') return configured ?? ['dev'];
  return [...lock.packages.flatMap((item) => [...item.groups.keys()]), ...lock.groups.keys()];
}

/**
 * A single selected member has its own groups, and inherits a group that only the workspace root
 * has if that was selected by name.
 */
function groupFilter(
  project: Project,
  single: LockedPackage | undefined,
  groups: ReadonlySet<string>,
  explicit: ReadonlySet<string>,
): GroupFilter {
  return (owner, group) => {
    if (!groups.has(group)) return false;
    if (single === undefined || owner === single.name) return true;
    return explicit.has(group) && !declaresGroup(project.pyprojects.get(single.name), single, group);
  };
}

function declaresGroup(pyproject: Pyproject | undefined, item: LockedPackage, group: string): boolean {
  if (pyproject !== undefined) return pyproject.groups.has(group);
  return groupsOf(item).includes(group);
}

/** Names of extras and groups, empty ones included. */
const extrasOf = (item: LockedPackage): readonly string[] => [...item.declaredExtras, ...item.extras.keys()];
const groupsOf = (item: LockedPackage): readonly string[] => [...item.declaredGroups, ...item.groups.keys()];

function rootRequirements(lock: Lock, isSelected: GroupFilter): readonly RootRequirement[] {
  const grouped = [...lock.groups].filter(([group]) => isSelected(undefined, group));
  return [...lock.requirements, ...grouped.flatMap(([, requirements]) => requirements)];
}

/** As in uv, from revision 1 on, which lists the extras of packages. */
function checkExtras(lock: Lock, packages: readonly LockedPackage[], extras: ReadonlySet<string>): void {
  const known = new Set(packages.flatMap(extrasOf));
  const missing = [...extras].find((extra) => !known.has(extra));
  if (lock.revision < 1 || missing === undefined) return;
  throw new UserError(
    'selection-extra',
    `No extra '${missing}' in ${list(packages.map((item) => item.name))} as ${lock.file} has it. There is: ${list([...known])}. Correct the name, or run 'uv lock' if the extra is new.`,
  );
}

function checkGroups(
  { lock, rootPyproject }: Project,
  packages: readonly LockedPackage[],
  explicit: ReadonlySet<string>,
): void {
  const ofRoot = [...lock.groups.keys(), ...(rootPyproject?.groups ?? [])];
  const known = new Set([
    ...packages.flatMap(groupsOf),
    ...(rootPyproject?.name === undefined ? ofRoot : []),
  ]);
  const missing = [...explicit].find((group) => !known.has(group));
  if (missing === undefined) return;
  throw new UserError(
    'selection-group',
    `No dependency group '${missing}' in ${lock.file}. There is: ${list([...known])}. Correct the name, or run 'uv lock' if the group is new.`,
  );
}

function wanted(text: string, what: string): string {
  const name = normalizeName(text);
  if (name === undefined) throw new UserError('selection-name', `'${text}' is not the name of a ${what}.`);
  return name;
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : [...names].sort().join(', ');
}
