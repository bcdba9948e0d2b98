import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { everyBuild, hash } from '../support/nix/every-build.ts';
import { checkout, evaluated, evaluationError } from '../support/nix/nix.ts';
import { scratch, writeFiles } from '../support/nix/project.ts';

// Real nixpkgs can't be reached, so the library is evaluated against a set that has no other names
// than nixpkgs has.
let dir: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ dir, remove } = await scratch('names'));
  await writeFiles(dir, {
    'source/pyproject.toml': '[project]\nname = "authentik"\nversion = "2026.2.0"\n',
    'source/uv.lock': 'version = 1\n',
    'build.json': JSON.stringify(everyBuild),
    'strict.nix': `
      let
        names = import ${checkout}/__tests__/support/nix/nixpkgs-names.nix;
        all = import <nixpkgs> { };
        only = set: builtins.listToAttrs (map (name: { inherit name; value = set.\${name}; }) names.pkgs);
        lib = builtins.listToAttrs (map (name: { inherit name; value = all.lib.\${name}; }) names.lib);
        pkgs = only all // { inherit lib; };
      in { inherit pkgs; uv-fod = import ${checkout}/nix { inherit pkgs; }; }`,
  });
});
afterAll(() => remove());

const strict = 'with import ./strict.nix;';
const package_ = `uv-fod.authentik-django { src = ./source; hash = "${hash}"; buildLock = ./build.json; postPatch = "true"; webui = pkgs.zlib; }`;

describe('against a set that has no other names than nixpkgs has', () => {
  test('the set is strict: another name is an error', async () => {
    expect(await evaluationError(`${strict} pkgs.noSuchPackage`, dir)).toContain(
      "attribute 'noSuchPackage' missing",
    );
    expect(await evaluationError(`${strict} pkgs.lib.chars`, dir)).toContain("attribute 'chars' missing");
  });

  const expressions = {
    fetchUvDeps: `(uv-fod.fetchUvDeps { src = ./source; buildLock = ./build.json; hash = { x86_64-linux = ""; aarch64-linux = ""; }; }).systems.aarch64-linux.drvPath`,
    'fetchUvDeps.uvFod': `(uv-fod.fetchUvDeps { src = ./source; buildLock = ./build.json; hash = ""; }).uvFod`,
    buildUvEnv: `(uv-fod.buildUvEnv { pname = "env"; version = "1"; src = ./source; buildLock = ./build.json; uvDeps = uv-fod.fetchUvDeps { src = ./source; buildLock = ./build.json; hash = ""; }; nativeInputs.gssapi.buildInputs = [ pkgs.krb5 ]; }).drvPath`,
    'authentik-django': `(${package_}).drvPath`,
    'its wheels': `builtins.mapAttrs (_: one: one.drvPath) (${package_}).builds`,
    'its tests': `builtins.mapAttrs (_: one: one.drvPath) (${package_}).tests`,
    'the command line': `(import ${path.join(checkout, 'nix/cli.nix')} { inherit pkgs; }).drvPath`,
    'examples/authentik': `(import ${path.join(checkout, 'examples/authentik')} { inherit pkgs uv-fod; }).authentik-django.uvDeps.uvFod`,
  };
  for (const [name, expression] of Object.entries(expressions)) {
    test(`${name} evaluates`, async () => {
      expect(JSON.stringify(await evaluated(`${strict} ${expression}`, dir))).toMatch(/nix\/store|schema/);
    });
  }
});

describe('an sdist that is built with Rust', () => {
  test('is one sentence that names the package and both ways out', async () => {
    const lock = structuredClone(everyBuild) as typeof everyBuild;
    lock.builds['gssapi-1.11.1'].requires = ['maturin>=1.0,<2.0'];
    await writeFiles(dir, { 'rust.json': JSON.stringify(lock) });
    const expression = `(${package_.replace('build.json', 'rust.json')}).drvPath`;
    const message = await evaluationError(`${strict} ${expression}`, dir);
    expect(message).toMatch(
      /uv-fod: gssapi 1\.11\.1 is built with Rust \(maturin>=1\.0,<2\.0\).*Let it be a wheel.*wheelOverrides\.gssapi/,
    );
  });
});
