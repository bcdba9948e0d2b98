import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ifUserError, UserError } from '../../system/errors.ts';
import { pathBelow, repositoryOf, requireInside } from '../../system/inside.ts';
import { printable } from '../../system/printable.ts';
import { parseLock } from './parse.ts';
import { clip } from './reader.ts';
import { type Pyproject, readPyproject, readSettings, type Settings } from './settings.ts';
import { isTree, pathIn } from './source.ts';
import { parseToml, type TomlTable } from './toml.ts';
import type { Lock, LockedPackage } from './types.ts';

/** Reads a text file; undefined if missing. Other failures are thrown. */
export type ReadText = (path: string) => Promise<string | undefined>;

/** A lock with the project's files and settings that a plan depends on. */
export interface Project {
  readonly lock: Lock;
  /** The folder that the lock's paths are relative to. */
  readonly root: string;
  /** Path of the lock file. */
  readonly lockFile: string;
  readonly settings: Settings;
  /** Name of the project in the requested folder; undefined in a virtual workspace root. */
  readonly current: string | undefined;
  /** The `pyproject.toml` of the root. */
  readonly rootPyproject: Pyproject | undefined;
  /** The readable `pyproject.toml` of members, by package name. */
  readonly pyprojects: ReadonlyMap<string, Pyproject>;
}

/**
 * Loads the project in `dir`: its lock or its workspace's, the `pyproject.toml` of root and
 * members, and uv's settings of the project. User and system configuration and environment
 * variables are not read, so that every machine computes the same plan.
 *
 * @param dir folder of a project or workspace member
 * @param options.lockFile another lock; its paths are relative to the project's or workspace's
 *   folder
 * @param options.repository folder that all files have to be in, from `repositoryOf`; null: the
 *   lock's folder. Not set: the files are not on disk, such as those of a commit
 * @throws UserError `lock-missing`, `file-outside`, and errors of `parseLock`
 */
export async function loadProject(
  dir: string,
  readFile: ReadText,
  options: { readonly lockFile?: string; readonly repository?: string | null } = {},
): Promise<Project> {
  const { repository, lockFile } = options;
  const top = repository ?? undefined;
  const read = readingInside(readFile, top, lockFile);
  const own = await readPyprojectIn(dir, read);
  const found =
    lockFile === undefined ? await findLock(dir, read, top) : await readLock(lockFile, dir, own, read);
  const { root, lock } = found;
  if (repository !== undefined) await checkPaths(lock, root, repository ?? root);
  const rootPyproject = sameFolder(dir, root) ? own : await readPyprojectIn(root, read);
  return {
    ...found,
    settings: await findSettings(root, rootPyproject, read, top),
    current: own === undefined ? memberAt(lock, path.relative(root, dir)) : own.name,
    rootPyproject,
    pyprojects: await readMembers(lock, root, rootPyproject, read),
  };
}

/**
 * Loads a project on disk; its files have to be inside its repository, or, if it is in none, in the
 * lock's folder.
 * @throws UserError as `loadProject`
 */
export const loadInside = async (dir: string, { read }: { readonly read: ReadText }): Promise<Project> =>
  loadProject(dir, read, { repository: (await repositoryOf(dir)) ?? null });

type FoundLock = Pick<Project, 'root' | 'lockFile' | 'lock'>;

/** Reads another lock, for the folder above `dir` that makes `dir` a member, or for `dir`. */
async function readLock(
  lockFile: string,
  dir: string,
  own: Pyproject | undefined,
  read: ReadText,
): Promise<FoundLock> {
  const text = await read(lockFile);
  if (text === undefined)
    throw new UserError(
      'lock-missing',
      `${lockFile} is missing. Set --lock to an existing uv.lock, or omit it.`,
    );
  const lock = parseLock(text, lockFile);
  const root = ancestors(dir).find((folder) => {
    const member = memberAt(lock, path.relative(folder, dir));
    return member !== undefined && (own === undefined || member === own.name);
  });
  return { root: root ?? dir, lockFile, lock };
}

async function findLock(dir: string, read: ReadText, top: string | undefined): Promise<FoundLock> {
  for (const root of ancestors(dir, top)) {
    const lockFile = path.join(root, 'uv.lock');
    const text = await read(lockFile);
    if (text === undefined) continue;
    const lock = parseLock(text, lockFile);
    // Above the project, only the lock of its workspace is valid.
    if (sameFolder(root, dir) || memberAt(lock, path.relative(root, dir)) !== undefined)
      return { root, lockFile, lock };
  }
  throw new UserError(
    'lock-missing',
    `There is no uv.lock in ${dir} or in a workspace above it. Run 'uv lock' there.`,
  );
}

/** The member of the lock in `folder`, relative to the root. */
function memberAt(lock: Lock, folder: string): string | undefined {
  const wanted = path.normalize(folder);
  return lock.packages.find(({ source }) => isTree(source) && path.normalize(source.path) === wanted)?.name;
}

async function readMembers(
  lock: Lock,
  root: string,
  rootPyproject: Pyproject | undefined,
  read: ReadText,
): Promise<ReadonlyMap<string, Pyproject>> {
  const result = new Map<string, Pyproject>();
  if (rootPyproject?.name !== undefined) result.set(rootPyproject.name, rootPyproject);
  for (const name of lock.members.filter((member) => !result.has(member))) {
    const source = lock.byName.get(name)?.[0]?.source;
    const folder = source && isTree(source) ? path.resolve(root, source.path) : undefined;
    // Members are below the root; the lock is untrusted.
    if (folder === undefined || pathBelow(root, folder) === undefined) continue;
    const pyproject = await readPyprojectIn(folder, read);
    if (pyproject !== undefined) result.set(name, pyproject);
  }
  return result;
}

async function readPyprojectIn(folder: string, read: ReadText): Promise<Pyproject | undefined> {
  const file = path.join(folder, 'pyproject.toml');
  const text = await read(file);
  return text === undefined ? undefined : readPyproject(parseToml(text, file), file);
}

/**
 * The nearest `uv.toml`, or `pyproject.toml` with a `[tool.uv]`, from the workspace root upwards;
 * `uv.toml` takes precedence (uv, crates/uv-settings/src/lib.rs, FilesystemOptions::find).
 */
async function findSettings(
  root: string,
  rootPyproject: Pyproject | undefined,
  read: ReadText,
  top: string | undefined,
): Promise<Settings> {
  for (const folder of ancestors(root, top)) {
    const file = path.join(folder, 'uv.toml');
    const text = await read(file);
    if (text !== undefined) return readSettings(parseToml(text, file), file);
    // Above the root, uv ignores an invalid `pyproject.toml`.
    const pyproject =
      folder === root ? rootPyproject : await readPyprojectIn(folder, read).catch(ifUserError);
    if (pyproject?.uv !== undefined) return readSettings(pyproject.uv, path.join(folder, 'pyproject.toml'));
  }
  return readSettings({}, root);
}

/**
 * uv's settings of the projects with these locks, except projects that can't be read.
 * @param locks paths of files
 * @param top folders above it are ignored
 */
export async function settingsOfLocks(
  locks: readonly string[],
  read: ReadText,
  top: string,
): Promise<TomlTable[]> {
  const found = locks.map(async (lock) => {
    const root = path.dirname(lock);
    return (await findSettings(root, await readPyprojectIn(root, read), read, top)).table;
  });
  const tables = await Promise.all(found.map((one) => one.catch(ifUserError)));
  return tables.filter((one) => one !== undefined);
}

/** A folder and its parents up to `top`. */
function ancestors(dir: string, top?: string): readonly string[] {
  const result = [dir];
  for (let folder = dir; folder !== top && folder !== path.dirname(folder); ) {
    folder = path.dirname(folder);
    result.push(folder);
  }
  return result;
}

/** Refuses files outside of the repository, also by links; `except` is a path from the user. */
const readingInside =
  (read: ReadText, repository: string | undefined, except: string | undefined): ReadText =>
  async (file) => {
    if (repository !== undefined && file !== except) await requireInside(repository, file, file);
    return read(file);
  };

function sameFolder(left: string, right: string): boolean {
  return path.relative(left, right) === '';
}

/**
 * Refuses a lock with sources or files outside of the repository, before they are read: links of an
 * untrusted checkout may lead to any file of this machine.
 * @param root folder that the lock's paths are relative to
 * @throws UserError `file-outside`, `file-unreadable`
 */
async function checkPaths(lock: Lock, root: string, repository: string): Promise<void> {
  const what = (name: string): string =>
    printable(`'${clip(name)}', a source in ${path.basename(lock.file)},`);
  // In these folders, uv-fod reads pyproject.toml, which may be a link.
  const folders = lock.packages.flatMap(({ source }) =>
    isTree(source) || source.kind === 'registry-path' ? [source.path] : [],
  );
  for (const folder of new Set(folders))
    await requireInside(repository, path.resolve(root, folder, 'pyproject.toml'), what(folder));
  for (const file of new Set(lock.packages.flatMap(filesOf))) {
    const at = path.resolve(root, file);
    await requireInside(repository, at, what(file));
    const found = await stat(at).catch(() => undefined);
    if (found === undefined || found.isFile()) continue;
    throw new UserError(
      'file-unreadable',
      `${what(file)} is not a regular file. Put the file itself into the repository.`,
    );
  }
}

/**
 * Wheels and sdists of a package in the repository; those of a local registry are in its folder.
 */
function filesOf({ source, wheels, sdist }: LockedPackage): string[] {
  const inFolder = (file: string): string =>
    source.kind === 'registry-path' ? pathIn(source.path, file) : file;
  const listed = [...wheels, ...(sdist ? [sdist] : [])].flatMap(({ path: file }) => file ?? []);
  return [...(source.kind === 'path' ? [source.path] : []), ...listed.map(inFolder)];
}
