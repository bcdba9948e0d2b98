import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectCode } from '../support/nix/nix.ts';
import { type OtherStore, otherStore } from '../support/nix/other-store.ts';
import { runText } from '../support/nix/run.ts';
import { checkout } from '../support/runner/runner.ts';
import { nixPath, uvFod } from '../support/scenario/small.ts';
import { makeWorld, type World } from '../support/scenario/world.ts';

// A real binary cache in a folder: filled by a run, and taken from by a machine that has nothing.
const minutes = 60_000;
let world: World;
let dir: string;
let filling: OtherStore;
let empty: OtherStore;
const cache = (): string => path.join(dir, 'cache');
const withKey = (): string => `file://${cache()}?compression=none&secret-key=${dir}/secret`;

beforeAll(async () => {
  world = await makeWorld();
  dir = await mkdtemp(path.join(tmpdir(), 'cache-'));
  filling = await otherStore('filling');
  empty = await otherStore('empty');
  await runText('nix-store', [
    '--generate-binary-cache-key',
    ...['our-cache-1', path.join(dir, 'secret'), path.join(dir, 'public')],
  ]);
}, 5 * minutes);
afterAll(async () => {
  await world?.close();
  await filling?.remove();
  await empty?.remove();
  await rm(dir, { recursive: true, force: true });
});

const narinfos = async (): Promise<string[]> =>
  (await readdir(cache()).catch(() => [])).filter((name) => name.endsWith('.narinfo'));

describe('cache-to', () => {
  test(
    'what a pull request proposes goes into no cache',
    async () => {
      const { work } = world.repository;
      const hosts = [
        ...(await readFile(path.join(work, 'uv.lock'), 'utf8')).matchAll(/"https?:\/\/([^/"]+)/g),
      ];
      await mkdir(path.join(work, '.github'));
      await writeFile(
        path.join(work, '.github/uv-fod.toml'),
        `allowed-hosts = ${JSON.stringify([...new Set(hosts.map(([, host]) => host))])}\n\n[[package]]\nattribute = "small"\n`,
      );
      const sha = await world.repository.push('Allow the index');
      const proposed = await world.act({
        inputs: { 'cache-to': withKey(), mode: 'compute', token: '' },
        step: {
          ...{ eventName: 'pull_request', ref: 'refs/pull/7/merge' },
          event: { pull_request: { base: { sha, ref: 'main' }, head: { ref: 'theirs' } } },
        },
      });
      expectCode(0, { ...proposed, stderr: proposed.log });
      expect(proposed.log).toContain('python -I -c "import six"');
      expect(proposed.log).toContain('Nothing is copied to file://');
      expect(await narinfos()).toEqual([]);
    },
    3 * minutes,
  );

  test(
    'a cache that can’t be written to is a warning, and the pull request is opened',
    async () => {
      const acted = await world.act({ inputs: { 'cache-to': 'file:///proc/none' } });
      expect([acted.code, acted.outputs.get('outcome')]).toEqual([0, 'created']);
      expect(acted.log).toMatch(/^::warning::.*could not be copied to file:\/\/\/proc\/none/m);
    },
    3 * minutes,
  );

  test(
    'what was built and imported is there, signed; a machine with an empty store builds nothing',
    async () => {
      const { work } = world.repository;
      const args = ['update', 'small', '--json', '--cache-to', withKey()];
      const updated = await filling.run(process.execPath, [path.join(checkout, 'dist/cli.js'), ...args], {
        ...{ cwd: work, env: { NIX_PATH: nixPath } },
      });
      expectCode(0, updated);
      // Nor has the proof changed what it imported from.
      expectCode(0, await filling.run('nix-store', ['--verify', '--check-contents']));
      const { out, isCached } = JSON.parse(updated.stdout) as { out: string; isCached: boolean };
      expect(isCached).toBe(true);
      const name = path.basename(out).slice(0, 32);
      expect(await readFile(path.join(cache(), `${name}.narinfo`), 'utf8')).toMatch(/^Sig: our-cache-1:/m);
      const config = [
        `substituters = file://${cache()}`,
        `trusted-public-keys = ${(await readFile(path.join(dir, 'public'), 'utf8')).trim()}`,
        'require-sigs = true',
      ];
      const env = { NIX_PATH: nixPath, NIX_CONFIG: config.join('\n') };
      const built = await empty.run('nix-build', ['--no-out-link', '-A', 'small'], { cwd: work, env });
      expectCode(0, built);
      expect(built.stdout.trim()).toBe(out);
      expect(built.stderr).toContain(`copying path '${out}' from 'file://${cache()}'`);
      expect(built.stderr).not.toMatch(/^building /m);
      const python = await empty.run(`${out}/bin/python`, ['-I', '-c', 'import six; print(six.__version__)']);
      expect(python.stdout).toBe('1.17.0\n');
    },
    3 * minutes,
  );

  test('nothing is copied that was not proven', async () => {
    await writeFile(path.join(world.repository.work, 'uv.lock'), '');
    const args = ['update', 'small', '--no-verify', '--cache-to', withKey()];
    expect(await uvFod(args, world.repository.work)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Only verified outputs are copied'),
    });
  });
});
