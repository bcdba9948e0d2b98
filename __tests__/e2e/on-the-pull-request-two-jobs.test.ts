import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Pull, type PullWorld, pullEvent, pullWorld } from '../support/scenario/own-pull.ts';
import { git } from '../support/scenario/repository.ts';
import {
  type Published,
  type Publishing,
  result,
  type TwoJobs,
  twoJobs,
} from '../support/scenario/two-jobs.ts';
import { all, token } from '../support/scenario/world.ts';

// On a pull request one job computes without a token; at its end `workflow_run` starts another that
// publishes with one, and without Nix.
const minutes = 60_000;
const place = { owner: 'you', repo: 'small' };
/** Requests of a run that pushes: the pull request, then as in one job. */
const requests = [1, 2, 3, 4, 5, 6, 7];

let world: PullWorld;
let jobs: TwoJobs;
let computed: string;
let count = 0;

beforeAll(async () => {
  const permissions = { ...all.permissions, statuses: 'write' } as const;
  world = await pullWorld(token, { [token]: { permissions } });
  jobs = await twoJobs(world);
}, 2 * minutes);
afterAll(async () => {
  await world?.close();
  await jobs?.close();
});

const bare = (...args: string[]): Promise<string> => git(world.repository.bare, ...args);
const open = async (): Promise<Opened> => {
  const branch = `renovate/two-${++count}`;
  return { ...(await world.open(branch, world.stale)), branch };
};
type Opened = Pull & { readonly branch: string };

const compute: TwoJobs['compute'] = (...given) => jobs.compute(...given);
const publish = (branch: string, options: Partial<Publishing> = {}): Promise<Published> =>
  jobs.publish(branch, { files: { [result]: computed }, ...options });

test(
  'a stale head: one job fails with the result, the other commits it; then both have nothing to do',
  async () => {
    const pull = await open();
    const stale = await compute(pull);
    computed = stale.text;
    expect([stale.code, stale.errors.map(({ title }) => title)]).toEqual([8, ['needs-commit']]);
    expect([stale.outputs.get('outcome'), stale.outputs.get('changed')]).toEqual(['changed', 'true']);
    expect({ left: stale.left, requests: stale.requests }).toEqual({ left: `?? ${result}`, requests: [] });

    const main = await world.repository.head();
    const run = await publish(pull.branch);
    const head = await pull.head();
    expect({ found: run.found, log: run.code === 0 ? '' : run.log }).toEqual({
      ...{ found: [0, undefined, 'pushed'], log: '' },
    });
    expect([run.outputs.get('pull-request-number'), run.outputs.get('commit')]).toEqual([
      ...[String(pull.number), head],
    ]);
    expect(await bare('rev-parse', `${head}^@`)).toBe(world.stale);
    expect(await bare('diff', '--name-only', world.stale, head)).toBe('default.nix\nuv-fod.lock.json');
    // No file of the pull request was checked out, and the base is as it was.
    expect([run.left, run.checkedOut, await world.repository.head()]).toEqual(['', main, main]);
    expect((await world.rest().pulls.list(place)).data).toHaveLength(1);
    expect(run.requests).toHaveLength(requests.length);

    const current = await compute(pull);
    expect([current.code, current.outputs.get('changed')]).toEqual([0, 'false']);
    const event = pullEvent({ ref: pull.branch }, pull.number, head, main);
    const idle = await publish(pull.branch, { run: { event }, files: { [result]: current.text } });
    expect([idle.found, idle.requests.map(({ write }) => write)]).toEqual([[0, undefined, 'current'], [0]]);
  },
  5 * minutes,
);

test(
  'fail-after-push: false, and the computing job ends with 0',
  async () => {
    const inputs = { 'fail-after-push': 'false', verify: 'false', 'skip-second-derivation': 'true' };
    expect((await compute(await open(), inputs)).code).toBe(0);
  },
  2 * minutes,
);

describe('nothing is published, and nothing asked', () => {
  const set = (name: string, value: object | string) => (payload: object) => {
    const { workflow_run: run, ...rest } = payload as { workflow_run: object };
    return { ...rest, workflow_run: { ...run, [name]: value } };
  };
  const cases: [string, string, Partial<Publishing>][] = [
    ['the run was for another event', 'untrusted-event', { run: { eventName: 'push' } }],
    [
      'the run was of a fork',
      'untrusted-event',
      { payload: set('head_repository', { id: 2, full_name: 'you/small' }) },
    ],
    ['the repository of the run was deleted', 'untrusted-event', { payload: set('head_repository', {}) }],
    ['the run was for the default branch', 'untrusted-event', { payload: set('head_branch', 'main') }],
    ['its branch is no name', 'untrusted-event', { payload: set('head_branch', '--force') }],
    ['its head is no commit', 'untrusted-event', { payload: set('head_sha', 'main') }],
    [
      'the run was of another workflow, with the same name',
      'untrusted-event',
      { run: { path: '.github/workflows/theirs.yml' } },
    ],
    ['the workflow is not set', 'input-invalid', { inputs: { 'compute-workflow': '' } }],
    ['the result is of another commit', 'result-refused', { payload: set('head_sha', '5'.repeat(40)) }],
    ['the artifact has two results', 'result-refused', { files: { [result]: '{}', 'more.json': '{}' } }],
    ['the artifact has another file', 'result-refused', { files: { [result]: '{}', 'run.sh': '' } }],
    [
      'the result has more than 5 MB',
      'result-refused',
      { files: { [result]: `{${' '.repeat(5 * 1024 * 1024)}}` } },
    ],
  ];
  test.each(cases)(
    'if %s: %s',
    async (_, title, options) => {
      const pull = await open();
      const run = await publish(pull.branch, options);
      expect({ found: run.found, requests: run.requests }).toEqual({
        ...{ found: [1, title, undefined], requests: [] },
      });
      expect(await pull.head()).toBe(world.stale);
    },
    minutes,
  );

  test(
    'if the run left no result, which is no error',
    async () => {
      const pull = await open();
      const run = await publish(pull.branch, { files: {} });
      expect([run.found, run.reason, run.requests]).toEqual([[0, undefined, 'none'], 'no-result', []]);
      expect(run.log).toContain('so nothing is written');
    },
    minutes,
  );
});

test(
  'a result with another hash is refused as after a push',
  async () => {
    const pull = await open();
    const text = computed.replace(/(sha256-)[^"\\]{4}/g, '$1AAAA');
    const run = await publish(pull.branch, { files: { [result]: text } });
    expect([run.found, await pull.head()]).toEqual([[1, 'result-refused', undefined], world.stale]);
  },
  minutes,
);

test(
  'a commit status says what the publishing job did, not what the other one claims',
  async () => {
    const pull = await open();
    const run = await publish(pull.branch, { inputs: { 'commit-status': 'true' } });
    const [status] = run.requests.filter(({ path: at }) => at.includes('/statuses/'));
    expect([status?.path.split('/').at(-1), status?.body]).toEqual([
      await pull.head(),
      expect.objectContaining({
        ...{ state: 'success', context: 'uv-fod/small' },
        description: 'Hash computed from uv.lock; nothing was built',
      }),
    ]);
  },
  minutes,
);

test(
  'twenty publish the same result at once: one of them commits',
  async () => {
    const pull = await open();
    const runs = await Promise.all(Array.from({ length: 20 }, () => publish(pull.branch)));
    expect(runs.map(({ code, outputs }) => [code, outputs.get('outcome')]).sort()).toEqual([
      ...[...Array.from({ length: 19 }, () => [0, 'none']), [0, 'pushed']],
    ]);
    expect(await bare('rev-parse', `${pull.branch}^`)).toBe(world.stale);
  },
  3 * minutes,
);

/** Someone's commit on top of a branch. */
async function moveOn(branch: string): Promise<void> {
  const commit = await bare('commit-tree', `${branch}^{tree}`, '-p', branch, '-m', 'Theirs');
  await bare('update-ref', `refs/heads/${branch}`, commit);
}
const remove = (branch: string): Promise<unknown> => bare('update-ref', '-d', `refs/heads/${branch}`);

describe('a pull request that changed since', () => {
  const changes: [string, string, (pull: Opened) => Promise<unknown>][] = [
    ['was pushed to', 'head-moved', ({ branch }) => moveOn(branch)],
    [
      'was closed',
      'pull-request-closed',
      ({ number }) => world.rest().pulls.update({ ...place, pull_number: number, state: 'closed' }),
    ],
    ['has no branch any more', 'pull-request-closed', ({ branch }) => remove(branch)],
    [
      'has a second one for its branch',
      'several-pull-requests',
      async ({ branch }) => {
        await bare('branch', '--force', 'stable', 'main');
        await world.rest().pulls.create({ ...place, title: 'Again', head: branch, base: 'stable' });
      },
    ],
  ];
  test.each(changes)(
    '%s: %s, and nothing is written',
    async (_, reason, change) => {
      const pull = await open();
      await change(pull);
      const refs = await world.repository.refs();
      const run = await publish(pull.branch);
      expect([run.found, run.reason]).toEqual([[0, undefined, 'none'], reason]);
      expect(run.log).toContain('so nothing is written');
      expect(run.requests.filter(({ write }) => write > 0)).toEqual([]);
      expect(await world.repository.refs()).toBe(refs);
    },
    minutes,
  );

  test(
    'never was one: no-pull-request',
    async () => {
      await bare('branch', 'alone', world.stale);
      const run = await publish('alone');
      expect([run.found, run.reason]).toEqual([[0, undefined, 'none'], 'no-pull-request']);
      expect(await bare('rev-parse', 'alone')).toBe(world.stale);
    },
    minutes,
  );

  test.each(requests)(
    'is pushed to at request %d: their commit stays the head',
    async (n) => {
      const pull = await open();
      const before = world.github.requests.length;
      let theirs = '';
      world.github.setFaults(async ({ number }) => {
        if (number !== before + n) return undefined;
        await moveOn(pull.branch);
        theirs = await pull.head();
        return undefined;
      });
      try {
        const run = await publish(pull.branch);
        expect([run.found, run.reason]).toEqual([[0, undefined, 'none'], 'head-moved']);
        expect([await pull.head(), theirs === '']).toEqual([theirs, false]);
      } finally {
        world.github.setFaults();
      }
    },
    minutes,
  );
});
