import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';

type Write = (bytes: Uint8Array) => void;

/**
 * Writes the Nix archive (NAR) of a file, symlink or folder, without its first string.
 *
 * Nix manual, "Nix Archive (NAR) format": for a file, the archive has only the bytes and the
 * owner's x bit; for a symlink, the target. Names are bytes and sort as bytes.
 *
 * @param file path to archive; a symlink is archived, not followed
 * @throws Error for a socket, device or pipe
 */
async function writeNode(file: Buffer, write: Write): Promise<void> {
  const stat = await lstat(file);
  if (stat.isDirectory()) {
    write(narStrings('(', 'type', 'directory'));
    for (const name of (await readdir(file, { encoding: 'buffer' })).sort(Buffer.compare)) {
      write(narStrings('entry', '(', 'name', name, 'node'));
      await writeNode(Buffer.concat([file, Buffer.from(path.sep), name]), write);
      write(narStrings(')'));
    }
  } else if (stat.isSymbolicLink()) {
    write(narStrings('(', 'type', 'symlink', 'target', await readlink(file, { encoding: 'buffer' })));
  } else if (stat.isFile()) {
    write(narStrings('(', 'type', 'regular', ...(stat.mode & 0o100 ? ['executable', ''] : []), 'contents'));
    await writeContents(file, stat.size, write);
  } else {
    throw new Error(`${file.toString()} is not a file, folder or symlink, so it can't be archived`);
  }
  write(narStrings(')'));
}

async function writeContents(file: Buffer, size: number, write: Write): Promise<void> {
  write(narLength(size));
  let read = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    read += (chunk as Buffer).length;
    write(chunk as Buffer);
  }
  if (read !== size) throw new Error(`${file.toString()} changed while it was read`);
  write(narPadding(size));
}

/** Zeros that follow `size` bytes, up to a multiple of eight. */
export const narPadding = (size: number): Buffer => Buffer.alloc((8 - (size % 8)) % 8);

/** A length as the format writes it: 64 bits, the lowest byte first. */
export function narLength(size: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(size));
  return bytes;
}

/** Strings of the format: length, bytes, zeros up to a multiple of eight. */
export function narStrings(...texts: (string | Buffer)[]): Buffer {
  return Buffer.concat(
    texts.flatMap((text) => {
      const bytes = Buffer.from(text);
      return [narLength(bytes.length), bytes, narPadding(bytes.length)];
    }),
  );
}

/** @returns the SRI hash (`sha256-…`) of a path's Nix archive, as `nix hash path` prints it */
export async function narHash(root: string): Promise<string> {
  const hash = createHash('sha256');
  hash.update(narStrings('nix-archive-1'));
  await writeNode(Buffer.from(root), (bytes) => hash.update(bytes));
  return sri(hash);
}

/** Finishes a sha256 as an SRI string (W3C Subresource Integrity), the form that Nix prints. */
export function sri(hash: Hash): string {
  return `sha256-${hash.digest('base64')}`;
}
