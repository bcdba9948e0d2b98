import path from 'node:path';
import type { Position } from '../derivation/evaluate.ts';
import { type Literal, lineOf, literalAt, literalsOf, replaceLiteral } from '../derivation/literal.ts';
import { UserError } from '../ports/errors.ts';
import type { Changes } from './changes.ts';
import { jsonStringAt } from './json.ts';

/** Where a value stands, and how it is replaced there. */
export interface Place {
  readonly file: string;
  readonly line: number;
  replace(value: string): Promise<void>;
}

/** A value that has to be found in the files that people wrote. */
export interface Sought {
  /** What messages call it: `the hash of '.src'`. */
  readonly what: string;
  readonly value: string;
  /** Where Nix says that it is bound, the likeliest first. */
  readonly positions: readonly (Position | null)[];
  /** Where it may be otherwise, the likeliest first. */
  readonly files: readonly (string | null | undefined)[];
}

/**
 * Finds the one literal that says a value: at a position that Nix tells, else in the first of the files that has it, and
 * there it must be the only one.
 *
 * @param root folder outside of which nothing is changed: positions may lead into libraries and the store
 * @throws UserError `literal-missing`, `literal-ambiguous`
 */
export async function findLiteral(sought: Sought, root: string, changes: Changes): Promise<Place> {
  for (const position of sought.positions) {
    if (position === null || !isInside(root, position.file)) continue;
    const text = await changes.read(position.file);
    const literal = literalAt(text, position);
    if (literal?.value === sought.value) return placeOf(position.file, text, literal, changes);
  }
  const inside = (file: string | null | undefined): file is string =>
    typeof file === 'string' && isInside(root, file);
  const positioned = sought.positions.map((position) => position?.file);
  const files = [...new Set([...sought.files, ...positioned].filter(inside))];
  for (const file of files) {
    const text = await changes.read(file);
    const [first, ...others] = literalsOf(text, sought.value);
    if (first && others.length > 0) throw ambiguous(sought, file, text, [first, ...others]);
    if (first) return placeOf(file, text, first, changes);
  }
  throw missing(sought, files, root);
}

/**
 * The string at a JSON pointer.
 * @throws UserError `literal-missing` where it does not say `sought.value`
 */
export async function findJson(
  file: string,
  pointer: string,
  sought: Pick<Sought, 'what' | 'value'>,
  changes: Changes,
): Promise<Place> {
  const text = await changes.read(file);
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
      const now = await changes.read(file);
      const place = jsonStringAt(now, pointer) ?? found;
      await changes.write(file, now.slice(0, place.start) + JSON.stringify(value) + now.slice(place.end));
    },
  };
}

function parsed<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError('json-syntax', `${file} is not valid JSON: ${error.message}. Mend it.`, {
      at: { file },
      cause: error,
    });
  }
}

/** @returns whether a file lies in a folder */
export function isInside(root: string, file: string): boolean {
  const relative = path.relative(root, file);
  return (
    relative !== '' &&
    relative !== '..' &&
    !relative.startsWith(`..${path.sep}`) &&
    !path.isAbsolute(relative)
  );
}

/** A literal of a file, which may be replaced more than once. */
export function placeOf(file: string, text: string, literal: Literal, changes: Changes): Place {
  let { end } = literal;
  const { start } = literal;
  return {
    file,
    line: lineOf(text, start),
    // Between two replacements only this literal changes.
    replace: async (value) => {
      const now = await changes.read(file);
      const after = replaceLiteral(now, { start, end, value: '' }, value);
      end += after.length - now.length;
      await changes.write(file, after);
    },
  };
}

function ambiguous(
  { what, value }: Sought,
  file: string,
  text: string,
  found: readonly Literal[],
): UserError {
  const lines = found.map(({ start }) => lineOf(text, start));
  return new UserError(
    'literal-ambiguous',
    `${file} has "${value}", ${what}, ${found.length} times (lines ${lines.join(', ')}), and Nix does not tell which one counts. Name its place in the configuration, or write the others differently.`,
    { at: { file, line: lines[0] ?? 1 } },
  );
}

function missing({ what, value }: Sought, files: readonly string[], root: string): UserError {
  const searched = files.map((file) => path.relative(root, file)).join(', ') || 'no file of this repository';
  return new UserError(
    'literal-missing',
    `${what}, "${value}", is not written as a string in ${searched}. Write it there as a literal, not put together from parts, or name the file that has it in the configuration.`,
  );
}
