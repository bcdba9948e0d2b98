import { parseBoundedJson, saysNoMore } from '../system/bounded-json.ts';
import { UserError } from '../system/errors.ts';
import { printable, someOf } from '../system/printable.ts';
import { isTable } from '../uv/lock/reader.ts';
import { mergeConflict } from '../uv/lock/toml.ts';
import { type BuildLock, faultOf, unknownFieldOf } from './schema.ts';

/** Default file name of the build lock. */
export const buildLockName = 'uv-fod.lock.json';

/** Whether a file has the name of a build lock, for jobs without Nix. */
export const isBuildLockName = (file: string): boolean => file.endsWith('.lock.json');

/** @returns whether two values are equal as JSON, in any order of keys */
export function sameData(left: unknown, right: unknown): boolean {
  return JSON.stringify(left, sortedKeys) === JSON.stringify(right, sortedKeys);
}

/** The build lock's text, with sorted keys, so that a change of one build has a small diff. */
export function buildLockText(lock: BuildLock): string {
  return `${JSON.stringify(lock, sortedKeys, 2)}\n`;
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Build locks of large projects have about 100 kB and six levels. */
const bounds = { length: 8 << 20, depth: 12 };

/**
 * Parses a build lock: untrusted JSON. Known fields are valid; `unexpectedIn` finds unknown ones.
 * @throws UserError `merge-conflict`, `build-lock-invalid`
 */
export function parseBuildLock(text: string, file: string): BuildLock {
  const refuse = (why: string): UserError =>
    new UserError(
      'build-lock-invalid',
      `${file} is not a build lock: ${printable(why.slice(0, 300))}. Delete it and run 'uv-fod lock' to create it again.`,
      { at: { file } },
    );
  let value: unknown;
  try {
    value = parseBoundedJson(text, bounds);
  } catch (error) {
    const fix =
      "run 'uv-fod update', which computes it again (after 'uv lock', if uv.lock has a conflict, too)";
    throw mergeConflict(text, file, fix) ?? refuse((error as Error).message);
  }
  const version = (value as { version?: unknown } | null)?.version;
  if (version !== 1) throw refuse('its version is not 1, the only one that this release supports');
  const fault = faultOf(value);
  if (fault !== undefined) throw refuse(fault);
  return value as BuildLock;
}

/**
 * Finds content other than the known fields, which another parser could interpret.
 * @returns a clause about unexpected content; undefined if all is expected
 */
export function unexpectedIn(text: string, lock: BuildLock): string | undefined {
  const fault = unknownFieldOf(lock);
  if (fault !== undefined) return printable(fault.slice(0, 300));
  return saysNoMore(text, lock) ? undefined : 'a key is in it twice';
}

/** Maximum number of entries in a message. */
const SHOWN = 5;

/**
 * Differences of a build lock from the expected one, as the end of a sentence.
 * @param text the file of the build lock
 */
export function differences(text: string, written: BuildLock, right: BuildLock): string {
  const entries = compared(written, right, '');
  // Other parsers may read the text differently, even if the data is the same.
  const unexpected = entries.length > 0 ? undefined : unexpectedIn(text, JSON.parse(text) as BuildLock);
  return unexpected ?? printable(someOf(entries, SHOWN, '; '));
}

function compared(left: unknown, right: unknown, at: string): string[] {
  if (sameData(left, right)) return [];
  if (!isTable(left) || !isTable(right)) return [`${at} is ${shown(left)}, expected ${shown(right)}`];
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  return keys.flatMap((key) => {
    const place = at === '' ? key : `${at}.${key}`;
    if (!Object.hasOwn(right, key)) return [`${place} is unexpected`];
    if (!Object.hasOwn(left, key)) return [`${place} is missing, expected ${shown(right[key])}`];
    return compared(left[key], right[key], place);
  });
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
