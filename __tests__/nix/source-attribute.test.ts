import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { evaluated } from '../support/nix/nix.ts';
import { derivation, lock, pin, scratch, writeFiles } from '../support/nix/project.ts';

// Updaters read a package's source: its hash, revision and owner.
let dir: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ dir, remove } = await scratch('source-attribute'));
  await writeFiles(dir, {
    'project/pyproject.toml':
      '[project]\nname = "p"\nversion = "1"\nrequires-python = ">=3.14"\ndependencies = ["six==1.17.0"]\n[tool.uv]\npackage = false\n',
    'default.nix': derivation(),
  });
  await lock(path.join(dir, 'project'));
  await pin(dir);
}, 120_000);
afterAll(() => remove());

test('packages have the source that they were given', async () => {
  expect(await evaluated('toString (import ./. { }).env.src', dir)).toBe(path.join(dir, 'project'));
  const fetched = `
    let
      pkgs = import <nixpkgs> { };
      uv-fod = import <uv-fod> { inherit pkgs; };
      src = pkgs.fetchgit { url = "https://git.example/p"; rev = "v1"; hash = pkgs.lib.fakeHash; };
      given = { inherit src; pname = "p"; version = "1"; hash = ""; buildLock = ./none.lock.json; };
    in
    map (one: { inherit (one.src) rev outputHash; }) [
      (uv-fod.authentik-django given)
      (uv-fod.buildUvEnv (removeAttrs given [ "hash" ] // { uvDeps = uv-fod.fetchUvDeps given; }))
    ]`;
  const source = { rev: 'v1', outputHash: `sha256-${'A'.repeat(43)}=` };
  expect(await evaluated(fetched, dir)).toEqual([source, source]);
});

test('the source is no input of the environment, whose derivation stays what it was without the attribute', async () => {
  const without = `
    let
      inherit (import ./. { }) env;
      bare = env.overrideAttrs (old: { passthru = removeAttrs (old.passthru or { }) [ "src" ]; });
    in
    env.drvPath == bare.drvPath`;
  expect(await evaluated(without, dir)).toBe(true);
  expect(await evaluated('(import ./. { }).env ? drvAttrs.src', dir)).toBe(false);
});
