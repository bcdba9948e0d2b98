/** A string literal of Nix code or a data file, outside of comments and interpolations. */
export interface Literal {
  readonly start: number;
  readonly end: number;
  /** The string, which has no interpolation; empty for `lib.fakeHash` and similar names. */
  readonly value: string;
  /** Whether it is `lib.fakeHash` or a similar name. */
  readonly isFake?: boolean;
  /** Last name of the attribute that the literal is bound to, or its last key in a data file. */
  readonly name: string | undefined;
  /** Names of the bindings and called functions around it, or keys; outermost first. */
  readonly within: readonly string[];
  /** Place in a data file: a JSON pointer, or keys of TOML. */
  readonly at?: string;
}

/** Space and comments. */
const BLANK = /(?:\s|#[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const NAME = /[A-Za-z_][\w'-]*/y;
/**
 * Paths and URLs: quotes and slashes have no other meaning in them (Nix manual, "Path literal").
 */
const PATH = /[\w.+-]*(?:\/[\w.+-]+)+|[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9%/?:@&=+$,_.!~*'-]+/y;
const FAKE = /^fake(?:Hash|Sha256|Sha512)$/;

/** Reads the string literals of Nix code. It follows bindings and calls, and evaluates nothing. */
export function codeLiterals(text: string): Literal[] {
  const reader = new Reader(text);
  for (let at = 0; at < text.length; ) {
    const blank = match(BLANK, text, at);
    const isString = isQuote(text, at);
    const path = blank === undefined && !isString ? match(PATH, text, at) : undefined;
    const name = path === undefined ? match(NAME, text, at) : undefined;
    if (blank !== undefined) at += blank.length;
    else if (isString) at = reader.string(at);
    else if (path !== undefined) at = reader.path(at, path);
    else if (name !== undefined) at = reader.word(at, name);
    else at = reader.mark(at);
  }
  return reader.found;
}

/** The code inside a bracket or a `let`. */
interface Level {
  readonly kind: 'bracket' | 'let';
  /** The function that the bracket is an argument of. */
  readonly called: string | undefined;
  binding: readonly string[];
  /** Number of `with` and `assert` whose semicolon has not come yet. */
  pending: number;
}

const level = (called?: string, kind: Level['kind'] = 'bracket'): Level => ({
  ...{ kind, called, binding: [], pending: 0 },
});

/** Each method reads the token at an index, and returns the index after it. */
class Reader {
  readonly found: Literal[] = [];
  readonly #text: string;
  readonly #levels: Level[] = [level()];
  /** The last attribute path or function; its start, and whether a dot follows. */
  #names: string[] = [];
  #from = 0;
  #isOpen = false;

  constructor(text: string) {
    this.#text = text;
  }

  string(at: number): number {
    const { end, value } = stringAt(this.#text, at);
    if (value !== undefined && this.#isOpen) this.#named(value, at);
    else {
      if (value !== undefined) this.#add(at, end, value);
      this.#names = value === undefined ? [] : [value];
    }
    return end;
  }

  path(at: number, path: string): number {
    this.#names = [];
    return at + path.length;
  }

  word(at: number, name: string): number {
    const end = at + name.length;
    if (name === 'let') this.#levels.push(level(undefined, 'let'));
    else if (name === 'in') this.#close('let');
    else if (name === 'with' || name === 'assert') this.#top().pending++;
    else {
      this.#named(name, at);
      if (FAKE.test(name) && this.#text[end] !== '.') this.#add(this.#from, end, '', true);
    }
    return end;
  }

  mark(at: number): number {
    const character = this.#text[at] ?? '';
    if ('{(['.includes(character)) this.#levels.push(level(this.#names.at(-1)));
    if ('})]'.includes(character)) {
      while (this.#close('let'));
      if (this.#levels.length > 1) this.#close('bracket');
    }
    const isBinding = this.#text[at + 1] !== '=' && !'=<>!'.includes(this.#text[at - 1] ?? '');
    if (character === '=' && isBinding) this.#top().binding = this.#names;
    // The default of an argument.
    if (character === '?' && this.#top().binding.length === 0) this.#top().binding = this.#names;
    if (character === ',') this.#top().binding = [];
    if (character === ';') {
      if (this.#top().pending > 0) this.#top().pending--;
      else this.#top().binding = [];
    }
    this.#isOpen = character === '.' && this.#names.length > 0;
    if (!this.#isOpen) this.#names = [];
    return at + 1;
  }

  #top(): Level {
    return this.#levels.at(-1) ?? level();
  }

  #close(kind: Level['kind']): boolean {
    if (this.#top().kind !== kind) return false;
    this.#levels.pop();
    return true;
  }

  #named(name: string, start: number): void {
    if (!this.#isOpen) this.#from = start;
    // The called function stands before `rec`.
    if (this.#isOpen) this.#names = [...this.#names, name];
    else if (name !== 'rec') this.#names = [name];
    this.#isOpen = false;
  }

  #add(start: number, end: number, value: string, isFake = false): void {
    const within = this.#levels.flatMap(({ called, binding }) => [...(called ? [called] : []), ...binding]);
    this.found.push({ start, end, value, isFake, name: this.#top().binding.at(-1), within });
  }
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] || undefined;
}

const isQuote = (text: string, at: number): boolean => text[at] === '"' || text.startsWith("''", at);

/**
 * Reads the string that begins at `start`.
 * @returns its end, and its value unless it is unfinished or has an interpolation, or is indented
 *   and has an escape or several lines
 */
export function stringAt(text: string, start: number): { end: number; value: string | undefined } {
  const isIndented = text[start] !== '"';
  const quote = isIndented ? "''" : '"';
  let isPlain = true;
  let value = '';
  for (let at = start + quote.length; at < text.length; ) {
    // As in Nix's lexer, `$$` is a pair, so a brace after it opens no interpolation.
    const read = text.startsWith('$$', at) ? '$$' : (text[at] ?? '');
    if (isIndented && /^''[$'\\]/.test(text.slice(at, at + 3))) {
      isPlain = false;
      at += text[at + 2] === '\\' ? 4 : 3;
    } else if (text.startsWith(quote, at)) {
      // Nix strips the common indentation of an indented string.
      const own = isIndented ? value.replace(/^ +/, '') : value;
      const isOneLine = !isIndented || !value.includes('\n');
      return { end: at + quote.length, value: isPlain && isOneLine ? own : undefined };
    } else if (text.startsWith('${', at)) {
      isPlain = false;
      at = endOfInterpolation(text, at + 2);
    } else if (read === '\\' && !isIndented) {
      value += escapes[text[at + 1] ?? ''] ?? text[at + 1] ?? '';
      at += 2;
    } else {
      value += read;
      at += read.length;
    }
  }
  return { end: text.length, value: undefined };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function endOfInterpolation(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; ) {
    if (isQuote(text, at)) {
      at = stringAt(text, at).end;
      continue;
    }
    if (text[at] === '{') depth++;
    if (text[at] === '}' && --depth === 0) return at + 1;
    at++;
  }
  return text.length;
}

/** A literal whose value differs in another text. */
export interface ChangedLiteral {
  readonly literal: Literal;
  readonly after: string;
}

/** Allowed new values: without an escape or an interpolation of Nix, JSON or TOML. */
const PLAIN_LITERAL = /"([^"\\$\p{C}]{0,300})"/uy;

/**
 * Compares a text with the base's text, literal by literal.
 * @param literals literals of `before`, if it is not Nix code
 * @returns the changed literals; undefined if anything else differs, including comments
 */
export function changedLiterals(
  before: string,
  after: string,
  literals: readonly Literal[] = codeLiterals(before),
): ChangedLiteral[] | undefined {
  const changed: ChangedLiteral[] = [];
  let [old, now] = [0, 0];
  for (const literal of literals) {
    const between = before.slice(old, literal.start);
    if (!after.startsWith(between, now)) return undefined;
    now += between.length;
    old = literal.end;
    const written = before.slice(literal.start, literal.end);
    if (after.startsWith(written, now)) {
      now += written.length;
      continue;
    }
    PLAIN_LITERAL.lastIndex = now;
    const [whole, value = ''] = PLAIN_LITERAL.exec(after) ?? [];
    if (whole === undefined) return undefined;
    changed.push({ literal, after: value });
    now += whole.length;
  }
  return before.slice(old) === after.slice(now) ? changed : undefined;
}
