// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Nix's interpolation
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectCode } from '../support/nix/nix.ts';
import { git, Repository } from '../support/scenario/repository.ts';
import { edit, uvFod, writeSmall } from '../support/scenario/small.ts';
import { type Acted, makeWorld, type World } from '../support/scenario/world.ts';

// Real flakes, with an input that needs no network, through the built command line and Action.
const minutes = 60_000;

/**
 * In the folder `nix` of the repository: the derivation is the repository's own, its imports come
 * from another flake.
 */
const flake = `{
  inputs.pins.url = "path:./pins";
  outputs = { pins, ... }: {
    packages.\${builtins.currentSystem}.small = (import ../default.nix { }).small.overrideAttrs (_: {
      pythonImportsCheck = pins.imports;
    });
  };
}
`;
const pins = '{ outputs = _: { imports = [ "iniconfig" ]; }; }\n';

async function writeFlake(work: string): Promise<void> {
  await mkdir(path.join(work, 'nix/pins'), { recursive: true });
  await writeFile(path.join(work, 'nix/flake.nix'), flake);
  await writeFile(path.join(work, 'nix/pins/flake.nix'), pins);
}

describe('the first lock of a flake, on the command line', () => {
  let dir: string;
  let repository: Repository;
  const status = (): Promise<string> => git(repository.work, 'status', '--porcelain');
  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'flake-'));
    repository = await Repository.create(dir);
    await writeSmall(repository.work);
    await writeFlake(repository.work);
    await repository.push('A flake that nobody has locked yet');
  }, minutes);
  afterAll(() => rm(dir, { recursive: true, force: true }));

  test(
    'that does not build leaves neither files nor anything in git’s index',
    async () => {
      const broken = { from: 'version = "1.0";', to: 'version = "1.0"; postInstall = "exit 3";' };
      await edit(repository, 'default.nix', (text) => text.replace(broken.from, broken.to));
      const before = await status();
      const failed = await uvFod(['update', 'small', '--flake', 'nix'], repository.work);
      expect(failed.stderr).toContain("'small' does not build");
      expect([failed.code, await status()]).toEqual([1, before]);
      await edit(repository, 'default.nix', (text) => text.replace(broken.to, broken.from));
    },
    3 * minutes,
  );

  test(
    'makes the build lock known to git, so that Nix sees it, and is current from then on',
    async () => {
      const updated = await uvFod(['update', 'small', '--flake', '.'], path.join(repository.work, 'nix'));
      expectCode(0, updated);
      expect(updated.stdout).toContain('imported iniconfig from');
      expect(updated.stdout).not.toContain('imported six');
      expect((await status()).split('\n').sort()).toEqual([' A uv-fod.lock.json', ' M default.nix'].sort());
      const checked = await uvFod(['check', 'small', '--flake', 'nix'], repository.work);
      expect(checked.stdout).toMatch(/^current: /);
      expectCode(0, checked);
    },
    3 * minutes,
  );
});

describe('the Action', () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld();
    await writeFlake(world.repository.work);
    await world.repository.push('A flake');
  }, 5 * minutes);
  afterAll(() => world?.close());

  const statusOf = ({ outputs }: Acted): string => outputs.get('status') ?? '';

  test(
    'on a flake: check finds it stale, compute says the same hash, update opens the pull request',
    async () => {
      const inputs = { flake: 'nix' };
      const checked = await world.act({ inputs: { ...inputs, mode: 'check', token: '' } });
      expect([checked.code, statusOf(checked), checked.left]).toEqual([3, 'stale', '']);
      expect(checked.errors[0]).toMatchObject({ title: 'stale', file: 'default.nix' });
      const { after } = JSON.parse(checked.outputs.get('hashes') ?? '')['x86_64-linux'];
      let workspace = '';
      const computed = await world.act({
        inputs: { ...inputs, mode: 'compute', token: '', result: 'result.json' },
        prepare: async (root) => {
          workspace = root;
        },
      });
      expect(computed).toMatchObject({ code: 0 });
      const result = await readFile(path.join(workspace, 'result.json'), 'utf8');
      expect(result).toContain(after);
      const updated = await world.act({ inputs });
      expect([updated.code, updated.outputs.get('outcome'), updated.left]).toEqual([0, 'created', '']);
      expect(await world.repository.diff('main', 'uv-fod/small')).toContain(`+    hash = "${after}";`);
    },
    5 * minutes,
  );

  test(
    'on an expression: what it evaluates to is what is checked',
    async () => {
      const expression =
        'let all = import ./default.nix { }; in { mine = all.small // { pythonImportsCheck = [ "not_there" ]; }; }';
      const inputs = { expression, attribute: 'mine', mode: 'check', token: '' };
      const stale = await world.act({ inputs });
      expect([stale.code, statusOf(stale)]).toEqual([3, 'stale']);
      const prepare = async (root: string): Promise<void> => {
        await git(root, 'fetch', '--quiet', '--depth=1', 'origin', world.pinned);
        await git(root, 'checkout', '--quiet', '--detach', 'FETCH_HEAD');
      };
      const checked = await world.act({ inputs, prepare });
      expect([checked.code, statusOf(checked)]).toEqual([7, 'does-not-import']);
      const missing = await world.act({ inputs: { ...inputs, attribute: 'other' }, prepare });
      expect(missing.errors[0]).toMatchObject({ title: 'attribute-missing' });
      expect(missing.errors[0]?.message).toMatch(/no attribute 'other' in the expression/);
    },
    5 * minutes,
  );
});
