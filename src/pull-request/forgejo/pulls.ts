import type { Valid } from '../../system/shape.ts';
import { ForgePulls, pullOf } from '../forge-pulls.ts';
import { allPages, type Client, type Paging } from '../github/client.ts';
import { statusOf, wordsOf } from '../request-errors.ts';
import {
  type Extras,
  type ForgePull,
  MERGE_METHODS,
  type MergeMethod,
  type NewPull,
  type PullEdit,
  type RepositoryName,
} from '../types.ts';
import type { forgejoAnswers } from './answers.ts';

type Values = Readonly<Record<string, unknown>>;
type Routes = typeof forgejoAnswers;
type Answer<Route extends keyof Routes> = Valid<Routes[Route]>;
type ListRoute = {
  [Route in keyof Routes]: Answer<Route> extends readonly unknown[] | null | undefined ? Route : never;
}[keyof Routes];
type Item<Route extends ListRoute> = NonNullable<Answer<Route>>[number];
type ApiPull = Answer<'POST /repos/{owner}/{repo}/pulls'>;
type ApiEvent = Item<'GET /repos/{owner}/{repo}/issues/{index}/timeline'>;

/** The longest pages by default (`[api] MAX_RESPONSE_ITEMS`); not every list links the next one. */
const PAGING: Paging = { length: { limit: 50 }, hasNext: () => true };

/** Pages of closed pull requests, of all branches, to search for ours. */
const CLOSED_PAGES = 5;

/** The start of the title makes a draft (`[repository.pull-request] WORK_IN_PROGRESS_PREFIXES`). */
const DRAFT = 'WIP: ';
const DRAFT_PREFIX = /^(?:WIP:|\[WIP\])\s*/i;
const isDraft = (title: string): boolean => DRAFT_PREFIX.test(title);
const draftTitle = (title: string): string => (isDraft(title) ? title : `${DRAFT}${title}`);

/**
 * Pull requests on Forgejo or Gitea. Their API is the same as GitHub's, except for the routes that
 * are requested here (`/api/swagger`).
 */
export class ForgejoPulls extends ForgePulls {
  constructor(octokit: Client, repository: RepositoryName) {
    super(octokit, repository, {
      forge: 'The forge',
      ...{ read: 'read:issue, read:repository', write: 'write:repository, write:issue' },
      ...{ paging: PAGING, pagesComments: false },
    });
  }

  /** The API has no filter by branch, so all open ones are read, and the last closed ones. */
  list(branch: string): Promise<ForgePull[]> {
    return this.reading('list pull requests', async () => {
      const route = 'GET /repos/{owner}/{repo}/pulls';
      const open = await this.#all(route, { state: 'open' });
      const closed = await this.#all(route, { state: 'closed' }, CLOSED_PAGES);
      const ofBranch = ({ head, base }: ApiPull) => head.label === branch && head.repo_id === base.repo_id;
      const pulls = closed.filter(ofBranch).map((pull) => this.#pullOf(pull, false));
      for (const pull of open.filter(ofBranch))
        pulls.push(this.#pullOf(pull, (await this.#lastAutoMerge(pull.number))?.type === AUTO_MERGE_ON));
      return pulls.sort((a, b) => b.number - a.number);
    });
  }

  #pullOf(data: ApiPull, hasAutoMerge: boolean): ForgePull {
    const teams = (data.requested_reviewers_teams ?? []).map(({ name }) => `${this.at.owner}/${name}`);
    const title = data.title.replace(DRAFT_PREFIX, '');
    return {
      ...pullOf(data, teams),
      title,
      isDraft: isDraft(data.title),
      hasAutoMerge,
      id: String(data.number),
    };
  }

  open({ title, draft, ...pull }: NewPull): Promise<ForgePull | 'exists' | 'nothing-new'> {
    const named = { ...pull, title: draft ? draftTitle(title) : title };
    return this.writing('open the pull request', async () => {
      try {
        return this.#pullOf(await this.#ask('POST /repos/{owner}/{repo}/pulls', named), false);
      } catch (error) {
        if (statusOf(error) === 409) return 'exists';
        if (statusOf(error) === 422 && /no changes between/i.test(wordsOf(error))) return 'nothing-new';
        throw error;
      }
    });
  }

  /** A draft stays a draft. */
  override async edit(number: number, edit: PullEdit): Promise<void> {
    const { title } = edit;
    const isNowDraft = title !== undefined && isDraft((await this.#read(number)).title);
    await super.edit(number, isNowDraft ? { ...edit, title: draftTitle(title) } : edit);
  }

  async setDraft({ number }: ForgePull, draft: boolean): Promise<void> {
    const { title } = await this.#read(number);
    if (isDraft(title) === draft) return;
    await super.edit(number, { title: draft ? draftTitle(title) : title.replace(DRAFT_PREFIX, '') });
  }

  async everAdded(index: number): Promise<Extras> {
    const events = await this.reading(`read the history of the pull request #${index}`, () =>
      this.#timeline(index),
    );
    const namesOf = (type: string, name: (event: ApiEvent) => string | undefined) =>
      events.flatMap((event) => (event.type === type ? (name(event) ?? []) : []));
    return {
      labels: namesOf('label', ({ label }) => label?.name),
      assignees: namesOf('assignees', ({ assignee }) => assignee?.login),
      reviewers: namesOf('review_request', ({ assignee, assignee_team: team }) =>
        team ? `${this.at.owner}/${team.name}` : assignee?.login,
      ),
      hasMilestone: events.some(({ type, milestone }) => type === 'milestone' && milestone),
    };
  }

  protected async label(index: number, names: readonly string[]): Promise<void> {
    const labels = await this.#labelIds(names);
    await this.#ask('POST /repos/{owner}/{repo}/issues/{index}/labels', { index, labels });
  }

  /** The API sets this list as a whole. */
  protected async assign(number: number, users: readonly string[]): Promise<boolean> {
    const before = ((await this.#read(number)).assignees ?? []).map(({ login }) => login);
    await this.octokit.rest.issues.update({ ...this.issue(number), assignees: [...before, ...users] });
    return true;
  }

  /** Ids of labels, which older servers require; a missing label is created, as on GitHub. */
  async #labelIds(names: readonly string[]): Promise<number[]> {
    const known = await this.#all('GET /repos/{owner}/{repo}/labels');
    // Labels of the organization; a user's repository has none.
    const shared = await this.#all('GET /orgs/{owner}/labels').catch(() => []);
    const ids: number[] = [];
    for (const name of names) {
      const label =
        [...known, ...shared].find((one) => one.name.toLowerCase() === name.toLowerCase()) ??
        (await this.#ask('POST /repos/{owner}/{repo}/labels', { name, color: '#ededed' }));
      ids.push(label.id);
    }
    return ids;
  }

  merging({ number }: ForgePull) {
    return this.reading(`read how #${number} may be merged`, async () => {
      const repository = await this.#ask('GET /repos/{owner}/{repo}');
      const allowed = {
        merge: repository.allow_merge_commits,
        squash: repository.allow_squash_merge,
        rebase: repository.allow_rebase,
      };
      const preferred = repository.default_merge_style;
      const methods = MERGE_METHODS.filter((method) => allowed[method]).sort(
        (a, b) => Number(b === preferred) - Number(a === preferred),
      );
      const last = await this.#lastAutoMerge(number);
      const disabledBy = last?.type === AUTO_MERGE_OFF ? (last.user?.login ?? 'someone') : undefined;
      return { isAllowed: true, methods, disabledBy };
    });
  }

  /** The API merges immediately if all requirements are met or missing, so they are read first. */
  enableAutoMerge({ number: index, baseRef }: ForgePull, method: MergeMethod): Promise<string | undefined> {
    return this.writing(`enable auto-merge for #${index}`, async () => {
      const { enable_status_check: needsChecks, required_approvals: approvals } = await this.#ask(
        'GET /repos/{owner}/{repo}/branches/{branch}',
        { branch: baseRef },
      );
      if (approvals === 0 && !needsChecks) return `${baseRef} requires neither a check nor an approval`;
      if (approvals === 0 && (await this.#hasPassed(index))) return 'all checks have passed';
      try {
        const merge = { index, Do: method, merge_when_checks_succeed: true };
        await this.#ask('POST /repos/{owner}/{repo}/pulls/{index}/merge', merge);
      } catch (error) {
        // Already enabled, by an earlier try whose answer was lost.
        if (statusOf(error) !== 409) throw error;
      }
      return undefined;
    });
  }

  /** Reads the current head: a pull request that was listed before a push has the old one. */
  async #hasPassed(index: number): Promise<boolean> {
    const ref = (await this.#read(index)).head.sha;
    const { state } = await this.#ask('GET /repos/{owner}/{repo}/commits/{ref}/status', { ref });
    return state === 'success';
  }

  /** The API shows auto-merge only in the timeline. */
  async #lastAutoMerge(index: number): Promise<ApiEvent | undefined> {
    const events = await this.#timeline(index);
    return events.findLast(({ type }) => type === AUTO_MERGE_ON || type === AUTO_MERGE_OFF);
  }

  #timeline(index: number): Promise<ApiEvent[]> {
    return this.#all('GET /repos/{owner}/{repo}/issues/{index}/timeline', { index });
  }

  /**
   * Values fill `{…}` of the route; the rest is the query or the body. The client has verified the
   * shape of the answer.
   */
  async #ask<Route extends keyof Routes>(route: Route, values: Values = {}): Promise<Answer<Route>> {
    return (await this.octokit.request(route as string, { ...this.at, ...values })).data;
  }

  /** All items of a list, of at most `pages` pages. */
  #all<Route extends ListRoute>(route: Route, values: Values = {}, pages?: number): Promise<Item<Route>[]> {
    const ask = (page: object) => this.octokit.request(route as string, { ...this.at, ...values, ...page });
    return allPages<Item<Route>>(ask, PAGING, pages);
  }

  #read(index: number): Promise<ApiPull> {
    return this.reading(`read the pull request #${index}`, () =>
      this.#ask('GET /repos/{owner}/{repo}/pulls/{index}', { index }),
    );
  }
}

const AUTO_MERGE_ON = 'pull_scheduled_merge';
const AUTO_MERGE_OFF = 'pull_cancel_scheduled_merge';
