import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { built, checkout, environment, evaluated, expectCode } from '../support/nix/nix.ts';
import { derivation, lock, pin, scratch, writeFiles } from '../support/nix/project.ts';
import { run, runText } from '../support/nix/run.ts';

// What `nix-shell` and `nix develop` give for development: the output's packages, and the project's
// own from its checkout.
const minutes = 60_000;
const site = 'lib/python3.14/site-packages';
const native = 'project/libraries/native';
let dir: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ dir, remove } = await scratch('dev-shell'));
  await writeFiles(dir, {
    'default.nix': derivation(),
    'project/pyproject.toml': `[project]
name = "own"
version = "1.0"
requires-python = ">=3.14"
dependencies = ["six==1.17.0", "native"]

[project.scripts]
own = "own:main"

[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[tool.uv.sources]
native = { path = "libraries/native" }
`,
    'project/src/own/__init__.py': 'from own.words import words\n\ndef main():\n    print(words())\n',
    'project/src/own/words.py': 'def words():\n    return "as it was"\n',
    'project/tests/own/__init__.py': '',
    // The build compiles one module and writes another.
    [`${native}/pyproject.toml`]:
      '[build-system]\nrequires = ["setuptools>=77"]\nbuild-backend = "setuptools.build_meta"\n',
    [`${native}/setup.py`]: `import setuptools
from setuptools.command.build_py import build_py

class Build(build_py):
    def run(self):
        super().run()
        with open(f"{self.build_lib}/native/made.py", "w") as file:
            file.write("text = 'made'\\n")

setuptools.setup(
    name="native",
    version="2.5",
    packages=["native"],
    ext_modules=[setuptools.Extension("native.compiled", ["compiled.c"])],
    cmdclass={"build_py": Build},
)
`,
    [`${native}/native/__init__.py`]: 'from native.compiled import answer\nfrom native.made import text\n',
    [`${native}/compiled.c`]: `#include <Python.h>
static PyObject *answer(PyObject *self, PyObject *none) { return PyLong_FromLong(42); }
static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, ""}, {NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "compiled", NULL, -1, methods};
PyMODINIT_FUNC PyInit_compiled(void) { return PyModule_Create(&module); }
`,
  });
  await lock(path.join(dir, 'project'));
  await pin(dir);
  await built(['-A', 'env.devShell.nativeBuildInputs'], dir);
}, 5 * minutes);
afterAll(() => remove());

/** A command of a development shell that is entered in a folder of the checkout. */
async function shell(command: string, folder = 'project', variables: Readonly<Record<string, string>> = {}) {
  const args = [path.join(dir, 'default.nix'), '-A', 'env.devShell', '--run', command];
  const outcome = await run('nix-shell', args, {
    cwd: path.join(dir, folder),
    env: { ...environment, ...variables },
  });
  expectCode(0, outcome);
  return outcome;
}

const python = (code: string, folder?: string, variables?: Readonly<Record<string, string>>) =>
  shell(`python -c '${code}'`, folder, variables);

async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(path.join(dir, file), 'utf8');
  expect(text).toContain(from);
  await writeFile(path.join(dir, file), text.replace(from, to));
}

describe('a development shell', () => {
  test('has the very packages of the output', async () => {
    const [third = ''] = await built(['-A', 'env.thirdParty'], dir);
    const { stdout } = await python('import os, six; print(os.path.realpath(six.__file__))');
    expect(stdout.trim()).toBe(`${third}/${site}/six.py`);
  });

  test('imports a changed source, without leaving the shell', async () => {
    const change = "sed -i 's/as it was/changed inside/' src/own/words.py";
    expect((await shell(`own; ${change}; own`)).stdout).toBe('as it was\nchanged inside\n');
    expect((await python('import own; print(own.__file__)')).stdout.trim()).toBe(
      path.join(dir, 'project/src/own/__init__.py'),
    );
  });

  test('is entered again after a change with nothing to build, and new modules are there', async () => {
    const drvPath = () => evaluated('(import ./. { }).env.devShell.drvPath', dir);
    const before = await drvPath();
    await edit('project/src/own/words.py', 'changed inside', 'changed outside');
    await edit('project/src/own/__init__.py', 'from own.words', 'from own.more import more\nfrom own.words');
    await writeFile(path.join(dir, 'project/src/own/more.py'), 'more = "new"\n');
    const { stdout, stderr } = await python('import own; own.main(); print(own.more)');
    expect(stdout).toBe('changed outside\nnew\n');
    expect(stderr).not.toContain('will be built');
    expect(await drvPath()).toBe(before);
  });

  test('imports what the build made, where the checkout has none', async () => {
    const code = 'import native; print(native.answer(), native.text, native.__file__)';
    const file = path.join(dir, native, 'native/__init__.py');
    expect((await python(code)).stdout).toBe(`42 made ${file}\n`);
    await writeFile(path.join(dir, native, 'native/made.py'), 'text = "from the checkout"\n');
    expect((await python(code)).stdout).toBe(`42 from the checkout ${file}\n`);
  });

  test('builds again what is compiled', async () => {
    await edit(`${native}/compiled.c`, '42', '43');
    expect((await python('import native; print(native.answer())')).stdout).toBe('43\n');
  });

  test('is that of the checkout from every folder in it, and for uv', async () => {
    expect((await shell('uv run own; uv pip show --quiet own && own', 'project/src/own')).stdout).toBe(
      'changed outside\nchanged outside\n',
    );
  });

  test('entered elsewhere says which variable is missing, and takes it', async () => {
    const { stderr } = await shell('own || true', '.');
    expect(stderr).toContain('set UV_FOD_SOURCE_ENV to the folder of the source');
    expect(stderr).toContain('own is edited in a checkout, and UV_FOD_SOURCE_ENV is not set');
    const variables = { UV_FOD_SOURCE_ENV: path.join(dir, 'project') };
    expect((await shell('own', '.', variables)).stdout).toBe('changed outside\n');
  });

  test('can be a part of another shell', async () => {
    const expression = `let pkgs = import <nixpkgs> { }; in pkgs.mkShell { inputsFrom = [ (import ${dir} { }).env.devShell ]; }`;
    const args = ['--expr', expression, '--run', 'own'];
    const outcome = await run('nix-shell', args, { cwd: path.join(dir, 'project'), env: environment });
    expectCode(0, outcome);
    expect(outcome.stdout).toBe('changed outside\n');
  });
});

test(
  "nix develop: examples/workspace's flake, whose members are both edited",
  async () => {
    const copy = path.join(dir, 'workspace');
    await cp(path.join(checkout, 'examples/workspace'), copy, { recursive: true });
    await lock(copy);
    await pin(copy, 'app');
    const library = path.join(dir, 'library');
    await mkdir(library);
    for (const name of ['flake.nix', 'flake.lock', 'package.json', 'nix', 'dist', 'examples'])
      await cp(path.join(checkout, name), path.join(library, name), { recursive: true });
    const inputs = Object.entries({ nixpkgs: `${library}/nix/testing`, 'uv-fod': library });
    const override = inputs.flatMap(([name, folder]) => ['--override-input', name, `path:${folder}`]);
    const develop = (command: string) =>
      runText(
        'nix',
        [
          'develop',
          '--impure',
          '--offline',
          '--no-write-lock-file',
          ...override,
          `path:${copy}`,
          '-c',
          command,
        ],
        { cwd: path.join(copy, 'src'), env: environment },
      );
    expect(await develop('app')).toBe('Hello, workspace.');
    await edit('workspace/packages/greeter/src/greeter/__init__.py', 'Hello', 'Welcome');
    expect(await develop('app')).toBe('Welcome, workspace.');
  },
  2 * minutes,
);
