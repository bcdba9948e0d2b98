import { validRange } from '@renovatebot/pep440';
import { isName, normalizeName } from '../uv/lock/names.ts';
import { TableReader } from './reader.ts';
import { readDuration } from './releases.ts';

/** Milliseconds of a day, and of the values of `maintenance`. */
const DAY = 86_400_000;
const intervals = { daily: DAY, weekly: 7 * DAY, monthly: 30 * DAY };

const noGroups: ReadonlyMap<string, readonly string[]> = new Map();

/** Rules for upgrades of uv.lock: which versions they may use, and when (`[package.lock]`). */
export type LockRules = ReturnType<typeof readLockRules>;

/** A name, in which `*` matches any text, and a PEP 440 specifier if there is one. */
export interface NameRange {
  readonly name: string;
  readonly range: string | undefined;
}

/** Reads a package's table `lock`. */
export function readLockRules(table: TableReader) {
  const maintenance = table.oneOf('maintenance', ['daily', 'weekly', 'monthly']);
  return {
    /** Minimum milliseconds since the upload of a file. */
    minimumAge: readDuration(table, 'minimum-release-age') ?? 0,
    /** Versions that are not used. */
    ignore: readRanges(table, 'ignore', 'names, or one comparison such as "django>=6"', isComparison),
    /** The only versions that are used. */
    pin: readRanges(table, 'pin', 'requirements such as "django>=5.2,<6"', (range) => range !== ''),
    /** The largest step from the locked version. */
    largest: table.oneOf('largest-update', ['patch', 'minor', 'major']) ?? 'major',
    /** Whether fixes of known vulnerabilities are used before they have the minimum age. */
    fixesAtOnce: table.boolean('security-fixes-at-once') ?? false,
    /**
     * Milliseconds after which a lock is upgraded even if no direct dependency changes; undefined:
     * never.
     */
    maintenance: maintenance && intervals[maintenance],
    /** Whether there is one pull request for all packages, or one for each direct one. */
    pullRequests: table.oneOf('pull-requests', ['one', 'each']) ?? 'one',
    /** Packages by name, in which `*` matches any text, that share a pull request. */
    groups: table.table('groups', readGroups, 'a table of names and lists of packages') ?? noGroups,
    /** Maximum number of open pull requests for the package's lock, if there are several. */
    mostPullRequests: table.count('most-pull-requests'),
    /** Limit in milliseconds for trying direct packages one by one if the whole upgrade fails. */
    tryEach: readDuration(table, 'try-each'),
  };
}

/** Whether a text is a valid name of a group, which becomes part of a branch name. */
const isGroup = (name: string): boolean => /^[a-z0-9][a-z0-9-]{0,49}$/.test(name) && !name.includes('--');

function readGroups(table: TableReader): typeof noGroups {
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

/** Whether a range is one comparison (PEP 440): its opposite leaves out the versions. */
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

/** The rules of an upgrade without a configuration. */
export const noLockRules: LockRules = TableReader.defaults(readLockRules);
