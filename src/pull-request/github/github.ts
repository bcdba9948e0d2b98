import { stepsWith } from '../failures.ts';
import type { Forge } from '../forge.ts';
import type { RepositoryName } from '../types.ts';
import type { Client } from './client.ts';
import { GithubCommits } from './commits.ts';
import { GithubPulls } from './pulls.ts';

const doStep = stepsWith('GitHub');

/** A repository on GitHub. */
export function githubForge(octokit: Client, { owner, repo }: RepositoryName): Forge {
  const repository = { owner, repo };
  const pulls = new GithubPulls(octokit, repository);
  return {
    repository,
    commits: new GithubCommits(octokit, repository),
    ...{ pulls, forks: pulls },
    // The API does not report a token's permissions, so this writes an unused empty blob.
    requireWrite: async () => {
      const step = { to: 'write a commit', needs: 'contents: write' };
      await doStep(step, () => octokit.rest.git.createBlob({ ...repository, content: '' }));
    },
    setStatus: async (sha, { url: target_url, ...status }) => {
      const step = { to: 'set a commit status', needs: 'statuses: write' };
      const state = 'success' as const;
      await doStep(step, () =>
        octokit.rest.repos.createCommitStatus({ ...repository, sha, state, target_url, ...status }),
      );
    },
  };
}
