import path from 'node:path';
import { commentOnPull } from '../pull-request/comment-on-pull.ts';
import { code, fenced } from '../pull-request/report/markdown.ts';
import type { FileChange, PublishResult } from '../pull-request/types.ts';
import { patchText } from '../update/patch-text.ts';
import { baseTree } from './base-tree.ts';
import type { Runner } from './runner.ts';
import type { BranchPull } from './trust.ts';

// A fork's pull request: the token of the job cannot write there, so a comment has the patch.

/** Characters of a patch; GitHub's limit for a comment is 65,536. */
const LONGEST = 60_000;

/**
 * Comments on a fork's pull request.
 * @param pull its head is the commit that the files were computed from
 */
export async function publishForFork(
  { context, checkout, forge, trigger }: Runner,
  pull: BranchPull & { readonly fork: string },
  files: readonly FileChange[],
): Promise<PublishResult> {
  const { root } = await checkout();
  const tree = baseTree(context.run, root, pull.head);
  const edits = await Promise.all(
    files.map(async ({ path: name, content }) => {
      const file = path.join(root, name);
      return { file, before: await tree.read(file), after: content };
    }),
  );
  const { serverUrl, repo, runId } = trigger;
  const run = `[This run](${serverUrl}/${repo.owner}/${repo.repo}/actions/runs/${runId})`;
  const text = edits.length > 0 ? stale(pull, patchText(edits, root), run) : current(pull, run);
  const request = { ...pull, base: { ref: pull.base, sha: pull.head }, files, text };
  return commentOnPull(await forge(), request, pull.number, context.log);
}

const current = ({ head }: BranchPull, run: string): string =>
  `The run for ${head} proposes no change, so the patch that was here is gone. ${run} wrote this.`;

function stale({ head }: BranchPull, patch: string, run: string): string {
  const what = `The hash of the Python dependencies does not match \`uv.lock\` at ${head}. ${run} computed the new one; it cannot push to a fork.`;
  const how =
    patch.length > LONGEST
      ? `The patch is too long for a comment. To make it, run ${code('uv-fod update')} on the branch.`
      : `To update it, run ${code('git apply')} on the branch with this patch, and push:\n\n${fenced(patch, 'diff')}`;
  return `${what}\n\n${how}`;
}
