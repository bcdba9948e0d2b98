import { branchHead } from './git.ts';
import { notFound, ok, type Reply } from './reply.ts';
import { type Call, type Route, stringsOf } from './route.ts';
import type { Settings } from './state.ts';
import type { Part, Schemas } from './types.ts';

/** Node id of the one repository. */
export const REPOSITORY_ID = 'R_loopback';

/** The settings of merging; GitHub shows them to whoever may push. */
function methodsOf(settings: Settings): Part<Schemas['full-repository']> {
  const { required: _, ...methods } = settings;
  return methods;
}

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
    ...(may ? methodsOf(hub.store.state.settings) : {}),
    permissions: { admin: false, push: may, pull: true },
  };
  return ok(repository);
}

const SETTINGS = [
  'allow_auto_merge',
  'allow_merge_commit',
  'allow_squash_merge',
  'allow_rebase_merge',
] as const;

function patchRepository(call: Call): Promise<Reply> {
  const { settings } = call.hub.store.state;
  for (const name of SETTINGS) {
    const value = call.body[name];
    if (typeof value === 'boolean') settings[name] = value;
  }
  call.hub.store.save();
  return getRepository(call);
}

/** Of a branch's protection only the checks that it requires. */
async function protect({ hub, params, body }: Call): Promise<Reply> {
  const branch = params[0] ?? '';
  if ((await branchHead(hub.git, branch)) === null) throw notFound();
  const checks = (body.required_status_checks ?? {}) as Record<string, unknown>;
  const contexts = stringsOf(checks, 'contexts');
  hub.store.state.settings.required[branch] = contexts;
  hub.store.save();
  const protection: Part<Schemas['protected-branch']> = {
    required_status_checks: { strict: false, contexts },
  };
  return ok(protection);
}

/** The repository itself, and what its owner sets. */
export const repositoryRoutes: Route[] = [
  { method: 'GET', path: /^$/, needs: ['contents=read'], handle: getRepository },
  { method: 'PATCH', path: /^$/, needs: ['administration=write'], handle: patchRepository },
  {
    method: 'PUT',
    path: /^\/branches\/(.+)\/protection$/,
    needs: ['administration=write'],
    handle: protect,
  },
];
