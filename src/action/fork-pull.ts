import path from 'node:path';
import { patchText } from '../nix/edit.ts';
import { commentOnPull } from '../pull-request/comment-on-pull.ts';
import { commitOnPull } from '../pull-request/commit-on-pull.ts';
import { isFinal } from '../pull-request/failures.ts';
import { code, fenced, text } from '../pull-request/report/markdown.ts';
import type { PublishRequest, PublishResult, RepositoryName } from '../pull-request/types.ts';
import { UserError } from '../system/errors.ts';
import type { Runner } from './runner.ts';
import type { BranchPull } from './trust.ts';

// The job's token cannot write to a fork, so a comment on its pull request has the patch.

/** Maximum length of a patch in characters; GitHub's limit for a comment is 65,536. */
const LONGEST = 60_000;

type ForkPull = BranchPull & { readonly fork: string };

const nameOf = (fork: string): RepositoryName => {
  const [owner = '', repo = ''] = fork.split('/');
  return { owner, repo };
};

/**
 * Commits to the branch of a fork's pull request if configured and possible; otherwise comments.
 * @param pull its head is the commit that the files were computed from
 * @param request undefined if nothing was computed for the pull request
 */
export async function publishForFork(
  runner: Runner,
  pull: ForkPull,
  request?: PublishRequest,
): Promise<PublishResult> {
  const { context, checkout, forge, trigger } = runner;
  const files = request?.files ?? [];
  const pushed = request && files.length > 0 ? await push(runner, pull, request) : undefined;
  if (typeof pushed === 'object') return pushed;
  const { root, textAt } = await checkout();
  const edits = await Promise.all(
    files.map(async ({ path: name, content }) => {
      const file = path.join(root, name);
      return { file, before: await textAt(pull.head, file), after: content };
    }),
  );
  const run = `[This run](${trigger.runPage})`;
  const body = edits.length > 0 ? stale(pull, patchText(edits, root), run, pushed) : current(pull, run);
  const { branch, fork, number } = pull;
  const about = { branch, fork: nameOf(fork), base: { ref: pull.base, sha: pull.head }, files, text: body };
  return commentOnPull(await forge(), about, number, context.log);
}

/** @returns the result, or why a push is impossible; undefined if `forks` is not `push` */
async function push(
  { inputs, context, forge }: Runner,
  { branch, head, fork, number }: ForkPull,
  request: PublishRequest,
): Promise<PublishResult | string | undefined> {
  if (inputs.forks !== 'push') return undefined;
  const known = await forge();
  if (!known.commitsIn || !(await known.forks?.mayEdit(number)))
    return 'its author does not allow edits by maintainers.';
  const at = nameOf(fork);
  const inFork = { ...request, fork: at, branch, base: { ref: branch, sha: head } };
  try {
    return await commitOnPull({ ...known, commits: known.commitsIn(at) }, inFork, number, context.log);
  } catch (error) {
    if (!(error instanceof UserError) || !isFinal(error)) throw error;
    context.log.warning(error.message);
    return error.message;
  }
}

const current = ({ head }: BranchPull, run: string): string =>
  `The run for ${head} proposes no change, so the patch that was here is gone. ${run} wrote this.`;

function stale({ head }: BranchPull, patch: string, run: string, why: string | undefined): string {
  const not = why === undefined ? '' : ` It could not be pushed: ${text(why, 500)}`;
  const what = `The hash of the Python dependencies does not match \`uv.lock\` at ${head}. ${run} computed the new one.${not}`;
  const how =
    patch.length > LONGEST
      ? `The patch is too long for a comment. To make it, run ${code('uv-fod update')} on the branch.`
      : `To update it, run ${code('git apply')} on the branch with this patch, and push:\n\n${fenced(patch, 'diff')}`;
  return `${what}\n\n${how}`;
}
