import { afterAll, describe, expect, test } from '@jest/globals';
import { publish } from '../../../src/pull-request/publish.ts';
import { endTemplate, endWorlds, NIX, type World, world } from './world.ts';

afterAll(endWorlds);
afterAll(endTemplate);

const REPOSITORY = { owner: 'acme', repo: 'nix' };
const next = { files: [{ path: NIX, content: 'hash = "sha256-next";\n' }] };
const warnings = (w: World): string[] => w.log.lines.filter((line) => line.startsWith('warning: '));
const methodOf = async (w: World) => (await w.pulls())[0]?.auto_merge?.merge_method;
const nodeOf = async (w: World) => (await w.pulls())[0]?.node_id ?? '';

/** The names of GraphQL's mutations since this was last called. */
const mutations = (w: World): string[] =>
  w.writesSince().flatMap(({ body }) => {
    const { query = '' } = body as { query?: string };
    return /^\s*mutation (\w+)/.exec(query)?.[1] ?? [];
  });

describe('auto-merge', () => {
  test.concurrent('is switched on by the method that is asked for, and once', async () => {
    const w = await world();
    await w.allowAutoMerge();
    const on = 'Auto-merge is enabled for #1 (squash): it is merged once all requirements of `main` are met.';
    expect(await w.publish({ autoMerge: 'squash' })).toMatchObject({ outcome: 'created', autoMerge: on });
    expect(await methodOf(w)).toBe('squash');
    expect(w.log.lines).toContain(on);
    expect(w.log.lines.at(-1)).toMatch(/starts no workflows; with the token of a GitHub App it does/);
    w.writesSince();
    expect(await w.publish({ autoMerge: 'rebase' })).toMatchObject({
      ...{ outcome: 'none', reason: 'unchanged' },
      autoMerge: 'Auto-merge is already enabled for #1.',
    });
    expect(w.writesSince()).toEqual([]);
    expect(await w.publish()).not.toHaveProperty('autoMerge');
    expect(warnings(w)).toEqual([]);
  });

  test.concurrent('takes a method that is allowed where the other is not, and says so', async () => {
    const w = await world();
    await w.allowAutoMerge({ ...REPOSITORY, allow_merge_commit: false, allow_squash_merge: false });
    await w.publish({ autoMerge: 'squash' });
    expect(await methodOf(w)).toBe('rebase');
    expect(warnings(w)).toEqual([
      'warning: The repository does not allow the merge method `squash`, so #1 uses `rebase`.',
    ]);
  });

  test.concurrent('without a method: the first that is allowed, without a word', async () => {
    const w = await world();
    await w.allowAutoMerge({ ...REPOSITORY, allow_merge_commit: false });
    await w.publish({ autoMerge: true });
    expect(await methodOf(w)).toBe('squash');
    expect(warnings(w)).toEqual([]);
  });

  test.concurrent('is a warning where the repository does not allow it, and comes once it does', async () => {
    const w = await world();
    const { outcome, autoMerge } = await w.publish({ autoMerge: 'squash' });
    expect(outcome).toBe('created');
    expect(autoMerge).toMatch(
      /^Auto-merge is not enabled for #1: the repository does not allow it\. Enable "Allow/,
    );
    expect(warnings(w)).toEqual([`warning: ${autoMerge}`]);
    await w.allowAutoMerge();
    w.writesSince();
    expect(await w.publish({ autoMerge: 'squash' })).toMatchObject({ outcome: 'updated' });
    expect(mutations(w)).toEqual(['EnableAutoMerge']);
  });

  test.concurrent('is a warning where the base requires nothing: nothing is merged', async () => {
    const w = await world();
    await w.client({}, 'owner').rest.repos.update({ ...REPOSITORY, allow_auto_merge: true });
    const before = await w.head('main');
    expect(await w.publish({ autoMerge: 'squash' })).toMatchObject({ outcome: 'created' });
    expect(warnings(w)).toEqual([
      expect.stringMatching(
        /it can be merged already \(Pull request Pull request is in clean status\)\. Require a check or a review for `main`/,
      ),
    ]);
    expect(await w.head('main')).toBe(before);
    expect((await w.pulls())[0]?.state).toBe('open');
  });

  test.concurrent('is a warning that names both permissions where the token has one of them', async () => {
    const w = await world({
      tokens: {
        secret: { permissions: { contents: 'write', pull_requests: 'write' } },
        less: { permissions: { contents: 'read', pull_requests: 'write' } },
      },
    });
    await w.publish();
    // Nothing is to be committed, so that the first write of this token is the one for auto-merge.
    const fault = { data: { node: { timelineItems: { nodes: [] }, repository: EVERYTHING } } };
    w.github.setFaults(({ body }) =>
      String((body as { query?: string }).query).startsWith('query AutoMerge')
        ? { kind: 'answer', status: 200, body: fault }
        : undefined,
    );
    const result = await publish(w.forge({}, 'less'), w.request({ autoMerge: true }), w.log);
    expect(result).toMatchObject({ outcome: 'none', reason: 'unchanged' });
    expect(warnings(w)).toEqual([`warning: ${result.autoMerge}`]);
    expect(warnings(w)).toEqual([
      expect.stringMatching(
        /may not enable auto-merge for #1 \(Resource not accessible by integration\)\. It needs `contents: write` and `pull-requests: write`/,
      ),
    ]);
  });

  test.concurrent('that somebody switched off stays off', async () => {
    const w = await world();
    await w.allowAutoMerge();
    await w.publish({ autoMerge: true });
    await w
      .client({}, 'ada')
      .graphql(
        'mutation Off($input: DisablePullRequestAutoMergeInput!) { disablePullRequestAutoMerge(input: $input) { clientMutationId } }',
        {
          input: { pullRequestId: await nodeOf(w) },
        },
      );
    w.writesSince();
    const off = 'Auto-merge of #1 was disabled by ada, so it is not enabled again.';
    expect(await w.publish({ autoMerge: true })).toMatchObject({ outcome: 'none', autoMerge: off });
    expect(w.writesSince()).toEqual([]);
    expect(w.log.lines).toContain(off);
  });

  test.concurrent('is not for a draft', async () => {
    const w = await world();
    await w.allowAutoMerge();
    const { autoMerge } = await w.publish({ autoMerge: true, draft: true });
    expect(autoMerge).toBe('#1 is a draft, so auto-merge is not enabled.');
    expect(await methodOf(w)).toBeUndefined();
    expect(w.log.lines).toContain(autoMerge);
    expect(warnings(w)).toEqual([]);
  });
});

const EVERYTHING = {
  autoMergeAllowed: true,
  mergeCommitAllowed: true,
  squashMergeAllowed: true,
  rebaseMergeAllowed: true,
};

describe('what did not pass verification', () => {
  test.concurrent('is a draft from the start, and ready once it passes', async () => {
    const w = await world();
    await w.allowAutoMerge();
    await w.publish({ isUnverified: true, autoMerge: true });
    expect((await w.pulls())[0]).toMatchObject({ draft: true, auto_merge: null });
    w.writesSince();
    await w.publish({ isUnverified: true, autoMerge: true });
    expect(w.writesSince()).toEqual([]);
    expect(await w.publish({ ...next, autoMerge: true })).toMatchObject({ outcome: 'updated' });
    expect((await w.pulls())[0]).toMatchObject({ draft: false, auto_merge: { merge_method: 'merge' } });
    expect(w.log.lines).toContain('#1 is ready for review: its changes passed verification now.');
  });

  test.concurrent('makes an open pull request a draft before it goes on the branch', async () => {
    const w = await world();
    await w.allowAutoMerge();
    await w.publish({ autoMerge: true });
    w.writesSince();
    await w.publish({ ...next, autoMerge: true, isUnverified: true });
    expect(mutations(w)).toEqual(['ToDraft', 'Move']);
    expect((await w.pulls())[0]).toMatchObject({ draft: true });
  });

  test.concurrent('a draft that a person made ready is left so while nothing changes', async () => {
    const w = await world();
    await w.publish({ isUnverified: true });
    await w
      .client({}, 'ada')
      .graphql(
        'mutation Ready($input: MarkPullRequestReadyForReviewInput!) { markPullRequestReadyForReview(input: $input) { clientMutationId } }',
        {
          input: { pullRequestId: await nodeOf(w) },
        },
      );
    w.writesSince();
    expect(await w.publish({ isUnverified: true })).toMatchObject({ outcome: 'none' });
    expect(w.writesSince()).toEqual([]);
  });

  test.concurrent('does not go where auto-merge is on and no draft can be made', async () => {
    const w = await world({ drafts: false });
    await w.allowAutoMerge();
    const { commit } = await w.publish({ autoMerge: true });
    await expect(w.publish({ ...next, isUnverified: true })).rejects.toThrow(
      /make #1 a draft: Draft pull requests are not supported .* Auto-merge is enabled for #1, so .* not pushed to it/,
    );
    expect(await w.head()).toBe(commit);
  });

  test.concurrent('a draft that the configuration asks for stays one', async () => {
    const w = await world();
    await w.publish({ isUnverified: true, draft: true });
    await w.publish({ ...next, draft: true });
    expect((await w.pulls())[0]).toMatchObject({ draft: true });
  });
});
