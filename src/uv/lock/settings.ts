import {
  asName,
  clip,
  field,
  invalid,
  isTable,
  namesField,
  optionalBoolean,
  optionalString,
  type TomlPlace,
  tableField,
} from './fields.ts';
import type { TomlTable } from './toml.ts';
import type { DefaultGroups } from './types.ts';

/** Packages without wheels, or without builds; uv's `NoBinary` and `NoBuild`. */
type PackageRule =
  | { readonly kind: 'none' | 'all' }
  | { readonly kind: 'packages'; readonly names: ReadonlySet<string> };

/** uv's settings for the installation from a lock. */
export interface Settings {
  readonly noBinary: PackageRule;
  readonly noBuild: PackageRule;
}

/** The fields of a `pyproject.toml` that a plan depends on. */
export interface Pyproject {
  readonly file: string;
  /** Normalized `project.name`; undefined for a virtual workspace root. */
  readonly name: string | undefined;
  /** Groups of `[dependency-groups]`, and `dev` for `tool.uv.dev-dependencies`. */
  readonly groups: ReadonlySet<string>;
  readonly defaultGroups: DefaultGroups | undefined;
  readonly isWorkspaceRoot: boolean;
  /** `[tool.uv]`; undefined if missing. */
  readonly uv: TomlTable | undefined;
}

export const NO_SETTINGS: Settings = { noBinary: { kind: 'none' }, noBuild: { kind: 'none' } };

/** Reads the settings of a `uv.toml` or a `[tool.uv]`. */
export function parseSettings(table: TomlTable, file: string): Settings {
  const place: TomlPlace = { file, subject: '', line: () => undefined };
  return { noBinary: parseRule(table, 'no-binary', place), noBuild: parseRule(table, 'no-build', place) };
}

/** `no-binary` takes precedence over `no-binary-package`; `false` means no packages. */
function parseRule(table: TomlTable, key: string, place: TomlPlace): PackageRule {
  const all = optionalBoolean(table, key, place);
  const names = namesField(table, `${key}-package`, place);
  if (all !== undefined) return { kind: all ? 'all' : 'none' };
  return names.length === 0 ? { kind: 'none' } : { kind: 'packages', names: new Set(names) };
}

/** Whether a wheel is forbidden; `no-build-package` exempts a package from `no-binary = true`. */
export function forbidsWheel(settings: Settings, name: string): boolean {
  return forbids(settings.noBinary, settings.noBuild, name);
}

/** Whether a build is forbidden; `no-binary-package` exempts a package from `no-build = true`. */
export function forbidsBuild(settings: Settings, name: string): boolean {
  return forbids(settings.noBuild, settings.noBinary, name);
}

function forbids(rule: PackageRule, exception: PackageRule, name: string): boolean {
  if (rule.kind === 'packages') return rule.names.has(name);
  if (rule.kind === 'none') return false;
  return exception.kind !== 'packages' || !exception.names.has(name);
}

/** Reads a parsed `pyproject.toml`. */
export function parsePyproject(document: TomlTable, file: string): Pyproject {
  const place: TomlPlace = { file, subject: '', line: () => undefined };
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
  place: TomlPlace,
): DefaultGroups | undefined {
  const value = field(uv, 'default-groups');
  if (value === undefined || value === 'all') return value;
  const names = namesField(uv, 'default-groups', place);
  for (const name of names)
    if (!groups.has(name))
      throw invalid(
        place,
        `'tool.uv.default-groups' names '${clip(name)}', which [dependency-groups] does not have`,
        'Remove it, or add the group.',
      );
  return names;
}
