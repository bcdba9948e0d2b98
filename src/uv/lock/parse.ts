import { UserError } from '../../system/errors.ts';
import {
  arrayField,
  asArray,
  asName,
  asTable,
  field,
  invalid,
  Markers,
  namesField,
  optionalString,
  requiredString,
  type TomlPlace,
  tableField,
  tablesField,
} from './fields.ts';
import { linkPackages } from './link.ts';
import { parseDefaultGroups, parseGroupPythons, parsePackage } from './packages.ts';
import { lineAt, parseToml, type TomlTable } from './toml.ts';
import type { ConflictItem, Lock, LockedPackage, RootRequirement } from './types.ts';

/**
 * Parses a `uv.lock` of format version 1 and any revision; unknown keys are ignored. As in uv, all
 * packages are checked.
 *
 * @param file name for errors, such as `uv.lock`
 * @throws UserError `merge-conflict`, `toml-syntax`, `lock-version`, `lock-marker` or
 *   `lock-invalid`
 */
export function parseLock(text: string, file: string): Lock {
  const document = parseToml(text, file);
  const top: TomlPlace = { file, subject: '', line: () => undefined };
  checkVersion(document, top);
  const markers = new Markers();
  const entries = tablesField(
    document,
    field(document, 'package') === undefined ? 'distribution' : 'package',
    top,
  );
  const raw = entries.map((entry, index) =>
    parsePackage(entry, markers, packagePlace(text, file, entry, index)),
  );
  const packages = linkPackages(raw, markers);
  const manifest = tableField(document, 'manifest', top);
  return {
    file,
    revision: typeof document.revision === 'number' ? document.revision : 0,
    requiresPython: requiredString(document, 'requires-python', top),
    resolutionMarkers: markers.list(document, 'resolution-markers', top),
    supportedMarkers: markers.list(document, 'supported-markers', top),
    conflicts: parseConflicts(document, top),
    members: namesField(manifest, 'members', top),
    requirements: tablesField(manifest, 'requirements', top).map((entry) => requirement(entry, markers, top)),
    groups: parseRootGroups(manifest, markers, top),
    groupRequiresPython: parseGroupPythons(manifest, top),
    defaultGroups: parseDefaultGroups(manifest, top),
    packages,
    byName: groupByName(packages),
  };
}

function checkVersion(document: TomlTable, place: TomlPlace): void {
  const version = field(document, 'version');
  if (version === 1) return;
  if (version === undefined)
    throw invalid(place, "'version' is missing: this is not a uv.lock", 'Use a uv.lock that uv wrote.');
  throw new UserError(
    'lock-version',
    `${place.file} has format version ${String(version)}; uv-fod supports version 1 of any revision. Use a uv-fod that supports it, or a uv that writes version 1.`,
    { at: { file: place.file } },
  );
}

function packagePlace(text: string, file: string, entry: TomlTable, index: number): TomlPlace {
  const name = field(entry, 'name');
  const subject = typeof name === 'string' ? `package '${name}'` : `package number ${index + 1}`;
  return { file, subject, line: () => packageLine(text, index) };
}

/** The line of the `[[package]]` with that index; undefined if packages are written otherwise. */
function packageLine(text: string, index: number): number | undefined {
  const header = /^[ \t]*\[\[[ \t]*(?:package|distribution)[ \t]*\]\]/gm;
  for (let count = 0; ; count += 1) {
    const found = header.exec(text);
    if (found === null) return undefined;
    if (count === index) return lineAt(text, found.index);
  }
}

function groupByName(packages: readonly LockedPackage[]): ReadonlyMap<string, readonly LockedPackage[]> {
  const result = new Map<string, LockedPackage[]>();
  for (const item of packages) {
    const same = result.get(item.name);
    if (same === undefined) result.set(item.name, [item]);
    else same.push(item);
  }
  return result;
}

function requirement(entry: TomlTable, markers: Markers, place: TomlPlace): RootRequirement {
  return {
    name: asName(requiredString(entry, 'name', place), 'requirements', place),
    extras: namesField(entry, 'extras', place),
    marker: markers.optional(entry, 'marker', place),
  };
}

function parseRootGroups(
  manifest: TomlTable,
  markers: Markers,
  place: TomlPlace,
): ReadonlyMap<string, readonly RootRequirement[]> {
  const key = 'dependency-groups';
  const result = new Map<string, readonly RootRequirement[]>();
  for (const [group, entries] of Object.entries(tableField(manifest, key, place))) {
    const list = asArray(entries, `${key}.${group}`, place);
    result.set(
      asName(group, key, place),
      list.map((entry) => requirement(asTable(entry, key, place), markers, place)),
    );
  }
  return result;
}

function parseConflicts(document: TomlTable, place: TomlPlace): readonly (readonly ConflictItem[])[] {
  return arrayField(document, 'conflicts', place).map((set) =>
    asArray(set, 'conflicts', place).map((entry) => conflictItem(asTable(entry, 'conflicts', place), place)),
  );
}

function conflictItem(entry: TomlTable, place: TomlPlace): ConflictItem {
  const name = asName(requiredString(entry, 'package', place), 'conflicts', place);
  const extra = optionalString(entry, 'extra', place);
  if (extra !== undefined) return { package: name, kind: 'extra', name: asName(extra, 'conflicts', place) };
  const group = optionalString(entry, 'group', place);
  if (group !== undefined) return { package: name, kind: 'group', name: asName(group, 'conflicts', place) };
  return { package: name, kind: 'project', name: '' };
}
