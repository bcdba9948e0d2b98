import { ok, type Reply } from './reply.ts';
import type { Call, Route } from './route.ts';
import type { Part, Schemas } from './types.ts';

/** Node id of the one repository. */
export const REPOSITORY_ID = 'R_loopback';

async function getRepository({ hub, token }: Call): Promise<Reply> {
  const head = await hub.git.maybe(['symbolic-ref', '--short', 'HEAD']);
  const may = token?.permissions.contents === 'write';
  const repository: Part<Schemas['full-repository']> = {
    id: 1,
    node_id: REPOSITORY_ID,
    name: hub.name,
    full_name: `${hub.owner}/${hub.name}`,
    owner: { login: hub.owner, type: 'Organization' },
    private: hub.options.private === true,
    html_url: `${hub.url}/${hub.owner}/${hub.name}`,
    default_branch: head ?? 'main',
    archived: false,
    allow_auto_merge: false,
    permissions: { admin: false, push: may, pull: true },
  };
  return ok(repository);
}

/** The repository itself. */
export const repositoryRoutes: Route[] = [
  { method: 'GET', path: /^$/, needs: ['contents=read'], handle: getRepository },
];
