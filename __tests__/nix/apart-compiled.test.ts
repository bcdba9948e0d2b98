import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { secondBuilds } from '../support/nix/check.ts';
import { addApart, compiledNames, compiledWheels } from '../support/nix/compiled-wheels.ts';
import { built, evaluated, expectCode, nixBuild } from '../support/nix/nix.ts';
import { derivation, lock, pin, scratch, writeFiles } from '../support/nix/project.ts';
import { runText } from '../support/nix/run.ts';

// Compiled wheels with an environment of their own. The build lock of this file names small ones;
// `script/bench large` has real ones.
const minutes = 60_000;
const site = 'lib/python3.14/site-packages';
const names = compiledNames;
const dashed = (name: string): string => name.replace('_', '-');

let dir: string;
let remove: () => Promise<void>;
let env: string;
let third: string;
let wheels: Awaited<ReturnType<typeof compiledWheels>>;

/** The build lock names these; six is what is bumped. */
async function pinWith(six: string): Promise<void> {
  const project = path.join(dir, 'project');
  const dependencies = [...names, `six==${six}`].map((name) => `"${dashed(name)}"`).join(', ');
  await writeFiles(project, {
    'pyproject.toml': `[project]
name = "own"
version = "1.0"
requires-python = ">=3.14"
dependencies = [${dependencies}]

[tool.uv]
package = false

[tool.uv.sources]
${names.map((name) => `${dashed(name)} = { path = "wheels/${wheels[name].file}" }`).join('\n')}
`,
  });
  await lock(project);
  await pin(dir);
  const apart = Object.fromEntries(Object.values(wheels).map(({ file, sri }) => [file, sri]));
  await addApart(dir, apart);
}

beforeAll(async () => {
  ({ dir, remove } = await scratch('apart-compiled'));
  await mkdir(path.join(dir, 'project/wheels'), { recursive: true });
  await writeFile(path.join(dir, 'default.nix'), derivation());
  wheels = await compiledWheels(dir);
  for (const { file, bytes } of Object.values(wheels))
    await writeFile(path.join(dir, 'project/wheels', file), bytes);
  await pinWith('1.16.0');
  [env = '', third = ''] = await built(['-A', 'env', '-A', 'env.thirdParty'], dir);
}, 5 * minutes);
afterAll(() => remove());

const python = (code: string): Promise<string> => runText(`${env}/bin/python`, ['-I', '-c', code]);
const realPlace = (module: string): Promise<string> =>
  python(`import os, ${module}; print(os.path.realpath(${module}.__file__))`);

describe('compiled wheels with an environment of their own', () => {
  test('are linked, with the libraries that they bring', async () => {
    expect(await python('import solo; print(solo.value)')).toBe('42');
    expect(await realPlace('solo')).toMatch(
      /^\/nix\/store\/[a-z0-9]+-uv-installed-solo-1\.0-py3-none-manylinux_2_28_x86_64\//,
    );
  });

  test('but libraries that find each other by relative paths stay in one folder', async () => {
    expect(await python('import vendor.user; print(vendor.user.value)')).toBe('42');
    for (const module of ['vendor.user', 'vendor.base'])
      expect(await realPlace(module)).toMatch(new RegExp(`^${third}/${site}/vendor/`));
  });

  test(
    'are the same bit for bit when they are built again',
    async () => {
      const all = [...names.map((name) => `it.env.apart."${wheels[name].file}"`), 'it.env.thirdParty'];
      expect(await secondBuilds(path.join(dir, 'default.nix'), all, dir)).toEqual([]);
    },
    2 * minutes,
  );

  test(
    'a bump of another package does not install them again, and one with `notApart` is with the rest',
    async () => {
      const outputs = (): Promise<unknown> =>
        evaluated('builtins.mapAttrs (_: one: one.outPath) (import ./. { }).env.apart', dir);
      const before = await outputs();
      await pinWith('1.17.0');
      expect(await outputs()).toEqual(before);
      const { code, stderr } = await nixBuild(['-A', 'env'], dir);
      expectCode(0, { code, stderr });
      expect(stderr).not.toMatch(/building '[^']*-uv-installed-/);
      const text = await readFile(path.join(dir, 'default.nix'), 'utf8');
      await writeFile(
        path.join(dir, 'default.nix'),
        text.replace('inherit uvDeps;', 'inherit uvDeps; notApart = [ "solo" ];'),
      );
      [env = ''] = await built(['-A', 'env'], dir);
      expect(await realPlace('solo')).toContain('-env-third-party/');
      expect(await python('import solo; print(solo.value)')).toBe('42');
    },
    2 * minutes,
  );
});
