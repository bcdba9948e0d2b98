import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { introduce } from '../../../src/nix/git-index.ts';
import { openJournal } from '../../../src/nix/journal.ts';
import { derivationRef } from '../../../src/nix/target.ts';
import { makeRun } from '../../../src/system/exec.ts';
import { git } from '../../support/scenario/repository.ts';

test('a killed run’s new file, which a flake was told of, goes from the disk and from git’s index', async () => {
  const dir = await realpath(await mkdtemp(path.join(tmpdir(), 'journal-')));
  const run = makeRun({ PATH: process.env.PATH ?? '' });
  const other = { self: 'a process', isAlive: () => false };
  try {
    await git(dir, 'init', '--quiet');
    const edits = [{ file: path.join(dir, 'uv-fod.lock.json'), before: undefined, after: '{}' }];
    const journal = await openJournal(dir, run, other);
    await journal.write(edits);
    await writeFile(path.join(dir, 'uv-fod.lock.json'), '{}');
    await introduce(derivationRef({ kind: 'flake', flake: '.' }, 'a', dir), edits, run);
    expect(await git(dir, 'status', '--porcelain')).toBe(' A uv-fod.lock.json');
    await openJournal(dir, run, other);
    expect(await git(dir, 'status', '--porcelain')).toBe('');
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
