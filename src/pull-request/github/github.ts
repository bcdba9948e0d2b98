import type { Forge } from '../forge.ts';
import type { RepositoryName } from '../types.ts';
import { enableAutoMerge, merging } from './auto-merge.ts';
import type { Client } from './client.ts';
import { makeCommit, moveBranch } from './commit.ts';
import { compare } from './compare.ts';
import { add, everAdded } from './extras.ts';
import { look, viewCommit } from './look.ts';
import { comment, comments, editPull, listPulls, openPull, setDraft } from './pulls.ts';

/** GitHub's limit for the body of a pull request, in characters. */
const BODY_LIMIT = 65_536;

/** A repository on GitHub: GraphQL for compare-and-swap and to save requests, REST for the rest. */
export function githubForge(octokit: Client, { owner, repo }: RepositoryName): Forge {
  const place = { owner, repo };
  // Set by `look`, which is called before every move.
  let repositoryId = '';
  return {
    bodyLimit: BODY_LIMIT,
    look: async (request) => {
      const seen = await look(octokit, request);
      repositoryId = seen.repositoryId;
      return seen.sight;
    },
    viewCommit: (oid, paths) => viewCommit(octokit, place, oid, paths),
    compare: (from, to) => compare(octokit, place, from, to),
    makeCommit: (commit) => makeCommit(octokit, place, commit),
    moveBranch: (branch, move) => moveBranch(octokit, { ...place, repositoryId }, branch, move),
    listPulls: (branch) => listPulls(octokit, place, branch),
    openPull: (pull, log) => openPull(octokit, place, pull, log),
    editPull: (number, edit) => editPull(octokit, place, number, edit),
    comments: (number) => comments(octokit, place, number),
    comment: (number, body) => comment(octokit, place, number, body),
    everAdded: (number) => everAdded(octokit, place, number),
    add: (number, list, items, log) => add(octokit, place, number, list, items, log),
    setDraft: (pull, draft) => setDraft(octokit, pull, draft),
    merging: (pull) => merging(octokit, pull),
    enableAutoMerge: (pull, method) => enableAutoMerge(octokit, pull, method),
  };
}
