import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../../system/log.ts';
import { stepsWith } from '../failures.ts';
import { ForgePulls, pullOf } from '../forge-pulls.ts';
import { isGraphqlRefusal, statusOf, wordsOf } from '../request-errors.ts';
import {
  type Extras,
  type ForgePull,
  MERGE_METHODS,
  type MergeMethod,
  type NewPull,
  type RepositoryName,
} from '../types.ts';
import type { AutoMergeAnswer, EventAnswer } from './answers.ts';
import { allPages, type Client, githubPaging } from './client.ts';

const doStep = stepsWith('GitHub');

// One alone gives: "Resource not accessible by integration" (actions/toolkit#1165, cli/cli#8910).
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
export class GithubPulls extends ForgePulls {
  constructor(octokit: Client, repository: RepositoryName) {
    super(octokit, repository, {
      ...{ forge: 'GitHub', read: 'pull-requests: read', write: 'pull-requests: write' },
      ...{ paging: githubPaging, pagesComments: true },
    });
  }

  async list(branch: string, { owner, repo } = this.at): Promise<ForgePull[]> {
    const head = `${owner}:${branch}`;
    const { data } = await this.reading('list pull requests', () =>
      this.octokit.rest.pulls.list({ ...this.at, head, state: 'all', per_page: 100 }),
    );
    // GitHub ignores a filter that it does not understand, so it is applied again.
    const name = `${owner}/${repo}`.toLowerCase();
    return data
      .filter((pull) => pull.head.ref === branch && pull.head.repo?.full_name.toLowerCase() === name)
      .map(githubPull);
  }

  open(pull: NewPull, log: Log): Promise<ForgePull | 'exists' | 'nothing-new'> {
    let { draft } = pull;
    return this.writing('open the pull request', async () => {
      for (let tries = 1; ; tries++) {
        try {
          return githubPull((await this.octokit.rest.pulls.create({ ...this.at, ...pull, draft })).data);
        } catch (error) {
          if (isInvalid(error, /already exists/i)) return 'exists';
          if (isInvalid(error, /no commits between/i)) return 'nothing-new';
          if (draft && isInvalid(error, /draft pull requests are not supported/i)) {
            log.warning('This repository does not support draft pull requests, so this is not one.');
            draft = false;
          } else if (tries < 5 && isInvalid(error, NEW_BRANCH)) await wait(tries * 200);
          else throw error;
        }
      }
    });
  }

  /** By GraphQL, because REST cannot. */
  async setDraft({ id, number }: ForgePull, draft: boolean): Promise<void> {
    const to = draft ? `make #${number} a draft` : `make #${number} ready for review`;
    await doStep({ to, needs: WRITE_BOTH }, () =>
      this.octokit.graphql(draft ? TO_DRAFT : TO_READY, { input: { pullRequestId: id } }),
    );
  }

  async everAdded(number: number): Promise<Extras> {
    const events = (await this.reading(`read the history of the pull request #${number}`, () =>
      allPages((page) => this.octokit.rest.issues.listEvents({ ...this.issue(number), ...page })),
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
        ...teams.map((slug) => `${this.at.owner}/${slug}`),
      ],
      hasMilestone: events.some(({ milestone }) => milestone?.title),
    };
  }

  protected async label(number: number, names: readonly string[]): Promise<void> {
    await this.octokit.rest.issues.addLabels({ ...this.issue(number), labels: [...names] });
  }

  /** GitHub silently ignores users who can't be assigned. */
  protected async assign(number: number, users: readonly string[], log: Log): Promise<boolean> {
    const wanted = { ...this.issue(number), assignees: [...users] };
    const { data } = await this.octokit.rest.issues.addAssignees(wanted);
    const done = (data.assignees ?? []).map(({ login }) => login.toLowerCase());
    const refused = users.filter((user) => !done.includes(user.toLowerCase()));
    if (refused.length > 0)
      log.warning(
        `${refused.join(', ')} can't be assigned in ${this.at.owner}/${this.at.repo}: only people with access to the repository can. Give them access, or leave them out of \`assignees\`.`,
      );
    return refused.length < users.length;
  }

  async merging({ id, number }: ForgePull) {
    const { node } = await this.reading(`read how #${number} may be merged`, () =>
      this.octokit.graphql<AutoMergeAnswer>(MERGING, { pull: id }),
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

  enableAutoMerge({ id, number }: ForgePull, method: MergeMethod): Promise<string | undefined> {
    return doStep({ to: `enable auto-merge for #${number}`, needs: WRITE_BOTH }, async () => {
      try {
        const mergeMethod = method.toUpperCase();
        await this.octokit.graphql(ENABLE, { input: { pullRequestId: id, mergeMethod } });
        return undefined;
      } catch (error) {
        if (isGraphqlRefusal(error) && NOTHING_TO_WAIT_FOR.test(wordsOf(error))) return wordsOf(error);
        throw error;
      }
    });
  }

  /** Whether the author of a pull request of a fork allows edits by maintainers. */
  async mayEdit(number: number): Promise<boolean> {
    const { data } = await this.reading(`read the pull request #${number}`, () =>
      this.octokit.rest.pulls.get({ ...this.at, pull_number: number }),
    );
    return data.maintainer_can_modify === true;
  }

  /** Login of the token's own account; by GraphQL, because GITHUB_TOKEN has no user in REST. */
  async login(): Promise<string> {
    const { viewer } = await this.reading('read the login of the token', () =>
      this.octokit.graphql<{ viewer: { login: string } }>('query Viewer { viewer { login } }'),
    );
    return viewer.login;
  }

  async editComment(id: number, body: string): Promise<void> {
    await this.writing('edit a comment', () =>
      this.octokit.rest.issues.updateComment({ ...this.at, comment_id: id, body }),
    );
  }

  /** Does nothing if the comment is gone already. */
  removeComment(id: number): Promise<void> {
    return this.writing('delete a comment', async () => {
      try {
        await this.octokit.rest.issues.deleteComment({ ...this.at, comment_id: id });
      } catch (error) {
        if (statusOf(error) !== 404) throw error;
      }
    });
  }
}

type Pulls = Client['rest']['pulls'];
type AnyPull =
  | Awaited<ReturnType<Pulls['list']>>['data'][number]
  | Awaited<ReturnType<Pulls['create']>>['data'];

function githubPull(data: AnyPull): ForgePull {
  const teams = (data.requested_teams ?? []).map(({ slug }) => `${data.base.user?.login}/${slug}`);
  return {
    ...pullOf(data, teams),
    isDraft: data.draft === true,
    hasAutoMerge: data.auto_merge !== null,
    id: data.node_id,
  };
}

const isInvalid = (error: unknown, message: RegExp): boolean =>
  statusOf(error) === 422 && message.test(wordsOf(error));

/** Right after a branch was created, GitHub may not accept it as a head yet. */
const NEW_BRANCH = /\bhead invalid\b/;
