import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeWorld, repositoryName, token, type World } from '../support/scenario/world.ts';
import { makeRunner, type Runner } from '../support/workflow/act.ts';
import { copyExample } from '../support/workflow/world.ts';

// examples/workflows/two-jobs.yml, from a push to the pull request of the second job, by act.
const minutes = 60_000;
let world: World;
let runner: Runner;

beforeAll(async () => {
  const permissions = { contents: 'write', pull_requests: 'write' } as const;
  [world, runner] = await Promise.all([makeWorld({ [token]: { permissions } }), makeRunner()]);
}, 5 * minutes);
afterAll(async () => {
  await runner?.close();
  await world?.close();
});

test(
  'one job computes, the other publishes without Nix',
  async () => {
    const { repository, github } = world;
    const workflow = await copyExample(repository, 'two-jobs');
    await repository.push('Keep the hash current, in two jobs');
    const after = await repository.head();
    const ran = await runner.run({
      ...{ workflow, eventName: 'push', ref: 'refs/heads/main', sha: after, runId: 1, token },
      event: { ref: 'refs/heads/main', before: world.pinned, after, deleted: false },
      ...{ work: repository.work, bare: repository.bare, github: github.url, repository: repositoryName },
    });
    expect({ code: ran.code, log: ran.code === 0 ? '' : ran.log }).toEqual({ code: 0, log: '' });
    expect(ran.outputs.get('outcome')).toBe('created');
    const pull = await (await fetch(`${github.url}/repos/${repositoryName}/pulls/1`)).json();
    const head = { ref: 'uv-fod/small', sha: await repository.head('uv-fod/small') };
    expect(pull).toMatchObject({ state: 'open', head, base: { ref: 'main' } });
    expect(await repository.diff('main', 'uv-fod/small')).toMatch(/^\+ +hash = "sha256-/m);
  },
  10 * minutes,
);
