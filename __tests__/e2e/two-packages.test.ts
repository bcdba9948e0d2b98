import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { run, runText } from '../support/nix/run.ts';
import { nixPath, uvFod } from '../support/scenario/small.ts';

// Two packages over one uv.lock: each has a build lock of its own, wherever buildUvEnv states it.
const minutes = 60_000;
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'two-packages-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const pyproject = `[project]
name = "mono"
version = "1.0"
requires-python = ">=3.13"
dependencies = ["six==1.17.0"]

[dependency-groups]
jobs = ["iniconfig==2.1.0"]

[tool.uv]
package = false
`;

/** @param locks what \`buildLock\` is for each package */
const derivations = (locks: Readonly<Record<'api' | 'worker', string>>): string => `{
  pkgs ? import <nixpkgs> { },
  uv-fod ? import <uv-fod> { inherit pkgs; },
}:
let
  target = { python = "3.14.8"; libc = "glibc:2.39"; };
in
{
  api = uv-fod.buildUvEnv {
    pname = "api";
    version = "1.0";
    src = ./.;
    buildLock = ${locks.api};
    uvDeps = uv-fod.fetchUvDeps { inherit target; src = ./.; hash = ""; };
    pythonImportsCheck = [ "six" ];
  };
  worker = uv-fod.buildUvEnv {
    pname = "worker";
    version = "1.0";
    src = ./.;
    buildLock = ${locks.worker};
    uvDeps = uv-fod.fetchUvDeps { target = target // { groups = [ "jobs" ]; }; src = ./.; hash = ""; };
    pythonImportsCheck = [ "iniconfig" ];
  };
}
`;

/** A repository with both packages, locked by uv. */
async function project(name: string, locks: Parameters<typeof derivations>[0]): Promise<string> {
  const root = path.join(dir, name);
  await mkdir(path.join(root, '.github'), { recursive: true });
  await writeFile(path.join(root, 'pyproject.toml'), pyproject);
  await writeFile(path.join(root, 'default.nix'), derivations(locks));
  const packages = ['api', 'worker'].map((one) => `[[package]]\nattribute = "${one}"\n`);
  await writeFile(path.join(root, '.github/uv-fod.toml'), packages.join('\n'));
  await runText('uv', ['lock', '--quiet', '--python', 'python3.14'], { cwd: root });
  await runText('git', ['init', '--quiet', root]);
  return root;
}

const both = { api: './uv-fod.lock.json', worker: './uv-fod.lock.json' };

test(
  'two packages with one build lock are refused before anything is done, with what to write',
  async () => {
    const root = await project('shared', both);
    const files = await readdir(root);
    const { code, stderr } = await uvFod(['update', '--no-verify'], root);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/'api' and 'worker'.*\.\/worker\.lock\.json/)]);
    expect(await readdir(root)).toEqual(files);
    expect(await readFile(path.join(root, 'default.nix'), 'utf8')).toBe(derivations(both));
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
  },
  5 * minutes,
);
