import { UserError } from '../../system/errors.ts';
import type { CommitComparison, HistoryCommit } from '../forge.ts';
import type { Store } from './git.ts';
import { fetchCommits } from './look.ts';

/** Depths of history to fetch until both commits meet; the last one is everything. */
const DEPTHS = ['50', '1000', '2147483647'];

/** Limit; a branch with more counts as someone else's. */
const MOST_COMMITS = 250;

/** Lists what `to` has and `from` does not. */
export async function compare(store: Store, from: string, to: string): Promise<CommitComparison> {
  const mergeBase = await meetingPoint(store, from, to);
  const listed = await store.local([
    ...['rev-list', '--topo-order', '--reverse', `--max-count=${MOST_COMMITS + 1}`],
    ...[to, `^${from}`, '--'],
  ]);
  const all = listed.split('\n').filter((line) => line !== '');
  // If there are too many, git leaves out the oldest.
  const complete = all.length <= MOST_COMMITS;
  const commits: HistoryCommit[] = [];
  for (const oid of complete ? all : all.slice(1)) commits.push(await readCommit(store, oid));
  const names = await store.local(['diff-tree', '-r', '-z', '--name-only', '--no-renames', mergeBase, to]);
  return { commits, complete, mergeBase, changed: new Set(names.split('\0').filter((name) => name !== '')) };
}

async function meetingPoint(store: Store, from: string, to: string): Promise<string> {
  for (const depth of DEPTHS) {
    await fetchCommits(store, [from, to], depth);
    const found = await store.local(['merge-base', '--all', from, to]).catch(() => '');
    const [oid] = found.split('\n');
    if (oid) return oid;
  }
  throw new UserError(
    'branch-unrelated',
    `The commits ${from} and ${to} have no history in common, so nothing is written on the branch. Delete the branch so that it is created again.`,
  );
}

/**
 * A commit as git stores it: headers, an empty line, the message (gitformat-commit, "commit
 * object").
 */
async function readCommit(store: Store, oid: string): Promise<HistoryCommit> {
  const text = await store.local(['cat-file', 'commit', oid]);
  const end = text.indexOf('\n\n');
  const headers = text.slice(0, end === -1 ? undefined : end).split('\n');
  const those = (name: string): string[] =>
    headers.flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : []));
  return {
    sha: oid,
    tree: those('tree')[0] ?? '',
    parents: those('parent'),
    message: end === -1 ? '' : text.slice(end + 2),
    author: nameIn(those('committer')[0]) ?? nameIn(those('author')[0]) ?? 'someone',
  };
}

/** The name of `Name <address> time zone`. */
const nameIn = (person: string | undefined): string | undefined => {
  const name = person?.slice(0, Math.max(person.indexOf(' <'), 0));
  return name === '' ? undefined : name;
};
