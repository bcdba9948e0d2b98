import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { unzipSync } from 'fflate';
import { extract } from 'tar-stream';

/** Maximum size of a pyproject.toml in bytes; real ones have less than 100 kB. */
const limit = 4 << 20;

/** Maximum unpacked size of an archive in bytes, against decompression bombs. */
const unpackedLimit = 2 ** 30;

/** @returns the text of the wanted file of a `.zip` */
export async function fromZip(
  archive: string,
  isWanted: (name: string) => boolean,
): Promise<string | undefined> {
  const files = unzipSync(await readFile(archive), {
    filter: (file) => isWanted(file.name) && file.originalSize < limit,
  });
  const [found] = Object.values(files);
  return found && Buffer.from(found).toString();
}

/** @returns the text of the wanted file of a `.tar.gz`; no other file is unpacked */
export async function fromTar(
  archive: string,
  isWanted: (name: string) => boolean,
): Promise<string | undefined> {
  const reader = extract();
  let found: string | undefined;
  reader.on('entry', (header, stream, next) => {
    const chunks: Buffer[] = [];
    const keep = header.type === 'file' && isWanted(header.name) && (header.size ?? 0) < limit;
    // The pipeline reports it; without a listener the process would exit.
    stream.on('error', () => {});
    stream.on('data', (chunk: unknown) => {
      if (keep) chunks.push(chunk as Buffer);
    });
    stream.on('end', () => {
      if (keep) found = Buffer.concat(chunks).toString();
      next();
    });
  });
  let size = 0;
  const bounded = new Transform({
    transform: (chunk: Buffer, _, done) => {
      size += chunk.length;
      done(
        size > unpackedLimit ? new Error(`it unpacks to more than ${unpackedLimit / 2 ** 20} MB`) : null,
        chunk,
      );
    },
  });
  await pipeline(createReadStream(archive), createGunzip(), bounded, reader);
  return found;
}
