import { UserError } from '../../system/errors.ts';
import { normalizeName } from '../../uv/lock/names.ts';
import type { Lock } from '../../uv/lock/types.ts';
import { unknownAge } from './cooldown.ts';

/** Each failure names some packages; more tries than there are kinds of reasons find no others. */
const TRIES = 4;

/** Reasons why uv refuses a locked release, by a message that names the package or its file. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/`([\w.-]+?)-\d[^`]*` is missing an upload date/g, unknownAge],
  // A range, the last of several, or `all versions of NAME`.
  [
    /\b([\w.-]{1,200})(?:\[[^\]]*\])?(?:[<>=!~]\S*)?\s+(?:was|were)\s+yanked/g,
    'it was yanked, and no other version is allowed',
  ],
];

/**
 * Repeats uv's attempt to lock, and keeps the locked releases that uv would otherwise refuse.
 * @param kept receives those packages, with the reason
 * @throws UserError of the attempt, if uv names no further package
 */
export async function keepingWhatIsNeeded(
  { byName }: Pick<Lock, 'byName'>,
  kept: Map<string, string>,
  attempt: () => Promise<string>,
): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const before = kept.size;
      for (const [pattern, why] of error instanceof UserError ? reasons : [])
        for (const [, text = ''] of ((error as UserError).log ?? '').matchAll(pattern)) {
          const name = normalizeName(text) ?? '';
          if (byName.has(name) && !kept.has(name)) kept.set(name, why);
        }
      if (kept.size === before || tries === TRIES) throw error;
    }
  }
}
