import { getOctokit } from '@actions/github';
import { GitHub } from '@actions/github/lib/utils';
import type { MakeOctokit } from '../ports/github-api.ts';
import { apiNetworkOf, makeApiFetch } from './api-fetch.ts';

/**
 * `getOctokit` of @actions/github on Node's own HTTP client, behind the runner's proxy where there is one: the two clients that it brings take a fifth
 * of a short run to load, and are left out of the bundle (script/lib/bundle.mjs). With an empty token it asks as nobody.
 */
export function makeOctokit(environment: NodeJS.ProcessEnv): MakeOctokit {
  const carrier = makeApiFetch(apiNetworkOf(environment));
  return (token, options = {}, ...plugins) => {
    const carried = { ...options, request: { fetch: carrier, ...options.request } };
    return token === '' ? new (GitHub.plugin(...plugins))(carried) : getOctokit(token, carried, ...plugins);
  };
}
