/** A minimal shared library for x86_64 that needs others (System V ABI, ELF-64). */
export function elfOf(needed: readonly string[]): Buffer {
  const names = Buffer.from(`\0${needed.map((name) => `${name}\0`).join('')}`);
  const [headers, base] = [64 + 2 * 56, 0x1000];
  const entries: bigint[] = [];
  let at = 1;
  for (const name of needed) {
    entries.push(1n, BigInt(at));
    at += name.length + 1;
  }
  const dynamicLength = 8 * (entries.length + 4);
  entries.push(5n, BigInt(base + headers + dynamicLength), 0n, 0n);
  const size = headers + dynamicLength + names.length;
  const bytes = Buffer.alloc(size);
  bytes.write('\x7fELF\x02\x01\x01', 'latin1');
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(2, 56);
  const segment = (place: number, type: number, offset: number, length: number): void => {
    bytes.writeUInt32LE(type, place);
    for (const [field, value] of [
      [8, offset],
      [16, base + offset],
      [32, length],
      [40, length],
    ] as const)
      bytes.writeBigUInt64LE(BigInt(value), place + field);
  };
  segment(64, 1, 0, size);
  segment(120, 2, headers, dynamicLength);
  for (const [index, value] of entries.entries()) bytes.writeBigUInt64LE(value, headers + 8 * index);
  names.copy(bytes, headers + dynamicLength);
  return bytes;
}
