/**
 * What becomes of checks on a pull request that GITHUB_TOKEN opened or pushed to: GitHub makes their workflow runs (of `pull_request`, types
 * opened, synchronize and reopened) but lets them wait for approval; other events of that token start none (GitHub's documentation,
 * "GITHUB_TOKEN", *When GITHUB_TOKEN triggers workflow runs*, as of 2026). Whose token it is only the publishing stage finds out.
 */
export const CHECKS_WAIT_FOR_APPROVAL =
  'Opened with GITHUB_TOKEN: its checks wait until somebody with write access selects "Approve workflows to run" below. With the token of a GitHub App they start by themselves.';
