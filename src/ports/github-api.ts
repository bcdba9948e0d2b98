import type { Octokit } from '@octokit/core';
import type { PaginateInterface } from '@octokit/plugin-paginate-rest';
import type { Api } from '@octokit/plugin-rest-endpoint-methods';

/** GitHub's API as Octokit gives it: REST by its names and page by page, and GraphQL. */
export type GithubApi = Octokit & Api & { readonly paginate: PaginateInterface };

type Options = NonNullable<ConstructorParameters<typeof Octokit>[0]>;
export type OctokitPlugin = Parameters<typeof Octokit.plugin>[0];

/** Makes a client out of Octokit's parts; an empty token is none. */
export type MakeOctokit = (token: string, options: Options, ...plugins: OctokitPlugin[]) => GithubApi;
