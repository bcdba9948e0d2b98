import path from 'node:path';
import { whereIs } from '../../bump/output-place.ts';
import { isRootAttribute, rootAttributeText } from '../../config/names.ts';
import { plainPackage } from '../../config/package.ts';
import { requireFile } from '../../nix/evaluate.ts';
import { placeText } from '../../nix/literal-candidates.ts';
import type { FoundLiteral } from '../../nix/literal-places.ts';
import { derivationRef, type NixRoot } from '../../nix/target.ts';
import { UserError } from '../../system/errors.ts';
import type { Context } from '../../update/context.ts';
import { findForeign } from '../../update/foreign.ts';
import { placesOfHashes } from '../../update/hash-place.ts';
import {
  type Found,
  type FoundPackage,
  type LeftOut,
  packageNamed,
  rootName,
  rootsAt,
  search,
} from './search.ts';
import { isBroken, type Tried, tryPackage } from './try.ts';

/** A package as `update` will see it, and the place of its (first) hash if that is known. */
export interface LookedAt {
  readonly found: FoundPackage;
  readonly tried: Tried;
  readonly place: string | undefined;
}

/**
 * Finds the packages to write, and those to leave out.
 * @param given where to search, relative to the root of the repository; undefined: in `flake.nix`
 *   and `default.nix` at the root
 * @throws UserError `file-missing` if a given file is missing; the error of a named package that
 *   does not evaluate
 */
export async function findPackages(
  attribute: string | undefined,
  given: NixRoot | undefined,
  root: string,
  context: Context,
): Promise<Found & { readonly tried: readonly Tried[] }> {
  if (given) await requireFile(derivationRef(given, '', root));
  if (attribute !== undefined) {
    const named = await packageNamed(attribute, given, root, context);
    const { found, tried } = await lookAt(named, root, context);
    return { packages: [found], tried: [tried], leftOut: [] };
  }
  const searched: Found[] = [];
  for (const nix of await rootsAt(root, given)) searched.push(await search(nix, root, context));
  const { taken, leftOut } = await eachHashOnce(
    searched.flatMap(({ packages }) => packages),
    async (one) => {
      const looked = await lookAt(one, root, context);
      requirePlace(looked);
      return looked;
    },
  );
  return {
    packages: taken.map(({ found }) => found),
    tried: taken.map(({ tried }) => tried),
    leftOut: [...searched.flatMap((one) => one.leftOut), ...leftOut],
  };
}

/** Leaves out a package whose hash `update` could only print. Not called for a named package. */
function requirePlace({ found: { kind, attribute, hash }, place }: LookedAt): void {
  if (kind === 'fetchUvDeps' || place !== undefined) return;
  throw new UserError(
    'hash-not-written',
    `its hash can't be written: ${hash}; to have it checked, name it, 'uv-fod init ${attribute}'`,
  );
}

/**
 * Keeps one package for each hash, because two would mean two pull requests for it; a flake and a
 * default.nix often have the same packages. The first one is kept; within a root, `default` only if
 * the package has no other name.
 * @param look throws a UserError if a package can't be used
 */
export async function eachHashOnce(
  found: readonly FoundPackage[],
  look: (one: FoundPackage) => Promise<LookedAt>,
): Promise<{ readonly taken: readonly LookedAt[]; readonly leftOut: readonly LeftOut[] }> {
  const [taken, leftOut]: [LookedAt[], LeftOut[]] = [[], []];
  /** Sort key: the number of names in the attribute path; `default` comes last. */
  const rank = ({ attribute }: FoundPackage): number =>
    /(?:^|\.)default$/.test(attribute) ? 100 : attribute.split('.').length;
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
  for (const one of roots.flatMap((each) => each.toSorted((a, b) => rank(a) - rank(b)))) {
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
  if (isBroken(tried)) throw tried.problem;
  const { derivation, pinned, isOurs } = tried;
  if (!isOurs) return { ...(await lookAtOther(one, root, context)), tried };
  return { ...placed(one, pinned ? await placesOfHashes(derivation, pinned, context) : [], root), tried };
}

/**
 * Finds the fixed-output derivation of a package's dependencies, and where its hash is.
 * @throws UserError of `findForeign`
 */
async function lookAtOther(
  one: FoundPackage,
  root: string,
  context: Context,
): Promise<Pick<LookedAt, 'found' | 'place'>> {
  const derivation = derivationRef(one.nix, one.attribute, root);
  const { outputs, pinned } = await findForeign(plainPackage(one.attribute, one.nix), derivation, context);
  const [output] = outputs;
  const place = output && (await whereIs(output, { ...context, root, derivation }));
  const isNamed = output?.isInClosure !== true && !['.', '.uvDeps'].includes(output?.attribute ?? '.');
  const kind = pinned.isFixed ? 'fixed-output' : 'own';
  const dependencies = isNamed ? output?.attribute : undefined;
  return placed({ ...one, kind, dependencies }, place ? [place] : [], root);
}

/** Adds where the hashes of a package are written, or why that is not known. */
function placed(
  found: FoundPackage,
  places: readonly FoundLiteral[],
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
