import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { Forge } from '../../../src/pull-request/forge.ts';
import { type Client, type ClientPatience, createClient } from '../../../src/pull-request/github/client.ts';
import { githubForge } from '../../../src/pull-request/github/github.ts';
import { makeOctokit } from '../../../src/pull-request/github/octokit.ts';
import { publish } from '../../../src/pull-request/publish.ts';
import type { PublishRequest } from '../../../src/pull-request/types.ts';
import type { Log } from '../../../src/system/log.ts';
import { type Commit, readCommits, writeCommit } from '../../support/github/commits.ts';
import { branchHead, changeRefs, type Git, openGit } from '../../support/github/git.ts';
import { commitsBetween } from '../../support/github/history.ts';
import { startGitHub } from '../../support/github/server.ts';
import { changeTree } from '../../support/github/tree.ts';
import type { GitHub, GitHubOptions, LoggedRequest, TokenOptions } from '../../support/github/types.ts';
import { BRANCH, FILES, hashRequest } from '../../support/scenario/request.ts';

export { BRANCH, LOCK, NIX } from '../../support/scenario/request.ts';

// Many run at once, and machines differ.
jest.setTimeout(60_000);

export const REPOSITORY = { owner: 'acme', repo: 'nix' } as const;
const files = { ...FILES, 'bin/run': '#!/bin/sh\n' };

// What a workflow's GITHUB_TOKEN has with the permissions that our documentation asks for.
const TOKEN: TokenOptions = {
  name: 'GITHUB_TOKEN',
  permissions: { contents: 'write', pull_requests: 'write' },
};

const PERSON = { name: 'Ada', email: 'ada@people.example', date: '2026-01-01T00:00:00Z' };
export const anybody = {
  name: '',
  kind: 'personal',
  login: 'ada',
  permissions: {},
  mayCreatePullRequests: true,
} as const;

/** A repository behind a loopback GitHub, and a client for it. */
export interface World {
  github: GitHub;
  git: Git;
  octokit: Client;
  log: Log & { lines: string[] };
  base: string;
  /** A request on top of the base as it was at the start. */
  request: (over?: Partial<PublishRequest>) => PublishRequest;
  publish: (over?: Partial<PublishRequest>) => ReturnType<typeof publish>;
  /** A person's commit on a branch; a null content takes a file away. Returns its id. */
  push: (branch: string, files: Record<string, string | null>, from?: string) => Promise<string>;
  head: (branch?: string) => Promise<string | null>;
  commit: (sha: string) => Promise<Commit>;
  /** Commits on the branch that main has not. */
  commits: (branch?: string) => Promise<Commit[]>;
  show: (commit: string, path: string) => Promise<string | null>;
  pulls: () => Promise<Awaited<ReturnType<Client['rest']['pulls']['list']>>['data']>;
  /** Requests that could write since this was last called. */
  writesSince: () => LoggedRequest[];
  client: (patience?: ClientPatience, token?: string) => Client;
  forge: (patience?: ClientPatience, token?: string) => Forge;
  /** What the owner sets up for auto-merge: it is allowed, and main requires a check. */
  allowAutoMerge: (settings?: Parameters<Client['rest']['repos']['update']>[0]) => Promise<void>;
}

let template: Promise<{ folder: string; base: string }> | undefined;

async function makeTemplate(): Promise<{ folder: string; base: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'uv-fod-template-'));
  const git = openGit(folder);
  await git.run(['init', '--quiet', '--bare', '--initial-branch=main', '--template=', folder]);
  const base = await commitFiles(git, null, files, 'Begin');
  await changeRefs(git, [{ name: 'refs/heads/main', after: base }]);
  git.close();
  return { folder, base };
}

async function commitFiles(
  git: Git,
  parent: string | null,
  files: Record<string, string | null>,
  message: string,
) {
  const changes = [];
  for (const [path, content] of Object.entries(files)) {
    const sha = content === null ? null : git.write('blob', content);
    changes.push({ path, mode: path.startsWith('bin/') ? '100755' : '100644', sha });
  }
  const tree = await changeTree(git, parent, changes);
  const parents = parent === null ? [] : [parent];
  return writeCommit(git, {
    message: `${message}\n`,
    tree,
    parents,
    author: PERSON,
    committer: PERSON,
    token: anybody,
  });
}

const open: { github: GitHub; folder: string }[] = [];

/** Ends all worlds of a test; for `afterAll`. */
export async function endWorlds(): Promise<void> {
  for (const { github, folder } of open.splice(0)) {
    await github.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Takes the template away; for `afterAll`. */
export async function endTemplate(): Promise<void> {
  const made = await template;
  if (made) await rm(made.folder, { recursive: true, force: true });
}

function recorder(): World['log'] {
  const lines: string[] = [];
  return {
    lines,
    info: (message) => void lines.push(message),
    warning: (message) => void lines.push(`warning: ${message}`),
    progress: () => {},
    group: (_, body) => body(),
  };
}

/** Starts a fresh world. */
export async function world(options: Partial<GitHubOptions> = {}): Promise<World> {
  template ??= makeTemplate();
  const { folder: from, base } = await template;
  const folder = await mkdtemp(join(tmpdir(), 'uv-fod-world-'));
  await cp(from, join(folder, 'bare'), { recursive: true });
  const bare = join(folder, 'bare');
  const tokens = {
    secret: TOKEN,
    ada: {
      kind: 'personal',
      login: 'ada',
      permissions: { contents: 'write', pull_requests: 'write', issues: 'write' },
    },
    owner: {
      kind: 'personal',
      login: 'acme',
      permissions: { contents: 'write', pull_requests: 'write', issues: 'write', administration: 'write' },
    },
  } as const;
  const github = await startGitHub({ repository: 'acme/nix', bare, tokens, ...options });
  const { git } = github;
  open.push({ github, folder });
  const log = recorder();
  const client = (patience: ClientPatience = {}, token = 'secret') =>
    createClient(makeOctokit, token, github.url, log, { second: 1, timeout: 5000, ...patience });
  const octokit = client();
  const forge = (patience?: ClientPatience, token?: string) =>
    githubForge(client(patience, token), REPOSITORY);
  const request = (over?: Partial<PublishRequest>) => hashRequest(base, over);
  const head = (branch = BRANCH) => branchHead(git, branch);
  let seen = 0;
  return {
    github,
    git,
    octokit,
    log,
    base,
    request,
    publish: (over) => publish(forge(), request(over), log),
    push: async (branch, files, start) => {
      const before = await head(branch);
      const sha = await commitFiles(git, start ?? before ?? base, files, 'A change by hand');
      await changeRefs(git, [{ name: `refs/heads/${branch}`, after: sha }]);
      return sha;
    },
    head,
    commit: async (sha) => {
      const [commit] = await readCommits(git, [sha]);
      if (!commit) throw new Error(`no commit ${sha}`);
      return commit;
    },
    commits: async (branch = BRANCH) =>
      commitsBetween(git, (await head('main')) ?? '', (await head(branch)) ?? ''),
    show: async (commit, path) => (await git.object(`${commit}:${path}`))?.content.toString() ?? null,
    pulls: async () => {
      const { data } = await octokit.rest.pulls.list({ owner: 'acme', repo: 'nix', state: 'all' });
      return data;
    },
    writesSince: () => {
      const writes = github.writes();
      const fresh = writes.slice(seen);
      seen = writes.length;
      return fresh;
    },
    client,
    forge,
    allowAutoMerge: async (settings = REPOSITORY) => {
      const { repos } = client({}, 'owner').rest;
      await repos.update({ allow_auto_merge: true, ...settings, ...REPOSITORY });
      await repos.updateBranchProtection({
        ...REPOSITORY,
        branch: 'main',
        required_status_checks: { strict: false, contexts: ['build'] },
        enforce_admins: null,
        required_pull_request_reviews: null,
        restrictions: null,
      });
    },
  };
}
