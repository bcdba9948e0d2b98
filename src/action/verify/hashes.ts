import type { FixedOutput, PackageConfig } from '../../config/types.ts';
import { isHashName, lineOf } from '../../nix/literal.ts';
import { isLikely, isSystem } from '../../nix/literal-candidates.ts';
import { UserError } from '../../system/errors.ts';
import { printable } from '../../system/printable.ts';
import { fakeHash, sriOf } from '../../system/sri.ts';
import type { BaseTree } from './base-tree.ts';
import {
  type Allowed,
  atPointer,
  type CodePlace,
  closest,
  isCode,
  isNewHash,
  outermost,
  placesOf,
} from './places.ts';
import type { VerifiedPackage } from './types.ts';

// Hashes that only the other job could compute: each may change only where the base has it.

interface HashChanges {
  readonly allowed: readonly Allowed[];
  /** The error for a change of another hash; undefined if all packages are fetchUvDeps'. */
  readonly refusal: ((place: Pick<HashLiteral, 'file' | 'line'>) => UserError) | undefined;
}

/**
 * Finds the base's literals for hashes that only the other job could compute: of a package's source
 * and `also` in changed files, and of own derivations of its dependencies. Nix is not used, because
 * it would evaluate code in a job with a token. Literals are found by the configuration, the names
 * around them, or by elimination. A hash for several systems has several literals.
 * @param taken literals of other hashes
 */
export async function hashChanges(
  files: readonly string[],
  packages: readonly VerifiedPackage[],
  taken: readonly CodePlace[],
  tree: BaseTree,
): Promise<HashChanges> {
  const allowed: Allowed[] = [];
  const texts: string[] = [];
  const isFree = (one: HashLiteral): boolean => !taken.some((place) => isAt(one, place.file, place.literal));
  const hashesOf = async (names: readonly string[]): Promise<HashLiteral[]> =>
    (await hashesIn(names, tree)).filter(isFree);
  for (const { config, file: own = '', bump, isTrusted } of packages) {
    // Include the package's own file even if unchanged: a hash in it is not in another file.
    const here = await hashesOf([own, ...files].filter(isCode));
    for (const output of outputsOf(config, bump !== undefined)) {
      const { file } = output;
      const at = placeByNames(output, config, file === undefined ? here : await hashesOf([file]), false);
      allowed.push(hashAt(at, output, false));
    }
    if (!isTrusted) continue;
    const outputs = config.dependencies.length > 0 ? config.dependencies : usual;
    const isNamed = outputs.every(({ file }) => file !== undefined);
    const named = outputs.flatMap(({ file }) => file ?? []);
    const hashes = await hashesOf(isNamed ? named : await filesWithHashes(tree));
    for (const output of outputs) {
      const [place] = placeByNames(output, config, hashes, true);
      const at = place ? setOf(place, hashes) : [];
      allowed.push(hashAt(at, output, true));
      const what = `the hash of '${output.attribute}' of ${config.name}`;
      const others = linesOf(hashes.slice(0, 5)).join(', ') || 'it has no hash';
      texts.push(
        at.length > 0
          ? `the base has ${what} at ${linesOf(at).join(' and ')}`
          : `which literal of the base is ${what} is unknown (${others})`,
      );
    }
  }
  const refusal: HashChanges['refusal'] = ({ file, line }) =>
    new UserError(
      'result-elsewhere',
      `The result of the other job is not published: it changes the hash at ${printable(file)}:${line}, and ${printable(texts.join('; '))}. Nothing was written. Name the place of the hash in the configuration of the base: dependencies = { attribute = "…", file = "…" }, with 'pointer' for JSON and 'key' for TOML.`,
    );
  return { allowed, refusal: texts.length > 0 ? refusal : undefined };
}

/** Allows a new hash at the literals, or a placeholder if it may be for another system. */
function hashAt(at: readonly HashLiteral[], output: FixedOutput, isTrusted: boolean): Allowed {
  const { attribute, system } = output;
  const mayLack = at.length > 1 || system !== undefined;
  return {
    ...{ at, output: { attribute, isTrusted }, isRepeated: true },
    becomes: (after, before) => isNewHash(after, before) || (mayLack && after === fakeHash),
  };
}

/** The source and `also`: all for a new version, otherwise only configured ones. */
function outputsOf({ sourceHash, hasSource, also }: PackageConfig, isBump: boolean): FixedOutput[] {
  const source = sourceHash ?? (hasSource && (isBump || also.length > 0) ? { attribute: '.src' } : undefined);
  return source ? [source, ...also] : [...also];
}

/** The usual names, if the configuration has none. */
const usual: readonly FixedOutput[] = [{ attribute: '.pythonDeps' }];

interface HashLiteral extends CodePlace {
  readonly line: number;
}

const isAt = (one: CodePlace, file: string, { start }: { readonly start: number }): boolean =>
  one.file === file && one.literal.start === start;

const linesOf = (hashes: readonly HashLiteral[]): string[] =>
  hashes.map(({ file, line }) => `${file}:${line}`);

/** Maximum number of files that are read to find a hash by its name. */
const MOST_FILES = 300;

/** Files of the base that may have a hash, except locks, which only record them. */
async function filesWithHashes(tree: BaseTree): Promise<string[]> {
  const texts = ['ash', 'sha', 'Sha', '-linux', '-darwin'];
  const files = await tree.filesWith(texts, ['*.nix', '*.json', '*.toml']);
  const found = files.filter((file) => !/(?:\.lock|package-lock)\.json$/.test(file));
  return found.length > MOST_FILES ? [] : found;
}

async function hashesIn(files: readonly string[], tree: BaseTree): Promise<HashLiteral[]> {
  const found: HashLiteral[] = [];
  for (const file of new Set(files)) {
    const text = (await tree.read(`${tree.root}/${file}`)) ?? '';
    for (const place of placesOf(file, text)) {
      const { value, name, start } = place.literal;
      const isHash = value === '' ? isLikely(place.literal) : isHashName(name) || sriOf(value) !== undefined;
      if (isHash) found.push({ ...place, line: lineOf(text, start) });
    }
  }
  return found;
}

/** A literal, and its neighbours that are the same hash for other systems. */
function setOf(place: HashLiteral, hashes: readonly HashLiteral[]): HashLiteral[] {
  const all = hashes.filter((one) => keyOf(one) === keyOf(place));
  const systems = new Set(all.map(({ literal: { within } }) => within.filter(isSystem).join()));
  return systems.size === all.length ? all : [place];
}

/** Literals with the same key may be one hash, for several systems. */
function keyOf({ file, literal: { start, within } }: CodePlace): string {
  const names = within.some(isSystem) ? within.filter((one) => !isSystem(one)) : [start];
  return JSON.stringify([file, ...names]);
}

/**
 * Finds the literals of a derivation's hash: by the configuration, by the names of its attribute
 * around them, or by elimination.
 * @param isTrusted whether the literals may be outside of the package's own code
 * @returns an empty list if the hash is missing or ambiguous
 */
function placeByNames(
  { attribute, file, pointer }: FixedOutput,
  config: PackageConfig,
  hashes: readonly HashLiteral[],
  isTrusted: boolean,
): readonly HashLiteral[] {
  const inFile = hashes.filter((one) => file === undefined || one.file === file);
  if (pointer !== undefined) return atPointer(inFile, pointer);
  const [own, ...around] = attribute.split('.').reverse();
  const names = namesOf(own);
  let bound = inFile.filter((one) => isBound(one, names));
  for (const name of around) {
    const inside = bound.filter(({ literal: { within } }) => within.includes(name));
    if (inside.length > 0) bound = inside;
  }
  const others = [
    'src',
    'fetchUvDeps',
    ...config.also.flatMap((one) => namesOf(one.attribute.split('.').findLast((name) => !isSystem(name)))),
  ];
  const isOther = ({ literal: { within } }: CodePlace): boolean =>
    within.some((one) => others.includes(one) && !names.includes(one));
  const free = bound.length > 0 ? [] : inFile.filter((one) => !isOther(one));
  const [near, alone] = [closest(bound, config), closest(free, config)];
  const choices = isTrusted ? [bound, near, free] : [near, outermost(near), free.length === 1 ? alone : []];
  return choices.find((all) => all[0] !== undefined && setOf(all[0], all).length === all.length) ?? [];
}

/** The names by which a derivation's hash is bound in nixpkgs. */
function namesOf(attribute: string | undefined): string[] {
  const name = attribute || 'uvDeps';
  return [name, ALIASES[name] ?? name];
}

/** Arguments for the hashes of these outputs in nixpkgs. */
const ALIASES: Readonly<Record<string, string>> = {
  goModules: 'vendorHash',
  cargoDeps: 'cargoHash',
  npmDeps: 'npmDepsHash',
};

/** Whether a hash is a derivation's own, not the hash of something inside its binding. */
function isBound({ literal: { within } }: CodePlace, names: readonly string[]): boolean {
  const at = within.findLastIndex((one) => names.includes(one));
  // Between the name and the hash there may be one function that is called with the hash.
  const inner = within.slice(at + 1).filter((one) => !isHashName(one) && !isSystem(one));
  return at >= 0 && inner.length <= 1;
}
