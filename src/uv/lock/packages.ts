import { clip, isTable, TomlReader } from './reader.ts';
import { isRegistry, isTree, lastSegment, readSource, sourceKey } from './source.ts';
import type {
  DefaultGroups,
  Dependency,
  LockedFile,
  LockedPackage,
  LockedWheel,
  PackageSource,
} from './types.ts';
import { parseVersion } from './version.ts';
import { parseWheelName } from './wheel-name.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Reads every `[[package]]`; unknown keys of newer revisions are ignored. */
export function readPackages(tables: readonly TomlReader[]): readonly LockedPackage[] {
  const entries = tables.map((table) => ({ table, item: readPackage(table) }));
  const index = new PackageIndex(entries.map(({ item }) => item));
  for (const { table, item } of entries) {
    const extras = table.table('optional-dependencies');
    const groups = table.table(groupsKey(table));
    item.dependencies = readDependencies(table, 'dependencies', index);
    item.extras = extras.byName((key) => readDependencies(extras, key, index));
    item.groups = groups.byName((key) => readDependencies(groups, key, index));
  }
  return entries.map(({ item }) => item);
}

/** `dev-dependencies` is uv's name; some versions read `dependency-groups` as well. */
const groupsKey = (table: TomlReader): string =>
  table.has('dev-dependencies') ? 'dev-dependencies' : 'dependency-groups';

/** Reads a package; its extras and groups have their names only. */
function readPackage(table: TomlReader): Mutable<LockedPackage> {
  const name = table.name('name');
  const version = table.string('version');
  if (version !== undefined && (version.trim() !== version || parseVersion(version) === undefined))
    throw table.invalid(`'${clip(version)}' is not a version`);
  const source = readSource(table);
  if (isRegistry(source) && version === undefined) throw table.invalid("'version' is missing");
  const wheels = readWheels(table, version);
  checkHashes(table, source, wheels);
  const metadata = table.table('metadata');
  const required = metadata.has('requires-dev') ? 'requires-dev' : 'dependency-groups';
  return {
    name,
    version,
    source,
    wheels,
    sdist: readSdist(table),
    resolutionMarkers: table.markers('resolution-markers'),
    dependencies: [],
    extras: table.table('optional-dependencies').byName(() => []),
    groups: table.table(groupsKey(table)).byName(() => []),
    declaredExtras: metadata.names('provides-extras'),
    declaredGroups: metadata.table(required).keys(),
    defaultGroups: readDefaultGroups(table),
    groupRequiresPython: readGroupPythons(table),
    metadata: table.has('metadata') ? metadata.values : undefined,
    place: table.place,
  };
}

/** Sources by URL or path need a hash, trees cannot have one (uv, Source::requires_hash). */
function checkHashes(table: TomlReader, source: PackageSource, wheels: LockedPackage['wheels']): void {
  if (isRegistry(source)) return;
  const { kind } = source;
  const wanted = kind === 'url' || kind === 'path' || (kind === 'git' && source.path !== undefined);
  if (wheels.some(({ hash }) => (hash !== undefined) !== wanted))
    throw table.invalid(`a wheel of a '${kind}' source ${wanted ? 'needs' : 'cannot have'} a hash`);
}

/** `default-groups`: names, or the string `all`. */
export function readDefaultGroups(table: TomlReader): DefaultGroups | undefined {
  const value = table.get('default-groups');
  return value === undefined || value === 'all' ? value : table.names('default-groups');
}

/** `group-requires-python`: group → a specifier, or a table with the key `requires-python`. */
export function readGroupPythons(table: TomlReader): ReadonlyMap<string, string> {
  const groups = table.table('group-requires-python');
  const found = groups.byName((key) => {
    const value = groups.get(key);
    const specifier = isTable(value) ? value['requires-python'] : value;
    return typeof specifier === 'string' ? specifier : '';
  });
  return new Map([...found].filter(([, specifier]) => specifier !== ''));
}

/** @throws UserError `lock-invalid` for a missing or ambiguous dependency, or a duplicate */
function readDependencies(owner: TomlReader, key: string, index: PackageIndex): readonly Dependency[] {
  const seen = new Set<string>();
  return owner.tables(key).map((table) => {
    const found = index.find(table);
    const extras = table.names('extra');
    const marker = table.marker('marker');
    const identity = `${packageId(found)} ${extras.join(',')} ${marker?.text ?? ''}`;
    if (seen.has(identity)) throw owner.invalid(`the dependency '${found.name}' is there twice`);
    seen.add(identity);
    return { package: found, extras: extras.filter((extra) => found.extras.has(extra)), marker };
  });
}

/**
 * Finds the package of a dependency: by name and, if that is not unique, by version and source (uv,
 * PackageIdForDependency::unwire).
 */
class PackageIndex {
  readonly #byName: ReadonlyMap<string, readonly LockedPackage[]>;
  readonly #byId = new Map<string, LockedPackage>();

  constructor(packages: readonly LockedPackage[]) {
    this.#byName = Map.groupBy(packages, ({ name }) => name);
    for (const item of packages) {
      const id = packageId(item);
      if (this.#byId.has(id))
        throw new TomlReader({}, item.place).invalid('the same package, version and source is there twice');
      this.#byId.set(id, item);
    }
  }

  find(table: TomlReader): LockedPackage {
    const name = table.name('name');
    const same = this.#byName.get(name) ?? [];
    const only = same.length === 1 ? same[0] : undefined;
    const version = table.string('version') ?? only?.version;
    const source = table.has('source') ? readSource(table) : only?.source;
    if (same.length > 1 && (source === undefined || (version === undefined && !isTree(source))))
      throw table.invalid(
        `the dependency '${name}' fits ${same.length} packages and names no source or no version`,
      );
    const found = source && this.#byId.get(packageId({ name, version, source }));
    if (found !== undefined) return found;
    throw table.invalid(
      `it depends on '${version === undefined ? name : `${name} ${version}`}', which the lock does not hold`,
    );
  }
}

function packageId({ name, version, source }: Pick<LockedPackage, 'name' | 'version' | 'source'>): string {
  return `${name} ${version === undefined ? '' : (parseVersion(version)?.key ?? version)} ${sourceKey(source)}`;
}

/** Hexadecimal digits of uv's algorithms (uv-pypi-types, HashAlgorithm). */
const DIGITS = new Map([
  ['md5', 32],
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
  ['blake2b', 128],
]);

/** Reads `wheels`, and checks their names and versions. */
function readWheels(table: TomlReader, version: string | undefined): readonly LockedWheel[] {
  const expected = version === undefined ? undefined : parseVersion(version)?.key;
  return table.tables('wheels').map((entry) => {
    const file = readFile(entry);
    const filename = fileName(file) ?? entry.string('filename');
    if (filename === undefined) throw table.invalid('a wheel has no url, path or filename');
    const name = parseWheelName(filename);
    if (typeof name === 'string')
      throw table.invalid(`'${clip(filename)}' is not a wheel's file name: ${name}`);
    if (expected !== undefined && name.version.key !== expected && name.version.publicKey !== expected)
      throw table.invalid(`the wheel '${clip(filename)}' is not of version ${version}`);
    return { ...file, name };
  });
}

/** Reads `sdist`, which is only a hash if the source is the address. */
function readSdist(table: TomlReader): LockedFile | undefined {
  return table.has('sdist') ? readFile(table.table('sdist')) : undefined;
}

/** The decoded file name of a file's URL or path. */
export function fileName({ url, path }: LockedFile): string | undefined {
  return url === undefined ? path?.slice(path.lastIndexOf('/') + 1) : lastSegment(url);
}

function readFile(entry: TomlReader): LockedFile {
  const hash = entry.string('hash');
  if (hash !== undefined) checkHash(hash, entry);
  const time = entry.get('upload-time');
  return {
    ...{ url: entry.string('url'), path: entry.string('path'), hash, size: entry.count('size') },
    ...(typeof time === 'string' ? { uploadTime: time } : {}),
  };
}

function checkHash(hash: string, entry: TomlReader): void {
  const colon = hash.indexOf(':');
  const digits = DIGITS.get(hash.slice(0, Math.max(colon, 0)));
  if (digits === undefined)
    throw entry.invalid(
      `the hash '${clip(hash)}' does not begin with one of ${[...DIGITS.keys()].join(', ')}`,
    );
  const digest = hash.slice(colon + 1);
  if (digest.length !== digits || !/^[0-9a-f]*$/i.test(digest))
    throw entry.invalid(`the hash '${clip(hash)}' is not ${digits} hexadecimal digits`);
}
