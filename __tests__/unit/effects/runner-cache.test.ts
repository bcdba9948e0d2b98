import { describe, expect, test } from '@jest/globals';
import { runnerBuilds } from '../../../src/effects/runner-cache.ts';

const hosted = { RUNNER_ENVIRONMENT: 'github-hosted', ACTIONS_CACHE_URL: 'http://127.0.0.1:9/', HOME: '/h' };

describe('builds in the runner’s cache', () => {
  test('are kept at one place', () => {
    expect(runnerBuilds(hosted, true).builds).toMatchObject({
      folder: '/h/.cache/uv-fod/builds-1',
      maySave: true,
    });
  });

  test.each([
    ['a machine that keeps its store', { RUNNER_ENVIRONMENT: 'self-hosted' }],
    ['a runner that does not say what it is', { RUNNER_ENVIRONMENT: undefined }],
    ['a runner without a cache', { ACTIONS_CACHE_URL: '' }],
    ['a user without a home', { HOME: undefined }],
  ])('%s has none', (_, other) => {
    expect(runnerBuilds({ ...hosted, ...other }, true)).toEqual({});
  });
});
