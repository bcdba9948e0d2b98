import { UserError } from '../system/errors.ts';
import { isSri } from '../system/sri.ts';
import type { Position } from './evaluate.ts';
import { gap, offset } from './literal.ts';

/** A change of one file, as its contents before and after. */
export interface Edit {
  readonly file: string;
  /** Undefined if the file is new. */
  readonly before: string | undefined;
  readonly after: string;
}

/**
 * Replaces the hash that is bound to the attribute at `position`, and no other.
 *
 * Its value may be a string without interpolation, or `fakeHash` by any path.
 *
 * @param text contents of the .nix file
 * @param position of the attribute's name, from `builtins.unsafeGetAttrPos`
 * @param current the value that Nix evaluated there
 * @returns the new contents
 * @throws UserError `hash-literal` if the value is something else
 */
export function replaceHash(text: string, position: Position, current: string, next: string): string {
  if (!isSri(next)) throw new Error(`not a sha256 in SRI form: ${next}`);
  const bytes = Buffer.from(text);
  const start = offset(bytes, position);
  const found = start === undefined ? null : binding.exec(bytes.subarray(start).toString());
  if (start === undefined || !found) throw noLiteral(position, 'no attribute with a plain string');
  const [whole, before = '', literal = ''] = found;
  if (literal.startsWith('"') && literal !== `"${current}"`) {
    throw noLiteral(position, `${literal}, where Nix evaluated "${current}"`);
  }
  const rest = bytes.subarray(start).toString().slice(whole.length);
  return `${bytes.subarray(0, start).toString()}${before}"${next}"${rest}`;
}

/** An attribute's name, `=`, and a value that may be replaced. */
const binding = new RegExp(
  String.raw`^((?:[A-Za-z_][A-Za-z0-9_'-]*|"[A-Za-z0-9_.-]*")${gap}=${gap})("[A-Za-z0-9+/=:-]*"|(?:[A-Za-z_][A-Za-z0-9_'-]*\.)*fakeHash)(?=${gap};)`,
);

function noLiteral(position: Position, found: string): UserError {
  const { file, line, column } = position;
  return new UserError(
    'hash-literal',
    `${file}:${line}:${column} should bind fetchUvDeps' hash to a string literal, but there is ${found}. Write hash = "sha256-…"; (or hash = lib.fakeHash;) there, not a variable, so that uv-fod can replace it.`,
    { at: { file, line, column } },
  );
}
