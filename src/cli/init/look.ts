import path from 'node:path';
import { defaultName } from '../../config/package.ts';
import type { NixAnswer } from '../../nix/answers.ts';
import { askEach, reasonOf } from '../../nix/ask-each.ts';
import { requireFile } from '../../nix/evaluate.ts';
import { derivationRef, type NixRoot } from '../../nix/target.ts';
import { readText } from '../../system/files.ts';
import type { Log } from '../../system/log.ts';
import type { Run } from '../../system/run.ts';

/** A derivation that uv-fod can keep up to date. */
export interface FoundPackage {
  /** Its name in the configuration. */
  readonly name: string;
  /** Empty for a file that is one derivation. */
  readonly attribute: string;
  readonly nix: NixRoot;
  readonly systems: readonly string[];
  /**
   * Where its dependencies are from: `fetchUvDeps`, a fixed-output derivation of its own, or it is
   * one itself.
   */
  readonly kind: 'fetchUvDeps' | 'own' | 'fixed-output';
  /** Attribute path of that derivation, if it has to be named. */
  readonly dependencies: string | undefined;
  /** Where its hash is written, relative to the root, or why that is not known. */
  readonly hash: string;
  /** Repository of its source, if it is on GitHub. */
  readonly source: { readonly owner: string; readonly repo: string; readonly tag: string } | undefined;
}

/** What to write, and what is left out. */
export interface Found {
  readonly packages: readonly FoundPackage[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Finds packages by evaluating Nix code of a repository.
 * @param given where to look, relative to the root of the repository; undefined: in `flake.nix`
 *   and `default.nix` at the root
 * @returns what was found, and what could not be evaluated
 * @throws UserError `file-missing` if a given file is missing
 */
export async function packagesAt(
  root: string,
  given: NixRoot | undefined,
  run: Run,
  log: Log,
): Promise<Found> {
  if (given) await requireFile(derivationRef(given, '', root));
  const found: Found[] = [];
  for (const nix of await rootsAt(root, given)) found.push(await packagesOf(nix, root, run, log));
  return joined(found);
}

/** All of several searches, with one reason for each name. */
export function joined(found: readonly Found[]): Found {
  const leftOut = new Map(
    found.flatMap((one) => one.leftOut.map(({ name, why }) => [name, why] as const)).reverse(),
  );
  return {
    packages: found.flatMap(({ packages }) => packages),
    leftOut: [...leftOut].reverse().map(([name, why]) => ({ name, why })),
  };
}

/**
 * Where packages are looked for. A flake pins its nixpkgs, so it is preferred to a default.nix with
 * the same packages.
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

/** Its name in messages. */
export function rootName(nix: NixRoot): string {
  if (nix.kind === 'expression') return 'the expression';
  return nix.kind === 'file' ? nix.file : path.join(nix.flake, 'flake.nix');
}

/** A derivation that evaluation found. */
export type SeenDerivation = NixAnswer<'packagesAtTop'>[number];

/**
 * Finds attributes with `uvDeps` at the top of a file or flake, and in its sets one level down. Nix
 * stops at most errors, so each level is evaluated by itself.
 */
async function packagesOf(nix: NixRoot, root: string, run: Run, log: Log): Promise<Found> {
  const name = rootName(nix);
  const look = async (title: string, question: 'packagesAtTop' | 'packagesInSets'): Promise<Found> => {
    const { found, leftOut } = await log.group(title, () =>
      askEach(derivationRef(nix, '', root), question, run),
    );
    return { packages: found.map((one) => packageOf(nix, one)), leftOut };
  };
  try {
    const first = await look(`Attributes of ${name}`, 'packagesAtTop');
    return joined([first, await look(`Attributes of the sets in ${name}`, 'packagesInSets')]);
  } catch (error) {
    const why = `it can't be evaluated: ${reasonOf(error)} (an attribute that you name is evaluated alone)`;
    return { packages: [], leftOut: [{ name, why }] };
  }
}

export function packageOf(
  nix: NixRoot,
  { attribute, version, systems, owner, repo, tag }: SeenDerivation,
  kind: FoundPackage['kind'] = 'fetchUvDeps',
): FoundPackage {
  return {
    ...{
      name: defaultName(attribute, nix),
      attribute,
      nix,
      systems,
      kind,
      dependencies: undefined,
      hash: '',
    },
    source: owner && repo ? { owner, repo, tag: tagPattern(tag ?? '', version) } : undefined,
  };
}

/** The pattern of a tag: `version/2026.2.0` for version 2026.2.0 gives `version/{version}`. */
function tagPattern(tag: string, version: string): string {
  return version !== '' && tag.includes(version) ? tag.replace(version, '{version}') : 'v{version}';
}

/** A package that is not written into the configuration, or a file that was not searched. */
export interface LeftOut {
  readonly name: string;
  readonly why: string;
}

/** The branch that workflows run on: the remote's default one, else the one that is checked out. */
export async function branchOf(root: string, run: Run): Promise<string> {
  const git = (...args: string[]) => run('git', ['-C', root, ...args]);
  const remote = await git('symbolic-ref', '--short', 'refs/remotes/origin/HEAD');
  if (remote.code === 0) return remote.stdout.trim().replace(/^origin\//, '');
  const here = await git('symbolic-ref', '--short', 'HEAD');
  return here.code === 0 ? here.stdout.trim() : 'main';
}

/** The locks of a repository, relative to its root. */
export async function locksOf(root: string, run: Run): Promise<string[]> {
  const flags = ['--cached', '--others', '--exclude-standard', '-z'];
  const listed = await run('git', ['-C', root, 'ls-files', ...flags, '--', 'uv.lock', '*/uv.lock']);
  return [...new Set(listed.stdout.split('\0'))].filter((name) => name !== '').sort();
}
