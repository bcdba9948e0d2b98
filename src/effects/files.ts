import { readFile, stat } from 'node:fs/promises';
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

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
