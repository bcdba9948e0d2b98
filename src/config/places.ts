import { isInnerPath } from '../system/inside.ts';
import { isAttributePath } from './names.ts';
import type { TableReader } from './reader.ts';

/** A place of the version (or tag, or revision) besides the derivation's own attribute. */
export type VersionPlace =
  /** Text with one placeholder, which occurs in the file exactly once. */
  | { readonly kind: 'text'; readonly file: string; readonly pattern: string }
  /** A string of a JSON file, by JSON pointer (RFC 6901). */
  | { readonly kind: 'json'; readonly file: string; readonly pointer: string; readonly value: string }
  /** A Nix attribute that is bound to a string literal. */
  | { readonly kind: 'nix'; readonly attribute: string; readonly value: string };

export interface FixedOutput {
  /** Attribute path: with a leading dot from the package, otherwise from the root. */
  readonly attribute: string;
  /** File with the hash, if Nix cannot report the hash's position. */
  readonly file?: string | undefined;
  /** The system of the hash, if the configuration has a list of systems. */
  readonly system?: string;
  /** JSON pointer to the hash in `file`. */
  readonly pointer?: string | undefined;
}

export const relativeText = "an attribute path, with a leading '.' if it starts at the package";
export const fileText = 'the path of a file in this repository';

export const versionPlaceText = 'a table with file, pattern, pointer, attribute, value';

/** Reads one of `version-files`; undefined if it is wrong. */
export function readVersionPlace(table: TableReader): VersionPlace | undefined {
  const attribute = table.string('attribute', relativeText, isAttributePath);
  const file = table.string('file', fileText, isInnerPath);
  const pointer = table.string('pointer', 'a JSON pointer such as "/version"', isPointer);
  const pattern = table.string('pattern', placeholderText, hasOnePlaceholder);
  const text = table.string('value', placeholderText, hasOnePlaceholder) ?? '{version}';
  if (table.has('attribute')) {
    for (const key of ['file', 'pattern', 'pointer'])
      if (table.has(key)) table.wrong(key, "has no meaning with 'attribute', whose position Nix reports");
    return attribute === undefined ? undefined : { kind: 'nix', attribute, value: text };
  }
  if (!table.has('file') || table.has('pattern') === table.has('pointer'))
    table.mistakes.add(table.path, "takes 'file' with either 'pattern' or 'pointer', or 'attribute'");
  if (table.has('pattern') && table.has('value')) table.wrong('value', "has no meaning with 'pattern'");
  if (file === undefined) return undefined;
  if (pointer !== undefined) return { kind: 'json', file, pointer, value: text };
  return pattern === undefined ? undefined : { kind: 'text', file, pattern };
}

const placeholderText = 'a text with exactly one of {version}, {tag} and {revision}';
const hasOnePlaceholder = (text: string): boolean => text.split(/\{(?:version|tag|revision)\}/).length === 2;
const isPointer = (text: string): boolean => /^(\/([^~/]|~[01])*)+$/.test(text);

/** Reads an attribute path, or a table. @returns a fixed-output derivation for each system */
export function fixedOutputs(
  parent: TableReader,
  at: readonly (string | number)[],
  value: unknown,
): FixedOutput[] {
  if (typeof value === 'string' && isAttributePath(value)) return [{ attribute: value }];
  const allowed = `${relativeText}, or a table with attribute, systems, file, pointer, key`;
  return parent.tableAt(at, value, allowed, readFixedOutput) ?? [];
}

/** The place of a hash in a data file: a JSON pointer, or the path of a key in TOML. */
function hashPointer(table: TableReader): string | undefined {
  const pointer = table.string('pointer', 'a JSON pointer such as "/hash"', isPointer);
  const key = table.string(
    'key',
    'a key of TOML such as "python.hash"',
    (text) => keysOf(text) !== undefined,
  );
  if (!table.has('key')) return pointer;
  if (table.has('pointer')) return table.wrong('key', "has no meaning with 'pointer'");
  return (
    key &&
    `/${keysOf(key)
      ?.map((one) => one.replaceAll('~', '~0').replaceAll('/', '~1'))
      .join('/')}`
  );
}

/** Parts of a key: bare, or in quotes. */
function keysOf(text: string): string[] | undefined {
  const isKey = /^(?:[\w{}-]+|"[^"\\]+")(?:\.(?:[\w{}-]+|"[^"\\]+"))*$/.test(text);
  return isKey ? (text.match(/"[^"]+"|[^."]+/g) ?? []).map((one) => one.replaceAll('"', '')) : undefined;
}

function readFixedOutput(table: TableReader): FixedOutput[] {
  const isTemplate = (text: string): boolean => isAttributePath(text.replaceAll('{system}', 'system'));
  const isSystem = (text: string): boolean => /^\w+-\w+$/.test(text);
  const attribute = table.requiredString('attribute', relativeText, isTemplate);
  const systems = table.strings('systems', 'systems such as x86_64-linux', isSystem);
  const file = table.string('file', fileText, isInnerPath);
  const pointer = hashPointer(table);
  for (const key of ['pointer', 'key'])
    if (table.has(key) && file === undefined)
      table.wrong(key, "requires 'file', the file of JSON or TOML that it points into");
  if (attribute === undefined) return [];
  if (attribute.includes('{system}') !== (systems !== undefined)) {
    const text = "requires 'systems', and the reverse: {system} in the path stands for each of them";
    table.wrong('attribute', text);
    return [];
  }
  return (systems ?? ['']).map((system) => ({
    ...(system === '' ? {} : { system }),
    attribute: attribute.replaceAll('{system}', system),
    file,
    pointer: pointer?.replaceAll('{system}', system),
  }));
}
