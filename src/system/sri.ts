import { createHash } from 'node:crypto';

/** nixpkgs' `lib.fakeHash`, under which Nix reports the right hash. */
export const fakeHash = 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';

/** A fake hash that no output has, a different one for each number from 1. */
export function fakeOf(algorithm = 'sha256', number: number): string {
  const bytes = Buffer.alloc(digestBytes[algorithm] ?? 32, 1);
  bytes.writeUInt16BE(number);
  return `${algorithm}-${bytes.toString('base64')}`;
}

/** @returns whether `text` is a complete hash of an algorithm in SRI form */
export const isSri = (text: string, algorithm = 'sha256'): boolean =>
  algorithmOf(text) === algorithm && sriOf(text) === text;

/** @param sri a hash in SRI form */
export const algorithmOf = (sri: string): string => sri.slice(0, sri.indexOf('-'));

/** @returns the SRI form of a digest in hexadecimal */
export const sriFromHex = (hex: string, algorithm = 'sha256'): string =>
  `${algorithm}-${Buffer.from(hex, 'hex').toString('base64')}`;

/** @returns the SRI hash of bytes, or of a text's UTF-8 bytes */
export function sriOfText(text: string | Uint8Array): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** Bytes of a digest, by algorithm. */
const digestBytes: Readonly<Record<string, number>> = { md5: 16, sha1: 20, sha256: 32, sha512: 64 };

/**
 * A hash in any form that Nix takes (Nix manual, "nix hash"), in SRI form: base64, base32 or
 * hexadecimal, with its algorithm or without.
 * @param algorithm of a hash that does not name its own
 * @returns undefined if it is not a hash
 */
export function sriOf(text: string, algorithm = 'sha256'): string | undefined {
  const [, own = algorithm, digest = ''] = /^(?:(md5|sha1|sha256|sha512)[-:])?(.+)$/.exec(text) ?? [];
  const bytes = digestBytes[own];
  const found = bytes === undefined ? undefined : digestOf(digest, bytes);
  return found && `${own}-${found.toString('base64')}`;
}

function digestOf(text: string, bytes: number): Buffer | undefined {
  if (/^[0-9a-f]+$/i.test(text) && text.length === 2 * bytes) return Buffer.from(text, 'hex');
  if (text.length === Math.ceil((bytes * 8) / 5)) return fromBase32(text, bytes);
  const found = Buffer.from(text, 'base64');
  return found.length === bytes && found.toString('base64') === text ? found : undefined;
}

/** Nix's own alphabet, and its order: the last character has the first bits. */
const BASE32 = '0123456789abcdfghijklmnpqrsvwxyz';

function fromBase32(text: string, bytes: number): Buffer | undefined {
  const digits = [...text].map((one) => BASE32.indexOf(one));
  if (digits.includes(-1)) return undefined;
  const value = digits.reduce((sum, digit) => sum * 32n + BigInt(digit), 0n);
  const hex = value.toString(16).padStart(2 * bytes, '0');
  return hex.length === 2 * bytes ? Buffer.from(hex, 'hex').reverse() : undefined;
}

/** The forms in which a hash may be written, without the algorithm's name. */
export function spellings(sri: string): string[] {
  const digest = Buffer.from(sri.slice(sri.indexOf('-') + 1), 'base64');
  let value = BigInt(`0x${Buffer.from(digest).reverse().toString('hex') || '0'}`);
  let base32 = '';
  for (let left = Math.ceil((digest.length * 8) / 5); left > 0; left--) {
    base32 = (BASE32[Number(value % 32n)] ?? '') + base32;
    value /= 32n;
  }
  return [digest.toString('base64'), digest.toString('hex'), base32];
}
