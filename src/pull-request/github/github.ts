import type { Forge, RepositoryName } from '../forge.ts';
import type { Client } from './client.ts';
import { GithubCommits } from './commits.ts';
import { GithubPulls } from './pulls.ts';

/** A repository on GitHub. */
export function githubForge(octokit: Client, { owner, repo }: RepositoryName): Forge {
  const repository = { owner, repo };
  return {
    repository,
    commits: new GithubCommits(octokit, repository),
    pulls: new GithubPulls(octokit, repository),
  };
}
