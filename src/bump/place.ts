import path from 'node:path';
import type { Edits } from '../nix/edits.ts';
import type { Position } from '../nix/evaluate.ts';
import { type Literal, lineOf, literalAt, literalsOf, replaceLiteral } from '../nix/literal.ts';
import { UserError } from '../system/errors.ts';
import { pathBelow } from '../system/inside.ts';
import { jsonStringAt } from './json.ts';

/** Where a value is written, and how it is replaced there. */
export interface LiteralPlace {
  readonly file: string;
  readonly line: number;
  replace(value: string): Promise<void>;
}

/** A value to be found in files. */
export interface Sought {
  /** What messages call it: `the hash of '.src'`. */
  readonly what: string;
  readonly value: string;
  /** Where Nix reports that it is bound, the likeliest first. */
  readonly positions: readonly (Position | null)[];
  /** Other files that may have it, the likeliest first. */
  readonly files: readonly (string | null | undefined)[];
  /** Key of the configuration that names its place. */
  readonly key: string;
}

/**
 * Finds the one literal that has a value: at a position that Nix reports, otherwise in the first
 * file that has it, where it must be the only one.
 *
 * @param root folder outside of which nothing is changed: positions may lead into libraries and the
 *   store
 * @throws UserError `literal-missing`, `literal-ambiguous`
 */
export async function findLiteral(sought: Sought, root: string, edits: Edits): Promise<LiteralPlace> {
  const [bound] = await placesAt(
    sought.positions,
    (text, at) => withValue(literalAt(text, at), sought.value),
    root,
    edits,
  );
  if (bound) return bound;
  const files = filesOf(sought, root);
  for (const file of files) {
    const text = await edits.read(file);
    const [first, ...others] = literalsOf(text, sought.value);
    if (first && others.length > 0) throw ambiguous(sought, file, text, [first, ...others]);
    if (first) return placeOf(file, text, first, edits);
  }
  throw missing(sought, root);
}

const withValue = (literal: Literal | undefined, value: string): Literal | undefined =>
  literal?.value === value ? literal : undefined;

/** The literals that are bound at positions inside of `root`. */
export async function placesAt(
  positions: readonly (Position | null)[],
  read: (text: string, position: Position) => Literal | undefined,
  root: string,
  edits: Edits,
): Promise<LiteralPlace[]> {
  const found: LiteralPlace[] = [];
  for (const position of positions) {
    if (position === null || pathBelow(root, position.file) === undefined) continue;
    const text = await edits.read(position.file);
    const literal = read(text, position);
    if (literal) found.push(placeOf(position.file, text, literal, edits));
  }
  return found;
}

/** All literals of the files that `read` finds. */
export async function placesIn(
  files: readonly string[],
  read: (text: string) => readonly Literal[],
  edits: Edits,
): Promise<LiteralPlace[]> {
  const found: LiteralPlace[] = [];
  for (const file of files) {
    const text = await edits.read(file);
    found.push(...read(text).map((literal) => placeOf(file, text, literal, edits)));
  }
  return found;
}

/** Files inside of `root` where a value may stand, the likeliest first. */
export function filesOf({ files, positions }: Pick<Sought, 'files' | 'positions'>, root: string): string[] {
  const all = [...files, ...positions.map((position) => position?.file)];
  return [...new Set(all)].filter(
    (file): file is string => typeof file === 'string' && pathBelow(root, file) !== undefined,
  );
}

/**
 * The string at a JSON pointer.
 * @throws UserError `literal-missing` if it is not `sought.value`
 */
export async function findJson(
  file: string,
  pointer: string,
  sought: Pick<Sought, 'what' | 'value'>,
  edits: Edits,
): Promise<LiteralPlace> {
  const text = await edits.read(file);
  const found = parsed(file, () => jsonStringAt(text, pointer));
  if (found?.value !== sought.value)
    throw new UserError(
      'literal-missing',
      `${file} should have ${sought.what}, '${sought.value}', at ${pointer}, but there is ${found ? `'${found.value.slice(0, 100)}'` : 'no string'}. Correct the pointer in the configuration, or the file.`,
      { at: { file } },
    );
  return {
    file,
    line: lineOf(text, found.start),
    replace: async (value) => {
      const now = await edits.read(file);
      const place = jsonStringAt(now, pointer) ?? found;
      await edits.write(file, now.slice(0, place.start) + JSON.stringify(value) + now.slice(place.end));
    },
  };
}

function parsed<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError('json-syntax', `${file} is not valid JSON: ${error.message}. Fix it.`, {
      at: { file },
      cause: error,
    });
  }
}

function placeOf(file: string, text: string, literal: Literal, edits: Edits): LiteralPlace {
  let { end } = literal;
  const { start } = literal;
  return {
    file,
    line: lineOf(text, start),
    // Between two replacements only this literal edits.
    replace: async (value) => {
      const now = await edits.read(file);
      const after = replaceLiteral(now, { start, end, value: '' }, value);
      end += after.length - now.length;
      await edits.write(file, after);
    },
  };
}

function ambiguous(
  { what, value, key }: Sought,
  file: string,
  text: string,
  found: readonly Literal[],
): UserError {
  const lines = found.map(({ start }) => lineOf(text, start));
  return new UserError(
    'literal-ambiguous',
    `${file} has "${value}", ${what}, ${found.length} times (lines ${lines.join(', ')}), and Nix does not tell which one counts. Name its place under '${key}' in the configuration, or write the others differently.`,
    { at: { file, line: lines[0] ?? 1 } },
  );
}

/** The error for a value that is not found. */
export function missing(sought: Sought, root: string): UserError {
  const searched = filesOf(sought, root).map((file) => path.relative(root, file));
  return new UserError(
    'literal-missing',
    `${sought.what}, "${sought.value}", is not written as a string in ${searched.join(', ') || 'a file of this repository'}. Write it there as a literal, not put together from parts, or name the file that has it under '${sought.key}' in the configuration.`,
  );
}
