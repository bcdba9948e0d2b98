import path from 'node:path';
import { isRootAttribute, rootAttributeText } from '../../config/names.ts';
import { placeText } from '../../nix/hash-candidates.ts';
import type { FoundHash } from '../../nix/hash-places.ts';
import type { NixRoot } from '../../nix/target.ts';
import { UserError } from '../../system/errors.ts';
import type { Context } from '../../update/context.ts';
import { placesOfHashes } from '../../update/hash-place.ts';
import {
  type Found,
  type FoundPackage,
  joined,
  type LeftOut,
  packageOf,
  packagesAt,
  rootName,
  rootsAt,
} from './look.ts';
import { lookAtOther, othersAt } from './others.ts';
import { isBroken, notTried, type Tried, tryPackage } from './try.ts';

/** A package as `update` will see it, and the place of its (first) hash if that is known. */
export interface LookedAt {
  readonly found: FoundPackage;
  readonly tried: Tried;
  readonly place: string | undefined;
}

/**
 * What to write, and what to leave out.
 * @throws UserError if a package that was named does not evaluate
 */
export async function findPackages(
  attribute: string | undefined,
  given: NixRoot | undefined,
  root: string,
  context: Context,
): Promise<Found & { readonly tried: readonly Tried[] }> {
  const look = (one: FoundPackage): Promise<LookedAt> => lookAt(one, root, context);
  const seen = await packagesAt(root, given, context.run, context.log);
  if (attribute !== undefined) {
    // The search may not find it: its sets are deeper, there is no Nix, or its dependencies are a
    // fixed-output derivation of its own.
    const one = seen.packages.find((each) => each.attribute === attribute) ?? unseen(attribute, given);
    const { found, tried } = await look(one);
    return { packages: [found], tried: [tried], leftOut: [] };
  }
  const others: Found[] = [];
  for (const nix of await rootsAt(root, given)) others.push(await othersAt(nix, root, context));
  const all = joined([seen, ...others]);
  const { taken, leftOut } = await eachHashOnce(all.packages, async (one) => {
    const looked = await look(one);
    requirePlace(looked);
    return looked;
  });
  return {
    packages: taken.map(({ found }) => found),
    tried: taken.map(({ tried }) => tried),
    leftOut: [...all.leftOut, ...leftOut],
  };
}

/** An update of it would only print the right hash; one that is named is written all the same. */
function requirePlace({ found: { kind, attribute, hash }, place }: LookedAt): void {
  if (kind === 'fetchUvDeps' || place !== undefined) return;
  throw new UserError(
    'hash-not-written',
    `its hash can't be written: ${hash}; to have it checked, name it, 'uv-fod init ${attribute}'`,
  );
}

const unseen = (attribute: string, nix: NixRoot = { kind: 'file', file: 'default.nix' }): FoundPackage =>
  packageOf(nix, { attribute, version: '', systems: [], owner: null, repo: null, tag: null });

/**
 * Keeps one package for each hash, because two would mean two pull requests for it; a flake and a
 * default.nix often have the same packages. The first wins, and in each root `default` only without
 * another name.
 * @param look throws a UserError if a package can't be used
 */
export async function eachHashOnce(
  found: readonly FoundPackage[],
  look: (one: FoundPackage) => Promise<LookedAt>,
): Promise<{ readonly taken: readonly LookedAt[]; readonly leftOut: readonly LeftOut[] }> {
  const [taken, leftOut]: [LookedAt[], LeftOut[]] = [[], []];
  const isDefault = ({ attribute }: FoundPackage): boolean => /(?:^|\.)default$/.test(attribute);
  const roots = [...Map.groupBy(found, ({ nix }) => rootName(nix)).values()];
  const use = async (one: FoundPackage): Promise<string | undefined> => {
    if (one.attribute !== '' && !isRootAttribute(one.attribute)) return `it is not ${rootAttributeText}`;
    const same = taken.find((each) => each.found.name === one.name);
    if (same) return `${rootName(same.found.nix)} has the same name`;
    const looked = await look(one);
    const other = looked.place && taken.find(({ place }) => place === looked.place);
    if (other) return `its hash is written where that of ${other.found.name} is, at ${other.found.hash}`;
    taken.push(looked);
    return undefined;
  };
  for (const one of roots.flatMap((each) =>
    each.toSorted((a, b) => Number(isDefault(a)) - Number(isDefault(b))),
  )) {
    const why = await use(one).catch((error: unknown) => {
      if (error instanceof UserError) return error.message;
      throw error;
    });
    const name = roots.length > 1 ? `${one.name} of ${rootName(one.nix)}` : one.name;
    if (why !== undefined) leftOut.push({ name, why });
  }
  return { taken, leftOut };
}

/** Tries a package, and finds where its hash is. */
async function lookAt(one: FoundPackage, root: string, context: Context): Promise<LookedAt> {
  const tried = await tryPackage(one, root, context);
  const { derivation, pinned, problem } = tried;
  if (one.kind !== 'fetchUvDeps' || problem?.code === 'no-uv-deps') {
    const { places, ...own } = await lookAtOther(one, root, context);
    return { ...placed({ ...one, ...own }, places, root), tried: { ...tried, ...notTried } };
  }
  if (problem && isBroken(tried)) throw problem;
  return { ...placed(one, pinned ? await placesOfHashes(derivation, pinned, context) : [], root), tried };
}

/** Adds where the hashes of a package are written, or why that is not known. */
function placed(
  found: FoundPackage,
  places: readonly FoundHash[],
  root: string,
): Pick<LookedAt, 'found' | 'place'> {
  const texts = places.map(({ place, problem }) =>
    place ? placeText({ ...place, file: path.relative(root, place.file) }) : problem.why,
  );
  const first = places[0]?.place;
  return {
    found: { ...found, hash: [...new Set(texts)].join(', ') },
    place: first && `${first.file}:${first.start}`,
  };
}
