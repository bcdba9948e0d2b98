import { whereIs } from '../../bump/output-place.ts';
import { defaultName, plainPackage } from '../../config/package.ts';
import type { NixAnswer } from '../../nix/answers.ts';
import { copyOf } from '../../nix/copy.ts';
import { ask } from '../../nix/expression.ts';
import type { FoundHash } from '../../nix/hash-places.ts';
import { type DerivationRef, derivationRef, type NixRoot } from '../../nix/target.ts';
import { UserError } from '../../system/errors.ts';
import { touchLocks } from '../../update/discover.ts';
import { findForeign } from '../../update/foreign.ts';
import type { Context } from '../../update/types.ts';
import { hashText, type LeftOut, packageOf, type SeenDerivation, type SeenPackage } from './look.ts';

/** A derivation that is not fetchUvDeps'. */
type OtherDerivation = NixAnswer<'others'>[number];

/** Derivations whose dependencies are looked for: each takes some evaluations. */
const MOST = 20;

const UNCHANGED = 'no lock of the repository changes it';

/**
 * Finds packages with a fixed-output derivation of their own: those whose derivation changes with
 * a lock of the repository, which one evaluation in a copy shows for all.
 */
export async function othersAt(
  nix: NixRoot,
  root: string,
  context: Context,
): Promise<{ readonly packages: SeenPackage[]; readonly leftOut: LeftOut[] }> {
  const top = derivationRef(nix, '', root);
  const packages: SeenPackage[] = [];
  const leftOut = new Map<string, string>();
  const { all, changed } = await changedWithLocks(top, context);
  for (const [index, one] of all.entries()) {
    const isChanged = changed.has(one.attribute);
    const [set, isNested] = [one.attribute.split('.', 1)[0], one.attribute.includes('.')];
    // Such a set is often nixpkgs' own, with many packages that nobody means to maintain here.
    if (isNested && !isChanged && one.drv !== null) {
      leftOut.set(`${set}.*`, UNCHANGED);
      continue;
    }
    const why = reasonAgainst(one, isChanged, changed.size > MOST && index >= MOST);
    const found = why ?? (await findOne(nix, one, root, context));
    if (typeof found === 'string') leftOut.set(defaultName(one.attribute, nix), found);
    else packages.push(found);
  }
  return { packages, leftOut: [...leftOut].map(([name, why]) => ({ name, why })) };
}

/** All derivations, and the attributes of those that change with a lock. */
async function changedWithLocks(
  top: DerivationRef,
  context: Context,
): Promise<{ readonly all: readonly OtherDerivation[]; readonly changed: ReadonlySet<string> }> {
  const copy = await copyOf(top, context);
  try {
    const all = await ask(copy.derivation, 'others', context.run);
    if (all.length === 0) return { all, changed: new Set() };
    await touchLocks(top, copy, context);
    const now = new Map(
      (await ask(copy.derivation, 'others', context.run)).map(({ attribute, drv }) => [attribute, drv]),
    );
    const changed = all.filter(({ attribute, drv }) => now.get(attribute) !== drv);
    return { all, changed: new Set(changed.map(({ attribute }) => attribute)) };
  } catch (error) {
    // What can't be evaluated is reported by the search for uvDeps.
    if (error instanceof UserError) return { all: [], changed: new Set() };
    throw error;
  } finally {
    await copy.remove();
  }
}

function reasonAgainst(
  { attribute, drv, isFixed }: OtherDerivation,
  isChanged: boolean,
  isTooMany: boolean,
): string | undefined {
  if (drv === null) return 'it does not evaluate';
  if (isChanged)
    return isTooMany
      ? `only ${MOST} derivations are looked at; name it, 'uv-fod init ${attribute}'`
      : undefined;
  return isFixed
    ? `${UNCHANGED}; to keep the hash of this fixed-output derivation, name it, 'uv-fod init ${attribute}'`
    : UNCHANGED;
}

/** @returns why it is left out, if it is */
async function findOne(
  nix: NixRoot,
  one: SeenDerivation,
  root: string,
  context: Context,
): Promise<SeenPackage | string> {
  try {
    return await foreignPackage(nix, one, root, context);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/**
 * A package with a fixed-output derivation of its own, and where the hash of that is.
 * @throws UserError of `findForeign`
 */
export async function foreignPackage(
  nix: NixRoot,
  one: SeenDerivation,
  root: string,
  context: Context,
): Promise<SeenPackage> {
  const derivation = derivationRef(nix, one.attribute, root);
  const { outputs, pinned } = await findForeign(plainPackage(one.attribute, nix), derivation, context);
  const [output] = outputs;
  const found: FoundHash | undefined = output && (await whereIs(output, { ...context, root, derivation }));
  const { place, problem } = found ?? {};
  const isNamed = output?.isInClosure !== true && !['.', '.uvDeps'].includes(output?.attribute ?? '.');
  return {
    ...packageOf(nix, { ...one, version: one.version || pinned.version }),
    ...{
      hashAt: place && { ...place, column: place.start },
      hash: place ? hashText(place, root) : (problem?.why ?? 'not found'),
    },
    dependencies: isNamed ? output?.attribute : undefined,
    kind: pinned.isFixed ? 'fixed-output' : 'own',
  };
}
