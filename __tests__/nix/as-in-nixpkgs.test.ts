import { createHash } from 'node:crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  built,
  checkout,
  closure,
  evaluated,
  evaluationError,
  expectCode,
  nixBuild,
} from '../support/nix/nix.ts';
import { derivation, lock, pin, scratch, writeFiles } from '../support/nix/project.ts';
import { runText } from '../support/nix/run.ts';
import { wheelBytes, zip } from '../support/nix/wheel.ts';

// What differs between one nixpkgs and another, or from what the library once took for granted.
const minutes = 60_000;
const site = 'lib/python3.14/site-packages';

let dir: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ dir, remove } = await scratch('as-in-nixpkgs'));
});
afterAll(() => remove());

describe('an sdist that is a .zip', () => {
  test(
    'is unpacked and built',
    async () => {
      const project = path.join(dir, 'zip');
      await writeFiles(project, {
        'default.nix': derivation(),
        'project/pyproject.toml': `[project]
name = "zipped"
version = "1.0"
requires-python = ">=3.14"
dependencies = ["tiny"]

[tool.uv]
package = false

[tool.uv.sources]
tiny = { path = "tiny-1.0.zip" }
`,
      });
      await writeFile(
        path.join(project, 'project/tiny-1.0.zip'),
        zip([
          ['tiny-1.0/tiny.py', '"""Tiny."""\n__version__ = "1.0"\nwhere = "zip"\n'],
          ['tiny-1.0/PKG-INFO', 'Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n'],
          [
            'tiny-1.0/pyproject.toml',
            `[build-system]
requires = ["flit_core>=3.11,<4"]
build-backend = "flit_core.buildapi"

[project]
name = "tiny"
version = "1.0"
description = "Tiny"
`,
          ],
        ]),
      );
      await lock(path.join(project, 'project'));
      await pin(project);
      const [env = ''] = await built(['-A', 'env'], project);
      expect(await runText(`${env}/bin/python`, ['-I', '-c', 'import tiny; print(tiny.where)'])).toBe('zip');
    },
    2 * minutes,
  );
});

describe('what is compiled', () => {
  test(
    'leaves no build in the closure: the stdenv puts the output of the wheel into each library path',
    async () => {
      const project = path.join(dir, 'compiled');
      await writeFiles(project, {
        'default.nix': derivation(),
        'project/pyproject.toml': `[project]
name = "compiled"
version = "1.0"
requires-python = ">=3.14"

[build-system]
requires = ["setuptools==80.9.0"]
build-backend = "setuptools.build_meta"

[tool.setuptools]
ext-modules = [{ name = "compiled", sources = ["compiled.c"] }]
`,
        // It needs the C library and nothing else, so autoPatchelfHook leaves its library path.
        'project/compiled.c': `#include <Python.h>
static struct PyModuleDef module = { PyModuleDef_HEAD_INIT, "compiled" };
PyMODINIT_FUNC PyInit_compiled(void) { return PyModule_Create(&module); }
`,
      });
      await lock(path.join(project, 'project'));
      await pin(project);
      const [env = ''] = await built(['-A', 'env'], project);
      await runText(`${env}/bin/python`, ['-I', '-c', 'import compiled']);
      expect((await closure([env])).filter((one) => one.includes('-wheel-'))).toEqual([]);
    },
    3 * minutes,
  );
});

describe('structured attributes', () => {
  const example = async (name: string, attribute: string): Promise<string> => {
    const copy = path.join(dir, name);
    await cp(path.join(checkout, 'examples', name), copy, { recursive: true });
    await lock(copy);
    await pin(copy, attribute);
    return copy;
  };
  const modules = { small: ['iniconfig', 'six'], workspace: ['app', 'greeter'] };

  for (const [name, attribute] of [
    ['small', 'small'],
    ['workspace', 'app'],
  ] as const) {
    test(
      `by default (config.structuredAttrsByDefault): examples/${name} is the same`,
      async () => {
        const copy = await example(name, attribute);
        // A name of this run, so that Nix builds it and its checks are seen.
        const expression = `{ config }:
          let
            pkgs = import <nixpkgs> { inherit config; };
            all = import ${copy} { inherit pkgs; };
          in {
            env = all.${attribute}.override { pname = "${path.basename(dir).toLowerCase()}"; };
            deps = all.uvDeps.overrideAttrs { name = "${path.basename(dir)}"; };
          }`;
        const structured = '{ structuredAttrsByDefault = true; }';
        const args = ['--expr', expression, '--arg', 'config', structured, '-A', 'env', '-A', 'deps'];
        const { code, stderr } = await nixBuild(args, copy);
        expectCode(0, { code, stderr });
        expect([...stderr.matchAll(/^importing (\w+)$/gm)].map(([, module]) => module)).toEqual(
          modules[name],
        );
      },
      3 * minutes,
    );
  }

  test('asked for by the caller of buildUvEnv, change nothing', async () => {
    const copy = path.join(dir, 'small');
    const [plain, asked] = (await evaluated(
      'let it = import ./. { }; in [ it.small.drvPath (it.small.override { __structuredAttrs = true; }).drvPath ]',
      copy,
    )) as string[];
    expect(asked).toBe(plain);
  });
});

describe('versions of Node and uv', () => {
  const versions = '/opt/uv-fod/versions';
  const nodes = {
    oldest: `${versions}/node-22.12.0`,
    middle: '/opt/uv-fod/node24',
    newest: `${versions}/node-26.12.1`,
  };
  const uvs = { oldest: `${versions}/uv-0.5.0`, middle: `${versions}/uv-0.9.30`, newest: '/opt/uv-fod/uv' };
  const wheels = ['alpha', 'beta'];
  const file = (name: string): string => `${name}-1.0-py3-none-any.whl`;
  let project: string;

  beforeAll(async () => {
    project = path.join(dir, 'versions');
    await writeFiles(project, {
      'default.nix': derivation(),
      'project/pyproject.toml': `[project]
name = "own"
version = "1.0"
requires-python = ">=3.14"
dependencies = ["six==1.17.0", ${wheels.map((name) => `"${name}"`)}]

[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[tool.uv.sources]
${wheels.map((name) => `${name} = { path = "${file(name)}" }`).join('\n')}
`,
      'project/own.py': 'import alpha, beta, six\n',
    });
    const apart: Record<string, string> = {};
    for (const name of wheels) {
      const bytes = wheelBytes(name, name);
      await writeFile(path.join(project, 'project', file(name)), bytes);
      apart[file(name)] = `sha256-${createHash('sha256').update(bytes).digest('base64')}`;
    }
    await lock(path.join(project, 'project'));
    await pin(project);
    const lockFile = path.join(project, 'uv-fod.lock.json');
    const all = JSON.parse(await readFile(lockFile, 'utf8')) as { systems: Record<string, object> };
    for (const system of Object.values(all.systems)) Object.assign(system, { apart });
    await writeFile(lockFile, JSON.stringify(all));
  }, 2 * minutes);

  const withPrograms = (programs: string): string[] => ['--arg', 'pkgs', `import <nixpkgs> { ${programs} }`];

  for (const [which, node] of Object.entries(nodes)) {
    test(
      `Node, the ${which}: fetches the same bytes`,
      async () => {
        const again = `{ pkgs }: (import ${project} { inherit pkgs; }).uvDeps.overrideAttrs { name = "${which}-${path.basename(dir)}"; }`;
        const { code, stderr } = await nixBuild(
          ['--expr', again, ...withPrograms(`node = ${node};`)],
          project,
        );
        expectCode(0, { code, stderr });
        await built(['-A', 'env.checked', ...withPrograms(`node = ${node};`)], project);
      },
      minutes,
    );
  }

  for (const [which, uv] of Object.entries(uvs)) {
    test(
      `uv, the ${which}: installs the same files, and none of its own`,
      async () => {
        const [third = '', env = ''] = await built(
          ['-A', 'env.thirdParty', '-A', 'env', ...withPrograms(`uv = ${uv};`)],
          project,
        );
        const files = async (out: string): Promise<string[]> =>
          (await runText('find', ['.', '-not', '-type', 'd'], { cwd: out })).split('\n').sort();
        const [expectedThird = '', expectedEnv = ''] = await built(
          ['-A', 'env.thirdParty', '-A', 'env'],
          project,
        );
        expect(await files(third)).toEqual(await files(expectedThird));
        const record = (out: string) => readFile(path.join(out, site, 'six-1.17.0.dist-info/RECORD'), 'utf8');
        expect(await record(third)).toBe(await record(expectedThird));
        expect(await files(env)).toEqual(await files(expectedEnv));
        expect(await files(env)).not.toContainEqual(expect.stringContaining('_virtualenv'));
        // It would be there, with lines of files that two wheels do not have.
        expect(await files(third)).not.toContainEqual(expect.stringContaining('path-collisions'));
        expect(await runText(`${env}/bin/python`, ['-I', '-c', 'import own; print(own.__file__)'])).toBe(
          `${env}/${site}/own.py`,
        );
      },
      3 * minutes,
    );
  }

  test('one that is too old is one sentence when Nix evaluates, whichever part needs it', async () => {
    const old = (name: string, version: string): string =>
      `pkgs = import <nixpkgs> { overlays = [ (_: prev: { ${name} = prev.${name} // { version = "${version}"; }; }) ]; };`;
    const parts = {
      nodejs: ['uvDeps.drvPath', 'env.drvPath', 'env.checked.drvPath'],
      uv: ['env.drvPath', 'env.thirdParty.drvPath', 'env.builds.own.drvPath'],
    };
    for (const [name, version, least] of [
      ['nodejs', '20.19.5', '22.12'],
      ['nodejs', '22.11.0', '22.12'],
      ['uv', '0.4.30', '0.5'],
    ] as const) {
      for (const part of parts[name]) {
        const message = await evaluationError(
          `let ${old(name, version)} in (import ./. { inherit pkgs; }).${part}`,
          project,
        );
        expect(message).toContain(
          `uv-fod: ${name} of this nixpkgs is ${version}, and ${least} or newer is needed`,
        );
      }
    }
    const cli = `let ${old('nodejs', '20.19.5')} in (import ${checkout}/nix/cli.nix { inherit pkgs; }).drvPath`;
    expect(await evaluationError(cli, project)).toContain('22.12 or newer is needed');
    for (const [name, version] of [
      ['nodejs', '22.12.0'],
      ['uv', '0.5.0'],
    ] as const)
      await evaluated(`let ${old(name, version)} in (import ./. { inherit pkgs; }).env.drvPath`, project);
  });
});
