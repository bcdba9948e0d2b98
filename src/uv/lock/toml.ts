import { parse, TomlError } from 'smol-toml';
import { UserError } from '../../system/errors.ts';

/**
 * A TOML table; smol-toml makes them without a prototype, so a key such as `constructor` is a key
 * like any other.
 */
export type TomlTable = Readonly<Record<string, unknown>>;

/** Twice the depth that uv's own parser allows (80); deeper text is an attack, not a lock. */
const MAX_DEPTH = 160;

/** A line with at least this many dots. */
const DOTTED = new RegExp(`^(?:[^.\\n]*\\.){${MAX_DEPTH}}.*`, 'gm');

/** A dotted key with more parts, matched from its first part, so that the search is linear. */
const DEEP_KEY = new RegExp(
  `(?=[\\w"'-])(?<![\\w-]|\\.[ \\t]*)(?:(?:[\\w-]+|"[^"\\n]*"|'[^'\\n]*')[ \\t]*\\.[ \\t]*){${MAX_DEPTH}}`,
);

const CONFLICT = /^(?:<{7}|\|{7}|>{7}|={7})(?: |\r?$)/m;

/**
 * Parses TOML text of limited depth. smol-toml limits arrays and inline tables only, so dotted keys
 * are checked here, before it makes a million tables of one. Nothing should walk the result
 * recursively: readers take the keys they know and ignore the rest.
 *
 * @param file the name in errors
 * @throws UserError `merge-conflict` or `toml-syntax`, with line and column
 */
export function parseToml(text: string, file: string): TomlTable {
  const deep = [...text.matchAll(DOTTED)].find(([line]) => DEEP_KEY.test(line));
  if (deep !== undefined) {
    const line = lineAt(text, deep.index);
    throw new UserError(
      'toml-syntax',
      `${file}:${line} nests a dotted key deeper than ${MAX_DEPTH} levels, which no lock does. Fix the file, or recreate the lock with 'uv lock'.`,
      { at: { file, line } },
    );
  }
  try {
    return parse(text.startsWith('\uFEFF') ? text.slice(1) : text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    const fix = "Fix the file, or recreate the lock with 'uv lock'.";
    if (error instanceof TomlError)
      throw mergeConflict(text, file, "run 'uv lock'") ?? syntaxError(error, file, 'toml-syntax', fix);
    throw error;
  }
}

/** @param fix the sentence that follows the parser's reason */
export function syntaxError(error: TomlError, file: string, code: string, fix: string): UserError {
  const [first = ''] = error.message.split('\n', 1);
  const reason = first.replace(/^Invalid TOML document: /, '').replace(/\.+$/, '');
  const { line, column } = error;
  return new UserError(code, `${file}:${line}:${column} is not valid TOML: ${reason}. ${fix}`, {
    at: { file, line, column },
    cause: error,
  });
}

/**
 * Conflict markers of git are the usual reason for an invalid lock.
 * @param fix what to do once one side was chosen
 */
export function mergeConflict(text: string, file: string, fix: string): UserError | undefined {
  const found = CONFLICT.exec(text);
  if (found === null) return undefined;
  const line = lineAt(text, found.index);
  return new UserError(
    'merge-conflict',
    `${file}:${line} has an unresolved merge conflict ('${found[0].trim()}'). Choose one side and ${fix}.`,
    { at: { file, line, column: 1 } },
  );
}

/** The line of the character at `index`, counted from 1. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
