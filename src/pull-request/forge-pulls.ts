import type { Log } from '../system/log.ts';
import type { Valid } from '../system/shape.ts';
import { stepsWith } from './failures.ts';
import type { pullFields } from './github/answers.ts';
import { allPages, type Client, type Paging } from './github/client.ts';
import type {
  ExtraList,
  Extras,
  ForgePull,
  MergeMethod,
  Merging,
  Milestone,
  NewPull,
  PullComment,
  PullEdit,
  RepositoryName,
} from './types.ts';

type PullFields = { readonly [Field in keyof typeof pullFields]: Valid<(typeof pullFields)[Field]> };

/** The fields of a pull request that the APIs of all forges have. */
interface CommonPull
  extends Pick<PullFields, 'number' | 'html_url' | 'state' | 'title'>,
    Partial<Omit<PullFields, 'number' | 'html_url' | 'state' | 'title'>> {
  readonly head: { readonly sha: string };
  readonly base: { readonly ref: string };
}

/** The differences between forges in all requests about pull requests. */
interface Dialect {
  readonly forge: 'GitHub' | 'The forge';
  /** Permissions or scopes to read and to write. */
  readonly read: string;
  readonly write: string;
  readonly paging: Paging;
  /** Whether it pages comments. */
  readonly pagesComments: boolean;
}

const ADDING: Readonly<Record<ExtraList, string>> = {
  labels: 'add the labels',
  assignees: 'assign',
  reviewers: 'ask for a review by',
};

/** The fields of a pull request that all forges answer alike. @param teams as `org/team` */
export function pullOf(data: CommonPull, teams: readonly string[]) {
  return {
    number: data.number,
    url: data.html_url,
    isOpen: data.state === 'open',
    isMerged: Boolean(data.merged_at),
    head: data.head.sha,
    baseRef: data.base.ref,
    title: data.title,
    body: data.body ?? '',
    labels: (data.labels ?? []).map(({ name }) => name),
    assignees: (data.assignees ?? []).map(({ login }) => login),
    reviewers: [...(data.requested_reviewers ?? []).map(({ login }) => login), ...teams],
    hasMilestone: Boolean(data.milestone),
  };
}

/**
 * Pull requests of one repository. Requests that Forgejo and Gitea accept in GitHub's form are
 * here, the rest in a class for each API.
 */
export abstract class ForgePulls {
  protected readonly octokit: Client;
  protected readonly at: RepositoryName;
  readonly #dialect: Dialect;

  constructor(octokit: Client, at: RepositoryName, dialect: Dialect) {
    this.octokit = octokit;
    this.at = at;
    this.#dialect = dialect;
  }

  /** Runs a step that reads. @param to completes "The forge refused to …" */
  protected reading<T>(to: string, call: () => Promise<T>): Promise<T> {
    const { forge, read: needs } = this.#dialect;
    return stepsWith(forge)({ to, needs }, call);
  }

  protected writing<T>(to: string, call: () => Promise<T>): Promise<T> {
    const { forge, write: needs } = this.#dialect;
    return stepsWith(forge)({ to, needs }, call);
  }

  protected issue(number: number) {
    return { ...this.at, issue_number: number };
  }

  /**
   * Pull requests of a branch, open and closed, newest first; at least the last 100.
   * @param fork the repository that has the branch, on GitHub
   */
  abstract list(branch: string, fork?: RepositoryName): Promise<ForgePull[]>;

  /**
   * @returns `exists` if one is open already; `nothing-new` if the base has all commits of the
   * branch
   */
  abstract open(pull: NewPull, log: Log): Promise<ForgePull | 'exists' | 'nothing-new'>;

  /** Makes an open pull request a draft, or ready for review. */
  abstract setDraft(pull: ForgePull, draft: boolean): Promise<void>;

  /** Everything that was ever added to the lists, even if it was removed since. */
  abstract everAdded(number: number): Promise<Extras>;

  abstract merging(pull: ForgePull): Promise<Merging>;

  /**
   * Enables auto-merge; never merges immediately.
   * @returns undefined if it is enabled; otherwise the forge's message that there is nothing to
   *   wait for
   */
  abstract enableAutoMerge(pull: ForgePull, method: MergeMethod): Promise<string | undefined>;

  protected abstract label(number: number, names: readonly string[]): Promise<void>;

  /** @returns whether anyone was assigned */
  protected abstract assign(number: number, users: readonly string[], log: Log): Promise<boolean>;

  async edit(number: number, edit: PullEdit): Promise<void> {
    await this.writing(`${edit.state === 'closed' ? 'close' : 'edit'} the pull request #${number}`, () =>
      this.octokit.rest.pulls.update({ ...this.at, pull_number: number, ...edit }),
    );
  }

  async comments(number: number): Promise<PullComment[]> {
    const { paging, pagesComments } = this.#dialect;
    const ask = (page: object) => this.octokit.rest.issues.listComments({ ...this.issue(number), ...page });
    const all = await this.reading(`read the comments of #${number}`, () =>
      allPages(ask, paging, pagesComments ? undefined : 1),
    );
    return all.map(({ id, body, user }) => ({ id, body: body ?? '', author: user?.login }));
  }

  /** Comments, without retries: after a lost answer, a retry would post it twice. */
  async comment(number: number, body: string): Promise<void> {
    await this.writing(`comment on the pull request #${number}`, () =>
      this.octokit.rest.issues.createComment({ ...this.issue(number), body, request: { retries: 0 } }),
    );
  }

  /**
   * Adds the items that the forge accepts, and warns about the others.
   * @returns whether something was written
   */
  add(number: number, list: ExtraList, items: readonly string[], log: Log): Promise<boolean> {
    return this.writing(`${ADDING[list]} ${items.join(', ')} (#${number})`, async () => {
      if (list === 'assignees') return this.assign(number, items, log);
      if (list === 'labels') await this.label(number, items);
      else await this.#askForReview(number, items);
      return true;
    });
  }

  /** Separate requests, because GITHUB_TOKEN can't request teams; omits `org` in `org/team`. */
  async #askForReview(number: number, items: readonly string[]): Promise<void> {
    const review = { ...this.at, pull_number: number };
    const [users, teams] = [
      items.filter((item) => !item.includes('/')),
      items.filter((item) => item.includes('/')),
    ];
    const { requestReviewers } = this.octokit.rest.pulls;
    if (users.length > 0) await requestReviewers({ ...review, reviewers: users });
    const slugs = teams.map((team) => team.slice(team.indexOf('/') + 1));
    if (teams.length > 0) await requestReviewers({ ...review, team_reviewers: slugs });
  }

  /** The open milestones of the repository. */
  async milestones(): Promise<Milestone[]> {
    const all = await this.reading('list the milestones', () =>
      allPages(
        (page) => this.octokit.rest.issues.listMilestones({ ...this.at, ...page }),
        this.#dialect.paging,
      ),
    );
    // On Forgejo and Gitea, milestones have only ids.
    return all.map(({ number, id, title }) => ({ number: number ?? id, title }));
  }

  async setMilestone(number: number, milestone: Milestone): Promise<void> {
    await this.writing(`set the milestone ${milestone.title} (#${number})`, () =>
      this.octokit.rest.issues.update({ ...this.issue(number), milestone: milestone.number }),
    );
  }
}
