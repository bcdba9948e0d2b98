// The REST API that Forgejo and Gitea share, by their swagger (`/api/swagger`).

/**
 * Sends a request. Values fill `{…}` of the documented route; the rest is the query or the body.
 */
export type SendRequest = (
  route: string,
  values: Readonly<Record<string, unknown>>,
) => Promise<{ readonly data: unknown }>;

/** Longest page of servers by default (`[api] MAX_RESPONSE_ITEMS`). */
const PAGE = 50;

interface User {
  readonly login: string;
}

interface ApiTeam {
  readonly name: string;
}

/** `PullRequest` of the swagger. */
export interface ApiPull {
  readonly number: number;
  readonly html_url: string;
  readonly state: string;
  readonly merged: boolean;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly { readonly name: string }[] | null;
  readonly assignees: readonly User[] | null;
  readonly requested_reviewers: readonly User[] | null;
  /** Missing on older servers. */
  readonly requested_reviewers_teams?: readonly ApiTeam[] | null;
  readonly milestone: { readonly title: string } | null;
  /** `label` is the branch name, also after its deletion, when `ref` becomes `refs/pull/N/head`. */
  readonly head: { readonly label: string; readonly sha: string; readonly repo_id: number };
  readonly base: { readonly ref: string; readonly repo_id: number };
}

/** `TimelineComment` of the swagger. */
export interface ApiEvent {
  readonly type: string;
  readonly body: string;
  readonly label?: { readonly name: string } | null;
  readonly assignee?: User | null;
  readonly assignee_team?: ApiTeam | null;
  readonly milestone?: { readonly title: string } | null;
  readonly user?: User | null;
}

/** `Label` of the swagger. */
export interface ApiLabel {
  readonly id: number;
  readonly name: string;
}

/** `Milestone` of the swagger. */
export interface ApiMilestone {
  readonly id: number;
  readonly title: string;
}

/** `Repository` of the swagger: its merge methods. */
export interface ApiRepository {
  readonly default_merge_style: string;
  readonly allow_merge_commits: boolean;
  readonly allow_squash_merge: boolean;
  readonly allow_rebase: boolean;
}

/** `Branch` of the swagger: its requirements for merging. */
export interface ApiBranch {
  readonly enable_status_check: boolean;
  readonly required_approvals: number;
}

/** All items of a list, page by page; at most `pages` pages. */
export async function listAll<T>(
  ask: SendRequest,
  route: string,
  values: Readonly<Record<string, unknown>>,
  pages = 20,
): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; page <= pages; page++) {
    const { data } = await ask(route, { ...values, page, limit: PAGE });
    // An empty list may be null.
    const items = Array.isArray(data) ? (data as T[]) : [];
    all.push(...items);
    if (items.length === 0) break;
  }
  return all;
}
