import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { git } from '../support/scenario/repository.ts';
import { edit, lockSmall } from '../support/scenario/small.ts';
import { makeWorld, repositoryName, token, type World } from '../support/scenario/world.ts';
import { makeRunner, type Ran, type Runner } from '../support/workflow/act.ts';
import { copyExample } from '../support/workflow/world.ts';

// examples/workflows/check.yml, from a fork's pull request to its result, by act, with the token that forks and Dependabot get.
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
  await writeFile(path.join(work, '.github/uv-fod.toml'), await allowing(path.join(work, 'uv.lock')));
  await git(work, 'add', '--all');
  await git(work, 'commit', '--quiet', '--message', 'Check the hash');
  await git(work, 'push', '--quiet', '--force', 'origin', 'HEAD:main');
  base = await world.repository.head();
}, 5 * minutes);
afterAll(async () => {
  await runner?.close();
  await world?.close();
});

/** The base's configuration: test machines have their index at an address that a stranger's lock alone would not be followed to. */
async function allowing(lock: string): Promise<string> {
  const addresses = (await readFile(lock, 'utf8')).matchAll(/"(https?:\/\/[^"]+)"/g);
  const hosts = new Set([...addresses].map(([, url = '']) => new URL(url).host));
  return `allowed-hosts = ${JSON.stringify([...hosts])}\n\n[[package]]\nattribute = "small"\n`;
}

/** Commits what is in the working tree as a fork's pull request, which GitHub merges with the base for the job. */
async function pullRequest(message: string): Promise<Ran> {
  const { work, bare } = world.repository;
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
  runs += 1;
  const ran = await runner.run({
    ...{ workflow, eventName: 'pull_request', event: { action: 'synchronize', number, pull_request: pull } },
    ...{ ref: `refs/pull/${number}/merge`, sha: merge, runId: runs, work, bare },
    ...{ github: world.github.url, repository: repositoryName, token },
  });
  // It has read what is in the checkout, asked GitHub nothing and written nothing.
  expect(await world.repository.refs()).toBe(refs);
  expect(world.github.requests).toEqual([]);
  return ran;
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

    await edit(world.repository, 'default.nix', (text) => text.replace('[ "six" ', '[ "seven" '));
    const broken = await pullRequest('Ask for a module that is not there');
    expect([broken.code, broken.outputs.get('status')]).toEqual([1, 'does-not-build']);
  },
  10 * minutes,
);
