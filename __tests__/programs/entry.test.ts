import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fakeHash } from '../../src/system/sri.ts';
import { run } from '../support/nix/run.ts';
import { checkout } from '../support/runner/runner.ts';

// Entry points as processes, from the sources: they start, take nothing for granted, and end with a
// code. What they do then is in the rings, which run dist/.
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

  test('a check without any program: one result, and its temporary files are deleted', async () => {
    const [project, temporary] = [path.join(dir, 'project'), path.join(dir, 'temporary')];
    for (const folder of [project, temporary]) await mkdir(folder);
    const sdists = ['e', 'f', 'g', 'h', 'i', 'j'];
    await writeFile(path.join(project, 'uv.lock'), lockOf(sdists));
    await writeFile(path.join(project, 'pyproject.toml'), '[project]\nname = "demo"\nversion = "1"\n');
    const file = path.join(project, 'default.nix');
    const check = async (hash: string) => {
      await writeFile(path.join(project, 'uv-fod.lock.json'), buildLockOf(hash));
      await writeFile(file, `{ }: { hash = "${hash}"; }\n`);
      const env = { PATH: dir, TMPDIR: temporary, XDG_CACHE_HOME: path.join(dir, 'cache') };
      return start('cli.ts', ['check', 'demo', '--file', file, '--json'], env);
    };
    const { hashes } = JSON.parse((await check(fakeHash)).stdout);
    // The first build without an environment fails while the sources of others are being fetched.
    const { code, stdout, stderr } = await check(hashes[0].after);
    expect({ code, stderr, left: await readdir(temporary) }).toEqual({ code: 3, stderr: '', left: [] });
    expect(JSON.parse(stdout)).toMatchObject({ status: 'stale', message: expect.stringContaining('demo') });
  });
});

const lockOf = (sdists: readonly string[]): string => `version = 1
revision = 3
requires-python = ">=3.13"

[[package]]
name = "demo"
version = "1"
source = { editable = "." }
dependencies = [${sdists.map((name) => `{ name = "${name}" }`).join(', ')}]
${sdists
  .map(
    (name) => `
[[package]]
name = "${name}"
version = "1"
source = { registry = "http://127.0.0.1:9/simple" }
sdist = { url = "http://127.0.0.1:9/${name}-1.tar.gz", hash = "sha256:${'a'.repeat(64)}", size = 9 }
`,
  )
  .join('')}`;

const selection = { packages: [], allPackages: false, extras: [], groups: [], defaultGroups: false };
const buildLockOf = (hash: string): string =>
  JSON.stringify({
    version: 1,
    target: { python: '3.14.8', libc: 'glibc:2.39', ...selection },
    systems: { 'x86_64-linux': { plan: '', hash, builds: [], environments: {} } },
    ...{ builds: {}, wheels: {} },
  });
