import path from 'node:path';
import { pathBelow } from '../system/inside.ts';
import { noSuchProgram, type Run } from '../system/run.ts';
import { spellings, sriOf } from '../system/sri.ts';
import { codeLiterals, type Literal } from './code-literals.ts';
import { dataFormat, dataLiterals } from './data-literals.ts';
import { isHashName, isUnsetHash, lineOf, nixString } from './literal.ts';

/** A literal of a Nix or data file. */
export interface LiteralPlace extends Literal {
  /** Absolute. */
  readonly file: string;
  readonly line: number;
  /** Whether its name or value looks like a hash. */
  readonly isLikely: boolean;
}

/**
 * The string literals of a file that Nix evaluates or reads as data.
 * @throws SyntaxError for a data file
 */
export function literalsOf(file: string, text: string): Literal[] {
  const format = dataFormat(file);
  return format === undefined ? codeLiterals(text) : dataLiterals(text, format);
}

/** A value as Nix evaluates it, usually a hash. */
export interface EvaluatedValue {
  readonly value: string;
  /** Algorithm of a hash that does not name its own. */
  readonly algorithm?: string | undefined;
  /** The new value, for anything except a hash, such as a version. */
  readonly next?: string | undefined;
}

/** The part of a text that is compared: for a hash its SRI form, as it has several forms. */
export const compared = (text: string, { algorithm, next }: EvaluatedValue): string | undefined =>
  next === undefined ? sriOf(text, algorithm) : text;

/** Whether a literal may be the place of a value. */
export function mayBe(sought: EvaluatedValue, { value }: Pick<Literal, 'value'>): boolean {
  if (sought.next === undefined && isUnsetHash(sought.value)) return isUnsetHash(value);
  return compared(value, sought) === compared(sought.value, sought);
}

/** Whether a literal is probably a hash, and not another empty string. */
export const isLikely = ({ value, name = '', within, isFake }: Literal): boolean =>
  value !== '' || isFake === true || [name, ...within].some((one) => isHashName(one) || isSystem(one));

export const isSystem = (name: string): boolean => /^\w+-(?:linux|darwin)$/.test(name);

/** Texts to search for; each file with the hash contains at least one of them. */
function textsOf({ value, algorithm }: EvaluatedValue): string[] {
  const sri = sriOf(value, algorithm);
  if (!isUnsetHash(value)) return sri === undefined ? [value] : spellings(sri);
  return ['""', "''''", 'fakeHash', 'fakeSha256', 'fakeSha512', 'A'.repeat(43), '0'.repeat(52)];
}

/** Limits: files that are read (the nearest ones), and literals. */
const [MOST_FILES, MOST_LITERALS] = [100, 200];

interface SearchContext {
  readonly run: Run;
  readonly read: (file: string) => Promise<string | undefined>;
}

/**
 * Files of a repository that may contain one of the hashes, the nearest to `from` first.
 * @param from a file
 */
export async function filesWith(
  hashes: readonly EvaluatedValue[],
  root: string,
  from: string,
  { run }: Pick<SearchContext, 'run'>,
): Promise<string[]> {
  const texts = [...new Set(hashes.flatMap(textsOf))].flatMap((text) => ['-e', text]);
  const flags = ['--files-with-matches', '--null', '--fixed-strings', '--ignore-case'];
  // Build locks, and locks of npm, only record hashes.
  const names = ['*.nix', '*.json', '*.toml'];
  const others = ['*.lock.json', '*package-lock.json'];
  const grep = (own: readonly string[], patterns: readonly string[]) =>
    run('git', ['-C', root, 'grep', ...own, ...flags, ...texts, '--', ...patterns]);
  const found = await grep(
    ['--untracked'],
    [...names.map((name) => `:(top)${name}`), ...others.map((name) => `:(top,exclude)${name}`)],
  );
  // Without git, only the file itself is known.
  if (found.code === noSuchProgram) return [from];
  // An exit code above 1 means that there is no repository.
  const { stdout } = found.code > 1 ? await grep(['--no-index'], names) : found;
  const files = stdout.split('\0').flatMap((name) => (name.trim() === '' ? [] : [path.resolve(root, name)]));
  const steps = (file: string): number => path.relative(path.dirname(from), file).split(path.sep).length;
  return files
    .filter((file) => pathBelow(root, file) !== undefined)
    .sort((one, other) => steps(one) - steps(other) || (one < other ? -1 : 1))
    .slice(0, MOST_FILES);
}

/** The literals in files that may be the place of one of the values. */
export async function candidatesIn(
  files: readonly string[],
  values: readonly EvaluatedValue[],
  { read }: Pick<SearchContext, 'read'>,
): Promise<LiteralPlace[]> {
  const found: LiteralPlace[] = [];
  for (const file of files) {
    const text = await read(file).catch(() => undefined);
    if (text === undefined) continue;
    const literals = literalsOrNone(file, text).filter((one) => values.some((sought) => mayBe(sought, one)));
    found.push(...literals.map((one) => placeAt(file, text, one)));
  }
  return found.sort((one, other) => Number(other.isLikely) - Number(one.isLikely)).slice(0, MOST_LITERALS);
}

function literalsOrNone(file: string, text: string): Literal[] {
  try {
    return literalsOf(file, text);
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

export const placeAt = (file: string, text: string, literal: Literal): LiteralPlace => ({
  ...{ ...literal, file, line: lineOf(text, literal.start), isLikely: isLikely(literal) },
});

/** A text with literals replaced. */
export function replaced(
  file: string,
  text: string,
  changes: readonly { readonly place: Pick<Literal, 'start' | 'end'>; readonly value: string }[],
): string {
  const written = dataFormat(file) === undefined ? nixString : JSON.stringify;
  return changes
    .toSorted((left, right) => right.place.start - left.place.start)
    .reduce(
      (now, { place: { start, end }, value }) => now.slice(0, start) + written(value) + now.slice(end),
      text,
    );
}

/** The place of a literal in a message. */
export const placeText = ({ file, line, at }: Pick<LiteralPlace, 'file' | 'line' | 'at'>): string =>
  at === undefined ? `${file}:${line}` : `${file}:${line} (${at})`;
