import { cp, lstat, mkdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { built, checkout, environment, evaluated } from '../support/nix/nix.ts';
import { lock, pin, scratch } from '../support/nix/project.ts';
import { run, runText } from '../support/nix/run.ts';
import { uvFod } from '../support/scenario/small-project.ts';

const minutes = 60_000;
let dir: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ dir, remove } = await scratch('ways-in'));
});
afterAll(() => remove());

/** An example as a user begins with it: copied, locked, pinned, built. */
async function example(name: string, attribute: string): Promise<string> {
  const copy = path.join(dir, name);
  await cp(path.join(checkout, 'examples', name), copy, { recursive: true });
  await lock(copy);
  await pin(copy, attribute);
  const [out = ''] = await built(['-A', attribute], copy);
  return out;
}

test('meta says what a package is, and a user’s meta reaches the environment', async () => {
  const fields =
    '{ inherit (meta) description homepage platforms mainProgram; license = meta.license.spdxId; }';
  const own = `let inherit (import ${checkout}/nix/cli.nix { pkgs = import <nixpkgs> { }; }) meta; in ${fields}`;
  const platforms = ['x86_64-linux', 'aarch64-linux'];
  expect(await evaluated(own, dir)).toEqual({
    description: expect.any(String),
    homepage: 'https://github.com/OWNER/uv-fod',
    ...{ license: 'MIT', mainProgram: 'uv-fod', platforms },
  });
});

describe('plain import', () => {
  test(
    'examples/small, by the three commands that it names',
    async () => {
      const out = await example('small', 'small');
      const code = 'import six, iniconfig; print(six.__version__, iniconfig.__file__)';
      const meta = await evaluated('(import ./. { }).small.meta', path.join(dir, 'small'));
      expect(meta).toMatchObject({ description: 'Two packages from PyPI', platforms: expect.any(Array) });
      expect(await runText(`${out}/bin/python`, ['-I', '-c', code])).toBe(
        `1.17.0 ${out}/lib/python3.14/site-packages/iniconfig/__init__.py`,
      );
    },
    3 * minutes,
  );

  test(
    'the SBOM of examples/small is made without network, and is that of the command line',
    async () => {
      const copy = path.join(dir, 'small');
      const [file = ''] = await built(['-A', 'small.sbom'], copy);
      const { stdout } = await uvFod(['sbom', '--build-lock', 'uv-fod.lock.json'], copy);
      expect(await readFile(file, 'utf8')).toBe(stdout);
      expect(JSON.parse(stdout)).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    },
    3 * minutes,
  );

  test(
    'examples/workspace: a program of one member that uses another',
    async () => {
      const out = await example('workspace', 'app');
      expect(await runText(`${out}/bin/app`, [])).toBe('Hello, workspace.');
      const keys = await evaluated(
        'builtins.attrNames (import ./. { }).app.builds',
        path.join(dir, 'workspace'),
      );
      expect(keys).toEqual(['app', 'greeter']);
    },
    3 * minutes,
  );

  test('programs and Python work through links and profiles from elsewhere', async () => {
    const [out = ''] = await built(['-A', 'app'], path.join(dir, 'workspace'));
    const elsewhere = path.join(dir, 'elsewhere');
    await mkdir(elsewhere);
    for (const name of ['app', 'python', 'python3.14'])
      await symlink(`${out}/bin/${name}`, path.join(elsewhere, name));
    await runText('nix-env', ['--profile', path.join(dir, 'profile'), '--install', out]);
    for (const bin of [elsewhere, path.join(dir, 'profile/bin')]) {
      expect(await runText(path.join(bin, 'app'), [])).toBe('Hello, workspace.');
      for (const name of ['python', 'python3.14']) {
        const said = await runText(path.join(bin, name), [
          '-I',
          '-c',
          'import sys, greeter; print(sys.prefix)',
        ]);
        expect(said).toBe(out);
      }
    }
    // What Python starts itself is the environment's own Python too.
    const child =
      'import subprocess, sys; subprocess.run([sys.executable, "-I", "-c", "import greeter, sys; print(sys.prefix)"], check=True)';
    expect(await runText(path.join(elsewhere, 'python'), ['-I', '-c', child])).toBe(out);
  });

  test('nothing is left of uv and of the build', async () => {
    const [out = ''] = await built(['-A', 'app'], path.join(dir, 'workspace'));
    for (const name of ['.lock', '.gitignore', 'CACHEDIR.TAG', 'bin/activate']) {
      await expect(lstat(path.join(out, name))).rejects.toThrow('ENOENT');
    }
    const metadata = await runText('find', [
      '-L',
      `${out}/lib`,
      '-name',
      'direct_url.json',
      '-o',
      '-name',
      'uv_cache.json',
    ]);
    expect(metadata).toBe('');
    const found = await run('grep', ['-rl', '--', '/build/', out]);
    expect(found).toMatchObject({ code: 1, stdout: '' });
  });
});

describe('an overlay', () => {
  test('gives the library as pkgs.uv-fod, over the very pkgs it is in', async () => {
    const expression = `
      let pkgs = import <nixpkgs> { overlays = [ (final: _: { uv-fod = import <uv-fod> { pkgs = final; }; }) ]; };
      in builtins.attrNames pkgs.uv-fod`;
    expect(await evaluated(expression, dir)).toEqual([
      'authentik-django',
      'authentikPins',
      'buildUvEnv',
      'fetchUvDeps',
    ]);
  });
});

describe('the flake', () => {
  const flake = async (...args: string[]): Promise<string> => {
    const copy = path.join(dir, 'flake');
    await mkdir(copy, { recursive: true });
    for (const name of ['flake.nix', 'flake.lock', 'package.json', 'nix', 'dist', 'examples']) {
      await cp(path.join(checkout, name), path.join(copy, name), { recursive: true, force: true });
    }
    const override = [
      '--impure',
      '--override-input',
      'nixpkgs',
      `path:${copy}/nix/testing`,
      '--no-write-lock-file',
    ];
    return runText('nix', [...args.slice(0, 1), ...override, ...args.slice(1)], {
      cwd: copy,
      env: environment,
    });
  };

  test(
    'checks, and its command line runs',
    async () => {
      const system = await runText('nix', ['config', 'show', 'system']);
      const out = await flake(
        'build',
        '--no-link',
        '--print-out-paths',
        `path:${dir}/flake#checks.${system}.cli`,
      );
      expect(await runText('cat', [out])).toContain('uv-fod');
    },
    2 * minutes,
  );

  test(
    'offers lib.mkLib, an overlay, a shell and a template',
    async () => {
      const shown = JSON.parse(
        await flake('eval', '--json', `path:${dir}/flake#templates.default.path`),
      ) as string;
      expect(shown).toMatch(/examples\/small$/);
      const names = await flake(
        'eval',
        '--json',
        `path:${dir}/flake#lib`,
        '--apply',
        'lib: builtins.attrNames (lib.mkLib (import <nixpkgs> { }))',
      );
      expect(JSON.parse(names)).toContain('buildUvEnv');
      const overlay = await flake(
        'eval',
        '--json',
        `path:${dir}/flake#overlays.default`,
        '--apply',
        'overlay: builtins.attrNames (overlay (import <nixpkgs> { }) { })',
      );
      expect(JSON.parse(overlay)).toEqual(['uv-fod']);
    },
    2 * minutes,
  );

  test(
    "has authentik's real pin, its dependencies' hashes honestly empty",
    async () => {
      const system = await runText('nix', ['config', 'show', 'system']);
      const text = await flake(
        'eval',
        '--json',
        `path:${dir}/flake#legacyPackages.${system}.authentik-django.uvDeps.uvFod`,
      );
      expect(JSON.parse(text)).toMatchObject({
        hash: '',
        src: null,
        target: { python: '3.14.8', libc: 'glibc:2.39' },
      });
    },
    2 * minutes,
  );
});
