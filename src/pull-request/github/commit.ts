import { isGraphqlRefusal, statusOf } from '../failures.ts';
import type { Move, NewCommit } from '../forge.ts';
import type { RepositoryName, WantedFile } from '../types.ts';
import type { Client } from './client.ts';
import { doStep, explain } from './failures.ts';

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
async function treeEntry(octokit: Client, { owner, repo }: RepositoryName, file: WantedFile) {
  const entry = { path: file.path, mode: file.mode as '100644' | '100755', type: 'blob' as const };
  const text = asText(file.content);
  if (text !== undefined) return { ...entry, content: text };
  const content = Buffer.from(file.content).toString('base64');
  const { data } = await octokit.rest.git.createBlob({ owner, repo, content, encoding: 'base64' });
  return { ...entry, sha: data.sha };
}

/**
 * Makes tree and commit, and returns the commit's id. Nobody sees them until a branch points there, so a run that ends here leaves
 * nothing. Without author and committer GitHub signs for Apps and GITHUB_TOKEN, which is what makes the commit verified.
 */
export function makeCommit(octokit: Client, place: RepositoryName, commit: NewCommit): Promise<string> {
  return doStep({ to: 'write a commit', needs: 'contents: write' }, async () => {
    const entries = [];
    for (const file of commit.files) entries.push(await treeEntry(octokit, place, file));
    const base = commit.parent.tree;
    const { data } = await octokit.rest.git.createTree({ ...place, base_tree: base, tree: entries });
    const message = commit.message(data.sha);
    const made = { ...place, message, tree: data.sha, parents: [commit.parent.oid] };
    return (await octokit.rest.git.createCommit(made)).data.sha;
  });
}

async function currentHead(
  octokit: Client,
  place: RepositoryName,
  branch: string,
): Promise<string | undefined> {
  try {
    const { data } = await octokit.rest.git.getRef({ ...place, ref: `heads/${branch}` });
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
  place: RepositoryName & { readonly repositoryId: string },
  branch: string,
  { before, after, force }: Move,
): Promise<boolean> {
  const { repositoryId, ...repository } = place;
  const name = `refs/heads/${branch}`;
  const update = { name, beforeOid: before ?? NO_OBJECT, afterOid: after ?? NO_OBJECT, force };
  const step = { to: `move the branch \`${branch}\``, needs: 'contents: write' };
  try {
    await octokit.graphql(UPDATE, { input: { repositoryId, refUpdates: [update] } });
    return true;
  } catch (error) {
    // Whatever it says: where the branch is now tells whether it was a race, a lost answer or a refusal.
    if (!isGraphqlRefusal(error) && (statusOf(error) ?? 0) < 500) throw explain(step, error);
    const now = await doStep(step, () => currentHead(octokit, repository, branch));
    if (now === after) return true;
    if (now === before) throw explain(step, error);
    return false;
  }
}
