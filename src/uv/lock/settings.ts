import {
  asName,
  clip,
  field,
  invalid,
  isTable,
  namesField,
  optionalBoolean,
  optionalString,
  type Place,
  tableField,
} from './fields.ts';
import type { TomlTable } from './toml.ts';
import type { DefaultGroups } from './types.ts';

/** Which packages must not come as wheels, or must not be built; uv's `NoBinary` and `NoBuild`. */
export type PackageRule =
  | { readonly kind: 'none' | 'all' }
  | { readonly kind: 'packages'; readonly names: ReadonlySet<string> };

/** What uv takes from `uv.toml` or `[tool.uv]` when it installs from a lock. */
export interface Settings {
  readonly noBinary: PackageRule;
  readonly noBuild: PackageRule;
}

/** What a `pyproject.toml` says that a plan depends on. */
export interface Pyproject {
  readonly file: string;
  /** `project.name`, normalised; absent for a root that is no project. */
  readonly name: string | undefined;
  /** Groups of `[dependency-groups]`, and `dev` where `tool.uv.dev-dependencies` is there. */
  readonly groups: ReadonlySet<string>;
  readonly defaultGroups: DefaultGroups | undefined;
  readonly isWorkspaceRoot: boolean;
  /** `[tool.uv]`; undefined where there is none. */
  readonly uv: TomlTable | undefined;
}

export const NO_SETTINGS: Settings = { noBinary: { kind: 'none' }, noBuild: { kind: 'none' } };

/** Reads the settings out of a `uv.toml` or out of the `[tool.uv]` of a `pyproject.toml`. */
export function parseSettings(table: TomlTable, file: string): Settings {
  const place: Place = { file, subject: '', line: () => undefined };
  return { noBinary: parseRule(table, 'no-binary', place), noBuild: parseRule(table, 'no-build', place) };
}

/** `no-binary = true` means all; `false` means none and beats the list; else the list of `no-binary-package` counts. */
function parseRule(table: TomlTable, key: string, place: Place): PackageRule {
  const all = optionalBoolean(table, key, place);
  const names = namesField(table, `${key}-package`, place);
  if (all !== undefined) return { kind: all ? 'all' : 'none' };
  return names.length === 0 ? { kind: 'none' } : { kind: 'packages', names: new Set(names) };
}

/** True where the rules forbid a wheel; a package that may not be built is excepted from `no-binary = true`. */
export function forbidsWheel(settings: Settings, name: string): boolean {
  return forbids(settings.noBinary, settings.noBuild, name);
}

/** True where the rules forbid a build; a package that may not be a wheel is excepted from `no-build = true`. */
export function forbidsBuild(settings: Settings, name: string): boolean {
  return forbids(settings.noBuild, settings.noBinary, name);
}

function forbids(rule: PackageRule, exception: PackageRule, name: string): boolean {
  if (rule.kind === 'packages') return rule.names.has(name);
  if (rule.kind === 'none') return false;
  return exception.kind !== 'packages' || !exception.names.has(name);
}

/** Reads what a plan needs of a parsed `pyproject.toml`. */
export function parsePyproject(document: TomlTable, file: string): Pyproject {
  const place: Place = { file, subject: '', line: () => undefined };
  const project = tableField(document, 'project', place);
  const name = optionalString(project, 'name', place);
  const tool = tableField(document, 'tool', place);
  const uv = field(tool, 'uv') === undefined ? undefined : tableField(tool, 'uv', place);
  const groups = new Set(
    Object.keys(tableField(document, 'dependency-groups', place)).map((group) =>
      asName(group, 'dependency-groups', place),
    ),
  );
  const defaultGroups = uv === undefined ? undefined : readDefaultGroups(uv, groups, place);
  if (uv !== undefined && field(uv, 'dev-dependencies') !== undefined) groups.add('dev');
  return {
    file,
    name: name === undefined ? undefined : asName(name, 'project.name', place),
    groups,
    defaultGroups,
    isWorkspaceRoot: uv !== undefined && isTable(field(uv, 'workspace')),
    uv,
  };
}

function readDefaultGroups(
  uv: TomlTable,
  groups: ReadonlySet<string>,
  place: Place,
): DefaultGroups | undefined {
  const value = field(uv, 'default-groups');
  if (value === undefined || value === 'all') return value;
  const names = namesField(uv, 'default-groups', place);
  for (const name of names)
    if (!groups.has(name))
      throw invalid(
        place,
        `'tool.uv.default-groups' names '${clip(name)}', which [dependency-groups] does not have`,
        'Take it out, or add the group.',
      );
  return names;
}
