import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Forge } from '../../src/pull-request/forge.ts';
import { forgejoAnswers } from '../../src/pull-request/forgejo/answers.ts';
import { forgejoForge } from '../../src/pull-request/forgejo/forgejo.ts';
import { createClient } from '../../src/pull-request/github/client.ts';
import { makeOctokit } from '../../src/pull-request/github/octokit.ts';
import { publish } from '../../src/pull-request/publish.ts';
import type { PublishRequest } from '../../src/pull-request/types.ts';
import { childEnvironment } from '../../src/system/environment.ts';
import { makeRun } from '../../src/system/exec.ts';
import type { Log } from '../../src/system/log.ts';
import { type Front, isWrite, startFront } from '../support/gitea/front.ts';
import { type Gitea, startGitea } from '../support/gitea/gitea.ts';
import { runText } from '../support/nix/run.ts';
import { BRANCH, FILES, hashRequest } from '../support/scenario/request.ts';

export { BRANCH, NIX } from '../support/scenario/request.ts';

const OWNER = 'acme';

/** A pull request as the tests look at it. */
export interface Seen {
  readonly number: number;
  readonly title: string;
  readonly state: string;
  readonly body: string;
  readonly draft: boolean;
  readonly merged: boolean;
  readonly html_url: string;
  readonly base: { readonly ref: string };
  readonly head: { readonly sha: string };
  readonly labels: readonly { readonly name: string }[];
  readonly assignees: readonly { readonly login: string }[] | null;
  readonly requested_reviewers: readonly { readonly login: string }[] | null;
  readonly milestone: { readonly title: string } | null;
}

/** A repository on a real Gitea. */
export interface World {
  readonly repo: string;
  readonly bare: string;
  readonly base: string;
  readonly front: Front;
  readonly log: Log & { readonly lines: string[] };
  readonly token: string;
  /** Asks the API below `/repos/acme/REPO` as ada. */
  readonly api: (method: string, route: string, body?: object) => Promise<unknown>;
  readonly request: (over?: Partial<PublishRequest>) => PublishRequest;
  readonly forge: (token?: string) => Forge;
  readonly publish: (over?: Partial<PublishRequest>) => ReturnType<typeof publish>;
  /** A person's commit on a branch, pushed; from its head, else from the base. */
  readonly push: (branch: string, files: Record<string, string>) => Promise<string>;
  /** Takes main on by so many commits, which change nothing. Returns its new head. */
  readonly moveOn: (commits: number) => Promise<string>;
  /** Git in the server's own repository, for looking. */
  readonly git: (...args: string[]) => Promise<string>;
  readonly head: (branch?: string) => Promise<string>;
  readonly pulls: () => Promise<Seen[]>;
  /** Requests that could write since this was last called. */
  readonly writesSince: () => string[];
}

/** One Gitea for a file of tests, with accounts: ada administrates, bot publishes. */
export interface Server {
  readonly gitea: Gitea;
  /** Of `bot`, with the scopes that the documentation asks for. */
  readonly token: string;
  /** Of the same account, with scopes to read alone. */
  readonly readingToken: string;
  readonly world: () => Promise<World>;
  readonly close: () => Promise<void>;
}

export async function startServer(): Promise<Server> {
  const gitea = await startGitea();
  const dir = await mkdtemp(path.join(tmpdir(), 'gitea-world-'));
  const password = 'a-long-password-of-a-test';
  for (const username of ['bot', 'grace']) {
    await gitea.api('POST', '/admin/users', {
      ...{ username, email: `${username}@people.example`, password, must_change_password: false },
    });
  }
  await gitea.api('POST', '/orgs', { username: OWNER });
  const token = await tokenFor(gitea, 'bot', password, ['write:repository', 'write:issue']);
  const readingToken = await tokenFor(gitea, 'bot', password, ['read:repository', 'read:issue']);
  const open: Front[] = [];
  let count = 0;
  return {
    gitea,
    token,
    readingToken,
    world: async () => {
      const front = await startFront(gitea.url);
      open.push(front);
      return makeWorld(gitea, front, token, `nix-${++count}`, dir);
    },
    close: async () => {
      for (const front of open) await front.close();
      await gitea.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function tokenFor(gitea: Gitea, user: string, password: string, scopes: readonly string[]) {
  const response = await fetch(`${gitea.url}/api/v1/users/${user}/tokens`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ name: scopes.join(), scopes }),
  });
  return ((await response.json()) as { sha1: string }).sha1;
}

async function makeWorld(
  gitea: Gitea,
  front: Front,
  token: string,
  repo: string,
  dir: string,
): Promise<World> {
  const at = `/repos/${OWNER}/${repo}`;
  await gitea.api('POST', `/orgs/${OWNER}/repos`, { name: repo, default_branch: 'main' });
  for (const name of ['bot', 'grace'])
    await gitea.api('PUT', `${at}/collaborators/${name}`, { permission: 'write' });
  const bare = path.join(gitea.repositories, OWNER, `${repo}.git`);
  const work = path.join(dir, repo);
  const git = (...args: string[]) => runText('git', args, { cwd: work });
  await mkdir(work);
  await git('init', '--quiet', '--initial-branch=main');
  await git('config', 'http.extraHeader', `Authorization: token ${gitea.token}`);
  await git('remote', 'add', 'origin', `${gitea.url}/${OWNER}/${repo}.git`);
  const commit = async (files: Record<string, string>, message: string): Promise<string> => {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(work, name)), { recursive: true });
      await writeFile(path.join(work, name), content);
    }
    await git('add', '--all');
    const ada = ['-c', 'user.name=Ada', '-c', 'user.email=ada@people.example'];
    await git(...ada, 'commit', '--quiet', '--message', message);
    return (await git('rev-parse', 'HEAD')).trim();
  };
  const base = await commit(FILES, 'Begin');
  await git('push', '--quiet', 'origin', 'HEAD:refs/heads/main');
  await noticed(gitea, at);
  const shown = (...args: string[]) => runText('git', ['--git-dir', bare, ...args], { cwd: dir });
  const head = async (branch = BRANCH) => (await shown('rev-parse', `refs/heads/${branch}`)).trim();
  const log = recorder();
  const request = (over?: Partial<PublishRequest>) => hashRequest(base, over);
  const forge = (own = token): Forge => {
    const patience = { second: 1, timeout: 20_000 };
    const client = createClient(makeOctokit, own, `${front.url}/api/v1`, log, patience, forgejoAnswers);
    return forgejoForge({
      run: makeRun(childEnvironment(process.env)),
      client,
      scratch: dir,
      remote: { serverUrl: front.url, owner: OWNER, repo, token: own },
      patience: { second: 1 },
    });
  };
  let seen = 0;
  return {
    ...{ repo, bare, base, front, log, token, request, forge, head },
    api: (method, route, body) => gitea.api(method, `${at}${route}`, body),
    publish: (over) => publish(forge(), request(over), log),
    push: async (branch, files) => {
      await git('fetch', '--quiet', 'origin');
      const from = await git('rev-parse', '--verify', `origin/${branch}`).catch(() => base);
      await git('checkout', '--quiet', '--detach', from.trim());
      const made = await commit(files, 'A change by hand');
      await git('push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
      return made;
    },
    moveOn: async (commits) => {
      await git('checkout', '--quiet', '--detach', base);
      const tree = (await git('rev-parse', 'HEAD^{tree}')).trim();
      const ada = ['-c', 'user.name=Ada', '-c', 'user.email=ada@people.example'];
      let made = base;
      for (let count = 1; count <= commits; count++)
        made = (await git(...ada, 'commit-tree', tree, '-p', made, '-m', `Number ${count}`)).trim();
      await git('push', '--quiet', 'origin', `${made}:refs/heads/main`);
      return made;
    },
    git: shown,
    pulls: async () => (await gitea.api('GET', `${at}/pulls?state=all`)) as Seen[],
    writesSince: () => {
      const fresh = front.passed.slice(seen).filter(isWrite);
      seen = front.passed.length;
      return fresh.map(({ method, path: where }) => `${method} ${where.replace(`/api/v1${at}`, '')}`);
    },
  };
}

/**
 * Gitea notices a while after the first push that a repository is not empty any more; pull requests
 * are there from then on.
 */
const noticed = (gitea: Gitea, at: string): Promise<void> =>
  until(async () => {
    const { empty } = (await gitea.api('GET', at)) as { empty: boolean };
    if (empty) throw new Error('Gitea takes the repository for empty');
  });

/**
 * Tries until it does not throw, for half a minute: much of Gitea's work comes after its answer.
 * @throws what the last try threw
 */
export async function until(attempt: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === 150) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function recorder(): World['log'] {
  const lines: string[] = [];
  return {
    lines,
    info: (message) => void lines.push(message),
    warning: (message) => void lines.push(`warning: ${message}`),
    group: (_, body) => body(),
    progress: () => undefined,
  };
}
