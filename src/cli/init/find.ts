import { literalAt } from '../../nix/literal.ts';
import type { NixRoot } from '../../nix/target.ts';
import { placesOfHashes } from '../../update/hash-place.ts';
import type { Context } from '../../update/types.ts';
import {
  eachHashOnce,
  type Found,
  type FoundPackage,
  hashText,
  type Looked,
  packageOf,
  packagesAt,
  rootName,
  rootsAt,
  type SeenPackage,
  withoutMarks,
} from './look.ts';
import { foreignPackage, othersAt } from './others.ts';
import { isBroken, type Tried, tryPackages } from './try.ts';

/** What to write, and what to leave out: a package that was named has to evaluate. */
export async function findPackages(
  attribute: string | undefined,
  given: NixRoot | undefined,
  root: string,
  context: Context,
): Promise<Found & { readonly tried: readonly Tried[] }> {
  const looked = await packagesAt(root, given, context.run, context.log);
  const ours = looked.packages.find((one) => one.attribute === attribute);
  const { packages, leftOut } =
    attribute === undefined
      ? eachHashOnce(await withOthers(looked, root, given, context))
      : { packages: [ours ?? (await unseen(attribute, given, root, context))], leftOut: [] };
  const tried = await tryPackages(packages, root, context);
  const broken = tried.filter(isBroken);
  if (attribute !== undefined && broken[0]?.problem) throw broken[0].problem;
  // The root tells them apart: a flake and a default.nix often have the same names.
  const labelOf = (name: string): string => {
    const nix = packages.find((one) => one.name === name)?.nix;
    return nix && attribute === undefined ? `${name} of ${rootName(nix)}` : name;
  };
  const isUsable = ({ name }: { name: string }): boolean => !broken.some((one) => one.name === name);
  return {
    tried: tried.filter(isUsable),
    packages: await withPlaces(packages.filter(isUsable), tried, root, context),
    leftOut: [
      ...leftOut,
      ...broken.map(({ name, problem }) => ({ name: labelOf(name), why: problem?.message ?? '' })),
    ],
  };
}

/** Adds the packages with a fixed-output derivation of their own. */
async function withOthers(
  { packages, leftOut }: Looked,
  root: string,
  given: NixRoot | undefined,
  context: Context,
): Promise<Looked> {
  const others: Looked[] = [];
  const placed: SeenPackage[] = [];
  for (const one of packages) placed.push(await withOwnPlace(one, packages, root, context));
  for (const { nix } of await rootsAt(root, given)) others.push(await othersAt(nix, root, context));
  return {
    packages: [...placed, ...others.flatMap((one) => one.packages)],
    leftOut: [...leftOut, ...others.flatMap((one) => one.leftOut)],
  };
}

/**
 * Of a helper that makes several packages, Nix reports one position for all: then each hash is
 * looked for.
 */
async function withOwnPlace(
  one: SeenPackage,
  all: readonly SeenPackage[],
  root: string,
  context: Context,
): Promise<SeenPackage> {
  const { hashAt } = one;
  const isSame = (other: SeenPackage['hashAt']): boolean =>
    other?.file === hashAt?.file && other?.line === hashAt?.line && other?.column === hashAt?.column;
  if (!hashAt || all.filter((other) => isSame(other.hashAt)).length < 2) return one;
  const text = await context.read(hashAt.file).catch(() => undefined);
  if (text === undefined || literalAt(text, hashAt)) return one;
  const [tried] = await tryPackages([one], root, context);
  if (!tried?.pinned) return { ...one, hashAt: undefined };
  const [found] = await placesOfHashes(tried.derivation, tried.pinned, context);
  return { ...one, hashAt: found?.place && { ...found.place, column: found.place.start } };
}

/** Adds where the hashes of fetchUvDeps are written. */
async function withPlaces(
  packages: readonly FoundPackage[],
  tried: readonly Tried[],
  root: string,
  context: Context,
): Promise<FoundPackage[]> {
  const placed: FoundPackage[] = [];
  for (const one of packages) {
    const { derivation, pinned } = tried.find(({ name }) => name === one.name) ?? {};
    const found = derivation && pinned ? await placesOfHashes(derivation, pinned, context) : [];
    const texts = found.map(({ place, problem }) => (place ? hashText(place, root) : problem.why));
    placed.push(texts.length === 0 ? one : { ...one, hash: [...new Set(texts)].join(', ') });
  }
  return placed;
}

/**
 * A package that the search did not find: its sets are deeper, there is no Nix, or it has a
 * fixed-output derivation of its own.
 */
async function unseen(
  attribute: string,
  nix: NixRoot = { kind: 'file', file: 'default.nix' },
  root: string,
  context: Context,
): Promise<FoundPackage> {
  const nothing = { position: null, owner: null, repo: null, tag: null, identity: null };
  const facts = { attribute, version: '', systems: [], ...nothing };
  const plain = withoutMarks(packageOf(nix, facts));
  const [tried] = await tryPackages([plain], root, context);
  if (tried?.problem?.code !== 'no-uv-deps') return plain;
  return withoutMarks(await foreignPackage(nix, facts, root, context));
}
