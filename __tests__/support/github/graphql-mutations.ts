import type { CreateCommitOnBranchInput, UpdateRefsInput } from '@octokit/graphql-schema';
import { writeCommit } from './commits.ts';
import { branchHead, changeRefs, GitFailure, isObject, NO_OBJECT } from './git.ts';
import { demandWrite, failure } from './graphql-failure.ts';
import { contains } from './history-walk.ts';
import { refreshAll } from './pulls.ts';
import { isProtected } from './refs.ts';
import { REPOSITORY_ID } from './repository.ts';
import type { Call } from './route.ts';
import { startRuns } from './run-routes.ts';
import { changeTree } from './tree.ts';

type Payload = { clientMutationId: string | null };

export interface Mutations {
  updateRefs: (args: { input: UpdateRefsInput }) => Promise<Payload>;
  createCommitOnBranch: (args: { input: CreateCommitOnBranchInput }) => Promise<object>;
}

/** Refuses what a ruleset forbids, in the words that a push gets. */
function demandUnprotected(call: Call, ref: string): void {
  if (!isProtected(call.hub, ref)) return;
  throw failure('UNPROCESSABLE', 'Repository rule violations found\n\nCannot update this protected ref.\n\n');
}

async function checkUpdate(call: Call, update: UpdateRefsInput['refUpdates'][number]): Promise<void> {
  const { git } = call.hub;
  const { name, beforeOid, afterOid, force } = update;
  if (!/^refs\/(heads|tags)\/./.test(name))
    throw failure('UNPROCESSABLE', `${name} is not a valid ref name.`);
  demandUnprotected(call, name);
  if (afterOid !== NO_OBJECT && !(await isObject(git, afterOid, 'commit'))) {
    throw failure('NOT_FOUND', `Could not resolve to a commit with the oid ${afterOid}`);
  }
  const before = (await branchHead(git, name.replace('refs/heads/', ''))) ?? NO_OBJECT;
  // Whether the value is the expected one is settled once more by git itself, under its lock.
  if (beforeOid && beforeOid !== before)
    throw failure('UNPROCESSABLE', `Reference ${name} is at ${before} but expected ${beforeOid}`);
  if (force || before === NO_OBJECT || afterOid === NO_OBJECT) return;
  if (!(await contains(git, afterOid, before)))
    throw failure('UNPROCESSABLE', `Update of ${name} is not a fast forward`);
}

async function updateRefs(call: Call, input: UpdateRefsInput): Promise<Payload> {
  demandWrite(call, ['contents=write']);
  if (input.repositoryId !== REPOSITORY_ID) {
    throw failure('NOT_FOUND', `Could not resolve to a node with the global id of '${input.repositoryId}'`);
  }
  for (const update of input.refUpdates) await checkUpdate(call, update);
  const changes = input.refUpdates.map(({ name, beforeOid, afterOid }) => ({
    name,
    before: beforeOid ?? undefined,
    after: afterOid,
  }));
  try {
    await changeRefs(call.hub.git, changes);
  } catch (error) {
    if (error instanceof GitFailure) throw failure('UNPROCESSABLE', 'Reference update failed');
    throw error;
  }
  await refreshAll(call.hub);
  for (const { name, afterOid } of input.refUpdates)
    startRuns(call, name.replace('refs/heads/', ''), afterOid);
  return { clientMutationId: input.clientMutationId ?? null };
}

async function createCommitOnBranch(call: Call, input: CreateCommitOnBranchInput): Promise<object> {
  demandWrite(call, ['contents=write']);
  const { hub, token } = call;
  const branch = input.branch.branchName ?? '';
  const ref = `refs/heads/${branch}`;
  demandUnprotected(call, ref);
  const head = await branchHead(hub.git, branch);
  if (head === null) throw failure('NOT_FOUND', `Could not resolve to a Ref with the name ${branch}`);
  const stale = failure(
    'STALE_DATA',
    `Expected branch to point to "${input.expectedHeadOid}" but it did not. Pull and try again.`,
  );
  if (head !== input.expectedHeadOid || !token) throw stale;
  const additions = await Promise.all(
    (input.fileChanges?.additions ?? []).map(async ({ path, contents }) => ({
      path,
      mode: '100644',
      sha: hub.git.write('blob', Buffer.from(contents, 'base64')),
    })),
  );
  const deletions = (input.fileChanges?.deletions ?? []).map(({ path }) => ({ path, mode: '0', sha: null }));
  const tree = await changeTree(hub.git, head, [...additions, ...deletions]);
  const { headline, body } = input.message;
  const message = body ? `${headline}\n\n${body}` : headline;
  const oid = await writeCommit(hub.git, { message, tree, parents: [head], token });
  try {
    await changeRefs(hub.git, [{ name: ref, before: head, after: oid }]);
  } catch (error) {
    if (error instanceof GitFailure) throw stale;
    throw error;
  }
  await refreshAll(hub);
  return { clientMutationId: input.clientMutationId ?? null, commit: { __typename: 'Commit', oid } };
}

/** The mutations that this server knows. */
export function mutations(call: Call): Mutations {
  return {
    updateRefs: ({ input }) => updateRefs(call, input),
    createCommitOnBranch: ({ input }) => createCommitOnBranch(call, input),
  };
}
