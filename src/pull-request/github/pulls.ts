import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../../system/log.ts';
import { problemsOf, statusOf, wordsOf } from '../failures.ts';
import type { ForgePull, NewPull, PullEdit } from '../forge.ts';
import type { RepositoryName } from '../types.ts';
import type { Client } from './client.ts';
import { doStep, explain } from './failures.ts';
import { allPages } from './pages.ts';

type RestPull = Awaited<ReturnType<Client['rest']['pulls']['list']>>['data'][number];
/** What pull requests in a list and new ones have in common. */
interface AnyPull {
  readonly number: number;
  readonly html_url: string;
  readonly state: string;
  readonly merged_at: string | null;
  readonly title: string;
  readonly body: string | null;
  readonly labels: readonly { readonly name: string }[];
  readonly assignees?: readonly { readonly login: string }[] | null | undefined;
  readonly requested_reviewers?: readonly { readonly login: string }[] | null | undefined;
  readonly requested_teams?: readonly { readonly slug: string }[] | null | undefined;
  readonly milestone?: { readonly title: string } | null | undefined;
  readonly draft?: boolean | undefined;
  readonly auto_merge: object | null;
  readonly node_id: string;
  readonly head: { readonly sha: string };
  readonly base: { readonly ref: string; readonly user: { readonly login: string } | null };
}

function pullOf(data: AnyPull): ForgePull {
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
      ...(data.requested_teams ?? []).map(({ slug }) => `${data.base.user?.login}/${slug}`),
    ],
    milestone: data.milestone ? [data.milestone.title] : [],
    isDraft: data.draft === true,
    hasAutoMerge: data.auto_merge !== null,
    id: data.node_id,
  };
}

const READ = { to: 'list pull requests', needs: 'pull-requests: read' };
const WRITE = 'pull-requests: write';

/** The last 100 pull requests of a branch, open and closed, newest first. */
export async function listPulls(
  octokit: Client,
  place: RepositoryName,
  branch: string,
): Promise<ForgePull[]> {
  const head = `${place.owner}:${branch}`;
  const { data } = await doStep(READ, () =>
    octokit.rest.pulls.list({ ...place, head, state: 'all', per_page: 100 }),
  );
  // GitHub ignores a filter that it does not understand, so it is applied again.
  const name = `${place.owner}/${place.repo}`.toLowerCase();
  const ofBranch = (pull: RestPull) =>
    pull.head.ref === branch && pull.head.repo?.full_name.toLowerCase() === name;
  return data.filter(ofBranch).map(pullOf);
}

const hasProblem = (error: unknown, pattern: RegExp): boolean =>
  statusOf(error) === 422 &&
  (pattern.test(wordsOf(error)) || problemsOf(error).some(({ message }) => pattern.test(message ?? '')));

// Right after a branch was created, GitHub may not accept it as a head yet.
const isHeadUnknown = (error: unknown): boolean =>
  statusOf(error) === 422 &&
  problemsOf(error).some(({ field, code }) => field === 'head' && code === 'invalid');

/** Opens a pull request; not as a draft if the repository does not support drafts. */
export async function openPull(
  octokit: Client,
  place: RepositoryName,
  pull: NewPull,
  log: Log,
): Promise<ForgePull | 'exists' | 'nothing-new'> {
  let { draft } = pull;
  for (let tries = 1; ; tries++) {
    try {
      const { data } = await octokit.rest.pulls.create({ ...place, ...pull, draft });
      return pullOf(data);
    } catch (error) {
      if (hasProblem(error, /already exists/i)) return 'exists';
      if (hasProblem(error, /no commits between/i)) return 'nothing-new';
      const again = tries < 5 && isHeadUnknown(error);
      if (draft && hasProblem(error, /draft pull requests are not supported/i)) {
        log.warning('This repository does not support draft pull requests, so it is opened without a draft.');
        draft = false;
      } else if (again) await wait(tries * 200);
      else throw explain({ to: 'open the pull request', needs: WRITE }, error);
    }
  }
}

export async function editPull(
  octokit: Client,
  place: RepositoryName,
  number: number,
  edit: PullEdit,
): Promise<void> {
  const to = `${edit.state === 'closed' ? 'close' : 'edit'} the pull request #${number}`;
  await doStep({ to, needs: WRITE }, () =>
    octokit.rest.pulls.update({ ...place, pull_number: number, ...edit }),
  );
}

const commenting = (number: number) => ({ to: `comment on the pull request #${number}`, needs: WRITE });

export async function comments(octokit: Client, place: RepositoryName, number: number): Promise<string[]> {
  const all = await doStep(commenting(number), () =>
    allPages((page) => octokit.rest.issues.listComments({ ...place, issue_number: number, ...page })),
  );
  return all.map(({ body }) => body ?? '');
}

export async function comment(
  octokit: Client,
  place: RepositoryName,
  number: number,
  body: string,
): Promise<void> {
  await doStep(commenting(number), () =>
    octokit.rest.issues.createComment({ ...place, issue_number: number, body, request: { retries: 0 } }),
  );
}

const TO_DRAFT = `mutation ToDraft($input: ConvertPullRequestToDraftInput!) {
  convertPullRequestToDraft(input: $input) { clientMutationId }
}`;
const TO_READY = `mutation ToReady($input: MarkPullRequestReadyForReviewInput!) {
  markPullRequestReadyForReview(input: $input) { clientMutationId }
}`;

/** Makes an open pull request a draft, or ready for review; REST cannot. */
export async function setDraft(octokit: Client, { id, number }: ForgePull, draft: boolean): Promise<void> {
  const to = draft ? `make #${number} a draft` : `make #${number} ready for review`;
  // With one alone: "Resource not accessible by integration" (actions/toolkit#1165, cli/cli#8910).
  await doStep({ to, needs: 'contents: write, pull-requests: write' }, () =>
    octokit.graphql(draft ? TO_DRAFT : TO_READY, { input: { pullRequestId: id } }),
  );
}
