/** Line and column of a key, from 1. */
export interface KeyPosition {
  readonly line: number;
  readonly column: number;
}

/** Keys and array indexes from the top of the document. */
export type KeyPath = readonly (string | number)[];

/**
 * Finds the position of each key of a TOML document, which the parser does not report.
 * @param text TOML that the parser has accepted, so it is valid and of limited depth
 * @returns positions by `pathKey` of the path
 */
export function locateKeys(text: string): ReadonlyMap<string, KeyPosition> {
  return new Locator(text).document();
}

/** A path as the key of a map. */
export const pathKey = (path: KeyPath): string => JSON.stringify(path);

const MAX_PARTS = 16;

/** Walks over a valid document, so it only has to find where things end. */
class Locator {
  readonly #text: string;
  readonly #found = new Map<string, KeyPosition>();
  /** Number of tables in each array of tables so far. */
  readonly #tables = new Map<string, number>();
  #at = 0;
  #line = 1;
  #lineStart = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): ReadonlyMap<string, KeyPosition> {
    let table: KeyPath = [];
    for (this.#skipBlank(); this.#at < this.#text.length; this.#skipBlank()) {
      if (this.#peek() === '[') table = this.#header();
      else this.#pair(table);
    }
    return this.#found;
  }

  #peek(length = 1): string {
    return this.#text.slice(this.#at, this.#at + length);
  }

  /** Skips some characters and counts lines. */
  #advance(length: number): void {
    for (const end = Math.min(this.#at + length, this.#text.length); this.#at < end; this.#at++) {
      if (this.#text[this.#at] !== '\n') continue;
      this.#line += 1;
      this.#lineStart = this.#at + 1;
    }
  }

  /** Skips blanks, line ends, comments and a byte order mark. */
  #skipBlank(): void {
    for (;;) {
      const character = this.#peek();
      if (character === '#') this.#advanceTo('\n');
      else if (character !== '' && ' \t\r\n\uFEFF'.includes(character)) this.#advance(1);
      else return;
    }
  }

  #advanceTo(text: string): void {
    const end = this.#text.indexOf(text, this.#at);
    this.#advance((end < 0 ? this.#text.length : end) - this.#at);
  }

  /** `[a.b]` or `[[a.b]]`. */
  #header(): KeyPath {
    const isArray = this.#peek(2) === '[[';
    this.#advance(isArray ? 2 : 1);
    this.#skipBlank();
    const position = this.#position();
    const names = this.#dottedKey();
    this.#advance(isArray ? 2 : 1);
    const path: (string | number)[] = [];
    for (const [index, name] of names.entries()) {
      path.push(name);
      const key = pathKey(path);
      if (isArray && index === names.length - 1) this.#tables.set(key, (this.#tables.get(key) ?? 0) + 1);
      const count = this.#tables.get(key);
      if (count !== undefined) path.push(count - 1);
    }
    this.#found.set(pathKey(path), position);
    return path;
  }

  #pair(table: KeyPath): void {
    const position = this.#position();
    const path = [...table, ...this.#dottedKey()];
    this.#found.set(pathKey(path), position);
    this.#advance(1);
    this.#skipBlank();
    this.#value(path);
  }

  #position(): KeyPosition {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 };
  }

  /** Names separated by dots, up to `=` or `]`; of very many, the first ones. */
  #dottedKey(): string[] {
    const names: string[] = [];
    for (;;) {
      this.#skipBlank();
      const start = this.#at;
      const quote = this.#peek();
      if (quote === '"' || quote === "'") {
        this.#string();
        names.push(this.#text.slice(start + 1, this.#at - 1));
      } else {
        while (/[A-Za-z0-9_-]/.test(this.#peek())) this.#advance(1);
        names.push(this.#text.slice(start, this.#at));
      }
      this.#skipBlank();
      if (this.#peek() !== '.') return names.slice(0, MAX_PARTS);
      this.#advance(1);
    }
  }

  #value(path: KeyPath): void {
    const first = this.#peek();
    if (first === '"' || first === "'") this.#string();
    else if (first === '[') this.#items(']', (index) => this.#item([...path, index]));
    else if (first === '{') this.#items('}', () => this.#pair(path));
    else while (this.#at < this.#text.length && !/[\n,\]}#]/.test(this.#peek())) this.#advance(1);
  }

  #item(path: KeyPath): void {
    this.#found.set(pathKey(path), this.#position());
    this.#value(path);
  }

  /** Reads what is between brackets or braces. */
  #items(close: string, item: (index: number) => void): void {
    this.#advance(1);
    for (let index = 0, before = -1; this.#at > before; index++) {
      before = this.#at;
      this.#skipBlank();
      if (this.#peek() !== close) item(index);
      this.#skipBlank();
      if (this.#peek() === ',') this.#advance(1);
      this.#skipBlank();
      if (this.#peek() === close) break;
    }
    this.#advance(1);
  }

  #string(): void {
    const quote = this.#peek();
    const long = quote.repeat(3);
    const end = this.#peek(3) === long ? long : quote;
    this.#advance(end.length);
    while (this.#at < this.#text.length && !this.#text.startsWith(end, this.#at))
      this.#advance(quote === '"' && this.#peek() === '\\' ? 2 : 1);
    this.#advance(end.length);
    // A multi-line string may end with up to two quotes before the closing three.
    while (end === long && this.#peek() === quote) this.#advance(1);
  }
}
