import type { Position } from './evaluate.ts';

/** Space and comments, as Nix's lexer skips them. */
export const gap = String.raw`(?:\s|#[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/)*`;

/**
 * A string literal without interpolation: its range in the text, quotes included, and its value.
 */
export interface Literal {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/** The offset of a position in bytes. Nix counts lines by newline and columns in bytes, from 1. */
export function offset(bytes: Buffer, { line, column }: Position): number | undefined {
  let start = 0;
  for (let at = 1; at < line; at++) {
    const newline = bytes.indexOf(0x0a, start);
    if (newline < 0) return undefined;
    start = newline + 1;
  }
  return start + column - 1 <= bytes.length ? start + column - 1 : undefined;
}

/** An attribute's path, as it stands before `=`: `version`, `src.rev`, `"x86_64-linux"`. */
const attributePath = String.raw`(?:[A-Za-z_][\w'-]*|"[\w.+-]*")(?:\.(?:[A-Za-z_][\w'-]*|"[\w.+-]*"))*`;
const beforeValue = new RegExp(`${attributePath}${gap}=${gap}`, 'y');

/**
 * The string literal that is bound to the attribute at a position.
 * @param position of the attribute's name, from `builtins.unsafeGetAttrPos`
 * @returns undefined if something else is bound there, or the name is inherited
 */
export function literalAt(text: string, position: Position): Literal | undefined {
  const bytes = Buffer.from(text);
  const start = offset(bytes, position);
  if (start === undefined) return undefined;
  beforeValue.lastIndex = bytes.subarray(0, start).toString().length;
  return beforeValue.test(text) ? literalFrom(text, beforeValue.lastIndex) : undefined;
}

/** `lib.fakeHash` and its like, by any path. */
const fakeName = /(?:[A-Za-z_][\w'-]*\.)*fake(?:Hash|Sha256|Sha512)(?![\w'-])/y;

/**
 * A placeholder for an unknown hash at a position: an empty string, or `lib.fakeHash` by name or
 * value.
 */
export function unsetHashAt(text: string, position: Position): Literal | undefined {
  const literal = literalAt(text, position);
  if (literal) return isUnsetHash(literal.value) ? literal : undefined;
  const bytes = Buffer.from(text);
  const start = offset(bytes, position);
  if (start === undefined) return undefined;
  beforeValue.lastIndex = bytes.subarray(0, start).toString().length;
  if (!beforeValue.test(text)) return undefined;
  const from = beforeValue.lastIndex;
  fakeName.lastIndex = from;
  return fakeName.test(text) ? { start: from, end: fakeName.lastIndex, value: '' } : undefined;
}

/** @returns whether a hash is empty or a placeholder, all of whose bits are 0 */
export function isUnsetHash(hash: string): boolean {
  return /^(?:(?:sha\d+-)?A*=*|0*)$/.test(hash);
}

/** Every placeholder that is bound to a name by which fetchers take a hash. */
export function unsetHashesOf(text: string): Literal[] {
  const names = String.raw`\b(?:\w*[hH]ash|sha256|sha512)${gap}=${gap}`;
  const values = String.raw`(""|"(?:sha\d+-)?A+=*"|"0+"|(?:[A-Za-z_][\w'-]*\.)*fake(?:Hash|Sha256|Sha512)(?![\w'-]))`;
  return [...text.matchAll(new RegExp(`${names}${values}`, 'g'))].map((match) => {
    const end = match.index + match[0].length;
    return { start: end - (match[1] ?? '').length, end, value: '' };
  });
}

/** The string literal that begins at `start`; undefined if it is none or has an interpolation. */
export function literalFrom(text: string, start: number): Literal | undefined {
  if (text[start] !== '"') return undefined;
  let value = '';
  for (let at = start + 1; at < text.length; ) {
    const [character = '', next = ''] = [text[at], text[at + 1]];
    if (character === '"') return { start, end: at + 1, value };
    if (character === '$' && next === '{') return undefined;
    if (character === '\\') value += escapes[next] ?? next;
    else if (character === '$' && next !== '"' && next !== '\\') value += `$${next}`;
    else value += character;
    // As in the lexer: `$$` is a pair, so a brace after it opens nothing.
    at += character === '\\' || (character === '$' && next !== '"' && next !== '\\') ? 2 : 1;
  }
  return undefined;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** A text as a Nix string literal (Nix manual, "String literal"), with everything escaped. */
export function nixString(value: string): string {
  const written = value
    .replace(/[\\"]/g, '\\$&')
    .replaceAll('${', '\\${')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `"${written}"`;
}

/** @returns the text with the value of a literal replaced */
export function replaceLiteral(text: string, { start, end }: Literal, value: string): string {
  return `${text.slice(0, start)}${nixString(value)}${text.slice(end)}`;
}

/** Every string literal with this value, whatever it is bound to, also in comments. */
export function literalsOf(text: string, value: string): Literal[] {
  const written = nixString(value);
  const found: Literal[] = [];
  for (let at = text.indexOf(written); at >= 0; at = text.indexOf(written, at + written.length))
    found.push({ start: at, end: at + written.length, value });
  return found;
}

/** The line of an offset, from 1. */
export function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
