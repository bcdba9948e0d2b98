import { statusOf, wordsOf } from '../failures.ts';
import type { ForgePull, NewPull, PullEdit } from '../forge.ts';
import type { RepositoryName } from '../types.ts';
import { type ApiPull, listAll, type SendRequest } from './api.ts';
import { readAutoMerge } from './auto-merge.ts';
import { doStep, explain } from './failures.ts';

const pullRoute = '/repos/{owner}/{repo}/pulls';

function pullOf(data: ApiPull, { owner }: RepositoryName, hasAutoMerge: boolean): ForgePull {
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
    reviewers: [
      ...(data.requested_reviewers ?? []).map(({ login }) => login),
      ...(data.requested_reviewers_teams ?? []).map(({ name }) => `${owner}/${name}`),
    ],
    milestone: data.milestone ? [data.milestone.title] : [],
    isDraft: isDraft(data.title),
    hasAutoMerge,
    id: String(data.number),
  };
}

/** Pages of closed pull requests, of all branches, to search for ours. */
const CLOSED_PAGES = 5;

/**
 * Pull requests of a branch, newest first. The API has no filter by branch, so all open ones are
 * read, and the last closed ones.
 */
export function listPulls(ask: SendRequest, place: RepositoryName, branch: string): Promise<ForgePull[]> {
  return doStep({ to: 'list pull requests', needs: 'read:issue, read:repository' }, async () => {
    const route = `GET ${pullRoute}`;
    const open = await listAll<ApiPull>(ask, route, { ...place, state: 'open' });
    const closed = await listAll<ApiPull>(ask, route, { ...place, state: 'closed' }, CLOSED_PAGES);
    const ofBranch = ({ head, base }: ApiPull) => head.label === branch && head.repo_id === base.repo_id;
    const pulls: ForgePull[] = closed.filter(ofBranch).map((pull) => pullOf(pull, place, false));
    for (const pull of open.filter(ofBranch))
      pulls.push(pullOf(pull, place, (await readAutoMerge(ask, place, pull.number)).isOn));
    return pulls.sort((a, b) => b.number - a.number);
  });
}

const WRITE = 'write:repository, write:issue';

/** The start of the title makes a draft (`[repository.pull-request] WORK_IN_PROGRESS_PREFIXES`). */
const DRAFT = 'WIP: ';
const DRAFT_PREFIX = /^(?:WIP:|\[WIP\])\s*/i;
const isDraft = (title: string): boolean => DRAFT_PREFIX.test(title);

export async function openPull(
  ask: SendRequest,
  place: RepositoryName,
  { title, body, head, base, draft }: NewPull,
): Promise<ForgePull | 'exists' | 'nothing-new'> {
  const named = draft && !isDraft(title) ? `${DRAFT}${title}` : title;
  try {
    const { data } = await ask(`POST ${pullRoute}`, { ...place, title: named, body, head, base });
    return pullOf(data as ApiPull, place, false);
  } catch (error) {
    if (statusOf(error) === 409) return 'exists';
    if (statusOf(error) === 422 && /no changes between/i.test(wordsOf(error))) return 'nothing-new';
    throw explain({ to: 'open the pull request', needs: WRITE }, error);
  }
}

/** Edits a pull request; a draft stays a draft. */
export async function editPull(
  ask: SendRequest,
  place: RepositoryName,
  index: number,
  edit: PullEdit,
): Promise<void> {
  const to = `${edit.state === 'closed' ? 'close' : 'edit'} the pull request #${index}`;
  await doStep({ to, needs: WRITE }, async () => {
    const title = edit.title === undefined ? {} : { title: await titleFor(ask, place, index, edit.title) };
    await ask(`PATCH ${pullRoute}/{index}`, { ...place, index, ...edit, ...title });
  });
}

async function titleFor(
  ask: SendRequest,
  place: RepositoryName,
  index: number,
  title: string,
): Promise<string> {
  const { data } = await ask(`GET ${pullRoute}/{index}`, { ...place, index });
  return isDraft((data as ApiPull).title) && !isDraft(title) ? `${DRAFT}${title}` : title;
}

export async function setDraft(
  ask: SendRequest,
  place: RepositoryName,
  index: number,
  draft: boolean,
): Promise<void> {
  const to = draft ? `make #${index} a draft` : `make #${index} ready for review`;
  await doStep({ to, needs: WRITE }, async () => {
    const { data } = await ask(`GET ${pullRoute}/{index}`, { ...place, index });
    const { title } = data as ApiPull;
    if (isDraft(title) === draft) return;
    const named = draft ? `${DRAFT}${title}` : title.replace(DRAFT_PREFIX, '');
    await ask(`PATCH ${pullRoute}/{index}`, { ...place, index, title: named });
  });
}

const commentRoute = '/repos/{owner}/{repo}/issues/{index}/comments';
const commenting = (index: number) => ({ to: `comment on the pull request #${index}`, needs: 'write:issue' });

/** Texts of all comments; the API does not page them. */
export async function comments(ask: SendRequest, place: RepositoryName, index: number): Promise<string[]> {
  const { data } = await doStep(commenting(index), () => ask(`GET ${commentRoute}`, { ...place, index }));
  return ((data ?? []) as readonly { readonly body: string }[]).map(({ body }) => body);
}

export async function comment(
  ask: SendRequest,
  place: RepositoryName,
  index: number,
  body: string,
): Promise<void> {
  await doStep(commenting(index), () =>
    ask(`POST ${commentRoute}`, { ...place, index, body, request: { retries: 0 } }),
  );
}
