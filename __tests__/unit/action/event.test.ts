import { expect, test } from '@jest/globals';
import { readEvent } from '../../../src/action/event.ts';

const environment = {
  GITHUB_EVENT_NAME: 'push',
  GITHUB_EVENT_PATH: '/event.json',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_REPOSITORY: 'you/small',
  GITHUB_RUN_ID: '7',
};

test('the event is what the runner tells', () => {
  const read = (file: string): string | undefined =>
    file === '/event.json' ? '{ "before": "abc" }' : undefined;
  expect(readEvent(environment, read)).toEqual({
    ...{ name: 'push', payload: { before: 'abc' }, ref: 'refs/heads/main', runId: 7 },
    repo: { owner: 'you', repo: 'small' },
    ...{ apiUrl: 'https://api.github.com', serverUrl: 'https://github.com' },
  });
});

test.each([['null'], ['[]'], [''], [undefined]])('an event of %j has no payload to speak of', (text) => {
  expect(readEvent(environment, () => text).payload).toEqual({});
});
