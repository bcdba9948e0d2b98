/** The value of a JSON text; undefined if it is not one. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Limits of an untrusted JSON text. */
export interface JsonBounds {
  /** Characters. */
  readonly length: number;
  /** Nested objects and arrays. */
  readonly depth: number;
}

/**
 * Parses untrusted JSON within limits. Errors quote none of it.
 * @throws Error whose message is a clause that begins with "it"
 */
export function parseBoundedJson(text: string, { length, depth }: JsonBounds): unknown {
  if (text.length > length) throw new Error(`it has more than ${length} characters`);
  if (scan(text).depth > depth) throw new Error(`it is nested more than ${depth} levels deep`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error('it is not JSON');
  }
}

/**
 * Whether a JSON text has no more content than its parsed value: no object has a duplicate key, for
 * which readers may use either value (RFC 8259, section 4).
 */
export const saysNoMore = (text: string, value: unknown): boolean =>
  text.isWellFormed() && scan(text).dense === JSON.stringify(value).length;

/**
 * The deepest nesting, and the number of characters that are not white space, outside of strings.
 */
function scan(text: string): { depth: number; dense: number } {
  let [deepest, depth, dense, isString] = [0, 0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (isString || !' \t\r\n'.includes(character)) dense += 1;
    if (isString && character === '\\') {
      at += 1;
      dense += 1;
    } else if (character === '"') isString = !isString;
    else if (!isString && (character === '[' || character === '{')) depth += 1;
    else if (!isString && (character === ']' || character === '}')) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return { depth: deepest, dense };
}
