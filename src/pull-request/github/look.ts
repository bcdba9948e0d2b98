import { UserError } from '../../system/errors.ts';
import { problemsOf } from '../failures.ts';
import { pathsOf } from '../files.ts';
import type { Sight } from '../forge.ts';
import type { CommitView, FileEntry, PublishRequest, RepositoryName } from '../types.ts';
import type { Client } from './client.ts';
import { doStep } from './failures.ts';

interface CommitAnswer {
  readonly oid?: string;
  readonly tree?: { readonly oid: string };
  readonly [file: `f${number}`]: { readonly oid: string; readonly mode: number } | null | undefined;
}

interface LookAnswer {
  readonly viewer?: { readonly login: string };
  readonly repository: {
    readonly id: string;
    readonly base: { readonly target: CommitAnswer | null } | null;
    readonly branch: { readonly target: CommitAnswer | null } | null;
    readonly read: CommitAnswer | null;
  } | null;
}

// Paths are untrusted, so they are passed as variables.
function filesFragment(paths: readonly string[]): string {
  const fields = paths.map((_, index) => `f${index}: file(path: $p${index}) { oid mode }`);
  return `fragment Files on Commit { oid tree { oid } ${fields.join(' ')} }`;
}

const declarations = (paths: readonly string[]): string =>
  paths.map((_, index) => `, $p${index}: String!`).join('');

const variables = (paths: readonly string[]): Record<string, string> =>
  Object.fromEntries(paths.map((path, index) => [`p${index}`, path]));

function viewOf(answer: CommitAnswer | null | undefined, paths: readonly string[]): CommitView | undefined {
  if (!answer?.oid || !answer.tree) return undefined;
  const files = new Map<string, FileEntry>();
  paths.forEach((path, index) => {
    const file = answer[`f${index}`];
    if (file) files.set(path, { oid: file.oid, mode: file.mode.toString(8).padStart(6, '0') });
  });
  return { oid: answer.oid, tree: answer.tree.oid, files };
}

/** Runs a query. A file that is missing in a commit may be an error beside the data. */
async function query<T>(octokit: Client, text: string, values: Record<string, string>): Promise<T> {
  try {
    return await octokit.graphql<T>(text, values);
  } catch (error) {
    const { data } = error as { data?: T & { repository?: unknown } };
    const missing = problemsOf(error).every((one) => one.type === 'NOT_FOUND');
    if (data?.repository && missing) return data;
    throw error;
  }
}

/** Reads repository, base, checked-out commit and our branch with one query. */
export async function look(
  octokit: Client,
  request: PublishRequest,
): Promise<{ sight: Sight; repositoryId: string }> {
  const paths = pathsOf(request);
  const text = `query Look($owner: String!, $name: String!, $base: String!, $branch: String!, $read: GitObjectID!${declarations(paths)}) {
    viewer { login }
    repository(owner: $owner, name: $name) {
      id
      base: ref(qualifiedName: $base) { target { ...Files } }
      branch: ref(qualifiedName: $branch) { target { ...Files } }
      read: object(oid: $read) { ...Files }
    }
  } ${filesFragment(paths)}`;
  const step = { to: `read the repository ${request.owner}/${request.repo}`, needs: 'contents: read' };
  const { viewer, repository } = await doStep(step, () =>
    query<LookAnswer>(octokit, text, {
      owner: request.owner,
      name: request.repo,
      base: `refs/heads/${request.base.ref}`,
      branch: `refs/heads/${request.branch}`,
      read: request.base.sha,
      ...variables(paths),
    }),
  );
  const base = viewOf(repository?.base?.target, paths);
  const read = viewOf(repository?.read, paths);
  if (!repository || !base) {
    throw new UserError(
      'base-missing',
      `The repository ${request.owner}/${request.repo} has no branch \`${request.base.ref}\` to open a pull request against. Give the name of a branch that exists on GitHub.`,
    );
  }
  if (!read) {
    throw new UserError(
      'base-unknown',
      `GitHub does not have the checked-out commit ${request.base.sha}. Push it first, or check out a commit of \`${request.base.ref}\`.`,
    );
  }
  const branch = viewOf(repository.branch?.target, paths);
  const isGithubToken = viewer?.login === 'github-actions[bot]';
  return { repositoryId: repository.id, sight: { base, read, branch, isGithubToken } };
}

/** Reads one commit at these paths. */
export async function viewCommit(
  octokit: Client,
  { owner, repo }: RepositoryName,
  oid: string,
  paths: readonly string[],
): Promise<CommitView> {
  const text = `query View($owner: String!, $name: String!, $oid: GitObjectID!${declarations(paths)}) {
    repository(owner: $owner, name: $name) { object(oid: $oid) { ...Files } }
  } ${filesFragment(paths)}`;
  const values = { owner, name: repo, oid, ...variables(paths) };
  const answer = await doStep({ to: `read the commit ${oid}`, needs: 'contents: read' }, () =>
    query<{ repository: { object: CommitAnswer | null } | null }>(octokit, text, values),
  );
  const view = viewOf(answer.repository?.object, paths);
  if (!view)
    throw new UserError(
      'github-refused',
      `GitHub did not find the commit ${oid}, although it listed it. Run this again.`,
    );
  return view;
}
