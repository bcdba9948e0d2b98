import type { Position } from './answers.ts';
import { codeLiterals, type Literal } from './code-literals.ts';

/** Space and comments, as Nix's lexer skips them. */
const gap = String.raw`(?:\s|#[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/)*`;
const name = String.raw`(?:[A-Za-z_][\w'-]*|"[\w.+-]*")`;
/** An attribute's path and `=`: `version =`, `src.rev =`, `"x86_64-linux" =`. */
const binding = new RegExp(String.raw`${name}(?:\.${name})*${gap}=${gap}`, 'y');
const end = new RegExp(`${gap};`, 'y');

/**
 * The literal that is bound to the attribute at a position.
 * @param position of the attribute's name, from `builtins.unsafeGetAttrPos`
 * @returns undefined if something else is bound there, or the name is inherited
 */
export function literalAt(text: string, position: Position): Literal | undefined {
  const start = endOf(binding, text, offsetOf(text, position));
  const literal = codeLiterals(text).find((one) => one.start === start);
  return literal && endOf(end, text, literal.end) !== undefined ? literal : undefined;
}

/** The end of a match that begins at an offset. */
function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** Nix counts lines by newline and columns in bytes, from 1. */
function offsetOf(text: string, { line, column }: Position): number {
  const lines = text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const bytes = Buffer.from(lines[line - 1] ?? '').subarray(0, column - 1);
  return before + bytes.toString().length;
}

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

/** Whether fetchers take a hash under this attribute name. */
export const isHashName = (name: string | undefined): boolean =>
  /(?:hash(?:es)?|sha256|sha512)$/i.test(name ?? '');

/** Whether a hash is empty or a placeholder, which has only 0 bits. */
export function isUnsetHash(hash: string): boolean {
  return /^(?:(?:sha\d+-)?A*=*|0*)$/.test(hash);
}

/** The line of an offset, from 1. */
export function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
