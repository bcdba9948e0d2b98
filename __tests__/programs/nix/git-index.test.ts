import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { introduce } from '../../../src/nix/git-index.ts';
import { derivationRef } from '../../../src/nix/target.ts';
import { makeRun } from '../../../src/system/exec.ts';
import { git } from '../../support/scenario/repository.ts';

const run = makeRun({ PATH: process.env.PATH ?? '' });
let dir: string;
const file = (name: string): string => path.join(dir, name);
const made = (...names: string[]) =>
  names.map((name) => ({ file: file(name), before: undefined, after: 'text' }));
const flake = () => derivationRef({ kind: 'flake', flake: '.' }, 'a', dir);
const status = (): Promise<string> => git(dir, 'status', '--porcelain');

beforeEach(async () => {
  dir = await realpath(await mkdtemp(path.join(tmpdir(), 'git-index-')));
  await git(dir, 'init', '--quiet');
  await writeFile(file('old'), 'text');
  await git(dir, 'add', 'old');
  await git(dir, 'commit', '--quiet', '--message', 'old');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test('a new file is in the index by its name, until it is taken out', async () => {
  await writeFile(file('new [1]*'), 'text');
  const forget = await introduce(flake(), made('new [1]*'), run);
  expect(await git(dir, 'ls-files', '--', ':(literal)new [1]*')).toBe('"new [1]*"'.replaceAll('"', ''));
  expect(await git(dir, 'diff', '--cached', '--name-only')).toBe('');
  await forget();
  expect(await status()).toBe('?? "new [1]*"');
});

test('what was in the index stays in it', async () => {
  await writeFile(file('staged'), 'text');
  await git(dir, 'add', 'staged');
  await writeFile(file('old'), 'other text');
  const edits = [...made('staged'), { file: file('old'), before: 'text', after: 'other text' }];
  await (await introduce(flake(), edits, run))();
  expect(await status()).toBe(' M old\nA  staged');
});

test('nothing is told to git where Nix does not ask it', async () => {
  await writeFile(file('new'), 'text');
  for (const nix of [
    { kind: 'file', file: 'default.nix' },
    { kind: 'expression', expression: '{ }' },
  ] as const)
    await introduce(derivationRef(nix, 'a', dir), made('new'), run);
  expect(await status()).toBe('?? new');
});

test('a file that git ignores is an error that says so', async () => {
  await writeFile(file('.gitignore'), 'new\n');
  await writeFile(file('new'), 'text');
  await expect(introduce(flake(), made('new'), run)).rejects.toMatchObject({
    code: 'ignored-by-git',
    message: expect.stringMatching(/git can't add new .*\.gitignore/),
  });
});
