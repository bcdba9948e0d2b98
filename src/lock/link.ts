import { invalid, type Markers } from './fields.ts';
import type { RawDependency, RawPackage } from './packages.ts';
import { sourceKey } from './source.ts';
import type { Dependency, LockedPackage } from './types.ts';
import { parseVersion } from './version.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Replaces the names in dependencies by the packages that they mean. A name that occurs once needs no more; where it
 * occurs several times, version and source tell which (uv, PackageIdForDependency::unwire).
 * @throws UserError `lock-invalid` for a dependency that is not in the lock or does not say which one it means, and
 *   for the same package or dependency twice
 */
export function linkPackages(raw: readonly RawPackage[], markers: Markers): readonly LockedPackage[] {
  const linked: Mutable<LockedPackage>[] = raw.map(({ place: _, ...rest }) => ({
    ...rest,
    dependencies: [],
    extras: new Map(),
    groups: new Map(),
  }));
  const index = new PackageIndex(linked, raw);
  for (const [at, item] of raw.entries()) {
    const target = linked[at];
    if (target === undefined) continue;
    const link = (list: readonly RawDependency[]): readonly Dependency[] =>
      linkList(list, item, index, markers);
    target.dependencies = link(item.dependencies);
    target.extras = new Map([...item.extras].map(([extra, list]) => [extra, link(list)]));
    target.groups = new Map([...item.groups].map(([group, list]) => [group, link(list)]));
  }
  return linked;
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
    return { package: found.linked, extras, marker };
  });
}

interface Entry {
  readonly id: string;
  readonly linked: LockedPackage;
  readonly raw: RawPackage;
}

/** Finds packages by name and, where that is not enough, by version and source. */
class PackageIndex {
  readonly #byName = new Map<string, Entry[]>();
  readonly #byId = new Map<string, Entry>();

  constructor(linked: readonly LockedPackage[], raw: readonly RawPackage[]) {
    for (const [at, item] of raw.entries()) {
      const target = linked[at];
      if (target === undefined) continue;
      const entry = {
        id: packageId(item.name, item.version, sourceKey(item.source)),
        linked: target,
        raw: item,
      };
      if (this.#byId.has(entry.id))
        throw invalid(item.place, 'the same package, version and source is there twice');
      this.#byId.set(entry.id, entry);
      const same = this.#byName.get(item.name);
      if (same === undefined) this.#byName.set(item.name, [entry]);
      else same.push(entry);
    }
  }

  find(dependency: RawDependency, owner: RawPackage): Entry {
    const same = this.#byName.get(dependency.name) ?? [];
    const only = same.length === 1 ? same[0] : undefined;
    if (only !== undefined && dependency.version === undefined && dependency.source === undefined)
      return only;
    const source = dependency.source ?? only?.raw.source;
    const version = dependency.version ?? only?.raw.version;
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
