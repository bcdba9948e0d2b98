import type { GraphQLFormattedError } from 'graphql';
import { may } from './access.ts';
import { readCommits } from './commits.ts';
import { branchHead } from './git.ts';
import { type Mutations, mutations } from './graphql-mutations.ts';
import { nodeOf, type PullMutations, pullMutations, settingsOf } from './graphql-pulls.ts';
import { GraphQLError, githubSchema, graphql } from './libraries.ts';
import { ok, Refusal, type Reply } from './reply.ts';
import { REPOSITORY_ID } from './repository.ts';
import { type Call, stringOf } from './route.ts';
import { listTree } from './tree.ts';

const nothing = (message: string) => new GraphQLError(message, { extensions: { type: 'NOT_FOUND' } });

async function commitObject(call: Call, sha: string): Promise<object | null> {
  const { git } = call.hub;
  const [commit] = await readCommits(git, [sha]);
  if (!commit) return null;
  const file = async ({ path }: { path: string }) => {
    const entry = (
      await listTree(git, `${sha}:${path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''}`, false)
    )?.find((one) => one.path === path.split('/').at(-1));
    return entry
      ? { oid: entry.sha, mode: Number.parseInt(entry.mode, 8), type: entry.type, path, name: entry.path }
      : null;
  };
  return {
    __typename: 'Commit',
    id: `C_${sha}`,
    oid: sha,
    message: commit.message,
    tree: { __typename: 'Tree', oid: commit.tree },
    file,
  };
}

async function object(call: Call, name: string): Promise<object | null> {
  const found = await call.hub.git.object(`${name}^{commit}`);
  return found && commitObject(call, found.oid);
}

function repository(call: Call, owner: string, name: string): object {
  const { hub, token } = call;
  const known =
    owner.toLowerCase() === hub.owner.toLowerCase() && name.toLowerCase() === hub.name.toLowerCase();
  if (!known || !may(token, ['contents=read'], hub.options.private === true)) {
    throw nothing(`Could not resolve to a Repository with the name '${owner}/${name}'.`);
  }
  const ref = async ({ qualifiedName }: { qualifiedName: string }) => {
    const branch = qualifiedName.replace(/^refs\/heads\//, '');
    const sha = await branchHead(hub.git, branch);
    return sha === null
      ? null
      : { id: `REF_${branch}`, name: branch, prefix: 'refs/heads/', target: () => commitObject(call, sha) };
  };
  return {
    id: REPOSITORY_ID,
    name: hub.name,
    nameWithOwner: `${hub.owner}/${hub.name}`,
    isPrivate: hub.options.private === true,
    ...settingsOf(hub),
    ref,
    releases: () => ({
      pageInfo: { hasNextPage: hub.store.state.releases.length > 100 },
      nodes: hub.store.state.releases
        .toReversed()
        .slice(0, 100)
        .map((one) => ({
          ...{ tagName: one.tag_name, isDraft: one.draft, isPrerelease: one.prerelease },
          publishedAt: one.published_at,
        })),
    }),
    refs: async ({ refPrefix }: { refPrefix: string }) => {
      const listed = (await hub.git.maybe(['for-each-ref', '--format=%(refname)', refPrefix])) ?? '';
      const names = listed.split('\n').filter((one) => one !== '');
      return {
        pageInfo: { hasNextPage: names.length > 100 },
        nodes: names.slice(0, 100).map((one) => ({ name: one.slice(refPrefix.length) })),
      };
    },
    object: ({ oid, expression }: { oid?: string; expression?: string }) =>
      object(call, oid ?? expression ?? ''),
  };
}

/** Errors as GitHub writes them: `type` beside the message, not under `extensions`. */
function format(error: GraphQLError): GraphQLFormattedError & { type?: unknown } {
  const { type, ...extensions } = error.extensions;
  return {
    ...(type === undefined ? {} : { type }),
    ...(error.path ? { path: error.path } : {}),
    ...(Object.keys(extensions).length > 0 ? { extensions } : {}),
    ...(error.locations ? { locations: error.locations } : {}),
    message: error.message,
  };
}

/** POST /graphql: runs the query against GitHub's schema over this server's repository. */
export async function answerGraphql(call: Call): Promise<Reply> {
  if (!call.token) throw new Refusal(403, 'API rate limit exceeded for 127.0.0.1.');
  const changes: Mutations & PullMutations = { ...mutations(call), ...pullMutations(call) };
  const result = await graphql({
    schema: githubSchema(),
    source: stringOf(call.body, 'query') ?? '',
    variableValues: (call.body.variables ?? {}) as Record<string, unknown>,
    rootValue: {
      viewer: { login: call.token.login },
      node: ({ id }: { id: string }) => nodeOf(call, id),
      repository: ({ owner, name }: { owner: string; name: string }) => repository(call, owner, name),
      ...changes,
    },
  });
  return ok({ data: result.data ?? null, ...(result.errors ? { errors: result.errors.map(format) } : {}) });
}

/** Whether a GraphQL request writes. */
export function isMutation(body: Record<string, unknown>): boolean {
  return /^\s*mutation\b/.test(stringOf(body, 'query') ?? '');
}
