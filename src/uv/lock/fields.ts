import { UserError } from '../../system/errors.ts';
import { printable } from '../../system/printable.ts';
import { type Marker, MarkerSyntaxError, parseMarker } from './marker.ts';
import { normalizeName } from './names.ts';
import type { TomlTable } from './toml.ts';

/** The origin of a table, for errors. */
export interface TomlPlace {
  readonly file: string;
  /** For example "package 'numpy'"; empty for the document. */
  readonly subject: string;
  /** Finds the line; called only for errors. */
  line(): number | undefined;
}

/** Shared, because most keys of most packages are missing. */
const NO_TABLE: TomlTable = Object.freeze(Object.create(null) as TomlTable);
const NOTHING: readonly never[] = Object.freeze([]);

/** An error of code `lock-invalid` at `place`. */
export function invalid(place: TomlPlace, what: string, fix = "Run 'uv lock' to recreate it."): UserError {
  const line = place.line();
  const at = line === undefined ? place.file : `${place.file}:${line}`;
  const subject = place.subject === '' ? '' : ` (${place.subject})`;
  return new UserError('lock-invalid', printable(`${at}${subject}: ${what}. ${fix}`), {
    at: line === undefined ? { file: place.file } : { file: place.file, line },
  });
}

/** The value of an own key. */
export function field(table: TomlTable, key: string): unknown {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

export function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** A string; undefined if the key is missing. */
export function optionalString(table: TomlTable, key: string, place: TomlPlace): string | undefined {
  const value = field(table, key);
  if (value === undefined || typeof value === 'string') return value;
  throw invalid(place, `'${key}' has to be a string, not ${describe(value)}`);
}

export function requiredString(table: TomlTable, key: string, place: TomlPlace): string {
  const value = optionalString(table, key, place);
  if (value === undefined) throw invalid(place, `'${key}' is missing`);
  return value;
}

/** A non-negative integer; undefined if the key is missing. */
export function optionalCount(table: TomlTable, key: string, place: TomlPlace): number | undefined {
  const value = field(table, key);
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw invalid(place, `'${key}' has to be a whole number, not ${describe(value)}`);
}

export function optionalBoolean(table: TomlTable, key: string, place: TomlPlace): boolean | undefined {
  const value = field(table, key);
  if (value === undefined || typeof value === 'boolean') return value;
  throw invalid(place, `'${key}' has to be true or false, not ${describe(value)}`);
}

/** A table; empty if the key is missing. */
export function tableField(table: TomlTable, key: string, place: TomlPlace): TomlTable {
  const value = field(table, key);
  if (value === undefined) return NO_TABLE;
  if (isTable(value)) return value;
  throw invalid(place, `'${key}' has to be a table, not ${describe(value)}`);
}

/** An array; empty if the key is missing. */
export function arrayField(table: TomlTable, key: string, place: TomlPlace): readonly unknown[] {
  const value = field(table, key);
  return value === undefined ? NOTHING : asArray(value, key, place);
}

export function asArray(value: unknown, key: string, place: TomlPlace): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw invalid(place, `'${key}' has to be an array, not ${describe(value)}`);
}

/** An array of tables; empty if the key is missing. */
export function tablesField(table: TomlTable, key: string, place: TomlPlace): readonly TomlTable[] {
  const items = arrayField(table, key, place);
  return items.length === 0 ? NOTHING : items.map((item) => asTable(item, key, place));
}

export function asTable(value: unknown, key: string, place: TomlPlace): TomlTable {
  if (isTable(value)) return value;
  throw invalid(place, `'${key}' has to hold tables, not ${describe(value)}`);
}

/** An array of strings; empty if the key is missing. */
function stringsField(table: TomlTable, key: string, place: TomlPlace): readonly string[] {
  const items = arrayField(table, key, place);
  if (items.length === 0) return NOTHING;
  return items.map((item) => {
    if (typeof item === 'string') return item;
    throw invalid(place, `'${key}' has to hold strings, not ${describe(item)}`);
  });
}

/** An array of normalized package, extra or group names. */
export function namesField(table: TomlTable, key: string, place: TomlPlace): readonly string[] {
  const items = stringsField(table, key, place);
  return items.length === 0 ? NOTHING : items.map((name) => asName(name, key, place));
}

export function asName(text: string, key: string, place: TomlPlace): string {
  const name = normalizeName(text);
  if (name === undefined) throw invalid(place, `'${clip(text)}' in '${key}' is not a name`);
  return name;
}

/** Parses markers, each distinct text once. */
export class Markers {
  readonly #known = new Map<string, Marker>();

  /** @throws UserError `lock-marker` */
  parse(text: string, place: TomlPlace): Marker {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    try {
      const marker = parseMarker(text);
      this.#known.set(text, marker);
      return marker;
    } catch (error) {
      if (!(error instanceof MarkerSyntaxError)) throw error;
      const { message, at } = invalid(
        place,
        `the marker ${JSON.stringify(clip(text))} cannot be read at its column ${error.column}: ${error.message}`,
      );
      throw new UserError('lock-marker', message, at === undefined ? {} : { at });
    }
  }

  optional(table: TomlTable, key: string, place: TomlPlace): Marker | undefined {
    const text = optionalString(table, key, place);
    return text === undefined || text === '' ? undefined : this.parse(text, place);
  }

  list(table: TomlTable, key: string, place: TomlPlace): readonly Marker[] {
    const items = stringsField(table, key, place);
    return items.length === 0 ? NOTHING : items.map((text) => this.parse(text, place));
  }
}

/** Shortens untrusted text for a message. */
export function clip(text: string, length = 120): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Date) return 'a date';
  return typeof value === 'object' ? 'a table' : `a ${typeof value}`;
}
