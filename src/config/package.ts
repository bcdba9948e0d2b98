import path from 'node:path';
import type { NixRoot } from '../nix/target.ts';
import { isInnerPath } from '../system/inside.ts';
import { isSplit, readLockRules } from './lock.ts';
import { isAttributePath, isModule, isRootAttribute, rootAttributeText } from './names.ts';
import { fileText, fixedOutputs, readVersionPlace, relativeText, versionPlaceText } from './places.ts';
import { noOptions, type PullRequestOptions, readPullRequest } from './pull-request.ts';
import { TableReader } from './reader.ts';
import { readReleases } from './releases.ts';

/** Settings that a package inherits from the rest of the document. */
export interface Surroundings {
  /** Options of each group with a table. */
  readonly groups: ReadonlyMap<string, PullRequestOptions>;
  readonly pullRequest: PullRequestOptions;
}

const nameText = 'a name of letters, digits, - and _';
const isName = (text: string): boolean => /^[A-Za-z0-9][\w.-]{0,99}$/.test(text) && !/\.\.|\.$/.test(text);

/** The default name of a package: its attribute, or its file if that is one derivation. */
export function defaultName(attribute: string, nix: NixRoot): string {
  if (attribute !== '' || nix.kind !== 'file') return attribute;
  const { dir, name } = path.parse(nix.file);
  const found = name === 'default' && dir !== '' ? path.basename(dir) : name;
  return found.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'default';
}

/** The settings of a package that are also inputs and command-line options. */
export type PackageChoices = ReturnType<typeof readChoices>;

/** Reads the keys that are also inputs and command-line options. */
export function readChoices(table: TableReader) {
  const dependencies = table.raw('dependencies');
  return {
    /** The FOD of the dependencies, one for each system; empty: uv-fod looks for it. */
    dependencies: dependencies === undefined ? [] : fixedOutputs(table, ['dependencies'], dependencies),
    /** Whether to propose a hash even if two builds of the derivation give different hashes. */
    allowDrift: table.boolean('allow-drift') ?? false,
    /** Modules of the import check; undefined: `pythonImportsCheck`. */
    imports: table.strings('imports', 'names of Python modules', isModule),
    /** Attribute path of the Python for the import check; undefined: uv-fod looks for it. */
    interpreter: table.string('interpreter', relativeText, isAttributePath),
  };
}

/** Entries separated by commas or line ends. */
export const listOf = (text: string): string[] => text.split(/[,\n]/).flatMap((item) => item.trim() || []);

/** A package of the configuration, or one that inputs or options name. */
export interface PackageConfig extends ReturnType<typeof readKeys> {
  /** Unique; the name in messages, branch and pull request. */
  readonly name: string;
  /** Attribute path from the root of the Nix code; empty for a file that is one derivation. */
  readonly attribute: string;
  readonly nix: NixRoot;
}

/** A package that is not in the configuration. */
export const plainPackage = (attribute: string, nix: NixRoot, choices?: PackageChoices): PackageConfig => ({
  ...TableReader.defaults((table) => readKeys(table, { groups: new Map(), pullRequest: noOptions })),
  ...{ name: defaultName(attribute, nix), attribute, nix, hasSource: false, ...choices },
});

/** Reads one `[[package]]`; undefined if its attribute is missing or wrong. */
export function readPackage(table: TableReader, around: Surroundings): PackageConfig | undefined {
  const given = table.table('nix', readNix);
  const nix = given ?? { kind: 'file', file: 'default.nix' };
  // A file can be one derivation.
  const isOptional = given?.kind === 'file' && !table.has('attribute');
  const attribute = isOptional ? '' : table.requiredString('attribute', rootAttributeText, isRootAttribute);
  const name = table.string('name', nameText, isName);
  const keys = readKeys(table, around);
  if (attribute === undefined) return undefined;
  return { ...keys, attribute, nix, name: name ?? defaultName(attribute, nix) };
}

/** Reads the keys other than the package's name and place. */
function readKeys(table: TableReader, around: Surroundings) {
  const releases = table.table('releases', readReleases);
  const lock = table.table('lock', readLockRules);
  const source = table.raw('source-hash');
  const also = table.list('also', 'a list of attribute paths or tables') ?? [];
  const group = table.string('group', nameText, isName);
  if (lock && isSplit(lock) && group !== undefined)
    table.wrong('lock', "can't have several pull requests in a group, which has one");
  return {
    ...readChoices(table),
    releases,
    /** Rules for upgrades of its uv.lock; undefined: it is not upgraded. */
    lock,
    /** Further places that have the version, besides the derivation's own attribute. */
    versionFiles: table.tables('version-files', versionPlaceText, readVersionPlace),
    /** The source's fixed-output derivation; undefined: the package's `src`, if it is one. */
    sourceHash:
      source === undefined || source === false ? undefined : fixedOutputs(table, ['source-hash'], source)[0],
    /** False if the configuration excludes the source (`source-hash = false`). */
    hasSource: source !== false,
    /** Further fixed-output derivations, in the order in which their hashes are recomputed. */
    also: also.flatMap((value, index) => fixedOutputs(table, ['also', index], value)),
    /** Packages of a group share a pull request. */
    group,
    pullRequest: pullRequestOf(table, group, around),
  };
}

function pullRequestOf(
  table: TableReader,
  group: string | undefined,
  around: Surroundings,
): PullRequestOptions {
  const own = table.table('pull-request', (options) => readPullRequest(options, around.pullRequest));
  if (group === undefined) return own ?? around.pullRequest;
  if (own) table.wrong('pull-request', `belongs to the group: write it as [groups.${group}]`);
  return around.groups.get(group) ?? around.pullRequest;
}

function readNix(table: TableReader): NixRoot {
  const isFolder = (text: string): boolean => text === '.' || isInnerPath(text);
  const file = table.string('file', fileText, isInnerPath);
  const flake = table.string('flake', 'the path of a folder in this repository', isFolder);
  const expression = table.string('expression', 'a Nix expression');
  if (['file', 'flake', 'expression'].filter((key) => table.has(key)).length !== 1)
    table.mistakes.add(table.path, 'takes one of file, flake and expression');
  if (flake !== undefined) return { kind: 'flake', flake };
  if (expression !== undefined) return { kind: 'expression', expression };
  return { kind: 'file', file: file ?? 'default.nix' };
}
