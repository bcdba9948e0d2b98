import { UserError } from '../../system/errors.ts';
import { explain, stepsWith } from '../failures.ts';
import { pathsOf } from '../files.ts';
import type { CommitComparison, ForgeCommits, FoundHeads, Move, NewCommit } from '../forge.ts';
import { isGraphqlRefusal, problemsOf, statusOf } from '../request-errors.ts';
import type { CommitView, FileEntry, PublishRequest, RepositoryName } from '../types.ts';
import type { CommitAnswer, LookAnswer } from './answers.ts';
import type { Client } from './client.ts';

const doStep = stepsWith('GitHub');

/** A missing reference, for `updateRefs` (GitHub's GraphQL reference, RefUpdate). */
const NO_OBJECT = '0'.repeat(40);

const MOVE = 'mutation Move($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }';

/** Commits and branches on GitHub: GraphQL for compare-and-swap and fewer requests, else REST. */
export class GithubCommits implements ForgeCommits {
  readonly #octokit: Client;
  readonly #at: RepositoryName;
  /** Set by `readHeads`, which is called before every move. */
  #repositoryId = '';

  constructor(octokit: Client, repository: RepositoryName) {
    this.#octokit = octokit;
    this.#at = repository;
  }

  async readHeads(request: PublishRequest): Promise<FoundHeads> {
    const { base, branch } = request;
    const name = `${this.#at.owner}/${this.#at.repo}`;
    const names = { base: `refs/heads/${base.ref}`, branch: `refs/heads/${branch}`, read: base.sha };
    const { viewer, repository, views } = await this.#look(
      `read the repository ${name}`,
      names,
      pathsOf(request),
    );
    this.#repositoryId = repository?.id ?? '';
    const isGithubToken = viewer?.login === 'github-actions[bot]';
    return { base: views.get('base'), read: views.get('read'), branch: views.get('branch'), isGithubToken };
  }

  async existing(branches: readonly string[]): Promise<ReadonlySet<string>> {
    const names = branches.map((name, index) => [`b${index}`, `refs/heads/${name}`] as const);
    const { views } = await this.#look('read the branches', Object.fromEntries(names), []);
    return new Set(branches.filter((_, index) => views.has(`b${index}`)));
  }

  async viewCommit(oid: string, paths: readonly string[]): Promise<CommitView> {
    const view = (await this.#look(`read the commit ${oid}`, { oid }, paths)).views.get('oid');
    if (view) return view;
    throw new UserError(
      'github-refused',
      `GitHub did not find the commit ${oid}, although it listed it. Run this again.`,
    );
  }

  /**
   * Reads commits with their files at these paths. Both are untrusted, so passed as variables.
   * @param to completes "GitHub refused to …"
   * @param names refs or ids of the commits; those that do not exist have no view
   */
  #look(to: string, names: Readonly<Record<string, string>>, paths: readonly string[]) {
    // Separate fields: the expression `x-gface` may be a ref or the commit `face` (git-rev-parse).
    const isRef = (name: string): boolean => name.startsWith('refs/');
    const commits = Object.entries(names).map(([key, name]) =>
      isRef(name)
        ? `${key}: ref(qualifiedName: $${key}) { target { ...Files } }`
        : `${key}: object(oid: $${key}) { ...Files }`,
    );
    const files = paths.map((_, index) => `f${index}: file(path: $p${index}) { oid mode }`);
    const declared = [
      ...Object.entries(names).map(([key, name]) => `, $${key}: ${isRef(name) ? 'String' : 'GitObjectID'}!`),
      ...paths.map((_, index) => `, $p${index}: String!`),
    ];
    const variables = { ...names, ...Object.fromEntries(paths.map((path, index) => [`p${index}`, path])) };
    const query = `query Look($owner: String!, $repo: String!${declared.join('')}) {
      viewer { login }
      repository(owner: $owner, name: $repo) { id }
      commits: repository(owner: $owner, name: $repo) { ${commits.join(' ')} }
    }
    fragment Files on Commit { oid tree { oid } ${files.join(' ')} }`;
    return doStep({ to, needs: 'contents: read' }, async () => {
      const answer = await this.#octokit
        .graphql<LookAnswer>(query, { ...this.#at, ...variables })
        .catch((error) => {
          // For a file that a commit lacks, the answer may have an error in addition to the data.
          const { data } = error as { data?: LookAnswer };
          if (data?.commits && problemsOf(error).every(({ type }) => type === 'NOT_FOUND')) return data;
          throw error;
        });
      const views = Object.entries(answer.commits ?? {}).flatMap(([key, commit]) => {
        const view = viewOf(commit?.target ?? commit, paths);
        return view ? [[key, view] as const] : [];
      });
      return { ...answer, views: new Map(views) };
    });
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
