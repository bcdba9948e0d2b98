import { parse, TomlError } from 'smol-toml';
import { UserError } from '../../system/errors.ts';

/**
 * A TOML table; smol-toml makes them without a prototype, so a key such as `constructor` is a key
 * like any other.
 */
export type TomlTable = Readonly<Record<string, unknown>>;

/** Twice the depth that uv's own parser allows (80); deeper text is an attack, not a lock. */
const MAX_DEPTH = 160;
/**
 * A line with more dots than that; the usual lock has none, which a regular expression finds out
 * soonest.
 */
const MANY_DOTS = new RegExp(`^(?:[^.\\n]*\\.){${MAX_DEPTH + 1}}`, 'm');
const NEWLINE = 10;
const DOT = 46;

const CONFLICT = /^(?:<{7}|\|{7}|>{7}|={7})(?: |\r?$)/m;

/**
 * Parses TOML text of limited depth. smol-toml limits arrays and inline tables alone, so dotted
 * keys are looked at here, before it makes a million tables of one. Even so nothing should walk the
 * result recursively: readers take the keys they know and leave the rest alone.
 *
 * @param file the name that errors carry
 * @throws UserError `merge-conflict` or `toml-syntax`, with line and column
 */
export function parseToml(text: string, file: string): TomlTable {
  const deep = MANY_DOTS.test(text) ? deepKey(text) : undefined;
  if (deep !== undefined)
    throw new UserError(
      'toml-syntax',
      `${file}:${deep.line}:${deep.column} nests a dotted key deeper than ${MAX_DEPTH} levels, which no lock does. Fix the file, or recreate the lock with 'uv lock'.`,
      { at: { file, ...deep } },
    );
  try {
    return parse(text.startsWith('\uFEFF') ? text.slice(1) : text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (error instanceof TomlError) throw mergeConflict(text, file) ?? syntaxError(error, file);
    throw error;
  }
}

/**
 * The position of a dotted key with more than MAX_DEPTH parts: many single dots in a run of key
 * characters, or many dots after quotes in one line. A linear heuristic.
 */
function deepKey(text: string): { line: number; column: number } | undefined {
  let line = 1;
  let lineStart = 0;
  let runStart = 0;
  let bareDots = 0;
  let quotedDots = 0;
  let previous = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === DOT) {
      bareDots = previous === DOT ? 0 : bareDots + 1;
      if (isQuote(previous)) quotedDots += 1;
      if (bareDots > MAX_DEPTH || quotedDots > MAX_DEPTH) return { line, column: runStart - lineStart + 1 };
    } else if (code === NEWLINE) {
      line += 1;
      lineStart = at + 1;
      runStart = lineStart;
      bareDots = 0;
      quotedDots = 0;
    } else if (!isKeyCharacter(code)) {
      bareDots = 0;
      if (quotedDots === 0) runStart = at + 1;
    }
    if (!isBlank(code)) previous = code;
  }
  return undefined;
}

/** The characters of a dotted key besides dots: letters, digits, `_`, `-`, quotes and blanks. */
function isKeyCharacter(code: number): boolean {
  if (code >= 97 && code <= 122) return true;
  if (code >= 48 && code <= 57) return true;
  if (code >= 65 && code <= 90) return true;
  return code === 95 || code === 45 || isQuote(code) || isBlank(code);
}

function isQuote(code: number): boolean {
  return code === 34 || code === 39;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function syntaxError(error: TomlError, file: string): UserError {
  const reason =
    error.message
      .split('\n', 1)[0]
      ?.replace(/^Invalid TOML document: /, '')
      .replace(/\.+$/, '') ?? 'invalid';
  return new UserError(
    'toml-syntax',
    `${file}:${error.line}:${error.column} is not valid TOML: ${reason}. Fix the file, or recreate the lock with 'uv lock'.`,
    { at: { file, line: error.line, column: error.column }, cause: error },
  );
}

/** Conflict markers of git are the usual reason for an invalid lock. */
function mergeConflict(text: string, file: string): UserError | undefined {
  const found = CONFLICT.exec(text);
  if (found === null) return undefined;
  const line = lineAt(text, found.index);
  return new UserError(
    'merge-conflict',
    `${file}:${line} has an unresolved merge conflict ('${found[0].trim()}'). Choose one side and run 'uv lock'.`,
    { at: { file, line, column: 1 } },
  );
}

/** The line of the character at `index`, counted from 1. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
