import type { FixedOutput, PackageConfig } from '../config/types.ts';
import { pointerPath } from '../nix/data-literals.ts';
import { isLikely, isSystem } from '../nix/hash-candidates.ts';
import { isHashName, lineOf } from '../nix/literal.ts';
import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';
import { fakeHash, sriOf } from '../system/sri.ts';
import type { BaseTree } from './base-tree.ts';
import type { LocateHashes } from './locate-hashes.ts';
import type { VerifiedPackage } from './verified.ts';
import { type Allowed, isNewHash, literalsIn } from './verify-changes.ts';
import { ALIASES, type CodePlace, closest, placesOf } from './verify-places.ts';

// Hashes of packages' own fixed-output derivations, which only the other job could compute: each
// may change only where the base has it.

/** What may become another hash: a literal of a package's own derivation. */
export interface OwnHash extends Allowed {
  readonly attribute: string;
  readonly isTrusted: true;
}

export interface OwnHashes {
  readonly allowed: readonly OwnHash[];
  /** The error for a change of another hash; undefined if no package has such a derivation. */
  readonly refusal: ((place: { readonly file: string; readonly line: number }) => UserError) | undefined;
}

/**
 * Where the base has the hashes of packages' own fixed-output derivations: as Nix finds them if it
 * may be asked, otherwise by the names around them. For a hash of each system these are several
 * literals, each of which may become a placeholder.
 */
export async function ownHashes(
  packages: readonly VerifiedPackage[],
  tree: BaseTree,
  locate: LocateHashes,
): Promise<OwnHashes> {
  const allowed: OwnHash[] = [];
  const texts: string[] = [];
  for (const { config } of packages.filter(({ isTrusted }) => isTrusted)) {
    const located = await locate(config);
    const outputs = outputsOf(config);
    const named = outputs.flatMap(({ file }) => file ?? []);
    const files = [...(located ?? []).map(({ file }) => file), ...named];
    const isKnown = located !== undefined || named.length === outputs.length;
    const hashes = await hashesIn(isKnown ? files : await filesWithHashes(tree), tree);
    const at =
      located?.map((one) => hashes.find((place) => isAt(place, one))) ??
      outputs.map((output) => placeByNames(output, config, hashes));
    for (const [index, place] of at.entries()) {
      const { attribute = '.', system } = outputs[index] ?? outputs[0] ?? {};
      const set = place ? setOf(place, hashes) : [];
      const mayLack = set.length > 1 || system !== undefined;
      const becomes = (after: string, before: string): boolean =>
        isNewHash(after, before) || (mayLack && after === fakeHash);
      allowed.push(...set.map((one) => ({ attribute, isTrusted: true as const, becomes, at: [one] })));
      const where = set.map(({ file, line }) => `${file}:${line}`);
      const others = hashes.slice(0, 5).map(({ file, line }) => `${file}:${line}`);
      const what = `the hash of '${attribute}' of ${config.name}`;
      texts.push(
        set.length > 0
          ? `the base has ${what} at ${where.join(' and ')}`
          : `which literal of the base is ${what} is unknown (${others.join(', ') || 'it has no hash'})`,
      );
    }
  }
  if (texts.length === 0) return { allowed, refusal: undefined };
  const refusal: OwnHashes['refusal'] = ({ file, line }) =>
    new UserError(
      'result-elsewhere',
      `The result of the other job is not published: it changes the hash at ${printable(file)}:${line}, and ${printable(texts.join('; '))}. Nothing was written. Install Nix in the publishing job, or name the place of the hash in the configuration: dependencies = { attribute = "…", file = "…" }, with 'pointer' for JSON and 'key' for TOML.`,
    );
  return { allowed, refusal };
}

interface HashLiteral extends CodePlace {
  readonly line: number;
}

/** The usual names, if the configuration has none. */
const usual: readonly FixedOutput[] = [{ attribute: '.pythonDeps' }];
const outputsOf = ({ dependencies }: PackageConfig): readonly FixedOutput[] =>
  dependencies.length > 0 ? dependencies : usual;

const isAt = ({ file, literal }: CodePlace, at: { readonly file: string; readonly start: number }): boolean =>
  file === at.file && literal.start === at.start;

/** Files that are read to find a hash by its name. */
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
    const before = (await tree.read(`${tree.root}/${file}`)) ?? '';
    for (const place of placesOf(file, literalsIn({ path: file, before }))) {
      const { value } = place.literal;
      const isHash = value === '' ? isLikely(place.literal) : sriOf(value) !== undefined;
      if (isHash) found.push({ ...place, line: lineOf(before, place.literal.start) });
    }
  }
  return found;
}

/** Literals with the same key may be one hash, for several systems. */
function keyOf({ file, literal: { start, within } }: CodePlace): string {
  return JSON.stringify([
    file,
    ...(within.some(isSystem) ? within.filter((one) => !isSystem(one)) : [start]),
  ]);
}

/** A literal, and those beside it that are the same hash for other systems. */
function setOf(place: HashLiteral, hashes: readonly HashLiteral[]): HashLiteral[] {
  const all = hashes.filter((one) => keyOf(one) === keyOf(place));
  const systems = new Set(all.map(({ literal: { within } }) => within.filter(isSystem).join()));
  return systems.size === all.length ? all : [place];
}

/**
 * The literal of a derivation's hash, by the configuration, by the derivation's name around it, or
 * since there is no other.
 * @returns undefined if there are several, or none
 */
function placeByNames(
  { attribute, file, pointer }: FixedOutput,
  config: PackageConfig,
  hashes: readonly HashLiteral[],
): HashLiteral | undefined {
  const inFile = hashes.filter((one) => file === undefined || one.file === file);
  if (pointer !== undefined) {
    const keys = JSON.stringify(pointerPath(pointer));
    return inFile.find(({ literal: { within } }) => JSON.stringify(within) === keys);
  }
  const own = namesOf(attribute);
  const bound = inFile.filter((one) => isBound(one, own));
  const others = ['src', 'fetchUvDeps', ...config.also.flatMap((one) => namesOf(one.attribute))];
  const free = inFile.filter(({ literal: { within } }) => !within.some((one) => others.includes(one)));
  return [bound, closest(bound, config), bound.length > 0 ? [] : free].find(
    (all) => all[0] !== undefined && setOf(all[0], all).length === all.length,
  )?.[0];
}

/** The names by which a derivation's hash is bound in nixpkgs. */
function namesOf(attribute: string): string[] {
  const name = attribute.split('.').at(-1) || 'uvDeps';
  return [name, ALIASES[name] ?? name];
}

/** Whether a hash is a derivation's own, and not of something inside its binding. */
function isBound({ literal: { within } }: CodePlace, names: readonly string[]): boolean {
  const at = within.findLastIndex((one) => names.includes(one));
  // The function that is called with it stands between.
  const inner = within.slice(at + 1).filter((one) => !isHashName(one) && !isSystem(one));
  return at >= 0 && inner.length <= 1;
}
