import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../ports/log.ts';
import { doStep, explain, problemsOf, statusOf, wordsOf } from './failures.ts';
import { digest, keyOf } from './files.ts';
import { finishBody, type Marker, readMarker, replaceMarker } from './marker.ts';
import type { Client, PublishRequest } from './types.ts';

/** A pull request of our branch. */
export interface Pull {
  readonly number: number;
  readonly url: string;
  readonly isOpen: boolean;
  readonly isMerged: boolean;
  readonly head: string;
  readonly baseRef: string;
  readonly body: string;
  /** Missing where the text is a person's. */
  readonly marker: Marker | undefined;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly reviewers: readonly string[];
}

type RestPull = Awaited<ReturnType<Client['rest']['pulls']['list']>>['data'][number];
/** What the list of pull requests and the answer to a new one have in common, as far as it is looked at. */
interface AnyPull {
  readonly number: number;
  readonly html_url: string;
  readonly state: string;
  readonly merged_at: string | null;
  readonly body: string | null;
  readonly labels: readonly { readonly name: string }[];
  readonly assignees?: readonly { readonly login: string }[] | null | undefined;
  readonly requested_reviewers?: readonly { readonly login: string }[] | null | undefined;
  readonly head: { readonly sha: string };
  readonly base: { readonly ref: string };
}

function pullOf(data: AnyPull): Pull {
  return {
    number: data.number,
    url: data.html_url,
    isOpen: data.state === 'open',
    isMerged: data.merged_at !== null,
    head: data.head.sha,
    baseRef: data.base.ref,
    body: data.body ?? '',
    marker: readMarker(data.body),
    labels: data.labels.map(({ name }) => name),
    assignees: (data.assignees ?? []).map(({ login }) => login),
    reviewers: (data.requested_reviewers ?? []).map(({ login }) => login),
  };
}

const READ = { to: 'list pull requests', needs: 'pull-requests: read' };

/** Pull requests of our branch, open and closed, newest first; the last 100 are enough to know a closed one again. */
export async function listPulls(octokit: Client, request: PublishRequest): Promise<Pull[]> {
  const { owner, repo, branch } = request;
  const head = `${owner}:${branch}`;
  const { data } = await doStep(READ, () =>
    octokit.rest.pulls.list({ owner, repo, head, state: 'all', per_page: 100 }),
  );
  // GitHub ignores a filter that it does not understand: what is not of this very branch is left out here once more.
  const ofBranch = (pull: RestPull) =>
    pull.head.ref === branch && pull.head.repo?.full_name.toLowerCase() === `${owner}/${repo}`.toLowerCase();
  return data.filter(ofBranch).map(pullOf);
}

/** The open one among them: the one that goes to the request's base, else the newest. */
export function openPull(pulls: readonly Pull[], request: PublishRequest): Pull | undefined {
  const open = pulls.filter(({ isOpen }) => isOpen);
  return open.find(({ baseRef }) => baseRef === request.base.ref) ?? open[0];
}

/** Whether a person closed a pull request for just what is proposed now. */
export function closedByPerson(pulls: readonly Pull[], request: PublishRequest): Pull | undefined {
  const key = keyOf(request);
  return pulls.find(
    ({ isOpen, isMerged, marker }) => !isOpen && !isMerged && marker?.key === key && !marker.closed,
  );
}

function markerOf(request: PublishRequest): Marker {
  return { key: keyOf(request), text: digest(request.title, request.bodyKey ?? request.body), closed: false };
}

const hasProblem = (error: unknown, pattern: RegExp): boolean =>
  statusOf(error) === 422 &&
  (pattern.test(wordsOf(error)) || problemsOf(error).some(({ message }) => pattern.test(message ?? '')));

// Right after a branch was made GitHub may not know it yet as a head.
const isHeadUnknown = (error: unknown): boolean =>
  statusOf(error) === 422 &&
  problemsOf(error).some(({ field, code }) => field === 'head' && code === 'invalid');

/**
 * Opens the pull request. Where one is open already (an earlier try whose answer was lost, a run beside this one) that one comes back;
 * undefined where the base has meanwhile everything that the branch has.
 */
export async function createPull(
  octokit: Client,
  request: PublishRequest,
  log: Log,
): Promise<Pull | undefined> {
  const { owner, repo, title, branch } = request;
  const step = { to: 'open the pull request', needs: 'pull-requests: write' };
  const body = finishBody(request.body, markerOf(request));
  let draft = request.draft === true;
  for (let tries = 1; ; tries++) {
    try {
      const { data } = await octokit.rest.pulls.create({
        owner,
        repo,
        title,
        body,
        head: branch,
        base: request.base.ref,
        draft,
      });
      return pullOf(data);
    } catch (error) {
      if (hasProblem(error, /already exists/i)) return openPull(await listPulls(octokit, request), request);
      if (hasProblem(error, /no commits between/i)) return undefined;
      const again = tries < 5 && isHeadUnknown(error);
      if (draft && hasProblem(error, /draft pull requests are not supported/i)) {
        log.warning('This repository has no draft pull requests: it is opened as an ordinary one.');
        draft = false;
      } else if (again) await wait(tries * 200);
      else throw explain(step, error);
    }
  }
}

/** Brings title and body up to date; false where they already were, or are a person's. */
export async function updatePull(
  octokit: Client,
  request: PublishRequest,
  pull: Pull,
  log: Log,
): Promise<boolean> {
  const { owner, repo, title } = request;
  const marker = markerOf(request);
  const rebased = pull.baseRef !== request.base.ref;
  if (!pull.marker)
    log.info(`The text of #${pull.number} is a person's (our marker is not in it) and stays.`);
  const stale =
    pull.marker !== undefined && (pull.marker.text !== marker.text || pull.marker.key !== marker.key);
  if (!stale && !rebased) return false;
  const text = stale ? { title, body: finishBody(request.body, marker) } : {};
  const base = rebased ? { base: request.base.ref } : {};
  await doStep({ to: `edit the pull request #${pull.number}`, needs: 'pull-requests: write' }, () =>
    octokit.rest.pulls.update({ owner, repo, pull_number: pull.number, ...text, ...base }),
  );
  return true;
}

const CLOSED = '<!-- uv-fod closed -->';

/**
 * Says once that there is nothing left to merge. A comment is the one write that would be there twice if it were repeated after its
 * answer was lost, so it is not left to the client to repeat: the comments are looked at before each try.
 */
async function sayClosed(octokit: Client, request: PublishRequest, pull: Pull): Promise<void> {
  const { base } = request;
  const issue = { owner: request.owner, repo: request.repo, issue_number: pull.number };
  const body = `\`${base.ref}\` has all of this by now (as of ${base.sha}), so there is nothing left to merge. Closed; the branch stays.\n\n${CLOSED}`;
  for (let tries = 1; ; tries++) {
    const comments = await octokit.paginate(octokit.rest.issues.listComments, { ...issue, per_page: 100 });
    if (comments.some((comment) => comment.body?.includes(CLOSED))) return;
    try {
      await octokit.rest.issues.createComment({ ...issue, body, request: { retries: 0 } });
      return;
    } catch (error) {
      if ((statusOf(error) ?? 0) < 500 || tries === 3) throw error;
    }
  }
}

/**
 * Closes a pull request that has nothing left to do, with a comment that says so. The comment comes first, so that a run which ends
 * between the two is made up for; the marker keeps the closing from being taken for a person's decision.
 */
export async function closePull(octokit: Client, request: PublishRequest, pull: Pull): Promise<void> {
  const { owner, repo } = request;
  const step = { to: `close the pull request #${pull.number}`, needs: 'pull-requests: write' };
  await doStep(step, async () => {
    await sayClosed(octokit, request, pull);
    const marker = { ...(pull.marker ?? markerOf(request)), closed: true };
    const body = replaceMarker(pull.body, marker);
    await octokit.rest.pulls.update({ owner, repo, pull_number: pull.number, state: 'closed', body });
  });
}
