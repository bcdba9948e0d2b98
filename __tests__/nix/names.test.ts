import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkout, evaluated, evaluationError } from '../support/nix/nix.ts';
import { scratch, writeFiles } from '../support/nix/project.ts';

// Real nixpkgs can't be reached, so the library is evaluated against a set that has no other names than nixpkgs has.
let dir: string;
let remove: () => Promise<void>;

const hash = 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
const sdist = (name: string, version: string, requires: string[]) => ({
  kind: 'sdist',
  name,
  version,
  filename: `${name}-${version}.tar.gz`,
  url: `https://index.example/${name}-${version}.tar.gz`,
  hash,
  requires,
});
const wheel = 'setuptools-80.9.0-py3-none-any.whl';

/** A build lock with every kind of build, and every package that native-inputs.nix knows. */
const buildLock = {
  version: 1,
  target: { python: '3.14.8', libc: 'glibc:2.39' },
  systems: Object.fromEntries(
    ['x86_64-linux', 'aarch64-linux'].map((system) => [
      system,
      {
        plan: hash,
        hash,
        builds: [
          'authentik',
          'gssapi-1.11.1',
          'lxml-6.0.2',
          'opencontainers-0.0.15',
          'psycopg-c-3.3.3',
          'xmlsec-1.3.17',
        ],
        environments: {
          authentik: { wheels: [wheel], builds: [] },
          'gssapi-1.11.1': { wheels: [wheel], builds: [] },
          'lxml-6.0.2': { wheels: [wheel], builds: [] },
          'opencontainers-0.0.15': { wheels: [wheel], builds: [] },
          'psycopg-c-3.3.3': { wheels: [wheel], builds: [] },
          'xmlsec-1.3.17': { wheels: [wheel], builds: ['lxml-6.0.2'] },
        },
      },
    ]),
  ),
  builds: {
    authentik: { kind: 'directory', name: 'authentik', path: '.', requires: ['hatchling'] },
    'gssapi-1.11.1': sdist('gssapi', '1.11.1', ['Cython==3.2.4']),
    'lxml-6.0.2': sdist('lxml', '6.0.2', ['Cython>=3.1.4']),
    'psycopg-c-3.3.3': sdist('psycopg-c', '3.3.3', ['setuptools']),
    'xmlsec-1.3.17': sdist('xmlsec', '1.3.17', ['lxml==6.0.2']),
    'opencontainers-0.0.15': {
      kind: 'git',
      name: 'opencontainers',
      version: '0.0.15',
      url: 'https://git.example/repository',
      commit: 'ceb4fcc090851717a3069d78e85ceb1e86c2740c',
      hash,
      requires: ['setuptools'],
    },
  },
  wheels: { [wheel]: { url: `https://index.example/${wheel}`, hash } },
};

beforeAll(async () => {
  ({ dir, remove } = await scratch('names'));
  await writeFiles(dir, {
    'source/pyproject.toml': '[project]\nname = "authentik"\nversion = "2026.2.0"\n',
    'source/uv.lock': 'version = 1\n',
    'build.json': JSON.stringify(buildLock),
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
    const lock = structuredClone(buildLock) as typeof buildLock;
    lock.builds['gssapi-1.11.1'].requires = ['maturin>=1.0,<2.0'];
    await writeFiles(dir, { 'rust.json': JSON.stringify(lock) });
    const expression = `(${package_.replace('build.json', 'rust.json')}).drvPath`;
    const message = await evaluationError(`${strict} ${expression}`, dir);
    expect(message).toMatch(
      /uv-fod: gssapi 1\.11\.1 is built with Rust \(maturin>=1\.0,<2\.0\).*Let it be a wheel.*wheelOverrides\.gssapi/,
    );
  });
});
