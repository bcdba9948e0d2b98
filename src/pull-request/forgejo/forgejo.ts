import { once } from '../../system/promises.ts';
import type { Run } from '../../system/run.ts';
import type { Forge } from '../forge.ts';
import type { SendRequest } from './api.ts';
import { enableAutoMerge, merging } from './auto-merge.ts';
import { makeCommit, moveBranch } from './commit.ts';
import { add, everAdded } from './extras.ts';
import { type GitPatience, openStore, type Remote } from './git.ts';
import { compare } from './history.ts';
import { fetchCommits, look, viewOf } from './look.ts';
import { comment, comments, editPull, listPulls, openPull, setDraft } from './pulls.ts';

/** Characters, as on GitHub; the servers have no limit that matters. */
const BODY_LIMIT = 65_536;

/** What access to a repository on Forgejo or Gitea needs. */
interface ForgejoParts {
  readonly run: Run;
  /** The REST API with the token, at `…/api/v1`. */
  readonly ask: SendRequest;
  /** Folder for temporary files. */
  readonly scratch: string;
  readonly remote: Remote;
  readonly patience?: GitPatience;
}

/**
 * A repository on Forgejo or Gitea. Their API cannot move a branch only from where it was read, so
 * git reads and writes commits, through a temporary local repository. REST is used for pull
 * requests.
 */
export function forgejoForge({ run, ask, scratch, remote, patience }: ForgejoParts): Forge {
  const place = { owner: remote.owner, repo: remote.repo };
  const store = once(() => openStore(run, scratch, remote, patience));
  return {
    bodyLimit: BODY_LIMIT,
    look: async (request) => look(await store(), request),
    viewCommit: async (oid, paths) => {
      await fetchCommits(await store(), [oid]);
      return viewOf(await store(), oid, paths);
    },
    compare: async (from, to) => compare(await store(), from, to),
    makeCommit: async (commit) => makeCommit(await store(), commit),
    moveBranch: async (branch, move) => moveBranch(await store(), branch, move),
    listPulls: (branch) => listPulls(ask, place, branch),
    openPull: (pull) => openPull(ask, place, pull),
    editPull: (number, edit) => editPull(ask, place, number, edit),
    comments: (number) => comments(ask, place, number),
    comment: (number, body) => comment(ask, place, number, body),
    everAdded: (number) => everAdded(ask, place, number),
    add: (number, list, items, log) => add(ask, place, number, list, items, log),
    setDraft: ({ number }, draft) => setDraft(ask, place, number, draft),
    merging: (pull) => merging(ask, place, pull),
    enableAutoMerge: (pull, method) => enableAutoMerge(ask, place, pull, method),
  };
}
