import { validRange as isPep440Range } from '@renovatebot/pep440';
import semverRange from 'semver/ranges/valid.js';
import { isName } from '../uv/lock/names.ts';
import type { VersionOrder } from '../uv/version-order.ts';
import { isBranchName, isGitUrl, isHubName } from './names.ts';
import type { TableReader } from './reader.ts';

/** The source of releases, and the rules by which they are accepted. */
export interface Releases {
  readonly source: ReleaseSource;
  readonly rules: ReleaseRules;
}

export type ReleaseSource =
  | {
      readonly kind: 'github';
      readonly owner: string;
      readonly repo: string;
      readonly list: 'releases' | 'tags';
      readonly tag: TagPattern;
    }
  | { readonly kind: 'git'; readonly url: string; readonly tag: TagPattern }
  | { readonly kind: 'pypi'; readonly name: string }
  | { readonly kind: 'branch'; readonly of: BranchOf; readonly branch: string; readonly version: string };

/** Repository of a branch: on GitHub, or any repository that git can fetch. */
export type BranchOf =
  | { readonly kind: 'github'; readonly owner: string; readonly repo: string }
  | { readonly kind: 'git'; readonly url: string };

/** A tag such as `version/{version}`, as the text before and after the version. */
export interface TagPattern {
  readonly prefix: string;
  readonly suffix: string;
}

const units: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

/** Milliseconds of a text such as `3 days`; undefined if it is not a duration. */
function parseDuration(text: string): number | undefined {
  const [, count = '', unit = ''] = /^(\d{1,5}) ?(minute|hour|day|week)s?$/.exec(text) ?? [];
  const length = units[unit];
  return length === undefined ? undefined : Number(count) * length;
}

/** Reads a duration. @returns milliseconds */
export function readDuration(table: TableReader, key: string): number | undefined {
  const allowed = 'a duration such as "3 days", "12 hours" or "2 weeks"';
  const text = table.string(key, allowed, (one) => parseDuration(one) !== undefined);
  return text === undefined ? undefined : parseDuration(text);
}

/** Reads a package's table `releases`; undefined if its source is wrong. */
export function readReleases(table: TableReader): Releases | undefined {
  const rules = readRules(table);
  const source = readSource(table);
  return source && { source, rules };
}

const origins = ['github', 'git', 'pypi'] as const;

const isPackage = (text: string): boolean => text.length <= 200 && isName(text);

function readSource(table: TableReader): ReleaseSource | undefined {
  const hub = table.string('github', 'a repository as "owner/name"', isHubName);
  const url = table.string('git', 'a URL that starts with https://, http:// or ssh://', isGitUrl);
  const name = table.string('pypi', 'the name of a package', isPackage);
  const list = table.oneOf('list', ['releases', 'tags']) ?? 'releases';
  const tag = table.string('tag', 'a pattern with one {version}, such as "version/{version}"', isTagPattern);
  const branch = table.string('branch', 'a branch name', isBranchName);
  const version = table.string(
    'version',
    'a version with {date} or {revision}, such as "0-unstable-{date}"',
    (text) => /\{(date|revision)\}/.test(text) && /^[^"\\$\s]+$/.test(text),
  );
  const [origin, second] = origins.filter((key) => table.has(key));
  if (origin === undefined || second !== undefined) {
    const found = origin ? `has ${origin} and ${second}` : 'does not set where releases are';
    table.mistakes.add(table.path, `${found}; it takes one of github, git and pypi`);
    return undefined;
  }
  misplaced(table, origin);
  if (origin === 'pypi') return name === undefined ? undefined : { kind: 'pypi', name };
  const [owner = '', repo = ''] = hub?.split('/') ?? [];
  if (hub === undefined && url === undefined) return undefined;
  const of: BranchOf = url === undefined ? { kind: 'github', owner, repo } : { kind: 'git', url };
  if (table.has('branch'))
    return branch === undefined
      ? undefined
      : { kind: 'branch', of, branch, version: version ?? '0-unstable-{date}' };
  const [prefix = 'v', suffix = ''] = tag?.split('{version}') ?? [];
  return of.kind === 'git' ? { ...of, tag: { prefix, suffix } } : { ...of, list, tag: { prefix, suffix } };
}

const isTagPattern = (pattern: string): boolean => pattern.split('{version}').length === 2;

/** Reports keys that do not apply to this source of releases. */
function misplaced(table: TableReader, origin: (typeof origins)[number]): void {
  const isBranch = table.has('branch') && origin !== 'pypi';
  const wrong: Readonly<Record<string, boolean>> = {
    list: origin !== 'github' || isBranch,
    tag: origin === 'pypi' || isBranch,
    branch: origin === 'pypi',
    version: !isBranch,
  };
  for (const [key, isWrong] of Object.entries(wrong)) {
    if (isWrong && table.has(key)) table.wrong(key, `has no meaning with ${isBranch ? 'branch' : origin}`);
  }
  for (const key of isBranch ? ['range', 'ignore', 'step', 'prereleases', 'order'] : []) {
    if (table.has(key)) table.wrong(key, 'has no meaning with branch, which has one newest commit');
  }
}

/** Rules by which releases are accepted. */
export type ReleaseRules = ReturnType<typeof readRules>;

function readRules(table: TableReader) {
  const order = table.oneOf('order', ['pep440', 'semver']) ?? 'pep440';
  return {
    order,
    prereleases: table.boolean('prereleases') ?? false,
    /** A specifier of PEP 440 or a range of semver, depending on `order`. */
    range: readRange(table, order),
    /** Versions, in which `*` matches any text. */
    ignore: table.strings('ignore', 'versions, in which * matches any text') ?? [],
    /** Minimum milliseconds since the release. */
    minimumAge: readDuration(table, 'minimum-release-age') ?? 0,
    step: table.oneOf('step', ['newest', 'next']) ?? 'newest',
  };
}

function readRange(table: TableReader, order: VersionOrder): string | undefined {
  const examples = { pep440: '">=2026.2,<2027"', semver: '"^1.2.0"' };
  const isRange = { pep440: isPep440Range, semver: (text: string) => semverRange(text) !== null };
  const other = order === 'pep440' ? '' : ' (order is "semver")';
  return table.string(
    'range',
    `a range of versions such as ${examples[order]}${other}`,
    (text) => text.length <= 200 && isRange[order](text),
  );
}
