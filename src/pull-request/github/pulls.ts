import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../../system/log.ts';
import { adding, usersAndTeams } from '../extras.ts';
import { explain, stepsWith } from '../failures.ts';
import type {
  ExtraList,
  Extras,
  ForgePull,
  ForgePulls,
  Milestone,
  NewPull,
  PullEdit,
  RepositoryName,
} from '../forge.ts';
import { isGraphqlRefusal, statusOf, wordsOf } from '../request-errors.ts';
import { MERGE_METHODS, type MergeMethod } from '../types.ts';
import type { AutoMergeAnswer, EventAnswer } from './answers.ts';
import { allPages, type Client } from './client.ts';

const doStep = stepsWith('GitHub');

const READ = 'pull-requests: read';
const WRITE = 'pull-requests: write';
// With one alone: "Resource not accessible by integration" (actions/toolkit#1165, cli/cli#8910).
const WRITE_BOTH = 'contents: write, pull-requests: write';

const TO_DRAFT = `mutation ToDraft($input: ConvertPullRequestToDraftInput!) {
  convertPullRequestToDraft(input: $input) { clientMutationId }
}`;
const TO_READY = `mutation ToReady($input: MarkPullRequestReadyForReviewInput!) {
  markPullRequestReadyForReview(input: $input) { clientMutationId }
}`;
const MERGING = `query AutoMerge($pull: ID!) {
  node(id: $pull) { ... on PullRequest {
    timelineItems(itemTypes: [AUTO_MERGE_DISABLED_EVENT], last: 1) {
      nodes { ... on AutoMergeDisabledEvent { actor { login } } }
    }
    repository { autoMergeAllowed mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed }
  } }
}`;
// No `expectedHeadOid`: right after a push, the head of the pull request lags behind its branch.
const ENABLE = `mutation EnableAutoMerge($input: EnablePullRequestAutoMergeInput!) {
  enablePullRequestAutoMerge(input: $input) { clientMutationId }
}`;

/** GitHub's message if the base has no rules, or all of them are met. */
const NOTHING_TO_WAIT_FOR = /\b(?:clean|unstable|has_hooks) status|protected branch rules not configured/i;

/** Pull requests on GitHub. */
export class GithubPulls implements ForgePulls {
  readonly #octokit: Client;
  readonly #at: RepositoryName;

  constructor(octokit: Client, repository: RepositoryName) {
    this.#octokit = octokit;
    this.#at = repository;
  }

  async list(branch: string, { owner, repo } = this.#at): Promise<ForgePull[]> {
    const head = `${owner}:${branch}`;
    const { data } = await doStep({ to: 'list pull requests', needs: READ }, () =>
      this.#octokit.rest.pulls.list({ ...this.#at, head, state: 'all', per_page: 100 }),
    );
    // GitHub ignores a filter that it does not understand, so it is applied again.
    const name = `${owner}/${repo}`.toLowerCase();
    return data
      .filter((pull) => pull.head.ref === branch && pull.head.repo?.full_name.toLowerCase() === name)
      .map(pullOf);
  }

  async open(pull: NewPull, log: Log): Promise<ForgePull | 'exists' | 'nothing-new'> {
    let { draft } = pull;
    for (let tries = 1; ; tries++) {
      try {
        return pullOf((await this.#octokit.rest.pulls.create({ ...this.#at, ...pull, draft })).data);
      } catch (error) {
        if (isInvalid(error, /already exists/i)) return 'exists';
        if (isInvalid(error, /no commits between/i)) return 'nothing-new';
        if (draft && isInvalid(error, /draft pull requests are not supported/i)) {
          log.warning('This repository does not support draft pull requests, so this is not one.');
          draft = false;
        } else if (tries < 5 && isInvalid(error, NEW_BRANCH)) await wait(tries * 200);
        else throw explain('GitHub', { to: 'open the pull request', needs: WRITE }, error);
      }
    }
  }

  async edit(number: number, edit: PullEdit): Promise<void> {
    const to = `${edit.state === 'closed' ? 'close' : 'edit'} the pull request #${number}`;
    await doStep({ to, needs: WRITE }, () =>
      this.#octokit.rest.pulls.update({ ...this.#at, pull_number: number, ...edit }),
    );
  }

  /** By GraphQL, because REST cannot. */
  async setDraft({ id, number }: ForgePull, draft: boolean): Promise<void> {
    const to = draft ? `make #${number} a draft` : `make #${number} ready for review`;
    await doStep({ to, needs: WRITE_BOTH }, () =>
      this.#octokit.graphql(draft ? TO_DRAFT : TO_READY, { input: { pullRequestId: id } }),
    );
  }

  async comments(number: number): Promise<string[]> {
    const all = await doStep({ to: `read the comments of #${number}`, needs: READ }, () =>
      allPages((page) => this.#octokit.rest.issues.listComments({ ...this.#issue(number), ...page })),
    );
    return all.map(({ body }) => body ?? '');
  }

  async comment(number: number, body: string): Promise<void> {
    await doStep({ to: `comment on the pull request #${number}`, needs: WRITE }, () =>
      this.#octokit.rest.issues.createComment({ ...this.#issue(number), body, request: { retries: 0 } }),
    );
  }

  async everAdded(number: number): Promise<Extras> {
    const step = { to: `read the history of the pull request #${number}`, needs: READ };
    const events = (await doStep(step, () =>
      allPages((page) => this.#octokit.rest.issues.listEvents({ ...this.#issue(number), ...page })),
    )) as EventAnswer[];
    const namesOf = (name: (event: EventAnswer) => string | null | undefined) =>
      events.flatMap((event) => name(event) ?? []);
    // Events have only the slug of a team; its organization is the repository's owner.
    const teams = namesOf(({ requested_team: team }) => team?.slug);
    return {
      labels: namesOf(({ label }) => label?.name),
      assignees: namesOf(({ assignee }) => assignee?.login),
      reviewers: [
        ...namesOf(({ requested_reviewer: reviewer }) => reviewer?.login),
        ...teams.map((slug) => `${this.#at.owner}/${slug}`),
      ],
      hasMilestone: events.some(({ milestone }) => milestone?.title),
    };
  }

  add(number: number, list: ExtraList, items: readonly string[], log: Log): Promise<boolean> {
    const { issues, pulls } = this.#octokit.rest;
    return doStep({ to: adding(number, list, items), needs: WRITE }, async () => {
      if (list === 'labels') await issues.addLabels({ ...this.#issue(number), labels: [...items] });
      if (list === 'assignees') {
        const assignees = await this.#assignable(items, log);
        if (assignees.length === 0) return false;
        await issues.addAssignees({ ...this.#issue(number), assignees });
      }
      if (list === 'reviewers') {
        // Separate requests, because GITHUB_TOKEN cannot request teams.
        const review = { ...this.#at, pull_number: number };
        const { users, teams } = usersAndTeams(items);
        if (users.length > 0) await pulls.requestReviewers({ ...review, reviewers: users });
        if (teams.length > 0) await pulls.requestReviewers({ ...review, team_reviewers: teams });
      }
      return true;
    });
  }

  /** Users that can be assigned: GitHub silently ignores others, and each run would try again. */
  async #assignable(logins: readonly string[], log: Log): Promise<string[]> {
    const { owner, repo } = this.#at;
    const can: string[] = [];
    for (const assignee of logins) {
      try {
        await this.#octokit.rest.issues.checkUserCanBeAssigned({ owner, repo, assignee });
        can.push(assignee);
      } catch (error) {
        if (statusOf(error) !== 404) throw error;
        log.warning(
          `${assignee} can't be assigned in ${owner}/${repo}: only people with access to the repository can. Give them access, or leave them out of \`assignees\`.`,
        );
      }
    }
    return can;
  }

  milestones(): Promise<Milestone[]> {
    return doStep({ to: 'list the milestones', needs: READ }, () =>
      allPages((page) => this.#octokit.rest.issues.listMilestones({ ...this.#at, ...page })),
    );
  }

  async setMilestone(number: number, milestone: Milestone): Promise<void> {
    await doStep({ to: `set the milestone ${milestone.title} (#${number})`, needs: WRITE }, () =>
      this.#octokit.rest.issues.update({ ...this.#issue(number), milestone: milestone.number }),
    );
  }

  async merging({ id, number }: ForgePull) {
    const { node } = await doStep({ to: `read how #${number} may be merged`, needs: READ }, () =>
      this.#octokit.graphql<AutoMergeAnswer>(MERGING, { pull: id }),
    );
    const { autoMergeAllowed, mergeCommitAllowed, squashMergeAllowed, rebaseMergeAllowed } =
      node?.repository ?? {};
    const allowed = { merge: mergeCommitAllowed, squash: squashMergeAllowed, rebase: rebaseMergeAllowed };
    const [disabled] = node?.timelineItems.nodes ?? [];
    return {
      isAllowed: autoMergeAllowed === true,
      methods: MERGE_METHODS.filter((method) => allowed[method] === true),
      disabledBy: disabled && (disabled.actor?.login ?? 'someone'),
    };
  }

  async enableAutoMerge({ id, number }: ForgePull, method: MergeMethod): Promise<string | undefined> {
    try {
      const mergeMethod = method.toUpperCase();
      await this.#octokit.graphql(ENABLE, { input: { pullRequestId: id, mergeMethod } });
      return undefined;
    } catch (error) {
      if (isGraphqlRefusal(error) && NOTHING_TO_WAIT_FOR.test(wordsOf(error))) return wordsOf(error);
      throw explain('GitHub', { to: `enable auto-merge for #${number}`, needs: WRITE_BOTH }, error);
    }
  }

  #issue(number: number) {
    return { ...this.#at, issue_number: number };
  }
}

type Pulls = Client['rest']['pulls'];
type AnyPull =
  | Awaited<ReturnType<Pulls['list']>>['data'][number]
  | Awaited<ReturnType<Pulls['create']>>['data'];

function pullOf(data: AnyPull): ForgePull {
  const teams = data.requested_teams ?? [];
  return {
    number: data.number,
    url: data.html_url,
    isOpen: data.state === 'open',
    isMerged: data.merged_at !== null,
    head: data.head.sha,
    baseRef: data.base.ref,
    title: data.title,
    body: data.body ?? '',
    labels: data.labels.map(({ name }) => name),
    assignees: (data.assignees ?? []).map(({ login }) => login),
    reviewers: [
      ...(data.requested_reviewers ?? []).map(({ login }) => login),
      ...teams.map(({ slug }) => `${data.base.user?.login}/${slug}`),
    ],
    hasMilestone: Boolean(data.milestone),
    isDraft: data.draft === true,
    hasAutoMerge: data.auto_merge !== null,
    id: data.node_id,
  };
}

const isInvalid = (error: unknown, message: RegExp): boolean =>
  statusOf(error) === 422 && message.test(wordsOf(error));

/** Right after a branch was created, GitHub may not accept it as a head yet. */
const NEW_BRANCH = /\bhead invalid\b/;
