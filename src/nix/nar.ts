import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes the Nix archive (NAR) of a file, symlink or folder.
 *
 * Nix manual, "Nix Archive (NAR) format": of a file only its bytes and the owner's x bit count, of
 * a symlink its target. Names are bytes and sort as bytes.
 *
 * @param root path to archive; a symlink is archived, not followed
 * @throws Error for a socket, device or pipe
 */
async function writeNar(root: string, write: (bytes: Uint8Array) => void): Promise<void> {
  write(narStrings('nix-archive-1'));
  // Open folders, innermost last: depth must not overflow the call stack.
  const open: { names: Buffer[]; next: number; dir: Buffer }[] = [];
  const enter = async (file: Buffer): Promise<void> => {
    const names = await writeNode(file, write);
    if (names) open.push({ names, next: 0, dir: file });
  };
  await enter(Buffer.from(root));
  for (let folder = open.at(-1); folder; folder = open.at(-1)) {
    const name = folder.names[folder.next++];
    if (name) {
      write(narStrings('entry', '(', 'name', name, 'node'));
      const depth = open.length;
      await enter(Buffer.concat([folder.dir, Buffer.from(path.sep), name]));
      if (open.length === depth) write(narStrings(')'));
    } else {
      open.pop();
      write(narStrings(')'));
      if (open.length > 0) write(narStrings(')'));
    }
  }
}

/** Writes one node; of a folder only its beginning, and returns the names in it. */
async function writeNode(file: Buffer, write: (bytes: Uint8Array) => void): Promise<Buffer[] | undefined> {
  const stat = await lstat(file);
  if (stat.isDirectory()) {
    write(narStrings('(', 'type', 'directory'));
    return (await readdir(file, { encoding: 'buffer' })).sort(Buffer.compare);
  }
  if (stat.isSymbolicLink()) {
    write(narStrings('(', 'type', 'symlink', 'target', await readlink(file, { encoding: 'buffer' }), ')'));
  } else if (stat.isFile()) {
    write(narStrings('(', 'type', 'regular', ...(stat.mode & 0o100 ? ['executable', ''] : []), 'contents'));
    await writeContents(file, stat.size, write);
    write(narStrings(')'));
  } else {
    throw new Error(`${file.toString()} is not a file, folder or symlink, so it can't be archived`);
  }
  return undefined;
}

async function writeContents(file: Buffer, size: number, write: (bytes: Uint8Array) => void): Promise<void> {
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
  await writeNar(root, (bytes) => hash.update(bytes));
  return sri(hash);
}

/** Finishes a sha256 as an SRI string (W3C Subresource Integrity), the form that Nix prints. */
export function sri(hash: Hash): string {
  return `sha256-${hash.digest('base64')}`;
}
