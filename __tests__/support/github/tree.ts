import type { Git } from './git.ts';

/** One entry to put into a tree; a null object takes the path away. */
export interface TreeChange {
  path: string;
  mode: string;
  sha: string | null;
}

/** One entry of a tree. */
export interface TreeEntry {
  mode: string;
  type: string;
  sha: string;
  path: string;
}

const FOLDER = '040000';

const typeOf = (mode: string): string => (mode === FOLDER ? 'tree' : mode === '160000' ? 'commit' : 'blob');

/** Takes a tree object apart: mode, space, name, NUL and 20 bytes of id, again and again. */
function parseTree(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < content.length; ) {
    const nul = content.indexOf(0, at);
    const [mode = '', ...name] = content.subarray(at, nul).toString().split(' ');
    const padded = mode.padStart(6, '0');
    const sha = content.subarray(nul + 1, nul + 21).toString('hex');
    entries.push({ mode: padded, type: typeOf(padded), sha, path: name.join(' ') });
    at = nul + 21;
  }
  return entries;
}

// Git sorts entries by bytes, a folder as if its name ended in a slash.
const sortKey = ({ path, mode }: TreeEntry): Buffer => Buffer.from(mode === FOLDER ? `${path}/` : path);

function formatTree(entries: readonly TreeEntry[]): Buffer {
  const sorted = [...entries].sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
  return Buffer.concat(
    sorted.flatMap(({ mode, path, sha }) => [
      Buffer.from(`${mode.replace(/^0/, '')} ${path}\0`),
      Buffer.from(sha, 'hex'),
    ]),
  );
}

/**
 * Entries of a tree by any name of it, with those of the folders below where asked; null where
 * there is none.
 */
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

/**
 * Writes the tree that `base` (a commit or tree; null: nothing) becomes with these changes, and
 * returns its id.
 */
export async function changeTree(
  git: Git,
  base: string | null,
  changes: readonly TreeChange[],
): Promise<string> {
  const entries = new Map<string, TreeEntry>();
  for (const entry of base === null ? [] : ((await listTree(git, `${base}^{tree}`, false)) ?? []))
    entries.set(entry.path, entry);
  const below = new Map<string, TreeChange[]>();
  for (const change of changes) {
    const slash = change.path.indexOf('/');
    if (slash >= 0) {
      const folder = change.path.slice(0, slash);
      below.set(folder, [...(below.get(folder) ?? []), { ...change, path: change.path.slice(slash + 1) }]);
    } else if (change.sha === null) entries.delete(change.path);
    else
      entries.set(change.path, {
        path: change.path,
        mode: change.mode,
        type: typeOf(change.mode),
        sha: change.sha,
      });
  }
  for (const [folder, inside] of below) {
    const existing = entries.get(folder);
    const sha = await changeTree(git, existing?.type === 'tree' ? existing.sha : null, inside);
    const left = (await listTree(git, sha, false)) ?? [];
    // Git knows no empty folders.
    if (left.length === 0) entries.delete(folder);
    else entries.set(folder, { path: folder, mode: FOLDER, type: 'tree', sha });
  }
  return git.write('tree', formatTree([...entries.values()]));
}

/** One path that differs between two trees. */
export interface TreeDifference {
  path: string;
  before?: TreeEntry;
  after?: TreeEntry;
}

/**
 * Files that differ between two trees (or commits), sorted by path; null stands for an empty tree.
 */
export async function diffTrees(git: Git, from: string | null, to: string | null): Promise<TreeDifference[]> {
  const read = async (name: string | null) =>
    new Map(
      (name === null ? [] : ((await listTree(git, `${name}^{tree}`, false)) ?? [])).map((entry) => [
        entry.path,
        entry,
      ]),
    );
  const [before, after] = await Promise.all([read(from), read(to)]);
  const differences: TreeDifference[] = [];
  for (const path of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [old, now] = [before.get(path), after.get(path)];
    if (old?.sha === now?.sha && old?.mode === now?.mode) continue;
    const oldFile = old && old.type !== 'tree' ? { before: old } : {};
    const newFile = now && now.type !== 'tree' ? { after: now } : {};
    if (oldFile.before || newFile.after) differences.push({ path, ...oldFile, ...newFile });
    if (old?.type !== 'tree' && now?.type !== 'tree') continue;
    const inside = await diffTrees(
      git,
      old?.type === 'tree' ? old.sha : null,
      now?.type === 'tree' ? now.sha : null,
    );
    differences.push(...inside.map((one) => ({ ...one, path: `${path}/${one.path}` })));
  }
  return differences;
}
