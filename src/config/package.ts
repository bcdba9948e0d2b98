import type { NixRoot } from '../nix/target.ts';
import { isInnerPath } from '../system/inside.ts';
import { isRootAttribute, rootAttributeText } from './names.ts';
import { fixedOutputs, versionPlace } from './places.ts';
import { pullRequestKeys, readPullRequest } from './pull-request.ts';
import type { TableReader } from './reader.ts';
import { readReleases, releaseKeys } from './releases.ts';
import type { PackageConfig, PullRequestOptions } from './types.ts';

export const packageKeys = [
  'attribute',
  'name',
  'nix',
  'releases',
  'version-files',
  'source-hash',
  'also',
  'group',
  'pull-request',
] as const;

const fileText = 'the path of a file in this repository';

/** What a package inherits from the rest of the document. */
export interface Surroundings {
  /** Options of each group with a table. */
  readonly groups: ReadonlyMap<string, PullRequestOptions>;
  readonly pullRequest: PullRequestOptions;
}

/** Reads one `[[package]]`; undefined if its attribute is missing or wrong. */
export function readPackage(table: TableReader, around: Surroundings): PackageConfig | undefined {
  const attribute = table.requiredString('attribute', rootAttributeText, isRootAttribute);
  const releases = table.table('releases', releaseKeys);
  const group = table.string('group', 'a name of letters, digits, - and _', isName);
  const source = table.raw('source-hash');
  const read = {
    nix: readNix(table.table('nix', ['file', 'flake', 'expression'])),
    releases: releases && readReleases(releases),
    versionFiles: (table.list('version-files', 'a list of tables') ?? []).flatMap((value, index) =>
      versionPlace(table, value, index),
    ),
    sourceHash:
      source === undefined || source === false ? undefined : fixedOutputs(table, ['source-hash'], source)[0],
    hasSource: source !== false,
    also: (table.list('also', 'a list of attribute paths or tables') ?? []).flatMap((value, index) =>
      fixedOutputs(table, ['also', index], value),
    ),
    group,
    pullRequest: pullRequestOf(table, group, around),
  };
  const name = table.string('name', 'a name of letters, digits, - and _', isName) ?? attribute;
  return attribute === undefined || name === undefined ? undefined : { attribute, name, ...read };
}

const isName = (text: string): boolean => /^[A-Za-z0-9][\w.-]{0,99}$/.test(text) && !/\.\.|\.$/.test(text);

function pullRequestOf(
  table: TableReader,
  group: string | undefined,
  around: Surroundings,
): PullRequestOptions {
  const own = table.table('pull-request', pullRequestKeys);
  if (group === undefined) return readPullRequest(own, around.pullRequest);
  if (own) table.wrong('pull-request', `belongs to the group: write it as [groups.${group}]`);
  return around.groups.get(group) ?? around.pullRequest;
}

function readNix(table: TableReader | undefined): NixRoot {
  const file = table?.string('file', fileText, isInnerPath);
  const flake = table?.string(
    'flake',
    'the path of a folder in this repository',
    (text) => text === '.' || isInnerPath(text),
  );
  const expression = table?.string('expression', 'a Nix expression');
  const count = table ? ['file', 'flake', 'expression'].filter((key) => table.has(key)).length : 1;
  if (table && count !== 1) table.mistakes.add(table.path, 'takes one of file, flake and expression');
  if (flake !== undefined) return { kind: 'flake', flake };
  if (expression !== undefined) return { kind: 'expression', expression };
  return { kind: 'file', file: file ?? 'default.nix' };
}
