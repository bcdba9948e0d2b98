/** Why a text is not taken as JSON; the message quotes nothing of it. */
export class JsonProblem extends Error {}

/**
 * Parses untrusted JSON. Deep nesting, names that occur twice in one object, and a byte-order mark are refused: other readers of the same
 * text could see something else in it.
 * @param depth how many brackets may be open at once
 * @throws JsonProblem
 */
export function parseStrictJson(text: string, depth = 32): unknown {
  if (text.startsWith('\uFEFF')) throw new JsonProblem('it begins with a byte-order mark');
  checkStructure(text, depth);
  try {
    return JSON.parse(text);
  } catch {
    throw new JsonProblem('it is not valid JSON');
  }
}

/** Without recursion and regular expressions, so that neither depth nor length takes the stack. */
function checkStructure(text: string, depth: number): void {
  /** Names of each open object; undefined for an array. */
  const open: (Set<string> | undefined)[] = [];
  let last: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (' \t\r\n'.includes(character)) continue;
    if (character === '"') {
      const end = endOfString(text, at);
      last = nameOf(text.slice(at, end));
      at = end - 1;
      continue;
    }
    if (character === '{' || character === '[') open.push(character === '{' ? new Set() : undefined);
    if (open.length > depth) throw new JsonProblem(`it is nested more than ${depth} levels deep`);
    if (character === '}' || character === ']') open.pop();
    const names = open.at(-1);
    if (character === ':' && names && last !== undefined) {
      if (names.has(last)) throw new JsonProblem('an object in it has one name twice');
      names.add(last);
    }
    last = undefined;
  }
}

/** The index after the quote that ends the string; of an unfinished one, the text's length. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

/** Two spellings of one name are the same. */
function nameOf(quoted: string): string | undefined {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}
