import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Changes } from '../../../src/bump/changes.ts';
import { joinEdits, onTop, openJournal } from '../../../src/nix/journal.ts';
import { childEnvironment, makeRun } from '../../../src/system/exec.ts';
import { readText } from '../../../src/system/files.ts';
import { runText } from '../../support/nix/run.ts';

const dir = await mkdtemp(path.join(tmpdir(), 'changes-'));
afterAll(() => rm(dir, { recursive: true, force: true }));
const [one, two] = [path.join(dir, 'one'), path.join(dir, 'two')];
const disk = () => Promise.all([one, two].map((file) => readFile(file, 'utf8')));

beforeEach(async () => {
  await writeFile(one, '1');
  await writeFile(two, '2');
});

describe('changes of a run', () => {
  test('are on the disk at once, and are one edit a file', async () => {
    const changes = new Changes(readText);
    await changes.write(one, '1a');
    await changes.write(one, '1b');
    await changes.write(two, '2a');
    await changes.write(two, '2');
    expect(await disk()).toEqual(['1b', '2']);
    expect(await changes.read(one)).toBe('1b');
    expect(changes.edits()).toEqual([{ file: one, before: '1', after: '1b' }]);
  });

  test('can all be put back', async () => {
    const changes = new Changes(readText);
    await changes.write(one, '1a');
    await changes.write(two, '2a');
    await changes.undo();
    expect(await disk()).toEqual(['1', '2']);
    expect(changes.edits()).toEqual([]);
  });

  test('need a file that is there', async () => {
    await expect(new Changes(readText).read(path.join(dir, 'none'))).rejects.toMatchObject({
      code: 'file-missing',
    });
  });
});

describe('a run that is killed', () => {
  const repository = path.join(dir, 'repository');
  const file = path.join(repository, 'file');
  const run = makeRun(childEnvironment(process.env));
  const open = (alive: boolean) => openJournal(repository, run, { self: '1', isAlive: () => alive });

  beforeEach(async () => {
    await runText('git', ['init', '--quiet', repository]);
    await writeFile(file, '1');
  });

  test('after any step, or between what it wrote down and what it did, leaves nothing behind', async () => {
    const changes = new Changes(readText, await open(false));
    await changes.write(file, '2');
    await open(false);
    expect(await readFile(file, 'utf8')).toBe('1');

    const journal = await open(false);
    const again = new Changes(readText, journal);
    await again.write(file, '2');
    await again.write(file, '3');
    // As if the third step had been written down and not done.
    await writeFile(file, '2');
    await open(false);
    expect(await readFile(file, 'utf8')).toBe('1');
  });

  test('on top of a step before it: whichever text a file is left with, the first comes back', async () => {
    const journal = await open(false);
    const first = new Changes(readText, journal);
    await first.write(file, '2');
    const second = new Changes(readText, onTop(journal, first.edits()));
    await second.write(file, '3');
    await second.write(file, '4');
    for (const left of ['2', '3', '4']) {
      const text = await readFile(path.join(repository, '.git/uv-fod-undo.json'), 'utf8');
      await writeFile(file, left);
      await open(false);
      expect(await readFile(file, 'utf8')).toBe('1');
      await writeFile(path.join(repository, '.git/uv-fod-undo.json'), text);
    }
    await writeFile(file, '4');
    await second.undo();
    // What the first step did is still to be put back by somebody.
    expect(await readFile(file, 'utf8')).toBe('2');
    await open(false);
    expect(await readFile(file, 'utf8')).toBe('1');
  });

  test('what is kept stays, and what is put back leaves no journal', async () => {
    const changes = new Changes(readText, await open(false));
    await changes.write(file, '2');
    await changes.undo();
    await changes.write(file, '3');
    await changes.keep();
    await open(false);
    expect(await readFile(file, 'utf8')).toBe('3');
  });
});

test('edits of two steps are one for each file', () => {
  const first = [
    { file: 'a', before: '1', after: '2' },
    { file: 'b', before: '1', after: '2' },
    { file: 'new', before: undefined, after: '1' },
  ];
  const second = [
    { file: 'a', before: '2', after: '3' },
    { file: 'b', before: '2', after: '1' },
    { file: 'new', before: '1', after: '2' },
    { file: 'c', before: undefined, after: '1' },
  ];
  expect(joinEdits(first, second)).toEqual([
    { file: 'a', before: '1', after: '3' },
    { file: 'new', before: undefined, after: '2' },
    { file: 'c', before: undefined, after: '1' },
  ]);
});
