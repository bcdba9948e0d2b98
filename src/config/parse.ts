import { parse, TomlError } from 'smol-toml';
import { UserError } from '../system/errors.ts';
import { syntaxError } from '../uv/lock/toml.ts';
import { cacheText, isCacheAddress } from './cache.ts';
import { isHost } from './names.ts';
import { readPackage, type Surroundings } from './package.ts';
import { readPolicy, usualPolicy } from './policy.ts';
import { proposals } from './proposals.ts';
import { noOptions, readPullRequest } from './pull-request.ts';
import { Mistakes, TableReader } from './reader.ts';
import type { Config, PackageConfig, PullRequestOptions } from './types.ts';

/** Maximum number of characters; enough for a thousand packages. */
const MAX_LENGTH = 256 * 1024;
const MAX_DEPTH = 16;

/**
 * Reads `.github/uv-fod.toml`.
 * @param file name in error messages
 * @throws UserError `config-syntax` if it is not TOML; `config-invalid` with a line for every
 *   mistake: position, key, and what is allowed
 */
export function parseConfig(text: string, file: string): Config {
  const document = parseText(text, file);
  const mistakes = new Mistakes(file, text);
  const config = TableReader.read(document, [], mistakes, readTop);
  mistakes.throwIfAny();
  return config;
}

function readTop(top: TableReader): Config {
  const pullRequest = top.table('pull-request', (table) => readPullRequest(table)) ?? noOptions;
  const groups = readGroups(top, pullRequest);
  const packages = readPackages(top, { pullRequest, groups });
  checkGroups(packages, groups, top.mistakes);
  checkBranches(packages, top.mistakes);
  const isUrl = (url: string): boolean => /^https?:\/\//.test(url) && URL.canParse(url);
  return {
    packages: packages.map(({ config }) => config),
    index: top.string('index', 'the address of a package index, https://…', isUrl),
    allowedHosts: top.strings('allowed-hosts', 'hosts: name, name:port or *.name', isHost),
    publishNewBuilds: top.boolean('publish-new-builds') ?? true,
    trustCompute: top.boolean('trust-compute') ?? false,
    cacheTo: top.string('cache-to', cacheText, isCacheAddress),
    policy: top.table('policy', readPolicy) ?? usualPolicy,
  };
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
  if (list?.length === 0 || !top.has('package'))
    top.wrong('package', 'is missing; at least one [[package]] is required');
  const seen = new Map<string, number>();
  return (list ?? []).flatMap((value, index) => {
    const read = (table: TableReader): PackageConfig | undefined => readPackage(table, around);
    const config = top.tableAt(['package', index], value, 'a table, written [[package]]', read);
    if (config === undefined) return [];
    const other = seen.get(config.name);
    seen.set(config.name, other ?? index);
    if (other !== undefined)
      top.mistakes.add(
        ['package', index, 'name'],
        `is '${config.name}', which is also the name of package ${other + 1}; give one of them another 'name'`,
      );
    return [{ index, config }];
  });
}

function readGroups(top: TableReader, below: PullRequestOptions): Map<string, PullRequestOptions> {
  const read = (groups: TableReader): Map<string, PullRequestOptions> =>
    new Map(
      groups.keys().map((name) => {
        const options = groups.table(name, (table) => readPullRequest(table, below));
        return [name, options ?? below];
      }),
    );
  return top.table('groups', read, 'tables, each written [groups.NAME]') ?? new Map();
}

/** Reports groups without packages, whose names are probably misspelled. */
function checkGroups(
  packages: readonly Numbered[],
  groups: Surroundings['groups'],
  mistakes: Mistakes,
): void {
  const used = new Set(packages.map(({ config }) => config.group));
  for (const name of groups.keys()) {
    if (!used.has(name)) mistakes.add(['groups', name], "has no package; add one with its key 'group'");
  }
}

/** Reports pull requests with the same branch, which would overwrite each other. */
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
