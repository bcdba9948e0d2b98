import { changedLiterals, type Literal } from '../nix/code-literals.ts';
import { literalsOf } from '../nix/hash-candidates.ts';
import { isUnsetHash, lineOf } from '../nix/literal.ts';
import { digestBytes, sriOf } from '../system/sri.ts';
import { type ChangedFile, refuse } from './verified.ts';
import type { CodePlace } from './verify-places.ts';

// Which literals of a file changed, and whether each of them may.

export const changesMore = ({ path: name }: ChangedFile): Error =>
  refuse(`it changes more in ${name} than version and hashes`);

/** Whether `after` is a complete SRI hash of the same algorithm as `before`, and no placeholder. */
export function isNewHash(after: string, before: string): boolean {
  const [, algorithm = '', digest = ''] = /^(sha\d+)-(.+)$/.exec(after) ?? [];
  const old = /^(sha\d+)-/.exec(before === '' ? '' : (sriOf(before) ?? ''))?.[1];
  const bytes = Buffer.from(digest, 'base64');
  const isWhole = bytes.length === digestBytes[algorithm] && bytes.toString('base64') === digest;
  return isWhole && !isUnsetHash(after) && (old === undefined || old === algorithm);
}

/** A change that the result may make at one of these literals. */
export interface Allowed {
  /** Whether it may be made at several of them. */
  readonly isRepeated?: boolean;
  readonly at: readonly CodePlace[];
  readonly becomes: (after: string, before: string) => boolean;
}

/** A data file of the base that can't be read has none. */
export function literalsIn({ path: name, before }: Pick<ChangedFile, 'path' | 'before'>): readonly Literal[] {
  try {
    return literalsOf(name, before);
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/**
 * Assigns each changed literal to an allowed change.
 * @param elsewhere the error for a hash that is at no allowed place
 */
export function useAll(
  files: readonly ChangedFile[],
  allowed: readonly Allowed[],
  elsewhere?: (place: { readonly file: string; readonly line: number }) => Error,
): Map<Allowed, { readonly before: string; readonly after: string }> {
  const used = new Map<Allowed, { readonly before: string; readonly after: string }>();
  for (const file of files) {
    const changed = changedLiterals(file.before, file.after, literalsIn(file));
    if (changed === undefined) throw changesMore(file);
    for (const { literal, after } of changed) {
      const here = allowed.filter(({ at }) =>
        at.some((place) => place.file === file.path && place.literal.start === literal.start),
      );
      const found = here.find(
        (one) => (one.isRepeated || !used.has(one)) && one.becomes(after, literal.value),
      );
      if (!found && here.length === 0 && isNewHash(after, '') && elsewhere)
        throw elsewhere({ file: file.path, line: lineOf(file.before, literal.start) });
      if (!found)
        throw refuse(
          `it changes a string in ${file.path} that is neither the version of a verified release nor a hash that belongs there`,
        );
      used.set(found, { before: literal.value, after });
    }
  }
  return used;
}
