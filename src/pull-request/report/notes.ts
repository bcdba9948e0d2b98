import { code } from './markdown.ts';

/**
 * Workflow runs for a pull request by GITHUB_TOKEN wait for approval (GitHub's documentation,
 * "GITHUB_TOKEN", *When GITHUB_TOKEN triggers workflow runs*; since 11 June 2026).
 */
export const CHECKS_WAIT_FOR_APPROVAL =
  'The checks of this pull request wait for approval, because it was opened with GITHUB_TOKEN: a user with write access starts them with "Approve workflows to run". With the token of a GitHub App they start automatically.';

/**
 * The note that auto-merge is requested. Whether it could be enabled is known only later, so that
 * is in the log and the job summary.
 * @param method undefined: any that the repository allows
 * @param base base branch of the pull request
 */
export function autoMergeNote(method: string | undefined, base: string): string {
  const by = method === undefined ? '' : ` (${code(method)})`;
  return `Auto-merge is requested${by}: if it could be enabled, this is merged automatically once all requirements of ${code(base)} are met, but not while it is a draft. The log and the job summary of the run show whether it was enabled.`;
}
