import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';

/** Line and column of a key, from 1. */
export interface KeyPosition {
  readonly line: number;
  readonly column: number;
}

/** Keys and array indexes from the top of the document. */
export type KeyPath = readonly (string | number)[];

/** A path as the key of a map. */
export const pathKey = (path: KeyPath): string => JSON.stringify(path);

/**
 * Finds the position of each key of a TOML document, which smol-toml does not report.
 * @returns positions by `pathKey` of the path; empty if the text is not TOML
 */
export function locateKeys(text: string): ReadonlyMap<string, KeyPosition> {
  const found = new Map<string, KeyPosition>();
  const add = (path: KeyPath, { loc }: AST.TOMLNode): KeyPath => {
    found.set(pathKey(path), { line: loc.start.line, column: loc.start.column + 1 });
    return path;
  };
  const addAll = (nodes: readonly AST.TOMLNode[], path: KeyPath): void => {
    for (const node of nodes) {
      if (node.type === 'TOMLKeyValue') addAll([node.value], add([...path, ...namesOf(node.key)], node.key));
      else if (node.type === 'TOMLTable') addAll(node.body, add(node.resolvedKey, node.key));
      else if (node.type === 'TOMLInlineTable') addAll(node.body, path);
      else if (node.type === 'TOMLArray')
        for (const [at, one] of node.elements.entries()) addAll([one], add([...path, at], one));
    }
  };
  try {
    for (const { body } of parseTOML(text).body) addAll(body, []);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
  }
  return found;
}

const namesOf = ({ keys }: AST.TOMLKey): string[] =>
  keys.map((one) => (one.type === 'TOMLBare' ? one.name : one.value));
