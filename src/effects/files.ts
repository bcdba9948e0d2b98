import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../ports/errors.ts';

/** Some 11,000 packages with all their wheels, several times the largest public lock. */
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * Reads a text file; undefined where there is none. Devices and pipes, to which a stranger's link may lead, are not read.
 * @throws UserError `file-unreadable`, `file-too-large`
 */
export async function readText(file: string): Promise<string | undefined> {
  try {
    const found = await stat(file);
    if (!found.isFile())
      throw new UserError('file-unreadable', `${file} is not a file. Name a file, or put one there.`);
    if (found.size > MAX_BYTES)
      throw new UserError(
        'file-too-large',
        `${file} has ${megabytes(found.size)}; files of more than ${megabytes(MAX_BYTES)} are not read. No lock that people have is so large: look what is in it.`,
      );
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new UserError(
        'file-unreadable',
        `${file} is not text in UTF-8. Name another file, or make it anew.`,
      );
    throw new UserError('file-unreadable', `${file} cannot be read (${code || String(error)}).`, {
      cause: error,
    });
  }
}

/**
 * The same, but a link in one of `roots` that leads out of all of them is not followed: a stranger's checkout must not show what
 * else this machine has, such as `/proc/self/environ`.
 * @throws UserError `file-outside`, and what `readText` throws
 */
export function readTextWithin(roots: readonly string[]): (file: string) => Promise<string | undefined> {
  return async (file) => {
    const real = await realpath(file).catch(() => undefined);
    if (real === undefined) return undefined;
    const reals = await Promise.all(roots.map((root) => realpath(root).catch(() => root)));
    const isWithin = (name: string, folders: readonly string[]): boolean =>
      folders.some((root) => name.startsWith(`${root}${path.sep}`));
    if (isWithin(path.resolve(file), roots) && !isWithin(real, reals)) {
      throw new UserError(
        'file-outside',
        `${file} is a link that leads out of the checkout, so it is not read. Put the file itself there.`,
      );
    }
    return readText(file);
  };
}

/**
 * Refuses to write where a link of a stranger's checkout leads: Nix names files by where they really are.
 * @throws UserError `outside-checkout`
 */
export function checkWithin(root: string): (file: string) => Promise<void> {
  return async (file) => {
    const folder = await realpath(path.dirname(file)).catch(() => path.dirname(file));
    if (`${folder}${path.sep}`.startsWith(`${await realpath(root)}${path.sep}`)) return;
    throw new UserError(
      'outside-checkout',
      `${file} has to change, but it lies outside of the checkout ${root}; keep the derivation's hash and build lock in this repository.`,
    );
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
