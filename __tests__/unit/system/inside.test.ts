import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isInnerPath, isInside, pathBelow, repositoryOf, requireInside } from '../../../src/system/inside.ts';

let dir: string;
let root: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'inside-'));
  root = path.join(dir, 'repository');
  await mkdir(path.join(root, '.git'), { recursive: true });
  await mkdir(path.join(root, 'a/b'), { recursive: true });
  await mkdir(path.join(dir, 'secret'));
  await writeFile(path.join(dir, 'secret/file'), '');
  await symlink('../secret', path.join(root, 'out'));
  await symlink('../../secret/file', path.join(root, 'a/file'));
  await symlink('../secret/new', path.join(root, 'dangling'));
  await symlink('a', path.join(root, 'in'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('a path as the repository has it', () => {
  test.each(['a', 'a/b.nix', '.github/x', '.gitignore', 'a..b', './a', 'git~2', 'agit~1'])(
    '%j is one',
    (text) => {
      expect(isInnerPath(text)).toBe(true);
    },
  );

  test.each([
    ...['', '/a', '..', 'a/../../b', '~/a', 'a\0', 'a\\b', 'C:/x'],
    ...[
      '.git',
      '.GIT/config',
      'a/.Git/hooks',
      'git~1',
      'GIT~1/x',
      '.git.',
      '.git /config',
      '.git. .',
      '.git::$INDEX_ALLOCATION',
    ],
    ...['.g\u200cit', '.git\u200d', '\ufeff.git/config', '.GI\u206fT'],
  ])('%j is not', (text) => {
    expect(isInnerPath(text)).toBe(false);
  });
});

describe('a file of this machine', () => {
  test.each(['a/b', 'in/b', 'a/b/not/yet', 'new.json', '.'])('%s is inside', async (name) => {
    expect(await isInside(root, path.join(root, name))).toBe(true);
  });

  test.each(['out', 'out/file', 'a/file', 'dangling', 'dangling/x', '../secret', '../repository-2'])(
    '%s is not',
    async (name) => {
      expect(await isInside(root, path.join(root, name))).toBe(false);
      await expect(requireInside(root, path.join(root, name), name)).rejects.toMatchObject({
        code: 'file-outside',
      });
    },
  );

  test('by name alone', () => {
    expect(pathBelow('/a', '/a/..b')).toBe('..b');
    expect(pathBelow('/a', '/a')).toBe('');
    expect(pathBelow('/a', '/ab')).toBeUndefined();
    expect(pathBelow('/a', '/a/x\0')).toBeUndefined();
  });
});

test('paths of a project may lead to its repository, or to the top of its store path', async () => {
  expect(await repositoryOf(path.join(root, 'a/b'))).toBe(root);
  expect(await repositoryOf('/nix/store/abc-source/a')).toBe('/nix/store/abc-source');
  expect(await repositoryOf('/nix/store/abc-source')).toBe('/nix/store/abc-source');
});
