import { createClient } from '../pull-request/github/client.ts';
import type { Hub } from '../release/types.ts';
import { UserError } from '../system/errors.ts';
import type { MakeOctokit } from '../system/github-api.ts';
import type { Log } from '../system/log.ts';

/**
 * GitHub's API, to find releases.
 * @throws UserError `token-missing`
 */
export function openHub(
  makeOctokit: MakeOctokit,
  token: string | undefined,
  apiUrl = 'https://api.github.com',
  log: Log,
): Hub {
  if (token) return createClient(makeOctokit, token, apiUrl, log);
  throw new UserError(
    'token-missing',
    'Finding releases on GitHub requires a token that can read the repository, and neither GITHUB_TOKEN nor GH_TOKEN is set. Set one (GH_TOKEN=$(gh auth token)), or choose the version with --version.',
  );
}
