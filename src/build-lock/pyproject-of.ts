import { createReadStream } from 'node:fs';
import { text as textOf } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { UserError } from '../system/errors.ts';
import { openZip } from '../system/zip.ts';
import { parseToml } from '../uv/lock/toml.ts';

/** Maximum size of a pyproject.toml in bytes; real ones have less than 100 kB. */
const limit = 4 << 20;

/** Maximum unpacked size of an archive in bytes, against decompression bombs. */
const unpackedLimit = 2 ** 30;

/** The default build requirements (PEP 517, "Source trees"). */
const legacyRequires = ['setuptools>=40.8.0'];
const legacyBackend = 'setuptools.build_meta:__legacy__';

/**
 * The build requirements that a pyproject.toml declares (PEP 518).
 * @param text undefined if the file is missing
 * @throws UserError `pyproject-invalid`
 */
export function buildRequires(text: string | undefined, label: string): string[] {
  const system = buildSystem(text, label);
  if (system === undefined) return legacyRequires;
  const { requires } = system;
  if (!Array.isArray(requires) || !requires.every((item) => typeof item === 'string')) {
    throw new UserError(
      'pyproject-invalid',
      `The pyproject.toml of ${label} has a [build-system] without a list of strings 'requires'.`,
    );
  }
  return requires;
}

/**
 * The backend that a pyproject.toml declares (PEP 517), with its path in the source if it is there.
 * @throws UserError `pyproject-invalid`
 */
export function buildBackend(text: string | undefined, label: string): string {
  const { 'build-backend': backend, 'backend-path': inTree } = buildSystem(text, label) ?? {};
  if (typeof backend !== 'string') return legacyBackend;
  return inTree === undefined ? backend : `${backend} of the source itself`;
}

type BuildSystem = Readonly<Record<string, unknown>>;

function buildSystem(text: string | undefined, label: string): BuildSystem | undefined {
  if (text === undefined) return undefined;
  try {
    return (parseToml(text, 'pyproject.toml') as { 'build-system'?: BuildSystem })['build-system'];
  } catch (cause) {
    throw new UserError(
      'pyproject-invalid',
      `The build requirements of ${label} can't be read: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/**
 * Reads the pyproject.toml of an sdist; no other file is unpacked.
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
    return await (filename.endsWith('.zip') ? fromZip : fromTar)(archive, isWanted);
  } catch (cause) {
    throw new UserError(
      'sdist-invalid',
      `${filename} can't be read as an archive: ${(cause as Error).message}. uv accepts .tar.gz and .zip; ask its authors for one of these.`,
      { cause },
    );
  }
}

type Wanted = (name: string) => boolean;

async function fromZip(archive: string, isWanted: Wanted): Promise<string | undefined> {
  const zip = openZip(archive);
  try {
    const found = zip.entries.find(({ name, size }) => isWanted(name) && size < limit);
    return found && (await zip.read(found, limit)).toString();
  } finally {
    zip.close();
  }
}

async function fromTar(archive: string, isWanted: Wanted): Promise<string | undefined> {
  const reader = extract();
  let size = 0;
  const ended = pipeline(
    createReadStream(archive),
    createGunzip(),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        size += chunk.length;
        if (size > unpackedLimit) throw new Error(`it unpacks to more than ${unpackedLimit / 2 ** 20} MB`);
        yield chunk;
      }
    },
    reader,
  );
  // The reader fails with it.
  ended.catch(() => {});
  let found: string | undefined;
  for await (const entry of reader) {
    const { type, name, size = 0 } = entry.header;
    if (type === 'file' && isWanted(name) && size < limit) found = await textOf(entry);
    else entry.resume();
  }
  await ended;
  return found;
}
