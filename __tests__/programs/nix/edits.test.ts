import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Edits } from '../../../src/nix/edits.ts';
import { type Journal, openJournal } from '../../../src/nix/journal.ts';
import { childEnvironment } from '../../../src/system/environment.ts';
import { makeRun } from '../../../src/system/exec.ts';
import { readText } from '../../../src/system/files.ts';
import { runText } from '../../support/nix/run.ts';

const dir = await mkdtemp(path.join(tmpdir(), 'changes-'));
afterAll(() => rm(dir, { recursive: true, force: true }));
const run = makeRun(childEnvironment(process.env));
const unwritten: Journal = { write: async () => {}, clear: async () => {} };
const makeEdits = (journal = unwritten): Edits => new Edits({ read: readText, run, journal });
const [one, two] = [path.join(dir, 'one'), path.join(dir, 'two')];
const disk = () => Promise.all([one, two].map((file) => readFile(file, 'utf8')));

beforeEach(async () => {
  await writeFile(one, '1');
  await writeFile(two, '2');
});

describe('changes of a run', () => {
  test('are on the disk at once, and are one edit a file', async () => {
    const changes = makeEdits();
    await changes.write(one, '1a');
    await changes.write(one, '1b');
    await changes.write(two, '2a');
    await changes.write(two, '2');
    expect(await disk()).toEqual(['1b', '2']);
    expect(await changes.read(one)).toBe('1b');
    expect(changes.since()).toEqual([{ file: one, before: '1', after: '1b' }]);
  });

  test('can all be put back', async () => {
    const changes = makeEdits();
    await changes.write(one, '1a');
    await changes.write(two, '2a');
    await changes.undo();
    expect(await disk()).toEqual(['1', '2']);
    expect(changes.since()).toEqual([]);
  });

  test('need a file that is there', async () => {
    await expect(makeEdits().read(path.join(dir, 'none'))).rejects.toMatchObject({
      code: 'file-missing',
    });
  });
});

describe('a run that is killed', () => {
  const repository = path.join(dir, 'repository');
  const file = path.join(repository, 'file');
  const open = (alive: boolean) => openJournal(repository, run, { self: '1', isAlive: () => alive });

  beforeEach(async () => {
    await runText('git', ['init', '--quiet', repository]);
    await writeFile(file, '1');
  });

  test('after any step, or between what it wrote down and what it did, leaves nothing behind', async () => {
    const changes = makeEdits(await open(false));
    await changes.write(file, '2');
    await open(false);
    expect(await readFile(file, 'utf8')).toBe('1');

    const journal = await open(false);
    const again = makeEdits(journal);
    await again.write(file, '2');
    await again.write(file, '3');
    // As if the third step had been written down and not done.
    await writeFile(file, '2');
    await open(false);
    expect(await readFile(file, 'utf8')).toBe('1');
  });

  test('after several steps: whichever text a file is left with, the first comes back', async () => {
    const changes = makeEdits(await open(false));
    for (const text of ['2', '3', '4']) {
      const before = await readFile(file, 'utf8');
      await changes.write(file, text);
      const journal = await readFile(path.join(repository, '.git/uv-fod-undo.json'), 'utf8');
      for (const left of [before, text]) {
        await writeFile(file, left);
        await open(false);
        expect(await readFile(file, 'utf8')).toBe('1');
        await writeFile(path.join(repository, '.git/uv-fod-undo.json'), journal);
      }
      await writeFile(file, text);
    }
    await changes.undo();
    expect(await readFile(file, 'utf8')).toBe('1');
  });

  test('what is kept stays, and what is put back leaves no journal', async () => {
    const changes = makeEdits(await open(false));
    await changes.write(file, '2');
    await changes.undo();
    await changes.write(file, '3');
    await changes.keep();
    await open(false);
    expect(await readFile(file, 'utf8')).toBe('3');
  });
});

test('edits of several steps are one for each file, and a step that fails undoes all of them', async () => {
  const changes = makeEdits();
  const fresh = path.join(dir, 'new');
  await changes.add([
    { file: one, before: '1', after: '2' },
    { file: two, before: '2', after: '3' },
    { file: fresh, before: undefined, after: '1' },
  ]);
  const mark = changes.mark;
  await changes.add([
    { file: one, before: '2', after: '3' },
    { file: two, before: '3', after: '2' },
    { file: fresh, before: '1', after: '2' },
  ]);
  expect(changes.since()).toEqual([
    { file: one, before: '1', after: '3' },
    { file: fresh, before: undefined, after: '2' },
  ]);
  expect(changes.since(mark)).toEqual([
    { file: one, before: '2', after: '3' },
    { file: two, before: '3', after: '2' },
    { file: fresh, before: '1', after: '2' },
  ]);
  await expect(changes.undoOnError(() => Promise.reject(new Error('it fails')))).rejects.toThrow('it fails');
  expect(await disk()).toEqual(['1', '2']);
  await expect(readFile(fresh)).rejects.toThrow(/ENOENT/);
});
