// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Nix's interpolation
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeFiles } from '../support/nix/project.ts';
import { run, runText } from '../support/nix/run.ts';
import { git } from '../support/scenario/repository.ts';
import { smallDerivation, uvFod } from '../support/scenario/small.ts';

// A check computes everything without writing, also what it has to ask a new build backend.
const minutes = 60_000;
let dir: string;
let work: string;

const backend = `
def get_requires_for_build_wheel(config_settings=None):
    return ["six>=1"]

def build_wheel(folder, config_settings=None, metadata_directory=None):
    import six
    from hatchling.build import build_wheel
    return build_wheel(folder)
`;
const pyproject = `[project]
name = "small"
version = "1.0"
requires-python = ">=3.14"

[build-system]
requires = ["hatchling"]
build-backend = "own"
backend-path = ["."]
`;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'read-only-'));
  work = path.join(dir, 'work');
  await writeFiles(work, {
    'default.nix': smallDerivation.replace('"six" "iniconfig"', '"small"'),
    'own.py': backend,
    'small.py': '',
    'pyproject.toml': pyproject,
    'flake.nix':
      '{ outputs = _: { legacyPackages.${builtins.currentSystem} = import ./default.nix { }; }; }\n',
  });
  await runText('uv', ['lock', '--quiet', '--python', 'python3.14'], { cwd: work });
  await git(dir, 'init', '--quiet', work);
  await git(work, 'add', '--all');
  await git(work, 'commit', '--quiet', '--message', 'A package that has no hash yet');
}, minutes);
afterAll(async () => {
  await run('umount', [work]);
  await rm(dir, { recursive: true, force: true });
});

/** Inode, size and times of every file, git's own included. */
async function stateOf(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return Promise.all(
    ['.', ...names].sort().map(async (name) => {
      const { ino, size, mtimeMs, ctimeMs } = await lstat(path.join(folder, name));
      return [name, ino, size, mtimeMs, ctimeMs].join(' ');
    }),
  );
}

test.each([
  ['a file', []],
  ['a flake', ['--flake', '.']],
])(
  'a check of %s whose backend has to be asked changes no file, and works where none may be written',
  async (_, args) => {
    const check = () => uvFod(['check', 'small', ...args, '--json'], work);
    const before = await stateOf(work);
    const checked = await check();
    expect({ code: checked.code, stderr: checked.code === 3 ? '' : checked.stderr }).toEqual({
      code: 3,
      stderr: '',
    });
    const { patch } = JSON.parse(checked.stdout) as { patch: string };
    expect(patch).toMatch(/^\+ +"dynamicRequires": \[/m);
    expect(await stateOf(work)).toEqual(before);
    await runText('mount', ['--bind', work, work]);
    await runText('mount', ['-o', 'remount,bind,ro', work]);
    const again = await check();
    await runText('umount', [work]);
    expect(JSON.parse(again.stdout)).toMatchObject({ status: 'stale', patch });
  },
  3 * minutes,
);
