import { UserError } from '../../system/errors.ts';
import { printable } from '../../system/printable.ts';
import { type Marker, parseMarker } from './marker.ts';
import { normalizeName } from './names.ts';
import type { TomlTable } from './toml.ts';

/** A place in a TOML file, for errors. */
export interface TomlPlace {
  readonly file: string;
  /** For example "package 'numpy'"; empty for the document. */
  readonly subject: string;
  /** Finds the line; called only for errors. */
  line(): number | undefined;
}

/** File and line of a place, as errors have them. */
export function positionOf({ file, line }: TomlPlace): { file: string; line?: number } {
  const found = line();
  return found === undefined ? { file } : { file, line: found };
}

/** A message that begins with its place. */
export function messageAt(place: TomlPlace, what: string, fix = "Run 'uv lock' to recreate it."): string {
  const at = positionOf(place);
  const where = at.line === undefined ? at.file : `${at.file}:${at.line}`;
  const subject = place.subject === '' ? '' : ` (${place.subject})`;
  return printable(`${where}${subject}: ${what}. ${fix}`);
}

/** Shortens untrusted text for a message. */
export function clip(text: string, length = 120): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

export function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** For tables that are not checked: a value of another type counts as an empty table. */
export const tableOf = (value: unknown): TomlTable =>
  isTable(value) ? value : (Object.create(null) as TomlTable);
export const tablesOf = (value: unknown): TomlTable[] => (Array.isArray(value) ? value.filter(isTable) : []);
export const stringsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

const isString = (value: unknown): value is string => typeof value === 'string';
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isArray = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/**
 * Reads a table key by key. A value of another type is an error of code `lock-invalid`, with its
 * place; other keys are ignored.
 */
export class TomlReader {
  readonly values: TomlTable;
  readonly place: TomlPlace;
  /** Parsed markers by text: a lock repeats a few of them thousands of times. */
  readonly #markers: Map<string, Marker>;

  constructor(values: TomlTable, place: TomlPlace, markers = new Map<string, Marker>()) {
    this.values = values;
    this.place = place;
    this.#markers = markers;
  }

  /** A reader for an inner table, or for this table with a more exact place. */
  inner(values: TomlTable, place = this.place): TomlReader {
    return new TomlReader(values, place, this.#markers);
  }

  invalid(what: string, fix?: string): UserError {
    return new UserError('lock-invalid', messageAt(this.place, what, fix), { at: positionOf(this.place) });
  }

  /** The value of an own key. */
  get(key: string): unknown {
    return Object.hasOwn(this.values, key) ? this.values[key] : undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  string(key: string): string | undefined {
    return this.#typed(key, isString, 'a string');
  }

  requiredString(key: string): string {
    const value = this.string(key);
    if (value === undefined) throw this.invalid(`'${key}' is missing`);
    return value;
  }

  boolean(key: string): boolean | undefined {
    return this.#typed(key, isBoolean, 'true or false');
  }

  count(key: string): number | undefined {
    return this.#typed(key, isCount, 'a whole number');
  }

  /** A table; empty if the key is missing. */
  table(key: string): TomlReader {
    return this.inner(this.#typed(key, isTable, 'a table') ?? {});
  }

  /** Arrays are empty if the key is missing. */
  tables(key: string): readonly TomlReader[] {
    return this.#items(key, isTable, 'tables').map((table) => this.inner(table));
  }

  /** Arrays of tables. */
  tableLists(key: string): readonly (readonly TomlReader[])[] {
    const lists = this.#items(key, isArray, 'arrays');
    return lists.map((list) => this.inner({ [key]: list }).tables(key));
  }

  /** Normalized names of packages, extras or groups. */
  names(key: string): readonly string[] {
    return this.#items(key, isString, 'strings').map((text) => this.#normalized(text, key));
  }

  /** The keys of this table as normalized names, each with what `read` takes from its key. */
  byName<T>(read: (key: string) => T): Map<string, T> {
    return new Map(Object.keys(this.values).map((key) => [this.#normalized(key, key), read(key)]));
  }

  /** The keys of this table as normalized names. */
  keys(): readonly string[] {
    return [...this.byName(() => undefined).keys()];
  }

  name(key: string): string {
    return this.#normalized(this.requiredString(key), key);
  }

  optionalName(key: string): string | undefined {
    return this.has(key) ? this.name(key) : undefined;
  }

  /** A missing or empty marker is undefined. */
  marker(key: string): Marker | undefined {
    const text = this.string(key);
    return text === undefined || text === '' ? undefined : this.#marker(text);
  }

  markers(key: string): readonly Marker[] {
    return this.#items(key, isString, 'strings').map((text) => this.#marker(text));
  }

  #marker(text: string): Marker {
    const marker = this.#markers.get(text) ?? parseMarker(text);
    if (typeof marker === 'number') {
      const what = `the marker ${JSON.stringify(clip(text))} is not one that uv writes, from its column ${marker} on`;
      throw new UserError('lock-marker', messageAt(this.place, what), { at: positionOf(this.place) });
    }
    this.#markers.set(text, marker);
    return marker;
  }

  #normalized(text: string, key: string): string {
    const name = normalizeName(text);
    if (name === undefined) throw this.invalid(`'${clip(text)}' in '${key}' is not a name`);
    return name;
  }

  #typed<T>(key: string, is: (value: unknown) => value is T, expected: string): T | undefined {
    const value = this.get(key);
    if (value === undefined || is(value)) return value;
    throw this.invalid(`'${key}' has to be ${expected}, not ${describe(value)}`);
  }

  #items<T>(key: string, is: (value: unknown) => value is T, expected: string): readonly T[] {
    const items = this.#typed(key, isArray, 'an array') ?? [];
    return items.map((item) => {
      if (is(item)) return item;
      throw this.invalid(`'${key}' has to hold ${expected}, not ${describe(item)}`);
    });
  }
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Date) return 'a date';
  return typeof value === 'object' ? 'a table' : `a ${typeof value}`;
}
