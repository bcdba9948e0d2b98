import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'smol-toml';
import { pathBelow, repositoryOf } from '../system/inside.ts';
import type { Project, ReadText } from '../uv/lock/project.ts';
import { tableOf } from '../uv/lock/reader.ts';
import { parseToml, type TomlTable } from '../uv/lock/toml.ts';

/** uv's settings that a lock depends on. Others name programs, folders and mirrors. */
const settings = [
  ...['workspace', 'sources', 'package', 'managed', 'conflicts', 'environments', 'required-environments'],
  ...['dev-dependencies', 'default-groups', 'dependency-groups', 'dependency-metadata'],
  ...['constraint-dependencies', 'override-dependencies', 'exclude-dependencies'],
  ...['build-constraint-dependencies', 'extra-build-dependencies'],
  ...['index', 'index-url', 'extra-index-url', 'find-links', 'index-strategy', 'no-index'],
  ...['exclude-newer', 'exclude-newer-package', 'prerelease', 'resolution', 'fork-strategy'],
];

/**
 * uv builds workspace members in spite of `--no-build`. A build requirement of this name, which
 * can't be met, makes that fail before a build backend starts.
 */
export const unbuildable = 'uv_fod_builds_nothing';

const buildSystem = {
  requires: [`${unbuildable} @ file:///dev/null/${unbuildable}-0-py3-none-any.whl`],
  'build-backend': unbuildable,
};

/** A package of the lock whose files are in the repository. */
export interface LocalPackage {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  /** Undefined if it has no pyproject.toml. */
  readonly pyproject: TomlTable | undefined;
  /** The requirements that uv.lock records for it. */
  readonly recorded: TomlTable | undefined;
}

interface Copied {
  /** The project's folder in the copy. */
  readonly root: string;
  /** Why uv must not see it; undefined if it may. */
  readonly refused: string | undefined;
}

/**
 * Writes the files that uv reads to check a lock: the lock, and the parts of each `pyproject.toml`
 * and the `uv.toml` that a lock depends on. uv starts the Python that `.python-version` or `.venv`
 * names, and builds with the backend of a package: none of these is in the copy.
 *
 * @param dir an empty folder
 */
export async function copyMetadata(
  { root, lockFile, rootPyproject, lock }: Project,
  packages: readonly LocalPackage[],
  dir: string,
  read: ReadText,
): Promise<Copied> {
  const top = (await repositoryOf(root)) ?? root;
  const copyOf = (file: string): string | undefined => {
    // uv expands variables in some paths.
    const below = file.includes('$') ? undefined : pathBelow(top, file);
    return below === undefined ? undefined : path.join(dir, below);
  };
  const copied = copyOf(root) ?? dir;
  const own = path.join(root, 'pyproject.toml');
  const documents = new Map(packages.map(({ folder, pyproject }) => [folder, pyproject]));
  if (rootPyproject && !documents.has(root)) documents.set(root, parseToml((await read(own)) ?? '', own));
  for (const [folder, pyproject = {}] of documents) {
    const target = copyOf(folder);
    const away = pathsOf(pyproject).find((one) => copyOf(path.resolve(folder, one)) === undefined);
    if (target === undefined || away !== undefined)
      return {
        root: copied,
        refused: `${away ?? path.relative(root, folder)} is outside of the repository.`,
      };
    await mkdir(target, { recursive: true });
    await writeFile(path.join(target, 'pyproject.toml'), stringify(reduced(pyproject)));
  }
  for (const { source } of lock.packages) {
    if (source.kind !== 'path' && source.kind !== 'registry-path') continue;
    const from = path.resolve(root, source.path);
    const target = copyOf(from);
    if (target === undefined)
      return { root: copied, refused: `${source.path} is outside of the repository.` };
    await mkdir(path.dirname(target), { recursive: true });
    // Two packages may be in the same local index.
    await symlink(from, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  await writeFile(path.join(copied, 'uv.lock'), (await read(lockFile)) ?? '');
  const uvToml = await read(path.join(root, 'uv.toml'));
  if (uvToml !== undefined)
    await writeFile(path.join(copied, 'uv.toml'), stringify(only(parseToml(uvToml, 'uv.toml'), settings)));
  return { root: copied, refused: undefined };
}

const settingsIn = (pyproject: TomlTable): TomlTable => tableOf(tableOf(pyproject.tool).uv);

const reduced = (pyproject: TomlTable): TomlTable => ({
  ...only(pyproject, ['project', 'dependency-groups']),
  ...('uv' in tableOf(pyproject.tool) ? { tool: { uv: only(settingsIn(pyproject), settings) } } : {}),
  ...(pyproject['build-system'] === undefined ? {} : { 'build-system': buildSystem }),
});

const only = (table: TomlTable, keys: readonly string[]): TomlTable =>
  Object.fromEntries(keys.filter((key) => Object.hasOwn(table, key)).map((key) => [key, table[key]]));

/** Paths of sources and of workspace members, relative to the package's folder. */
function pathsOf(pyproject: TomlTable): string[] {
  const { sources, workspace } = settingsIn(pyproject);
  const { members = [], exclude = [] } = tableOf(workspace);
  return [
    ...Object.values(tableOf(sources))
      .flat()
      .flatMap((one) => tableOf(one).path ?? []),
    ...[members, exclude].flat(),
  ].map(String);
}
