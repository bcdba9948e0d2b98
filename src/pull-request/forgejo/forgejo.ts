import type { Run } from '../../system/run.ts';
import { stepsWith } from '../failures.ts';
import type { Forge } from '../forge.ts';
import type { Client } from '../github/client.ts';
import { ForgejoCommits } from './commits.ts';
import { type GitPatience, openStore, type Remote } from './git.ts';
import { ForgejoPulls } from './pulls.ts';

/** The tools and address for a repository on Forgejo or Gitea. */
interface ForgejoParts {
  readonly run: Run;
  /** The REST API with the token, at `…/api/v1`. */
  readonly client: Client;
  /** Folder for temporary files. */
  readonly scratch: string;
  readonly remote: Remote;
  readonly patience?: GitPatience;
}

/** A repository on Forgejo or Gitea: git for commits, REST for pull requests. */
export function forgejoForge({ run, client, scratch, remote, patience }: ForgejoParts): Forge {
  const repository = { owner: remote.owner, repo: remote.repo };
  const store = openStore(run, scratch, remote, patience);
  return {
    repository,
    commits: new ForgejoCommits(store),
    // An empty push: the server checks the permission first.
    requireWrite: async () => {
      const step = { to: 'push a commit', needs: 'write:repository' };
      await store.read(step, ['push', '--dry-run', '--', 'origin', 'refs/none/*:refs/none/*']);
    },
    setStatus: async (sha, { url: target_url, ...status }) => {
      const step = { to: 'set a commit status', needs: 'write:repository' };
      const values = { ...repository, sha, state: 'success' as const, target_url, ...status };
      await stepsWith('The forge')(step, () => client.rest.repos.createCommitStatus(values));
    },
    pulls: new ForgejoPulls(client, repository),
  };
}
