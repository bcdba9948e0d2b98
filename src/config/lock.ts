import { validRange } from '@renovatebot/pep440';
import { isName, normalizeName } from '../uv/lock/names.ts';
import type { TableReader } from './reader.ts';
import { readDuration } from './releases.ts';
import type { LockRules, NameRange } from './types.ts';

/** Milliseconds of a day, and of what `maintenance` names. */
const DAY = 86_400_000;
const intervals = { daily: DAY, weekly: 7 * DAY, monthly: 30 * DAY };

/** The rules of an upgrade that no configuration is about. */
export const noLockRules: LockRules = {
  ...{ minimumAge: 0, ignore: [], pin: [], largest: 'major', fixesAtOnce: false },
  maintenance: undefined,
};

/** Reads a package's table `lock`. */
export function readLockRules(table: TableReader): LockRules {
  const maintenance = table.oneOf('maintenance', ['daily', 'weekly', 'monthly']);
  return {
    minimumAge: readDuration(table, 'minimum-release-age') ?? 0,
    ignore: readRanges(table, 'ignore', 'names, or one comparison such as "django>=6"', isComparison),
    pin: readRanges(table, 'pin', 'requirements such as "django>=5.2,<6"', (range) => range !== ''),
    largest: table.oneOf('largest-update', ['patch', 'minor', 'major']) ?? 'major',
    fixesAtOnce: table.boolean('security-fixes-at-once') ?? false,
    maintenance: maintenance && intervals[maintenance],
  };
}

/** A single comparison has an opposite, by which its versions are left out (PEP 440). */
const isComparison = (range: string): boolean => !/,|~=|===/.test(range);

function readRanges(
  table: TableReader,
  key: string,
  allowed: string,
  isAllowed: (range: string) => boolean,
): NameRange[] {
  const parsed = (text: string): NameRange | undefined => parseNameRange(text, isAllowed);
  const texts = table.strings(key, allowed, (text) => parsed(text) !== undefined) ?? [];
  return texts.flatMap((text) => parsed(text) ?? []);
}

/** `django`, `boto*` or `django >= 6`; undefined if it is none of them. */
function parseNameRange(text: string, isAllowed: (range: string) => boolean): NameRange | undefined {
  const [, given = '', range = ''] = /^([\w.*-]{1,200}) *([<>=!~][^;@[\]]{0,200})?$/.exec(text) ?? [];
  const name = given.includes('*') ? given.toLowerCase() : normalizeName(given);
  if (name === undefined || (!given.includes('*') && !isName(given))) return undefined;
  const bare = range.trim();
  const isRange = bare === '' || validRange(bare);
  return isRange && isAllowed(bare) ? { name, range: bare === '' ? undefined : bare } : undefined;
}
