import { readFile } from 'node:fs/promises';
import { UserError } from '../ports/errors.ts';

/** More than any lock that people have; the largest public ones are some 5 MB. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads a text file; undefined where there is none.
 * @throws UserError `file-unreadable`, `file-too-large`
 */
export async function readText(file: string): Promise<string | undefined> {
  try {
    const bytes = await readFile(file);
    if (bytes.length > MAX_BYTES)
      throw new UserError(
        'file-too-large',
        `${file} has ${bytes.length} bytes, more than the ${MAX_BYTES} that are read.`,
      );
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
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
