import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getOctokit } from '../github/libraries.ts';
import type { LoggedRequest, TokenOptions } from '../github/types.ts';
import { branchOf, git } from './repository.ts';
import { lockSmall } from './small.ts';
import { type Acted, type ActOptions, all, makeWorld, repositoryName, type World } from './world.ts';

const ada = 'a-token-of-ada';
const eve = { id: 2, full_name: 'eve/small' };
const place = { owner: 'you', repo: 'small' };

/** A world whose base changed uv.lock and its configuration after the pull requests were begun. */
export interface PullWorld extends World {
  /** Commit of the base. */
  readonly base: string;
  /** A commit that changes uv.lock, and has the hash of the commit before. */
  readonly stale: string;
  /** Eve's fork, a bare repository. */
  readonly fork: string;
  /** GitHub's API for a person. */
  rest(): ReturnType<typeof getOctokit>['rest'];
  /** Ada's pull request: a branch at this commit. */
  open(branch: string, at: string): Promise<Pull>;
  /** Eve's pull request: a branch of her fork at this commit. */
  openFork(branch: string, at: string, more?: { maintainer_can_modify?: boolean }): Promise<Pull>;
}

/** A pull request from a branch of the repository. */
export interface Pull {
  readonly number: number;
  head(): Promise<string>;
  /** Runs `update` for an event of it, with its head checked out; with the requests of that run. */
  act(options?: PullActOptions): Promise<Acted & { requests: LoggedRequest[] }>;
  /**
   * A commit on the branch: a change of a file of its head, which is deleted if it becomes
   * undefined.
   */
  commit(file: string, change: Change, messageOf?: MessageOf): Promise<string>;
}

type MessageOf = (tree: string) => string;
type Change = (text: string) => string | undefined;

export interface PullActOptions extends ActOptions {
  /** Head of the event; by default the branch's. */
  readonly sha?: string;
  /** Another payload. */
  readonly event?: object;
}

/** @param more further tokens */
export async function pullWorld(token: string, more: Record<string, TokenOptions> = {}): Promise<PullWorld> {
  const tokens = { [token]: all, [ada]: { ...all, kind: 'personal', login: 'ada' } as const, ...more };
  const world = await makeWorld(tokens);
  const { repository, pinned, bumped, github } = world;
  const { work, bare } = repository;
  await git(work, 'reset', '--quiet', '--hard', pinned);
  await git(bare, 'update-ref', 'refs/heads/main', pinned);
  await lockSmall(work, '1.16.0', '2.3.0');
  await allowHosts(work);
  const base = await repository.push('Bump iniconfig to 2.3.0, and allow the hosts');
  const rest = () => getOctokit(ada, { baseUrl: github.url }).rest;
  const open = async (branch: string, at: string): Promise<Pull> => {
    await git(bare, 'branch', '--force', branch, at);
    const { data } = await rest().pulls.create({ ...place, title: branch, head: branch, base: 'main' });
    return pullOf(world, branch, data.number, bare);
  };
  const fork = await forkOf(world);
  const openFork: PullWorld['openFork'] = async (branch, at, more = {}) => {
    await git(fork, 'update-ref', `refs/heads/${branch}`, at);
    const { data } = await rest().pulls.create({
      ...{ ...place, title: branch, head: `eve:${branch}`, base: 'main', ...more },
    });
    return pullOf(world, branch, data.number, fork, eve);
  };
  return { ...world, base, stale: bumped, fork, rest, open, openFork };
}

/** A fork, which shares its objects with the repository as on GitHub. */
async function forkOf({ repository: { bare }, dir, github }: World): Promise<string> {
  const fork = path.join(dir, 'fork.git');
  await git(dir, 'init', '--quiet', '--bare', '--initial-branch=main', fork);
  await rm(path.join(fork, 'objects'), { recursive: true });
  await symlink(path.join(bare, 'objects'), path.join(fork, 'objects'));
  github.addFork(eve.full_name, fork);
  return fork;
}

/**
 * The base's configuration: test machines have their index at an address that an untrusted lock
 * alone is not followed to.
 */
export async function allowHosts(work: string): Promise<void> {
  const addresses = (await readFile(path.join(work, 'uv.lock'), 'utf8')).matchAll(/"(https?:\/\/[^"]+)"/g);
  const hosts = new Set([...addresses].map(([, url = '']) => new URL(url).host));
  await mkdir(path.join(work, '.github'), { recursive: true });
  await writeFile(
    path.join(work, '.github/uv-fod.toml'),
    `allowed-hosts = ${JSON.stringify([...hosts])}\n\n[[package]]\nattribute = "small"\n`,
  );
}

function pullOf(world: World, branch: string, number: number, bare: string, repo?: object): Pull {
  const { repository, github } = world;
  const head = (): Promise<string> => branchOf(bare, branch);
  const of = { ref: branch, ...(repo ? { repo } : {}) };
  return {
    number,
    head,
    act: async ({ sha, event, ...options } = {}) => {
      const at = sha ?? (await head());
      const main = await repository.head();
      const seen = github.requests.length;
      const acted = await world.act({
        ...options,
        prepare: async (workspace) => {
          await git(workspace, 'fetch', '--quiet', '--depth=1', 'origin', at);
          await git(workspace, 'checkout', '--quiet', '--detach', at);
          await options.prepare?.(workspace);
        },
        step: {
          ...{ eventName: 'pull_request', ref: `refs/pull/${number}/merge`, sha: '5'.repeat(40) },
          event: event ?? pullEvent(of, number, at, main),
          ...options.step,
        },
      });
      return { ...acted, requests: github.requests.slice(seen) };
    },
    commit: (file, change, messageOf) => commitOn(world, branch, file, change, messageOf),
  };
}

/**
 * The payload of `pull_request`, as far as it is read.
 * @param of other fields of its head
 */
export const pullEvent = (of: object, number: number, head: string, base: string) => ({
  action: 'synchronize',
  number,
  pull_request: {
    number,
    head: { ref: 'patch', sha: head, repo: { id: 1, full_name: repositoryName }, ...of },
    base: { ref: 'main', sha: base, repo: { id: 1, full_name: repositoryName } },
  },
  repository: { id: 1, full_name: repositoryName, default_branch: 'main' },
});

async function commitOn(
  { repository: { work } }: World,
  branch: string,
  file: string,
  change: Change,
  messageOf: MessageOf = () => `Change ${file}`,
): Promise<string> {
  await git(work, 'fetch', '--quiet', 'origin', branch);
  await git(work, 'checkout', '--quiet', '--detach', 'FETCH_HEAD');
  const full = path.join(work, file);
  await mkdir(path.dirname(full), { recursive: true });
  const text = change(await readFile(full, 'utf8').catch(() => ''));
  await (text === undefined ? rm(full) : writeFile(full, text));
  await git(work, 'add', '--all');
  const tree = await git(work, 'write-tree');
  await git(work, 'commit', '--quiet', '--message', messageOf(tree));
  await git(work, 'push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
  return git(work, 'rev-parse', 'HEAD');
}
