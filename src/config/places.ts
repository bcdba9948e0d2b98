import { isInnerPath } from '../system/inside.ts';
import { isAttributePath } from './names.ts';
import { isTable, show, TableReader } from './reader.ts';
import type { FixedOutput, VersionPlace } from './types.ts';

const relativeText = "an attribute path, with a leading '.' if it starts at the package";
const fileText = 'the path of a file in this repository';

/** Reads one of `version-files`. */
export function versionPlace(parent: TableReader, value: unknown, index: number): VersionPlace[] {
  const path = [...parent.path, 'version-files', index];
  const known = ['file', 'pattern', 'pointer', 'attribute', 'value'];
  if (!isTable(value)) {
    parent.mistakes.add(path, `is ${show(value)}; it takes a table with ${known.join(', ')}`);
    return [];
  }
  const table = new TableReader(value, path, known, parent.mistakes);
  if (table.has('attribute')) return nixPlace(table);
  const file = table.requiredString('file', fileText, isInnerPath);
  if (table.has('pattern') === table.has('pointer')) {
    parent.mistakes.add(path, "takes 'file' with either 'pattern' or 'pointer', or 'attribute'");
    return [];
  }
  const pointer = table.string('pointer', 'a JSON pointer such as "/version"', isPointer);
  const pattern = table.string('pattern', placeholderText, hasOnePlaceholder);
  if (table.has('pattern') && table.has('value')) table.wrong('value', "has no meaning with 'pattern'");
  const text = valueTemplate(table);
  if (file === undefined) return [];
  if (pointer !== undefined) return [{ kind: 'json', file, pointer, value: text }];
  return pattern === undefined ? [] : [{ kind: 'text', file, pattern }];
}

function nixPlace(table: TableReader): VersionPlace[] {
  const attribute = table.string('attribute', relativeText, isAttributePath);
  for (const key of ['file', 'pattern', 'pointer']) {
    if (table.has(key)) table.wrong(key, "has no meaning with 'attribute', whose position Nix reports");
  }
  const value = valueTemplate(table);
  return attribute === undefined ? [] : [{ kind: 'nix', attribute, value }];
}

const placeholderText = 'a text with exactly one of {version}, {tag} and {revision}';
const hasOnePlaceholder = (text: string): boolean => text.split(/\{(?:version|tag|revision)\}/).length === 2;
const isPointer = (text: string): boolean => /^(\/([^~/]|~[01])*)+$/.test(text);

const valueTemplate = (table: TableReader): string =>
  table.string('value', placeholderText, hasOnePlaceholder) ?? '{version}';

/** Reads a fixed-output derivation, which is an attribute path or a table: one for each system. */
export function fixedOutputs(
  parent: TableReader,
  at: readonly (string | number)[],
  value: unknown,
): FixedOutput[] {
  const path = [...parent.path, ...at];
  if (typeof value === 'string' && isAttributePath(value))
    return [{ attribute: value, file: undefined, pointer: undefined }];
  const known = ['attribute', 'systems', 'file', 'pointer'];
  if (!isTable(value)) {
    parent.mistakes.add(
      path,
      `is ${show(value)}; it takes ${relativeText}, or a table with ${known.join(', ')}`,
    );
    return [];
  }
  const table = new TableReader(value, path, known, parent.mistakes);
  const attribute = table.requiredString('attribute', relativeText, (text) =>
    isAttributePath(text.replaceAll('{system}', 'system')),
  );
  const systems = table.strings('systems', 'systems such as x86_64-linux', (text) =>
    /^[\w]+-[\w]+$/.test(text),
  );
  const file = table.string('file', fileText, isInnerPath);
  const pointer = table.string('pointer', 'a JSON pointer such as "/hash"', isPointer);
  if (pointer !== undefined && file === undefined)
    table.wrong('pointer', "requires 'file', the JSON file that it points into");
  if (attribute === undefined) return [];
  if (attribute.includes('{system}') !== (systems !== undefined)) {
    table.wrong(
      'attribute',
      "requires 'systems', and the reverse: {system} in the path stands for each of them",
    );
    return [];
  }
  return (systems ?? ['']).map((system) => ({
    attribute: attribute.replaceAll('{system}', system),
    file,
    pointer: pointer?.replaceAll('{system}', system),
  }));
}
