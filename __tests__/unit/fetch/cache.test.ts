import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ArtifactCache, openCache } from '../../../src/fetch/cache.ts';
import { sha256 } from '../../support/files/server.ts';

let dir: string;
let cache: ArtifactCache;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'cache-'));
  cache = await openCache(dir);
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** Keeps a text, last used so many days ago. */
async function keep(text: string, days = 0): Promise<string> {
  const digest = `sha256:${sha256(Buffer.from(text))}`;
  const kept = cache.pathOf(digest) ?? '';
  await writeFile(kept, text);
  const used = Date.now() / 1000 - days * 86_400;
  await utimes(kept, used, used);
  return digest;
}

describe('the cache of artifacts', () => {
  test('finds what was kept, by digest', async () => {
    const digest = await keep('one');
    expect(await readFile(cache.take(digest) ?? '', 'utf8')).toBe('one');
    expect(cache.take(digest.toUpperCase().replace('SHA256', 'sha256'))).toBe(cache.take(digest));
  });

  test.each([
    `sha256:../../${'0'.repeat(58)}`,
    `md5:${'0'.repeat(64)}`,
    `../sha256:${'0'.repeat(64)}`,
    'sha256:',
    '__proto__:constructor',
  ])('%s names no place', (digest) => {
    expect(cache.pathOf(digest)).toBeUndefined();
    expect(cache.take(digest)).toBeUndefined();
  });

  test('lets what was unused for longest leave', async () => {
    const [old, middle, fresh] = [await keep('aaaa', 30), await keep('bbbb', 20), await keep('cccc', 0)];
    // A use counts.
    cache.take(old);
    await cache.trim(8);
    const after = await openCache(dir);
    expect(after.take(middle)).toBeUndefined();
    expect(after.take(old)).toBeDefined();
    expect(after.take(fresh)).toBeDefined();
  });

  test('clears what a killed process left, and not what another is writing', async () => {
    const [left, writing] = [cache.temporary(), cache.temporary()];
    await writeFile(left, 'x');
    await writeFile(writing, 'x');
    await utimes(left, 1, 1);
    await cache.trim(0);
    expect(await readdir(path.dirname(left))).toEqual([path.basename(writing)]);
  });

  test('a folder of another version is not looked into', async () => {
    const digest = await keep('one');
    const other = path.join(dir, 'artifacts-0');
    await mkdir(other);
    await rm(path.join(dir, 'artifacts-1'), { recursive: true });
    expect((await openCache(dir)).take(digest)).toBeUndefined();
  });

  test('can be opened by several at once, and twice', async () => {
    const all = await Promise.all([openCache(dir), openCache(dir), openCache(path.join(dir, 'a', 'b'))]);
    expect(all).toHaveLength(3);
  });
});
