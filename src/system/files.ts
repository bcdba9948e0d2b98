import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from './errors.ts';
import { isInnerPath, outside, realPathBelow } from './inside.ts';
import { readBytes } from './read-bytes.ts';

/** Limit in bytes: 11,000 packages with all wheels, several times the largest public lock. */
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * Reads a text file; undefined if it is missing.
 * @throws UserError `file-unreadable`, `file-too-large`
 */
export async function readText(file: string): Promise<string | undefined> {
  const bytes = await readBytes(file, MAX_BYTES);
  try {
    return bytes && new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(
      'file-unreadable',
      `${file} is not text in UTF-8. Name another file, or write it again.`,
    );
  }
}

/**
 * As `readText`, for files that are in one of `roots` after links are followed: a checkout must not
 * show other files of this machine, such as `/proc/self/environ`.
 * @param roots the checkout, and others that its links may lead into
 * @throws UserError `file-outside`, and what `readText` throws
 */
export function readTextWithin(
  roots: readonly [string, ...string[]],
): (file: string) => Promise<string | undefined> {
  return async (file) => {
    const found = await Promise.all(roots.map((root) => realPathBelow(root, path.resolve(file))));
    if (found.every((one) => one === undefined)) throw outside(roots[0], file);
    return readText(file);
  };
}

/**
 * Refuses to write to a file outside of the checkout, or in git's own folder: a link may lead
 * anywhere.
 * @throws UserError `outside-checkout`
 */
export function checkWithin(root: string): (file: string) => Promise<void> {
  return async (file) => {
    if (isInnerPath((await realPathBelow(root, file)) ?? '')) return;
    throw new UserError(
      'outside-checkout',
      `${file} has to change, but it lies outside of the checkout ${root}; keep the derivation's hash and build lock in this repository.`,
    );
  };
}

/**
 * Runs `body` with a new folder, which is deleted afterwards.
 * @param prefix where its path begins
 */
export async function inFolder<T>(prefix: string, body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(prefix);
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
