import path from 'node:path';
import { UserError } from '../../system/errors.ts';
import { isPlainPath } from '../../system/inside.ts';
import { onceEach } from '../../system/promises.ts';
import type { Run } from '../../system/run.ts';
import type { ReadText } from '../../uv/lock/project.ts';

/**
 * Files of one commit, read by git, because files in the checkout may be from the other job's
 * artifact.
 */
export interface BaseTree {
  readonly root: string;
  /**
   * Reads a text by its absolute path; undefined if the commit has no such file. Follows links that
   * stay in the commit.
   * @throws UserError `file-unreadable`
   */
  readonly read: ReadText;
  /** Whether the commit has a regular file at exactly this path, relative to the root. */
  readonly hasFile: (name: string) => Promise<boolean>;
  /** The folders in a folder, as absolute paths. */
  readonly foldersIn: (folder: string) => Promise<string[]>;
  /**
   * Paths of files that contain at least one of the texts, relative to the root.
   * @param names patterns of file names; default: Nix files
   */
  readonly filesWith: (texts: readonly string[], names?: readonly string[]) => Promise<string[]>;
}

/** @param commit 40 hexadecimal digits */
export function baseTree(run: Run, root: string, commit: string): BaseTree {
  const git = (args: readonly string[], input = '') => run('git', ['-C', root, ...args], { input });
  // Each check reads the locks, which do not change in a commit.
  const read: ReadText = onceEach(async (file) => {
    const name = path.relative(root, file);
    if (!isPlainPath(name)) return undefined;
    const { code, stdout, stderr } = await git(
      ['cat-file', '--batch', '--follow-symlinks'],
      `${commit}:${name}\n`,
    );
    const [header = ''] = stdout.split('\n', 1);
    if (code !== 0)
      throw new UserError(
        'file-unreadable',
        `git cannot read ${name} of the commit ${commit}. Check out the repository in a step before this one.`,
        { log: stderr },
      );
    // `missing`, `dangling`, `notdir` and the like have another form (git-cat-file, "Batch
    // output").
    if (!/^[0-9a-f]{40} blob \d+$/.test(header)) return undefined;
    const text = stdout.slice(header.length + 1, -1);
    if (!text.includes('\uFFFD')) return text;
    throw new UserError('file-unreadable', `${name} is not text in UTF-8. Save it as UTF-8.`);
  });
  const hasFile = async (name: string): Promise<boolean> => {
    if (!isPlainPath(name)) return false;
    const { stdout } = await git([...['ls-tree', '-z', '--full-tree'], commit, '--', name]);
    const [kind, listed] = stdout.split('\t', 2);
    return listed === `${name}\0` && /^100(?:644|755) blob [0-9a-f]{40}$/.test(kind ?? '');
  };
  const filesWith: BaseTree['filesWith'] = async (texts, names = ['*.nix']) => {
    const { stdout } = await git([
      ...['grep', '--name-only', '--null', '--fixed-strings', ...texts.flatMap((text) => ['-e', text])],
      ...[commit, '--', ...names.map((name) => `:(top)${name}`)],
    ]);
    // Each line is `COMMIT:PATH`.
    return stdout.split('\0').flatMap((line) => (line === '' ? [] : [line.slice(commit.length + 1)]));
  };
  const foldersIn = async (folder: string): Promise<string[]> => {
    const name = path.relative(root, folder);
    const below = name === '' ? [] : ['--', `${name}/`];
    const { stdout } = await git(['ls-tree', '-d', '-z', '--name-only', '--full-tree', commit, ...below]);
    return stdout.split('\0').flatMap((one) => (one === '' ? [] : [path.join(root, one)]));
  };
  return { root, read, hasFile, foldersIn, filesWith };
}

/** Replaces the texts of some files of a tree. */
export function withFiles(tree: BaseTree, files: readonly { path: string; after: string }[]): BaseTree {
  const changed = new Map(files.map(({ path: name, after }) => [path.join(tree.root, name), after]));
  return { ...tree, read: async (file) => changed.get(file) ?? tree.read(file) };
}
