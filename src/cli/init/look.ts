import path from 'node:path';
import { isRootAttribute, rootAttributeText } from '../../config/names.ts';
import { defaultName } from '../../config/package.ts';
import type { NixAnswer, Position } from '../../nix/answers.ts';
import { requireFile } from '../../nix/evaluate.ts';
import { ask } from '../../nix/expression.ts';
import { failureText } from '../../nix/failure.ts';
import { placeText } from '../../nix/hash-candidates.ts';
import { derivationRef, type NixRoot } from '../../nix/target.ts';
import { UserError } from '../../system/errors.ts';
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

/** A derivation that evaluation found. */
export interface SeenPackage extends FoundPackage {
  /** Position of its hash; undefined if Nix does not report it. */
  readonly hashAt: Position | undefined;
  /** Its hashes, target and build lock. */
  readonly identity?: string | undefined;
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
): Promise<Looked> {
  if (given) await requireFile(derivationRef(given, '', root));
  const [packages, leftOut]: [SeenPackage[], LeftOut[]] = [[], []];
  for (const { name, nix } of await rootsAt(root, given)) {
    const looked = await packagesOf(name, nix, root, run, log);
    leftOut.push(...looked.leftOut);
    packages.push(...looked.packages);
  }
  return { packages, leftOut };
}

interface SearchedRoot {
  readonly name: string;
  readonly nix: NixRoot;
}

/** Where packages are looked for. */
export async function rootsAt(root: string, given: NixRoot | undefined): Promise<SearchedRoot[]> {
  if (given) return [{ name: rootName(given), nix: given }];
  const there: SearchedRoot[] = [];
  for (const one of rootsAtTop)
    if ((await readText(path.join(root, one.name))) !== undefined) there.push(one);
  return there;
}

export interface Looked {
  readonly packages: readonly SeenPackage[];
  readonly leftOut: readonly LeftOut[];
}

/** A flake pins its nixpkgs, so it is preferred to a default.nix with the same packages. */
const rootsAtTop: readonly SearchedRoot[] = [
  { name: 'flake.nix', nix: { kind: 'flake', flake: '.' } },
  { name: 'default.nix', nix: { kind: 'file', file: 'default.nix' } },
];

/** Its name in messages. */
export function rootName(nix: NixRoot): string {
  if (nix.kind === 'expression') return 'the expression';
  return nix.kind === 'file' ? nix.file : path.join(nix.flake, 'flake.nix');
}

export type SeenDerivation = NixAnswer<'packagesAtTop'>[number];

/**
 * Finds attributes with `uvDeps` at the top of a file or flake, and in its sets one level down. Nix
 * stops at most errors, so each level is evaluated by itself.
 */
async function packagesOf(name: string, nix: NixRoot, root: string, run: Run, log: Log): Promise<Looked> {
  const look = (title: string, question: 'packagesAtTop' | 'packagesInSets') =>
    log.group(title, () => ask(derivationRef(nix, '', root), question, run).catch(reasonOf));
  const first = await look(`Attributes of ${name}`, 'packagesAtTop');
  if (typeof first === 'string')
    return {
      packages: [],
      leftOut: [
        { name, why: `it can't be evaluated: ${first} (an attribute that you name is evaluated alone)` },
      ],
    };
  const packages = first.map((one) => packageOf(nix, one));
  const second = await look(`Attributes of the sets in ${name}`, 'packagesInSets');
  if (typeof second !== 'string') {
    packages.push(...second.map((one) => packageOf(nix, one)));
    return { packages, leftOut: [] };
  }
  const why = `they can't be evaluated (${second}); name the attribute if it is in one`;
  return { packages, leftOut: [{ name: `the sets in ${name}`, why }] };
}

/** Why Nix can't evaluate, as a phrase. */
function reasonOf(error: unknown): string {
  if (!(error instanceof UserError)) throw error;
  return error.code === 'nix-missing' ? 'Nix is not installed' : failureText(error.log ?? error.message);
}

export function packageOf(
  nix: NixRoot,
  { attribute, version, systems, owner, repo, tag, position, identity }: SeenDerivation,
): SeenPackage {
  return {
    ...{ name: defaultName(attribute, nix), attribute, nix, systems },
    ...{ kind: 'fetchUvDeps', dependencies: undefined, hash: '' },
    source: owner && repo ? { owner, repo, tag: tagPattern(tag ?? '', version) } : undefined,
    ...{ hashAt: position ?? undefined, identity: identity ?? undefined },
  };
}

/** Without what only tells packages apart. */
export function withoutMarks({ hashAt: _, identity: __, ...found }: SeenPackage): FoundPackage {
  return found;
}

/** A place of a hash, relative to the root. */
export const hashText = (
  { file, line, at }: { file: string; line: number; at?: string },
  root: string,
): string => placeText({ file: path.relative(root, file), line, ...(at === undefined ? {} : { at }) });

/** The pattern of a tag: `version/2026.2.0` for version 2026.2.0 gives `version/{version}`. */
function tagPattern(tag: string, version: string): string {
  return version !== '' && tag.includes(version) ? tag.replace(version, '{version}') : 'v{version}';
}

/** A package that is not written into the configuration, or a file that was not searched. */
export interface LeftOut {
  readonly name: string;
  readonly why: string;
}

/**
 * Keeps one package for each hash, because two would mean two pull requests for it; a flake and a
 * default.nix often have the same packages. The first wins, and in each root `default` only without
 * another name.
 */
export function eachHashOnce({ packages: found, leftOut: before }: Looked): Found {
  const packages: FoundPackage[] = [];
  const leftOut = [...before];
  const taken = new Map<string, SeenPackage>();
  const isDefault = ({ attribute }: SeenPackage): boolean => /(?:^|\.)default$/.test(attribute);
  const roots = [...Map.groupBy(found, ({ nix }) => rootName(nix)).values()];
  const ordered = roots.flatMap((each) => [
    ...each.filter((one) => !isDefault(one)),
    ...each.filter(isDefault),
  ]);
  for (const one of ordered) {
    const { hashAt, identity, name, attribute, nix } = one;
    const label = roots.length > 1 ? `${name} of ${rootName(nix)}` : name;
    const place = hashAt === undefined ? name : `${hashAt.file}:${hashAt.line}:${hashAt.column}`;
    const other = taken.get(place);
    // A function that passes hashes on has one place for several.
    const isPassedOn = rootName(nix) === (other && rootName(other.nix)) && identity !== other?.identity;
    const same = packages.find((each) => each.name === name);
    if (attribute !== '' && !isRootAttribute(attribute))
      leftOut.push({ name: label, why: `it is not ${rootAttributeText}` });
    else if (same) leftOut.push({ name: label, why: `${rootName(same.nix)} has the same name` });
    else if (other && !isPassedOn)
      leftOut.push({ name: label, why: `its hash is written where that of ${other.name} is, at ${place}` });
    else {
      taken.set(place, one);
      packages.push(withoutMarks(one));
    }
  }
  return { packages, leftOut };
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
