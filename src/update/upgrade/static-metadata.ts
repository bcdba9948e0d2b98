import { UserError } from '../../system/errors.ts';
import { isTable, stringsOf, tablesOf } from '../../uv/lock/reader.ts';
import { isRegistry, isTree } from '../../uv/lock/source.ts';
import type { TomlTable } from '../../uv/lock/toml.ts';
import type { Dependency, Lock, LockedPackage } from '../../uv/lock/types.ts';
import type { LocalPackage } from '../metadata-copy.ts';

// uv builds packages without static metadata. Build backends are untrusted programs, so uv gets the
// metadata that the lock records of these packages, and their versions stay.

/**
 * Packages whose metadata only a build could show, because they come as source.
 * @throws UserError `upgrade-failed` for several versions of one package
 */
export function sourceOnly({ packages, byName }: Lock): LockedPackage[] {
  const found = packages.filter(({ source, wheels }) => !isTree(source) && wheels.length === 0);
  const several = found.find(({ name }) => (byName.get(name)?.length ?? 0) > 1);
  if (several === undefined) return found;
  throw new UserError(
    'upgrade-failed',
    `uv.lock can't be upgraded: it has several versions of ${several.name}, which comes as source, so only a build could show what they need. Nothing was changed; run 'uv lock --upgrade' by hand.`,
  );
}

/**
 * A package's `dependency-metadata` (uv), with its dependencies as they are locked: the lock does
 * not record which other versions the package allows.
 */
export function metadataOf({ name, version, source, dependencies, extras }: LockedPackage): TomlTable {
  // In an index, it applies to every version, because none of them may be built.
  const isVersioned = !isRegistry(source) && version !== undefined;
  const inExtra = (extra: string) => (one: Dependency) => requirement(name, one, extra);
  return {
    name,
    ...(isVersioned ? { version } : {}),
    'requires-dist': [
      ...dependencies.map((one) => requirement(name, one)),
      ...[...extras].flatMap(([extra, list]) => list.map(inExtra(extra))),
    ],
    'provides-extra': [...extras.keys()],
  };
}

function requirement(owner: string, { package: item, extras, marker }: Dependency, extra?: string): string {
  if ((marker?.extras.length ?? 0) > 0)
    throw new UserError(
      'upgrade-failed',
      `uv.lock can't be upgraded: ${owner} comes as source, and what it depends on is decided by extras that conflict. Nothing was changed; run 'uv lock --upgrade' by hand.`,
    );
  const wanted = extras.length === 0 ? item.name : `${item.name}[${extras.join(',')}]`;
  const isPinned = isRegistry(item.source) && item.version !== undefined;
  const markers = [
    ...(marker === undefined ? [] : [extra === undefined ? marker.text : `(${marker.text})`]),
    ...(extra === undefined ? [] : [`extra == '${extra}'`]),
  ];
  return `${wanted}${isPinned ? `==${item.version}` : ''}${markers.length === 0 ? '' : ` ; ${markers.join(' and ')}`}`;
}

/**
 * A local package with complete metadata in its `pyproject.toml`: values that only a build backend
 * knows are taken from the lock.
 * @param recorded `[package.metadata]` of it in the lock
 * @throws UserError `upgrade-failed` if the lock does not have it
 */
export function withStaticMetadata(
  one: LocalPackage,
  lock: Lock,
  recorded: TomlTable | undefined,
): LocalPackage {
  const project = one.pyproject?.project;
  if (!one.pyproject || !isTable(project)) return one;
  const dynamic = stringsOf(project.dynamic);
  if (dynamic.length === 0) return one;
  const isDynamic = (key: string): boolean => dynamic.includes(key);
  const version = lock.byName.get(one.name)?.[0]?.version ?? '0';
  const { dynamic: _, ...rest } = project;
  return {
    ...one,
    pyproject: {
      ...one.pyproject,
      project: {
        ...rest,
        ...(isDynamic('version') ? { version } : {}),
        ...(isDynamic('requires-python') ? { 'requires-python': lock.requiresPython } : {}),
        ...(isDynamic('dependencies') || isDynamic('optional-dependencies')
          ? requirementsIn(one.name, recorded)
          : {}),
      },
    },
  };
}

/** The requirements of `[package.metadata]`, as `[project]` has them. */
function requirementsIn(name: string, recorded: TomlTable | undefined): TomlTable {
  const found = tablesOf(recorded?.['requires-dist']);
  const optional = new Map(stringsOf(recorded?.['provides-extras']).map((extra) => [extra, [] as string[]]));
  const dependencies: string[] = [];
  for (const { name: wanted, specifier, extras, marker, url } of found) {
    const [, own = '', inner = '', extra] =
      /^(?:\((.+)\) and |([^()]+?) and )?extra == '([^']+)'$/.exec(String(marker ?? '')) ?? [];
    const text = extra === undefined ? String(marker ?? '') : own || inner;
    if (/\bextra\b/.test(text)) throw notStatic(name);
    const full = [
      `${String(wanted)}${Array.isArray(extras) ? `[${extras.join(',')}]` : ''}`,
      typeof url === 'string' ? ` @ ${url} ` : String(specifier ?? ''),
      text === '' ? '' : ` ; ${text}`,
    ].join('');
    if (extra === undefined) dependencies.push(full);
    else optional.set(extra, [...(optional.get(extra) ?? []), full]);
  }
  if (recorded === undefined) throw notStatic(name);
  return { dependencies, 'optional-dependencies': Object.fromEntries(optional) };
}

const notStatic = (name: string): UserError =>
  new UserError(
    'upgrade-failed',
    `uv.lock can't be upgraded: only the build backend of ${name} knows its dependencies, and uv.lock does not have them in a form that can be read. Nothing was changed; declare them in its pyproject.toml, or run 'uv lock --upgrade' by hand.`,
  );
