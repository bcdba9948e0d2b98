import { UserError } from '../../system/errors.ts';
import { pathsOf } from '../files.ts';
import type { Sight } from '../forge.ts';
import type { CommitView, FileEntry, PublishRequest } from '../types.ts';
import type { Store } from './git.ts';

const NEEDS = 'read:repository';
const fetching = { to: 'read the repository', needs: NEEDS };

/** Heads of branches, in one request; a missing branch is left out. */
export async function headsOf(store: Store, branches: readonly string[]): Promise<Map<string, string>> {
  const names = branches.map((name) => `refs/heads/${name}`);
  const text = await store.read(fetching, ['ls-remote', '--heads', '--', 'origin', ...names]);
  const heads = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [oid = '', name = ''] = line.split('\t');
    // ls-remote also matches the end of names.
    if (names.includes(name)) heads.set(name.slice('refs/heads/'.length), oid);
  }
  return heads;
}

/** Fetches commits with their trees, without parents and file contents. */
export async function fetchCommits(store: Store, oids: readonly string[], depth = '1'): Promise<void> {
  const options = ['--quiet', '--no-tags', '--no-write-fetch-head', '--filter=blob:none', `--depth=${depth}`];
  await store.read(fetching, ['fetch', ...options, '--', 'origin', ...oids]);
}

/** Reads a fetched commit at these paths. */
export async function viewOf(store: Store, oid: string, paths: readonly string[]): Promise<CommitView> {
  const tree = (await store.local(['rev-parse', '--verify', `${oid}^{tree}`])).trim();
  const files = new Map<string, FileEntry>();
  const listed =
    paths.length === 0 ? '' : await store.local(['ls-tree', '-z', '--full-tree', oid, '--', ...paths]);
  for (const line of listed.split('\0')) {
    const match = /^(\d{6}) \w+ ([0-9a-f]{40})\t(.*)$/s.exec(line);
    if (match) files.set(match[3] ?? '', { mode: match[1] ?? '', oid: match[2] ?? '' });
  }
  return { oid, tree, files };
}

/** Reads the heads of base and branch and the checked-out commit, with the request's files. */
export async function look(store: Store, request: PublishRequest): Promise<Sight> {
  const { owner, repo, base, branch } = request;
  const paths = pathsOf(request);
  const heads = await headsOf(store, [base.ref, branch]);
  const baseHead = heads.get(base.ref);
  if (baseHead === undefined) {
    throw new UserError(
      'base-missing',
      `The repository ${owner}/${repo} has no branch \`${base.ref}\` to open a pull request against. Give the name of a branch that exists on the forge.`,
    );
  }
  const head = heads.get(branch);
  await fetchAll(store, [baseHead, ...(head === undefined ? [] : [head])], base.sha);
  return {
    base: await viewOf(store, baseHead, paths),
    read: await viewOf(store, base.sha, paths),
    branch: head === undefined ? undefined : await viewOf(store, head, paths),
    isGithubToken: false,
  };
}

/** Fetches the heads, and the checked-out commit, which the server may not have. */
async function fetchAll(store: Store, heads: readonly string[], read: string): Promise<void> {
  try {
    await fetchCommits(store, [...new Set([...heads, read])]);
  } catch (error) {
    const log = error instanceof UserError ? (error.log ?? '') : '';
    if (!/not our ref|unadvertised object|couldn't find remote ref/i.test(log)) throw error;
    throw new UserError(
      'base-unknown',
      `The forge does not have the checked-out commit ${read}. Push it first, or check out a commit of the base branch.`,
      { log, cause: error },
    );
  }
}
