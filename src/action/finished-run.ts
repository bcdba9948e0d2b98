import type { ForgePull, PublishResult, Reason } from '../pull-request/types.ts';
import { UserError } from '../system/errors.ts';
import { type Checkout, openCheckout } from '../update/checkout.ts';
import type { Runner } from './runner.ts';
import type { BranchPull, FinishedRun } from './trust.ts';

// `publish` for `workflow_run`: another run computed a result for a pull request. The event has the
// pull request's repository, branch and head; the forge has its number.

/** The reason why nothing is published, with a sentence for the log. */
export interface Unpublished {
  readonly why: string;
  readonly published: PublishResult;
}

/**
 * Looks up the one open pull request with the run's branch and head.
 * @returns the pull request; without one, or with several, the reason to publish nothing
 */
export async function pullOf(
  { branch, head, fork }: FinishedRun,
  forge: Runner['forge'],
): Promise<BranchPull | Unpublished> {
  const [owner = '', repo = ''] = fork?.split('/') ?? [];
  const pulls = await (await forge()).pulls.list(branch, fork === undefined ? undefined : { owner, repo });
  const open = pulls.filter(({ isOpen }) => isOpen);
  const [found, ...others] = open.filter((pull) => pull.head === head);
  if (found && others.length === 0) {
    const pull = { branch, head, number: found.number, base: found.baseRef };
    return fork === undefined ? pull : { ...pull, fork };
  }
  const [reason, why] = found
    ? (['several-pull-requests', `Several pull requests have the head ${head} of \`${branch}\``] as const)
    : missing(pulls, open, head, branch);
  return unpublished(branch, reason, why);
}

/** The result if nothing is published on a branch. @param why the start of a sentence */
export const unpublished = (branch: string, reason: Reason, why: string): Unpublished => ({
  ...{ why: `${why}, so nothing is written.`, published: { outcome: 'none', reason, branch } },
});

function missing(
  pulls: readonly ForgePull[],
  [open]: readonly ForgePull[],
  head: string,
  branch: string,
): readonly [Reason, string] {
  if (open)
    return [
      'head-moved',
      `\`${branch}\` of #${open.number} was moved from ${head} to ${open.head} meanwhile`,
    ];
  const closed = pulls.find((pull) => pull.head === head);
  if (!closed) return ['no-pull-request', `No pull request has the head ${head} of \`${branch}\``];
  return ['pull-request-closed', `#${closed.number} was ${closed.isMerged ? 'merged' : 'closed'}`];
}

/**
 * Opens the head of the run as git objects; none of its files is checked out.
 * @throws UserError `head-missing`
 */
export async function headOf(
  { inputs, context, checkout }: Runner,
  { head }: FinishedRun,
): Promise<Checkout> {
  if (await (await checkout()).has(head)) return openCheckout(inputs.workspace, context.run, head);
  throw new UserError(
    'head-missing',
    `Commit ${head}, the head of the pull request, is not in the checkout and can't be fetched. Set fetch-depth: 0 for actions/checkout.`,
  );
}
