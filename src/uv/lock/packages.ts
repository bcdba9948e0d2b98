import {
  arrayField,
  asArray,
  asName,
  asTable,
  clip,
  field,
  invalid,
  isTable,
  type Markers,
  namesField,
  optionalString,
  requiredString,
  type TomlPlace,
  tableField,
} from './fields.ts';
import { parseSdist, parseWheels } from './files.ts';
import { parseSource } from './source.ts';
import type { TomlTable } from './toml.ts';
import type { DefaultGroups, LockedPackage, Source } from './types.ts';
import { parseVersion } from './version.ts';

/** A dependency before it is resolved to a package. */
export interface RawDependency {
  readonly name: string;
  readonly version: string | undefined;
  readonly source: Source | undefined;
  readonly extras: readonly string[];
  readonly markerText: string;
}

/** A package before its dependencies are resolved. */
export interface RawPackage {
  readonly place: TomlPlace;
  readonly linked: { -readonly [Key in keyof LockedPackage]: LockedPackage[Key] };
  readonly dependencies: readonly RawDependency[];
  readonly extras: ReadonlyMap<string, readonly RawDependency[]>;
  readonly groups: ReadonlyMap<string, readonly RawDependency[]>;
}

/** Most packages have neither extras nor groups. */
export const NO_DEPENDENCIES: ReadonlyMap<string, readonly never[]> = new Map<string, readonly never[]>();
const NO_PYTHONS: ReadonlyMap<string, string> = new Map<string, string>();

/** Reads one `[[package]]`; unknown keys of newer revisions are ignored. */
export function parsePackage(table: TomlTable, markers: Markers, place: TomlPlace): RawPackage {
  const name = asName(requiredString(table, 'name', place), 'name', place);
  const version = optionalString(table, 'version', place);
  if (version !== undefined && (version.trim() !== version || parseVersion(version) === undefined))
    throw invalid(place, `'${clip(version)}' is not a version`);
  const source = parseSource(field(table, 'source'), place);
  const registry = source.kind === 'registry' || source.kind === 'registry-path';
  if (registry && version === undefined) throw invalid(place, "'version' is missing");
  const wheels = parseWheels(table, version, place);
  checkHashes(source, wheels, place);
  const metadata = tableField(table, 'metadata', place);
  // `dev-dependencies` is uv's name; some versions read `dependency-groups` as well.
  const groups = field(table, 'dev-dependencies') === undefined ? 'dependency-groups' : 'dev-dependencies';
  const linked = {
    name,
    version,
    source,
    wheels,
    sdist: parseSdist(table, place),
    resolutionMarkers: markers.list(table, 'resolution-markers', place),
    dependencies: [],
    extras: NO_DEPENDENCIES,
    groups: NO_DEPENDENCIES,
    declaredExtras: namesField(metadata, 'provides-extras', place),
    declaredGroups: groupNames(metadata, place),
    defaultGroups: parseDefaultGroups(table, place),
    groupRequiresPython: parseGroupPythons(table, place),
    line: () => place.line(),
  };
  return {
    place,
    linked,
    dependencies: parseDependencies(arrayField(table, 'dependencies', place), 'dependencies', place),
    extras: dependencyMap(table, 'optional-dependencies', place),
    groups: dependencyMap(table, groups, place),
  };
}

/** `default-groups`: names, or the string `all`. */
export function parseDefaultGroups(table: TomlTable, place: TomlPlace): DefaultGroups | undefined {
  const value = field(table, 'default-groups');
  if (value === undefined) return undefined;
  return value === 'all' ? 'all' : namesField(table, 'default-groups', place);
}

/** `group-requires-python`: group → a specifier, or a table with the key `requires-python`. */
export function parseGroupPythons(table: TomlTable, place: TomlPlace): ReadonlyMap<string, string> {
  if (field(table, 'group-requires-python') === undefined) return NO_PYTHONS;
  const result = new Map<string, string>();
  for (const [group, value] of Object.entries(tableField(table, 'group-requires-python', place))) {
    const specifier = isTable(value) ? field(value, 'requires-python') : value;
    if (typeof specifier === 'string') result.set(asName(group, 'group-requires-python', place), specifier);
  }
  return result;
}

function groupNames(metadata: TomlTable, place: TomlPlace): readonly string[] {
  const key = field(metadata, 'requires-dev') === undefined ? 'dependency-groups' : 'requires-dev';
  return Object.keys(tableField(metadata, key, place)).map((group) => asName(group, key, place));
}

function dependencyMap(
  table: TomlTable,
  key: string,
  place: TomlPlace,
): ReadonlyMap<string, readonly RawDependency[]> {
  if (field(table, key) === undefined) return NO_DEPENDENCIES;
  const result = new Map<string, readonly RawDependency[]>();
  for (const [name, value] of Object.entries(tableField(table, key, place)))
    result.set(
      asName(name, key, place),
      parseDependencies(asArray(value, `${key}.${name}`, place), key, place),
    );
  return result;
}

function parseDependencies(
  entries: readonly unknown[],
  key: string,
  place: TomlPlace,
): readonly RawDependency[] {
  return entries.map((entry) => {
    const table = asTable(entry, key, place);
    const source = field(table, 'source');
    return {
      name: asName(requiredString(table, 'name', place), 'name', place),
      version: optionalString(table, 'version', place),
      source: source === undefined ? undefined : parseSource(source, place),
      extras: namesField(table, 'extra', place),
      markerText: optionalString(table, 'marker', place) ?? '',
    };
  });
}

/** Sources by URL or path need a hash, trees cannot have one (uv, Source::requires_hash). */
function checkHashes(source: Source, wheels: LockedPackage['wheels'], place: TomlPlace): void {
  if (source.kind === 'registry' || source.kind === 'registry-path') return;
  const wanted =
    source.kind === 'url' || source.kind === 'path' || (source.kind === 'git' && source.path !== undefined);
  for (const wheel of wheels)
    if ((wheel.hash !== undefined) !== wanted)
      throw invalid(place, `a wheel of a '${source.kind}' source ${wanted ? 'needs' : 'cannot have'} a hash`);
}
