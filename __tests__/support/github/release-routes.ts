import { readCommits } from './commits.ts';
import { changeRefs, isObject, NO_OBJECT } from './git.ts';
import { renderCommit, resolve } from './history.ts';
import { created, invalid, notFound, ok, type Reply } from './reply.ts';
import { type Call, type Hub, pageOf, type Route, stringOf } from './route.ts';
import { type StoredRelease, timestamp } from './state.ts';
import type { Part, Schemas } from './types.ts';

function render(hub: Hub, release: StoredRelease): Part<Schemas['release']> {
  return {
    ...release,
    html_url: `${hub.url}/${hub.owner}/${hub.name}/releases/tag/${release.tag_name}`,
    assets: [],
  };
}

/** Newest first, as GitHub lists them; drafts only for whoever may write. */
function listReleases({ hub, query, token }: Call): Reply {
  const mayWrite = token?.permissions.contents === 'write';
  const seen = hub.store.state.releases.filter(({ draft }) => mayWrite || !draft).toReversed();
  const items = pageOf(seen, query).map((release) => render(hub, release));
  const page = Number(query.get('page') ?? 1) || 1;
  const size = Number(query.get('per_page') ?? 30) || 30;
  if (page * size >= seen.length) return ok(items);
  const next = new URL(`${hub.url}/repos/${hub.owner}/${hub.name}/releases`);
  next.search = new URLSearchParams({ per_page: String(size), page: String(page + 1) }).toString();
  return { ...ok(items), headers: { link: `<${next.href}>; rel="next"` } };
}

/** Makes the tag too, where there is none yet. */
async function postRelease({ hub, body }: Call): Promise<Reply> {
  const tag = stringOf(body, 'tag_name');
  if (tag === undefined) throw invalid('Release', 'tag_name', 'missing_field');
  if (hub.store.state.releases.some(({ tag_name }) => tag_name === tag))
    throw invalid('Release', 'tag_name', 'already_exists');
  const target = stringOf(body, 'target_commitish') ?? 'HEAD';
  const draft = body.draft === true;
  if (!draft && (await hub.git.maybe(['rev-parse', '--verify', '--quiet', `refs/tags/${tag}`])) === null) {
    const after = await resolve(hub.git, target);
    if (!(await isObject(hub.git, after, 'commit'))) throw invalid('Release', 'target_commitish', 'invalid');
    await changeRefs(hub.git, [{ name: `refs/tags/${tag}`, before: NO_OBJECT, after }]);
  }
  const release: StoredRelease = {
    id: hub.store.state.releases.length + 1,
    tag_name: tag,
    target_commitish: target,
    name: stringOf(body, 'name') ?? null,
    body: stringOf(body, 'body') ?? null,
    draft,
    prerelease: body.prerelease === true,
    created_at: timestamp(),
    published_at: draft ? null : timestamp(),
  };
  hub.store.state.releases.push(release);
  hub.store.save();
  return created(render(hub, release));
}

async function getCommit({ hub, params }: Call): Promise<Reply> {
  const [commit] = await readCommits(hub.git, [await resolve(hub.git, params[0] ?? '')]);
  if (!commit) throw notFound();
  return ok(renderCommit(commit));
}

/** releases, and one commit by any name. */
export const releaseRoutes: Route[] = [
  { method: 'GET', path: /^\/releases$/, needs: ['contents=read'], handle: listReleases },
  { method: 'POST', path: /^\/releases$/, needs: ['contents=write'], handle: postRelease },
  { method: 'GET', path: /^\/commits\/(.+)$/, needs: ['contents=read'], handle: getCommit },
];
