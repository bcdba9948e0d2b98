import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkout } from '../runner/runner.ts';

/** A folder that is not to be changed, and what was said of it. */
export interface Made<T> {
  readonly dir: string;
  readonly value: T;
}

/**
 * Makes a folder that takes long, once for all files of tests: it stays in the test machine's
 * temporary folder, which begins empty. Files that begin at the same time may each make it; one of
 * them is kept.
 * @param make fills a folder, which is moved afterwards, and returns what JSON can hold
 */
export async function madeOnce<T>(name: string, make: (dir: string) => Promise<T>): Promise<Made<T>> {
  const { mtimeMs } = await stat(path.join(checkout, 'dist/index.js'));
  const dir = path.join(tmpdir(), `${name}-of-${mtimeMs}`);
  const known = path.join(dir, 'value.json');
  if (!(await isThere(known))) {
    const part = await mkdtemp(path.join(tmpdir(), `${name}-`));
    await writeFile(path.join(part, 'value.json'), JSON.stringify(await make(part)));
    await rename(part, dir).catch(() => rm(part, { recursive: true, force: true }));
  }
  return { dir, value: JSON.parse(await readFile(known, 'utf8')) as T };
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
