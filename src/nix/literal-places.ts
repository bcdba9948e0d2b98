import path from 'node:path';
import { UserError } from '../system/errors.ts';
import { pathBelow } from '../system/inside.ts';
import type { Position } from './answers.ts';
import { rootOf } from './copy.ts';
import { dataFormat, dataLiteralAt, pathText } from './data-literals.ts';
import { literalAt } from './literal.ts';
import {
  candidatesIn,
  type EvaluatedValue,
  filesWith,
  type LiteralPlace,
  mayBe,
  placeAt,
  placeText,
} from './literal-candidates.ts';
import { decide, type EvaluateValues, type FindContext, type OpenValue } from './literal-trials.ts';
import { type DerivationRef, folderOf } from './target.ts';

/** A value whose literal is searched for. */
export interface SoughtLiteral extends EvaluatedValue {
  /** Its name in messages: `the hash of '.src'`. */
  readonly what: string;
  /** Positions where Nix reports that the value is bound. */
  readonly positions: readonly (Position | null | undefined)[];
  /** The only files that may contain it. Not set: all files of the repository. */
  readonly files?: readonly string[] | undefined;
  /** The place that the configuration names: a file, and keys in it. */
  readonly named?: { readonly file: string; readonly path?: readonly string[] | undefined } | undefined;
}

/** The literal to replace, or why it was not found: an error with a cause and no fix yet. */
export type FoundLiteral =
  | { readonly place: LiteralPlace; readonly problem?: undefined }
  | { readonly place?: undefined; readonly problem: LiteralProblem };

export interface LiteralProblem {
  readonly code: 'literal-missing' | 'hash-not-seen' | 'version-not-seen' | 'literal-ambiguous';
  /** The reason, as a clause. */
  readonly why: string;
  readonly at: { readonly file: string; readonly line?: number } | undefined;
}

/**
 * Finds the literals of values, in any Nix or data file of the repository: a literal counts if
 * changing it changes the evaluated value. A literal at the position that Nix reports needs no
 * trial; the others are changed in a copy, all at once, each to a different value.
 *
 * @param evaluated the values as Nix evaluates them for a derivation in a copy, in the same order
 * @throws UserError `literal-missing` if the configuration names a place that has no string
 */
export async function findLiterals(
  derivation: DerivationRef,
  sought: readonly SoughtLiteral[],
  evaluated: EvaluateValues,
  context: FindContext,
): Promise<FoundLiteral[]> {
  const root = await rootOf(derivation);
  const bound = await Promise.all(sought.map((one) => boundAt(one, root, context)));
  const open = await withCandidates(derivation, root, sought, bound, context);
  const seen = await decide(derivation, open, evaluated, context);
  return sought.map((one, index) => {
    const place = bound[index] ?? seen[index];
    return typeof place === 'object'
      ? { place }
      : { problem: problemOf(one, open[index]?.candidates ?? [], place, root) };
  });
}

/** The literal at a position that Nix reports. */
async function boundAt(
  { positions, named, ...value }: SoughtLiteral,
  root: string,
  { read }: FindContext,
): Promise<LiteralPlace | undefined> {
  for (const position of positions) {
    if (!position || named || pathBelow(root, position.file) === undefined) continue;
    const text = await read(position.file).catch(() => undefined);
    const literal = text === undefined ? undefined : literalAt(text, position);
    if (text !== undefined && literal && mayBe(value, literal)) return placeAt(position.file, text, literal);
  }
  return undefined;
}

/** Adds the candidates of each value: none if its literal is already known. */
async function withCandidates(
  derivation: DerivationRef,
  root: string,
  sought: readonly SoughtLiteral[],
  bound: readonly (LiteralPlace | undefined)[],
  context: FindContext,
): Promise<OpenValue[]> {
  const free = sought.filter(({ named, files }, index) => !named && !files && !bound[index]);
  const from = derivation.file ?? `${folderOf(derivation)}/default.nix`;
  const around = free.length === 0 ? [] : await filesWith(free, root, from, context);
  // A literal that is a candidate of several values is the same object in each list.
  const known = new Map<string, LiteralPlace>();
  const open: OpenValue[] = [];
  for (const [index, one] of sought.entries()) {
    const { named, files = around, what, value, algorithm, next } = one;
    const own = bound[index]
      ? []
      : named?.path
        ? [await namedPlace(named.file, named.path, what, context)]
        : await candidatesIn(named ? [named.file] : files, [one], context);
    const candidates = own.map((place) => {
      const key = `${place.file}:${place.start}`;
      const same = known.get(key) ?? place;
      known.set(key, same);
      return same;
    });
    open.push({ value, algorithm, next, candidates });
  }
  return open;
}

/**
 * The string at keys of a JSON or TOML file.
 * @throws UserError `file-missing`, `literal-missing`, `json-syntax`
 */
export async function namedPlace(
  file: string,
  keys: readonly string[],
  what: string,
  { read }: Pick<FindContext, 'read'>,
): Promise<LiteralPlace> {
  const format = dataFormat(file) ?? 'json';
  const text = await read(file);
  const at = pathText(keys, format);
  if (text === undefined)
    throw new UserError('file-missing', `There is no file ${file}; correct its path in the configuration.`);
  try {
    const literal = dataLiteralAt(text, format, keys);
    if (literal) return placeAt(file, text, literal);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const name = format.toUpperCase();
    const message = `${file} is not valid ${name}: ${error.message}. Fix it.`;
    throw new UserError('json-syntax', message, { at: { file }, cause: error });
  }
  throw new UserError(
    'literal-missing',
    `${file} should have ${what} at ${at}, but there is no string. Correct ${format === 'json' ? 'the pointer' : "'key'"} in the configuration, or the file.`,
    { at: { file } },
  );
}

function problemOf(
  { what, value, next, positions, files }: SoughtLiteral,
  candidates: readonly LiteralPlace[],
  found: 'several' | undefined,
  root: string,
): LiteralProblem {
  const at = candidates[0] ?? positions.find((one) => !!one) ?? undefined;
  // Candidates on one line have the same text.
  const shown = [...new Set(candidates.map(placeText))].slice(0, 3);
  const times = shown.length === 1 ? `${candidates.length} times ` : '';
  const count = candidates.length === 2 ? 'and both count' : 'and all of them count';
  if (found === 'several')
    return {
      ...{ code: 'literal-ambiguous', at },
      why: `${what} is written ${times}at ${shown.join(' and at ')}, ${count}; write it once, and use that in the other place${candidates.length === 2 ? '' : 's'}`,
    };
  if (shown.length > 0)
    return {
      ...{ code: next === undefined ? 'hash-not-seen' : 'version-not-seen', at },
      why: `${what} is at ${shown.join(' and at ')}, but when it is changed there, Nix does not see it: the value comes from another place, or is computed`,
    };
  const names = files?.map((file) => path.relative(root, file)).join(', ');
  return {
    ...{ code: 'literal-missing', at },
    why: `${what}${value === '' ? '' : `, "${value}",`} is not written as a string in ${names || 'a Nix, JSON or TOML file of this repository'}: it is computed, or in another ${files ? 'file' : 'repository'}`,
  };
}
