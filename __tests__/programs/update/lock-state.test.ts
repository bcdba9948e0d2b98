import { access, chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { childEnvironment } from '../../../src/system/environment.ts';
import { makeRun } from '../../../src/system/exec.ts';
import { readText } from '../../../src/system/files.ts';
import { type LockLines, lockState } from '../../../src/update/lock-state.ts';
import { loadProject } from '../../../src/uv/lock/project.ts';
import { runText } from '../../support/nix/run.ts';

let scratch: string;
let dir: string;
const file = (name: string): string => path.join(dir, name);
const change = async (name: string, from: string, to: string): Promise<void> => {
  const before = await readFile(file(name), 'utf8');
  expect(before).toContain(from);
  await writeFile(file(name), before.replace(from, to));
};

const workspace = `[project]
name = "app"
version = "1"
requires-python = ">=3.9"
dependencies = ["six", "lib"]
[tool.uv.sources]
lib = { workspace = true }
[tool.uv.workspace]
members = ["lib"]
`;
/** Its build backend is its own file, which writes a file when it is started. */
const library = `[project]
name = "lib"
dynamic = ["version"]
requires-python = ">=3.9"
dependencies = ["iniconfig>=2"]
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
`;
const backend = (ran: string): string => `open(${JSON.stringify(ran)}, "w")
def prepare_metadata_for_build_wheel(folder, settings=None):
    import os
    os.mkdir(folder + "/lib-1.dist-info")
    with open(folder + "/lib-1.dist-info/METADATA", "w") as file:
        file.write("Metadata-Version: 2.1\\nName: lib\\nVersion: 1\\nRequires-Dist: iniconfig>=2\\n")
    return "lib-1.dist-info"
prepare_metadata_for_build_editable = prepare_metadata_for_build_wheel
def build_wheel(*_): raise SystemExit("builds nothing")
build_editable = build_wheel
`;
let locked: string;

const environment = () => childEnvironment(process.env);
const state = async (more: NodeJS.ProcessEnv = {}): Promise<LockLines> => {
  const contact = makeRun({ ...environment(), ...more } as Record<string, string>);
  return lockState(await loadProject(dir, readText), { read: readText, contact, scratch });
};
const current: LockLines = { warnings: [], notChecked: [] };
/** Of a lock that is outdated: one warning, and nothing else. */
const warningsOf = ({ warnings, notChecked }: LockLines): readonly string[] => {
  expect(notChecked).toEqual([]);
  expect(warnings).toHaveLength(1);
  return warnings;
};
const exists = (name: string): Promise<boolean> =>
  access(name).then(
    () => true,
    () => false,
  );

beforeAll(async () => {
  scratch = await realpath(await mkdtemp(path.join(tmpdir(), 'lock-state-')));
  dir = path.join(scratch, 'locked');
  await mkdir(file('lib'), { recursive: true });
  await writeFile(file('pyproject.toml'), workspace);
  await writeFile(file('lib/pyproject.toml'), library);
  await writeFile(file('lib/backend.py'), backend(path.join(scratch, 'locking')));
  await runText('uv', ['lock', '--quiet', '--directory', dir]);
  locked = await readFile(file('uv.lock'), 'utf8');
}, 60_000);
afterAll(() => rm(scratch, { recursive: true, force: true }));

let ran: string;
let number = 0;
beforeEach(async () => {
  number += 1;
  ran = path.join(scratch, `ran-${number}`);
  dir = path.join(scratch, `project-${number}`);
  await mkdir(file('lib'), { recursive: true });
  await writeFile(file('pyproject.toml'), workspace);
  await writeFile(file('lib/pyproject.toml'), library);
  await writeFile(file('lib/backend.py'), backend(ran));
  await writeFile(file('uv.lock'), locked);
});

describe('with uv', () => {
  test('a lock as uv made it is current, and its dynamic version builds nothing', async () => {
    expect(await state()).toEqual(current);
    expect(await exists(ran)).toBe(false);
  });

  test.each([
    ['a requirement more', 'pyproject.toml', '"six"', '"six", "attrs"', ['attrs']],
    ["a member's requirement", 'lib/pyproject.toml', 'iniconfig>=2', 'iniconfig>=2.1', ['iniconfig']],
    ['a version that is not there', 'pyproject.toml', '"six"', '"six<1"', ['six']],
    [
      'a constraint',
      'pyproject.toml',
      '[tool.uv.workspace]',
      '[tool.uv]\nconstraint-dependencies = ["six<1.17"]\n[tool.uv.workspace]',
      [],
    ],
  ])('%s: outdated', async (_, name, from, to, names) => {
    await change(name, from, to);
    const [message = ''] = warningsOf(await state());
    expect(message).toContain('uv lock');
    expect(message).not.toContain(scratch);
    for (const one of names) expect(message).toContain(one);
    expect(await exists(ran)).toBe(false);
  });

  test('a lock that was made with --exclude-newer is current', async () => {
    await runText('uv', ['lock', '--quiet', '--exclude-newer', '2025-12-01', '--directory', dir]);
    await rm(ran);
    expect(await state()).toEqual(current);
  });

  test('dynamic requirements: not checked, and no build backend starts', async () => {
    await change('lib/pyproject.toml', '["version"]', '["version", "dependencies"]');
    await change('lib/pyproject.toml', 'dependencies = ["iniconfig>=2"]\n', '');
    const { warnings, notChecked } = await state();
    expect(warnings).toEqual([]);
    const [message] = notChecked;
    expect(message).toMatch(/\blib has dynamic metadata/);
    expect(await exists(ran)).toBe(false);
  });

  test('a Python of the project is not started', async () => {
    const script = `#!/bin/sh\ntouch ${ran}\nexec python3 "$@"\n`;
    await mkdir(file('.venv/bin'), { recursive: true });
    await writeFile(file('.venv/pyvenv.cfg'), 'home = /usr/bin\n');
    for (const name of ['python.sh', '.venv/bin/python']) {
      await writeFile(file(name), script);
      await chmod(file(name), 0o755);
    }
    await writeFile(file('.python-version'), './python.sh\n');
    expect(await state()).toEqual(current);
    expect(await exists(ran)).toBe(false);
  });

  test('a workspace member outside of the repository is not built', async () => {
    const evil = path.join(scratch, `evil-${number}`);
    await mkdir(evil);
    const dynamic = library
      .replace('"lib"', '"evil"')
      .replace('["version"]', '["version", "dependencies"]')
      .replace(/^dependencies.*\n/m, '');
    await writeFile(path.join(evil, 'pyproject.toml'), dynamic);
    await writeFile(path.join(evil, 'backend.py'), backend(ran));
    // Nothing else has to be built.
    await change('lib/pyproject.toml', 'dynamic = ["version"]', 'version = "1"');
    await change('pyproject.toml', '["lib"]', `["lib", "../evil-${number}"]`);
    expect(await state()).not.toEqual(current);
    expect(await exists(ran)).toBe(false);
  });
});

describe('without uv', () => {
  const nothing = { PATH: '/nonexistent' };

  test('the requirements are those that the lock records', async () => {
    expect(await state(nothing)).toEqual(current);
    await change('lib/pyproject.toml', 'iniconfig>=2', 'iniconfig >= 2, != 2.0.1');
    const [message] = warningsOf(await state(nothing));
    expect(message).toContain('iniconfig');
  });
});
