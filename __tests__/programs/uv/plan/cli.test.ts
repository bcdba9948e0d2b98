import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HASH, HEADER, registryPackage, rootPackage } from '../../../unit/uv/lock/support.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const cli = path.join(ROOT, 'dist/cli.js');
const PYPROJECT = '[project]\nname = "root"\nversion = "0"\n';
const GOOD =
  HEADER + rootPackage('{ name = "a" }, { name = "b" }') + registryPackage('a') + registryPackage('b');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'uv-fod-cli-'));
});

afterAll(() => rm(folder, { recursive: true }));

function uvFod(...args: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], { cwd: folder, timeout: 20_000 });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: unknown) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk: unknown) => (stderr += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

async function project(name: string, lock: string | Uint8Array, pyproject = PYPROJECT): Promise<string> {
  const dir = path.join(folder, name.replaceAll(/\W+/g, '-'));
  await mkdir(dir, { recursive: true });
  await writeFile(path.join(dir, 'uv.lock'), lock);
  await writeFile(path.join(dir, 'pyproject.toml'), pyproject);
  return dir;
}

describe('plan and diff as processes', () => {
  test('plan --json', async () => {
    const { code, stdout, stderr } = await uvFod('plan', '--project', await project('good', GOOD), '--json');
    expect([code, stderr]).toEqual([0, '']);
    const { artifacts } = JSON.parse(stdout) as { artifacts: unknown[] };
    expect(artifacts).toHaveLength(3);
    expect(artifacts[0]).toEqual({
      name: 'a',
      version: '1.0',
      kind: 'wheel',
      filename: 'a-1.0-py3-none-any.whl',
      hash: HASH,
      size: 7,
      url: 'https://files.index.example/a-1.0-py3-none-any.whl',
    });
  });

  test('plan as a table with totals', async () => {
    const { code, stdout } = await uvFod('plan', '--project', await project('table', GOOD));
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^NAME +VERSION +KIND +SIZE +ARTIFACT\na +1\.0 +wheel +0\.0 MB +a-1\.0-py3-none-any\.whl\n/,
    );
    expect(stdout).toMatch(/\n2 wheels, 0 sdists, 0 git, 1 directory, 0\.0 MB\n$/);
  });

  test('diff, as text and as JSON', async () => {
    const old = path.join(await project('old', GOOD), 'uv.lock');
    const now = path.join(
      await project('new', GOOD.replaceAll('1.0-py3', '2.0-py3').replaceAll('"1.0"', '"2.0"')),
      'uv.lock',
    );
    expect((await uvFod('diff', old, now)).stdout).toMatch(
      /changed +a +1\.0 → 2\.0 +direct +x86_64-linux wheel/,
    );
    expect(JSON.parse((await uvFod('diff', old, now, '--json')).stdout)).toMatchObject({
      added: [],
      changed: [{ name: 'a' }, { name: 'b' }],
    });
    expect((await uvFod('diff', old, old)).stdout).toBe('No package changed.\n');
  });

  test.each([[['plan', '--nonsense']], [['plan', 'extra-argument']], [['diff', 'one']], [['nonsense']]])(
    'usage: %j ends with 2',
    async (args) => {
      const { code, stderr } = await uvFod(...args);
      expect([code, stderr.split('\n')[0]]).toEqual([2, expect.stringMatching(/^error: /)]);
    },
  );
});

describe('bad input: one clear message, exit 1, no stack trace, no partial plan', () => {
  const deep = '['.repeat(10_000) + ']'.repeat(10_000);
  const sdistless = registryPackage('b').replace('py3-none-any', 'cp39-cp39-win32');
  test.each([
    [
      'merge conflict',
      GOOD.replace('[[package]]', '<<<<<<< HEAD\n[[package]]'),
      /uv\.lock:4 has an unresolved merge conflict/,
    ],
    ['invalid TOML', `${GOOD}x = \n`, /uv\.lock:\d+:\d+ is not valid TOML/],
    ['wrong type', GOOD.replace('"1.0"', '1.0'), /'version' has to be a string, not a number/],
    ['missing name', GOOD.replace('name = "a"\n', ''), /'name' is missing/],
    ['missing version', GOOD.replace('version = "1.0"\n', ''), /package 'a'\): 'version' is missing/],
    [
      'dependency not in the lock',
      GOOD.replace('{ name = "b" }', '{ name = "gone" }'),
      /depends on 'gone', which the lock does not hold/,
    ],
    [
      'marker',
      GOOD.replace('{ name = "b" }', '{ name = "b", marker = "python_version >> 3" }'),
      /the marker "python_version >> 3" is not one that uv writes, from its column 1 /,
    ],
    ['python', GOOD.replace('>=3.11', '<3.14'), /Python 3\.14\.0 is outside requires-python '<3\.14'/],
    [
      'nothing fits',
      HEADER + rootPackage('{ name = "b" }') + sdistless,
      /b 1\.0: .*b-1\.0-cp39-cp39-win32\.whl.* x86_64-linux/,
    ],
    [
      'wheels for other Pythons',
      HEADER +
        rootPackage('{ name = "b" }') +
        registryPackage('b').replace('py3-none-any', 'cp312-cp312-manylinux_2_17_x86_64'),
      /b 1\.0: its wheels are for Python 3\.12, /,
    ],
    ['nested arrays', `${GOOD}x = ${deep}\n`, /uv\.lock:\d+:\d+ is not valid TOML: .*nested/],
    ['dotted keys', `${GOOD}a${'.a'.repeat(10_000)} = 1\n`, /nests a dotted key deeper than 160 levels/],
    ['fifty megabytes', Buffer.alloc(50_000_000, '#'), /has 50\.0 MB/],
    ['not UTF-8', Buffer.from([0xff, 0xfe, 0x00]), /is not text in UTF-8/],
    ['empty', '', /'version' is missing: this is not a uv\.lock/],
    ['format version', 'version = 9\n', /format version 9/],
    ['another project', GOOD.replaceAll('root', 'other'), /does not have the project 'root'/],
  ])('%s', async (name, lock, message) => {
    const { code, stdout, stderr } = await uvFod('plan', '--project', await project(name, lock), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'error', message: expect.stringMatching(message) });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('no lock, a folder for a lock, a device for a lock', async () => {
    expect(await uvFod('plan', '--project', folder)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no uv.lock'),
    });
    expect(await uvFod('plan', '--lock', folder)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not a file'),
    });
    expect(await uvFod('plan', '--lock', '/dev/zero')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not a file'),
    });
    expect(await uvFod('diff', '/dev/zero', 'gone')).toMatchObject({ code: 1 });
  });

  test('a broken pyproject.toml and uv.toml', async () => {
    expect(await uvFod('plan', '--project', await project('pyproject', GOOD, '[project\n'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('pyproject.toml:1:'),
    });
    const dir = await project('uvtoml', GOOD);
    await writeFile(path.join(dir, 'uv.toml'), 'no-binary-package = "a"\n');
    expect(await uvFod('plan', '--project', dir)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("'no-binary-package' has to be an array"),
    });
  });

  test('control characters of a stranger do not reach the terminal', async () => {
    const lock = GOOD.replace('files.index.example/a-1.0', 'files.index.example/\\u001b[2Ja-1.0');
    const { stdout, stderr } = await uvFod('plan', '--project', await project('escape', lock));
    expect(stdout + stderr).not.toContain('\u001b');
  });
});
