import { branchHead, changeRefs, type Git } from './git.ts';
import { contains } from './history-walk.ts';
import type { Hub } from './route.ts';
import { addEvent, type StoredPull, timestamp } from './state.ts';
import type { Part, Schemas } from './types.ts';

const user = (login: string): Part<Schemas['simple-user']> => ({
  login,
  type: login.endsWith('[bot]') ? 'Bot' : 'User',
});

function renderMilestone(hub: Hub, pull: StoredPull): Part<Schemas['milestone']> | null {
  return hub.store.state.milestones.find(({ number }) => number === pull.milestone) ?? null;
}

/** A pull request as GitHub's REST API has it. */
export function renderPull(hub: Hub, pull: StoredPull): Part<Schemas['pull-request']> {
  const fullName = `${hub.owner}/${hub.name}`;
  const side = ({ ref, sha, fork }: StoredPull['head']) => {
    const owner = fork ?? hub.owner;
    const { id = 1, fullName: full_name = fullName } = hub.forks.get(owner) ?? {};
    const repo = { id, full_name, name: full_name.split('/')[1] ?? '', owner: user(owner) };
    return { ref, sha, label: `${owner}:${ref}`, user: user(owner), repo };
  };
  return {
    id: 1_000_000 + pull.number,
    node_id: `PR_${pull.number}`,
    number: pull.number,
    url: `${hub.url}/repos/${fullName}/pulls/${pull.number}`,
    html_url: `${hub.url}/${fullName}/pull/${pull.number}`,
    title: pull.title,
    body: pull.body,
    state: pull.state,
    locked: false,
    draft: pull.draft,
    user: user(pull.user),
    head: side(pull.head),
    base: side(pull.base),
    maintainer_can_modify: pull.maintainer_can_modify,
    labels: pull.labels.map((name, id) => ({ id, name })),
    assignees: pull.assignees.map(user),
    requested_reviewers: pull.reviewers.map(user),
    requested_teams: pull.teams.map((slug) => ({ slug, name: slug })),
    milestone: renderMilestone(hub, pull),
    auto_merge: pull.auto_merge && {
      enabled_by: user(pull.auto_merge.by),
      merge_method: pull.auto_merge.method,
    },
    created_at: pull.created_at,
    updated_at: pull.updated_at,
    closed_at: pull.closed_at,
    merged_at: pull.merged_at,
    merged: pull.merged_at !== null,
    merge_commit_sha: pull.merge_commit_sha,
  };
}

/** Closes a pull request and writes down who did. */
export function closePull(hub: Hub, pull: StoredPull, actor: string, mergedAs: string | null): void {
  pull.state = 'closed';
  pull.closed_at = timestamp();
  pull.updated_at = pull.closed_at;
  if (mergedAs !== null) {
    pull.merged_at = pull.closed_at;
    pull.merge_commit_sha = mergedAs;
    addEvent(hub.store, pull.number, 'merged', actor);
  }
  pull.auto_merge = null;
  addEvent(hub.store, pull.number, 'closed', actor);
}

/**
 * Brings an open pull request up to what its branches are now, as GitHub does after a push: a
 * branch that is gone closes it; one that the base contains was merged; one that was moved back so
 * that nothing is left closes it.
 */
export async function refreshPull(hub: Hub, pull: StoredPull): Promise<void> {
  if (pull.state !== 'open') return;
  const [head, base] = await Promise.all([
    branchHead(headGit(hub, pull.head), pull.head.ref),
    branchHead(hub.git, pull.base.ref),
  ]);
  if (head === null || base === null) return closePull(hub, pull, hub.owner, null);
  if (head === pull.head.sha && base === pull.base.sha) return;
  const before = pull.head.sha;
  pull.head.sha = head;
  await pointAt(hub, pull);
  pull.base.sha = base;
  pull.updated_at = timestamp();
  if (!(await contains(hub.git, base, head))) return;
  closePull(hub, pull, hub.owner, (await contains(hub.git, base, before)) ? base : null);
}

/** The repository that has the branch of a pull request. */
export const headGit = ({ git, forks }: Hub, { fork }: Pick<StoredPull['head'], 'fork'>): Git =>
  forks.get(fork ?? '')?.git ?? git;

/** Points `refs/pull/NUMBER/head` of the base's repository at the head. */
export async function pointAt(hub: Hub, { number, head }: StoredPull): Promise<void> {
  if (head.fork) await changeRefs(hub.git, [{ name: `refs/pull/${number}/head`, after: head.sha }]);
}

/** Refreshes every pull request and writes the state down. */
export async function refreshAll(hub: Hub): Promise<void> {
  for (const pull of hub.store.state.pulls) await refreshPull(hub, pull);
  hub.store.save();
}

/** Whether the head has anything that the base lacks. */
export async function hasCommits(hub: Hub, base: string, head: string): Promise<boolean> {
  return !(await contains(hub.git, base, head));
}
