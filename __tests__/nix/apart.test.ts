import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { secondBuilds } from '../support/nix/check.ts';
import { built, checkout, evaluated, expectCode, nixBuild } from '../support/nix/nix.ts';
import { derivation, lock, pin, scratch, writeFiles } from '../support/nix/project.ts';
import { run, runText } from '../support/nix/run.ts';
import { wheelBytes } from '../support/nix/wheel.ts';

// Wheels that have an environment of their own, and what they share with others. The build lock of
// this file names small ones.
const minutes = 60_000;
const names = ['alpha', 'beta', 'gamma', 'omega'] as const;
/** Between these two in the order of names stands gamma, which is installed with the rest. */
const apart = ['alpha', 'beta', 'omega'];

let dir: string;
let remove: () => Promise<void>;
let env: string;
let third: string;
const file = (name: string): string => `${name}-1.0-py3-none-any.whl`;
const site = 'lib/python3.14/site-packages';
const wheels = new Map<string, Buffer>();

beforeAll(async () => {
  ({ dir, remove } = await scratch('apart'));
  for (const name of names) {
    const files: Record<string, string> = {
      // All have this one, and each a folder beside it that is its own alone.
      'docs/index.py': `where = "${name}"\n`,
      [`docs/${name}/page.txt`]: name,
      // A namespace package (PEP 420).
      [`spaces/${name}/__init__.py`]: `where = "${name}"\n`,
      [`${name}-1.0.dist-info/entry_points.txt`]: `[console_scripts]\n${name} = spaces.${name}:__doc__\nboth = ${name}:where\n`,
    };
    if (name === 'alpha' || name === 'gamma') files['docs/early/index.py'] = `where = "${name}"\n`;
    wheels.set(name, wheelBytes(name, name, files));
  }
  await mkdir(path.join(dir, 'project/wheels'), { recursive: true });
  for (const [name, bytes] of wheels) await writeFile(path.join(dir, 'project/wheels', file(name)), bytes);
  await writeFiles(dir, {
    'default.nix': derivation(),
    'project/pyproject.toml': `[project]
name = "own"
version = "1.0"
requires-python = ">=3.14"
dependencies = [${[...names, 'six==1.17.0'].map((name) => `"${name}"`).join(', ')}]

[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[tool.hatch.build.targets.wheel]
packages = ["spaces"]

[tool.uv.sources]
${names.map((name) => `${name} = { path = "wheels/${file(name)}" }`).join('\n')}
`,
    'project/spaces/alpha/own.py': 'where = "own"\n',
  });
  await lock(path.join(dir, 'project'));
  await pin(dir);
  await setApart(Object.fromEntries(apart.map((name) => [file(name), sri(name)])));
  [env = '', third = ''] = await built(['-A', 'env', '-A', 'env.thirdParty'], dir);
}, 5 * minutes);
afterAll(() => remove());

const sri = (name: string): string =>
  `sha256-${createHash('sha256')
    .update(wheels.get(name) ?? '')
    .digest('base64')}`;

async function setApart(value: Readonly<Record<string, string>>): Promise<void> {
  const lockFile = path.join(dir, 'uv-fod.lock.json');
  const all = JSON.parse(await readFile(lockFile, 'utf8')) as { systems: Record<string, object> };
  for (const system of Object.values(all.systems)) Object.assign(system, { apart: value });
  await writeFile(lockFile, JSON.stringify(all));
}

const python = (code: string): Promise<string> => runText(`${env}/bin/python`, ['-I', '-c', code]);

describe('wheels with an environment of their own', () => {
  test('are linked as whole folders where nobody else has them', async () => {
    const link = await readlink(path.join(env, site, 'docs/omega'));
    expect(link).toMatch(/^\/nix\/store\/[a-z0-9]+-uv-installed-omega-1\.0-py3-none-any\//);
    expect(await readdir(link)).toEqual(['page.txt']);
  });

  test('are imported from the output, with the rest', async () => {
    const code = `import ${names.map((name) => `${name}, spaces.${name}`).join(', ')}
print(*(m.__file__.startswith("${env}/") and m.where for m in (${names.map((name) => `${name}, spaces.${name}`).join(', ')})))`;
    expect(await python(code)).toBe(names.flatMap((name) => [name, name]).join(' '));
  });

  test('are installed packages, as uv and Python see them', async () => {
    const code = `from importlib.metadata import version
print(*(version(name) for name in ${JSON.stringify(names)}))`;
    expect(await python(code)).toBe('1.0 1.0 1.0 1.0');
    for (const name of names)
      expect((await lstat(path.join(third, site, `${name}-1.0.dist-info`))).isDirectory()).toBe(true);
  });

  test("have programs that start the output's own Python", async () => {
    for (const name of names) {
      const text = await readFile(path.join(env, 'bin', name), 'utf8');
      expect(text.split('\n')[0]).toBe(`#!${env}/bin/python`);
    }
  });

  test("a package of the project's own can add to a folder of theirs", async () => {
    expect(
      await python('import spaces.alpha, spaces.alpha.own as it; print(spaces.alpha.where, it.where)'),
    ).toBe('alpha own');
  });

  test('what several have is that of the last name, apart or not', async () => {
    expect(await readFile(path.join(env, site, 'docs/index.py'), 'utf8')).toBe('where = "omega"\n');
    // gamma is not apart, alpha is.
    expect(await readFile(path.join(env, site, 'docs/early/index.py'), 'utf8')).toBe('where = "gamma"\n');
    expect(await readFile(path.join(env, 'bin/both'), 'utf8')).toContain('from omega import where');
    const report = await readFile(path.join(third, 'nix-support/path-collisions.txt'), 'utf8');
    expect(report).toContain(`${site}/docs/early/index.py: from gamma, also in alpha\n`);
    expect(report).toContain(`${site}/docs/index.py: from omega, also in gamma\n`);
    expect(report).toContain('bin/both: from omega, also in gamma\n');
  });

  test('have bytecode that is that of each source', async () => {
    const folders = [env, third].map((one) => `${one}/${site}`);
    const script = path.join(checkout, '__tests__/support/nix/bytecode-equals-source.py');
    const { stdout } = await run(`${env}/bin/python`, ['-I', script, ...folders]);
    expect(stdout).toMatch(/^\d+ files, 0 wrong\n$/);
    expect(await python('import docs.index as it; print(it.where)')).toBe('omega');
  });

  test(
    'are the same bit for bit when they are built again, and so is what links them',
    async () => {
      const all = [`it.env.apart."${file('omega')}"`, 'it.env.thirdParty', 'it.env'];
      expect(await secondBuilds(path.join(dir, 'default.nix'), all, dir)).toEqual([]);
    },
    2 * minutes,
  );

  test('depend on their own wheel alone', async () => {
    const paths = '(import ./. { }).env.apart';
    const outputs = (): Promise<unknown> =>
      evaluated(`builtins.mapAttrs (_: one: one.outPath) ${paths}`, dir);
    const before = await outputs();
    const project = path.join(dir, 'project/pyproject.toml');
    const text = await readFile(project, 'utf8');
    await writeFile(project, text.replace('six==1.17.0', 'six==1.16.0'));
    await lock(path.join(dir, 'project'));
    await pin(dir);
    await setApart(Object.fromEntries(apart.map((name) => [file(name), sri(name)])));
    expect(await outputs()).toEqual(before);
    expect((await evaluated('(import ./. { }).env.thirdParty.outPath', dir)) as string).not.toBe(third);
  });

  test('are installed with the others where the derivation says so', async () => {
    const text = await readFile(path.join(dir, 'default.nix'), 'utf8');
    await writeFile(
      path.join(dir, 'together.nix'),
      text.replace(
        'src = ./project;\n    inherit uvDeps;',
        'src = ./project;\n    notApart = [ "Omega" "beta" ];\n    inherit uvDeps;',
      ),
    );
    expect(await evaluated('builtins.attrNames (import ./together.nix { }).env.apart', dir)).toEqual([
      file('alpha'),
    ]);
    const [together = ''] = await built(['together.nix', '-A', 'env'], dir);
    expect(await readFile(path.join(together, site, 'docs/index.py'), 'utf8')).toBe('where = "omega"\n');
  });
});

describe('a build lock that names others', () => {
  const failure = async (
    value: Readonly<Record<string, string>>,
    attribute = 'env.checked',
    expected = 100,
  ): Promise<string> => {
    await setApart(value);
    const { code, stderr } = await nixBuild(['-A', attribute], dir);
    expectCode(expected, { code, stderr });
    return stderr.replaceAll(/\s+/g, ' ');
  };

  test('with other bytes stops the build', async () => {
    expect(await failure({ [file('alpha')]: sri('omega') })).toContain(
      `The build lock is out of date: it installs ${file('alpha')}, which does not match uv.lock. Run 'uv-fod update'`,
    );
  });

  test('that uv.lock does not have stops the build', async () => {
    const other = { [file('delta')]: `sha256-${'A'.repeat(43)}=` };
    expect(await failure(other)).toContain(`it installs ${file('delta')}`);
    // 1 and not 100: Nix says so of fixed outputs whose builder fails.
    expect(await failure(other, `env.apart."${file('delta')}"`, 1)).toContain(
      `the build lock is out of date: it has ${file('delta')}, which is not in the fixed-output derivation. Run 'uv-fod update'`,
    );
  });
});
