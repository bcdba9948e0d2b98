import { whereIs } from '../../bump/output-place.ts';
import { plainPackage } from '../../config/package.ts';
import type { NixAnswer } from '../../nix/answers.ts';
import { askEach } from '../../nix/ask-each.ts';
import { copyOf } from '../../nix/copy.ts';
import type { FoundHash } from '../../nix/hash-places.ts';
import { type DerivationRef, derivationRef, type NixRoot } from '../../nix/target.ts';
import { UserError } from '../../system/errors.ts';
import type { Context } from '../../update/context.ts';
import { touchLocks } from '../../update/discover.ts';
import { findForeign } from '../../update/foreign.ts';
import { type Found, type FoundPackage, type LeftOut, packageOf } from './look.ts';

type OtherDerivations = NixAnswer<'others'>;

/** Derivations whose dependencies are looked for: each takes some evaluations. */
const MOST = 20;

const UNCHANGED = 'no lock of the repository changes it';

/**
 * Finds packages with a fixed-output derivation of their own: those whose derivation changes with
 * a lock of the repository, which one evaluation in a copy shows for all.
 */
export async function othersAt(nix: NixRoot, root: string, context: Context): Promise<Found> {
  const packages: FoundPackage[] = [];
  const leftOut = new Map<string, string>();
  const { all, changed, broken } = await changedWithLocks(derivationRef(nix, '', root), context);
  for (const one of all) {
    const isChanged = one.drv !== null && changed.has(one.attribute);
    if (isChanged && packages.length < MOST) packages.push(packageOf(nix, one, 'own'));
    else leftOut.set(...reasonAgainst(one, isChanged));
  }
  return { packages, leftOut: [...broken, ...[...leftOut].map(([name, why]) => ({ name, why }))] };
}

/** All derivations, the attributes of those that change with a lock, and what does not evaluate. */
async function changedWithLocks(
  top: DerivationRef,
  context: Context,
): Promise<{
  readonly all: OtherDerivations;
  readonly changed: ReadonlySet<string>;
  readonly broken: readonly LeftOut[];
}> {
  const copy = await copyOf(top, context);
  try {
    const { found: all, leftOut: broken } = await askEach(copy.derivation, 'others', context.run);
    if (all.length === 0) return { all, changed: new Set(), broken };
    await touchLocks(top, copy, context);
    const { found } = await askEach(copy.derivation, 'others', context.run);
    const now = new Map(found.map(({ attribute, drv }) => [attribute, drv]));
    const changed = all.filter(({ attribute, drv }) => now.get(attribute) !== drv);
    return { all, changed: new Set(changed.map(({ attribute }) => attribute)), broken };
  } catch (error) {
    // What can't be evaluated is reported by the search for uvDeps.
    if (error instanceof UserError) return { all: [], changed: new Set(), broken: [] };
    throw error;
  } finally {
    await copy.remove();
  }
}

/** What is left out, and why. */
function reasonAgainst(
  { attribute, drv, isFixed }: OtherDerivations[number],
  isChanged: boolean,
): [name: string, why: string] {
  if (drv === null) return [attribute, 'it does not evaluate'];
  const named = `name it, 'uv-fod init ${attribute}'`;
  if (isChanged) return [attribute, `only ${MOST} derivations are looked at; ${named}`];
  const [set, ...inner] = attribute.split('.');
  // Such a set is often nixpkgs' own, with many packages that nobody means to maintain here.
  if (inner.length > 0) return [`${set}.*`, UNCHANGED];
  const toKeep = `; to keep the hash of this fixed-output derivation, ${named}`;
  return [attribute, `${UNCHANGED}${isFixed ? toKeep : ''}`];
}

/**
 * Finds the fixed-output derivation of a package's dependencies, and where its hash is.
 * @throws UserError of `findForeign`
 */
export async function lookAtOther(
  { attribute, nix }: FoundPackage,
  root: string,
  context: Context,
): Promise<Pick<FoundPackage, 'kind' | 'dependencies'> & { readonly places: readonly FoundHash[] }> {
  const derivation = derivationRef(nix, attribute, root);
  const { outputs, pinned } = await findForeign(plainPackage(attribute, nix), derivation, context);
  const [output] = outputs;
  const found = output && (await whereIs(output, { ...context, root, derivation }));
  const isNamed = output?.isInClosure !== true && !['.', '.uvDeps'].includes(output?.attribute ?? '.');
  return {
    kind: pinned.isFixed ? 'fixed-output' : 'own',
    dependencies: isNamed ? output?.attribute : undefined,
    places: found ? [found] : [],
  };
}
