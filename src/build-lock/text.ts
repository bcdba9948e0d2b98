import { parseBoundedJson, saysNoMore } from '../system/bounded-json.ts';
import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';
import { faultOf, strangeKey } from './schema.ts';
import type { BuildLock } from './types.ts';

/** Name of the build lock where the derivation does not say another. */
export const buildLockName = 'uv-fod.lock.json';

/** @returns whether two values are the same data, in whatever order their keys are */
export function sameData(left: unknown, right: unknown): boolean {
  return JSON.stringify(left, sortedKeys) === JSON.stringify(right, sortedKeys);
}

/** The build lock's text: keys sorted, two spaces, so that a change of one build is a change of few lines. */
export function buildLockText(lock: BuildLock): string {
  return `${JSON.stringify(lock, sortedKeys, 2)}\n`;
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Build locks of large projects have some 100 kB, and six levels. */
const bounds = { length: 8 << 20, depth: 12 };

/**
 * Reads a build lock: untrusted JSON. Types and patterns of every known field hold then; a key that is not known may be there,
 * and `strangeIn` names it.
 * @throws UserError `build-lock-invalid`
 */
export function parseBuildLock(text: string, file: string): BuildLock {
  const refuse = (why: string): UserError =>
    new UserError(
      'build-lock-invalid',
      `${file} is not a build lock: ${printable(why.slice(0, 300))}. Delete it and run 'uv-fod lock' to make it again.`,
      { at: { file } },
    );
  let value: unknown;
  try {
    value = parseBoundedJson(text, bounds);
  } catch (error) {
    throw refuse((error as Error).message);
  }
  const version = (value as { version?: unknown } | null)?.version;
  if (version !== 1)
    throw refuse('its version is not 1, which is the one that this release reads and writes');
  const fault = faultOf(value);
  if (fault !== undefined) throw refuse(fault);
  return value as BuildLock;
}

/**
 * What a build lock has that is not of a build lock, which another reader could take for something.
 * @returns it, as a clause; undefined if there is nothing of the kind
 */
export function strangeIn(text: string, lock: BuildLock): string | undefined {
  const key = strangeKey({ ...lock });
  if (key !== undefined)
    return `it has '${printable(key.slice(0, 200))}', which is not a key of a build lock`;
  return saysNoMore(text, lock) ? undefined : 'a key is in it twice';
}
