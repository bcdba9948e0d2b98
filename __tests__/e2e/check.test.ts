import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { run } from '../support/nix/run.ts';
import { onlyGit } from '../support/runner/only-git.ts';
import { git } from '../support/scenario/repository.ts';
import { type ActOptions, makeWorld, type World } from '../support/scenario/world.ts';

// The status check: every outcome, by the Action, with no token at all.
let world: World;
const minutes = 60_000;
beforeAll(async () => {
  world = await makeWorld();
}, 5 * minutes);
afterAll(() => world?.close());

const inputs = { mode: 'check', token: '' };

async function replace(workspace: string, file: string, from: string | RegExp, to: string): Promise<void> {
  const full = path.join(workspace, file);
  const before = await readFile(full, 'utf8');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} has no ${from}`);
  await writeFile(full, after);
}

/** Takes the checkout to the commit whose hash is right. */
async function pinned(workspace: string): Promise<void> {
  await git(workspace, 'fetch', '--quiet', '--depth=1', 'origin', world.pinned);
  await git(workspace, 'checkout', '--quiet', '--detach', 'FETCH_HEAD');
}

const outcomes: Readonly<
  Record<string, { exit: number; prepare: NonNullable<ActOptions['prepare']>; says: RegExp }>
> = {
  'does-not-build': {
    exit: 6,
    prepare: async (workspace) => {
      await pinned(workspace);
      await replace(workspace, 'default.nix', 'version = "1.0";', 'version = "1.0"; postInstall = "exit 3";');
    },
    says: /does not build/,
  },
  'does-not-import': {
    exit: 7,
    prepare: async (workspace) => {
      await pinned(workspace);
      await replace(
        workspace,
        'default.nix',
        /small = (uv-fod\.buildUvEnv \{[\s\S]*?\n {2}\});/,
        'small = $1 // { pythonImportsCheck = [ "not_there" ]; };',
      );
    },
    says: /ModuleNotFoundError/,
  },
  'cannot-fetch': {
    exit: 5,
    prepare: (workspace) =>
      replace(workspace, 'uv.lock', /(url = "[^"]*)(six-1\.17\.0-py2\.py3-none-any\.whl")/, '$1gone/$2'),
    says: /six-1\.17\.0.*can't be downloaded/,
  },
};

/**
 * Bytes that no index has: what is not in a cache has to be fetched, and is not what the lock
 * names.
 */
const otherBytes = (workspace: string): Promise<void> =>
  replace(workspace, 'uv.lock', /(six-1\.17\.0-py2\.py3-none-any\.whl", hash = "sha256:)..../, '$10000');

describe('mode: check', () => {
  test(
    'current: built and imported, exit 0',
    async () => {
      const prepare = async (workspace: string): Promise<void> => {
        await pinned(workspace);
        await replace(workspace, 'default.nix', '"iniconfig" ]', '"iniconfig._parse" ]');
      };
      const { code, outputs, log, left, summary, sboms } = await world.act({ inputs, prepare });
      expect(JSON.parse(sboms.get('small.x86_64-linux.cdx.json') ?? '')).toMatchObject({
        ...{ bomFormat: 'CycloneDX', specVersion: '1.6' },
        components: expect.arrayContaining([expect.objectContaining({ name: 'six', version: '1.16.0' })]),
      });
      expect({ code, status: outputs.get('status'), log: code === 0 ? '' : log }).toEqual({
        code: 0,
        status: 'current',
        log: '',
      });
      expect(log).toContain('python -I -c "import six"');
      expect(log).toMatch(/"import iniconfig\._parse" → .*\/iniconfig\/_parse\.py$/m);
      expect(left).toBe('');
      expect(summary).toMatch(/^## small: current/);
    },
    5 * minutes,
  );

  test(
    'stale: the right hash, an annotation on its line, and a patch that makes it current',
    async () => {
      let workspace = '';
      const prepare = async (dir: string): Promise<void> => {
        workspace = dir;
      };
      const checked = await world.act({ inputs, prepare });
      expect([checked.code, checked.outputs.get('status'), checked.left]).toEqual([3, 'stale', '']);
      const { after } = JSON.parse(checked.outputs.get('hashes') ?? '')['x86_64-linux'];
      const line =
        (await readFile(path.join(workspace, 'default.nix'), 'utf8'))
          .split('\n')
          .findIndex((text) => text.includes('hash = ')) + 1;
      expect(checked.errors).toEqual([
        expect.objectContaining({ title: 'stale', file: 'default.nix', line }),
      ]);
      expect(checked.errors[0]?.message).toContain(after);
      expect(checked.summary).toContain('```diff');
      const patch = path.join(world.dir, 'stale.patch');
      await writeFile(patch, checked.outputs.get('patch') ?? '');
      const apply = async (dir: string): Promise<void> => {
        expect(await run('git', ['-C', dir, 'apply', patch])).toMatchObject({ code: 0 });
      };
      const again = await world.act({ inputs, prepare: apply });
      expect(again.outputs.get('status')).toBe('current');
    },
    5 * minutes,
  );

  test(
    'a record that lies is not believed',
    async () => {
      // The build lock claims that the old hash was made from the new lock.
      let plan = '';
      const { outputs } = await world.act({ inputs });
      plan = /\+ +"plan": "([^"]+)"/.exec(outputs.get('patch') ?? '')?.[1] ?? '';
      expect(plan).not.toBe('');
      const lie = (workspace: string): Promise<void> =>
        replace(workspace, 'uv-fod.lock.json', /"plan": "[^"]+"/, `"plan": "${plan}"`);
      expect((await world.act({ inputs, prepare: lie })).outputs.get('status')).toBe('stale');
      const updated = await world.act({ inputs: { 'pull-request': 'false' }, prepare: lie });
      // An update trusts the repository that it runs in; what it publishes is checked again on the
      // pull request.
      expect(updated.outputs.get('outcome')).toBe('current');
    },
    5 * minutes,
  );

  test(
    'a uv.lock that pyproject.toml has outrun is a warning, with Nix and without',
    async () => {
      const prepare = async (workspace: string): Promise<void> => {
        await pinned(workspace);
        await replace(workspace, 'pyproject.toml', 'dependencies = [', 'dependencies = ["attrs", ');
      };
      for (const env of [{}, await onlyGit()]) {
        const { code, outputs, summary, log } = await world.act({ inputs, env, prepare });
        expect([code, outputs.get('status')]).toEqual([0, 'current']);
        expect(log).toMatch(/^::warning.*\(attrs\).*uv lock/m);
        expect(summary).toContain('attrs');
      }
    },
    5 * minutes,
  );

  test.each(Object.entries(outcomes))(
    '%s',
    async (status, { exit, prepare, says }) => {
      const checked = await world.act({ inputs, prepare });
      expect([checked.code, checked.outputs.get('status'), checked.left]).toEqual([exit, status, '']);
      expect(checked.errors.map(({ title }) => title)).toEqual([status]);
      expect(checked.errors[0]?.message).toMatch(says);
      expect(checked.summary).toMatch(new RegExp(`^## small: ${status}`));
    },
    5 * minutes,
  );

  test(
    'without Nix: current and stale are told apart, and what was not checked is said',
    async () => {
      const env = await onlyGit();
      const current = await world.act({ inputs, env, prepare: pinned });
      expect([current.code, current.outputs.get('status')]).toEqual([0, 'current']);
      expect(current.summary).toContain('Whether it builds: there is no Nix here.');
      const stale = await world.act({ inputs, env });
      expect([stale.code, stale.outputs.get('status')]).toEqual([3, 'stale']);
      const apart = await world.act({
        ...{ inputs, env },
        prepare: async (workspace) => {
          await pinned(workspace);
          const more =
            '"apart": { "six-1.17.0-py2.py3-none-any.whl": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }, "builds": [';
          await replace(workspace, 'uv-fod.lock.json', '"builds": [', more);
        },
      });
      expect([apart.code, apart.outputs.get('status')]).toEqual([3, 'stale']);
      expect(apart.errors[0]?.message).toMatch(
        /uv-fod\.lock\.json is stale: systems\.x86_64-linux\.apart is unexpected/,
      );
      const gone = await world.act({ inputs, env, prepare: otherBytes });
      expect([gone.code, gone.outputs.get('status')]).toEqual([5, 'cannot-fetch']);
    },
    5 * minutes,
  );
});
