import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { unzipSync } from 'fflate';
import { extract } from 'tar-stream';
import { parseToml } from '../lock/index.ts';
import { UserError } from '../ports/errors.ts';

/** What uv and pip build a source with that does not say it (PEP 517, "Source trees"). */
const legacyRequires = ['setuptools>=40.8.0'];

/** Bytes of a pyproject.toml beyond which it is not read: the largest of real ones are below 100 kB. */
const limit = 4 << 20;

/** Bytes that an archive may unpack to, many times what sdists have: a bomb is not unpacked to its end. */
const unpackedLimit = 2 ** 30;

/**
 * The build requirements that a pyproject.toml declares (PEP 518).
 * @param text undefined where the source has none
 * @throws UserError `pyproject-invalid`
 */
export function buildRequires(text: string | undefined, label: string): string[] {
  if (text === undefined) return legacyRequires;
  let table: { 'build-system'?: { requires?: unknown } };
  try {
    table = parseToml(text, 'pyproject.toml') as typeof table;
  } catch (cause) {
    throw new UserError(
      'pyproject-invalid',
      `The build requirements of ${label} can't be read: ${(cause as Error).message}`,
      { cause },
    );
  }
  const system = table['build-system'];
  if (system === undefined) return legacyRequires;
  const requires = system.requires;
  if (!Array.isArray(requires) || !requires.every((item) => typeof item === 'string')) {
    throw new UserError(
      'pyproject-invalid',
      `The pyproject.toml of ${label} has a [build-system] without a list of strings 'requires'.`,
    );
  }
  return requires;
}

/**
 * Reads the pyproject.toml at the top of an sdist, unpacking nothing else.
 * @param archive path of a `.tar.gz` or `.zip`
 * @param subdirectory below the archive's top folder
 */
export async function pyprojectOfSdist(
  archive: string,
  filename: string,
  subdirectory = '',
): Promise<string | undefined> {
  const wanted = [...subdirectory.split('/').filter(Boolean), 'pyproject.toml'].join('/');
  const isWanted = (name: string): boolean =>
    name.replace(/^\.\//, '').split('/').slice(1).join('/') === wanted;
  try {
    return filename.endsWith('.zip') ? await fromZip(archive, isWanted) : await fromTar(archive, isWanted);
  } catch (cause) {
    throw new UserError(
      'sdist-invalid',
      `${filename} can't be read as an archive: ${(cause as Error).message}. uv accepts .tar.gz and .zip; ask its authors for one of these.`,
      { cause },
    );
  }
}

async function fromZip(archive: string, isWanted: (name: string) => boolean): Promise<string | undefined> {
  const files = unzipSync(await readFile(archive), {
    filter: (file) => isWanted(file.name) && file.originalSize < limit,
  });
  const [found] = Object.values(files);
  return found && Buffer.from(found).toString();
}

async function fromTar(archive: string, isWanted: (name: string) => boolean): Promise<string | undefined> {
  const reader = extract();
  let found: string | undefined;
  reader.on('entry', (header, stream, next) => {
    const chunks: Buffer[] = [];
    const keep = header.type === 'file' && isWanted(header.name) && (header.size ?? 0) < limit;
    // The pipeline tells it; an entry's stream would end the process with it.
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
