import type { Proposal } from '../config/proposals.ts';
import { reasonTexts } from '../pull-request/types.ts';
import { UserError } from '../system/errors.ts';
import type { Checkout } from '../update/checkout.ts';
import type { ProposalResult } from './request.ts';
import type { Runner } from './runner.ts';
import type { Trigger } from './trigger.ts';
import type { BranchPull } from './trust.ts';

// Runs that were started by a pull request and commit to its branch
// (docs/on-the-pull-request.md).

/** Exit code if the head of the pull request was stale; a check uses lower exit codes. */
export const STALE_HEAD = 8;

/**
 * Requires that the head of the pull request is checked out. Called before its files are used.
 * @throws UserError `head-not-checked-out`
 */
export async function requireHead(
  { pull, sha }: Pick<Trigger, 'pull' | 'sha'>,
  checkout: () => Promise<Checkout>,
): Promise<void> {
  if (pull === undefined) return;
  const { head } = await checkout();
  if (head === pull.head) return;
  const what = head === sha ? 'GitHub’s merge of the pull request and its base' : 'another one';
  throw new UserError(
    'head-not-checked-out',
    `Everything is computed from the head of the pull request, ${pull.head}, but the checked-out commit ${head} is ${what}. Set \`ref: \${{ github.event.pull_request.head.sha }}\` for actions/checkout.`,
  );
}

const notPublished = ({ head }: BranchPull): UserError =>
  new UserError(
    'needs-commit',
    `The hash of ${head} is stale. The result with the new hash is for the publishing job (mode: publish, on workflow_run). The step fails, so that no required check passes for this commit; the run for the new head passes if there is nothing left to do.`,
  );

/** Merges all proposals into one, because they become one commit. */
export function asOneProposal(all: readonly Proposal[]): Proposal[] {
  const [first, ...others] = all;
  if (first === undefined) return [];
  // Unverified changes are only proposed as a draft, and a commit on a branch is not a draft.
  const packages = all.flatMap((one) =>
    one.packages.map((config) => ({
      ...config,
      pullRequest: { ...config.pullRequest, draft: false },
    })),
  );
  const { commitMessage, title } = first.options;
  const isSame = others.every(
    ({ options }) => options.commitMessage === commitMessage && options.title === title,
  );
  const options = isSame ? first.options : { ...first.options, commitMessage: undefined, title: undefined };
  return [{ ...first, packages, options, name: all.map(({ name }) => name).join(', ') }];
}

/**
 * The error if the head of the pull request was stale: it fails the step, so that no required check
 * passes for that commit.
 * @returns undefined if the head was current, or if `fail-after-push` is `false`
 */
export function staleHead(
  { inputs, trigger: { pull } }: Pick<Runner, 'inputs' | 'trigger'>,
  results: readonly ProposalResult[],
): UserError | undefined {
  const [first] = results;
  if (!pull || !inputs.failAfterPush || !first) return undefined;
  if (inputs.mode === 'compute') return first.proposed.files.length > 0 ? notPublished(pull) : undefined;
  if (!first.published || first.published.reason === 'unchanged') return undefined;
  const { commit, reason } = first.published;
  const what =
    commit === undefined
      ? `Nothing was written for ${pull.head}, whose hash is stale${reason === undefined ? '' : `: ${reasonTexts[reason]}`}`
      : `Commit ${commit} with the new hash was pushed to \`${pull.branch}\``;
  return new UserError(
    commit === undefined ? 'not-pushed' : 'pushed',
    `${what}. The step fails, so that no required check passes for the commit before; the run for the new head passes if there is nothing left to do.`,
  );
}
