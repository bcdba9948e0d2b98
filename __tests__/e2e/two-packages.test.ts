import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { run } from '../support/nix/run.ts';
import { onlyGit } from '../support/runner/only-git.ts';
import { nixPath, uvFod } from '../support/scenario/small.ts';
import { type Locks, twoPackages, writeTwoPackages } from '../support/scenario/two-packages.ts';

// Two packages over one uv.lock: each has a build lock of its own, wherever buildUvEnv states it.
const minutes = 60_000;
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'two-packages-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const project = (name: string, locks: Locks) => writeTwoPackages(path.join(dir, name), locks);
const both: Locks = { api: './uv-fod.lock.json', worker: './uv-fod.lock.json' };

test(
  'two packages with one build lock are refused before anything is done, with what to write',
  async () => {
    const root = await project('shared', both);
    const files = await readdir(root);
    const { code, stderr } = await uvFod(['update', '--no-verify'], root);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/'api' and 'worker'.*\.\/worker\.lock\.json/)]);
    expect(await readdir(root)).toEqual(files);
    expect(await readFile(path.join(root, 'default.nix'), 'utf8')).toBe(twoPackages(both));
  },
  3 * minutes,
);

test(
  'one after the other they are refused as well, and a new target of one package is not',
  async () => {
    const root = await project('in-turn', both);
    expect(await uvFod(['update', 'api', '--file', 'default.nix', '--no-verify'], root)).toMatchObject({
      code: 0,
    });
    const file = path.join(root, 'default.nix');
    const after = await readFile(file, 'utf8');
    for (const command of [['update', '--no-verify'], ['check']]) {
      const [name = '', ...options] = command;
      const { code, stderr } = await uvFod([name, 'worker', '--file', 'default.nix', ...options], root);
      expect([code, stderr]).toEqual([1, expect.stringMatching(/another derivation.*default\.nix:\d+/)]);
    }
    expect(await readFile(file, 'utf8')).toBe(after);
    await writeFile(file, after.replace('inherit target;', 'target = target // { groups = [ "jobs" ]; };'));
    expect(await uvFod(['update', 'api', '--file', 'default.nix', '--no-verify'], root)).toMatchObject({
      code: 0,
    });
  },
  5 * minutes,
);

test(
  'each with its own, under any name and in any folder, are updated, build, and stay current',
  async () => {
    const root = await project('own', { api: './api.lock.json', worker: './locks/worker.lock.json' });
    await mkdir(path.join(root, 'locks'));
    expect(await uvFod(['update', '--no-verify'], root)).toMatchObject({ code: 0 });
    expect(await readdir(root)).not.toContain('uv-fod.lock.json');
    const built = await run('nix-build', ['--no-out-link', '-A', 'api', '-A', 'worker'], {
      ...{ cwd: root, env: { NIX_PATH: nixPath } },
    });
    expect({ code: built.code, stderr: built.code === 0 ? '' : built.stderr }).toEqual({
      code: 0,
      stderr: '',
    });
    const again = await uvFod(['update', '--no-verify', '--json'], root);
    expect(JSON.parse(again.stdout)).toMatchObject({ changed: false });
    // All, and several by name: in the configuration, and as attributes of the file. Each has its
    // stages below its name.
    const which = [[], ['api', 'worker'], ['worker', 'api', '--file', 'default.nix']];
    for (const names of which) {
      const { code, stdout, stderr } = await uvFod(['update', ...names, '--no-verify', '--json'], root);
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      const { packages } = JSON.parse(stdout) as { packages: { name: string; changed: boolean }[] };
      expect(packages.map(({ name, changed }) => `${name} ${changed}`).sort()).toEqual([
        'api false',
        'worker false',
      ]);
      expect(stderr).toMatch(/^(api|worker):\n[\s\S]*^(api|worker):\n/m);
    }
    const checked = await uvFod(['check', 'api', 'worker', '--json'], root);
    expect([checked.code, JSON.parse(checked.stdout)]).toMatchObject([
      0,
      { status: 'current', results: [{ name: 'api' }, { name: 'worker' }] },
    ]);
    expect(checked.stderr).toMatch(/^api:\n[\s\S]*^worker:\n/m);
    // Without Nix the build locks are found by what the file states and the names of the packages.
    const env = await onlyGit();
    const alone = await uvFod(['check', '--json'], root, env);
    expect([alone.code, JSON.parse(alone.stdout)]).toMatchObject([
      0,
      {
        results: [
          { name: 'api', status: 'current' },
          { name: 'worker', status: 'current' },
        ],
      },
    ]);
    expect(alone.stdout).toContain('Whether the derivation states worker.lock.json as its build lock');
    const unknown = await uvFod(['check', 'cron', '--file', 'default.nix', '--json'], root, env);
    expect(JSON.parse(unknown.stdout)).toMatchObject({
      error: 'build-lock-missing',
      message: expect.stringContaining('api.lock.json, locks/worker.lock.json'),
    });
  },
  5 * minutes,
);
