import path from 'node:path';
import type { PackageConfig } from '../config/types.ts';
import { type CodeLiteral, codeLiterals } from '../nix/code-literals.ts';
import type { BaseTree } from './base-tree.ts';
import { refuse } from './refuse.ts';
import { type NamesChange, type NixPlace, versionPlacesOf } from './version-places.ts';

/** A package of the base's configuration, and its verified new release. */
export interface PackageToVerify {
  readonly config: PackageConfig;
  /** Nix file of its derivation, relative to the root; undefined for an expression. */
  readonly file: string | undefined;
  readonly bump: NamesChange | undefined;
}

/** A string literal of the base's Nix code. */
export interface LiteralPlace {
  /** Relative to the root. */
  readonly file: string;
  readonly literal: CodeLiteral;
  /** Values of `pname` in the attribute sets around it. */
  readonly owners: readonly string[];
  /** Whether its file names no more than one package. */
  readonly isAlone: boolean;
}

/** A change that the result may make once, at one of these literals. */
export interface Allowed {
  readonly at: readonly LiteralPlace[];
  readonly becomes: (after: string, before: string) => boolean;
  /** Whether the change may be missing. */
  readonly isOptional?: boolean | undefined;
}

/** The string literals of a Nix file. */
export function placesOf(file: string, text: string): LiteralPlace[] {
  const literals = codeLiterals(text);
  const named = literals.flatMap(({ name, value, within }) =>
    name === 'pname' ? [{ value, set: within.slice(0, -1) }] : [],
  );
  const isAlone = new Set(named.map(({ value }) => value)).size <= 1;
  return literals.map((literal) => {
    const around = named.filter(({ set }) => set.every((one, index) => one === literal.within[index]));
    return { file, literal, owners: around.map(({ value }) => value), isAlone };
  });
}

/**
 * Literals in the package's binding or with its `pname`; else those that can't be another
 * package's.
 */
export function closest(places: readonly LiteralPlace[], config: PackageConfig): readonly LiteralPlace[] {
  const own = places.filter((place) => isOf(place, config));
  return own.length > 0 ? own : places.filter(({ owners, isAlone }) => isAlone || owners.length === 0);
}

function isOf({ literal: { within }, owners }: LiteralPlace, { name, attribute }: PackageConfig): boolean {
  const names = [name, attribute.split('.').at(-1)];
  return owners.some((one) => names.includes(one)) || within.some((one) => names.includes(one));
}

/**
 * The changes of a verified release in Nix code.
 * @throws UserError `result-refused` if the base has another version, or its literal is ambiguous
 */
export async function versionChanges(one: PackageToVerify, tree: BaseTree): Promise<Allowed[]> {
  if (!one.bump) return [];
  const changes: Allowed[] = [];
  for (const wanted of versionPlacesOf(one.config, one.bump)) {
    const place = wanted.isOwn
      ? await ownVersion(wanted.before, one, tree)
      : await namedPlace(wanted, one, tree);
    const isOptional = wanted.isOwn && one.config.versionFiles.length > 0;
    if (place) changes.push({ at: [place], becomes: (now) => now === wanted.after, isOptional });
    else if (!isOptional) throw notFound(wanted.before, one.config);
  }
  return changes;
}

/** The literal with the package's version, found without the result. */
async function ownVersion(
  before: string,
  { config, file }: PackageToVerify,
  tree: BaseTree,
): Promise<LiteralPlace | undefined> {
  const isVersion = ({ literal: { name } }: LiteralPlace): boolean => name === 'version';
  const own = file === undefined ? [] : (await read(file, tree)).filter(isVersion);
  const others = async (): Promise<LiteralPlace[]> =>
    (await placesWith(before, tree)).filter((place) => isVersion(place) && isOf(place, config));
  const found = outermost(closest(own.length > 0 ? own : await others(), config));
  const [place, ...more] = found;
  if (place === undefined) return undefined;
  if (more.length > 0) throw ambiguous(before, config);
  if (place.literal.value === before) return place;
  if (config.versionFiles.length > 0) return undefined;
  throw refuse(`it claims that ${config.name} has the version ${before}, and the base has another`);
}

/** The literal with a value that is bound to the configured name. */
async function namedPlace(
  { name, within, before }: NixPlace,
  { config }: PackageToVerify,
  tree: BaseTree,
): Promise<LiteralPlace | undefined> {
  const named = (await placesWith(before, tree)).filter(({ literal }) => literal.name === name);
  const inside = named.filter(({ literal }) => within === undefined || literal.within.includes(within));
  const found = closest(inside.length > 0 ? inside : named, config);
  if (found.length > 1) throw ambiguous(before, config);
  return found[0];
}

const read = async (file: string, tree: BaseTree): Promise<LiteralPlace[]> =>
  placesOf(file, (await tree.read(path.join(tree.root, file))) ?? '');

async function placesWith(value: string, tree: BaseTree): Promise<LiteralPlace[]> {
  const files = await tree.nixFilesWith(`"${value}"`);
  const all = await Promise.all(files.map((file) => read(file, tree)));
  return all.flat().filter(({ literal }) => literal.value === value);
}

/** Inner bindings belong to parts of the package. */
function outermost(places: readonly LiteralPlace[]): readonly LiteralPlace[] {
  const least = Math.min(...places.map(({ literal }) => literal.within.length));
  return places.filter(({ literal }) => literal.within.length === least);
}

/**
 * The current commit of a package's source.
 * @returns undefined if it is not exactly one literal
 */
export async function currentRevision(
  config: PackageConfig,
  files: readonly string[],
  tree: BaseTree,
): Promise<string | undefined> {
  const all = (await Promise.all(files.map((file) => read(file, tree)))).flat();
  const found = closest(
    all.filter(({ literal: { name, value } }) => name === 'rev' && /^[0-9a-f]{40}$/.test(value)),
    config,
  );
  return found.length === 1 ? found[0]?.literal.value : undefined;
}

const ambiguous = (value: string, { name }: PackageConfig): Error =>
  refuse(
    `the base has "${value}" in several places, and the publishing job cannot tell without Nix which one belongs to ${name}; write it once, beside its pname`,
  );

const notFound = (value: string, { name }: PackageConfig): Error =>
  refuse(`the base does not have "${value}" where ${name} has its version`);
