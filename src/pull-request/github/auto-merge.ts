import { isGraphqlRefusal, wordsOf } from '../failures.ts';
import type { ForgePull, Merging } from '../forge.ts';
import type { MergeMethod } from '../types.ts';
import type { Client } from './client.ts';
import { doStep, explain } from './failures.ts';

interface AutoMergeAnswer {
  readonly node: {
    readonly timelineItems: {
      readonly nodes: readonly { readonly actor: { readonly login: string } | null }[];
    };
    readonly repository: {
      readonly autoMergeAllowed: boolean;
      readonly mergeCommitAllowed: boolean;
      readonly squashMergeAllowed: boolean;
      readonly rebaseMergeAllowed: boolean;
    };
  } | null;
}

const LOOK = `query AutoMerge($pull: ID!) {
  node(id: $pull) { ... on PullRequest {
    timelineItems(itemTypes: [AUTO_MERGE_DISABLED_EVENT], last: 1) { nodes { ... on AutoMergeDisabledEvent { actor { login } } } }
    repository { autoMergeAllowed mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed }
  } }
}`;

/** Reads the repository's merge methods, and who disabled auto-merge of a pull request. */
export async function merging(octokit: Client, { id, number }: ForgePull): Promise<Merging> {
  const step = { to: `read how #${number} may be merged`, needs: 'pull-requests: read' };
  const { node } = await doStep(step, () => octokit.graphql<AutoMergeAnswer>(LOOK, { pull: id }));
  const { autoMergeAllowed, mergeCommitAllowed, squashMergeAllowed, rebaseMergeAllowed } =
    node?.repository ?? {};
  const methods = { merge: mergeCommitAllowed, squash: squashMergeAllowed, rebase: rebaseMergeAllowed };
  const [off] = node?.timelineItems.nodes ?? [];
  return {
    isAllowed: autoMergeAllowed === true,
    methods: (['merge', 'squash', 'rebase'] as const).filter((method) => methods[method]),
    switchedOffBy: off && (off.actor?.login ?? 'someone'),
  };
}

// No `expectedHeadOid`: right after a push, the head of the pull request lags behind its branch.
const ENABLE = `mutation EnableAutoMerge($input: EnablePullRequestAutoMergeInput!) {
  enablePullRequestAutoMerge(input: $input) { clientMutationId }
}`;

/** GitHub's message if the base has no rules, or all of them are met. */
const NOTHING_TO_WAIT_FOR = /\b(?:clean|unstable|has_hooks) status|protected branch rules not configured/i;

/** Enables auto-merge. @returns GitHub's message if there is nothing to wait for */
export async function enableAutoMerge(
  octokit: Client,
  { id, number }: ForgePull,
  method: MergeMethod,
): Promise<string | undefined> {
  try {
    await octokit.graphql(ENABLE, { input: { pullRequestId: id, mergeMethod: method.toUpperCase() } });
    return undefined;
  } catch (error) {
    if (isGraphqlRefusal(error) && NOTHING_TO_WAIT_FOR.test(wordsOf(error))) return wordsOf(error);
    const needs = 'contents: write, pull-requests: write';
    throw explain({ to: `enable auto-merge for #${number}`, needs }, error);
  }
}
