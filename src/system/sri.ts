import { createHash } from 'node:crypto';

/** nixpkgs' `lib.fakeHash`, under which Nix reports the right hash. */
export const fakeHash = 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';

/** @returns whether `text` is a sha256 in SRI form with all of its 32 bytes */
export function isSri(text: string): boolean {
  return /^sha256-[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(text);
}

/** @returns the SRI form of a digest in hexadecimal */
export function sriFromHex(hex: string): string {
  return `sha256-${Buffer.from(hex, 'hex').toString('base64')}`;
}

/** @returns the SRI hash of a text's UTF-8 bytes */
export function sriOfText(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
