import { readFile } from 'node:fs/promises';

/** What a derivation in the store says of itself, as far as it is asked here. */
export interface DerivationFile {
  /** Store paths of its outputs; empty for one whose path is not known before it is built. */
  readonly outputs: readonly string[];
  /** Whether a hash of its own says what comes out (Nix manual, "Fixed-output derivation"). */
  readonly isFixed: boolean;
  /** The derivations that it is built with. */
  readonly inputs: readonly string[];
}

const text = '"((?:[^"\\\\]|\\\\.)*)"';
const output = new RegExp(`\\(${text},${text},${text},${text}\\)`, 'y');
const input = /\("([^"\\]+)",\[/g;

/**
 * Reads a derivation's file (Nix manual, "Derivation ATerm format"): its form has not changed since there are stores, which that of
 * `nix derivation show` does.
 * @throws Error where there is none, or where it has another form
 */
export const readDerivation = async (file: string): Promise<DerivationFile> =>
  parseDerivation(await readFile(file, 'utf8'));

/** @throws Error where it has another form */
export function parseDerivation(aterm: string): DerivationFile {
  const start = 'Derive([';
  if (!aterm.startsWith(start)) throw new Error('this is no derivation');
  const outputs: string[] = [];
  let isFixed = false;
  output.lastIndex = start.length;
  for (let found = output.exec(aterm), end = start.length; ; found = output.exec(aterm)) {
    if (found === null) return { outputs, isFixed, inputs: inputsFrom(aterm, end) };
    const [, , file = '', , hash = ''] = found;
    if (file !== '') outputs.push(file);
    if (hash !== '') isFixed = true;
    end = output.lastIndex;
    output.lastIndex = aterm[end] === ',' ? end + 1 : end;
  }
}

/** @param end where the list of outputs ends */
function inputsFrom(aterm: string, end: number): string[] {
  if (!aterm.startsWith('],[', end)) throw new Error('this is no derivation');
  if (aterm.startsWith('],[],', end)) return [];
  // Each is a path and a list of names; paths of the store hold none of these signs.
  const list = aterm.slice(end, aterm.indexOf('"])],', end));
  return [...list.matchAll(input)].map(([, path = '']) => path);
}
