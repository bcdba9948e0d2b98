import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from './errors.ts';

// The one rule for "a path inside the repository": its name is checked first, then where its links
// lead.

/** Code points that HFS+ ignores in names (git, utf8.c, next_hfs_char). */
const ignored = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * Whether a component is `.git` to any file system that git protects against (git, verify_path,
 * core.protectHFS, core.protectNTFS): other case, `git~1`, trailing dots and spaces, a stream,
 * ignored code points.
 */
function isGitFolder(component: string): boolean {
  return /^(\.git|git~1)[. ]*(:.*)?$/is.test(component.replace(ignored, ''));
}

/** Whether `text` names a file inside the repository: relative, without `..`, not in `.git`. */
export function isInnerPath(text: string): boolean {
  return (
    text !== '' &&
    !/^[/~]|[\\\0]|^[a-z]:/i.test(text) &&
    !text.split('/').some((component) => component === '..' || isGitFolder(component))
  );
}

/**
 * A path as git writes it in a tree: an inner path of normal form, without characters that can't be
 * seen.
 */
export const isPlainPath = (name: string): boolean =>
  isInnerPath(name) &&
  name.length <= 4096 &&
  !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(name) &&
  name.split('/').every((part) => part !== '' && part !== '.');

/**
 * A file's path in a folder, by name alone.
 * @param root absolute
 * @param file absolute
 * @returns empty for the folder itself; undefined if it lies elsewhere
 */
export function pathBelow(root: string, file: string): string | undefined {
  const relative = path.relative(root, file);
  const isElsewhere = relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
  return isElsewhere || file.includes('\0') ? undefined : relative;
}

/**
 * Whether a file is in a folder, by name and by its links. A missing file is checked by its deepest
 * existing folder, before it is written.
 */
export async function isInside(root: string, file: string): Promise<boolean> {
  return pathBelow(root, file) !== undefined && (await realPathBelow(root, file)) !== undefined;
}

/** As `pathBelow`, but by links; undefined also for a dangling link. */
export async function realPathBelow(root: string, file: string): Promise<string | undefined> {
  const [top, found] = await Promise.all([realpath(root).catch(() => root), realPath(file)]);
  return found === undefined ? undefined : pathBelow(top, found);
}

/** The real path of a file; for a missing one, where it would be created. */
async function realPath(file: string): Promise<string | undefined> {
  for (let at = file; ; at = path.dirname(at)) {
    const found = await realpath(at).catch(() => undefined);
    if (found !== undefined) return path.join(found, path.relative(at, file));
    // Writing to a dangling link would create its target.
    if (at === path.dirname(at) || (await lstat(at).catch(() => undefined))?.isSymbolicLink())
      return undefined;
  }
}

/**
 * Refuses a file that is not inside `root`.
 * @param what names the file in the message
 * @throws UserError `file-outside`
 */
export async function requireInside(root: string, file: string, what: string): Promise<void> {
  if (!(await isInside(root, file))) throw outside(root, what);
}

export const outside = (root: string, what: string): UserError =>
  new UserError(
    'file-outside',
    `${what} leads out of the repository ${root}, so it is not read. Put the file itself into the repository.`,
  );

/**
 * The folder that must contain all paths of a project: its git repository, or its store path.
 * @param dir absolute; folder of the project
 * @param store Nix's store
 * @returns undefined outside of both
 */
export async function repositoryOf(dir: string, store = '/nix/store'): Promise<string | undefined> {
  const inStore = pathBelow(store, dir)?.split(path.sep)[0];
  if (inStore) return path.join(store, inStore);
  for (let folder = dir; ; folder = path.dirname(folder)) {
    if (await lstat(path.join(folder, '.git')).catch(() => undefined)) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}
