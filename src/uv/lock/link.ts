import { invalid, type Markers } from './fields.ts';
import { NO_DEPENDENCIES, type RawDependency, type RawPackage } from './packages.ts';
import { sourceKey } from './source.ts';
import type { Dependency, LockedPackage } from './types.ts';
import { parseVersion } from './version.ts';

/**
 * Resolves the names in dependencies to packages, by version and source if a name is not unique
 * (uv, PackageIdForDependency::unwire).
 * @throws UserError `lock-invalid` for a missing or ambiguous dependency, or a duplicate
 */
export function linkPackages(raw: readonly RawPackage[], markers: Markers): readonly LockedPackage[] {
  const index = new PackageIndex(raw);
  return raw.map((item) => {
    const link = (list: readonly RawDependency[]): readonly Dependency[] =>
      linkList(list, item, index, markers);
    item.linked.dependencies = link(item.dependencies);
    item.linked.extras = linkMap(item.extras, link);
    item.linked.groups = linkMap(item.groups, link);
    return item.linked;
  });
}

function linkMap(
  lists: RawPackage['extras'],
  link: (list: readonly RawDependency[]) => readonly Dependency[],
): LockedPackage['extras'] {
  if (lists.size === 0) return NO_DEPENDENCIES;
  return new Map([...lists].map(([name, list]) => [name, link(list)]));
}

function linkList(
  list: readonly RawDependency[],
  owner: RawPackage,
  index: PackageIndex,
  markers: Markers,
): readonly Dependency[] {
  const seen = new Set<string>();
  return list.map((dependency) => {
    const found = index.find(dependency, owner);
    const extras = dependency.extras.filter((extra) => found.raw.extras.has(extra));
    const key = `${found.id} ${dependency.extras.join(',')} ${dependency.markerText}`;
    if (seen.has(key)) throw invalid(owner.place, `the dependency '${dependency.name}' is there twice`);
    seen.add(key);
    const marker =
      dependency.markerText === '' ? undefined : markers.parse(dependency.markerText, owner.place);
    return { package: found.raw.linked, extras, marker };
  });
}

interface IndexedPackage {
  readonly id: string;
  readonly raw: RawPackage;
}

/** Finds packages by name and, if that is not unique, by version and source. */
class PackageIndex {
  readonly #byName = new Map<string, IndexedPackage[]>();
  readonly #byId = new Map<string, IndexedPackage>();

  constructor(raw: readonly RawPackage[]) {
    for (const item of raw) {
      const { name, version, source } = item.linked;
      const entry = { id: packageId(name, version, sourceKey(source)), raw: item };
      if (this.#byId.has(entry.id))
        throw invalid(item.place, 'the same package, version and source is there twice');
      this.#byId.set(entry.id, entry);
      const same = this.#byName.get(name);
      if (same === undefined) this.#byName.set(name, [entry]);
      else same.push(entry);
    }
  }

  find(dependency: RawDependency, owner: RawPackage): IndexedPackage {
    const same = this.#byName.get(dependency.name) ?? [];
    const only = same.length === 1 ? same[0] : undefined;
    if (only !== undefined && dependency.version === undefined && dependency.source === undefined)
      return only;
    const source = dependency.source ?? only?.raw.linked.source;
    const version = dependency.version ?? only?.raw.linked.version;
    if (source === undefined && same.length > 1)
      throw invalid(
        owner.place,
        `the dependency '${dependency.name}' fits ${same.length} packages and names no source`,
      );
    const isTree = source !== undefined && ['directory', 'editable', 'virtual'].includes(source.kind);
    if (only === undefined && version === undefined && same.length > 1 && !isTree)
      throw invalid(
        owner.place,
        `the dependency '${dependency.name}' fits ${same.length} packages and names no version`,
      );
    const found = source && this.#byId.get(packageId(dependency.name, version, sourceKey(source)));
    if (found !== undefined) return found;
    const wanted =
      dependency.version === undefined ? dependency.name : `${dependency.name} ${dependency.version}`;
    throw invalid(owner.place, `it depends on '${wanted}', which the lock does not hold`);
  }
}

function packageId(name: string, version: string | undefined, source: string): string {
  return `${name} ${version === undefined ? '' : (parseVersion(version)?.key ?? version)} ${source}`;
}
