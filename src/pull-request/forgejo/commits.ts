import { UserError } from '../../system/errors.ts';
import { explainGit, isPassing } from '../failures.ts';
import { pathsOf } from '../files.ts';
import type { CommitComparison, ForgeCommits, FoundHeads, HistoryCommit, Move, NewCommit } from '../forge.ts';
import type { CommitView, FileEntry, PublishRequest } from '../types.ts';
import type { Store } from './git.ts';

const READING = { to: 'read the repository', needs: 'read:repository' };

/** Depths of history to fetch until both commits meet; the last one is everything. */
const DEPTHS = ['50', '1000', '2147483647'];

/** Most commits to compare; a branch with more counts as someone else's. */
const MOST_COMMITS = 250;

/** Tries of a push after temporary failures. */
const TRIES = 3;

/**
 * Commits and branches on Forgejo or Gitea, by git through a temporary local repository: their API
 * can't move a branch on the condition that its head did not change.
 */
export class ForgejoCommits implements ForgeCommits {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async readHeads(request: PublishRequest): Promise<FoundHeads> {
    const { base, branch } = request;
    const paths = pathsOf(request);
    const heads = await this.#headsOf([base.ref, branch]);
    const [baseHead, branchHead] = [heads.get(base.ref), heads.get(branch)];
    const missing = { base: undefined, read: undefined, branch: undefined, isGithubToken: false };
    if (baseHead === undefined) return missing;
    const isKnown = await this.#fetchWith([...heads.values()], base.sha);
    return {
      ...missing,
      base: await this.#viewOf(baseHead, paths),
      ...(isKnown ? { read: await this.#viewOf(base.sha, paths) } : {}),
      ...(branchHead === undefined ? {} : { branch: await this.#viewOf(branchHead, paths) }),
    };
  }

  /** Heads of branches, in one request; a missing branch is left out. */
  async #headsOf(branches: readonly string[]): Promise<Map<string, string>> {
    const names = branches.map((name) => `refs/heads/${name}`);
    const text = await this.#store.read(READING, ['ls-remote', '--heads', '--', 'origin', ...names]);
    const heads = new Map<string, string>();
    for (const line of text.split('\n')) {
      const [oid = '', name = ''] = line.split('\t');
      // ls-remote also matches the end of names.
      if (names.includes(name)) heads.set(name.slice('refs/heads/'.length), oid);
    }
    return heads;
  }

  /** Fetches commits with their trees, without parents and file contents. */
  async #fetch(oids: readonly string[], depth = '1'): Promise<void> {
    const options = ['--quiet', '--no-tags', '--no-write-fetch-head', '--filter=blob:none'];
    const commits = ['--', 'origin', ...new Set(oids)];
    await this.#store.read(READING, ['fetch', ...options, `--depth=${depth}`, ...commits]);
  }

  /** Fetches the heads and the checked-out commit. @returns whether the server has the latter */
  async #fetchWith(heads: readonly string[], read: string): Promise<boolean> {
    try {
      await this.#fetch([...heads, read]);
      return true;
    } catch (error) {
      const log = error instanceof UserError ? (error.log ?? '') : '';
      if (!/not our ref|unadvertised object|couldn't find remote ref/i.test(log)) throw error;
      await this.#fetch(heads);
      return false;
    }
  }

  /** Reads a fetched commit at these paths. */
  async #viewOf(oid: string, paths: readonly string[]): Promise<CommitView> {
    const tree = (await this.#store.local(['rev-parse', '--verify', `${oid}^{tree}`])).trim();
    const files = new Map<string, FileEntry>();
    const list = ['ls-tree', '-z', '--full-tree', oid, '--', ...paths];
    const listed = paths.length === 0 ? '' : await this.#store.local(list);
    for (const line of listed.split('\0')) {
      const match = /^(\d{6}) \w+ ([0-9a-f]{40})\t(.*)$/s.exec(line);
      if (match) files.set(match[3] ?? '', { mode: match[1] ?? '', oid: match[2] ?? '' });
    }
    return { oid, tree, files };
  }

  async viewCommit(oid: string, paths: readonly string[]): Promise<CommitView> {
    await this.#fetch([oid]);
    return this.#viewOf(oid, paths);
  }

  async compare(from: string, to: string): Promise<CommitComparison> {
    const mergeBase = await this.#mergeBase(from, to);
    const listed = await this.#store.local([
      ...['rev-list', '--topo-order', '--reverse', `--max-count=${MOST_COMMITS + 1}`],
      ...[to, `^${from}`, '--'],
    ]);
    const all = listed.split('\n').filter((line) => line !== '');
    // If there are too many, git leaves out the oldest.
    const complete = all.length <= MOST_COMMITS;
    const commits: HistoryCommit[] = [];
    for (const oid of complete ? all : all.slice(1))
      commits.push(parseCommit(oid, await this.#store.local(['cat-file', 'commit', oid])));
    const diff = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', mergeBase, to];
    const names = (await this.#store.local(diff)).split('\0');
    return { commits, complete, mergeBase, changed: new Set(names.filter((name) => name !== '')) };
  }

  async #mergeBase(from: string, to: string): Promise<string> {
    for (const depth of DEPTHS) {
      await this.#fetch([from, to], depth);
      const found = await this.#store.local(['merge-base', '--all', from, to]).catch(() => '');
      const [oid] = found.split('\n');
      if (oid) return oid;
    }
    throw new UserError(
      'branch-unrelated',
      `The commits ${from} and ${to} have no history in common, so nothing is written on the branch. Delete the branch so that it is created again.`,
    );
  }

  async makeCommit({ parent, files, message }: NewCommit): Promise<string> {
    const { local, host } = this.#store;
    const folder = (await local(['rev-parse', '--absolute-git-dir'])).trim();
    const index = { GIT_INDEX_FILE: `${folder}/uv-fod.index` };
    await local(['read-tree', parent.tree], { env: index });
    const hash = ['hash-object', '-w', '-t', 'blob', '--no-filters', '--stdin'];
    for (const { content } of files) await local(hash, { input: content });
    const lines = files.map(({ mode, path, oid }) => `${mode} ${oid}\t${path}\0`);
    const update = ['update-index', '--add', '--replace', '-z', '--index-info'];
    await local(update, { env: index, input: lines.join('') });
    // Contents of other files were not fetched.
    const tree = (await local(['write-tree', '--missing-ok'], { env: index })).trim();
    const email = `uv-fod@noreply.${host}`;
    const commit = await local(['commit-tree', tree, '-p', parent.oid, '-F', '-'], {
      input: message(tree),
      env: {
        ...{ GIT_AUTHOR_NAME: 'uv-fod', GIT_AUTHOR_EMAIL: email },
        ...{ GIT_COMMITTER_NAME: 'uv-fod', GIT_COMMITTER_EMAIL: email },
      },
    });
    return commit.trim();
  }

  /**
   * Pushes with a lease (git-push, `--force-with-lease=<ref>:<expect>`; empty: it must not exist).
   * If that fails, the head of the branch shows whether it was a race, a lost answer or a refusal.
   */
  async moveBranch(branch: string, { before, after }: Move): Promise<boolean> {
    const ref = `refs/heads/${branch}`;
    const lease = `--force-with-lease=${ref}:${before ?? ''}`;
    const options = ['--quiet', '--porcelain', '--no-verify', '--no-follow-tags', lease];
    for (let time = 1; ; time++) {
      const push = ['push', ...options, '--', 'origin', `${after ?? ''}:${ref}`];
      const { code, stdout, stderr } = await this.#store.once(push);
      if (code === 0) return true;
      const now = (await this.#headsOf([branch])).get(branch);
      if (now === after) return true;
      if (now !== before) return false;
      const step = { to: `move the branch \`${branch}\``, needs: 'write:repository' };
      // The output has the messages of the server's hooks too.
      if (!isPassing(stderr) || time === TRIES) throw explainGit(step, `${stdout}\n${stderr}`);
    }
  }
}

/**
 * A commit as git stores it: headers, an empty line, the message (gitformat-commit, "commit
 * object").
 */
function parseCommit(sha: string, text: string): HistoryCommit {
  const [head = ''] = text.split('\n\n', 1);
  const headers = (name: string): string[] =>
    head.split('\n').flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : []));
  // `Name <address> time zone`.
  const people = [...headers('committer'), ...headers('author')];
  const [name = 'someone'] = people.flatMap((person) => person.match(/^.+?(?= <)/) ?? []);
  return {
    sha,
    tree: headers('tree')[0] ?? '',
    parents: headers('parent'),
    message: text.slice(head.length + 2),
    author: name,
  };
}
