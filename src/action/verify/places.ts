import path from 'node:path';
import type { PackageConfig } from '../../config/types.ts';
import { codeLiterals, type Literal } from '../../nix/code-literals.ts';
import { dataFormat, dataLiterals, pointerPath } from '../../nix/data-literals.ts';
import { isHashName, isUnsetHash } from '../../nix/literal.ts';
import { algorithmOf, isSri, sriOf } from '../../system/sri.ts';
import type { BaseTree } from './base-tree.ts';
import { refuse, type UnseenHash, type VerifiedHash, type VerifiedPackage } from './types.ts';

// Finds versions and hashes in the base's Nix code and data files, without Nix and without reading
// the result.

/** A string literal of the base. */
export interface CodePlace {
  /** Relative to the root. */
  readonly file: string;
  readonly literal: Literal;
  /** Values of `pname` in the attribute sets around the literal. */
  readonly owners: readonly string[];
  /** Whether the file names at most one package. */
  readonly isAlone: boolean;
}

/** A change that the result may make at one of several literals. */
export interface Allowed {
  readonly at: readonly CodePlace[];
  readonly becomes: (after: string, before: string) => boolean;
  /** Whether the change may be made at several of the literals. */
  readonly isRepeated?: boolean;
  readonly isRequired?: boolean;
  /** The fixed-output derivation whose hash only the other job computed. */
  readonly output?: Pick<UnseenHash, 'attribute' | 'isTrusted'>;
}

/** Whether `after` is a complete SRI hash of the same algorithm as `before`, and no placeholder. */
export function isNewHash(after: string, before: string): boolean {
  const algorithm = algorithmOf(sriOf(before) ?? after);
  return algorithm !== 'md5' && isSri(after, algorithm) && !isUnsetHash(after);
}

/** Nix code and data files, which the publishing job finds by itself. */
export const isCode = (file: string): boolean => file.endsWith('.nix') || dataFormat(file) !== undefined;

/** Literals of Nix code, otherwise of JSON or TOML; other files have no literals. */
export function literalsIn(file: string, text: string): readonly Literal[] {
  try {
    return file.endsWith('.nix') ? codeLiterals(text) : dataLiterals(text, dataFormat(file) ?? 'json');
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** The string literals of a file, with the packages that they belong to. */
export function placesOf(file: string, text: string): CodePlace[] {
  const literals = literalsIn(file, text);
  const named = literals.flatMap(({ name, value, within }) =>
    name === 'pname' ? [{ value, set: within.slice(0, -1) }] : [],
  );
  const isAlone = new Set(named.map(({ value }) => value)).size <= 1;
  return literals.map((literal) => {
    const around = named.filter(({ set }) => set.every((one, index) => one === literal.within[index]));
    return { file, literal, owners: around.map(({ value }) => value), isAlone };
  });
}

/** The literal at a JSON pointer, if it is among the given ones. */
export const atPointer = <T extends CodePlace>(places: readonly T[], pointer: string): T[] =>
  places.filter(({ literal }) => JSON.stringify(literal.within) === JSON.stringify(pointerPath(pointer)));

/**
 * Literals in the package's binding or with its `pname`; otherwise literals that can't belong to
 * another package.
 */
export function closest<T extends CodePlace>(places: readonly T[], config: PackageConfig): readonly T[] {
  const own = places.filter((place) => isOf(place, config));
  return own.length > 0 ? own : places.filter(({ owners, isAlone }) => isAlone || owners.length === 0);
}

function isOf({ literal: { within }, owners }: CodePlace, { name, attribute }: PackageConfig): boolean {
  const names = [name, attribute.split('.').at(-1)];
  return owners.some((one) => names.includes(one)) || within.some((one) => names.includes(one));
}

/** The literals in outermost bindings: inner ones belong to the package's components. */
export function outermost<T extends CodePlace>(places: readonly T[]): readonly T[] {
  const least = Math.min(...places.map(({ literal }) => literal.within.length));
  return places.filter(({ literal }) => literal.within.length === least);
}

/**
 * Finds the literal with the package's version.
 * @returns undefined if the configuration names another place instead
 * @throws UserError `result-refused` if the base has another version, or the literal is ambiguous
 */
export async function ownVersion(
  before: string,
  { config, file }: VerifiedPackage,
  tree: BaseTree,
): Promise<CodePlace | undefined> {
  const isVersion = ({ literal: { name } }: CodePlace): boolean => name === 'version';
  const own = file === undefined ? [] : (await placesIn(file, tree)).filter(isVersion);
  const others = async (): Promise<CodePlace[]> =>
    (await placesWith(before, tree)).filter((place) => isVersion(place) && isOf(place, config));
  const all = closest(own.length > 0 ? own : await others(), config);
  const place = only(outermost(all), before, config);
  if (place === undefined || place.literal.value === before) return place;
  if (config.versionFiles.length > 0) return undefined;
  throw refuse(`it claims that ${config.name} has the version ${before}, and the base has another`);
}

/**
 * Finds the literal with a value that is bound to an attribute of the configuration.
 * @throws UserError `result-refused` if the literal is ambiguous
 */
export async function namedPlace(
  names: readonly string[],
  before: string,
  config: PackageConfig,
  tree: BaseTree,
): Promise<CodePlace | undefined> {
  const [within, name] = [names.at(-2), names.at(-1)];
  const named = (await placesWith(before, tree)).filter(({ literal }) => literal.name === name);
  const inside = named.filter(({ literal }) => within === undefined || literal.within.includes(within));
  return only(closest(inside.length > 0 ? inside : named, config), before, config);
}

/** The current commit of a package's source; undefined if not exactly one literal has it. */
export async function currentRevision(
  config: PackageConfig,
  files: readonly string[],
  tree: BaseTree,
): Promise<string | undefined> {
  const nix = files.filter((file) => file.endsWith('.nix'));
  const all = (await Promise.all(nix.map((file) => placesIn(file, tree)))).flat();
  const isRevision = ({ literal: { name, value } }: CodePlace): boolean =>
    name === 'rev' && /^[0-9a-f]{40}$/.test(value);
  const found = closest(all.filter(isRevision), config);
  return found.length === 1 ? found[0]?.literal.value : undefined;
}

function only(places: readonly CodePlace[], value: string, { name }: PackageConfig): CodePlace | undefined {
  if (places.length <= 1) return places[0];
  throw refuse(
    `the base has "${value}" in several places, and without Nix the publishing job cannot find out which one belongs to ${name}; write it once, beside its pname`,
  );
}

export const placesIn = async (file: string, tree: BaseTree): Promise<CodePlace[]> =>
  placesOf(file, (await tree.read(path.join(tree.root, file))) ?? '');

async function placesWith(value: string, tree: BaseTree): Promise<CodePlace[]> {
  const files = await tree.filesWith([`"${value}"`]);
  const all = await Promise.all(files.map((file) => placesIn(file, tree)));
  return all.flat().filter(({ literal }) => literal.value === value);
}

/**
 * Literals of a dependency hash: with the build lock's value, otherwise arguments of `fetchUvDeps`.
 */
export function dependencyPlaces(
  { system, before }: Pick<VerifiedHash, 'system' | 'before'>,
  places: readonly CodePlace[],
): readonly CodePlace[] {
  // A literal with the old hash is accepted, whatever name it is bound to.
  const recorded = places.filter(
    ({ literal: { value } }) => sriOf(value) !== undefined && sriOf(value) === before,
  );
  if (recorded.length > 0) return recorded;
  const named = places.filter(({ literal: { name, within } }) =>
    [name, ...within].some((one) => isHashName(one) || one === system),
  );
  const called = named.filter(({ literal: { within } }) => within.includes('fetchUvDeps'));
  return called.length > 0 ? called : named.filter(({ literal }) => isUnsetHash(literal.value));
}
