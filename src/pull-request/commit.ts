import type { Log } from '../ports/log.ts';
import type { CommitPlan } from './branch.ts';
import { doStep, explain, isGraphqlRefusal, statusOf } from './failures.ts';
import { addTrailer } from './trailer.ts';
import type { Client, PublishRequest, WantedFile } from './types.ts';

/** What `updateRefs` takes for "there is no such reference" (GitHub's GraphQL reference, RefUpdate). */
const NO_OBJECT = '0'.repeat(40);

const UPDATE = 'mutation Move($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }';

/** Text that survives JSON, or undefined where the bytes are not UTF-8. */
function asText(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}

/** One entry of the tree to make: with its text where it is text, so that no request of its own is needed. */
async function treeEntry(octokit: Client, request: PublishRequest, file: WantedFile) {
  const entry = { path: file.path, mode: file.mode as '100644' | '100755', type: 'blob' as const };
  const text = asText(file.content);
  if (text !== undefined) return { ...entry, content: text };
  const content = Buffer.from(file.content).toString('base64');
  const { owner, repo } = request;
  const { data } = await octokit.rest.git.createBlob({ owner, repo, content, encoding: 'base64' });
  return { ...entry, sha: data.sha };
}

/**
 * Makes tree and commit, and returns the commit's id. Nobody sees them until a branch points there, so a run that ends here leaves
 * nothing. Without author and committer GitHub signs for Apps and GITHUB_TOKEN, which is what makes the commit verified.
 */
async function makeCommit(octokit: Client, request: PublishRequest, plan: CommitPlan): Promise<string> {
  const { owner, repo } = request;
  const entries = [];
  for (const file of plan.files) entries.push(await treeEntry(octokit, request, file));
  const tree = await octokit.rest.git.createTree({ owner, repo, base_tree: plan.parent.tree, tree: entries });
  const message = addTrailer(request.commitMessage, {
    branch: request.branch,
    base: request.base.sha,
    tree: tree.data.sha,
    run: request.run,
  });
  const commit = await octokit.rest.git.createCommit({
    owner,
    repo,
    message,
    tree: tree.data.sha,
    parents: [plan.parent.oid],
  });
  return commit.data.sha;
}

async function currentHead(octokit: Client, request: PublishRequest): Promise<string | undefined> {
  const { owner, repo, branch } = request;
  try {
    const { data } = await octokit.rest.git.getRef({ owner, repo, ref: `heads/${branch}` });
    return data.object.sha;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/**
 * Moves the branch from what was read to `after` (undefined: takes it away), or not at all: GitHub compares and swaps. True where it
 * points there now, be it that an earlier try got through whose answer was lost; false where somebody else moved it.
 */
export async function moveBranch(
  octokit: Client,
  request: PublishRequest,
  repositoryId: string,
  move: { before: string | undefined; after: string | undefined; force: boolean },
): Promise<boolean> {
  const { before, after, force } = move;
  const name = `refs/heads/${request.branch}`;
  const update = { name, beforeOid: before ?? NO_OBJECT, afterOid: after ?? NO_OBJECT, force };
  const step = { to: `move the branch \`${request.branch}\``, needs: 'contents: write' };
  try {
    await octokit.graphql(UPDATE, { input: { repositoryId, refUpdates: [update] } });
    return true;
  } catch (error) {
    // Whatever it says: where the branch is now tells whether it was a race, a lost answer or a refusal.
    if (!isGraphqlRefusal(error) && (statusOf(error) ?? 0) < 500) throw explain(step, error);
    const now = await doStep(step, () => currentHead(octokit, request));
    if (now === after) return true;
    if (now === before) throw explain(step, error);
    return false;
  }
}

/** Makes the commit and moves the branch to it. The commit's id, or undefined where somebody moved the branch meanwhile. */
export async function commitFiles(
  octokit: Client,
  request: PublishRequest,
  repositoryId: string,
  plan: CommitPlan,
  log: Log,
): Promise<string | undefined> {
  const step = { to: 'write a commit', needs: 'contents: write' };
  const sha = await doStep(step, () => makeCommit(octokit, request, plan));
  const move = { before: plan.before, after: sha, force: plan.rebuilds };
  if (!(await moveBranch(octokit, request, repositoryId, move))) return undefined;
  log.info(`Commit ${sha} on ${request.branch}, on top of ${plan.parent.oid}.`);
  return sha;
}
