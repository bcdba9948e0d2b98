import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Git } from './git.ts';

/** One entry to put into a tree; a null object takes the path away. */
export interface TreeChange {
  path: string;
  mode: string;
  sha: string | null;
}

/** Writes the tree that `base` becomes with these changes, through an index of its own. */
export async function changeTree(
  git: Git,
  base: string | null,
  changes: readonly TreeChange[],
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'loopback-github-'));
  try {
    const env = { GIT_INDEX_FILE: join(folder, 'index') };
    await git.run(base === null ? ['read-tree', '--empty'] : ['read-tree', base], { env });
    const lines = changes.map(({ path, mode, sha }) =>
      sha === null ? `0 ${'0'.repeat(40)}\t${path}` : `${mode} ${sha} 0\t${path}`,
    );
    await git.run(['update-index', '-z', '--index-info'], {
      env,
      input: lines.map((line) => `${line}\0`).join(''),
    });
    return await git.text(['write-tree'], { env });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One entry of a tree as `git ls-tree` prints it. */
export interface TreeEntry {
  mode: string;
  type: string;
  sha: string;
  path: string;
}

/** Entries of a tree, or null where there is none by that name. */
export async function listTree(git: Git, tree: string, recursive: boolean): Promise<TreeEntry[] | null> {
  const out = await git.maybe(['ls-tree', '-z', ...(recursive ? ['-r', '-t'] : []), tree]);
  if (out === null) return null;
  return out
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t');
      const [mode = '', type = '', sha = ''] = line.slice(0, tab).split(' ');
      return { mode, type, sha, path: line.slice(tab + 1) };
    });
}
