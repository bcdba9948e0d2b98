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

/** One entry of a tree. */
export interface TreeEntry {
  mode: string;
  type: string;
  sha: string;
  path: string;
}

/** Takes a tree object apart: mode, space, name, NUL and 20 bytes of id, again and again. */
function parseTree(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < content.length; ) {
    const nul = content.indexOf(0, at);
    const [mode = '', ...name] = content.subarray(at, nul).toString().split(' ');
    const type = mode === '40000' ? 'tree' : mode === '160000' ? 'commit' : 'blob';
    const sha = content.subarray(nul + 1, nul + 21).toString('hex');
    entries.push({ mode: mode.padStart(6, '0'), type, sha, path: name.join(' ') });
    at = nul + 21;
  }
  return entries;
}

/** Entries of a tree by any name of it, with those of the folders below where asked; null where there is none. */
export async function listTree(git: Git, name: string, recursive: boolean): Promise<TreeEntry[] | null> {
  const object = await git.object(name);
  if (object?.type !== 'tree') return null;
  const all: TreeEntry[] = [];
  for (const entry of parseTree(object.content)) {
    all.push(entry);
    if (!recursive || entry.type !== 'tree') continue;
    const below = (await listTree(git, entry.sha, true)) ?? [];
    all.push(...below.map((one) => ({ ...one, path: `${entry.path}/${one.path}` })));
  }
  return all;
}
