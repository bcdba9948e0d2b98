import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';
import { type KeyPath, type KeyPosition, pathKey } from './locate.ts';
import { nearest } from './suggest.ts';

type Table = Readonly<Record<string, unknown>>;

/** Collects every mistake of a document, so that the user can fix them all at once. */
export class Mistakes {
  readonly #file: string;
  readonly #positions: ReadonlyMap<string, KeyPosition>;
  readonly #found: { readonly position: KeyPosition; readonly text: string }[] = [];

  constructor(file: string, positions: ReadonlyMap<string, KeyPosition>) {
    this.#file = file;
    this.#positions = positions;
  }

  /**
   * @param path of the key; if it is missing, the position of its table is used
   * @param text what is wrong and what is allowed
   */
  add(path: KeyPath, text: string): void {
    this.#found.push({ position: this.#positionOf(path), text: `${label(path)} ${text}` });
  }

  /** @throws UserError `config-invalid` if there are any */
  throwIfAny(): void {
    const sorted = this.#found.toSorted(
      ({ position: a }, { position: b }) => a.line - b.line || a.column - b.column,
    );
    const [first] = sorted;
    if (!first) return;
    const lines = sorted.map(
      ({ position, text }) => `${this.#file}:${position.line}:${position.column}: ${text}.`,
    );
    throw new UserError('config-invalid', lines.join('\n'), { at: { file: this.#file, ...first.position } });
  }

  #positionOf(path: KeyPath): KeyPosition {
    for (let length = path.length; length > 0; length--) {
      const position = this.#positions.get(pathKey(path.slice(0, length)));
      if (position) return position;
    }
    return { line: 1, column: 1 };
  }
}

/** A path for messages: `'package[2].releases.tag'`. */
function label(path: KeyPath): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part + 1}]` : `.${part}`)).join('');
  return `'${printable(text.replace(/^\./, ''))}'`;
}

/** Reads one table, key by key. A wrong value is recorded as a mistake and treated as missing. */
export class TableReader {
  readonly path: KeyPath;
  readonly mistakes: Mistakes;
  readonly #table: Table;

  /** @param known every key that is allowed */
  constructor(table: Table, path: KeyPath, known: readonly string[], mistakes: Mistakes) {
    this.path = path;
    this.mistakes = mistakes;
    this.#table = table;
    for (const key of Object.keys(table)) {
      if (known.includes(key)) continue;
      const meant = nearest(key, known);
      this.wrong(
        key,
        `is not known${meant ? ` (did you mean '${meant}'?)` : ''}; keys here are ${known.join(', ')}`,
      );
    }
  }

  /** Records a mistake at a key of this table. */
  wrong(key: string, text: string): undefined {
    this.mistakes.add([...this.path, key], text);
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#table, key);
  }

  /** The value, unchecked. */
  raw(key: string): unknown {
    return this.has(key) ? this.#table[key] : undefined;
  }

  /** A string that is neither empty nor has a NUL character. */
  string(
    key: string,
    allowed = 'a text',
    isAllowed: (text: string) => boolean = () => true,
  ): string | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    if (typeof value === 'string' && value !== '' && !value.includes('\0') && isAllowed(value)) return value;
    return this.wrong(key, `is ${show(value)}; it takes ${allowed}`);
  }

  requiredString(
    key: string,
    allowed: string,
    isAllowed: (text: string) => boolean = () => true,
  ): string | undefined {
    if (!this.has(key)) return this.wrong(key, `is missing; it takes ${allowed}`);
    return this.string(key, allowed, isAllowed);
  }

  boolean(key: string): boolean | undefined {
    const value = this.raw(key);
    if (value === undefined || typeof value === 'boolean') return value;
    return this.wrong(key, `is ${show(value)}; it takes true or false`);
  }

  oneOf<const T extends string | boolean>(key: string, allowed: readonly T[]): T | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    const found = allowed.find((one) => one === value);
    if (found !== undefined) return found;
    const list = allowed.map((one) => (typeof one === 'string' ? `"${one}"` : String(one)));
    return this.wrong(key, `is ${show(value)}; it takes ${list.slice(0, -1).join(', ')} or ${list.at(-1)}`);
  }

  strings(
    key: string,
    allowed = 'texts',
    isAllowed: (text: string) => boolean = () => true,
  ): readonly string[] | undefined {
    const list = this.list(key, `a list of ${allowed}`);
    return list?.flatMap((value, index) => {
      if (typeof value === 'string' && value !== '' && isAllowed(value)) return [value];
      this.mistakes.add([...this.path, key, index], `is ${show(value)}; the list takes ${allowed}`);
      return [];
    });
  }

  list(key: string, allowed: string): readonly unknown[] | undefined {
    const value = this.raw(key);
    if (value === undefined || Array.isArray(value)) return value;
    return this.wrong(key, `is ${show(value)}; it takes ${allowed}`);
  }

  /** A nested table; undefined if it is missing. */
  table(key: string, known: readonly string[]): TableReader | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    if (isTable(value)) return new TableReader(value, [...this.path, key], known, this.mistakes);
    return this.wrong(key, `is ${show(value)}; it takes a table with ${known.join(', ')}`);
  }
}

export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** A value, shortened for a message. */
export function show(value: unknown): string {
  if (typeof value === 'string') return printable(JSON.stringify(value.slice(0, 80)));
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Date) return 'a date';
  return isTable(value) ? 'a table' : String(value);
}
