import { clip, TomlReader } from './reader.ts';
import type { TomlTable } from './toml.ts';
import type { DefaultGroups } from './types.ts';

/** Packages without wheels, or without builds; uv's `NoBinary` and `NoBuild`. */
interface PackageRule {
  /** Whether it is for all packages; takes precedence over `names`. */
  readonly all: boolean | undefined;
  readonly names: ReadonlySet<string>;
}

/** uv's settings of a project. */
export interface Settings {
  /** All settings, unchecked; settings of resolutions are read where they are needed. */
  readonly table: TomlTable;
  readonly noBinary: PackageRule;
  readonly noBuild: PackageRule;
}

/** The fields of a `pyproject.toml` that a plan depends on. */
export interface Pyproject {
  /** Normalized `project.name`; undefined for a virtual workspace root. */
  readonly name: string | undefined;
  /** Groups of `[dependency-groups]`, and `dev` for `tool.uv.dev-dependencies`. */
  readonly groups: ReadonlySet<string>;
  readonly defaultGroups: DefaultGroups | undefined;
  /** `[tool.uv]`; undefined if missing. */
  readonly uv: TomlTable | undefined;
}

/** Reads the settings of a `uv.toml` or a `[tool.uv]`. */
export function readSettings(table: TomlTable, file: string): Settings {
  const settings = documentReader(table, file);
  const rule = (key: string): PackageRule => ({
    all: settings.boolean(key),
    names: new Set(settings.names(`${key}-package`)),
  });
  return { table, noBinary: rule('no-binary'), noBuild: rule('no-build') };
}

const documentReader = (table: TomlTable, file: string): TomlReader =>
  new TomlReader(table, { file, subject: '', line: () => undefined });

/** Whether a wheel is forbidden; `no-build-package` exempts a package from `no-binary = true`. */
export const forbidsWheel = ({ noBinary, noBuild }: Settings, name: string): boolean =>
  forbids(noBinary, noBuild, name);

/** Whether a build is forbidden; `no-binary-package` exempts a package from `no-build = true`. */
export const forbidsBuild = ({ noBinary, noBuild }: Settings, name: string): boolean =>
  forbids(noBuild, noBinary, name);

function forbids({ all, names }: PackageRule, exception: PackageRule, name: string): boolean {
  if (all === undefined) return names.has(name);
  return all && !(exception.all === undefined && exception.names.has(name));
}

/** Reads a parsed `pyproject.toml`. */
export function readPyproject(document: TomlTable, file: string): Pyproject {
  const top = documentReader(document, file);
  const tool = top.table('tool');
  const uv = tool.table('uv');
  const groups = new Set(top.table('dependency-groups').keys());
  const defaultGroups = readDefaultGroups(uv, groups);
  if (uv.has('dev-dependencies')) groups.add('dev');
  return {
    name: top.table('project').optionalName('name'),
    groups,
    defaultGroups,
    uv: tool.has('uv') ? uv.values : undefined,
  };
}

function readDefaultGroups(uv: TomlReader, groups: ReadonlySet<string>): DefaultGroups | undefined {
  const value = uv.get('default-groups');
  if (value === undefined || value === 'all') return value;
  const names = uv.names('default-groups');
  const unknown = names.find((name) => !groups.has(name));
  if (unknown === undefined) return names;
  throw uv.invalid(
    `'tool.uv.default-groups' names '${clip(unknown)}', which [dependency-groups] does not have`,
    'Remove it, or add the group.',
  );
}
