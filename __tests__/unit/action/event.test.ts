import { expect, test } from '@jest/globals';
import { readEvent } from '../../../src/action/event.ts';

const environment = {
  GITHUB_EVENT_NAME: 'push',
  GITHUB_EVENT_PATH: '/event.json',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_REPOSITORY: 'you/small',
  GITHUB_RUN_ID: '7',
};

test('the event is what the runner describes', async () => {
  const read = async (file: string): Promise<string | undefined> =>
    file === '/event.json' ? '{ "before": "abc" }' : undefined;
  expect(await readEvent(environment, read)).toEqual({
    ...{ name: 'push', payload: { before: 'abc' }, ref: 'refs/heads/main', sha: '', runId: 7 },
    runPage: 'https://github.com/you/small/actions/runs/7',
    repo: { owner: 'you', repo: 'small' },
    ...{ apiUrl: 'https://api.github.com', serverUrl: 'https://github.com' },
  });
});

test.each([
  ['GitHub', {}, 7],
  ['Gitea', { GITEA_ACTIONS: 'true' }, 7],
  ['Forgejo', { GITEA_ACTIONS: 'true', FORGEJO_ACTIONS: 'true' }, 3],
])('the page of a run of %s', async (_, marks, run) => {
  const given = {
    ...environment,
    ...marks,
    GITHUB_RUN_NUMBER: '3',
    GITHUB_SERVER_URL: 'https://git.example',
  };
  const { runPage } = await readEvent(given, async () => undefined);
  expect(runPage).toBe(`https://git.example/you/small/actions/runs/${run}`);
});

test.each([['null'], ['[]'], ['{}'], ['7'], ['{'], [''], ['['.repeat(100_000)], [undefined]])(
  'an event of %j has no payload',
  async (text) => {
    expect((await readEvent(environment, async () => text)).payload).toBeUndefined();
  },
);
