import { resolve } from './history.ts';
import { created, invalid, ok, type Reply } from './reply.ts';
import { type Call, type Route, stringOf } from './route.ts';
import type { Part, Schemas } from './types.ts';

const STATES = ['error', 'failure', 'pending', 'success'];

async function postStatus({ hub, params, body, actor }: Call): Promise<Reply> {
  const sha = await resolve(hub.git, params[0] ?? '');
  const { state, context, description, target_url } = body as Record<string, string>;
  if (!STATES.includes(state ?? '')) throw invalid('Status', 'state', 'invalid');
  if ((stringOf(body, 'description') ?? '').length > 140) throw invalid('Status', 'description', 'invalid');
  const made: Part<Schemas['status']> = {
    ...{ state: state ?? '', context: context ?? 'default', description: description ?? null },
    ...{ target_url: target_url ?? null, creator: { login: actor } },
  };
  hub.store.state.statuses.push({ sha, made });
  hub.store.save();
  return created(made);
}

async function listStatuses({ hub, params }: Call): Promise<Reply> {
  const sha = await resolve(hub.git, params[0] ?? '');
  return ok(hub.store.state.statuses.filter((one) => one.sha === sha).map(({ made }) => made));
}

/** Commit statuses. */
export const statusRoutes: Route[] = [
  { method: 'POST', path: /^\/statuses\/([0-9a-f]{40})$/, needs: ['statuses=write'], handle: postStatus },
  { method: 'GET', path: /^\/commits\/([^/]+)\/statuses$/, needs: ['statuses=read'], handle: listStatuses },
];
