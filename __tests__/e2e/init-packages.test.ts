import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config/parse.ts';
import { uvFod } from '../support/scenario/small.ts';
import { twoPackages, writeTwoPackages } from '../support/scenario/two-packages.ts';

// What `init` makes of two packages over one uv.lock.
const minutes = 60_000;
const own = { api: './api.lock.json', worker: './worker.lock.json' };
let dir: string;
let root: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'init-packages-'));
  root = await writeTwoPackages(path.join(dir, 'mono'), own);
  await rm(path.join(root, '.github'), { recursive: true });
}, minutes);
afterAll(() => rm(dir, { recursive: true, force: true }));

const init = (...args: string[]) =>
  uvFod(['init', '--yes', '--action', `you/uv-fod@${'1'.repeat(40)}`, ...args], root);
const config = () => readFile(path.join(root, '.github/uv-fod.toml'), 'utf8');
const groups = async () =>
  parseConfig(await config(), 'x').packages.map(({ attribute, group }) => [attribute, group]);
const derivation = (text: string) => writeFile(path.join(root, 'default.nix'), text);

test(
  'two packages with one build lock are refused, as the next command would, and nothing is written',
  async () => {
    await derivation(twoPackages({ api: './x.lock.json', worker: './x.lock.json' }));
    const files = await readdir(root);
    const { code, stderr } = await init();
    expect([code, stderr]).toEqual([1, expect.stringMatching(/'api' and 'worker'.*\.\/worker\.lock\.json/)]);
    expect(await readdir(root)).toEqual(files);
    await derivation(twoPackages(own));
  },
  minutes,
);

test(
  'those over one uv.lock are one group, whatever the folder is called; with --no-group they are not',
  async () => {
    const { code, stdout } = await init();
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^group workspace: api, worker have/m)]);
    expect(stdout).toContain('fills in the hashes and writes the build locks\n');
    expect(await groups()).toEqual([
      ['api', 'workspace'],
      ['worker', 'workspace'],
    ]);
    // The workflow is for bumps, which look for no releases.
    expect(await config()).not.toMatch(/updater|releases/);
    const apart = await init('--no-group', '--force');
    expect([apart.code, apart.stdout]).toEqual([0, expect.not.stringContaining('group')]);
    expect(await groups()).toEqual([
      ['api', undefined],
      ['worker', undefined],
    ]);
  },
  2 * minutes,
);

test(
  'a kept configuration without a package: the package is named, with what to add',
  async () => {
    expect(await init('--force')).toMatchObject({ code: 0 });
    const cron = twoPackages(own).replace(/\}\n$/, '  cron = CRON;\n}\n');
    const api = /api = (uv-fod\.buildUvEnv \{[\s\S]*?\n {2}\});/.exec(cron)?.[1] ?? '';
    await derivation(cron.replace('CRON', () => api.replaceAll('api', 'cron')));
    const before = await config();
    const { code, stdout } = await init();
    expect([code, stdout]).toEqual([0, expect.stringContaining('cron is not in it. Add it')]);
    expect(stdout).toContain('add to .github/uv-fod.toml what is listed above');
    expect(await config()).toBe(before);
    expect(JSON.parse((await init('--json')).stdout)).toMatchObject({ missing: [{ attribute: 'cron' }] });
    // What it says to add is what a configuration of all three has.
    const entry = /^\[\[package\]\]\n(?:.+\n)*/m.exec(stdout)?.[0] ?? '';
    await writeFile(path.join(root, '.github/uv-fod.toml'), `${before}\n${entry}`);
    expect(await groups()).toContainEqual(['cron', 'workspace']);
    expect((await init()).stdout).not.toContain('is not in it');
    await derivation(twoPackages(own));
  },
  3 * minutes,
);

test(
  'once the hashes are current there is nothing to fill in',
  async () => {
    await rm(path.join(root, '.github'), { recursive: true });
    expect(await init()).toMatchObject({ code: 0, stdout: expect.stringContaining('run `uv-fod update`') });
    expect(await uvFod(['update', '--no-verify'], root)).toMatchObject({ code: 0 });
    const again = await init();
    expect([again.code, again.stdout]).toEqual([0, expect.not.stringContaining('run `uv-fod update`')]);
    expect(again.stdout).toContain('review uv-fod at');
    expect(again.stdout).toContain('Allow GitHub Actions to create and approve pull requests');
  },
  4 * minutes,
);
