import { validRange as isPep440Range } from '@renovatebot/pep440';
import semverRange from 'semver/ranges/valid.js';
import type { VersionOrder } from '../uv/version-order.ts';
import { parseDuration } from './duration.ts';
import { isBranchName, isGitUrl, isHubName, isPackageName } from './names.ts';
import type { TableReader } from './reader.ts';
import type { BranchOf, ReleaseRules, ReleaseSource, Releases, TagPattern } from './types.ts';

export const releaseKeys = [
  'github',
  'git',
  'pypi',
  'list',
  'tag',
  'branch',
  'version',
  'order',
  'prereleases',
  'range',
  'ignore',
  'minimum-release-age',
  'step',
] as const;

const origins = ['github', 'git', 'pypi'] as const;
const durationText = 'a duration such as "3 days", "12 hours" or "2 weeks"';

/** Reads a package's table `releases`; undefined if its source is wrong. */
export function readReleases(table: TableReader): Releases | undefined {
  const rules = readRules(table);
  const source = readSource(table);
  return source && { source, rules };
}

function readSource(table: TableReader): ReleaseSource | undefined {
  const given = origins.filter((key) => table.has(key));
  const [origin] = given;
  if (origin === undefined || given.length > 1) {
    const found = given.length > 1 ? `has ${given.join(' and ')}` : 'does not set where releases are';
    table.mistakes.add(table.path, `${found}; it takes one of github, git and pypi`);
    return undefined;
  }
  misplaced(table, origin);
  if (origin === 'pypi') {
    const name = table.string('pypi', 'the name of a package', isPackageName);
    return name === undefined ? undefined : { kind: 'pypi', name };
  }
  const of = origin === 'github' ? githubOf(table) : gitOf(table);
  if (table.has('branch')) return of && branchSource(table, of);
  const tag = readTag(table);
  if (!of || !tag) return undefined;
  if (of.kind === 'git') return { ...of, tag };
  return { ...of, list: table.oneOf('list', ['releases', 'tags']) ?? 'releases', tag };
}

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

function githubOf(table: TableReader): (BranchOf & { kind: 'github' }) | undefined {
  const name = table.string('github', 'a repository as "owner/name"', isHubName);
  const [owner = '', repo = ''] = name?.split('/') ?? [];
  return name === undefined ? undefined : { kind: 'github', owner, repo };
}

function gitOf(table: TableReader): (BranchOf & { kind: 'git' }) | undefined {
  const url = table.string('git', 'a URL that starts with https://, http:// or ssh://', isGitUrl);
  return url === undefined ? undefined : { kind: 'git', url };
}

function branchSource(table: TableReader, of: BranchOf): ReleaseSource | undefined {
  const branch = table.string('branch', 'a branch name', isBranchName);
  const version = table.string(
    'version',
    'a version with {date} or {revision}, such as "0-unstable-{date}"',
    (text) => /\{(date|revision)\}/.test(text) && /^[^"\\$\s]+$/.test(text),
  );
  return branch === undefined
    ? undefined
    : { kind: 'branch', of, branch, version: version ?? '0-unstable-{date}' };
}

function readTag(table: TableReader): TagPattern | undefined {
  if (!table.has('tag')) return { prefix: 'v', suffix: '' };
  const text = table.string(
    'tag',
    'a pattern with one {version}, such as "version/{version}"',
    (pattern) => pattern.split('{version}').length === 2,
  );
  const [prefix = '', suffix = ''] = text?.split('{version}') ?? [];
  return text === undefined ? undefined : { prefix, suffix };
}

function readRules(table: TableReader): ReleaseRules {
  const order = table.oneOf('order', ['pep440', 'semver']) ?? 'pep440';
  const age = table.string('minimum-release-age', durationText, (text) => parseDuration(text) !== undefined);
  return {
    order,
    prereleases: table.boolean('prereleases') ?? false,
    range: readRange(table, order),
    ignore: table.strings('ignore', 'versions, in which * matches any text') ?? [],
    minimumAge: (age === undefined ? undefined : parseDuration(age)) ?? 0,
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
