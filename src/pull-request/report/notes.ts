import { code } from './markdown.ts';

/**
 * What becomes of checks on a pull request that GITHUB_TOKEN opened or pushed to: GitHub makes their workflow runs (of `pull_request`, types
 * opened, synchronize and reopened) but lets them wait for approval; other events of that token start none (GitHub's documentation,
 * "GITHUB_TOKEN", *When GITHUB_TOKEN triggers workflow runs*; so since 11 June 2026, before that there were no runs at all). Whose token it is only the publishing stage finds out.
 */
export const CHECKS_WAIT_FOR_APPROVAL =
  'The checks of this pull request wait, because it was opened with GITHUB_TOKEN: somebody with write access starts them by "Approve workflows to run" on its page. With the token of a GitHub App they start by themselves.';

/**
 * That auto-merge is asked for. Whether it could be switched on is known only when the text is written already, and the text is not edited
 * for that: log and job summary tell it.
 * @param method undefined: any that the repository allows
 * @param base name of the branch that the pull request goes to
 */
export function autoMergeNote(method: string | undefined, base: string): string {
  const by = method === undefined ? '' : ` (${code(method)})`;
  return `Auto-merge is asked for${by}: where it could be switched on, this is merged by itself once everything that ${code(base)} requires is there; never while it is a draft. What came of it is in the log and the job summary of the run.`;
}
