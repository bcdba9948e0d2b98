import path from 'node:path';
import { defaultName } from '../../config/package.ts';
import type { NixAnswer } from '../../nix/answers.ts';
import { askEach, reasonOf } from '../../nix/ask-each.ts';
import { inCopy } from '../../nix/copy.ts';
import { ask } from '../../nix/expression.ts';
import { type DerivationRef, derivationRef, type NixRoot } from '../../nix/target.ts';
import { ifUserError, UserError } from '../../system/errors.ts';
import { readText } from '../../system/files.ts';
import type { Context } from '../../update/context.ts';
import { touchLocks } from '../../update/discover.ts';

/** A derivation that uv-fod can keep up to date. */
export interface FoundPackage {
  /** Its name in the configuration. */
  readonly name: string;
  /** Empty for a file that is one derivation. */
  readonly attribute: string;
  readonly nix: NixRoot;
  readonly systems: readonly string[];
  /**
   * Source of its dependencies: `fetchUvDeps`, its own fixed-output derivation, or none because the
   * package is itself a fixed-output derivation.
   */
  readonly kind: 'fetchUvDeps' | 'own' | 'fixed-output';
  /** Attribute path of that derivation, if it has to be named. */
  readonly dependencies: string | undefined;
  /** Place of its hash, relative to the root, or why it is not known. */
  readonly hash: string;
  /** Repository of its source, if it is on GitHub. */
  readonly source: { readonly owner: string; readonly repo: string; readonly tag: string } | undefined;
}

/** A package that is not written into the configuration, or a file that was not searched. */
export interface LeftOut {
  readonly name: string;
  readonly why: string;
}

/** The packages to write, and what is left out. */
export interface Found {
  readonly packages: readonly FoundPackage[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * The files and flakes to search. A flake pins its nixpkgs, so it is preferred to a default.nix
 * with the same packages.
 */
export async function rootsAt(root: string, given: NixRoot | undefined): Promise<NixRoot[]> {
  if (given) return [given];
  const there: NixRoot[] = [];
  for (const one of [
    { kind: 'flake', flake: '.' },
    { kind: 'file', file: 'default.nix' },
  ] as const)
    if ((await readText(path.join(root, rootName(one)))) !== undefined) there.push(one);
  return there;
}

/** The name of a file or flake in messages. */
export function rootName(nix: NixRoot): string {
  if (nix.kind === 'expression') return 'the expression';
  return nix.kind === 'file' ? nix.file : path.join(nix.flake, 'flake.nix');
}

type Derivation = NixAnswer<'derivations'>[number];

/**
 * Searches a file or flake for packages: derivations with `uvDeps`, and those with a fixed-output
 * derivation of their own, which change with a lock of the repository.
 * @returns what was found, and what can't be evaluated or does not change
 */
export async function search(nix: NixRoot, root: string, context: Context): Promise<Found> {
  const top = derivationRef(nix, '', root);
  const name = rootName(nix);
  try {
    const { found, leftOut } = await context.log.group(`Derivations of ${name}`, () =>
      askEach(top, 'derivations', context.run),
    );
    const others = found.filter(({ hasUvDeps }) => !hasUvDeps);
    const changed = others.length === 0 ? new Set() : await changedWithLocks(top, context);
    const isChanged = ({ attribute }: Derivation): boolean => changed.has(attribute);
    // Limited, because finding the dependencies of a package takes several evaluations.
    const own = others.filter(isChanged).slice(0, MOST);
    const reasons = others
      .filter((one) => !own.includes(one))
      .map((one) => reasonAgainst(one, isChanged(one)));
    return {
      packages: [...found.filter(({ hasUvDeps }) => hasUvDeps), ...own].map((one) => packageOf(nix, one)),
      leftOut: [...leftOut, ...[...new Map(reasons)].map(([name, why]) => ({ name, why }))],
    };
  } catch (error) {
    const why = `it can't be evaluated: ${reasonOf(error)} (an attribute that you name is evaluated alone)`;
    return { packages: [], leftOut: [{ name, why }] };
  }
}

/** Most derivations whose dependencies are searched for. */
const MOST = 20;

/** Finds the derivations that change with a lock, by two searches in a copy. */
async function changedWithLocks(top: DerivationRef, context: Context): Promise<ReadonlySet<string>> {
  try {
    return await inCopy(top, context, async (copy) => {
      const search = async () => (await askEach(copy.derivation, 'derivations', context.run)).found;
      const before = await search();
      await touchLocks(top, copy, context);
      const now = new Map((await search()).map(({ attribute, drv }) => [attribute, drv]));
      const changed = before.filter(({ attribute, drv }) => drv !== null && now.get(attribute) !== drv);
      return new Set(changed.map(({ attribute }) => attribute));
    });
  } catch (error) {
    // The copy lacks files that git ignores, so it may not evaluate.
    if (error instanceof UserError) return new Set();
    throw error;
  }
}

/** The derivation or set that is left out, and why. */
function reasonAgainst(
  { attribute, drv, isFixed }: Derivation,
  isChanged: boolean,
): [name: string, why: string] {
  if (drv === null) return [attribute, 'it does not evaluate'];
  const named = `name it, 'uv-fod init ${attribute}'`;
  if (isChanged) return [attribute, `only ${MOST} derivations are looked at; ${named}`];
  const unchanged = 'no lock of the repository changes it';
  const [set, ...inner] = attribute.split('.');
  // Reported as one set: it is often nixpkgs' own, with many packages that are not maintained here.
  if (inner.length > 0) return [`${set}.*`, unchanged];
  return [
    attribute,
    isFixed ? `${unchanged}; to keep the hash of this fixed-output derivation, ${named}` : unchanged,
  ];
}

/**
 * The package that an attribute names. It may fail to evaluate, or Nix may be missing.
 * @param given the file or flake, if not at the top of the repository
 */
export async function packageNamed(
  attribute: string,
  given: NixRoot | undefined,
  root: string,
  { run }: Context,
): Promise<FoundPackage> {
  for (const nix of await rootsAt(root, given)) {
    const seen = await ask(derivationRef(nix, attribute, root), 'described', run).catch(ifUserError);
    if (seen) return packageOf(nix, seen);
  }
  const unseen = { attribute, version: '', systems: [], owner: null, repo: null, tag: null };
  return packageOf(given ?? { kind: 'file', file: 'default.nix' }, unseen);
}

function packageOf(
  nix: NixRoot,
  { attribute, version, systems, owner, repo, tag }: NixAnswer<'described'>,
): FoundPackage {
  const name = defaultName(attribute, nix);
  return {
    ...{ name, attribute, nix, systems, kind: 'fetchUvDeps', dependencies: undefined, hash: '' },
    source: owner && repo ? { owner, repo, tag: tagPattern(tag ?? '', version) } : undefined,
  };
}

/** The pattern of a tag: `version/2026.2.0` for version 2026.2.0 gives `version/{version}`. */
function tagPattern(tag: string, version: string): string {
  return version !== '' && tag.includes(version) ? tag.replace(version, '{version}') : 'v{version}';
}
