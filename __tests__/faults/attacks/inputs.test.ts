import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { runText } from '../../support/nix/run.ts';
import { uvFod } from '../../support/scenario/small-project.ts';
import { type Acted, type ActOptions, makeWorld, type World } from '../../support/scenario/world.ts';
import { minutes } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
}, 2 * minutes);
afterAll(() => world?.close());

type Make = (file: string) => Promise<unknown>;

const pipe: Make = (file) => runText('mkfifo', [file]);
const endless: Make = (file) => symlink('/dev/zero', file);
const sparse: Make = (file) => runText('truncate', ['--size=1T', file]);
const holding =
  (text: string | Uint8Array): Make =>
  (file) =>
    writeFile(file, text);

/** Puts something in the place of a file of the checkout. */
const replaced =
  (name: string, make: Make): NonNullable<ActOptions['prepare']> =>
  async (workspace) => {
    const file = path.join(workspace, name);
    await rm(file, { force: true });
    await mkdir(path.dirname(file), { recursive: true });
    await make(file);
  };

/** One coded sentence; the checkout is as it was, and nothing was written to GitHub. */
function expectRefused(acted: Acted, code: string): void {
  expect(acted.errors.map(({ title }) => title)).toEqual([code]);
  expect(acted.log).not.toContain('defect of uv-fod');
  expect(acted.code).toBe(1);
  expect(acted.left).toBe('');
  expect(world.github.requests.filter(({ write }) => write > 0)).toEqual([]);
}

const event = (rest: string): string => `{"ref":"refs/heads/main",${rest}}`;
const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

for (const [what, make, code] of [
  ['a pipe', pipe, 'file-unreadable'],
  ['without end', endless, 'file-unreadable'],
  ['sparse', sparse, 'file-too-large'],
  ['cut short', holding(event(`"x":${deep(1e6).slice(1e6)}`)), 'untrusted-event'],
  ['not text', holding(new Uint8Array([123, 255, 125])), 'file-unreadable'],
] as const)
  attack(9, ['update'], `an event that is ${what}`, async () => {
    const file = path.join(await mkdtemp(path.join(world.dir, 'event-')), 'event.json');
    await make(file);
    expectRefused(await world.act({ env: { GITHUB_EVENT_PATH: file } }), code);
  });

const configuration = '.github/uv-fod.toml';
for (const [what, make, code] of [
  ['a pipe', pipe, 'file-unreadable'],
  ['a link to a device', endless, 'file-outside'],
  ['of 50 MB', holding(`# ${'x'.repeat(50e6)}\n`), 'file-too-large'],
  ['nested 100,000 levels deep', holding(`x = ${deep(1e5)}\n`), 'config-syntax'],
  ['of one key with 100,000 parts', holding(`${'a.'.repeat(1e5)}a = 1\n`), 'config-invalid'],
] as const)
  attack(9, ['check', 'compute'], `a configuration that is ${what}`, async () => {
    for (const mode of ['check', 'compute']) {
      const inputs = { mode, attribute: '' };
      expectRefused(await world.act({ prepare: replaced(configuration, make), inputs }), code);
    }
  });

for (const [what, name, make, why] of [
  ['a lock that is a pipe', 'uv.lock', pipe, /uv\.lock is not a file/],
  ['a lock that is sparse', 'uv.lock', sparse, /uv\.lock has 1099511\.6 MB/],
  ['a build lock without end', 'uv-fod.lock.json', endless, /uv-fod\.lock\.json is not a file/],
] as const)
  attack(9, ['cli'], what, async () => {
    const dir = await mkdtemp(path.join(world.dir, 'cli-'));
    const workspace = await world.repository.checkout(path.join(dir, 'work'));
    await replaced(name, make)(workspace);
    const { code: status, stderr } = await uvFod(['check', 'small'], workspace);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(why);
    expect(stderr).not.toContain('defect of uv-fod');
  });

/** Attributes of a derivation that are not what they are elsewhere. */
const attributes: readonly (readonly [string, string])[] = [
  ['version = 1;', ''],
  ['version = { a = [ ]; };', ''],
  ['pname = [ ];', ''],
  ['pythonImportsCheck = [ { } ];', ''],
  ['', 'uvFod = null;'],
  ['', 'systems.x.uvFod = own // { position = { file = 1; }; };'],
  ['', 'uvFod = own // { project = 1; };'],
  ['', 'uvFod = own // { src = { }; };'],
  ['uvFod = real.small.uvFod // { buildLock = 1; };', ''],
  ['uvFod = { };', 'uvFod = own // { buildLock = 1; };'],
  ['', 'systems.x.uvFod = own // { target = own.target // { groups = 1; }; };'],
  ['', 'systems.x.uvFod = own // { hash = { }; };'],
];
attack(
  9,
  ['update'],
  'attributes of a derivation that have another type',
  async () => {
    for (const [ofPackage, ofDeps] of attributes) {
      const prepare = async (workspace: string): Promise<void> => {
        const file = path.join(workspace, 'default.nix');
        const text = await readFile(file, 'utf8');
        await writeFile(
          file,
          `let real = (${text}) { }; own = real.uvDeps.uvFod; in {
          small = real.small // { uvDeps = real.uvDeps // { ${ofDeps} }; } // { ${ofPackage} };
        }`,
        );
      };
      const acted = await world.act({ prepare });
      expect(acted.log).not.toContain('defect of uv-fod');
      expect([ofPackage, ofDeps, ...acted.errors.map(({ title }) => title)]).toEqual([
        ...[ofPackage, ofDeps],
        expect.stringMatching(/^(evaluation-failed|not-uv-fod)$/),
      ]);
      expect(acted.left).toBe('');
    }
  },
  2 * minutes,
);

for (const [what, env, code] of [
  ['outputs on a full disk', { GITHUB_OUTPUT: '/dev/full' }, 'output-unwritable'],
  ['outputs to a folder', { GITHUB_OUTPUT: '/tmp' }, 'output-unwritable'],
  ['a temporary folder that is missing', { RUNNER_TEMP: '/nonexistent' }, 'system-error'],
  ['a temporary folder that is a file', { RUNNER_TEMP: '/etc/passwd' }, 'system-error'],
  ['a time limit of no time', { UV_FOD_TIME_LIMIT: '0' }, 'input-invalid'],
] as const)
  attack(9, ['check', 'update'], what, async () => {
    for (const inputs of [
      { mode: 'check', token: '' },
      { 'pull-request': 'false', verify: 'false' },
    ]) {
      const acted = await world.act({ env, inputs });
      expect(acted.errors.map(({ title }) => title)).toEqual([code]);
      expect(acted.log).not.toContain('defect of uv-fod');
      expect(acted.code).toBe(1);
    }
  });

attack(9, ['publish'], 'a job summary on a full disk is a warning', async () => {
  const inputs = { mode: 'publish', result: 'missing.json' };
  const acted = await world.act({ env: { GITHUB_STEP_SUMMARY: '/dev/full' }, inputs });
  expect(acted.errors.map(({ title }) => title)).toEqual(['result-missing']);
  expect(acted.log).toContain('::warning::');
  expect(acted.log).not.toContain('defect of uv-fod');
});
