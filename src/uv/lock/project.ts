import path from 'node:path';
import { UserError } from '../../system/errors.ts';
import { requireInside } from '../../system/inside.ts';
import { checkPaths } from './inside.ts';
import { parseLock } from './parse.ts';
import { type ReadText, rememberText } from './reader.ts';
import { NO_SETTINGS, type Pyproject, parsePyproject, parseSettings, type Settings } from './settings.ts';
import { parseToml } from './toml.ts';
import type { Lock } from './types.ts';

export type { ReadText } from './reader.ts';

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
  const { repository } = options;
  const top = repository ?? undefined;
  const read = rememberText(readingInside(readFile, top, options.lockFile));
  const { root, lockFile, lock } =
    options.lockFile === undefined
      ? await findLock(dir, read, top)
      : await readLock(dir, options.lockFile, read);
  if (repository !== undefined) await checkPaths(lock, root, repository ?? root);
  const rootPyproject = await readPyproject(path.join(root, 'pyproject.toml'), read);
  const pyprojects = await readMembers(lock, root, rootPyproject, read);
  const own = sameFolder(dir, root)
    ? rootPyproject
    : await readPyproject(path.join(dir, 'pyproject.toml'), read);
  return {
    lock,
    root,
    lockFile,
    settings: await findSettings(root, read, top),
    current: own === undefined ? memberAt(lock, path.relative(root, dir)) : own.name,
    rootPyproject,
    pyprojects,
  };
}

interface FoundLock {
  readonly root: string;
  readonly lockFile: string;
  readonly lock: Lock;
}

/** Reads another lock, for the folder above `dir` that makes `dir` a member, or for `dir`. */
async function readLock(dir: string, lockFile: string, read: ReadText): Promise<FoundLock> {
  const text = await read(lockFile);
  if (text === undefined)
    throw new UserError(
      'lock-missing',
      `${lockFile} is missing. Set --lock to an existing uv.lock, or omit it.`,
    );
  const lock = parseLock(text, lockFile);
  const own = await readPyproject(path.join(dir, 'pyproject.toml'), read);
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
    `There is no uv.lock in ${dir} or in a workspace above it. Run 'uv lock' there, or set --lock.`,
  );
}

/** The member of the lock in `folder`, relative to the root. */
function memberAt(lock: Lock, folder: string): string | undefined {
  const wanted = path.normalize(folder === '' ? '.' : folder);
  const found = lock.packages.find(
    ({ source }) =>
      (source.kind === 'editable' || source.kind === 'virtual' || source.kind === 'directory') &&
      path.normalize(source.path) === wanted,
  );
  return found?.name;
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
    const file = pyprojectOf(name, lock, root);
    const pyproject = file === undefined ? undefined : await readPyproject(file, read);
    if (pyproject !== undefined) result.set(name, pyproject);
  }
  return result;
}

function pyprojectOf(name: string, lock: Lock, root: string): string | undefined {
  const source = lock.byName.get(name)?.[0]?.source;
  if (source === undefined || !('path' in source) || source.path === undefined) return undefined;
  const folder = path.resolve(root, source.path);
  // Members are below the root; the lock is untrusted.
  return path.relative(root, folder).startsWith('..') ? undefined : path.join(folder, 'pyproject.toml');
}

async function readPyproject(file: string, read: ReadText): Promise<Pyproject | undefined> {
  const text = await read(file);
  return text === undefined ? undefined : parsePyproject(parseToml(text, file), file);
}

/**
 * The nearest `uv.toml`, or `pyproject.toml` with a `[tool.uv]`, from the workspace root upwards;
 * `uv.toml` takes precedence (uv, crates/uv-settings/src/lib.rs, FilesystemOptions::find).
 */
async function findSettings(root: string, read: ReadText, top: string | undefined): Promise<Settings> {
  for (const folder of ancestors(root, top)) {
    const file = path.join(folder, 'uv.toml');
    const text = await read(file);
    if (text !== undefined) return parseSettings(parseToml(text, file), file);
    const pyproject = await readSettingsPyproject(path.join(folder, 'pyproject.toml'), read, folder === root);
    if (pyproject?.uv !== undefined) return parseSettings(pyproject.uv, pyproject.file);
  }
  return NO_SETTINGS;
}

/** Above the root, uv ignores an invalid `pyproject.toml`. */
async function readSettingsPyproject(
  file: string,
  read: ReadText,
  isRoot: boolean,
): Promise<Pyproject | undefined> {
  try {
    return await readPyproject(file, read);
  } catch (error) {
    if (isRoot || !(error instanceof UserError)) throw error;
    return undefined;
  }
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
