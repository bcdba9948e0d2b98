// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Nix's interpolation
import { copyFile, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config/parse.ts';
import { cloneOfUvFod } from '../support/scenario/clone.ts';
import { git, Repository } from '../support/scenario/repository.ts';
import { edit, lockSmall, uvFod, writeSmall } from '../support/scenario/small.ts';

// The command line in a repository that nobody prepared for it: every example of every command's
// help, in the order in which somebody would come to them.
const minutes = 60_000;
let dir: string;
let repository: Repository;
let clone: string;
const here = (...args: string[]) => uvFod(args, repository.work, {}, clone);
const file = (name: string): Promise<string> => readFile(path.join(repository.work, name), 'utf8');

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'cli-'));
  repository = await Repository.create(dir);
  clone = await cloneOfUvFod(dir);
  await writeSmall(repository.work);
  await edit(repository, 'default.nix', (text) =>
    text.replace('  small = ', '  default = authentik-django;\n  authentik-django = '),
  );
  await writeFile(
    path.join(repository.work, 'flake.nix'),
    '{ outputs = _: { legacyPackages.${builtins.currentSystem} = import ./default.nix { }; }; }\n',
  );
  await copyFile(path.join(repository.work, 'uv.lock'), path.join(repository.work, 'old.lock'));
  await repository.push('A project of six 1.16.0');
  await lockSmall(repository.work, '1.17.0');
  await repository.push('Bump six to 1.17.0');
}, 2 * minutes);
afterAll(() => rm(dir, { recursive: true, force: true }));

/** The examples that a command's help ends with. */
async function examplesOf(command: string): Promise<string[]> {
  const { stdout } = await here(command, '--help');
  return [...stdout.matchAll(/^ {2}\$ (.+?)(?: {2}#.*)?$/gm)].map(([, line = '']) => line.trim());
}

describe('every example of every help runs', () => {
  test.each(['init', 'update', 'lock', 'plan', 'diff', 'hash', 'check'])(
    '%s',
    async (command) => {
      const examples = await examplesOf(command);
      expect(examples.length).toBeGreaterThan(1);
      for (const line of examples) {
        const before = await git(repository.work, 'status', '--porcelain');
        const [program, ...args] = line.split(/ +/);
        expect(program).toBe('uv-fod');
        const { code, stdout, stderr } = await here(...args);
        expect({ line, code, said: code === 0 ? '' : stdout + stderr }).toEqual({ line, code: 0, said: '' });
        if (args.includes('--json')) JSON.parse(stdout);
        if (args.includes('--dry-run'))
          expect(await git(repository.work, 'status', '--porcelain')).toBe(before);
      }
    },
    5 * minutes,
  );

  test('and what they wrote is what they said', async () => {
    const config = parseConfig(await file('.github/uv-fod.toml'), 'uv-fod.toml');
    // `default` is the same derivation by another name, in default.nix and in the flake.
    expect(config.packages.map(({ attribute }) => attribute)).toEqual(['authentik-django']);
    expect(await file('default.nix')).toContain('version = "2026.2.1";');
    expect(await file('default.nix')).not.toContain('hash = "";');
    expect(await file('.github/workflows/uv-fod-bump.yml')).toContain('uv-fod');
    expect(await file('.github/workflows/uv-fod-check.yml')).toContain('mode: check');
  });
});

describe('update', () => {
  test(
    '--dry-run shows the diff, and nothing is changed',
    async () => {
      await repository.push('As the examples left it');
      await lockSmall(repository.work, '1.16.0');
      const before = await git(repository.work, 'status', '--porcelain');
      const { code, stdout } = await here('update', 'authentik-django', '--dry-run', '--no-verify');
      expect(code).toBe(0);
      expect(stdout).toMatch(/^-.*hash = "sha256-.*";\n\+.*hash = "sha256-.*";$/m);
      expect(stdout).toContain('would change default.nix');
      expect(await git(repository.work, 'status', '--porcelain')).toBe(before);
    },
    minutes,
  );

  test(
    'without an attribute: all packages of the configuration, from any folder, told one by one',
    async () => {
      const names = ['authentik-django', 'default'];
      const config = names.map((name) => `[[package]]\nattribute = "${name}"\n`).join('\n');
      await writeFile(path.join(repository.work, '.github/uv-fod.toml'), config);
      const { code, stdout, stderr } = await uvFod(
        ['update', '--no-verify', '--json'],
        path.join(repository.work, '.github'),
      );
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      const told = JSON.parse(stdout) as { packages: { name: string; changed: boolean }[] };
      // The second has the first one's hash, which is right by then.
      expect(told.packages.map(({ name, changed }) => [name, changed])).toEqual([
        ['authentik-django', true],
        ['default', false],
      ]);
    },
    minutes,
  );

  test('--version is for one package, and not with --find-releases', async () => {
    const several = await here('update', '--version', '1');
    expect([several.code, several.stderr]).toEqual([1, expect.stringContaining('applies to one package')]);
    const both = await here('update', 'default', '--version', '1', '--find-releases');
    expect([both.code, both.stderr]).toEqual([2, expect.stringMatching(/^error: /)]);
  });

  test('an attribute that is not there is an error, with what to correct', async () => {
    const { code, stdout, stderr } = await here('check', 'gone');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain("There is no attribute 'gone'");
  });
});

describe('init', () => {
  test('keeps a configuration, and does not overwrite a workflow', async () => {
    const config = path.join(repository.work, '.github/uv-fod.toml');
    const mine = `${await readFile(config, 'utf8')}\n# mine\n`;
    await writeFile(config, mine);
    const workflow = path.join(repository.work, '.github/workflows/uv-fod-bump.yml');
    await writeFile(workflow, 'mine\n');
    const refused = await here('init', '--yes');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('nothing was written')]);
    expect(await readFile(workflow, 'utf8')).toBe('mine\n');
    const other = await here('init', '--use', 'updater', '--yes');
    expect([other.code, other.stdout]).toEqual([0, expect.stringContaining('kept .github/uv-fod.toml')]);
    expect(await readFile(config, 'utf8')).toBe(mine);
    expect((await here('init', '--yes', '--force')).code).toBe(0);
    expect(await readFile(workflow, 'utf8')).toContain('jobs:');
    expect(await readFile(config, 'utf8')).not.toContain('# mine');
  });

  test('writes for Forgejo in its own folder, and says what becomes of the other', async () => {
    const { code, stderr } = await here('init', '--forge', 'forgejo', '--yes');
    expect([code, stderr]).toEqual([0, expect.stringContaining('.github/workflows')]);
    expect(await file('.forgejo/workflows/uv-fod-bump.yml')).toContain('runs-on: nixos');
    // From now on the folder says it.
    expect((await here('init', '--use', 'check', '--yes')).stdout).toContain(
      '.forgejo/workflows/uv-fod-check.yml',
    );
    const refused = await here('init', '--use', 'two-jobs', '--yes');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('hoose another --use')]);
    await rm(path.join(repository.work, '.forgejo'), { recursive: true });
  });

  test('writes no placeholder: without a clone it asks for the commit', async () => {
    const { code, stdout, stderr } = await uvFod(['init', '--yes', '--use', 'check'], repository.work);
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining('--action OWNER/NAME@COMMIT')]);
    const given = await here('init', '--yes', '--action', `OWNER/uv-fod@${'1'.repeat(40)}`);
    expect([given.code, given.stdout]).toEqual([2, '']);
    const commit = (await git(clone, 'rev-parse', 'HEAD')).trim();
    expect(await file('.github/workflows/uv-fod-updater.yml')).toContain(`uses: you/uv-fod@${commit}\n`);
  });

  const found = async (work: string) => {
    const { code, stdout, stderr } = await uvFod(['init', '--dry-run', '--json'], work, {}, clone);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const { packages, leftOut } = JSON.parse(stdout) as {
      packages: { attribute: string }[];
      leftOut: { name: string; why: string }[];
    };
    const listed = leftOut.map(({ name, why }) => `${name}: ${why}`).join('\n');
    return { attributes: packages.map(({ attribute }) => attribute), listed };
  };

  test('looks into sets, of a default.nix and of a flake', async () => {
    const work = path.join(dir, 'sets');
    await writeSmall(work);
    await git(work, 'init', '--quiet');
    await rename(path.join(work, 'default.nix'), path.join(work, 'small.nix'));
    const nested =
      '{ pkgs ? import <nixpkgs> { } }: { inherit pkgs; packages = import ./small.nix { }; later = throw "x"; }\n';
    await writeFile(path.join(work, 'default.nix'), nested);
    const whole = await found(work);
    expect(whole).toEqual({
      attributes: ['packages.small'],
      listed: expect.stringMatching(/^pkgs\.\*: [^\n]*\nlater: .*default\.nix.*: x\./),
    });
    // What it named is what the other commands find.
    const checked = await uvFod(['check', 'packages.small', '--json'], work);
    expect(JSON.parse(checked.stdout)).toMatchObject({ status: 'stale' });

    // An error that Nix can't go on after, further down.
    const broken = nested.replace(
      'later =',
      'sets = { a = { }.gone; }; small = (import ./small.nix { }).small; later =',
    );
    await writeFile(path.join(work, 'default.nix'), broken);
    const partly = await found(work);
    expect(partly.attributes).toEqual(['small']);
    expect(partly.listed).toMatch(/^sets: .*attribute 'gone' missing/m);

    await rm(path.join(work, 'default.nix'));
    await writeFile(
      path.join(work, 'flake.nix'),
      '{ outputs = _: { legacyPackages.${builtins.currentSystem}.python = import ./small.nix { }; }; }\n',
    );
    await git(work, 'add', '--all');
    expect((await found(work)).attributes).toEqual(['python.small']);
  });

  test('looks into the file that is given, and only there', async () => {
    const work = path.join(dir, 'given');
    await writeSmall(path.join(work, 'nix'));
    await git(work, 'init', '--quiet');
    await writeFile(path.join(work, 'default.nix'), '{ }\n');
    await writeFile(path.join(work, 'image.nix'), '{ image = 1; }\n');
    const file = path.join('nix', 'default.nix');
    const init = (...args: string[]) => uvFod(['init', '--dry-run', '--json', ...args], work, {}, clone);
    for (const args of [[], ['small']])
      expect(JSON.parse((await init('--file', file, ...args)).stdout)).toMatchObject({
        packages: [{ attribute: 'small', nix: { file } }],
      });
    const other = await init('--file', 'image.nix');
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('image.nix')]);
    expect(JSON.parse((await init('--file', 'gone.nix')).stdout)).toMatchObject({ error: 'file-missing' });
  });

  test('where nothing is found it says what to name', async () => {
    const empty = await mkdtemp(path.join(tmpdir(), 'empty-'));
    const { code, stderr } = await uvFod(['init', '--yes'], empty, {}, clone);
    expect([code, stderr]).toEqual([1, expect.stringContaining('uv-fod init authentik-django')]);
    await rm(empty, { recursive: true });
  });
});
