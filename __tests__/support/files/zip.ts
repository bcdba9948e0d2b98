import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive; what is set besides name and content is a lie. */
export interface ZippedFile {
  readonly name: string;
  readonly content: string | Buffer;
  /** What the local header says instead. */
  readonly local?: { readonly name?: string; readonly size?: number; readonly crc?: number };
  /** What the directory says instead. */
  readonly central?: { readonly size?: number; readonly offset?: number };
  /** Bytes before it that no file has. */
  readonly gap?: Buffer;
  /** Lengths behind the bytes (APPNOTE.TXT, 4.3.9). */
  readonly descriptor?: boolean;
}

interface Archive {
  /** A directory in the 64-bit format. */
  readonly is64?: boolean;
  /** Number of files that the end claims. */
  readonly count?: number;
}

/** A zip archive with or without lies (APPNOTE.TXT). */
export function zipOf(files: readonly ZippedFile[], { is64 = false, count }: Archive = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  const add = (...bytes: Buffer[]): void => {
    parts.push(...bytes);
    for (const one of bytes) at += one.length;
  };
  for (const file of files) {
    const content = Buffer.from(file.content);
    const isStored = content.length === 0;
    const packed = isStored ? content : deflateRawSync(content);
    const method = isStored ? 0 : 8;
    const crc = crc32(content);
    if (file.gap) add(file.gap);
    const offset = at;
    const flags = file.descriptor ? 8 : 0;
    const sizes = file.descriptor
      ? [0, 0, 0]
      : [file.local?.crc ?? crc, packed.length, file.local?.size ?? content.length];
    const localName = Buffer.from(file.local?.name ?? file.name);
    add(header(0x04034b50, [20, flags, method, 0, 0], sizes, [localName.length, 0]), localName, packed);
    if (file.descriptor) add(numbers([0x08074b50, crc, packed.length, content.length]));
    const name = Buffer.from(file.name);
    const size = file.central?.size ?? content.length;
    const extra = is64 ? extra64(size, file.central?.offset ?? offset) : Buffer.alloc(0);
    const [shownSize, shownOffset] = is64 ? [0xffffffff, 0xffffffff] : [size, file.central?.offset ?? offset];
    directory.push(
      header(
        0x02014b50,
        [20, 20, flags, method, 0, 0],
        [crc, packed.length, shownSize],
        [name.length, extra.length, 0, 0, 0],
      ),
      numbers([0, shownOffset]),
      name,
      extra,
    );
  }
  const [start, central] = [at, Buffer.concat(directory)];
  add(central);
  const total = count ?? files.length;
  if (is64) add(...end64(total, central.length, start, at));
  const shown = is64 ? 0xffff : Math.min(total, 0xffff);
  const place = is64 ? [0xffffffff, 0xffffffff] : [central.length, start];
  add(header(0x06054b50, [0, 0, shown, shown], place, [0]));
  return Buffer.concat(parts);
}

function header(
  signature: number,
  first: readonly number[],
  longs: readonly number[],
  last: readonly number[],
): Buffer {
  return Buffer.concat([numbers([signature]), shorts(first), numbers(longs), shorts(last)]);
}

function numbers(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, 4 * index);
  return bytes;
}

function shorts(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, 2 * index);
  return bytes;
}

function longs(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(8 * values.length);
  for (const [index, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), 8 * index);
  return bytes;
}

const extra64 = (size: number, offset: number): Buffer =>
  Buffer.concat([shorts([1, 16]), longs(size, offset)]);

const end64 = (count: number, length: number, start: number, at: number): Buffer[] => [
  Buffer.concat([
    numbers([0x06064b50]),
    longs(44),
    shorts([45, 45]),
    numbers([0, 0]),
    longs(count, count, length, start),
  ]),
  Buffer.concat([numbers([0x07064b50, 0]), longs(at), numbers([1])]),
];
