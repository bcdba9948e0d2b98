import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { allowHosts } from '../support/scenario/own-pull.ts';
import { git } from '../support/scenario/repository.ts';
import { edit, lockSmall } from '../support/scenario/small.ts';
import { makeWorld, repositoryName, token, type World } from '../support/scenario/world.ts';
import { makeRunner, type Ran, type Runner, type Trigger } from '../support/workflow/act.ts';
import { copyExample } from '../support/workflow/world.ts';

// examples/workflows/check.yml, from a fork's pull request to its result, by act, with the token
// that forks and Dependabot get.
const minutes = 60_000;
const number = 7;
let world: World;
let runner: Runner;
let workflow: string;
let base: string;
let runs = 0;

beforeAll(async () => {
  const readOnly = { permissions: { contents: 'read', pull_requests: 'read' } } as const;
  [world, runner] = await Promise.all([makeWorld({ [token]: readOnly }), makeRunner()]);
  // The base is current, as a repository with this check is.
  const { work } = world.repository;
  await git(work, 'reset', '--quiet', '--hard', world.pinned);
  workflow = await copyExample(world.repository, 'check');
  await allowHosts(work);
  await git(work, 'add', '--all');
  await git(work, 'commit', '--quiet', '--message', 'Check the hash');
  await git(work, 'push', '--quiet', '--force', 'origin', 'HEAD:main');
  base = await world.repository.head();
}, 5 * minutes);
afterAll(async () => {
  await runner?.close();
  await world?.close();
});

/**
 * Commits what is in the working tree as a fork's pull request, which GitHub merges with the base
 * for the job.
 */
async function pullRequest(message: string): Promise<Ran> {
  const { work } = world.repository;
  await git(work, 'add', '--all');
  await git(work, 'commit', '--quiet', '--message', message);
  const head = await git(work, 'rev-parse', 'HEAD');
  const merge = await git(work, 'commit-tree', '-p', base, '-p', head, '-m', 'Merge', `${head}^{tree}`);
  await git(work, 'push', '--quiet', '--force', 'origin', `${head}:refs/pull/${number}/head`);
  await git(work, 'push', '--quiet', '--force', 'origin', `${merge}:refs/pull/${number}/merge`);
  const refs = await world.repository.refs();
  const pull = {
    head: { ref: 'bump-six', sha: head, repo: { full_name: 'somebody/small', fork: true } },
    base: { ref: 'main', sha: base, repo: { full_name: repositoryName } },
  };
  const event = { action: 'synchronize', number, pull_request: pull };
  const ran = await check('pull_request', event, `refs/pull/${number}/merge`, merge);
  // It has read what is in the checkout, asked GitHub nothing and written nothing.
  expect(await world.repository.refs()).toBe(refs);
  expect(world.github.requests).toEqual([]);
  return ran;
}

function check(eventName: Trigger['eventName'], event: object, ref: string, sha: string): Promise<Ran> {
  const { work, bare } = world.repository;
  return runner.run({
    ...{ workflow, eventName, event, ref, sha, work, bare, runId: ++runs },
    ...{ github: world.github.url, repository: repositoryName, token },
  });
}

/**
 * What GitHub tests before it merges the pull request: a commit of its own, on a branch of its own.
 */
async function mergeQueue(): Promise<Ran> {
  const { work } = world.repository;
  const head_sha = await git(work, 'commit-tree', '-p', base, '-m', 'Queued', 'HEAD^{tree}');
  const ref = `refs/heads/gh-readonly-queue/main/pr-${number}-${base}`;
  await git(work, 'push', '--quiet', 'origin', `${head_sha}:${ref}`);
  const merge_group = { head_sha, head_ref: ref, base_sha: base, base_ref: 'refs/heads/main' };
  return check('merge_group', { action: 'checks_requested', merge_group }, ref, head_sha);
}

test(
  'a bump without its hash fails with the right one, its patch makes it pass, and one that does not build fails',
  async () => {
    const { work } = world.repository;
    await lockSmall(work, '1.17.0');
    const stale = await pullRequest('Bump six to 1.17.0');
    expect([stale.code, stale.outputs.get('status')]).toEqual([1, 'stale']);
    const { after } = JSON.parse(stale.outputs.get('hashes') ?? '{}')['x86_64-linux'];
    expect(stale.errors).toEqual([
      { title: 'stale', file: 'default.nix', message: expect.stringContaining(after) },
    ]);
    expect(stale.summary).toMatch(/^## small: stale/);

    const patch = path.join(world.dir, 'stale.patch');
    await writeFile(patch, `${stale.outputs.get('patch')?.replace(/\n?$/, '\n')}`);
    await git(work, 'apply', patch);
    const current = await pullRequest('The hash that the check says');
    expect({
      status: current.outputs.get('status'),
      code: current.code,
      log: current.code === 0 ? '' : current.log,
    }).toEqual({
      ...{ status: 'current', code: 0, log: '' },
    });
    expect(current.log).toContain('python -I -c "import six"');
    expect(current.summary).toMatch(/^## small: current/);

    const queued = await mergeQueue();
    expect([queued.code, queued.outputs.get('status')]).toEqual([0, 'current']);

    await edit(world.repository, 'default.nix', (text) => text.replace('[ "six" ', '[ "seven" '));
    const broken = await pullRequest('Ask for a module that is not there');
    expect([broken.code, broken.outputs.get('status')]).toEqual([1, 'does-not-build']);
  },
  10 * minutes,
);
