import { identity, type Person, readCommits, verification, writeCommit } from './commits.ts';
import { isObject } from './git.ts';
import { created, invalid, notFound, ok, Refusal, type Reply } from './reply.ts';
import { type Call, type Route, stringOf, stringsOf } from './route.ts';
import { changeTree, listTree, type TreeChange } from './tree.ts';
import type { Part, Schemas } from './types.ts';

async function postBlob({ hub, body }: Call): Promise<Reply> {
  const encoding = stringOf(body, 'encoding') === 'base64' ? 'base64' : 'utf8';
  const input = Buffer.from(stringOf(body, 'content') ?? '', encoding);
  const sha = hub.git.write('blob', input);
  return created({ sha, url: `${hub.url}/repos/${hub.owner}/${hub.name}/git/blobs/${sha}` });
}

async function getBlob({ hub, params }: Call): Promise<Reply> {
  const sha = params[0] ?? '';
  const found = await hub.git.object(sha);
  if (found?.type !== 'blob') throw notFound();
  const { content } = found;
  const blob: Part<Schemas['blob']> = {
    sha,
    size: content.length,
    encoding: 'base64',
    content: content.toString('base64'),
  };
  return ok(blob);
}

async function entryOf(call: Call, item: unknown): Promise<TreeChange> {
  const entry = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>;
  const path = stringOf(entry, 'path') ?? '';
  const mode = stringOf(entry, 'mode') ?? '100644';
  const bad = new Refusal(422, 'tree.path contains a malformed path component');
  if (path === '' || path.split('/').some((part) => ['', '.', '..', '.git'].includes(part.toLowerCase())))
    throw bad;
  if (/[\0\n]/.test(path)) throw bad;
  if (!['100644', '100755', '040000', '160000', '120000'].includes(mode))
    throw new Refusal(422, 'tree.mode invalid');
  if (entry.sha === null) return { path, mode, sha: null };
  const content = stringOf(entry, 'content');
  if (content === undefined) return { path, mode, sha: stringOf(entry, 'sha') ?? '' };
  return { path, mode, sha: call.hub.git.write('blob', content) };
}

async function postTree(call: Call): Promise<Reply> {
  const { hub, body } = call;
  const items = Array.isArray(body.tree) ? body.tree : [];
  const base = stringOf(body, 'base_tree') ?? null;
  if (base !== null && (await hub.git.object(`${base}^{tree}`)) === null) {
    throw new Refusal(404, 'Not Found');
  }
  const changes = [];
  for (const item of items) changes.push(await entryOf(call, item));
  for (const { sha } of changes) {
    if (sha !== null && !(await isObject(hub.git, sha, 'blob'))) {
      throw new Refusal(422, `tree.sha ${sha} is not a valid blob`);
    }
  }
  const sha = await changeTree(hub.git, base, changes);
  return created(await renderTree(call, sha, false));
}

async function renderTree(
  { hub }: Call,
  name: string,
  recursive: boolean,
): Promise<Part<Schemas['git-tree']>> {
  const root = await hub.git.object(`${name}^{tree}`);
  const entries = root && (await listTree(hub.git, root.oid, recursive));
  if (!root || !entries) throw notFound();
  return { sha: root.oid, truncated: false, tree: entries };
}

async function getTree(call: Call): Promise<Reply> {
  return ok(await renderTree(call, call.params[0] ?? '', call.query.has('recursive')));
}

function personOf(body: Record<string, unknown>, key: string): Person | undefined {
  const value = body[key];
  if (typeof value !== 'object' || value === null) return undefined;
  const person = value as Record<string, unknown>;
  const date = stringOf(person, 'date') ?? new Date().toISOString();
  return { name: stringOf(person, 'name') ?? '', email: stringOf(person, 'email') ?? '', date };
}

async function postCommit(call: Call): Promise<Reply> {
  const { hub, body, token } = call;
  const tree = stringOf(body, 'tree') ?? '';
  if (!(await isObject(hub.git, tree, 'tree'))) throw new Refusal(422, 'Tree SHA does not exist');
  const parents = stringsOf(body, 'parents');
  for (const parent of parents) {
    if (!(await isObject(hub.git, parent, 'commit')))
      throw new Refusal(422, 'Parent SHA does not exist or is not a commit object');
  }
  const message = stringOf(body, 'message') ?? '';
  if (message === '') throw invalid('Commit', 'message', 'missing_field');
  if (!token) throw notFound();
  const author = personOf(body, 'author');
  const committer = personOf(body, 'committer') ?? (author ? identity(token) : undefined);
  const sha = await writeCommit(hub.git, { message, tree, parents, author, committer, token });
  return created(await renderCommit(call, sha));
}

async function renderCommit({ hub }: Call, sha: string): Promise<Part<Schemas['git-commit']>> {
  const [commit] = await readCommits(hub.git, [sha]);
  if (!commit) throw notFound();
  const { author, committer, message, tree, parents } = commit;
  const checked = verification(commit) as Schemas['git-commit']['verification'];
  return {
    sha,
    author,
    committer,
    message,
    tree: { sha: tree },
    parents: parents.map((sha) => ({ sha })),
    verification: checked,
  };
}

async function getCommit(call: Call): Promise<Reply> {
  const sha = call.params[0] ?? '';
  if (!(await isObject(call.hub.git, sha, 'commit'))) throw notFound();
  return ok(await renderCommit(call, sha));
}

/** git/blobs, git/trees and git/commits: GitHub's git database. */
export const objectRoutes: Route[] = [
  { method: 'POST', path: /^\/git\/blobs$/, needs: ['contents=write'], handle: postBlob },
  { method: 'GET', path: /^\/git\/blobs\/([^/]+)$/, needs: ['contents=read'], handle: getBlob },
  { method: 'POST', path: /^\/git\/trees$/, needs: ['contents=write'], handle: postTree },
  { method: 'GET', path: /^\/git\/trees\/(.+)$/, needs: ['contents=read'], handle: getTree },
  { method: 'POST', path: /^\/git\/commits$/, needs: ['contents=write'], handle: postCommit },
  { method: 'GET', path: /^\/git\/commits\/([^/]+)$/, needs: ['contents=read'], handle: getCommit },
];
