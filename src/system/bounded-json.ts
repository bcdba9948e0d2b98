/** What an untrusted JSON text may have at most. */
export interface JsonBounds {
  /** Characters. */
  readonly length: number;
  /** Objects and arrays inside each other. */
  readonly depth: number;
}

/**
 * Parses untrusted JSON within bounds, without quoting any of it in errors.
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
 * Whether a JSON text says what its parsed value says and no more: no object has a key twice. Readers differ in which of
 * the two they take (RFC 8259, section 4).
 */
export const saysNoMore = (text: string, value: unknown): boolean =>
  text.isWellFormed() && scan(text).dense === JSON.stringify(value).length;

/** The deepest nesting of brackets, and how many characters are not white space, both outside of strings. */
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
