import { UserError } from '../../system/errors.ts';
import { readDefaultGroups, readGroupPythons, readPackages } from './packages.ts';
import { type TomlPlace, TomlReader } from './reader.ts';
import { lineAt, parseToml } from './toml.ts';
import type { ConflictItem, Lock, RootRequirement } from './types.ts';

/** The locks that were parsed last, by their text: each stage of a run loads its project again. */
const parsed = new Map<string, Lock>();
const mostParsed = 4;

/**
 * Parses a `uv.lock` of format version 1 and any revision; unknown keys are ignored. As in uv, all
 * packages are checked.
 *
 * @param file name for errors, such as `uv.lock`
 * @throws UserError `merge-conflict`, `toml-syntax`, `lock-version`, `lock-marker` or
 *   `lock-invalid`
 */
export function parseLock(text: string, file: string): Lock {
  const key = `${file}\0${text}`;
  const lock = parsed.get(key) ?? parse(text, file);
  if (parsed.size >= mostParsed) parsed.clear();
  parsed.set(key, lock);
  return lock;
}

function parse(text: string, file: string): Lock {
  const document = parseToml(text, file);
  const top = new TomlReader(document, { file, subject: '', line: () => undefined });
  checkVersion(top);
  const tables = top.tables(top.has('package') ? 'package' : 'distribution');
  const packages = readPackages(
    tables.map((table, index) => table.inner(table.values, packagePlace(text, file, table, index))),
  );
  const manifest = top.table('manifest');
  const groups = manifest.table('dependency-groups');
  return {
    file,
    revision: typeof document.revision === 'number' ? document.revision : 0,
    requiresPython: top.requiredString('requires-python'),
    resolutionMarkers: top.markers('resolution-markers'),
    supportedMarkers: top.markers('supported-markers'),
    conflicts: top.tableLists('conflicts').map((set) => set.map(conflictItem)),
    members: manifest.names('members'),
    requirements: manifest.tables('requirements').map(requirement),
    groups: groups.byName((key) => groups.tables(key).map(requirement)),
    groupRequiresPython: readGroupPythons(manifest),
    defaultGroups: readDefaultGroups(manifest),
    packages,
    byName: Map.groupBy(packages, ({ name }) => name),
  };
}

function checkVersion(top: TomlReader): void {
  const version = top.get('version');
  if (version === 1) return;
  if (version === undefined)
    throw top.invalid("'version' is missing: this is not a uv.lock", 'Use a uv.lock that uv wrote.');
  const { file } = top.place;
  throw new UserError(
    'lock-version',
    `${file} has format version ${String(version)}; uv-fod supports version 1 of any revision. Use a uv-fod that supports it, or a uv that writes version 1.`,
    { at: { file } },
  );
}

function packagePlace(text: string, file: string, entry: TomlReader, index: number): TomlPlace {
  const name = entry.get('name');
  const subject = typeof name === 'string' ? `package '${name}'` : `package number ${index + 1}`;
  return { file, subject, line: () => packageLine(text, index) };
}

/** The line of the `[[package]]` with that index; undefined if packages are written otherwise. */
function packageLine(text: string, index: number): number | undefined {
  const header = /^[ \t]*\[\[[ \t]*(?:package|distribution)[ \t]*\]\]/gm;
  const found = [...text.matchAll(header)][index];
  return found && lineAt(text, found.index);
}

function requirement(entry: TomlReader): RootRequirement {
  return { name: entry.name('name'), extras: entry.names('extras'), marker: entry.marker('marker') };
}

function conflictItem(entry: TomlReader): ConflictItem {
  const name = entry.name('package');
  for (const kind of ['extra', 'group'] as const) {
    const item = entry.optionalName(kind);
    if (item !== undefined) return { package: name, kind, name: item };
  }
  return { package: name, kind: 'project', name: '' };
}
