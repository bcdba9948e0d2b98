import type { CommitComparison } from '../forge.ts';
import type { RepositoryName } from '../types.ts';
import type { Client } from './client.ts';
import { doStep } from './failures.ts';

/** The committer, or the author if GitHub committed it. */
function whoOf(commit: { author: { name?: string } | null; committer: { name?: string } | null }): string {
  const committer = commit.committer?.name;
  return (committer === 'GitHub' ? undefined : committer) ?? commit.author?.name ?? 'someone';
}

/** Lists what `to` has and `from` does not; GitHub lists at most 250 commits. */
export async function compare(
  octokit: Client,
  place: RepositoryName,
  from: string,
  to: string,
): Promise<CommitComparison> {
  const { data } = await doStep({ to: `compare ${from} with ${to}`, needs: 'contents: read' }, () =>
    octokit.rest.repos.compareCommitsWithBasehead({ ...place, basehead: `${from}...${to}` }),
  );
  const commits = data.commits.map(({ sha, commit, parents }) => ({
    sha,
    tree: commit.tree.sha,
    parents: parents.map((parent) => parent.sha),
    message: commit.message,
    author: whoOf(commit),
  }));
  return {
    commits,
    complete: commits.length === data.total_commits,
    mergeBase: data.merge_base_commit.sha,
    changed: new Set((data.files ?? []).map(({ filename }) => filename)),
  };
}
