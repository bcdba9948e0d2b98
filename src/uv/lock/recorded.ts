import * as pep440 from '@renovatebot/pep440';
import { parseRequirement } from '../requirement.ts';
import { normalizeName } from './names.ts';
import { isTable, stringsOf, tableOf, tablesOf } from './reader.ts';
import type { TomlTable } from './toml.ts';

/** A requirement without extras and markers. */
interface Requirement {
  readonly name: string;
  /** Sorted specifiers, or `@` for a direct reference. */
  readonly versions: string;
}

/**
 * The packages whose requirement in a `pyproject.toml` is not the one that uv recorded when it
 * locked. Markers and sources are not compared: uv rewrites them.
 *
 * @param recorded `[package.metadata]` of the package in uv.lock
 * @param pyproject the whole document
 * @returns names, sorted
 */
export function changedRequirements(recorded: TomlTable, pyproject: TomlTable): string[] {
  const known = [
    ...tablesOf(recorded['requires-dist']),
    ...Object.values(tableOf(recorded['requires-dev'])).flatMap(tablesOf),
  ];
  const fromSource = new Set(known.filter(hasSource).map(({ name }) => name));
  const compared = ({ name, versions }: Requirement): string =>
    fromSource.has(name) ? name : `${name} ${versions}`;
  const before = new Set(known.map(recordedRequirement).map(compared));
  const now = new Set(declared(pyproject).flatMap(requirementOf).map(compared));
  const differing = [...before, ...now].filter((one) => !(before.has(one) && now.has(one)));
  return [...new Set(differing.map((one) => one.split(' ')[0] ?? ''))].sort();
}

/** Fields of `[project]` about requirements that only the build backend knows. */
export function dynamicFields(pyproject: TomlTable): string[] {
  const project = pyproject.project;
  if (!isTable(project)) return ['dependencies'];
  return stringsOf(project.dynamic).filter((name) => ofRequirements.has(name));
}

const ofRequirements: ReadonlySet<string> = new Set([
  'dependencies',
  'optional-dependencies',
  'requires-python',
]);

function declared(pyproject: TomlTable): string[] {
  const project = tableOf(pyproject.project);
  const uv = tableOf(tableOf(pyproject.tool).uv);
  return [
    project.dependencies,
    ...Object.values(tableOf(project['optional-dependencies'])),
    // A group that includes another one has a table for it; the other group is in this list too.
    ...Object.values(tableOf(pyproject['dependency-groups'])),
    uv['dev-dependencies'],
  ].flatMap(stringsOf);
}

function requirementOf(text: string): Requirement[] {
  const { name = '', reference, versions = '' } = parseRequirement(text) ?? {};
  const normalized = normalizeName(name);
  if (normalized === undefined) return [];
  return [{ name: normalized, versions: reference === undefined ? specifier(versions) : '@' }];
}

const recordedRequirement = ({ name, specifier: versions }: TomlTable): Requirement => ({
  name: String(name),
  versions: typeof versions === 'string' ? specifier(versions) : '',
});

/** Whether it comes from an address or a folder: the lock records no versions for these. */
const hasSource = (one: TomlTable): boolean =>
  ['url', 'git', 'path', 'directory', 'editable', 'virtual'].some((key) => key in one);

/** A form that is equal for equal specifiers, such as `>= 1.0rc1, <2` and `<2,>=1.0-rc1`. */
const specifier = (text: string): string =>
  text
    .replace(/\s+/g, '')
    .split(',')
    .filter((part) => part !== '')
    .map((part) => part.replace(/[^<>=!~].*$/s, (version) => pep440.clean(version) ?? version))
    .sort()
    .join(',');
