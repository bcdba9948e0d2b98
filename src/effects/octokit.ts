import { getOctokit } from '@actions/github';
import { GitHub } from '@actions/github/lib/utils';

/** `getOctokit` of @actions/github, which has the runner's proxy; with an empty token it asks as nobody. */
export const makeOctokit: typeof getOctokit = (token, options, ...plugins) =>
  token === '' ? new (GitHub.plugin(...plugins))(options) : getOctokit(token, options, ...plugins);
