import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { run } from '../support/nix/run.ts';
import { checkout } from '../support/runner/runner.ts';

// Entry points as processes, from the sources: they start, take nothing for granted, and end with a code. What they do then is in
// the rings, which run dist/.
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'entry-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const start = (name: string, args: readonly string[], env: Record<string, string> = {}) =>
  run(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path.join(checkout, 'src', name), ...args],
    {
      cwd: dir,
      env: { GITHUB_WORKSPACE: dir, GITHUB_ACTIONS: '', GITHUB_EVENT_PATH: '', NODE_OPTIONS: '', ...env },
    },
  );

describe('entry points', () => {
  test('are these three', async () => {
    const names = await readdir(path.join(checkout, 'src'));
    expect(names.filter((name) => name.endsWith('.ts')).sort()).toEqual(['cli.ts', 'main.ts', 'nix.ts']);
  });

  test('the Action with an input that there is not: an annotation with its code, exit 1', async () => {
    const env = { INPUT_MODE: 'check', INPUT_ATTRIBUTE: 'small', INPUT_FILE: 'default.nix' };
    const wrong = await start('main.ts', [], { ...env, INPUT_MODE: 'chek' });
    expect(wrong).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^::error title=input-invalid.*chek/m),
    });
  });

  test('the command line: help with exit 0, a command that there is not with exit 2', async () => {
    expect(await start('cli.ts', ['--help'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Usage: uv-fod'),
    });
    expect(await start('cli.ts', ['no-such-command'])).toMatchObject({ code: 2, stdout: '' });
  });

  test('what runs inside Nix builds: one sentence and exit 1 where there is no lock', async () => {
    const target = path.join(dir, 'target.json');
    await writeFile(
      target,
      '{ "system": "x86_64-linux", "python": "3.14.8", "libc": "glibc:2.39", "packages": [], "allPackages": false, "extras": [], "groups": [], "defaultGroups": false }',
    );
    const args = ['fetch', '--project', dir, '--target', target, '--out', path.join(dir, 'out')];
    expect(await start('nix.ts', args)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^uv-fod: There is no uv\.lock in [^\n]*\n$/),
    });
  });
});
