import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config/parse.ts';
import { runText } from '../support/nix/run.ts';
import { copyExample } from '../support/scenario/own-derivation.ts';
import { lockSmall, uvFod } from '../support/scenario/small.ts';

// `init` lists what it can maintain, of each kind, and where its hash is.
const minutes = 60_000;
let dir: string;
let root: string;

const code = `{
  pkgs ? import <nixpkgs> { },
  uv-fod ? import <uv-fod> { inherit pkgs; },
}:
let
  pins = pkgs.lib.importJSON ./pins.json;
  make = pname: hash: uv-fod.buildUvEnv {
    inherit pname;
    version = "1.0";
    src = ./.;
    buildLock = ./uv-fod.lock.json;
    uvDeps = uv-fod.fetchUvDeps { src = ./.; target = { python = "3.14.8"; libc = "glibc:2.39"; }; inherit hash; };
  };
in
import ./own.nix { inherit pkgs; } // {
  api = make "api" pins.api;
  worker = make "worker" "";
  plain = pkgs.stdenvNoCC.mkDerivation { name = "plain"; dontUnpack = true; installPhase = "touch $out"; };
  source = pkgs.stdenvNoCC.mkDerivation {
    name = "source"; dontUnpack = true; installPhase = "touch $out"; outputHash = pkgs.lib.fakeHash;
  };
  typo = pkgs.noSuchPackage { };
  computed = let own = import ./own.nix { inherit pkgs; }; in own.app.overrideAttrs {
    deps = own.pythonDeps.overrideAttrs { outputHash = "sha256-" + pkgs.lib.concatStrings (pkgs.lib.genList (_: "B") 43) + "="; };
  };
  broken = pkgs.stdenvNoCC.mkDerivation { name = "broken"; src = throw "nothing"; };
}
`;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'init-kinds-'));
  root = path.join(dir, 'repository');
  await copyExample('own-derivation', root);
  await lockSmall(root, '1.17.0');
  await writeFile(path.join(root, 'own.nix'), await readFile(path.join(root, 'default.nix'), 'utf8'));
  await writeFile(path.join(root, 'default.nix'), code);
  await writeFile(path.join(root, 'pins.json'), '{ "go": "", "api": "" }\n');
  await runText('git', ['init', '--quiet', root]);
}, 2 * minutes);
afterAll(() => rm(dir, { recursive: true, force: true }));

interface Listed {
  readonly packages: readonly { name: string; kind: string; dependencies?: string; hash: string }[];
  readonly leftOut: readonly { name: string; why: string }[];
}

test(
  'each package has its kind and the place of its hash, and each other derivation a reason',
  async () => {
    const args = ['init', '--yes', '--no-group', '--action', `you/uv-fod@${'1'.repeat(40)}`];
    const { code: exit, stdout, stderr } = await uvFod([...args, '--json'], root);
    expect({ exit, stderr: exit === 0 ? '' : stderr }).toEqual({ exit: 0, stderr: '' });
    const { packages, leftOut } = JSON.parse(stdout) as Listed;
    const lineOf = async (file: string, text: string): Promise<number> =>
      (await readFile(path.join(root, file), 'utf8')).split('\n').findIndex((line) => line.includes(text)) +
      1;
    expect(packages.map(({ name, kind, dependencies, hash }) => [name, kind, dependencies, hash])).toEqual([
      ['api', 'fetchUvDeps', undefined, 'pins.json:1 (/api)'],
      ['worker', 'fetchUvDeps', undefined, `default.nix:${await lineOf('default.nix', 'worker = make')}`],
      ['app', 'own', 'pythonDeps', `own.nix:${await lineOf('own.nix', 'hash = lib.fakeHash')}`],
    ]);
    const reasons = new Map(leftOut.map(({ name, why }) => [name, why]));
    expect(reasons.get('plain')).toBe('no lock of the repository changes it');
    expect(reasons.get('source')).toMatch(/no lock .* 'uv-fod init source'/);
    expect(reasons.get('broken')).toMatch(/nothing|does not evaluate/);
    // No `throw`: Nix stops at it, so it is looked for.
    expect(reasons.get('typo')).toMatch(/can't be evaluated: .*'noSuchPackage' missing/);
    expect(reasons.get('computed')).toMatch(/hash can't be written|change with the lock/);
    expect(reasons.get('pythonDeps')).toMatch(/its hash is written where that of app is/);
    const config = parseConfig(await readFile(path.join(root, '.github/uv-fod.toml'), 'utf8'), 'x');
    expect(
      config.packages.map(({ name, dependencies }) => [name, dependencies.map((one) => one.attribute)]),
    ).toEqual([
      ['api', []],
      ['worker', []],
      ['app', ['pythonDeps']],
    ]);
    const printed = await uvFod([...args, '--force'], root);
    expect(printed.stdout).toMatch(
      /^app, with a fixed-output derivation of its own \(pythonDeps\); its hash: own\.nix:\d+$/m,
    );
  },
  3 * minutes,
);

test(
  'one that is named is written with its fixed-output derivation; one that has none is refused',
  async () => {
    const args = ['--yes', '--force', '--action', `you/uv-fod@${'1'.repeat(40)}`];
    expect(await uvFod(['init', 'app', ...args], root)).toMatchObject({ code: 0 });
    expect(await readFile(path.join(root, '.github/uv-fod.toml'), 'utf8')).toContain(
      'dependencies = "pythonDeps"',
    );
    const { code: exit, stderr } = await uvFod(['init', 'plain', ...args], root);
    expect([exit, stderr]).toEqual([1, expect.stringMatching(/'plain'.*Name it|or name it/)]);
  },
  3 * minutes,
);
