import { changedLiterals } from '../nix/code-literals.ts';
import { literalsOf, type WrittenLiteral } from '../nix/hash-candidates.ts';
import { isUnsetHash } from '../nix/literal.ts';
import { type ChangedFile, refuse } from './verified.ts';
import type { CodePlace } from './verify-places.ts';

// Which literals of a file changed, and whether each of them may.

export const changesMore = ({ path: name }: ChangedFile): Error =>
  refuse(`it changes more in ${name} than version and hashes`);

const digestBytes: Readonly<Record<string, number>> = { sha1: 20, sha256: 32, sha512: 64 };

/** Whether `after` is a complete SRI hash of the same algorithm as `before`, and no placeholder. */
export function isNewHash(after: string, before: string): boolean {
  const [, algorithm = '', digest = ''] = /^(sha\d+)-(.+)$/.exec(after) ?? [];
  const old = /^(sha\d+)-/.exec(before)?.[1];
  const bytes = Buffer.from(digest, 'base64');
  const isWhole = bytes.length === digestBytes[algorithm] && bytes.toString('base64') === digest;
  return isWhole && !isUnsetHash(after) && (old === undefined || old === algorithm);
}

/** A change that the result may make once, at one of these literals. */
export interface Allowed {
  readonly at: readonly CodePlace[];
  readonly becomes: (after: string, before: string) => boolean;
}

/** A data file of the base that can't be read has none. */
export function literalsIn({ path: name, before }: ChangedFile): readonly WrittenLiteral[] {
  try {
    return literalsOf(name, before);
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

export interface UsedChange {
  readonly before: string;
  readonly after: string;
  /** The set that has the literal. */
  readonly at: string;
}

/** Assigns each changed literal to an allowed change, each of which is used once. */
export function useAll(files: readonly ChangedFile[], allowed: readonly Allowed[]): Map<Allowed, UsedChange> {
  const used = new Map<Allowed, UsedChange>();
  for (const file of files) {
    const changed = changedLiterals(file.before, file.after, literalsIn(file));
    if (changed === undefined) throw changesMore(file);
    for (const { literal, after } of changed) {
      const found = allowed.find(
        (one) =>
          !used.has(one) &&
          one.becomes(after, literal.value) &&
          one.at.some((place) => place.file === file.path && place.literal.start === literal.start),
      );
      if (!found)
        throw refuse(
          `it changes a string in ${file.path} that is neither the version of a verified release nor a hash that belongs there`,
        );
      const place = found.at.find((one) => one.literal.start === literal.start);
      const at = JSON.stringify([file.path, place?.literal.within.slice(0, -1)]);
      used.set(found, { before: literal.value, after, at });
    }
  }
  return used;
}
