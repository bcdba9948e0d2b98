import { isOutside } from '../system/zip-header.ts';

/** Limits of an untrusted file: headers, entries of the dynamic section, characters of a name. */
const MAX_HEADERS = 1000;
const MAX_ENTRIES = 10_000;
const MAX_NAME = 255;

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const DT_NEEDED = 1;
const DT_STRTAB = 5;

/** A mapped part of the file. */
interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly length: number;
}

/**
 * The shared libraries that an ELF file needs (System V ABI, "Dynamic Section", DT_NEEDED).
 * @param bytes untrusted
 * @returns undefined if the file is not an ELF file, or is broken
 */
export function neededLibraries(bytes: Buffer): string[] | undefined {
  if (bytes.length < 64 || bytes.toString('latin1', 0, 4) !== '\x7fELF') return undefined;
  try {
    return read(bytes);
  } catch (error) {
    if (isOutside(error)) return undefined;
    throw error;
  }
}

function read(bytes: Buffer): string[] | undefined {
  const is64 = bytes[4] === 2;
  const isLittle = bytes[5] === 1;
  const half = (at: number): number => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const word = (at: number): number => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const long = (at: number): number => {
    if (!is64) return word(at);
    return Number(isLittle ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  };
  const [table, step, count] = is64 ? [long(32), half(54), half(56)] : [word(28), half(42), half(44)];
  const segments = Array.from({ length: Math.min(count, MAX_HEADERS) }, (_, index): Segment => {
    const at = table + index * step;
    return is64
      ? { type: word(at), offset: long(at + 8), address: long(at + 16), length: long(at + 32) }
      : { type: word(at), offset: word(at + 4), address: word(at + 8), length: word(at + 16) };
  });
  const dynamic = segments.find(({ type }) => type === PT_DYNAMIC);
  if (!dynamic) return [];
  const size = is64 ? 8 : 4;
  const needed: number[] = [];
  let strings: number | undefined;
  for (let index = 0; index < Math.min(MAX_ENTRIES, dynamic.length / (2 * size)); index += 1) {
    const at = dynamic.offset + index * 2 * size;
    const [tag, value] = [long(at), long(at + size)];
    if (tag === 0) break;
    if (tag === DT_NEEDED) needed.push(value);
    if (tag === DT_STRTAB) strings = value;
  }
  const start = strings === undefined ? undefined : offsetOf(strings, segments);
  return start === undefined ? undefined : [...new Set(needed.map((at) => nameAt(bytes, start + at)))];
}

const offsetOf = (address: number, segments: readonly Segment[]): number | undefined => {
  const of = segments.find(
    (one) => one.type === PT_LOAD && address >= one.address && address < one.address + one.length,
  );
  return of && address - of.address + of.offset;
};

function nameAt(bytes: Buffer, at: number): string {
  bytes.readUInt8(at);
  const end = bytes.indexOf(0, at);
  return bytes.toString('latin1', at, Math.min(end < 0 ? bytes.length : end, at + MAX_NAME));
}
