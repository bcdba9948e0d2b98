import path from 'node:path';
import { seenPackages } from '../../nix/answers.ts';
import { type Position, requireFile } from '../../nix/evaluate.ts';
import { ask } from '../../nix/expression.ts';
import { failureText } from '../../nix/failure.ts';
import { derivationRef, type NixRoot } from '../../nix/target.ts';
import { UserError } from '../../system/errors.ts';
import { readText } from '../../system/files.ts';
import type { Log } from '../../system/log.ts';
import type { Run } from '../../system/run.ts';

/** A derivation that uv-fod can keep up to date. */
export interface FoundPackage {
  readonly attribute: string;
  readonly nix: NixRoot;
  readonly systems: readonly string[];
  /** Repository of its source, if it is on GitHub. */
  readonly source: { readonly owner: string; readonly repo: string; readonly tag: string } | undefined;
}

/** A derivation that evaluation found. */
export interface SeenPackage extends FoundPackage {
  /** Position of its hash; undefined if Nix does not report it. */
  readonly hashAt: Position | undefined;
}

/**
 * Finds packages by evaluating Nix code of a repository.
 * @param given where to look, relative to the root of the repository; undefined: in `default.nix`
 *   and `flake.nix` at the root
 * @returns what was found, and notes about what could not be evaluated
 * @throws UserError `file-missing` if a given file is missing
 */
export async function packagesAt(
  root: string,
  given: NixRoot | undefined,
  run: Run,
  log: Log,
): Promise<{ packages: SeenPackage[]; notes: string[] }> {
  if (given) await requireFile(derivationRef(given, '', root));
  const roots = given ? [{ name: rootName(given), nix: given }] : rootsAtTop;
  const [packages, notes]: [SeenPackage[], string[]] = [[], []];
  for (const { name, nix } of roots) {
    if (!given && (await readText(path.join(root, name))) === undefined) continue;
    const looked = await packagesOf(name, nix, root, run, log);
    notes.push(...looked.notes);
    packages.push(...looked.packages);
  }
  return { packages, notes };
}

const rootsAtTop: readonly { readonly name: string; readonly nix: NixRoot }[] = [
  { name: 'default.nix', nix: { kind: 'file', file: 'default.nix' } },
  { name: 'flake.nix', nix: { kind: 'flake', flake: '.' } },
];

/** Its name in messages. */
export function rootName(nix: NixRoot): string {
  if (nix.kind === 'expression') return 'the expression';
  return nix.kind === 'file' ? nix.file : path.join(nix.flake, 'flake.nix');
}

interface SeenDerivation {
  readonly attribute: string;
  readonly version: string;
  readonly systems: readonly string[];
  readonly owner: string | null;
  readonly repo: string | null;
  readonly tag: string | null;
  readonly position: Position | null;
}

/**
 * Finds attributes with `uvDeps` at the top of a file or flake, and in its sets one level down. Nix
 * stops at most errors, so each level is evaluated by itself.
 */
async function packagesOf(
  name: string,
  nix: NixRoot,
  root: string,
  run: Run,
  log: Log,
): ReturnType<typeof packagesAt> {
  const look = (title: string, question: string) =>
    log.group(title, () =>
      ask<readonly SeenDerivation[]>(
        derivationRef(nix, '', root),
        { question, shape: seenPackages },
        run,
      ).catch(reasonOf),
    );
  const first = await look(`Attributes of ${name}`, 'packagesAtTop');
  if (typeof first === 'string')
    return { packages: [], notes: [`${name} can't be evaluated (${first}). Name the attribute.`] };
  const packages = first.map((one) => packageOf(nix, one));
  const second = await look(`Attributes of the sets in ${name}`, 'packagesInSets');
  if (typeof second !== 'string') {
    packages.push(...second.map((one) => packageOf(nix, one)));
    return { packages, notes: [] };
  }
  const note = `The sets in ${name} can't be evaluated (${second}). Name the attribute if it is in one.`;
  return { packages, notes: [note] };
}

/** Why Nix can't evaluate, as a phrase. */
function reasonOf(error: unknown): string {
  if (!(error instanceof UserError)) throw error;
  return error.code === 'nix-missing' ? 'Nix is not installed' : failureText(error.log ?? error.message);
}

function packageOf(
  nix: NixRoot,
  { attribute, version, systems, owner, repo, tag, position }: SeenDerivation,
): SeenPackage {
  return {
    ...{ attribute, nix, systems },
    source: owner && repo ? { owner, repo, tag: tagPattern(tag ?? '', version) } : undefined,
    hashAt: position ?? undefined,
  };
}

/** The pattern of a tag: `version/2026.2.0` for version 2026.2.0 gives `version/{version}`. */
function tagPattern(tag: string, version: string): string {
  return version !== '' && tag.includes(version) ? tag.replace(version, '{version}') : 'v{version}';
}

/** A package that is not written into the configuration. */
export interface LeftOut {
  readonly attribute: string;
  readonly why: string;
}

/**
 * Keeps one package for each hash, because two would mean two pull requests for it; a flake and a
 * default.nix often have the same packages. The first name wins, and `default` only without
 * another.
 */
export function eachHashOnce(found: readonly SeenPackage[]): {
  readonly packages: FoundPackage[];
  readonly leftOut: LeftOut[];
} {
  const packages: FoundPackage[] = [];
  const leftOut: LeftOut[] = [];
  const taken = new Map<string, string>();
  const isDefault = ({ attribute }: SeenPackage): boolean => /(?:^|\.)default$/.test(attribute);
  for (const one of [...found.filter((each) => !isDefault(each)), ...found.filter(isDefault)]) {
    const { hashAt, ...rest } = one;
    const { attribute } = rest;
    const place = hashAt === undefined ? attribute : `${hashAt.file}:${hashAt.line}:${hashAt.column}`;
    const other = taken.get(place);
    if (packages.some((each) => each.attribute === attribute))
      leftOut.push({ attribute, why: 'default.nix has the same name' });
    else if (other !== undefined)
      leftOut.push({ attribute, why: `its hash is written where that of ${other} is, at ${place}` });
    else {
      taken.set(place, attribute);
      packages.push(rest);
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
