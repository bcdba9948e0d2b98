import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  type Pull,
  type PullActOptions,
  type PullWorld,
  pullEvent,
  pullWorld,
} from '../support/scenario/own-pull.ts';
import { git } from '../support/scenario/repository.ts';
import { repositoryName, token } from '../support/scenario/world.ts';

// `update` on pull requests where it can't work: an error before anything is computed.
const minutes = 60_000;
const reader = 'a-token-that-reads';

let world: PullWorld;
let pull: Pull;
beforeAll(async () => {
  world = await pullWorld(token, { [reader]: { permissions: { contents: 'read', pull_requests: 'read' } } });
  pull = await world.open('renovate/six', world.stale);
}, 2 * minutes);
afterAll(() => world?.close());

/** One coded error; no request, no plan, nothing written. */
async function expectRefused(code: string, options: PullActOptions): Promise<string> {
  const refs = await world.repository.refs();
  const run = await pull.act(options);
  expect(run.errors.map(({ title }) => title)).toEqual([code]);
  expect({ code: run.code, left: run.left, requests: run.requests }).toEqual({
    ...{ code: 1, left: '', requests: [] },
  });
  expect(run.log).not.toContain('Plan of');
  expect(await world.repository.refs()).toBe(refs);
  return run.errors[0]?.message ?? '';
}

test('the merge commit is checked out: the error has the ref to set', async () => {
  const merge = async (workspace: string): Promise<string> => {
    await git(workspace, 'fetch', '--quiet', '--unshallow', 'origin', 'main');
    const tree = await git(workspace, 'rev-parse', 'FETCH_HEAD^{tree}');
    const parents = ['-p', 'FETCH_HEAD', '-p', world.stale];
    const commit = await git(workspace, 'commit-tree', tree, ...parents, '-m', 'Merge');
    await git(workspace, 'checkout', '--quiet', '--detach', commit);
    return commit;
  };
  const message = await expectRefused('head-not-checked-out', {
    prepare: async (workspace) => void (await merge(workspace)),
  });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
  expect(message).toContain('ref: ${{ github.event.pull_request.head.sha }}');
  expect(message).toContain(world.stale);
});

test('the base is checked out', () =>
  expectRefused('head-not-checked-out', {
    prepare: async (workspace) => {
      await git(workspace, 'fetch', '--quiet', '--depth=1', 'origin', world.base);
      await git(workspace, 'checkout', '--quiet', '--detach', world.base);
    },
  }));

const of = (head: object, number = 1): object => pullEvent(head, number, world.stale, world.base);
const refused: [string, string, () => PullActOptions][] = [
  ['a fork', 'untrusted-event', () => ({ event: of({ repo: { id: 2, full_name: 'them/small' } }) })],
  ['a fork that was deleted', 'untrusted-event', () => ({ event: of({ repo: null }) })],
  [
    'the default branch into another',
    'pull-request-event',
    () => ({ event: { ...of({}), repository: { full_name: repositoryName, default_branch: 'patch' } } }),
  ],
  ['a branch that is no name', 'pull-request-event', () => ({ event: of({ ref: 'a..b' }) })],
  ['pull_request_target', 'pull-request-event', () => ({ step: { eventName: 'pull_request_target' } })],
  [
    ...(['a merge queue', 'merge-group'] as const),
    () => ({
      step: {
        ...{ eventName: 'merge_group', ref: `refs/heads/gh-readonly-queue/main/pr-1-${world.base}` },
        event: {
          action: 'checks_requested',
          merge_group: { base_sha: world.base, head_sha: world.stale },
          repository: { full_name: repositoryName },
        },
      },
    }),
  ],
];
test.each(refused)('%s: %s', async (_, code, options) => {
  await expectRefused(code, options());
});

test.each(['true', 'false'])(
  'a token that may not write, verify %s: the error has the permission, nothing is built or written',
  async (verify) => {
    const refs = await world.repository.refs();
    const inputs = { token: reader, verify, 'skip-second-derivation': 'true' };
    const run = await pull.act({ inputs });
    expect(run.errors.map(({ title }) => title)).toEqual(['token-permission']);
    expect(run.errors[0]?.message).toContain('contents: write');
    expect({ code: run.code, refs: await world.repository.refs() }).toEqual({ code: 1, refs });
    expect(run.log).not.toContain('::group::Nix: build of');
  },
);

test('a push to a branch that is not the default one, unless the base is set', async () => {
  const repository = { id: 1, full_name: repositoryName, default_branch: 'main' };
  const step = {
    ...{ eventName: 'push', ref: 'refs/heads/renovate/six', sha: world.stale },
    event: { ref: 'refs/heads/renovate/six', before: world.pinned, after: world.stale, repository },
  };
  await expectRefused('base-not-asked', { step });
  const asked = { base: 'renovate/six', verify: 'false', 'skip-second-derivation': 'true' };
  const run = await pull.act({ step, inputs: asked });
  expect([run.code, run.outputs.get('outcome')]).toEqual([0, 'created']);
  expect(await world.repository.log('renovate/six..uv-fod/small')).toMatch(/^[0-9a-f]{40} [^\n]+$/);
});

test('a merge queue is checked: the hash is stale, by the configuration of the commit below the group', async () => {
  const merge_group = { base_sha: world.base, head_sha: world.stale };
  const event = { action: 'checks_requested', merge_group, repository: { full_name: repositoryName } };
  const ref = `refs/heads/gh-readonly-queue/main/pr-1-${world.base}`;
  const inputs = { mode: 'check', token: '', attribute: '' };
  const run = await pull.act({ inputs, step: { eventName: 'merge_group', ref, event } });
  expect([run.code, run.outputs.get('status'), run.requests]).toEqual([3, 'stale', []]);
});

test('a fork is checked as before: the summary has the patch', async () => {
  const inputs = { mode: 'check', token: '' };
  const run = await pull.act({ inputs, event: of({ repo: { id: 2, full_name: 'them/small' } }) });
  expect([run.code, run.requests]).toEqual([3, []]);
  expect(run.summary).toContain('git apply');
});
