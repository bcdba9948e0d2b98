import path from 'node:path';
import { codeLiterals, type Literal } from '../nix/code-literals.ts';
import { dataLiteralAt, pointerPath } from '../nix/data-literals.ts';
import type { Edits } from '../nix/edits.ts';
import type { Position } from '../nix/evaluate.ts';
import { lineOf, literalAt, nixString } from '../nix/literal.ts';
import { UserError } from '../system/errors.ts';
import { pathBelow } from '../system/inside.ts';
import type { BumpContext } from './context.ts';

/** Most literals that are tried. */
const MAX_PLACES = 24;

/** A value that is written in files of the checkout. */
export interface Sought {
  /** What messages call it: `the version of 'small'`. */
  readonly what: string;
  readonly value: string;
  /** Where Nix reports that it is bound, the likeliest first. */
  readonly positions: readonly (Position | null)[];
  /** Other files that may have it, the likeliest first. */
  readonly files: readonly (string | null | undefined)[];
}

/** A literal that has the value, and how it is replaced. */
export interface Place {
  readonly file: string;
  readonly line: number;
  /** Writes another value; in between nothing else of the file may change. */
  replace(value: string): Promise<void>;
  restore(): Promise<void>;
}

/**
 * Replaces a value where it is written. Of several literals it is the one whose change Nix sees;
 * the others stay.
 *
 * @param seen what Nix evaluates after the change; undefined if it does not see it
 * @throws UserError `version-not-seen`
 */
export async function replaceSeen<T>(
  { what }: Sought,
  places: readonly Place[],
  value: string,
  seen: () => Promise<T | undefined>,
): Promise<{ place: Place; now: T }> {
  for (const place of places.slice(0, MAX_PLACES)) {
    await place.replace(value);
    // It may be the value of something else, whose evaluation fails because of it.
    const now = await seen().catch(ifUserError);
    if (now !== undefined) return { place, now };
    await place.restore();
  }
  const { file, line } = places[0] ?? { file: '', line: 0 };
  throw new UserError(
    'version-not-seen',
    `${file}:${line} has ${what}, but when it is changed there, Nix does not see it: the value comes from another place, or is put together. Name that place under 'version-files' in the configuration.`,
    { at: { file, line } },
  );
}

function ifUserError(error: unknown): undefined {
  if (!(error instanceof UserError)) throw error;
}

/**
 * The literals that may be the one: those that are bound where Nix reports, then all others of the
 * files with this value. Nothing outside of the checkout is one: positions may lead into libraries
 * and the store.
 * @throws UserError `literal-missing`
 */
export async function placesOf(
  sought: Sought,
  { root, edits }: Pick<BumpContext, 'root' | 'edits'>,
): Promise<Place[]> {
  const { what, value, positions, files } = sought;
  const isIt = (one: Literal): boolean => one.value === value;
  const all = [...files, ...positions.map((position) => position?.file)];
  const inside = [...new Set(all)].filter(
    (file): file is string => typeof file === 'string' && pathBelow(root, file) !== undefined,
  );
  const [bound, others]: [Place[], Place[]] = [[], []];
  for (const file of inside) {
    const text = await edits.read(file);
    const place = (literal: Literal): Place => placeOf(file, text, literal, nixString, edits);
    for (const position of positions) {
      const literal = position?.file === file ? literalAt(text, position) : undefined;
      if (literal && isIt(literal)) bound.push(place(literal));
    }
    others.push(...codeLiterals(text).filter(isIt).map(place));
  }
  if (bound.length + others.length > 0) return [...bound, ...others];
  const searched = inside.map((file) => path.relative(root, file)).join(', ');
  throw new UserError(
    'literal-missing',
    `${what}, "${value}", is not written as a string in ${searched || 'a file of this repository'}. Write it there as a literal, not put together from parts, or name the file that has it in the configuration: version-files = [{ file = "…", pattern = "… {version} …" }].`,
  );
}

/**
 * The string at a JSON pointer.
 * @throws UserError `literal-missing` if it is not `value`; `json-syntax`
 */
export async function jsonPlace(
  file: string,
  pointer: string,
  { what, value }: Pick<Sought, 'what' | 'value'>,
  edits: Edits,
): Promise<Place> {
  const text = await edits.read(file);
  const found = jsonString(file, text, pointer);
  if (found?.value === value) return placeOf(file, text, found, JSON.stringify, edits);
  throw new UserError(
    'literal-missing',
    `${file} should have ${what}, '${value}', at ${pointer}, but there is ${found ? `'${found.value.slice(0, 100)}'` : 'no string'}. Correct the pointer in the configuration, or the file.`,
    { at: { file } },
  );
}

function jsonString(file: string, text: string, pointer: string): Literal | undefined {
  try {
    return dataLiteralAt(text, 'json', pointerPath(pointer));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError('json-syntax', `${file} is not valid JSON: ${error.message}. Fix it.`, {
      at: { file },
      cause: error,
    });
  }
}

/** @param written how the file's language writes a string */
const placeOf = (
  file: string,
  text: string,
  { start, end }: Literal,
  written: (value: string) => string,
  edits: Edits,
): Place => ({
  file,
  line: lineOf(text, start),
  replace: (value) => edits.write(file, text.slice(0, start) + written(value) + text.slice(end)),
  restore: () => edits.write(file, text),
});
