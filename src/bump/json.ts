/** Where a JSON string stands in its text, quotes included, and what it says. */
export interface JsonString {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/**
 * Finds a string of a JSON text by JSON pointer (RFC 6901), so that it can be replaced and nothing
 * else be touched.
 * @param text valid JSON
 * @returns undefined where there is nothing at the pointer, no string, or two members of one name
 */
export function jsonStringAt(text: string, pointer: string): JsonString | undefined {
  JSON.parse(text);
  let at = skipBlank(text, 0);
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    const found =
      text[at] === '{' ? member(text, at, name) : text[at] === '[' ? item(text, at, name) : undefined;
    if (found === undefined) return undefined;
    at = found;
  }
  if (text[at] !== '"') return undefined;
  const end = skipString(text, at);
  return { start: at, end, value: JSON.parse(text.slice(at, end)) as string };
}

/** Start of the value of an object's member. */
function member(text: string, open: number, name: string): number | undefined {
  let found: number | undefined;
  for (let at = skipBlank(text, open + 1); text[at] === '"'; ) {
    const end = skipString(text, at);
    const isIt = JSON.parse(text.slice(at, end)) === name;
    const value = skipBlank(text, skipBlank(text, end) + 1);
    if (isIt && found !== undefined) return undefined;
    if (isIt) found = value;
    at = afterComma(text, skipValue(text, value));
  }
  return found;
}

/** Start of an array's item. */
function item(text: string, open: number, index: string): number | undefined {
  if (!/^(0|[1-9]\d{0,8})$/.test(index)) return undefined;
  let at = skipBlank(text, open + 1);
  for (let left = Number(index); text[at] !== ']' && at < text.length; left--) {
    if (left === 0) return at;
    at = afterComma(text, skipValue(text, at));
  }
  return undefined;
}

/** The next member's or item's start, or the closing bracket. */
function afterComma(text: string, end: number): number {
  const at = skipBlank(text, end);
  return text[at] === ',' ? skipBlank(text, at + 1) : at;
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (' \t\r\n'.includes(text[at] ?? '!')) at++;
  return at;
}

function skipString(text: string, from: number): number {
  let at = from + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** The end of any value: brackets are counted, so that depth costs nothing. */
function skipValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; ) {
    const character = text[at] ?? '';
    if (depth === 0 && at > from && ',]} \t\r\n'.includes(character)) return at;
    if (character === '"') at = skipString(text, at);
    else {
      if ('[{'.includes(character)) depth++;
      if (']}'.includes(character)) depth--;
      at++;
    }
    if (depth === 0 && ']}"'.includes(text[at - 1] ?? '')) return at;
  }
  return text.length;
}
