import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { run, runText } from '../support/nix/run.ts';
import { uvFod } from '../support/scenario/small.ts';

// Derivations that can't be updated: one sentence with the fix, and nothing changes.
const minutes = 60_000;
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'refused-'));
  await runText('git', ['init', '--quiet', dir]);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const fod = (name: string, more: string): string => `pkgs.stdenvNoCC.mkDerivation {
    name = "${name}"; dontUnpack = true; dontFixup = true; ${more}
    outputHashMode = "recursive"; outputHashAlgo = "sha256"; outputHash = pkgs.lib.fakeHash;
  }`;
const app = (deps: string): string => `pkgs.stdenvNoCC.mkDerivation {
    name = "app-1.0"; dontUnpack = true; deps = [ ${deps} ]; installPhase = "touch $out";
  }`;
const file = (bindings: string): string => `{ pkgs ? import <nixpkgs> { } }: rec {\n  ${bindings}\n}\n`;
const copies = 'lock = ./uv.lock; installPhase = "cp $lock $out";';

const refers = `lock = ./uv.lock; installPhase = "echo \${pkgs.bash} >$out";`;

/** Runs the command over a derivation. */
async function update(nix: string, ...args: string[]) {
  await writeFile(path.join(dir, 'default.nix'), nix);
  await writeFile(path.join(dir, 'uv.lock'), 'version = 1\nrevision = 3\nrequires-python = ">=3.14"\n');
  await run('git', ['-C', dir, 'add', '--all']);
  const done = await uvFod(['update', ...args], dir);
  expect(await readFile(path.join(dir, 'default.nix'), 'utf8')).toBe(nix);
  expect(done.code).toBe(1);
  return done.stderr;
}

describe('is refused', () => {
  test.each([
    [
      'no derivation that the lock reaches: the nearest are named',
      file(`deps = ${fod('other-deps', 'installPhase = "echo 1 >$out";')};\n  app = ${app('deps')};`),
      ['app'],
      /No fixed-output derivation of 'app' changes with a lock.*nearest is 'other-deps'.*dependencies = "\.pythonDeps"/,
    ],
    [
      'two derivations that the lock reaches: both are listed',
      file(`one = ${fod('one', copies)};\n  two = ${fod('two', copies)};\n  app = ${app('one two')};`),
      ['app'],
      /2 fixed-output derivations of 'app' change with the lock: 'one', 'two'.*dependencies = "(?:one|two)"/,
    ],
    [
      'an attribute that is not a derivation',
      file('app = { };'),
      ['app'],
      /'app' of .*default\.nix' is not a derivation/,
    ],
    [
      'a name of the dependencies that is not there',
      file(`deps = ${fod('deps', copies)};\n  app = ${app('deps')};`),
      ['app', '--dependencies', 'dep'],
      /no attribute 'dep'.*Did you mean 'deps'/,
    ],
    [
      'dependencies that are not a fixed-output derivation',
      file(`deps = ${app('')};\n  app = ${app('deps')};`),
      ['app', '--dependencies', 'deps'],
      /'deps' of 'app' is not a fixed-output derivation/,
    ],
    [
      'an output that refers to the store: Nix’s reason, and what to do',
      file(`deps = ${fod('deps', refers)};\n  app = ${app('deps')};`),
      ['app', '--dependencies', 'deps'],
      /must not reference store paths.*dontFixup = true/,
    ],
  ])(
    '%s',
    async (_, nix, args, message) => {
      expect(await update(nix, ...args)).toMatch(message);
    },
    2 * minutes,
  );
});

test.each([
  ['versions', '(p: p.name + "==" + p.version)'],
  ['addresses', '(p: p.sdist.url)'],
])(
  'a derivation that has only what Nix code reads of the lock, %s, is found as well',
  async (_, of) => {
    const says = `says = map ${of} (builtins.fromTOML (builtins.readFile ./uv.lock)).package; installPhase = "echo $says >$out";`;
    const nix = file(`deps = ${fod('deps', says)};\n  app = ${app('deps')};`);
    await writeFile(path.join(dir, 'default.nix'), nix);
    const entry =
      '[[package]]\nname = "six"\nversion = "1.17.0"\nsdist = { url = "https://a.example/six.tar.gz" }\n';
    await writeFile(path.join(dir, 'uv.lock'), `version = 1\nrequires-python = ">=3.14"\n\n${entry}`);
    await run('git', ['-C', dir, 'add', '--all']);
    const { code, stderr } = await uvFod(['update', 'app', '--no-verify'], dir);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(stderr).toContain("The dependencies of 'app' are 'deps'");
  },
  2 * minutes,
);

describe('a hash that is computed: the right one is printed, and a check calls it stale', () => {
  const computed = fod('deps', copies).replace(
    'pkgs.lib.fakeHash',
    `pkgs.lib.concatStrings ([ "sha256-" ] ++ pkgs.lib.genList (_: "A") 43 ++ [ "=" ])`,
  );
  const fake = `"sha256-${'A'.repeat(43)}="`;
  const twice = `let a = ${fake}; b = ${fake}; in assert a == b; ${fod('deps', copies).replace('pkgs.lib.fakeHash', 'a')}`;
  const glued = fod('deps', copies).replace(
    'pkgs.lib.fakeHash',
    `("sha256-" + pkgs.lib.concatStrings (pkgs.lib.genList (_: "A") 43) + "=")`,
  );
  const hidden = `app = let deps = ${computed}; in ${app('deps')};`;
  test.each([
    ['no attribute leads to its derivation', file(hidden), []],
    ['nor to one that begins with a literal', file(`app = let deps = ${glued}; in ${app('deps')};`), []],
    ['no string of the repository has it', file(`deps = ${computed};\n  app = ${app('deps')};`), ['deps']],
    ['it is written twice, and both count', file(`deps = ${twice};\n  app = ${app('deps')};`), ['deps']],
  ])(
    '%s',
    async (_, nix, dependencies) => {
      const args = dependencies.flatMap((one) => ['--dependencies', one]);
      const said = await update(nix, 'app', ...args);
      const needed = /needs the hash (sha256-[\w+/]{43}=), which can't be written/.exec(said)?.[1];
      const sum = await runText('nix-hash', ['--type', 'sha256', '--sri', path.join(dir, 'uv.lock')]);
      expect(needed).toBe(sum.trim());
      const checked = await uvFod(['check', 'app', ...args], dir);
      expect(checked.code).toBe(3);
      expect(checked.stdout).toContain(`stale: 'deps' of 'app' needs the hash ${needed}`);
    },
    2 * minutes,
  );

  test(
    'one that is right, and hidden, is current',
    async () => {
      const nix = file(hidden);
      const needed = /needs the hash (sha256-\S+=)/.exec(await update(nix, 'app'))?.[1] ?? '';
      const [, start = '', end = ''] = /^(sha256-.{9})(.+)$/.exec(needed) ?? [];
      const right = nix.replace(/pkgs\.lib\.concatStrings \(.*\)(?=;)/, `"${start}" + "${end}"`);
      await writeFile(path.join(dir, 'default.nix'), right);
      await run('git', ['-C', dir, 'add', '--all']);
      const checked = await uvFod(['check', 'app', '--imports', ''], dir);
      expect(checked.stdout).toMatch(/^current/m);
      expect(checked.code).toBe(0);
    },
    2 * minutes,
  );
});

describe('without Python in its closure', () => {
  const deps = `deps = ${fod('deps', copies).replace('pkgs.lib.fakeHash', '"HASH"')};`;
  const module = `\n  app = pkgs.stdenvNoCC.mkDerivation {
    name = "app-1.0"; dontUnpack = true; passthru.python = pkgs.python314;
    installPhase = "mkdir -p $out/lib/python3.14/site-packages; touch $out/lib/python3.14/site-packages/mine.py";
  };`;

  test(
    '`interpreter` imports it; without it, it has to be named. {system} names the derivation too',
    async () => {
      await writeFile(path.join(dir, 'uv.lock'), 'version = 1\nrevision = 3\nrequires-python = ">=3.14"\n');
      const sum = await runText('nix-hash', ['--type', 'sha256', '--sri', path.join(dir, 'uv.lock')]);
      const system = await runText('nix', ['config', 'show', 'system']);
      const bySystem = `\n  of.${system} = { inherit deps; };`;
      await writeFile(
        path.join(dir, 'default.nix'),
        file(deps.replace('HASH', sum.trim()) + bySystem + module),
      );
      const nix = 'nix = { file = "default.nix" }';
      const dependencies = `dependencies = { attribute = "of.{system}.deps", systems = ["${system}"] }`;
      const config = `[[package]]\nattribute = "app"\n${nix}\n${dependencies}\nimports = ["mine"]\n`;
      await mkdir(path.join(dir, '.github'), { recursive: true });
      const toml = path.join(dir, '.github/uv-fod.toml');
      await writeFile(toml, config);
      await run('git', ['-C', dir, 'add', '--all']);
      const none = await uvFod(['check'], dir);
      expect(none.stdout + none.stderr).toMatch(/interpreter/);
      expect(none.code).not.toBe(0);
      await writeFile(toml, `${config}interpreter = ".python"\n`);
      const named = await uvFod(['check', '--json'], dir);
      expect({ code: named.code, said: named.code === 0 ? '' : named.stderr }).toEqual({ code: 0, said: '' });
      expect(named.stdout).toContain(system);
      await rm(toml);
    },
    2 * minutes,
  );
});

describe('a hash in TOML whose key the configuration names', () => {
  const pins = "[go]\nhash = ''\n\n[python]\nhash = ''\n";
  const read = '(builtins.fromTOML (builtins.readFile ./pins.toml)).python.hash';
  const deps = fod('deps', copies).replace('pkgs.lib.fakeHash', read);
  const configured = async (key: string) => {
    const nix = file(`deps = ${deps};\n  app = ${app('deps')};`);
    const place = `{ attribute = "deps", file = "pins.toml", key = "${key}" }`;
    await mkdir(path.join(dir, '.github'), { recursive: true });
    await writeFile(path.join(dir, 'default.nix'), nix);
    await writeFile(path.join(dir, 'pins.toml'), pins);
    await writeFile(path.join(dir, 'uv.lock'), 'version = 1\nrequires-python = ">=3.14"\n');
    const config = path.join(dir, '.github/uv-fod.toml');
    await writeFile(config, `[[package]]\nattribute = "app"\ndependencies = ${place}\n`);
    await run('git', ['-C', dir, 'add', '--all']);
    const done = await uvFod(['update', 'app', '--no-verify'], dir);
    await rm(config);
    return { ...done, pins: await readFile(path.join(dir, 'pins.toml'), 'utf8') };
  };

  test('is written there, and nowhere else', async () => {
    const done = await configured('python.hash');
    expect({ code: done.code, stderr: done.code === 0 ? '' : done.stderr }).toEqual({ code: 0, stderr: '' });
    const sum = await runText('nix-hash', ['--type', 'sha256', '--sri', path.join(dir, 'uv.lock')]);
    expect(done.pins).toBe(pins.replace(/(python\]\nhash = )''/, `$1"${sum.trim()}"`));
  });

  test.each([
    [
      'a key that leads to nothing',
      'rust.hash',
      /pins\.toml should have .* at rust\.hash, but there is no string/,
    ],
    ['a key that Nix does not read', 'go.hash', /when it is changed there, Nix does not see it/],
  ])('%s is refused before anything is built', async (_, key, message) => {
    const done = await configured(key);
    expect(done.code).toBe(1);
    expect(done.stderr).toMatch(message);
    expect(done.pins).toBe(pins);
  });
});
