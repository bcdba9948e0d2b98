import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type PullWorld, pullWorld } from '../support/scenario/own-pull.ts';
import { git } from '../support/scenario/repository.ts';
import { lockSmall } from '../support/scenario/small.ts';
import { type Acted, all, token } from '../support/scenario/world.ts';

// `update` on pull requests of bots: what the commit says, which runs it starts, and what the bot
// does next.
const minutes = 60_000;
const fast = { verify: 'false', 'skip-second-derivation': 'true' };

const stating = 'a-token-that-sets-statuses';
const app = 'a-token-of-an-app';

let world: PullWorld;
beforeAll(async () => {
  const permissions = { ...all.permissions, statuses: 'write' } as const;
  world = await pullWorld(token, { [stating]: { permissions }, [app]: { ...all, login: 'an-app[bot]' } });
}, 2 * minutes);
afterAll(() => world?.close());

const show = (...args: string[]): Promise<string> => git(world.repository.bare, ...args);
const titles = ({ errors }: Acted): string[] => errors.map(({ title }) => title);

describe('the commit', () => {
  const messageOn = async (branch: string): Promise<string> => {
    const pull = await world.open(branch, world.stale);
    expect(titles(await pull.act({ inputs: fast }))).toEqual(['pushed']);
    return show('log', '--format=%B', '-1', branch);
  };
  test(
    'lets Dependabot go on rebasing, and says so on its branches only',
    async () => {
      expect(await messageOn('dependabot/uv/six-1.17.0')).toContain('\n\n[dependabot skip]\n');
      expect(await messageOn('dependabots')).not.toContain('dependabot skip');
    },
    2 * minutes,
  );
});

describe('the run for the new head', () => {
  const runsOf = async (branch: string): Promise<unknown[]> => {
    const { data } = await world
      .rest()
      .actions.listWorkflowRunsForRepo({ owner: 'you', repo: 'small', branch });
    return data.workflow_runs.map(({ head_sha, conclusion }) => [head_sha, conclusion]);
  };

  test(
    'waits for an approval after a commit by GITHUB_TOKEN',
    async () => {
      const pull = await world.open('renovate/waits', world.stale);
      const run = await pull.act({ inputs: fast });
      expect(await runsOf('renovate/waits')).toEqual([[await pull.head(), 'action_required']]);
      expect(run.log).toContain('Approve workflows to run');
    },
    2 * minutes,
  );

  test(
    'starts by itself after one by an App, passes, and is the last one',
    async () => {
      const pull = await world.open('renovate/app', world.stale);
      const inputs = { ...fast, token: app };
      const run = await pull.act({ inputs });
      const started = [[await pull.head(), null]];
      expect(await runsOf('renovate/app')).toEqual(started);
      expect(run.log).not.toContain('Approve workflows to run');
      expect((await pull.act({ inputs })).code).toBe(0);
      expect(await runsOf('renovate/app')).toEqual(started);
    },
    2 * minutes,
  );
});

describe('a commit status', () => {
  const statusesOf = async (commit: string) => {
    const { data } = await world
      .rest()
      .repos.listCommitStatusesForRef({ owner: 'you', repo: 'small', ref: commit });
    return data.map(({ state, context, description }) => [state, context, description]);
  };
  const asked = { ...fast, 'commit-status': 'true', token: stating };

  test(
    'says what this job did, on the new head and on one that is current, and on no other',
    async () => {
      const pull = await world.open('renovate/status', world.stale);
      expect(titles(await pull.act({ inputs: { ...asked, verify: 'true' } }))).toEqual(['pushed']);
      const head = await pull.head();
      const built = ['success', 'uv-fod/small', 'Hash computed from uv.lock; built, modules imported'];
      expect([await statusesOf(head), await statusesOf(world.stale)]).toEqual([[built], []]);
      expect((await pull.act({ inputs: asked })).code).toBe(0);
      expect((await statusesOf(head))[1]?.[2]).toMatch(/nothing was computed or built$/);
    },
    2 * minutes,
  );

  test(
    'that may not be set is a warning',
    async () => {
      const pull = await world.open('renovate/no-status', world.stale);
      const run = await pull.act({ inputs: { ...asked, token } });
      expect([titles(run), run.outputs.get('outcome')]).toEqual([['pushed'], 'pushed']);
      expect(run.log).toMatch(/^::warning::.*statuses: write/m);
      expect(await statusesOf(await pull.head())).toEqual([]);
    },
    2 * minutes,
  );
});

describe('the report', () => {
  test(
    'has what the pull request changes, not what its base changed since it was begun',
    async () => {
      const branch = 'renovate/report';
      const pull = await world.open(branch, world.stale);
      // Without a build lock nothing says which lock the hash was made for.
      await pull.commit('uv-fod.lock.json', () => undefined);
      const whole = (dir: string): Promise<unknown> =>
        git(dir, 'fetch', '--quiet', '--unshallow', 'origin', 'main', branch);
      const run = await pull.act({ inputs: fast, prepare: async (dir) => void (await whole(dir)) });
      const { packages } = JSON.parse(run.outputs.get('report') ?? '{}') as { packages: { name: string }[] };
      expect([titles(run), packages.map(({ name }) => name)]).toEqual([['pushed'], ['six']]);
    },
    2 * minutes,
  );
});

describe('two pull requests of a bot that both change the lock', () => {
  test(
    'get their own hash each; once the first is merged, the rebased second one is stale and gets another',
    async () => {
      const { work, bare } = world.repository;
      const hashOf = async (at: string): Promise<string | undefined> =>
        /hash = "(sha256-[^"]+)"/.exec(await show('show', `${at}:default.nix`))?.[1];
      // As the bot makes a branch: a lock on top of some commit, at first or again.
      const bot = async (branch: string, from: string, ...versions: [string, string?]): Promise<void> => {
        await git(work, 'fetch', '--quiet', 'origin', from);
        await git(work, 'checkout', '--quiet', '--force', '--detach', 'FETCH_HEAD');
        await lockSmall(work, ...versions);
        await git(work, 'commit', '--quiet', '--all', '--message', `Lock for ${branch}`);
        await git(work, 'push', '--quiet', '--force', 'origin', `HEAD:refs/heads/${branch}`);
      };
      const main = await world.repository.head();
      await bot('renovate/first', 'main', '1.15.0', '2.3.0');
      await bot('renovate/second', 'main', '1.16.0', '2.0.0');
      try {
        const first = await world.open('renovate/first', 'renovate/first');
        const second = await world.open('renovate/second', 'renovate/second');
        for (const pull of [first, second]) {
          expect(titles(await pull.act({ inputs: fast }))).toEqual(['pushed']);
          expect((await pull.act({ inputs: fast })).code).toBe(0);
        }
        const hashes = [await hashOf('renovate/first'), await hashOf('renovate/second')];

        await git(bare, 'update-ref', 'refs/heads/main', await first.head());
        await bot('renovate/second', 'main', '1.15.0', '2.0.0');
        expect(await hashOf('renovate/second')).toBe(hashes[0]);
        expect((await second.act({ inputs: { mode: 'check' } })).outputs.get('status')).toBe('stale');
        expect(titles(await second.act({ inputs: fast }))).toEqual(['pushed']);
        expect((await second.act({ inputs: fast })).code).toBe(0);
        expect(new Set([...hashes, await hashOf('renovate/second')]).size).toBe(3);
      } finally {
        await git(bare, 'update-ref', 'refs/heads/main', main);
      }
    },
    5 * minutes,
  );
});
