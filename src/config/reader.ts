import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';
import { nearest } from '../system/suggest.ts';
import { isTable } from '../uv/lock/reader.ts';
import { type KeyPath, type KeyPosition, locateKeys, pathKey } from './locate.ts';

type Table = Readonly<Record<string, unknown>>;

/** Collects every mistake of a document, so that the user can fix them all at once. */
export class Mistakes {
  readonly #file: string;
  readonly #document: string;
  readonly #found: { readonly path: KeyPath; readonly text: string }[] = [];

  constructor(file: string, document: string) {
    this.#file = file;
    this.#document = document;
  }

  /**
   * @param path path of the key; if the key is missing, the position of its table is reported
   * @param text what is wrong and what is allowed
   */
  add(path: KeyPath, text: string): void {
    this.#found.push({ path, text: `${label(path)} ${text}` });
  }

  /** @throws UserError `config-invalid` if there are any */
  throwIfAny(): void {
    if (this.#found.length === 0) return;
    const positions = locateKeys(this.#document);
    const sorted = this.#found
      .map(({ path, text }) => ({ position: positionOf(path, positions), text }))
      .toSorted(({ position: a }, { position: b }) => a.line - b.line || a.column - b.column);
    const lines = sorted.map(
      ({ position, text }) => `${this.#file}:${position.line}:${position.column}: ${text}.`,
    );
    throw new UserError('config-invalid', lines.join('\n'), {
      at: { file: this.#file, ...sorted[0]?.position },
    });
  }
}

function positionOf(path: KeyPath, positions: ReadonlyMap<string, KeyPosition>): KeyPosition {
  for (let length = path.length; length > 0; length--) {
    const position = positions.get(pathKey(path.slice(0, length)));
    if (position) return position;
  }
  return { line: 1, column: 1 };
}

/** Throws the first mistake: for inputs and command-line options, which have no lines. */
export class FirstMistake extends Mistakes {
  readonly #label: (name: string) => string;

  /** @param labelOf returns the name of a key in messages */
  constructor(labelOf: (name: string) => string) {
    super('', '');
    this.#label = labelOf;
  }

  override add([name = '']: KeyPath, text: string): never {
    throw new UserError('input-invalid', `${this.#label(String(name))} ${text}.`);
  }
}

/** A path for messages: `'package[2].releases.tag'`. */
function label(path: KeyPath): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part + 1}]` : `.${part}`)).join('');
  return `'${printable(text.replace(/^\./, ''))}'`;
}

/**
 * Reads one table, key by key. A wrong value is recorded as a mistake and treated as missing; keys
 * that are not read are mistakes, too.
 */
export class TableReader {
  readonly path: KeyPath;
  readonly mistakes: Mistakes;
  readonly #table: Table;
  readonly #known = new Set<string>();

  private constructor(table: Table, path: KeyPath, mistakes: Mistakes) {
    this.path = path;
    this.mistakes = mistakes;
    this.#table = table;
  }

  /** @param read reads every key that is allowed */
  static read<T>(table: Table, path: KeyPath, mistakes: Mistakes, read: (table: TableReader) => T): T {
    const reader = new TableReader(table, path, mistakes);
    const result = read(reader);
    const known = [...reader.#known];
    for (const key of Object.keys(table).filter((one) => !reader.#known.has(one))) {
      const meant = nearest(key, known);
      const hint = meant ? ` (did you mean '${meant}'?)` : '';
      reader.wrong(key, `is not known${hint}; keys here are ${known.join(', ')}`);
    }
    return result;
  }

  /** The result of reading a table without keys. */
  static defaults<T>(read: (table: TableReader) => T): T {
    return TableReader.read({}, [], new Mistakes('', ''), read);
  }

  /** Records a mistake at a key of this table. */
  wrong(key: string, text: string): undefined {
    this.mistakes.add([...this.path, key], text);
  }

  has(key: string): boolean {
    this.#known.add(key);
    return Object.hasOwn(this.#table, key);
  }

  keys(): string[] {
    return Object.keys(this.#table);
  }

  /** The value, unchecked. */
  raw(key: string): unknown {
    return this.has(key) ? this.#table[key] : undefined;
  }

  /** A string that is neither empty nor has a NUL character. */
  string(key: string, allowed = 'a text', isAllowed = anyText): string | undefined {
    const isValid = (value: unknown): value is string => isText(value) && isAllowed(value);
    return this.#checked(key, allowed, isValid);
  }

  requiredString(key: string, allowed: string, isAllowed = anyText): string | undefined {
    if (!this.has(key)) return this.wrong(key, `is missing; it takes ${allowed}`);
    return this.string(key, allowed, isAllowed);
  }

  boolean(key: string): boolean | undefined {
    return this.oneOf(key, [true, false]);
  }

  oneOf<const T extends string | boolean>(key: string, allowed: readonly T[]): T | undefined {
    const list = allowed.map((one) => (typeof one === 'string' ? `"${one}"` : String(one)));
    const isAllowed = (value: unknown): value is T => allowed.some((one) => one === value);
    return this.#checked(key, `${list.slice(0, -1).join(', ')} or ${list.at(-1)}`, isAllowed);
  }

  /** A whole number from 1 to 1000. */
  count(key: string): number | undefined {
    const isCount = (value: unknown): value is number =>
      typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 1000;
    return this.#checked(key, 'a number from 1 to 1000', isCount);
  }

  strings(key: string, allowed: string, isAllowed = anyText): readonly string[] | undefined {
    const list = this.list(key, `a list of ${allowed}`);
    return list?.flatMap((value, index) => {
      if (isText(value) && isAllowed(value)) return [value];
      this.mistakes.add([...this.path, key, index], `is ${show(value)}; the list takes ${allowed}`);
      return [];
    });
  }

  list(key: string, allowed: string): readonly unknown[] | undefined {
    return this.#checked(key, allowed, (value) => Array.isArray(value));
  }

  /** Reads a nested table; undefined if it is missing. */
  table<T>(key: string, read: (table: TableReader) => T, allowed = 'a table'): T | undefined {
    const value = this.raw(key);
    return value === undefined ? undefined : this.tableAt([key], value, allowed, read);
  }

  /** Reads a list of tables; empty if it is missing. Wrong tables are left out. */
  tables<T>(key: string, allowed: string, read: (table: TableReader) => T | undefined): T[] {
    return (this.list(key, `a list: ${allowed}`) ?? []).flatMap(
      (value, index) => this.tableAt([key, index], value, allowed, read) ?? [],
    );
  }

  /** Reads a value below this table as a table. */
  tableAt<T>(at: KeyPath, value: unknown, allowed: string, read: (table: TableReader) => T): T | undefined {
    const path = [...this.path, ...at];
    if (isTable(value)) return TableReader.read(value, path, this.mistakes, read);
    this.mistakes.add(path, `is ${show(value)}; it takes ${allowed}`);
    return undefined;
  }

  #checked<T>(key: string, allowed: string, is: (value: unknown) => value is T): T | undefined {
    const value = this.raw(key);
    if (value === undefined || is(value)) return value;
    return this.wrong(key, `is ${show(value)}; it takes ${allowed}`);
  }
}

const anyText = (_: string): boolean => true;

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && !value.includes('\0');

/** A value, shortened for a message. */
function show(value: unknown): string {
  if (typeof value === 'string') return printable(JSON.stringify(value.slice(0, 80)));
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Date) return 'a date';
  return isTable(value) ? 'a table' : String(value);
}
