import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getOctokit } from '@actions/github';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../../src/config/parse.ts';
import { findRelease } from '../../../src/release/find.ts';
import type { ReleaseParts } from '../../../src/release/types.ts';
import { childEnvironment } from '../../../src/system/environment.ts';
import { makeRun } from '../../../src/system/exec.ts';
import { startGitHub } from '../../support/github/server.ts';
import type { GitHub } from '../../support/github/types.ts';
import { serveRepositories } from '../../support/nix/git-source.ts';
import { runText } from '../../support/nix/run.ts';

// One real repository, served as GitHub and as any git host: 120 releases, more than one page, and
// some tags beside them.
const now = Date.parse('2026-06-10T00:00:00Z');
const identity = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Upstream',
  GIT_AUTHOR_EMAIL: 'upstream@index.example',
  GIT_COMMITTER_NAME: 'Upstream',
  GIT_COMMITTER_EMAIL: 'upstream@index.example',
};

let dir: string;
let github: GitHub;
let host: { url: string; close(): Promise<void> };
let parts: ReleaseParts;

/** Runs git in upstream's working tree, at a day. */
async function git(args: readonly string[], day = '2026-01-01'): Promise<string> {
  const date = `${day}T00:00:00Z`;
  const env = { ...identity, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  return runText('git', ['-C', path.join(dir, 'repo'), ...args], { env });
}

const emptyCommit = ['commit', '--quiet', '--allow-empty', '--message', 'Work'];

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'releases-'));
  await runText('git', ['init', '--quiet', '--initial-branch=main', path.join(dir, 'repo')], {
    env: identity,
  });
  await git(emptyCommit);
  for (const tag of ['version/2026.2.0', 'version/2026.4.0', 'website/9.9']) await git(['tag', tag]);
  await git(emptyCommit, '2026-06-08');
  await git(['tag', '--message', 'Annotated', 'version/2026.6.0']);
  await runText('git', ['clone', '--quiet', '--bare', path.join(dir, 'repo'), path.join(dir, 'bare')], {
    env: identity,
  });
  github = await startGitHub({
    repository: 'up/stream',
    bare: path.join(dir, 'bare'),
    tokens: { secret: { permissions: { contents: 'write' } } },
  });
  host = await serveRepositories(dir);
  const hub = getOctokit('secret', { baseUrl: github.url });
  for (let patch = 0; patch < 120; patch++)
    await hub.rest.repos.createRelease({ owner: 'up', repo: 'stream', tag_name: `v1.0.${patch}` });
  await hub.rest.repos.createRelease({ owner: 'up', repo: 'stream', tag_name: 'v2.0.0', prerelease: true });
  await hub.rest.repos.createRelease({ owner: 'up', repo: 'stream', tag_name: 'v3.0.0', draft: true });
  parts = {
    hub: async () => hub,
    run: makeRun(childEnvironment(process.env)),
    scratch: dir,
    index: undefined,
    fetchText: () => Promise.reject(new Error('no index here')),
  };
}, 60_000);

afterAll(async () => {
  await github?.close();
  await host?.close();
  await rm(dir, { recursive: true, force: true });
});

function find(releases: string, version: string, revision?: string) {
  const text = `[[package]]\nattribute = "x"\nreleases = { ${releases.replace('HOST', host.url)} }`;
  const [config] = parseConfig(text, 'uv-fod.toml').packages;
  if (!config?.releases) throw new Error('no releases');
  return findRelease(config.releases, { version, ...(revision ? { revision } : {}) }, parts, now);
}

describe('releases on GitHub', () => {
  test('the newest of all pages; neither drafts nor pre-releases', async () => {
    expect(await find('github = "up/stream"', '1.0.3')).toMatchObject({
      release: { version: '1.0.119', tag: 'v1.0.119', isPrerelease: false },
      held: [{ version: '2.0.0', why: 'is a pre-release' }],
    });
    expect(await find('github = "up/stream", prereleases = true, order = "semver"', '1.0.3')).toMatchObject({
      release: { version: '2.0.0' },
    });
  });

  test('one step at a time, from the second page', async () => {
    expect(await find('github = "up/stream", step = "next"', '1.0.3')).toMatchObject({
      release: { version: '1.0.4' },
    });
  });

  test('tags by a pattern', async () => {
    const source = 'github = "up/stream", list = "tags", tag = "version/{version}"';
    expect(await find(source, '2026.2.0')).toMatchObject({
      release: { version: '2026.6.0', tag: 'version/2026.6.0' },
    });
    expect(await find(`${source}, minimum-release-age = "3 days"`, '2026.2.0')).toMatchObject({
      release: { version: '2026.4.0', date: Date.parse('2026-01-01T00:00:00Z') },
      held: [{ version: '2026.6.0', why: 'is too young before 2026-06-11T00:00:00Z' }],
    });
  });

  test("a branch's head", async () => {
    const head = await git(['rev-parse', 'HEAD']);
    expect(await find('github = "up/stream", branch = "main"', '0', 'a'.repeat(40))).toMatchObject({
      release: { version: '0-unstable-2026-06-08', revision: head },
    });
    expect(await find('github = "up/stream", branch = "main"', '0', head)).toMatchObject({
      reason: 'current',
    });
  });

  test.each([
    ['github = "up/nothing"', 'releases-not-found', /no repository up\/nothing/],
    ['github = "up/stream", branch = "nope"', 'releases-not-found', /up\/stream has no branch 'nope'/],
    ['github = "up/stream", list = "tags", tag = "release-{version}"', 'tag-pattern', /it has 'v1\.0\.0', /],
    [
      'github = "up/stream", tag = "rel{version}"',
      'tag-pattern',
      /the form 'rel\{version\}'; it has 'v2.0.0'/,
    ],
  ])('%s: says what is wrong', async (source, code, message) => {
    await expect(find(source, '1')).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

describe('releases of any git host', () => {
  test('tags by a pattern, their dates where an age is asked for', async () => {
    const source = 'git = "HOST/bare", tag = "version/{version}"';
    expect(await find(source, '2026.2.0')).toMatchObject({ release: { version: '2026.6.0' } });
    expect(await find(`${source}, minimum-release-age = "1 week"`, '2026.2.0')).toMatchObject({
      release: { version: '2026.4.0', date: Date.parse('2026-01-01T00:00:00Z') },
    });
  });

  test("a branch's head", async () => {
    const head = await git(['rev-parse', 'HEAD']);
    expect(await find('git = "HOST/bare", branch = "main", version = "0+{revision}"', '0')).toMatchObject({
      release: { version: `0+${head}`, revision: head, date: Date.parse('2026-06-08T00:00:00Z') },
    });
  });

  test.each([
    ['git = "HOST/nothing"', 'releases-unreachable', /git can't read http.*nothing: fatal: /],
    ['git = "HOST/bare", branch = "nope"', 'releases-not-found', /bare has no branch 'nope'/],
    ['git = "HOST/bare", tag = "x{version}"', 'tag-pattern', /it has '/],
  ])('%s: says what is wrong', async (source, code, message) => {
    await expect(find(source, '1')).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
