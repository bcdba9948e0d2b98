import { writeCommit } from './commits.ts';
import { branchHead, changeRefs } from './git.ts';
import { changedFiles, commitsBetween, renderCommit } from './history.ts';
import { diverge } from './history-walk.ts';
import { closePull, hasCommits, headGit, pointAt, refreshAll, refreshPull, renderPull } from './pulls.ts';
import { created, invalid, notFound, ok, Refusal, type Reply, refused } from './reply.ts';
import { type Call, type Hub, pageOf, type Route, stringOf } from './route.ts';
import { addEvent, type StoredPull, timestamp } from './state.ts';

// GitHub's limit for the body of an issue or pull request, in characters.
const BODY_LIMIT = 65_536;

/** The pull request of that number, refreshed; 404 where there is none. */
export async function findPull(hub: Hub, number: string | undefined): Promise<StoredPull> {
  const pull = hub.store.state.pulls.find((one) => String(one.number) === number);
  if (!pull) throw notFound();
  await refreshPull(hub, pull);
  return pull;
}

async function listPulls({ hub, query }: Call): Promise<Reply> {
  await refreshAll(hub);
  const state = query.get('state') ?? 'open';
  const head = query.get('head');
  const base = query.get('base');
  const found = hub.store.state.pulls
    .filter((pull) => state === 'all' || pull.state === state)
    // GitHub ignores a head that is not written `owner:branch`.
    .filter((pull) => !head?.includes(':') || head === `${pull.head.fork ?? hub.owner}:${pull.head.ref}`)
    .filter((pull) => !base || base === pull.base.ref)
    .sort((a, b) => b.number - a.number);
  return ok(pageOf(found, query).map((pull) => renderPull(hub, pull)));
}

function checkBody(body: string | undefined): void {
  if (body !== undefined && body.length > BODY_LIMIT) {
    throw new Refusal(422, 'Validation Failed', {
      errors: [
        {
          resource: 'PullRequest',
          code: 'custom',
          field: 'body',
          message: `body is too long (maximum is ${BODY_LIMIT} characters)`,
        },
      ],
    });
  }
}

type Head = Pick<StoredPull['head'], 'ref' | 'fork'>;

/** `branch`, or `owner:branch` for a fork. */
function headNamed(hub: Hub, name: string): Head {
  const [, owner = '', ref = ''] = /^([^:]+):(.+)$/.exec(name) ?? [undefined, hub.owner, name];
  return hub.forks.has(owner) ? { ref, fork: owner } : { ref };
}

async function endsOf(hub: Hub, head: Head, base: string): Promise<[string, string]> {
  const [headSha, baseSha] = await Promise.all([
    branchHead(headGit(hub, head), head.ref),
    branchHead(hub.git, base),
  ]);
  if (headSha === null) throw invalid('PullRequest', 'head', 'invalid');
  if (baseSha === null) throw invalid('PullRequest', 'base', 'invalid');
  return [headSha, baseSha];
}

async function postPull(call: Call): Promise<Reply> {
  const { hub, body, token, actor } = call;
  if (token && !token.mayCreatePullRequests) {
    throw new Refusal(403, 'GitHub Actions is not permitted to create or approve pull requests.');
  }
  const title = stringOf(body, 'title');
  if (!title) throw invalid('PullRequest', 'title', 'missing_field');
  const from = headNamed(hub, stringOf(body, 'head') ?? '');
  const { ref: head, fork } = from;
  const base = stringOf(body, 'base') ?? '';
  const [headSha, baseSha] = await endsOf(hub, from, base);
  checkBody(stringOf(body, 'body'));
  if (body.draft === true && hub.options.drafts === false) {
    throw new Refusal(422, 'Draft pull requests are not supported in this repository.');
  }
  await refreshAll(hub);
  const same = (pull: StoredPull) =>
    pull.state === 'open' && pull.head.ref === head && pull.head.fork === fork && pull.base.ref === base;
  if (hub.store.state.pulls.some(same)) {
    throw refused('PullRequest', `A pull request already exists for ${fork ?? hub.owner}:${head}.`);
  }
  if (!(await hasCommits(hub, baseSha, headSha))) {
    throw refused('PullRequest', `No commits between ${base} and ${head}`);
  }
  const pull: StoredPull = {
    number: hub.store.state.next++,
    title,
    body: stringOf(body, 'body') ?? null,
    state: 'open',
    draft: body.draft === true,
    user: actor,
    head: { ...from, sha: headSha },
    maintainer_can_modify: fork !== undefined && body.maintainer_can_modify !== false,
    base: { ref: base, sha: baseSha },
    labels: [],
    assignees: [],
    reviewers: [],
    teams: [],
    milestone: null,
    auto_merge: null,
    created_at: timestamp(),
    updated_at: timestamp(),
    closed_at: null,
    merged_at: null,
    merge_commit_sha: null,
  };
  hub.store.state.pulls.push(pull);
  await pointAt(hub, pull);
  hub.store.save();
  return created(renderPull(hub, pull));
}

async function getPull({ hub, params }: Call): Promise<Reply> {
  return ok(renderPull(hub, await findPull(hub, params[0])));
}

async function patchPull({ hub, params, body, actor }: Call): Promise<Reply> {
  const pull = await findPull(hub, params[0]);
  checkBody(stringOf(body, 'body'));
  const base = stringOf(body, 'base');
  if (base !== undefined) {
    const [, sha] = await endsOf(hub, pull.head, base);
    pull.base = { ref: base, sha };
  }
  pull.title = stringOf(body, 'title') ?? pull.title;
  pull.body = stringOf(body, 'body') ?? pull.body;
  pull.updated_at = timestamp();
  if (body.state === 'closed' && pull.state === 'open') closePull(hub, pull, actor, null);
  if (body.state === 'open' && pull.state === 'closed') await reopen(hub, pull, actor);
  hub.store.save();
  return ok(renderPull(hub, pull));
}

async function reopen(hub: Hub, pull: StoredPull, actor: string): Promise<void> {
  const head = await branchHead(headGit(hub, pull.head), pull.head.ref);
  if (pull.merged_at !== null || head === null) throw refused('PullRequest', 'state cannot be changed.');
  pull.state = 'open';
  pull.closed_at = null;
  pull.head.sha = head;
  addEvent(hub.store, pull.number, 'reopened', actor);
}

async function pullCommits({ hub, params, query }: Call): Promise<Reply> {
  const pull = await findPull(hub, params[0]);
  const commits = await commitsBetween(hub.git, pull.base.sha, pull.head.sha);
  return ok(pageOf(commits.slice(0, 250), query).map(renderCommit));
}

async function pullFiles({ hub, params, query }: Call): Promise<Reply> {
  const pull = await findPull(hub, params[0]);
  const from = (await diverge(hub.git, pull.base.sha, pull.head.sha)).mergeBase ?? pull.base.sha;
  return ok(pageOf(await changedFiles(hub.git, from, pull.head.sha), query));
}

async function mergePull({ hub, params, body, token, actor }: Call): Promise<Reply> {
  const pull = await findPull(hub, params[0]);
  if (!token) throw notFound();
  if (pull.state !== 'open') throw new Refusal(405, 'Pull Request is not mergeable');
  const tree = await hub.git.maybe(['merge-tree', '--write-tree', pull.base.sha, pull.head.sha]);
  if (tree === null) throw new Refusal(405, 'Pull Request is not mergeable');
  const message = `Merge pull request #${pull.number} from ${hub.owner}/${pull.head.ref}\n\n${pull.title}`;
  const parents = body.merge_method === 'squash' ? [pull.base.sha] : [pull.base.sha, pull.head.sha];
  const sha = await writeCommit(hub.git, { message, tree, parents, token });
  await changeRefs(hub.git, [{ name: `refs/heads/${pull.base.ref}`, before: pull.base.sha, after: sha }]);
  closePull(hub, pull, actor, sha);
  hub.store.save();
  return ok({ sha, merged: true, message: 'Pull Request successfully merged' });
}

/** pulls and what hangs on one. */
export const pullRoutes: Route[] = [
  { method: 'GET', path: /^\/pulls$/, needs: ['pull_requests=read'], handle: listPulls },
  { method: 'POST', path: /^\/pulls$/, needs: ['pull_requests=write'], handle: postPull },
  { method: 'GET', path: /^\/pulls\/(\d+)$/, needs: ['pull_requests=read'], handle: getPull },
  { method: 'PATCH', path: /^\/pulls\/(\d+)$/, needs: ['pull_requests=write'], handle: patchPull },
  { method: 'GET', path: /^\/pulls\/(\d+)\/commits$/, needs: ['pull_requests=read'], handle: pullCommits },
  { method: 'GET', path: /^\/pulls\/(\d+)\/files$/, needs: ['pull_requests=read'], handle: pullFiles },
  { method: 'PUT', path: /^\/pulls\/(\d+)\/merge$/, needs: ['contents=write'], handle: mergePull },
];
