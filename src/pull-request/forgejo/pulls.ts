import { adding, usersAndTeams } from '../extras.ts';
import { explain, stepsWith } from '../failures.ts';
import type { ExtraList, Extras, ForgePull, ForgePulls, Milestone, NewPull, PullEdit } from '../forge.ts';
import { statusOf, wordsOf } from '../request-errors.ts';
import { MERGE_METHODS, type MergeMethod } from '../types.ts';
import type { ApiEvent, ApiPull, ForgejoApi } from './api.ts';

const doStep = stepsWith('The forge');

const WRITE = 'write:repository, write:issue';

/** Pages of closed pull requests, of all branches, to search for ours. */
const CLOSED_PAGES = 5;

/** The start of the title makes a draft (`[repository.pull-request] WORK_IN_PROGRESS_PREFIXES`). */
const DRAFT = 'WIP: ';
const DRAFT_PREFIX = /^(?:WIP:|\[WIP\])\s*/i;
const isDraft = (title: string): boolean => DRAFT_PREFIX.test(title);
const draftTitle = (title: string): string => (isDraft(title) ? title : `${DRAFT}${title}`);

/** Pull requests on Forgejo or Gitea. */
export class ForgejoPulls implements ForgePulls {
  readonly #api: ForgejoApi;
  /** Owner of the repository, whose teams review. */
  readonly #owner: string;

  constructor(api: ForgejoApi, owner: string) {
    this.#api = api;
    this.#owner = owner;
  }

  /** The API has no filter by branch, so all open ones are read, and the last closed ones. */
  list(branch: string): Promise<ForgePull[]> {
    return doStep({ to: 'list pull requests', needs: 'read:issue, read:repository' }, async () => {
      const route = 'GET /repos/{owner}/{repo}/pulls';
      const open = await this.#api.all(route, { state: 'open' });
      const closed = await this.#api.all(route, { state: 'closed' }, CLOSED_PAGES);
      const ofBranch = ({ head, base }: ApiPull) => head.label === branch && head.repo_id === base.repo_id;
      const pulls = closed.filter(ofBranch).map((pull) => this.#pullOf(pull, false));
      for (const pull of open.filter(ofBranch))
        pulls.push(this.#pullOf(pull, (await this.#lastAutoMerge(pull.number))?.type === AUTO_MERGE_ON));
      return pulls.sort((a, b) => b.number - a.number);
    });
  }

  #pullOf(data: ApiPull, hasAutoMerge: boolean): ForgePull {
    const users = data.requested_reviewers ?? [];
    const teams = data.requested_reviewers_teams ?? [];
    return {
      number: data.number,
      url: data.html_url,
      isOpen: data.state === 'open',
      isMerged: data.merged,
      head: data.head.sha,
      baseRef: data.base.ref,
      title: data.title.replace(DRAFT_PREFIX, ''),
      body: data.body,
      labels: (data.labels ?? []).map(({ name }) => name),
      assignees: (data.assignees ?? []).map(({ login }) => login),
      reviewers: [...users.map(({ login }) => login), ...teams.map(({ name }) => `${this.#owner}/${name}`)],
      hasMilestone: Boolean(data.milestone),
      isDraft: isDraft(data.title),
      hasAutoMerge,
      id: String(data.number),
    };
  }

  async open({ title, draft, ...pull }: NewPull): Promise<ForgePull | 'exists' | 'nothing-new'> {
    try {
      const named = { ...pull, title: draft ? draftTitle(title) : title };
      return this.#pullOf(await this.#api.ask('POST /repos/{owner}/{repo}/pulls', named), false);
    } catch (error) {
      if (statusOf(error) === 409) return 'exists';
      if (statusOf(error) === 422 && /no changes between/i.test(wordsOf(error))) return 'nothing-new';
      throw explain('The forge', { to: 'open the pull request', needs: WRITE }, error);
    }
  }

  /** A draft stays a draft. */
  async edit(index: number, edit: PullEdit): Promise<void> {
    const to = `${edit.state === 'closed' ? 'close' : 'edit'} the pull request #${index}`;
    const { title } = edit;
    await doStep({ to, needs: WRITE }, async () => {
      const isNowDraft = title !== undefined && isDraft((await this.#read(index)).title);
      await this.#patch(index, isNowDraft ? { ...edit, title: draftTitle(title) } : edit);
    });
  }

  async setDraft({ number: index }: ForgePull, draft: boolean): Promise<void> {
    const to = draft ? `make #${index} a draft` : `make #${index} ready for review`;
    await doStep({ to, needs: WRITE }, async () => {
      const { title } = await this.#read(index);
      if (isDraft(title) === draft) return;
      await this.#patch(index, { title: draft ? draftTitle(title) : title.replace(DRAFT_PREFIX, '') });
    });
  }

  /** The API does not page them. */
  async comments(index: number): Promise<string[]> {
    const route = 'GET /repos/{owner}/{repo}/issues/{index}/comments';
    const all = await doStep({ to: `read the comments of #${index}`, needs: 'read:issue' }, () =>
      this.#api.ask(route, { index }),
    );
    return (all ?? []).map(({ body }) => body);
  }

  async comment(index: number, body: string): Promise<void> {
    const route = 'POST /repos/{owner}/{repo}/issues/{index}/comments';
    await doStep({ to: `comment on the pull request #${index}`, needs: 'write:issue' }, () =>
      this.#api.send(route, { index, body, request: { retries: 0 } }),
    );
  }

  async everAdded(index: number): Promise<Extras> {
    const step = { to: `read the history of the pull request #${index}`, needs: 'read:issue' };
    const events = await doStep(step, () => this.#timeline(index));
    const namesOf = (type: string, name: (event: ApiEvent) => string | undefined) =>
      events.flatMap((event) => (event.type === type ? (name(event) ?? []) : []));
    return {
      labels: namesOf('label', ({ label }) => label?.name),
      assignees: namesOf('assignees', ({ assignee }) => assignee?.login),
      reviewers: namesOf('review_request', ({ assignee, assignee_team: team }) =>
        team ? `${this.#owner}/${team.name}` : assignee?.login,
      ),
      hasMilestone: events.some(({ type, milestone }) => type === 'milestone' && milestone),
    };
  }

  async add(index: number, list: ExtraList, items: readonly string[]): Promise<boolean> {
    await doStep({ to: adding(index, list, items), needs: WRITE }, async () => {
      if (list === 'labels') {
        const labels = await this.#labelIds(items);
        await this.#api.send('POST /repos/{owner}/{repo}/issues/{index}/labels', { index, labels });
      }
      if (list === 'assignees') {
        // The API sets this list as a whole.
        const before = ((await this.#read(index)).assignees ?? []).map(({ login }) => login);
        await this.#patch(index, { assignees: [...before, ...items] });
      }
      if (list === 'reviewers') {
        const { users, teams } = usersAndTeams(items);
        const reviewers = { reviewers: users, team_reviewers: teams };
        const route = 'POST /repos/{owner}/{repo}/pulls/{index}/requested_reviewers';
        await this.#api.send(route, { index, ...reviewers });
      }
    });
    return true;
  }

  /** Ids of labels, which older servers require; a missing label is created, as on GitHub. */
  async #labelIds(names: readonly string[]): Promise<number[]> {
    const known = await this.#api.all('GET /repos/{owner}/{repo}/labels');
    // Labels of the organization; a user's repository has none.
    const shared = await this.#api.all('GET /orgs/{owner}/labels').catch(() => []);
    const ids: number[] = [];
    for (const name of names) {
      const label =
        [...known, ...shared].find((one) => one.name.toLowerCase() === name.toLowerCase()) ??
        (await this.#api.ask('POST /repos/{owner}/{repo}/labels', { name, color: '#ededed' }));
      ids.push(label.id);
    }
    return ids;
  }

  milestones(): Promise<Milestone[]> {
    return doStep({ to: 'list the milestones', needs: 'read:issue' }, async () => {
      const all = await this.#api.all('GET /repos/{owner}/{repo}/milestones', { state: 'open' });
      return all.map(({ id, title }) => ({ number: id, title }));
    });
  }

  async setMilestone(index: number, { number, title }: Milestone): Promise<void> {
    await doStep({ to: `set the milestone ${title} (#${index})`, needs: WRITE }, () =>
      this.#patch(index, { milestone: number }),
    );
  }

  merging({ number }: ForgePull) {
    return doStep({ to: `read how #${number} may be merged`, needs: 'read:repository' }, async () => {
      const repository = await this.#api.ask('GET /repos/{owner}/{repo}');
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
    return doStep({ to: `enable auto-merge for #${index}`, needs: WRITE }, async () => {
      const { enable_status_check: needsChecks, required_approvals: approvals } = await this.#api.ask(
        'GET /repos/{owner}/{repo}/branches/{branch}',
        { branch: baseRef },
      );
      if (approvals === 0 && !needsChecks) return `${baseRef} requires neither a check nor an approval`;
      if (approvals === 0 && (await this.#hasPassed(index))) return 'all checks have passed';
      try {
        const merge = { index, Do: method, merge_when_checks_succeed: true };
        await this.#api.send('POST /repos/{owner}/{repo}/pulls/{index}/merge', merge);
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
    const { state } = await this.#api.ask('GET /repos/{owner}/{repo}/commits/{ref}/status', { ref });
    return state === 'success';
  }

  /** The API shows auto-merge only in the timeline. */
  async #lastAutoMerge(index: number): Promise<ApiEvent | undefined> {
    const events = await this.#timeline(index);
    return events.findLast(({ type }) => type === AUTO_MERGE_ON || type === AUTO_MERGE_OFF);
  }

  #timeline(index: number): Promise<ApiEvent[]> {
    return this.#api.all('GET /repos/{owner}/{repo}/issues/{index}/timeline', { index });
  }

  #read(index: number): Promise<ApiPull> {
    return this.#api.ask('GET /repos/{owner}/{repo}/pulls/{index}', { index });
  }

  #patch(index: number, values: object): Promise<void> {
    return this.#api.send('PATCH /repos/{owner}/{repo}/pulls/{index}', { index, ...values });
  }
}

const AUTO_MERGE_ON = 'pull_scheduled_merge';
const AUTO_MERGE_OFF = 'pull_cancel_scheduled_merge';
