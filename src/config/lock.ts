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
  ...{ maintenance: undefined, pullRequests: 'one', groups: new Map(), mostPullRequests: undefined },
  tryEach: undefined,
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
    pullRequests: table.oneOf('pull-requests', ['one', 'each']) ?? 'one',
    groups: table.table('groups', readGroups, 'a table of names and lists of packages') ?? new Map(),
    mostPullRequests: table.count('most-pull-requests'),
    tryEach: readDuration(table, 'try-each'),
  };
}

/** Names become parts of branches. */
const isGroup = (name: string): boolean => /^[a-z0-9][a-z0-9-]{0,49}$/.test(name) && !name.includes('--');

function readGroups(table: TableReader): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const name of table.keys()) {
    const patterns = table.strings(name, 'names of packages, in which * matches any text');
    if (!isGroup(name)) table.wrong(name, 'is not a name of small letters, digits and single dashes');
    found.set(name, patterns ?? []);
  }
  return found;
}

/** Whether an upgrade becomes several pull requests. */
export const isSplit = ({ pullRequests, groups }: LockRules): boolean =>
  pullRequests === 'each' || groups.size > 0;

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

/** `django`, `boto*` or `django >= 6`; undefined otherwise. */
function parseNameRange(text: string, isAllowed: (range: string) => boolean): NameRange | undefined {
  const [, given = '', range = ''] = /^([\w.*-]{1,200}) *([<>=!~][^;@[\]]{0,200})?$/.exec(text) ?? [];
  const name = given.includes('*') ? given.toLowerCase() : normalizeName(given);
  if (name === undefined || (!given.includes('*') && !isName(given))) return undefined;
  const bare = range.trim();
  const isRange = bare === '' || validRange(bare);
  return isRange && isAllowed(bare) ? { name, range: bare === '' ? undefined : bare } : undefined;
}
