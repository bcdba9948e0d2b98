import { type Commit, verification } from './commits.ts';
import type { Git } from './git.ts';
import { diverge } from './history-walk.ts';
import { notFound, ok, type Reply } from './reply.ts';
import type { Call, Route } from './route.ts';
import { diffTrees } from './tree.ts';
import type { Part, Schemas } from './types.ts';

/** The account of a commit's address, as far as this server knows accounts. */
function account(email: string): Part<Schemas['simple-user']> | null {
  const login =
    /^\d+\+(.+)@users\.noreply\.github\.com$/.exec(email)?.[1] ??
    (email === 'noreply@github.com' ? 'web-flow' : undefined);
  return login === undefined ? null : { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' };
}

/** A commit as lists of commits have it. */
export function renderCommit(commit: Commit): Part<Schemas['commit']> {
  const { sha, author, committer, message, tree, parents } = commit;
  return {
    sha,
    commit: { author, committer, message, tree: { sha: tree }, verification: verification(commit) },
    author: account(author.email),
    committer: account(committer.email),
    parents: parents.map((parent) => ({ sha: parent })),
  };
}

/** Commits that `head` has and `base` has not, oldest first. */
export async function commitsBetween(git: Git, base: string, head: string): Promise<Commit[]> {
  return (await diverge(git, base, head)).ahead;
}

/** Files that differ between two commits, as GitHub lists them, without patches and renames. */
export async function changedFiles(
  git: Git,
  from: string,
  to: string,
): Promise<Part<Schemas['diff-entry']>[]> {
  return (await diffTrees(git, from, to)).map(({ path, before, after }) => ({
    filename: path,
    sha: (after ?? before)?.sha ?? '',
    status: !before ? 'added' : !after ? 'removed' : before.sha === after.sha ? 'changed' : 'modified',
  }));
}

/** The commit that a branch, tag or id names, as GitHub reads a `ref`. */
export async function resolve(git: Git, name: string): Promise<string> {
  const candidates = [`refs/heads/${name}^{commit}`, `${name}^{commit}`];
  for (const candidate of candidates) {
    const found = await git.object(candidate);
    if (found) return found.oid;
  }
  throw notFound();
}

async function compare({ hub, params }: Call): Promise<Reply> {
  const [base, head] = await Promise.all([
    resolve(hub.git, params[0] ?? ''),
    resolve(hub.git, params[1] ?? ''),
  ]);
  const { mergeBase, ahead: commits, behind } = await diverge(hub.git, base, head);
  if (mergeBase === null) throw notFound();
  const files = await changedFiles(hub.git, mergeBase, head);
  const ahead = commits.length;
  const status =
    ahead > 0 && behind > 0 ? 'diverged' : ahead > 0 ? 'ahead' : behind > 0 ? 'behind' : 'identical';
  const answer: Part<Schemas['commit-comparison']> = {
    status,
    ahead_by: ahead,
    behind_by: behind,
    total_commits: ahead,
    merge_base_commit: { sha: mergeBase },
    commits: commits.slice(0, 250).map(renderCommit),
    files: files.slice(0, 300),
  };
  return ok(answer);
}

async function getContents({ hub, params, query }: Call): Promise<Reply> {
  const commit = await resolve(hub.git, query.get('ref') ?? 'HEAD');
  const path = params[0] ?? '';
  const found = await hub.git.object(`${commit}:${path}`);
  if (found?.type !== 'blob') throw notFound();
  const { oid: sha, content } = found;
  const file: Part<Schemas['content-file']> = {
    type: 'file',
    path,
    name: path.split('/').at(-1) ?? '',
    sha,
    size: content.length,
    encoding: 'base64',
    content: content.toString('base64'),
  };
  return ok(file);
}

/** compare and contents. */
export const historyRoutes: Route[] = [
  { method: 'GET', path: /^\/compare\/(.+?)\.\.\.(.+)$/, needs: ['contents=read'], handle: compare },
  { method: 'GET', path: /^\/contents\/(.+)$/, needs: ['contents=read'], handle: getContents },
];
