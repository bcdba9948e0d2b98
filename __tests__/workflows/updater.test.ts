import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeReleasedWorld, type ReleasedWorld } from '../support/scenario/released-world.ts';
import { makeRunner, type Ran, type Runner } from '../support/workflow/act.ts';
import { copyExample } from '../support/workflow/world.ts';

// examples/workflows/updater.yml, from the clock to the pull request, by act.
const minutes = 60_000;
const token = 'a-token-of-the-runner';
const name = 'you/packages';
let world: ReleasedWorld;
let runner: Runner;
let workflow: string;
let runs = 0;

beforeAll(async () => {
  // What the example's `permissions:` give, and no more.
  const permissions = { contents: 'write', pull_requests: 'write' } as const;
  world = await makeReleasedWorld({
    ...{ name, tokens: { [token]: { permissions } } },
    prepare: async (repository) => {
      workflow = await copyExample(repository, 'updater');
    },
  });
  runner = await makeRunner();
}, 5 * minutes);
afterAll(async () => {
  await runner?.close();
  await world?.close();
});

async function start(eventName: 'schedule' | 'workflow_dispatch', event: object): Promise<Ran> {
  const { repository, github } = world;
  const sha = await repository.head();
  runs += 1;
  const ran = await runner.run({
    ...{ workflow, eventName, event, sha, ref: 'refs/heads/main', runId: runs, token },
    ...{ work: repository.work, bare: repository.bare, github: github.url, repository: name },
  });
  expect({ code: ran.code, log: ran.code === 0 ? '' : ran.log }).toEqual({ code: 0, log: '' });
  return ran;
}

const byTheClock = () =>
  start('schedule', { schedule: '17 4 * * *', repository: { default_branch: 'main' } });

test(
  'a release appears, the clock strikes, and one pull request brings all that follows from it; then nothing does',
  async () => {
    const { upstream, repository, github } = world;
    await upstream.release('1.1.0', '1.17.0');
    const found = await byTheClock();
    expect(found.outputs.get('outcome')).toBe('created');
    const number = Number(found.outputs.get('pull-request-number'));
    const pull = await (await fetch(`${github.url}/repos/${name}/pulls/${number}`)).json();
    expect(pull).toMatchObject({
      title: 'small: 1.0.0 → 1.1.0',
      state: 'open',
      labels: [expect.objectContaining({ name: 'dependencies' })],
    });
    const diff = await repository.diff('main', 'uv-fod/small');
    expect(diff).toContain('+  version = "1.1.0";');
    // The source, the second output, and the dependencies of both systems.
    expect(diff.match(/^\+.*(hash|-linux) = "sha.*$/gim)).toHaveLength(4);
    expect(found.summary).toContain('1.1.0');

    const writes = github.writes().length;
    const again = await start('workflow_dispatch', { ref: 'refs/heads/main' });
    expect([again.outputs.get('outcome'), again.outputs.get('pull-request-number')]).toEqual([
      'none',
      String(number),
    ]);
    await repository.merge('uv-fod/small');
    expect((await byTheClock()).outputs.get('outcome')).toBe('current');
    expect(github.writes()).toHaveLength(writes);
  },
  10 * minutes,
);
