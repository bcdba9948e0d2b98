import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, test } from '@jest/globals';
import { plannedFaults } from '../../support/github/faults.ts';
import { startGitHub } from '../../support/github/server.ts';
import { BRANCH, endTemplate, endWorlds, NIX, REPOSITORY, world } from './world.ts';

afterAll(endWorlds);
afterAll(endTemplate);

describe('the loopback GitHub', () => {
  test.concurrent('leaves a repository that git finds nothing wrong with', async () => {
    const w = await world();
    await w.publish({
      files: [
        { path: NIX, content: 'x' },
        { path: 'a/b/c.txt', content: 'y' },
        { path: 'a.b', content: 'z' },
      ],
    });
    await w.client({}, 'ada').rest.pulls.merge({ owner: 'acme', repo: 'nix', pull_number: 1 });
    expect(await w.git.text(['fsck', '--strict', '--full'])).toBe('');
    expect(await w.git.text(['ls-tree', '-r', '--name-only', 'main'])).toBe(
      `README.md\na.b\na/b/c.txt\nbin/run\n${NIX}\nuv-fod.lock.json\nuv.lock`,
    );
  });

  test.concurrent('shows a pull request as a page on which nothing of it can run', async () => {
    const w = await world();
    await w.publish({
      title: '<script>alert(1)</script>',
      body: '<details><summary>more</summary>\n\n**bold**\n\n</details><script>alert(1)</script>',
    });
    const answer = await fetch(`${w.github.url}/acme/nix/pull/1`);
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    const html = await answer.text();
    expect(html).toContain('&#60;script&#62;alert(1)');
    expect(html).toContain('<strong>bold</strong>');
    expect(html).toContain('<span class="add">+hash = &#34;sha256-new&#34;;</span>');
  });

  test.concurrent('knows its pull requests again in a later process', async () => {
    const w = await world();
    const stateFile = join(w.git.directory, 'github.json');
    const options = {
      repository: 'acme/nix',
      bare: w.git.directory,
      stateFile,
      tokens: { secret: { permissions: { contents: 'write', pull_requests: 'write' } } },
    } as const;
    const first = await startGitHub(options);
    const { createClient } = await import('../../../src/pull-request/github/client.ts');
    const { publish } = await import('../../../src/pull-request/publish.ts');
    const { githubForge } = await import('../../../src/pull-request/github/github.ts');
    const { makeOctokit } = await import('../../../src/pull-request/github/octokit.ts');
    const forgeAt = (url: string) => githubForge(createClient(makeOctokit, 'secret', url, w.log), REPOSITORY);
    expect(await publish(forgeAt(first.url), w.request(), w.log)).toMatchObject({ outcome: 'created' });
    await first.close();
    const second = await startGitHub(options);
    expect(await publish(forgeAt(second.url), w.request(), w.log)).toMatchObject({
      outcome: 'none',
      reason: 'unchanged',
      number: 1,
    });
    expect(second.writes()).toEqual([]);
    await second.close();
  });

  test.concurrent('as a process: says where it is, writes its log, and ends with whoever started it', async () => {
    const w = await world();
    const main = join(import.meta.dirname, '../../support/github/main.ts');
    const log = join(w.git.directory, 'requests.jsonl');
    const args = [
      main,
      '--repository',
      'acme/nix',
      '--bare',
      w.git.directory,
      '--token',
      'secret=contents:read',
      '--log',
      log,
    ];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const { value: line } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
    const { url } = JSON.parse(String(line)) as { url: string };
    expect(
      (await fetch(`${url}/repos/acme/nix`, { headers: { authorization: 'Bearer secret' } })).status,
    ).toBe(200);
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.stdin.end();
    expect(await ended).toBe(0);
    expect(JSON.parse(await readFile(log, 'utf8'))).toMatchObject({
      method: 'GET',
      path: '/repos/acme/nix',
      token: 'GITHUB_TOKEN',
      status: 200,
    });
    await rm(log);
  });

  test.concurrent('answers as GitHub does: stale heads, references that exist, updates that are no fast-forward', async () => {
    const w = await world();
    const { commit = '' } = await w.publish();
    const { rest, graphql } = w.client({}, 'secret');
    const at = { owner: 'acme', repo: 'nix' };
    await expect(rest.git.createRef({ ...at, ref: `refs/heads/${BRANCH}`, sha: w.base })).rejects.toThrow(
      /Reference already exists/,
    );
    await expect(rest.git.updateRef({ ...at, ref: `heads/${BRANCH}`, sha: w.base })).rejects.toThrow(
      /not a fast forward/,
    );
    const mutation =
      'mutation($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }';
    const input = (expectedHeadOid: string) => ({
      branch: { repositoryNameWithOwner: 'acme/nix', branchName: BRANCH },
      expectedHeadOid,
      message: { headline: 'by mutation' },
      fileChanges: { additions: [{ path: 'x', contents: Buffer.from('y').toString('base64') }] },
    });
    await expect(graphql(mutation, { input: input(w.base) })).rejects.toThrow(/Expected branch to point to/);
    const made = await graphql<{ createCommitOnBranch: { commit: { oid: string } } }>(mutation, {
      input: input(commit),
    });
    expect(await w.head()).toBe(made.createCommitOnBranch.commit.oid);
    await expect(graphql('query { repository(owner: "acme", name: "nix") { nonsense } }')).rejects.toThrow(
      /Cannot query field/,
    );
  });

  test('plans faults by method, path and count', () => {
    const faults = plannedFaults([
      { method: 'POST', path: '/pulls', from: 2, times: 2, fault: { kind: 'reset' } },
    ]);
    const request = {
      number: 1,
      write: 1,
      method: 'POST',
      path: '/repos/a/b/pulls',
      query: '',
      token: null,
      body: {},
      status: 0,
    };
    expect([1, 2, 3, 4].map(() => faults(request) !== undefined)).toEqual([false, true, true, false]);
    expect(faults({ ...request, method: 'GET' })).toBeUndefined();
  });
});
