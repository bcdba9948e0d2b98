import { clip, type TomlReader } from './reader.ts';
import { lastSegment } from './source.ts';
import type { LockedFile, LockedWheel } from './types.ts';
import { parseVersion } from './version.ts';
import { parseWheelName } from './wheel-name.ts';

/** Hexadecimal digits of uv's algorithms (uv-pypi-types, HashAlgorithm). */
const DIGITS = new Map([
  ['md5', 32],
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
  ['blake2b', 128],
]);

/** Reads `wheels`, and checks their names and versions. */
export function readWheels(table: TomlReader, version: string | undefined): readonly LockedWheel[] {
  const expected = version === undefined ? undefined : parseVersion(version)?.key;
  return table.tables('wheels').map((entry) => {
    const file = readFile(entry);
    const filename = fileName(file) ?? entry.string('filename');
    if (filename === undefined) throw table.invalid('a wheel has no url, path or filename');
    const name = parseWheelName(filename);
    if (typeof name === 'string')
      throw table.invalid(`'${clip(filename)}' is not a wheel's file name: ${name}`);
    if (expected !== undefined && name.version.key !== expected && name.version.publicKey !== expected)
      throw table.invalid(`the wheel '${clip(filename)}' is not of version ${version}`);
    return { ...file, name };
  });
}

/** Reads `sdist`, which is only a hash if the source is the address. */
export function readSdist(table: TomlReader): LockedFile | undefined {
  return table.has('sdist') ? readFile(table.table('sdist')) : undefined;
}

/** The decoded file name of a file's URL or path. */
export function fileName({ url, path }: LockedFile): string | undefined {
  return url === undefined ? path?.slice(path.lastIndexOf('/') + 1) : lastSegment(url);
}

function readFile(entry: TomlReader): LockedFile {
  const hash = entry.string('hash');
  if (hash !== undefined) checkHash(hash, entry);
  const time = entry.get('upload-time');
  return {
    ...{ url: entry.string('url'), path: entry.string('path'), hash, size: entry.count('size') },
    ...(typeof time === 'string' ? { uploadTime: time } : {}),
  };
}

function checkHash(hash: string, entry: TomlReader): void {
  const colon = hash.indexOf(':');
  const digits = DIGITS.get(hash.slice(0, Math.max(colon, 0)));
  if (digits === undefined)
    throw entry.invalid(
      `the hash '${clip(hash)}' does not begin with one of ${[...DIGITS.keys()].join(', ')}`,
    );
  const digest = hash.slice(colon + 1);
  if (digest.length !== digits || !/^[0-9a-f]*$/i.test(digest))
    throw entry.invalid(`the hash '${clip(hash)}' is not ${digits} hexadecimal digits`);
}
