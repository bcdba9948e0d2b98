import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { joinEdits } from '../../../src/bump/bump.ts';
import { Changes } from '../../../src/bump/changes.ts';
import { readText } from '../../../src/effects/files.ts';

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
