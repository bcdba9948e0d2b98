import {
  clip,
  field,
  invalid,
  isTable,
  optionalCount,
  optionalString,
  type TomlPlace,
  tablesField,
} from './fields.ts';
import { lastSegment } from './source.ts';
import type { TomlTable } from './toml.ts';
import type { LockedFile, LockedWheel } from './types.ts';
import { parseVersion } from './version.ts';
import { parseWheelName } from './wheel-name.ts';

/** Digest lengths in bytes of uv's algorithms (uv-pypi-types, HashAlgorithm). */
const DIGEST_BYTES = new Map([
  ['md5', 16],
  ['sha256', 32],
  ['sha384', 48],
  ['sha512', 64],
  ['blake2b', 64],
]);

/** Reads `wheels`, and checks their names and versions. */
export function parseWheels(
  table: TomlTable,
  version: string | undefined,
  place: TomlPlace,
): readonly LockedWheel[] {
  const expected = version === undefined ? undefined : parseVersion(version);
  const known =
    version === undefined || expected === undefined ? undefined : { text: version, version: expected };
  return tablesField(table, 'wheels', place).map((entry) => {
    const file = parseFile(entry, place);
    const filename = fileName(file) ?? optionalString(entry, 'filename', place);
    if (filename === undefined) throw invalid(place, 'a wheel has no url, path or filename');
    const name = parseWheelName(filename, known);
    if (typeof name === 'string')
      throw invalid(place, `'${clip(filename)}' is not a wheel's file name: ${name}`);
    if (
      expected !== undefined &&
      name.version.key !== expected.key &&
      name.version.publicKey !== expected.key
    )
      throw invalid(place, `the wheel '${clip(filename)}' is not of version ${version}`);
    return { url: file.url, path: file.path, hash: file.hash, size: file.size, name };
  });
}

/** Reads `sdist`, which is only a hash if the source is the address. */
export function parseSdist(table: TomlTable, place: TomlPlace): LockedFile | undefined {
  const value = field(table, 'sdist');
  if (value === undefined) return undefined;
  if (!isTable(value)) throw invalid(place, "'sdist' has to be a table");
  return parseFile(value, place);
}

/** The decoded file name of a file's URL or path. */
export function fileName(file: LockedFile): string | undefined {
  const from = file.url ?? file.path;
  if (from === undefined) return undefined;
  return file.url === undefined ? from.slice(from.lastIndexOf('/') + 1) : lastSegment(from);
}

function parseFile(entry: TomlTable, place: TomlPlace): LockedFile {
  const hash = optionalString(entry, 'hash', place);
  if (hash !== undefined) checkHash(hash, place);
  return {
    url: optionalString(entry, 'url', place),
    path: optionalString(entry, 'path', place),
    hash,
    size: optionalCount(entry, 'size', place),
  };
}

function checkHash(hash: string, place: TomlPlace): void {
  const colon = hash.indexOf(':');
  const bytes = DIGEST_BYTES.get(hash.slice(0, Math.max(colon, 0)));
  if (bytes === undefined)
    throw invalid(
      place,
      `the hash '${clip(hash)}' does not begin with one of ${[...DIGEST_BYTES.keys()].join(', ')}`,
    );
  const digest = hash.slice(colon + 1);
  if (digest.length !== bytes * 2 || !/^[0-9a-f]*$/i.test(digest))
    throw invalid(place, `the hash '${clip(hash)}' is not ${bytes * 2} hexadecimal digits`);
}
