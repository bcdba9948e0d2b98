import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { derivationRef, derivationRefFrom, folderOf, nameOf } from '../../../src/nix/target.ts';
import { makeRun } from '../../../src/system/exec.ts';
import { git } from '../../support/scenario/repository.ts';

describe('where a derivation is', () => {
  test('a file', () => {
    const derivation = derivationRef({ kind: 'file', file: 'nix/a.nix' }, 'a', '/checkout');
    expect(derivation).toEqual({ file: '/checkout/nix/a.nix', attribute: 'a' });
    expect([folderOf(derivation), nameOf(derivation)]).toEqual(['/checkout/nix', "'/checkout/nix/a.nix'"]);
  });

  test('an expression of nobody’s file', () => {
    const derivation = derivationRef({ kind: 'expression', expression: '{ }' }, 'a', '/checkout');
    expect([derivation.file, folderOf(derivation), nameOf(derivation)]).toEqual([
      undefined,
      '/checkout',
      'the expression',
    ]);
  });

  test.each([
    ['.', '/checkout', 'git+file:///checkout?shallow=1'],
    ['./nix/', '/checkout', 'git+file:///checkout?shallow=1&dir=nix'],
    ['.', '/a checkout#1?', 'git+file:///a%20checkout%231%3F?shallow=1'],
  ])('a flake %s of %s', (flake, checkout, url) => {
    const { root } = derivationRef({ kind: 'flake', flake }, 'a', checkout);
    expect(root).toEqual({ kind: 'flake', url, checkout });
  });
});

describe('from a person’s current folder', () => {
  const run = makeRun({ PATH: process.env.PATH ?? '' });
  let dir: string;
  beforeAll(async () => {
    dir = await realpath(await mkdtemp(path.join(tmpdir(), 'where-')));
    await mkdir(path.join(dir, 'repository/nix/backend'), { recursive: true });
    await mkdir(path.join(dir, 'plain'));
    await writeFile(path.join(dir, 'plain/flake.nix'), '{ }');
    await git(path.join(dir, 'repository'), 'init', '--quiet');
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  test.each([
    ['repository', '.', ''],
    ['repository', 'nix/backend', '&dir=nix%2Fbackend'],
    ['repository/nix', 'backend', '&dir=nix%2Fbackend'],
    ['repository/nix', '..', ''],
  ])('in %s the flake %s is one of the repository', async (folder, flake, query) => {
    const { root } = await derivationRefFrom(path.join(dir, folder), { kind: 'flake', flake }, 'a', run);
    const checkout = path.join(dir, 'repository');
    expect(root).toEqual({ kind: 'flake', url: `git+file://${checkout}?shallow=1${query}`, checkout });
  });

  test('a flake outside of git is one of all files in its folder', async () => {
    const derivation = await derivationRefFrom(
      path.join(dir, 'plain'),
      { kind: 'flake', flake: '.' },
      'a',
      run,
    );
    const checkout = path.join(dir, 'plain');
    expect(derivation.root).toEqual({ kind: 'flake', url: `path:${checkout}`, checkout });
  });
});
