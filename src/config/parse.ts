import { parse, TomlError } from 'smol-toml';
import { UserError } from '../system/errors.ts';
import { syntaxError } from '../uv/lock/toml.ts';
import { cacheText, isCacheAddress } from './cache.ts';
import { locateKeys } from './locate.ts';
import { isHost } from './names.ts';
import { packageKeys, readPackage, type Surroundings } from './package.ts';
import { proposals } from './proposals.ts';
import { noOptions, pullRequestKeys, readPullRequest } from './pull-request.ts';
import { isTable, Mistakes, show, TableReader } from './reader.ts';
import type { Config, PackageConfig, PullRequestOptions } from './types.ts';

/** Characters; enough for a thousand packages. */
const MAX_LENGTH = 256 * 1024;
const MAX_DEPTH = 16;

export const topKeys = [
  'package',
  'pull-request',
  'groups',
  'index',
  'allowed-hosts',
  'publish-new-builds',
  'cache-to',
] as const;

/**
 * Reads `.github/uv-fod.toml`.
 * @param file name in error messages
 * @throws UserError `config-syntax` if it is not TOML; `config-invalid` with a line for every
 *   mistake: position, key, and what is allowed
 */
export function parseConfig(text: string, file: string): Config {
  const document = parseText(text, file);
  const mistakes = new Mistakes(file, locateKeys(text));
  const top = new TableReader(document, [], topKeys, mistakes);
  const pullRequest = readPullRequest(top.table('pull-request', pullRequestKeys), noOptions);
  const around: Surroundings = { pullRequest, groups: readGroups(top, pullRequest) };
  const packages = readPackages(top, around);
  const index = top.string(
    'index',
    'the address of a package index, https://…',
    (url) => /^https?:\/\//.test(url) && URL.canParse(url),
  );
  const allowedHosts = top.strings('allowed-hosts', 'hosts: name, name:port or *.name', isHost);
  const publishNewBuilds = top.boolean('publish-new-builds') ?? true;
  const cacheTo = top.string('cache-to', cacheText, isCacheAddress);
  checkNames(packages, mistakes);
  checkGroups(packages, around, mistakes);
  checkBranches(packages, mistakes);
  mistakes.throwIfAny();
  return { packages: packages.map(({ config }) => config), index, allowedHosts, publishNewBuilds, cacheTo };
}

function parseText(text: string, file: string): Readonly<Record<string, unknown>> {
  if (text.length > MAX_LENGTH)
    throw new UserError(
      'config-syntax',
      `${file} has ${text.length} characters; the limit is ${MAX_LENGTH}. Shorten it.`,
      { at: { file } },
    );
  try {
    return parse(text.replace(/^\uFEFF/, ''), { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const fix = 'Fix that line; docs/configuration.md has an example of each key.';
    throw syntaxError(error, file, 'config-syntax', fix);
  }
}

interface Numbered {
  readonly index: number;
  readonly config: PackageConfig;
}

function readPackages(top: TableReader, around: Surroundings): Numbered[] {
  const list = top.list('package', 'tables, each written [[package]]');
  if (list === undefined || list.length === 0) {
    if (list || !top.has('package')) top.wrong('package', 'is missing; at least one [[package]] is required');
    return [];
  }
  return list.flatMap((value, index) => {
    const path = ['package', index];
    if (!isTable(value)) {
      top.mistakes.add(path, `is ${show(value)}; it takes a table, written [[package]]`);
      return [];
    }
    const config = readPackage(new TableReader(value, path, packageKeys, top.mistakes), around);
    return config ? [{ index, config }] : [];
  });
}

function readGroups(top: TableReader, below: PullRequestOptions): Map<string, PullRequestOptions> {
  const groups = top.raw('groups');
  if (groups === undefined) return new Map();
  if (!isTable(groups)) {
    top.wrong('groups', `is ${show(groups)}; it takes tables, each written [groups.NAME]`);
    return new Map();
  }
  const names = Object.keys(groups);
  const reader = new TableReader(groups, ['groups'], names, top.mistakes);
  return new Map(names.map((name) => [name, readPullRequest(reader.table(name, pullRequestKeys), below)]));
}

function checkNames(packages: readonly Numbered[], mistakes: Mistakes): void {
  const seen = new Map<string, number>();
  for (const { index, config } of packages) {
    const other = seen.get(config.name);
    if (other !== undefined)
      mistakes.add(
        ['package', index, 'name'],
        `is '${config.name}', which is also the name of package ${other + 1}; give one of them another 'name'`,
      );
    else seen.set(config.name, index);
  }
}

/** A group without packages is a misspelled group. */
function checkGroups(packages: readonly Numbered[], { groups }: Surroundings, mistakes: Mistakes): void {
  const used = new Set(packages.map(({ config }) => config.group));
  for (const name of groups.keys()) {
    if (!used.has(name)) mistakes.add(['groups', name], "has no package; add one with its key 'group'");
  }
}

/** Two pull requests on one branch would overwrite each other. */
function checkBranches(packages: readonly Numbered[], mistakes: Mistakes): void {
  const seen = new Map<string, string>();
  for (const { branch, name, packages: of } of proposals({
    packages: packages.map(({ config }) => config),
  })) {
    const other = seen.get(branch);
    const index = packages.find(({ config }) => config === of[0])?.index ?? 0;
    if (other !== undefined)
      mistakes.add(
        ['package', index],
        `has the branch '${branch}', which '${other}' has too; give '${name}' another name or 'branch'`,
      );
    else seen.set(branch, name);
  }
}
