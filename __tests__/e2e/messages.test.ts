import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { run } from '../support/nix/run.ts';
import { git, Repository } from '../support/scenario/repository.ts';
import { edit, uvFod, writeSmall } from '../support/scenario/small.ts';

// What a user meets in the first hour: mistakes in the own Nix code, and files that git or the
// configuration do not know yet.
const minutes = 60_000;
let dir: string;
let repository: Repository;
const here = (...args: string[]) => uvFod(args, repository.work);
const change = (from: string, to: string) =>
  edit(repository, 'default.nix', (text) => text.replace(from, to));
const write = (name: string, text: string) => writeFile(path.join(repository.work, name), text);
const withFlake = () =>
  write(
    'flake.nix',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Nix's interpolation
    '{ outputs = _: { packages.${builtins.currentSystem} = import ./default.nix { }; }; }\n',
  );

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'messages-'));
  repository = await Repository.create(dir);
  await writeSmall(repository.work);
  await repository.push('A project');
}, minutes);
afterAll(() => rm(dir, { recursive: true, force: true }));
afterEach(async () => {
  await git(repository.work, 'reset', '--quiet', '--hard');
  await git(repository.work, 'clean', '--quiet', '--force', '-d');
});

describe('an attribute that is missing', () => {
  test.each([
    ['in a set', 'smal', "'small'"],
    ['in a set of a set', 'sets.smal', "'sets.small'"],
  ])('%s: the error names the one that was meant', async (_, attribute, meant) => {
    await change('  small = ', '  sets = { inherit small; };\n  small = ');
    const { code, stderr } = await here('check', attribute);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`Did you mean ${meant}?`)]);
    expect((await here('check', 'unlike')).stderr).not.toContain('Did you mean');
  });
});

describe('an error of evaluation', () => {
  test('begins with the place in the file of the user', async () => {
    await change('version = "1.0";', 'version = gone;');
    const { code, stdout, stderr } = await here('check', 'small', '--json');
    const file = path.join(repository.work, 'default.nix');
    const line = (await readFile(file, 'utf8')).split('\n').findIndex((one) => one.includes('gone')) + 1;
    expect([code, stderr]).toEqual([1, expect.stringContaining(`uv-fod: ${file}:${line}:15: `)]);
    expect(stderr).not.toContain('«string»');
    // What it quotes comes before the message.
    expect(stderr).toMatch(/\n {2}\| .*undefined variable.*\n(?: {2}\| .*\n)*uv-fod: .*\n$/);
    expect(JSON.parse(stdout)).toMatchObject({ error: 'evaluation-failed', at: { file, line, column: 15 } });
  });
});

describe('a flake with a file that git does not track', () => {
  test.each([
    ['flake.nix', () => withFlake()],
    [
      'more.nix',
      async () => {
        await withFlake();
        await git(repository.work, 'add', 'flake.nix');
        await write('more.nix', '"1.0"\n');
        await change('version = "1.0";', 'version = import ./more.nix;');
      },
    ],
    [
      'uv.lock',
      async () => {
        await withFlake();
        await git(repository.work, 'add', 'flake.nix');
        await git(repository.work, 'rm', '--quiet', '--cached', 'uv.lock');
      },
    ],
  ])('%s: the error has the command that adds it', async (name, prepare) => {
    await prepare();
    const { code, stderr } = await here('check', '.#small');
    expect([code, stderr]).toEqual([1, expect.stringContaining(`git add ${name}`)]);
    await git(repository.work, 'reset', '--quiet', '--hard');
  });
});

describe('init', () => {
  const init = (...args: string[]) =>
    here('init', '--yes', '--dry-run', '--action', `you/uv-fod@${'1'.repeat(40)}`, ...args);

  test('lists the packages that it leaves out, and why', async () => {
    await change('  small = ', '  other = small;\n  small = ');
    const { code, stdout } = await init();
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^left out small: its hash is written where that of other is, at .*default\.nix:\d+$/m,
    );
  });

  test('refuses a name that does not exist', async () => {
    const { code, stderr } = await init('smal');
    expect([code, stderr]).toEqual([1, expect.stringContaining("Did you mean 'small'?")]);
  });

  test('sets no nix_path for a flake', async () => {
    await withFlake();
    await git(repository.work, 'add', 'flake.nix');
    const { code, stdout } = await init('.#small');
    expect([code, stdout]).toEqual([0, expect.not.stringContaining('nix_path')]);
  });

  test('prefers the flake, and lists a file that does not evaluate', async () => {
    await withFlake();
    await git(repository.work, 'add', 'flake.nix');
    const both = await init();
    expect([both.code, both.stdout]).toEqual([0, expect.stringContaining('+nix = { flake = "." }')]);
    expect(both.stdout).toContain('left out small of default.nix: flake.nix has the same name');
    await write('flake.nix', '{ outputs = _: { packages = throw "not yet"; }; }\n');
    const other = await init();
    expect([other.code, other.stdout]).toEqual([
      0,
      expect.stringMatching(/^left out flake\.nix: .*not yet/m),
    ]);
    expect(other.stdout).toMatch(/^\+attribute = "small"\n(?!\+nix)/m);
  });

  test('of a file that is one derivation names the file alone', async () => {
    await write('environment.nix', '(import ./default.nix { }).small\n');
    const { code, stdout } = await init('--file', 'environment.nix');
    expect([code, stdout]).toEqual([0, expect.stringContaining('+nix = { file = "environment.nix" }')]);
    expect(stdout).not.toContain('+attribute');
    expect(stdout).toContain('environment for x86_64-linux');
  });

  test('plans an update, and prints what would stop it', async () => {
    expect((await init()).stdout).not.toContain("can't be updated");
    await git(repository.work, 'rm', '--quiet', 'uv.lock');
    const { code, stdout } = await init();
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^small can't be updated yet: .*uv\.lock/m)]);
    expect(JSON.parse((await init('--json')).stdout)).toMatchObject({ problems: [{ name: 'small' }] });
  });

  test('leaves out what does not evaluate, with the reason; one that is named is an error', async () => {
    await change('  small = ', '  later = throw "not yet";\n  small = ');
    const { code, stdout } = await init();
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^left out later: .*default\.nix.*not yet/m)]);
    expect(stdout).toContain('+attribute = "small"');
    const named = await init('later');
    expect([named.code, named.stdout, named.stderr]).toEqual([1, '', expect.stringContaining('not yet')]);
  });
});

test('a flake without flake.lock: the warning has the commands, and is gone after them', async () => {
  await withFlake();
  await write('pins.nix', '{ }\n');
  const text = await readFile(path.join(repository.work, 'flake.nix'), 'utf8');
  await write('flake.nix', text.replace('{', '{ inputs.pins = { url = "path:./pins.nix"; flake = false; };'));
  await git(repository.work, 'add', 'flake.nix', 'pins.nix');
  const warned = JSON.parse((await here('check', '.#small', '--json')).stdout) as { warnings: string[] };
  expect(warned.warnings.join()).toMatch(/nix flake lock' and 'git add flake\.lock'/);
  const features = ['--extra-experimental-features', 'nix-command flakes'];
  expect(await run('nix', [...features, 'flake', 'lock'], { cwd: repository.work })).toMatchObject({
    code: 0,
  });
  await git(repository.work, 'add', 'flake.lock');
  expect(JSON.parse((await here('check', '.#small', '--json')).stdout)).toMatchObject({ warnings: [] });
});

test('an attribute where there is only a flake.nix: the error says how to name it', async () => {
  await withFlake();
  await git(repository.work, 'mv', 'default.nix', 'other.nix');
  const { code, stderr } = await here('update', 'small');
  expect([code, stderr]).toEqual([1, expect.stringContaining("'.#small'")]);
});

test('a version that is in another file: the error names the key for it', async () => {
  await write('version.json', '{ "version": "1.0" }\n');
  await change(
    'version = "1.0";',
    'version = (builtins.fromJSON (builtins.readFile ./version.json)).version;',
  );
  const { code, stderr } = await here('update', 'small', '--version', '2.0', '--no-verify');
  expect([code, stderr]).toEqual([1, expect.stringContaining('version-files = [{ file')]);
});

test(
  'an interpreter of another patch release: the error has the fix',
  async () => {
    await change('python = "3.14.8"', 'python = "3.14.7"');
    const { code, stderr } = await here('update', 'small');
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^uv-fod: small was locked .*set target\.python to python\.version/m),
    ]);
  },
  minutes,
);

test(
  'a file that is one derivation needs no attribute',
  async () => {
    await write('environment.nix', '(import ./default.nix { }).small\n');
    const updated = await here('update', '--file', 'environment.nix', '--no-verify', '--json');
    expect({ code: updated.code, stderr: updated.code === 0 ? '' : updated.stderr }).toEqual({
      ...{ code: 0, stderr: '' },
    });
    expect(JSON.parse(updated.stdout)).toMatchObject({ name: 'environment', changed: true });
    await write('.uv-fod.toml', '[[package]]\nnix = { file = "environment.nix" }\n');
    const checked = await here('check', '--config', '.uv-fod.toml', '--json');
    expect(JSON.parse(checked.stdout)).toMatchObject({
      status: 'current',
      results: [{ name: 'environment' }],
    });
    const set = await here('check', '--file', 'default.nix');
    expect([set.code, set.stderr]).toEqual([
      1,
      expect.stringMatching(/not one derivation.*one of its packages/),
    ]);
  },
  3 * minutes,
);
