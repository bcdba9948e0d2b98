import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectCode } from '../support/nix/nix.ts';
import { type OtherStore, otherStore } from '../support/nix/other-store.ts';
import { type RemoteBuilder, startRemoteBuilder } from '../support/nix/remote-builder.ts';
import { runText } from '../support/nix/run.ts';
import { checkout } from '../support/runner/runner.ts';
import { git, Repository } from '../support/scenario/repository.ts';
import { edit, nixPath, writeSmall } from '../support/scenario/small.ts';

// A machine that builds nothing itself, and one that it reaches by ssh: the stores of both are
// empty at first.
const minutes = 60_000;
let dir: string;
let local: OtherStore;
let remote: OtherStore;
let builder: RemoteBuilder;
let repository: Repository;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'remote-'));
  local = await otherStore('local');
  remote = await otherStore('remote');
  const system = await runText('nix', ['config', 'show', 'system']);
  builder = await startRemoteBuilder(dir, remote.dir, `${system},${otherThan(system)}`);
  repository = await Repository.create(dir);
  await writeSmall(repository.work);
}, minutes);
afterAll(async () => {
  await builder?.close();
  await local?.remove();
  await remote?.remove();
  await rm(dir, { recursive: true, force: true });
});

const otherThan = (system: string): string =>
  system.startsWith('aarch64') ? 'x86_64-linux' : 'aarch64-linux';

const uvFod = (...args: string[]) =>
  local.run(process.execPath, [path.join(checkout, 'dist/cli.js'), ...args], {
    cwd: repository.work,
    env: { NIX_PATH: nixPath, ...builder.env },
  });

/**
 * A nixpkgs that takes this machine's programs for those of any system that it is evaluated for:
 * what matters is where Nix builds.
 */
const anySystem = (system: string): string => `{ system ? builtins.currentSystem, ... }:
import ${checkout}/nix/testing {
  system = "${system}";
  overlays = [ (_: prev:
    let
      of = env: env // {
        hostPlatform = env.hostPlatform // { inherit system; };
        mkDerivation = args: (env.mkDerivation args).overrideAttrs (_: { inherit system; });
      };
    in
    { stdenv = of prev.stdenv; stdenvNoCC = of prev.stdenvNoCC; inherit system; }) ];
}
`;

/** Derivations that a store has logs of, by name: what was built there. */
async function builtIn(root: string): Promise<string[]> {
  const logs = await readdir(path.join(root, 'var/log/nix/drvs'), { recursive: true }).catch(() => []);
  return logs.flatMap((file) => /[a-z0-9]{30}-(.+)\.drv(?:\.bz2)?$/.exec(file)?.[1] ?? []);
}

describe('a remote builder of nix.conf', () => {
  test(
    'builds all that is built: the hash is out of its mismatch, the output comes back and imports here',
    async () => {
      const updated = await uvFod('update', 'small', '--json', '--verbose');
      expectCode(0, updated);
      const { hashes, out, imported } = JSON.parse(updated.stdout) as {
        hashes: { how: string }[];
        out: string;
        imported: { module: string }[];
      };
      expect(hashes).toMatchObject([{ how: 'both' }]);
      expect(imported.map(({ module }) => module)).toEqual(['six', 'iniconfig']);
      expect(updated.stderr).toContain(`small-1.0.drv' on '${builder.address}'`);
      const there = await builtIn(path.join(remote.dir, 'nix'));
      expect(there).toEqual(expect.arrayContaining(['python-uv-deps', 'small-third-party', 'small-1.0']));
      expect(await readdir(path.join(remote.dir, 'nix/store'))).toContain(path.basename(out));
      expect(await readdir(path.join(local.dir, 'store'))).toContain(path.basename(out));
    },
    4 * minutes,
  );

  test(
    'for another system, too: that system is built and imported there, and the result says so',
    async () => {
      const system = await runText('nix', ['config', 'show', 'system']);
      const other = otherThan(system);
      await mkdir(path.join(dir, 'nixpkgs'));
      await writeFile(path.join(dir, 'nixpkgs/default.nix'), anySystem(system));
      const one = await readFile(path.join(repository.work, 'default.nix'), 'utf8');
      const both = `hash = { ${system} = ""; ${other} = ""; }`;
      await edit(repository, 'default.nix', (text) =>
        text.replace(/hash = "[^"]*"/, both).replaceAll('<nixpkgs>', path.join(dir, 'nixpkgs')),
      );
      const updated = await uvFod('update', 'small', '--json');
      expectCode(0, updated);
      const { built, unbuilt } = JSON.parse(updated.stdout) as {
        built: { system: string; out: string; imported: { module: string }[]; machines: string[] }[];
        unbuilt: unknown[];
      };
      expect(unbuilt).toEqual([]);
      expect(built.map((one) => [one.system, one.machines, one.imported.length])).toEqual([
        [system, expect.anything(), 2],
        [other, [builder.address], 2],
      ]);
      expect(built[1]?.out).not.toBe(built[0]?.out);
      const checked = await uvFod('check', 'small');
      expectCode(0, checked);
      expect(checked.stdout).toContain(`it builds and imports on ${system} and ${other}`);
      expect(checked.stdout).not.toContain('not checked');
      await edit(repository, 'default.nix', () => one);
    },
    4 * minutes,
  );

  test(
    'builds an own derivation twice, also one whose hash is computed and that no attribute leads to',
    async () => {
      const own = (hash: string, says = ''): string => `{ pkgs ? import <nixpkgs> { } }: {
  app = let deps = pkgs.stdenvNoCC.mkDerivation {
    name = "deps"; dontUnpack = true; dontFixup = true; lock = ./uv.lock; installPhase = "cat $lock >$out${says}";
    outputHashMode = "recursive"; outputHashAlgo = "sha256"; outputHash = ${hash};
  }; in pkgs.stdenvNoCC.mkDerivation { name = "app-1.0"; dontUnpack = true; deps = [ deps ]; installPhase = "touch $out"; };
}
`;
      const file = path.join(repository.work, 'own.nix');
      const update = async (text: string) => {
        await writeFile(file, text);
        await git(repository.work, 'add', '--intent-to-add', 'own.nix');
        const { stdout, stderr } = await uvFod('update', 'app', '--file', 'own.nix', '--no-verify', '--json');
        return JSON.parse(stdout || stderr) as { error?: string; message?: string };
      };
      const zeros = 'builtins.genList (_: "A") 43';
      const computed = await update(own(`pkgs.lib.concatStrings ([ "sha256-" ] ++ ${zeros} ++ [ "=" ])`));
      expect(computed).toMatchObject({ error: 'hash-not-written' });
      const [right = ''] = /sha256-[\w+/]{43}=/.exec(computed.message ?? '') ?? [];
      expect(await update(own(`"${right.slice(0, 9)}" + "${right.slice(9)}"`))).not.toHaveProperty('error');
      expect(await update(own('pkgs.lib.fakeHash'))).not.toHaveProperty('error');
      expect(await readFile(file, 'utf8')).toBe(own(`"${right}"`));
      const drifting = '; date +%N >>$out';
      expect(await update(own('pkgs.lib.fakeHash', drifting))).toMatchObject({ error: 'not-reproducible' });
      await rm(file);
      await git(repository.work, 'add', '--all', 'own.nix');
    },
    4 * minutes,
  );

  test(
    'that fails to build: which derivation, and its last words',
    async () => {
      const failing = 'version = "1.0"; postInstall = "echo the last words; exit 3";';
      await edit(repository, 'default.nix', (text) => text.replace('version = "1.0";', failing));
      await edit(repository, 'default.nix', (text) => text.replace(/hash = "[^"]*"/, 'hash = ""'));
      const failed = await uvFod('update', 'small');
      expect(failed.code).toBe(1);
      expect(failed.stderr).toContain('the build of small-1.0 failed, and last printed: the last words');
    },
    2 * minutes,
  );

  test(
    'that is not there: said by its name, and nothing is changed',
    async () => {
      await builder.close();
      await edit(repository, 'default.nix', (text) => text.replace('the last words', 'other words'));
      const before = await git(repository.work, 'status', '--porcelain');
      const failed = await uvFod('update', 'small');
      expect(failed.code).toBe(1);
      expect(failed.stderr).toMatch(
        /'small'.* can't be built here: no machine takes python-uv-deps: local builds are disabled.*ssh-ng:\/\/root@127\.0\.0\.1\S* could not be used/,
      );
      expect(await git(repository.work, 'status', '--porcelain')).toBe(before);
    },
    2 * minutes,
  );
});
