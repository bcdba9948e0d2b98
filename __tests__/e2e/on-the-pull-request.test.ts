import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Pull, type PullWorld, pullWorld } from '../support/scenario/own-pull.ts';
import { git } from '../support/scenario/repository.ts';
import { type Acted, token } from '../support/scenario/world.ts';

// `update` on pull requests: the hash is committed to the pull request's own branch.
const minutes = 60_000;
const fast = { verify: 'false', 'skip-second-derivation': 'true' };

let world: PullWorld;
beforeAll(async () => {
  world = await pullWorld(token);
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
