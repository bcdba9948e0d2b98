import { isGraphqlRefusal, statusOf } from '../failures.ts';
import type { Move, NewCommit } from '../forge.ts';
import type { RepositoryName, WantedFile } from '../types.ts';
import type { Client } from './client.ts';
import { doStep, explain } from './failures.ts';

/** A missing reference, for `updateRefs` (GitHub's GraphQL reference, RefUpdate). */
const NO_OBJECT = '0'.repeat(40);

const UPDATE = 'mutation Move($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }';

/** Undefined if the bytes are not UTF-8. */
function asText(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}

/** An entry of a tree; a text is included, which saves a request. */
async function treeEntry(octokit: Client, { owner, repo }: RepositoryName, file: WantedFile) {
  const entry = { path: file.path, mode: file.mode as '100644' | '100755', type: 'blob' as const };
  const text = asText(file.content);
  if (text !== undefined) return { ...entry, content: text };
  const content = Buffer.from(file.content).toString('base64');
  const { data } = await octokit.rest.git.createBlob({ owner, repo, content, encoding: 'base64' });
  return { ...entry, sha: data.sha };
}

/**
 * Makes tree and commit, and returns the commit's id. Without author and committer, GitHub signs
 * the commits of Apps and GITHUB_TOKEN.
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
 * Moves a branch only from where it was read: GitHub compares and swaps.
 * @returns true if it points there now, also after an earlier try; false if someone else moved it
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
    // The position of the branch tells a race, a lost answer and a refusal apart.
    if (!isGraphqlRefusal(error) && (statusOf(error) ?? 0) < 500) throw explain(step, error);
    const now = await doStep(step, () => currentHead(octokit, repository, branch));
    if (now === after) return true;
    if (now === before) throw explain(step, error);
    return false;
  }
}
