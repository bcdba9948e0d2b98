import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { UserError } from './errors.ts';

const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/**
 * Reads a file that may be of any kind: accepts only a regular file of at most `most` bytes.
 * Opening a pipe does not wait for its writer, and a file that grows is read no further.
 * @param links whether a link is followed; one in a build's output may lead to any local file
 * @returns undefined if the file is missing
 * @throws UserError `file-unreadable`, `file-too-large`
 */
export async function readBytes(
  file: string,
  most: number,
  links: 'follow' | 'refuse' = 'follow',
): Promise<Buffer | undefined> {
  try {
    await using handle = await open(file, flags | (links === 'refuse' ? constants.O_NOFOLLOW : 0));
    const found = await handle.stat();
    if (!found.isFile())
      throw new UserError('file-unreadable', `${file} is not a file. Name a file, or put one there.`);
    if (found.size > most) throw tooLarge(file, found.size, most);
    // A file of /proc has the size 0.
    let bytes = Buffer.alloc(Math.max(found.size, 4095) + 1);
    for (let size = 0; ; ) {
      const { bytesRead } = await handle.read(bytes, size);
      if (bytesRead === 0) return bytes.subarray(0, size);
      size += bytesRead;
      if (size > most) throw tooLarge(file, size, most);
      if (size === bytes.length) bytes = Buffer.concat([bytes], 2 * size);
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    // A limit of this process is not a fault of the file.
    if (code === 'EMFILE' || code === 'ENFILE') throw error;
    throw new UserError('file-unreadable', `${file} cannot be read (${code}). Name a file that can.`, {
      cause: error,
    });
  }
}

const tooLarge = (file: string, size: number, most: number): UserError =>
  new UserError(
    'file-too-large',
    `${file} has ${megabytes(size)}; files of more than ${megabytes(most)} are not read here. Look at what is in it.`,
  );

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
