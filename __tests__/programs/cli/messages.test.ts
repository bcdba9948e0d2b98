import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import manifest from '../../../package.json' with { type: 'json' };
import { uvFod } from '../../unit/cli/support.ts';

// What the command line prints besides results, run from its sources.
jest.setTimeout(60_000);

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'messages-'));
  await writeFile(path.join(dir, 'broken.lock'), 'version = = 1\n');
});
afterAll(() => rm(dir, { recursive: true, force: true }));

test.each([
  ['plan', ['plan', '--lock', 'broken.lock'], 1, 'toml-syntax'],
  ['diff', ['diff', 'gone', 'broken.lock'], 1, 'lock-missing'],
  ['hash', ['hash', '--lock', 'broken.lock'], 1, 'target-missing'],
  ['check', ['check', '--config', 'gone.toml'], 1, 'config-missing'],
  ['update', ['update', '.#small', '--file', 'a.nix'], 1, 'input-invalid'],
  ['lock', ['lock', '--nonsense'], 2, 'usage'],
  ['init', ['init', '--use', 'nothing'], 2, 'usage'],
])('%s --json prints an error as one object', async (_, args, code, error) => {
  const run = await uvFod([...args, '--json'], dir);
  expect(run.code).toBe(code);
  expect(JSON.parse(run.stdout)).toMatchObject({ status: 'error', error, message: expect.any(String) });
  expect(run.stderr).toContain((JSON.parse(run.stdout) as { message: string }).message);
});

test('plan without a lock names what has one: uv lock, and the folder of a fetched source', async () => {
  const { code, stderr } = await uvFod(['plan'], dir);
  expect(code).toBe(1);
  expect(stderr).toContain(dir);
  expect(stderr).toMatch(/uv lock.*--project/);
});

test('--version prints the version of the package', async () => {
  expect(await uvFod(['--version'], dir)).toMatchObject({ code: 0, stdout: `${manifest.version}\n` });
});

test.each(['update', 'lock', 'check'])(
  '%s without an attribute or a configuration: what to type',
  async (name) => {
    const { code, stderr } = await uvFod([name], dir);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/'uv-fod init'.*'uv-fod (\w+) \w/)]);
    expect(stderr).toContain(`'uv-fod ${name} authentik-django'`);
  },
);

test('a name that the configuration does not have, beside one that it has', async () => {
  const config = path.join(dir, 'two.toml');
  await writeFile(config, '[[package]]\nattribute = "api"\n\n[[package]]\nattribute = "worker"\n');
  const { code, stderr } = await uvFod(['update', 'api', 'wroker', '--config', config], dir);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/'wroker' is not in .*Did you mean 'worker'/)]);
});

test.each([
  ['.#api', './other#worker'],
  ['.#api', 'worker'],
])('%s and %s are refused', async (...names) => {
  const { code, stderr } = await uvFod(['check', ...names], dir);
  expect([code, stderr]).toEqual([1, expect.stringContaining('once for each')]);
});
