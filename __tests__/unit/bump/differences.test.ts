import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { differences } from '../../../src/bump/drift.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'differences-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function pair(name: string, change: (second: string) => Promise<unknown>) {
  const [first, second] = [path.join(dir, `${name}-1`), path.join(dir, `${name}-2`)];
  await mkdir(path.join(first, 'deep/er'), { recursive: true });
  await writeFile(path.join(first, 'same'), 'same');
  await writeFile(path.join(first, 'deep/er/big'), Buffer.alloc(3 << 20, 7));
  await symlink('same', path.join(first, 'link'));
  await cp(first, second, { recursive: true, verbatimSymlinks: true });
  await change(second);
  return differences(first, second);
}

describe('differences of two trees', () => {
  test('none', async () => {
    expect(await pair('none', async () => {})).toEqual([]);
  });

  test('each kind, by path, and nothing below a folder that is missing', async () => {
    const found = await pair('all', async (second) => {
      const bytes = Buffer.alloc(3 << 20, 7);
      bytes[bytes.length - 1] = 8;
      await writeFile(path.join(second, 'deep/er/big'), bytes);
      await rm(path.join(second, 'link'));
      await symlink('deep', path.join(second, 'link'));
      await chmod(path.join(second, 'same'), 0o755);
      await mkdir(path.join(second, 'new/inner'), { recursive: true });
      await writeFile(path.join(second, 'new/inner/file'), '');
    });
    expect(found).toEqual([
      { path: 'deep/er/big', how: 'other bytes' },
      { path: 'link', how: 'other target' },
      { path: 'new', how: 'only in the second' },
      { path: 'same', how: 'other x bit' },
    ]);
  });

  test('a file in place of a folder, one more byte, one file less', async () => {
    const found = await pair('kinds', async (second) => {
      await rm(path.join(second, 'deep'), { recursive: true });
      await writeFile(path.join(second, 'deep'), '');
      await writeFile(path.join(second, 'same'), 'same!');
      await rm(path.join(second, 'link'));
    });
    expect(found).toEqual([
      { path: 'deep', how: 'other kind' },
      { path: 'link', how: 'only in the first' },
      { path: 'same', how: 'other size' },
    ]);
  });

  test('of two files, the root itself', async () => {
    const [first, second] = [path.join(dir, 'f1'), path.join(dir, 'f2')];
    await writeFile(first, 'a');
    await writeFile(second, 'b');
    expect(await differences(first, second)).toEqual([{ path: '', how: 'other bytes' }]);
  });

  test('no more than anybody reads', async () => {
    const found = await pair('many', async (second) => {
      for (let index = 0; index < 300; index++) await writeFile(path.join(second, `f${index}`), '');
    });
    expect(found).toHaveLength(200);
  });
});
