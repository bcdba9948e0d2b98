import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import {
  BadZip,
  IN_EXTRA,
  isOutside,
  localHeader,
  numberAt,
  type Take,
  wide,
  type ZipEntry,
} from './zip-header.ts';
import { MAX_PROBLEMS, problemsOf } from './zip-problems.ts';

export { BadZip, type ZipEntry } from './zip-header.ts';

/** Limits of an untrusted archive: files in it, bytes of its directory, bytes of a name (Linux). */
const MAX_ENTRIES = 100_000;
const MAX_DIRECTORY = 64 << 20;
const MAX_NAME = 4096;

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const CENTRAL = 0x02014b50;
/** Length of the end record, and of the longest comment after it. */
const END_LENGTH = 22;
const MAX_COMMENT = 0xffff;

/** An open archive of untrusted bytes (APPNOTE.TXT 6.3.10). */
export interface Zip {
  readonly entries: readonly ZipEntry[];
  /**
   * Where two readers may see different files: entries that differ from their local headers, bytes
   * between them, duplicates, names that lead out of the folder. Clauses with "it".
   */
  readonly problems: () => string[];
  /**
   * Unpacks a file, and verifies its length and checksum.
   * @throws BadZip also if it has more than `most` bytes
   */
  readonly read: (entry: ZipEntry, most: number) => Promise<Buffer>;
  readonly close: () => void;
}

/** @throws BadZip, NodeJS.ErrnoException */
export function openZip(file: string): Zip {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const take = (at: number, length: number): Buffer => readAt(descriptor, at, length, size);
    const directory = findDirectory(take, size);
    const entries = readDirectory(take(directory.offset, directory.length), directory.count);
    return {
      entries,
      problems: () =>
        [...directory.problems, ...problemsOf(entries, directory.offset, take)].slice(0, MAX_PROBLEMS),
      read: (entry, most) => unpack(entry, most, take),
      close: () => closeSync(descriptor),
    };
  } catch (error) {
    closeSync(descriptor);
    throw isOutside(error) ? new BadZip('it ends too early') : error;
  }
}

function readAt(descriptor: number, at: number, length: number, size: number): Buffer {
  if (at < 0 || length < 0 || at + length > size) throw new BadZip('it ends too early');
  const room = Buffer.allocUnsafe(length);
  for (let done = 0; done < length; ) {
    const count = readSync(descriptor, room, done, length - done, at + done);
    if (count === 0) throw new BadZip('it ends too early');
    done += count;
  }
  return room;
}

interface Directory {
  readonly offset: number;
  readonly length: number;
  readonly count: number;
  readonly problems: readonly string[];
}

/** Reads the end record, which has to end where the file does. */
function findDirectory(take: Take, size: number): Directory {
  const length = Math.min(size, END_LENGTH + MAX_COMMENT);
  const tail = take(size - length, length);
  const found: number[] = [];
  for (let at = length - END_LENGTH; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) === END && at + END_LENGTH + tail.readUInt16LE(at + 20) === length)
      found.push(at);
  }
  const [at] = found;
  if (at === undefined) throw new BadZip('it is not a zip archive');
  const end = size - length + at;
  const short = {
    count: tail.readUInt16LE(at + 10),
    length: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  };
  const is64 = short.count === 0xffff || short.length === IN_EXTRA || short.offset === IN_EXTRA;
  const { count, length: bytes, offset, stop } = is64 ? findDirectory64(take, end) : { ...short, stop: end };
  if (count > MAX_ENTRIES) throw new BadZip(`it has ${count} files, more than ${MAX_ENTRIES}`);
  if (bytes > MAX_DIRECTORY) throw new BadZip(`its directory has ${bytes} bytes, more than ${MAX_DIRECTORY}`);
  const problems = [
    ...(found.length > 1 ? ['it has two ends'] : []),
    ...(offset + bytes === stop ? [] : ['its directory does not end where the archive does']),
  ];
  return { offset, length: bytes, count, problems };
}

function findDirectory64(take: Take, end: number): Omit<Directory, 'problems'> & { readonly stop: number } {
  const locator = take(end - 20, 20);
  if (locator.readUInt32LE(0) !== LOCATOR_64) throw new BadZip('its 64-bit end is missing');
  const stop = numberAt(locator, 8);
  const record = take(stop, 56);
  if (record.readUInt32LE(0) !== END_64) throw new BadZip('its 64-bit end is missing');
  return { count: numberAt(record, 32), length: numberAt(record, 40), offset: numberAt(record, 48), stop };
}

function readDirectory(bytes: Buffer, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (; entries.length < count; ) {
    if (bytes.readUInt32LE(at) !== CENTRAL) throw new BadZip('its directory can’t be read');
    const [nameLength = 0, extraLength = 0, commentLength = 0] = [28, 30, 32].map((field) =>
      bytes.readUInt16LE(at + field),
    );
    if (nameLength > MAX_NAME) throw new BadZip(`a name has ${nameLength} bytes, more than ${MAX_NAME}`);
    const name = at + 46;
    const extra = name + nameLength;
    const next = extra + extraLength + commentLength;
    if (next > bytes.length) throw new BadZip('its directory can’t be read');
    const [size, compressed, offset] = wide(bytes.subarray(extra, extra + extraLength), [
      bytes.readUInt32LE(at + 24),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 42),
    ]);
    entries.push({
      name: bytes.toString('utf8', name, extra),
      ...{ size: size ?? 0, compressed: compressed ?? 0, offset: offset ?? 0 },
      crc: bytes.readUInt32LE(at + 16),
      method: bytes.readUInt16LE(at + 10),
      flags: bytes.readUInt16LE(at + 8),
    });
    at = next;
  }
  if (at !== bytes.length) throw new BadZip('its directory has more than its files');
  return entries;
}

const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);

async function unpack(entry: ZipEntry, most: number, take: Take): Promise<Buffer> {
  const { size, compressed, method, crc, flags } = entry;
  if (size > most || compressed > most) throw new BadZip(`it has ${size} bytes, more than ${most}`);
  const local = localHeader(entry, take);
  if (typeof local === 'string') throw new BadZip(`its header ${local}`);
  if (flags & 1 || (method !== 0 && method !== 8)) throw new BadZip('it is packed in an unknown way');
  const packed = take(local.start, compressed);
  const bytes =
    method === 0
      ? packed
      : await inflate(packed, { maxOutputLength: Math.max(1, size) }).catch(() => {
          throw new BadZip('it can’t be unpacked');
        });
  if (bytes.length !== size || crc32(bytes) !== crc) throw new BadZip('it has another size or checksum');
  return bytes;
}
