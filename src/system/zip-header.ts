const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
/** Value of a 32-bit field whose real value is in the extra field (APPNOTE.TXT, 4.5.3). */
export const IN_EXTRA = 0xffffffff;

/** A file, as the archive's central directory has it. */
export interface ZipEntry {
  readonly name: string;
  /** Unpacked bytes. */
  readonly size: number;
  readonly crc: number;
  readonly compressed: number;
  readonly method: number;
  readonly flags: number;
  /** Offset of its local header. */
  readonly offset: number;
}

/** Bytes that are not an archive, or go beyond a limit. The message is a clause with "it". */
export class BadZip extends Error {}

/** Whether a Buffer was read beyond its end. */
export const isOutside = (error: unknown): boolean =>
  ['ERR_OUT_OF_RANGE', 'ERR_BUFFER_OUT_OF_BOUNDS'].includes((error as NodeJS.ErrnoException).code ?? '');

/** Reads bytes of the archive. @throws BadZip beyond its end */
export type Take = (at: number, length: number) => Buffer;

/** A number of 64 bits. */
export function numberAt(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new BadZip('it has a number that is too large');
  return Number(value);
}

/** Takes numbers that do not fit into 32 bits from the extra field 1, in its order. */
export function wide(extra: Buffer, values: readonly number[]): number[] {
  if (!values.includes(IN_EXTRA)) return [...values];
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let from = at + 4;
    return values.map((value) => {
      if (value !== IN_EXTRA) return value;
      from += 8;
      return numberAt(extra, from - 8);
    });
  }
  throw new BadZip('its directory lacks a 64-bit number');
}

/** Where a file's bytes are by its local header; or how that header differs from the directory. */
export function localHeader(
  entry: ZipEntry,
  take: Take,
): { readonly start: number; readonly end: number } | string {
  const { offset, method, flags } = entry;
  try {
    const header = take(offset, 30);
    if (header.readUInt32LE(0) !== LOCAL) return 'is missing';
    const [nameLength, extraLength] = [header.readUInt16LE(26), header.readUInt16LE(28)];
    const rest = take(offset + 30, nameLength + extraLength);
    if (rest.toString('utf8', 0, nameLength) !== entry.name) return 'has another name';
    if (header.readUInt16LE(8) !== method || header.readUInt16LE(6) !== flags) return 'has another method';
    const start = offset + 30 + nameLength + extraLength;
    const stop = start + entry.compressed;
    // With a data descriptor, the lengths are behind the bytes (APPNOTE.TXT, 4.3.9).
    if (flags & 8) return { start, end: stop + descriptorLength(entry, stop, take) };
    const [size, compressed] = wide(rest.subarray(nameLength), [
      header.readUInt32LE(22),
      header.readUInt32LE(18),
    ]);
    const isSame =
      header.readUInt32LE(14) === entry.crc && size === entry.size && compressed === entry.compressed;
    return isSame ? { start, end: stop } : 'has another size or checksum';
  } catch (error) {
    if (error instanceof BadZip || isOutside(error)) return 'can’t be read';
    throw error;
  }
}

function descriptorLength({ crc, size, compressed }: ZipEntry, at: number, take: Take): number {
  const bytes = take(at, 16);
  const signed = bytes.readUInt32LE(0) === DESCRIPTOR ? 4 : 0;
  if (bytes.readUInt32LE(signed) !== crc) throw new BadZip('');
  const isShort =
    bytes.readUInt32LE(signed + 4) === compressed && take(at + signed + 8, 4).readUInt32LE(0) === size;
  return signed + (isShort ? 12 : 20);
}
