import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Fault } from '../support/github/types.ts';
import { type Pull, type PullWorld, pullWorld } from '../support/scenario/own-pull.ts';
import { git } from '../support/scenario/repository.ts';
import { token } from '../support/scenario/world.ts';

// `update` on pull requests that change while it runs.
const minutes = 60_000;
const inputs = { verify: 'false', 'skip-second-derivation': 'true' };
const place = { owner: 'you', repo: 'small' };
/** Requests of a run that pushes: heads, pull requests, history, tree, commit, branch. */
const requests = [1, 2, 3, 4, 5, 6];

let world: PullWorld;
let count = 0;
beforeAll(async () => {
  world = await pullWorld(token);
}, 2 * minutes);
afterAll(() => world?.close());

const bare = (...args: string[]): Promise<string> => git(world.repository.bare, ...args);

async function open(): Promise<Pull & { branch: string }> {
  const branch = `renovate/race-${++count}`;
  return { ...(await world.open(branch, world.stale)), branch };
}

/** Someone's commit on top of a branch. */
async function moveOn(branch: string): Promise<string> {
  const commit = await bare('commit-tree', `${branch}^{tree}`, '-p', branch, '-m', 'Theirs');
  await bare('update-ref', `refs/heads/${branch}`, commit);
  return commit;
}

/** Does something, or breaks a request, when the n-th request of the run comes. */
function at(n: number, what: () => Promise<Fault | undefined>): void {
  const before = world.github.requests.length;
  world.github.setFaults(async ({ number }) => (number === before + n ? what() : undefined));
}
async function act(pull: Pull) {
  try {
    const run = await pull.act({ inputs });
    return { ...run, found: [run.code, run.errors[0]?.title, run.outputs.get('outcome')] };
  } finally {
    world.github.setFaults();
  }
}

const reasonOf = ({ outputs }: Awaited<ReturnType<Pull['act']>>): unknown =>
  (JSON.parse(outputs.get('results') ?? '[]') as { reason?: unknown }[])[0]?.reason;

describe('while it runs', () => {
  test('without disturbance it makes these requests', async () => {
    const pull = await open();
    const run = await act(pull);
    expect(run.found).toEqual([8, 'pushed', 'pushed']);
    expect(run.requests.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual([
      ...['POST graphql', 'GET pulls', expect.stringContaining('GET ')],
      ...['POST trees', 'POST commits', 'POST graphql'],
    ]);
    expect(run.requests).toHaveLength(requests.length);
  });

  test.each(requests)('the head moves at request %d: their commit stays the head', async (n) => {
    const pull = await open();
    let theirs = '';
    at(n, async () => {
      theirs = await moveOn(pull.branch);
      return undefined;
    });
    const run = await act(pull);
    expect(run.found).toEqual([8, 'not-pushed', 'none']);
    expect(reasonOf(run)).toBe('head-moved');
    expect(run.log).toContain(`to ${theirs}`);
    expect(await pull.head()).toBe(theirs);
  });

  test('the next run pushes on top of their commit', async () => {
    const pull = await open();
    at(requests.length, async () => {
      await moveOn(pull.branch);
      return undefined;
    });
    expect((await act(pull)).found).toEqual([8, 'not-pushed', 'none']);
    expect((await act(pull)).found).toEqual([8, 'pushed', 'pushed']);
  });

  test.each(requests)('the branch is deleted at request %d: it is not created again', async (n) => {
    const pull = await open();
    at(n, async () => {
      await bare('update-ref', '-d', `refs/heads/${pull.branch}`);
      return undefined;
    });
    const run = await act(pull);
    expect(run.found).toEqual([8, 'not-pushed', 'none']);
    expect(['branch-deleted', 'pull-request-closed']).toContain(reasonOf(run));
    expect(await bare('for-each-ref', `refs/heads/${pull.branch}`)).toBe('');
  });

  test.each(['drop', 'reset', 'cut'] as const)('the last request breaks (%s): one commit', async (kind) => {
    const pull = await open();
    at(requests.length, async () => ({ kind }));
    expect((await act(pull)).found).toEqual([8, 'pushed', 'pushed']);
    expect(await bare('rev-parse', `${pull.branch}^`)).toBe(world.stale);
  });

  test(
    'others run for the same head: one of them pushes',
    async () => {
      const pull = await open();
      const runs = await Promise.all([1, 2, 3, 4].map(() => pull.act({ inputs })));
      expect(runs.map(({ outputs }) => outputs.get('outcome')).sort()).toEqual([
        ...['none', 'none', 'none', 'pushed'],
      ]);
      expect(await bare('rev-parse', `${pull.branch}^`)).toBe(world.stale);
    },
    2 * minutes,
  );
});

describe('a pull request that changed since its event', () => {
  const close = ({ number }: Pull) =>
    world.rest().pulls.update({ ...place, pull_number: number, state: 'closed' });
  const changes: [string, string, (pull: Pull & { branch: string }) => Promise<unknown>][] = [
    ['was pushed to', 'head-moved', ({ branch }) => moveOn(branch)],
    ['was closed', 'pull-request-closed', close],
    [
      'has no branch any more',
      'branch-deleted',
      ({ branch }) => bare('update-ref', '-d', `refs/heads/${branch}`),
    ],
    // The last one, because the base has all of it then.
    [
      'was merged',
      'pull-request-closed',
      async ({ branch }) => {
        const tree = await bare('rev-parse', 'main^{tree}');
        const merge = await bare('commit-tree', tree, '-p', 'main', '-p', branch, '-m', 'Merge');
        await bare('update-ref', 'refs/heads/main', merge);
      },
    ],
  ];
  test.each(changes)('%s: %s, nothing is written', async (_, reason, change) => {
    const pull = await open();
    const sha = await pull.head();
    await change(pull);
    const refs = await world.repository.refs();
    const run = await pull.act({ inputs, sha });
    expect([run.code, run.outputs.get('outcome'), reasonOf(run)]).toEqual([8, 'none', reason]);
    expect(run.log).toContain('so nothing is written');
    expect(run.requests.filter(({ write }) => write > 0)).toEqual([]);
    expect(await world.repository.refs()).toBe(refs);
  });
});
