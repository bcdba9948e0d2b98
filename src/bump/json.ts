import type { Literal } from '../nix/code-literals.ts';

/** A string of a JSON text; the second group follows it if it is a member's name. */
const STRING = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?/g;

/**
 * Finds a string of a JSON text by JSON pointer (RFC 6901), so that nothing else is changed when
 * it is replaced. Of two members of one name the last counts, as in Nix.
 * @returns undefined if something else or nothing is at the pointer
 * @throws SyntaxError
 */
export function jsonStringAt(text: string, pointer: string): Literal | undefined {
  JSON.parse(text);
  const strings: Literal[] = [];
  // The same document, with the number of each string in its place.
  const numbered = text.replace(STRING, (whole, string: string, colon: string | undefined, start: number) => {
    if (colon !== undefined) return whole;
    strings.push({ start, end: start + string.length, value: JSON.parse(string) as string });
    return `"${strings.length - 1}"`;
  });
  let found: unknown = JSON.parse(numbered);
  for (const token of pointer.split('/').slice(1))
    found = member(found, token.replaceAll('~1', '/').replaceAll('~0', '~'));
  return typeof found === 'string' ? strings[Number(found)] : undefined;
}

function member(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return /^(?:0|[1-9]\d*)$/.test(name) ? value[Number(name)] : undefined;
  const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return isThere ? (value as Record<string, unknown>)[name] : undefined;
}
