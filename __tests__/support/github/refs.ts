import { changeRefs, GitFailure, isObject, NO_OBJECT } from './git.ts';
import { contains } from './history-walk.ts';
import { created, notFound, ok, Refusal, type Reply } from './reply.ts';
import { type Call, type Hub, type Route, stringOf } from './route.ts';
import type { Part, Schemas } from './types.ts';

type Ref = Part<Schemas['git-ref']>;

async function listRefs(hub: Hub, pattern: string): Promise<Ref[]> {
  const out = await hub.git.text([
    'for-each-ref',
    '--format=%(refname) %(objectname) %(objecttype)',
    pattern,
  ]);
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [ref = '', sha = '', type = ''] = line.split(' ');
      return { ref, node_id: `REF_${ref}`, object: { sha, type } };
    });
}

/** Whether a ruleset of this server forbids to write the reference. */
export function isProtected(hub: Hub, ref: string): boolean {
  return (hub.options.protectedBranches ?? []).some((branch) => ref === `refs/heads/${branch}`);
}

async function find(hub: Hub, ref: string): Promise<Ref | undefined> {
  return (await listRefs(hub, ref)).find((found) => found.ref === ref);
}

async function getRef({ hub, params }: Call): Promise<Reply> {
  const found = await find(hub, `refs/${params[0]}`);
  if (!found) throw notFound();
  return ok(found);
}

async function matchingRefs({ hub, params }: Call): Promise<Reply> {
  const prefix = `refs/${params[0]}`;
  return ok((await listRefs(hub, 'refs/')).filter((found) => found.ref?.startsWith(prefix)));
}

async function postRef({ hub, body }: Call): Promise<Reply> {
  const ref = stringOf(body, 'ref') ?? '';
  const sha = stringOf(body, 'sha') ?? '';
  if (!/^refs\/[^/]+\/.+/.test(ref)) throw new Refusal(422, `${ref} is not a valid ref name.`);
  if (!(await isObject(hub.git, sha, 'commit'))) throw new Refusal(422, 'Object does not exist');
  if (isProtected(hub, ref)) throw new Refusal(422, 'Repository rule violations found');
  try {
    await changeRefs(hub.git, [{ name: ref, before: NO_OBJECT, after: sha }]);
  } catch (error) {
    if (error instanceof GitFailure) throw new Refusal(422, 'Reference already exists');
    throw error;
  }
  return created(await find(hub, ref));
}

async function patchRef({ hub, params, body }: Call): Promise<Reply> {
  const ref = `refs/${params[0]}`;
  const sha = stringOf(body, 'sha') ?? '';
  const found = await find(hub, ref);
  if (!found) throw new Refusal(422, 'Reference does not exist');
  if (!(await isObject(hub.git, sha, 'commit'))) throw new Refusal(422, 'Object does not exist');
  if (isProtected(hub, ref)) throw new Refusal(422, 'Repository rule violations found');
  if (body.force !== true && !(await contains(hub.git, sha, found.object?.sha ?? ''))) {
    throw new Refusal(422, 'Update is not a fast forward');
  }
  await changeRefs(hub.git, [{ name: ref, after: sha }]);
  return ok(await find(hub, ref));
}

async function deleteRef({ hub, params }: Call): Promise<Reply> {
  const ref = `refs/${params[0]}`;
  if (!(await find(hub, ref))) throw new Refusal(422, 'Reference does not exist');
  if (isProtected(hub, ref)) throw new Refusal(422, 'Repository rule violations found');
  await changeRefs(hub.git, [{ name: ref, after: NO_OBJECT }]);
  return { status: 204 };
}

/** git/ref, git/refs and git/matching-refs. */
export const refRoutes: Route[] = [
  { method: 'GET', path: /^\/git\/ref\/(.+)$/, needs: ['contents=read'], handle: getRef },
  { method: 'GET', path: /^\/git\/matching-refs\/(.+)$/, needs: ['contents=read'], handle: matchingRefs },
  { method: 'POST', path: /^\/git\/refs$/, needs: ['contents=write'], handle: postRef },
  { method: 'PATCH', path: /^\/git\/refs\/(.+)$/, needs: ['contents=write'], handle: patchRef },
  { method: 'DELETE', path: /^\/git\/refs\/(.+)$/, needs: ['contents=write'], handle: deleteRef },
];
