import { describe, expect, test } from '@jest/globals';
import { readTrigger } from '../../../src/action/context.ts';
import type { Inputs } from '../../../src/action/inputs.ts';

const inputs = { base: 'main' } as Inputs;
const event = (name: string, payload: Readonly<Record<string, unknown>> = {}) => ({
  ...{ name, payload, ref: 'refs/heads/main', repo: { owner: 'you', repo: 'small' }, runId: 1 },
  ...{ apiUrl: 'https://api.github.com', serverUrl: 'https://github.com' },
});
const pull = { pull_request: { base: { sha: 'a', ref: 'main' }, head: { ref: 'theirs' } } };

describe('whether nothing that was proposed takes part', () => {
  test.each(['push', 'schedule', 'workflow_dispatch', 'repository_dispatch'])('%s: yes', (name) => {
    expect(readTrigger(event(name), inputs).isOwn).toBe(true);
  });

  // All but the first two run beside the base branch's own caches.
  test.each([
    ['pull_request', pull],
    ['push', pull],
    ['pull_request_target', pull],
    ['issue_comment', { issue: { pull_request: {} } }],
    ['workflow_run', { workflow_run: { event: 'pull_request' } }],
    ['merge_group', {}],
  ])('%s: no', (name, payload) => {
    expect(readTrigger(event(name, payload), inputs).isOwn).toBe(false);
  });
});
