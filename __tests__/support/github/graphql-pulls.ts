import type {
  ConvertPullRequestToDraftInput,
  DisablePullRequestAutoMergeInput,
  EnablePullRequestAutoMergeInput,
  MarkPullRequestReadyForReviewInput,
} from '@octokit/graphql-schema';
import { may } from './access.ts';
import { demandWrite, failure } from './graphql-failure.ts';
import { refreshPull } from './pulls.ts';
import type { Call, Hub } from './route.ts';
import { addEvent, type MergeMethod, type Settings, type StoredPull, timestamp } from './state.ts';

type Change<Input> = (args: { input: Input }) => Promise<object>;

export interface PullMutations {
  enablePullRequestAutoMerge: Change<EnablePullRequestAutoMergeInput>;
  disablePullRequestAutoMerge: Change<DisablePullRequestAutoMergeInput>;
  convertPullRequestToDraft: Change<ConvertPullRequestToDraftInput>;
  markPullRequestReadyForReview: Change<MarkPullRequestReadyForReviewInput>;
}

async function findById(hub: Hub, id: string): Promise<StoredPull> {
  const pull = hub.store.state.pulls.find(({ number }) => `PR_${number}` === id);
  if (!pull) throw failure('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
  await refreshPull(hub, pull);
  return pull;
}

/** What of a repository's settings GraphQL shows to everybody. */
export function settingsOf({ store }: Hub): object {
  const { settings } = store.state;
  return {
    autoMergeAllowed: settings.allow_auto_merge,
    mergeCommitAllowed: settings.allow_merge_commit,
    squashMergeAllowed: settings.allow_squash_merge,
    rebaseMergeAllowed: settings.allow_rebase_merge,
  };
}

function viewPull(hub: Hub, pull: StoredPull): object {
  const { auto_merge: auto } = pull;
  return {
    __typename: 'PullRequest',
    id: `PR_${pull.number}`,
    number: pull.number,
    isDraft: pull.draft,
    autoMergeRequest: auto && { mergeMethod: auto.method.toUpperCase(), enabledBy: botOf(auto.by) },
    repository: settingsOf(hub),
    timelineItems: ({ itemTypes, last }: { itemTypes?: string[]; last?: number }) => {
      const wanted = hub.store.state.events.filter(
        ({ issue, event }) =>
          issue === pull.number && (itemTypes ?? []).includes(`${event.toUpperCase()}_EVENT`),
      );
      const nodes = wanted.slice(-(last ?? wanted.length));
      return { nodes: nodes.map(({ event, actor }) => ({ __typename: typeOf(event), actor: botOf(actor) })) };
    },
  };
}

const botOf = (login: string) => ({ __typename: login.endsWith('[bot]') ? 'Bot' : 'User', login });

/** `auto_merge_disabled` is an AutoMergeDisabledEvent. */
const typeOf = (event: string): string =>
  `${event.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Event`;

/** A pull request by its node id, for who may see it. */
export async function nodeOf({ hub, token }: Call, id: string): Promise<object> {
  if (!may(token, ['pull_requests=read'], hub.options.private === true))
    throw failure('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
  return viewPull(hub, await findById(hub, id));
}

/**
 * Both permissions: to switch on is to merge later (many reports of "Resource not accessible by
 * integration" with one of them).
 */
async function toChange(call: Call, id: string): Promise<StoredPull> {
  demandWrite(call, ['contents=write']);
  demandWrite(call, ['pull_requests=write']);
  return findById(call.hub, id);
}

const allowed: Record<MergeMethod, [keyof Omit<Settings, 'required'>, string]> = {
  merge: ['allow_merge_commit', 'Merge commits are not allowed on this repository.'],
  squash: ['allow_squash_merge', 'Squash merges are not allowed on this repository.'],
  rebase: ['allow_rebase_merge', 'Rebase merges are not allowed on this repository.'],
};

/** GitHub's words as people report them; in front of each it writes "Pull request " once more. */
function whyNot({ store }: Hub, pull: StoredPull, method: MergeMethod): string | undefined {
  const { settings } = store.state;
  if (!settings.allow_auto_merge) return 'Auto merge is not allowed for this repository';
  if (pull.state !== 'open') return 'Pull request is closed';
  if (pull.draft) return 'Pull request is in draft state';
  const [setting, words] = allowed[method];
  if (!settings[setting]) return words;
  if ((settings.required[pull.base.ref] ?? []).length === 0) return 'Pull request is in clean status';
  return undefined;
}

async function enable(call: Call, input: EnablePullRequestAutoMergeInput): Promise<object> {
  const { hub, actor } = call;
  const pull = await toChange(call, input.pullRequestId);
  const method = (input.mergeMethod ?? 'MERGE').toLowerCase() as MergeMethod;
  const why = whyNot(hub, pull, method);
  if (why !== undefined) throw failure('UNPROCESSABLE', `Pull request ${why}`);
  pull.auto_merge = { by: actor, method };
  addEvent(hub.store, pull.number, 'auto_merge_enabled', actor);
  return changed(hub, pull);
}

async function disable(call: Call, input: DisablePullRequestAutoMergeInput): Promise<object> {
  const { hub, actor } = call;
  const pull = await toChange(call, input.pullRequestId);
  if (!pull.auto_merge)
    throw failure('UNPROCESSABLE', "Can't disable auto-merge for this pull request: it is not enabled");
  pull.auto_merge = null;
  addEvent(hub.store, pull.number, 'auto_merge_disabled', actor);
  return changed(hub, pull);
}

async function setDraft(call: Call, id: string, draft: boolean): Promise<object> {
  const { hub, actor } = call;
  const pull = await toChange(call, id);
  if (draft && hub.options.drafts === false)
    throw failure('UNPROCESSABLE', 'Draft pull requests are not supported in this repository.');
  if (pull.draft !== draft) {
    pull.draft = draft;
    addEvent(hub.store, pull.number, draft ? 'converted_to_draft' : 'ready_for_review', actor);
  }
  return changed(hub, pull);
}

function changed(hub: Hub, pull: StoredPull): object {
  pull.updated_at = timestamp();
  hub.store.save();
  return { clientMutationId: null, pullRequest: viewPull(hub, pull) };
}

/** Mutations of pull requests that REST has no word for. */
export function pullMutations(call: Call): PullMutations {
  return {
    enablePullRequestAutoMerge: ({ input }) => enable(call, input),
    disablePullRequestAutoMerge: ({ input }) => disable(call, input),
    convertPullRequestToDraft: ({ input }) => setDraft(call, input.pullRequestId, true),
    markPullRequestReadyForReview: ({ input }) => setDraft(call, input.pullRequestId, false),
  };
}
