import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Pull, type PullWorld, pullWorld } from '../support/scenario/own-pull.ts';
import { git } from '../support/scenario/repository.ts';
import { lockSmall } from '../support/scenario/small.ts';
import { type Acted, all, token } from '../support/scenario/world.ts';

// `update` on pull requests: the hash is committed to the pull request's own branch.
const minutes = 60_000;
const fast = { verify: 'false', 'skip-second-derivation': 'true' };

const stating = 'a-token-that-sets-statuses';

let world: PullWorld;
beforeAll(async () => {
  const permissions = { ...all.permissions, statuses: 'write' } as const;
  world = await pullWorld(token, { [stating]: { permissions } });
}, 2 * minutes);
afterAll(() => world?.close());

const show = (...args: string[]): Promise<string> => git(world.repository.bare, ...args);
const titles = ({ errors }: Acted): string[] => errors.map(({ title }) => title);
const writes = ({ requests }: Awaited<ReturnType<Pull['act']>>) => requests.filter(({ write }) => write > 0);

/** The trailer of a commit of ours. */
const trailer = (branch: string, base: string) => (tree: string) =>
  `small: update the hash\n\nUv-Fod: ${branch}; base=${base}; tree=${tree}; run=1\n`;
const otherHash = (text: string): string => text.replace(/sha256-.{4}/, 'sha256-AAAA');

describe('a pull request that changes uv.lock', () => {
  test(
    'gets one commit on its own branch, computed from its head, whose next run is green',
    async () => {
      const pull = await world.open('renovate/six', world.stale);
      const run = await pull.act();
      const head = await pull.head();
      expect({ code: run.code, titles: titles(run), left: run.left }).toEqual({
        ...{ code: 8, titles: ['pushed'], left: '' },
      });
      const { outputs } = run;
      expect(outputs.get('outcome')).toBe('pushed');
      expect(outputs.get('branch')).toBe('renovate/six');
      expect(outputs.get('commit')).toBe(head);
      expect(outputs.get('pull-request-number')).toBe(String(pull.number));
      expect(await show('rev-parse', `${head}^@`)).toBe(world.stale);
      expect(await show('diff', '--name-only', world.stale, head)).toBe('default.nix\nuv-fod.lock.json');
      // The base has another uv.lock, and stays as it is.
      expect(await world.repository.head()).toBe(world.base);
      expect((await world.rest().pulls.list({ owner: 'you', repo: 'small' })).data).toHaveLength(1);
      expect(run.log).toContain('Approve workflows to run');

      const next = await pull.act();
      expect({ code: next.code, requests: next.requests }).toEqual({ code: 0, requests: [] });
      expect(next.outputs.get('outcome')).toBe('current');
      const checked = await pull.act({ inputs: { mode: 'check' } });
      expect(checked.outputs.get('status')).toBe('current');
    },
    5 * minutes,
  );

  test(
    'ends with 0 after the push if fail-after-push is false',
    async () => {
      const pull = await world.open('renovate/quiet', world.stale);
      const run = await pull.act({ inputs: { ...fast, 'fail-after-push': 'false' } });
      expect({ code: run.code, titles: titles(run) }).toEqual({ code: 0, titles: [] });
      expect(run.outputs.get('outcome')).toBe('pushed');
      expect(await show('rev-parse', 'renovate/quiet^')).toBe(world.stale);
    },
    2 * minutes,
  );

  test(
    'is computed with the configuration of the base, not with its own',
    async () => {
      const pull = await world.open('renovate/config', world.stale);
      const at = await pull.commit('.github/uv-fod.toml', () => 'not = [');
      const run = await pull.act({ inputs: { ...fast, attribute: '' } });
      expect(titles(run)).toEqual(['pushed']);
      expect(await show('rev-parse', 'renovate/config^')).toBe(at);
    },
    2 * minutes,
  );
});

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

describe('a commit of ours that is not right any more', () => {
  test(
    'is replaced by one with the same parent if it is the head',
    async () => {
      const branch = 'renovate/again';
      const pull = await world.open(branch, world.stale);
      const ours = await pull.commit('default.nix', otherHash, trailer(branch, world.stale));
      const run = await pull.act({ inputs: fast });
      expect(titles(run)).toEqual(['pushed']);
      expect(run.log).toContain(`replaces ${ours}`);
      expect(await show('log', '--format=%P', '-1', branch)).toBe(world.stale);
      expect((await pull.act({ inputs: fast })).code).toBe(0);
    },
    2 * minutes,
  );

  test.each([
    ['a person’s commit follows it', 'README.md', () => 'Looked at.\n', undefined],
    ['it was amended', 'README.md', () => 'Amended.\n', 'amend'],
  ])(
    'stays if %s: the new one goes on top',
    async (what, file, change, amend) => {
      const branch = `renovate/${what.length}`;
      const pull = await world.open(branch, world.stale);
      const ours = await pull.commit('default.nix', otherHash, trailer(branch, world.stale));
      const tree = await show('rev-parse', `${ours}^{tree}`);
      const theirs = await pull.commit(
        file,
        change,
        amend === undefined ? undefined : () => trailer(branch, world.stale)(tree),
      );
      const run = await pull.act({ inputs: fast });
      expect(titles(run)).toEqual(['pushed']);
      expect(await show('log', '--format=%H', '-3', branch)).toBe(
        [await pull.head(), theirs, ours].join('\n'),
      );
      expect(writes(run).at(-1)?.body).toMatchObject({
        variables: { input: { refUpdates: [{ beforeOid: theirs, force: false }] } },
      });
    },
    2 * minutes,
  );
});
