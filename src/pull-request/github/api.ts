import type { getOctokit } from '@actions/github';

/**
 * Creates a client as `getOctokit` of @actions/github does; an empty token means unauthenticated.
 */
export type MakeOctokit = typeof getOctokit;

/** GitHub's API as Octokit gives it: REST by its names and page by page, and GraphQL. */
export type GithubApi = ReturnType<MakeOctokit>;

export type OctokitPlugin = NonNullable<Parameters<MakeOctokit>[2]>;
