import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { unzipSync } from 'fflate';
import { parse } from 'smol-toml';
import { extract } from 'tar-stream';
import { UserError } from '../ports/errors.ts';

/** What uv and pip build a source with that does not say it (PEP 517, "Source trees"). */
const legacyRequires = ['setuptools>=40.8.0'];

/** Bytes of a pyproject.toml beyond which it is not read: the largest of real ones are below 100 kB. */
const limit = 4 << 20;

/**
 * The build requirements that a pyproject.toml declares (PEP 518).
 * @param text undefined where the source has none
 * @throws UserError `pyproject-invalid`
 */
export function buildRequires(text: string | undefined, label: string): string[] {
  if (text === undefined) return legacyRequires;
  let table: { 'build-system'?: { requires?: unknown } };
  try {
    table = parse(text) as typeof table;
  } catch (cause) {
    throw new UserError(
      'pyproject-invalid',
      `The pyproject.toml of ${label} is not TOML: ${(cause as Error).message}`,
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
    stream.on('data', (chunk: unknown) => {
      if (keep) chunks.push(chunk as Buffer);
    });
    stream.on('end', () => {
      if (keep) found = Buffer.concat(chunks).toString();
      next();
    });
  });
  await pipeline(createReadStream(archive), createGunzip(), reader);
  return found;
}
