import { parse, TomlError } from 'smol-toml';
import { UserError } from '../ports/errors.ts';

/** A TOML table; smol-toml makes them without a prototype, so a key such as `constructor` is a key like any other. */
export type TomlTable = Readonly<Record<string, unknown>>;

/** Twice the depth that uv's own parser allows (80); deeper text is an attack, not a lock. */
const MAX_DEPTH = 160;

const CONFLICT = /^(?:<{7}|\|{7}|>{7}|={7})(?: |\r?$)/m;

/**
 * Parses TOML text. Only arrays and inline tables are limited in depth; dotted keys nest without bound, so nothing may
 * walk the result recursively: readers take the keys they know and leave the rest alone.
 *
 * @param file the name that errors carry
 * @throws UserError `merge-conflict` or `toml-syntax`, with line and column
 */
export function parseToml(text: string, file: string): TomlTable {
  try {
    return parse(text.startsWith('\uFEFF') ? text.slice(1) : text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (error instanceof TomlError) throw mergeConflict(text, file) ?? syntaxError(error, file);
    throw error;
  }
}

function syntaxError(error: TomlError, file: string): UserError {
  const reason = error.message.split('\n', 1)[0]?.replace(/^Invalid TOML document: /, '') ?? 'invalid';
  return new UserError(
    'toml-syntax',
    `${file}:${error.line}:${error.column} is not valid TOML: ${reason}. Mend the file, or make the lock anew with 'uv lock'.`,
    { at: { file, line: error.line, column: error.column }, cause: error },
  );
}

/** Git writes its conflict markers at the start of a line; they are the usual reason why a lock does not parse. */
function mergeConflict(text: string, file: string): UserError | undefined {
  const found = CONFLICT.exec(text);
  if (found === null) return undefined;
  const line = lineAt(text, found.index);
  return new UserError(
    'merge-conflict',
    `${file}:${line} holds a merge conflict that nobody resolved ('${found[0].trim()}'). Take one side and run 'uv lock'.`,
    { at: { file, line, column: 1 } },
  );
}

/** The number of the line, counted from 1, that the character at `index` stands on. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
