import { UserError } from '../../system/errors.ts';
import { explain, stepsWith } from '../failures.ts';
import { pathsOf } from '../files.ts';
import type { CommitComparison, ForgeCommits, Heads, Move, NewCommit, RepositoryName } from '../forge.ts';
import { isGraphqlRefusal, problemsOf, statusOf } from '../request-errors.ts';
import type { CommitView, FileEntry, PublishRequest } from '../types.ts';
import type { CommitAnswer, HeadsAnswer, ViewAnswer } from './answers.ts';
import type { Client } from './client.ts';

const doStep = stepsWith('GitHub');

/** A missing reference, for `updateRefs` (GitHub's GraphQL reference, RefUpdate). */
const NO_OBJECT = '0'.repeat(40);

const MOVE = 'mutation Move($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }';

/** Commits and branches on GitHub: GraphQL to compare and swap and to save requests, else REST. */
export class GithubCommits implements ForgeCommits {
  readonly #octokit: Client;
  readonly #at: RepositoryName;
  /** Set by `readHeads`, which is called before every move. */
  #repositoryId = '';

  constructor(octokit: Client, repository: RepositoryName) {
    this.#octokit = octokit;
    this.#at = repository;
  }

  async readHeads(request: PublishRequest): Promise<Heads> {
    const { base, branch } = request;
    const paths = pathsOf(request);
    const name = `${this.#at.owner}/${this.#at.repo}`;
    const { viewer, repository } = await doStep(
      { to: `read the repository ${name}`, needs: 'contents: read' },
      () =>
        this.#query<HeadsAnswer>(
          'Look($owner: String!, $repo: String!, $base: String!, $branch: String!, $read: GitObjectID!',
          `viewer { login }
          repository(owner: $owner, name: $repo) {
            id
            base: ref(qualifiedName: $base) { target { ...Files } }
            branch: ref(qualifiedName: $branch) { target { ...Files } }
            read: object(oid: $read) { ...Files }
          }`,
          { base: `refs/heads/${base.ref}`, branch: `refs/heads/${branch}`, read: base.sha },
          paths,
        ),
    );
    const baseHead = viewOf(repository?.base?.target, paths);
    const read = viewOf(repository?.read, paths);
    if (!repository || !baseHead) {
      throw new UserError(
        'base-missing',
        `The repository ${name} has no branch \`${base.ref}\` to open a pull request against. Give the name of a branch that exists on GitHub.`,
      );
    }
    if (!read) {
      throw new UserError(
        'base-unknown',
        `GitHub does not have the checked-out commit ${base.sha}. Push it first, or check out a commit of \`${base.ref}\`.`,
      );
    }
    this.#repositoryId = repository.id;
    const isGithubToken = viewer?.login === 'github-actions[bot]';
    return { base: baseHead, read, branch: viewOf(repository.branch?.target, paths), isGithubToken };
  }

  async existing(branches: readonly string[]): Promise<ReadonlySet<string>> {
    const names = branches.map((_, index) => `, $b${index}: String!`).join('');
    const refs = branches.map((_, index) => `b${index}: ref(qualifiedName: $b${index}) { id }`);
    const values = branches.map((one, index) => [`b${index}`, `refs/heads/${one}`] as const);
    const { repository } = await doStep({ to: 'read the branches', needs: 'contents: read' }, () =>
      this.#octokit.graphql<{ repository?: Readonly<Record<string, unknown>> | null }>(
        `query Branches($owner: String!, $repo: String!${names}) { repository(owner: $owner, name: $repo) { ${refs.join(' ')} } }`,
        { ...this.#at, ...Object.fromEntries(values) },
      ),
    );
    return new Set(branches.filter((_, index) => repository?.[`b${index}`] !== null));
  }

  async viewCommit(oid: string, paths: readonly string[]): Promise<CommitView> {
    const { repository } = await doStep({ to: `read the commit ${oid}`, needs: 'contents: read' }, () =>
      this.#query<ViewAnswer>(
        'View($owner: String!, $repo: String!, $oid: GitObjectID!',
        'repository(owner: $owner, name: $repo) { object(oid: $oid) { ...Files } }',
        { oid },
        paths,
      ),
    );
    const view = viewOf(repository?.object, paths);
    if (view) return view;
    throw new UserError(
      'github-refused',
      `GitHub did not find the commit ${oid}, although it listed it. Run this again.`,
    );
  }

  /**
   * Runs a query about commits with their files at these paths, which are untrusted and so passed
   * as variables.
   * @param head name and first variables of the query, left open
   */
  async #query<T extends HeadsAnswer | ViewAnswer>(
    head: string,
    body: string,
    values: Readonly<Record<string, string>>,
    paths: readonly string[],
  ): Promise<T> {
    const variables = paths.map((path, index) => [`p${index}`, path] as const);
    const declared = variables.map(([name]) => `, $${name}: String!`).join('');
    const files = variables.map(([name], index) => `f${index}: file(path: $${name}) { oid mode }`);
    const fragment = `fragment Files on Commit { oid tree { oid } ${files.join(' ')} }`;
    try {
      return await this.#octokit.graphql<T>(`query ${head}${declared}) { ${body} } ${fragment}`, {
        ...{ ...this.#at, ...values },
        ...Object.fromEntries(variables),
      });
    } catch (error) {
      // A file that is missing in a commit may be an error beside the data.
      const { data } = error as { data?: T };
      if (data?.repository && problemsOf(error).every(({ type }) => type === 'NOT_FOUND')) return data;
      throw error;
    }
  }

  /** GitHub lists at most 250 commits. */
  async compare(from: string, to: string): Promise<CommitComparison> {
    const { data } = await doStep({ to: `compare ${from} with ${to}`, needs: 'contents: read' }, () =>
      this.#octokit.rest.repos.compareCommitsWithBasehead({ ...this.#at, basehead: `${from}...${to}` }),
    );
    const commits = data.commits.map(({ sha, commit, parents }) => ({
      sha,
      tree: commit.tree.sha,
      parents: parents.map((parent) => parent.sha),
      message: commit.message,
      author: authorOf(commit),
    }));
    return {
      commits,
      complete: commits.length === data.total_commits,
      mergeBase: data.merge_base_commit.sha,
      changed: new Set((data.files ?? []).map(({ filename }) => filename)),
    };
  }

  /** Without author and committer, GitHub signs the commits of Apps and GITHUB_TOKEN. */
  makeCommit({ parent, files, message }: NewCommit): Promise<string> {
    const { createTree, createCommit } = this.#octokit.rest.git;
    const entries = files.map(({ path, mode, content }) => ({
      ...{ path, mode, content },
      type: 'blob' as const,
    }));
    return doStep({ to: 'write a commit', needs: 'contents: write' }, async () => {
      const { data: tree } = await createTree({ ...this.#at, base_tree: parent.tree, tree: entries });
      const commit = { message: message(tree.sha), tree: tree.sha, parents: [parent.oid] };
      return (await createCommit({ ...this.#at, ...commit })).data.sha;
    });
  }

  async moveBranch(branch: string, { before, after, force }: Move): Promise<boolean> {
    const name = `refs/heads/${branch}`;
    const update = { name, beforeOid: before ?? NO_OBJECT, afterOid: after ?? NO_OBJECT, force };
    const step = { to: `move the branch \`${branch}\``, needs: 'contents: write' };
    try {
      const input = { repositoryId: this.#repositoryId, refUpdates: [update] };
      await this.#octokit.graphql(MOVE, { input });
      return true;
    } catch (error) {
      // The head of the branch shows whether it was a race, a lost answer or a refusal.
      if (!isGraphqlRefusal(error) && (statusOf(error) ?? 0) < 500) throw explain('GitHub', step, error);
      const now = await doStep(step, () => this.#headOf(branch));
      if (now === after) return true;
      if (now === before) throw explain('GitHub', step, error);
      return false;
    }
  }

  async #headOf(branch: string): Promise<string | undefined> {
    try {
      const { data } = await this.#octokit.rest.git.getRef({ ...this.#at, ref: `heads/${branch}` });
      return data.object.sha;
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }
}

function viewOf(answer: CommitAnswer | null | undefined, paths: readonly string[]): CommitView | undefined {
  if (!answer?.oid || !answer.tree) return undefined;
  const files = new Map<string, FileEntry>();
  paths.forEach((path, index) => {
    const file = answer[`f${index}`];
    if (file) files.set(path, { oid: file.oid, mode: file.mode.toString(8).padStart(6, '0') });
  });
  return { oid: answer.oid, tree: answer.tree.oid, files };
}

type Person = { readonly name?: string } | null;

/** The committer, or the author if GitHub committed it. */
function authorOf({ author, committer }: { author: Person; committer: Person }): string {
  const name = committer?.name === 'GitHub' ? undefined : committer?.name;
  return name ?? author?.name ?? 'someone';
}
