import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { git } from '../support/scenario/repository.ts';
import { makeWorld, repositoryName, token, type World } from '../support/scenario/world.ts';
import { makeRunner, type Runner } from '../support/workflow/act.ts';
import { copyExample } from '../support/workflow/world.ts';

// examples/workflows/bump.yml, from a push that changes uv.lock to the pull request, by act.
const minutes = 60_000;
let world: World;
let runner: Runner;
let runs = 0;

beforeAll(async () => {
  // What the example's `permissions:` give, and no more.
  const permissions = { contents: 'write', pull_requests: 'write' } as const;
  [world, runner] = await Promise.all([makeWorld({ [token]: { permissions } }), makeRunner()]);
}, 5 * minutes);
afterAll(async () => {
  await runner?.close();
  await world?.close();
});

/** What GitHub does when somebody pushes to main. */
async function push(workflow: string, before: string) {
  const { repository, github } = world;
  const after = await repository.head();
  const event = { ref: 'refs/heads/main', before, after, deleted: false };
  runs += 1;
  return runner.run({
    ...{ workflow, event, eventName: 'push', ref: 'refs/heads/main', sha: after, runId: runs },
    ...{
      work: repository.work,
      bare: repository.bare,
      github: github.url,
      repository: repositoryName,
      token,
    },
  });
}

test(
  'a push that changes uv.lock ends in one pull request with the new hash, and merging it in nothing',
  async () => {
    const { repository, github } = world;
    const workflow = await copyExample(repository, 'bump');
    await repository.push('Keep the hash current');
    const refs = await repository.refs();

    const first = await push(workflow, world.pinned);
    expect({ code: first.code, log: first.code === 0 ? '' : first.log }).toEqual({ code: 0, log: '' });
    expect(first.outputs.get('outcome')).toBe('created');
    expect(first.log).toContain('six 1.16.0 → 1.17.0');
    expect(first.summary).toContain('six');
    // The branch is new; nothing else moved.
    const commit = await repository.head('uv-fod/small');
    expect((await repository.refs()).split('\n').filter((line) => !refs.includes(line))).toEqual([
      `refs/heads/uv-fod/small ${commit}`,
    ]);
    const { after } = JSON.parse(first.outputs.get('hashes') ?? '{}')['x86_64-linux'];
    const diff = await repository.diff('main', 'uv-fod/small');
    expect(diff).toContain(`+    hash = "${after}";`);
    expect(await git(repository.bare, 'diff', '--name-only', 'main', 'uv-fod/small')).toBe(
      'default.nix\nuv-fod.lock.json',
    );
    const number = Number(first.outputs.get('pull-request-number'));
    const pull = await (await fetch(`${github.url}/repos/${repositoryName}/pulls/${number}`)).json();
    expect(pull).toMatchObject({
      state: 'open',
      head: { ref: 'uv-fod/small', sha: commit },
      base: { ref: 'main' },
    });

    expect((pull as { body: string }).body).toContain('Approve workflows to run');

    const before = await repository.head();
    await repository.merge('uv-fod/small');
    expect(await readFile(path.join(repository.work, 'default.nix'), 'utf8')).toContain(after);
    const writes = github.writes().length;
    const second = await push(workflow, before);
    expect([second.code, second.outputs.get('outcome')]).toEqual([0, 'current']);
    expect(github.writes()).toHaveLength(writes);
  },
  10 * minutes,
);
