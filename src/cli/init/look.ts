import path from 'node:path';
import type { NixRoot } from '../../config/types.ts';
import { evaluateJson } from '../../derivation/evaluate.ts';
import { whereOf } from '../../derivation/where.ts';
import { readText } from '../../effects/files.ts';
import type { Log } from '../../ports/log.ts';
import type { Run } from '../../ports/run.ts';
import { type SeenForge, seeForge } from './forges.ts';

/** A derivation that this program can keep current. */
export interface FoundPackage {
  readonly attribute: string;
  readonly nix: NixRoot;
  /** Empty where that is not known. */
  readonly version: string;
  readonly systems: readonly string[];
  /** Where its source is from, if that is GitHub. */
  readonly source: { readonly owner: string; readonly repo: string; readonly tag: string } | undefined;
}

/** What a repository looks like from outside. */
export interface Facts {
  /** Top folder of the repository. */
  readonly root: string;
  /** Branch that workflows run on. */
  readonly branch: string;
  /** Locks, relative to `root`. */
  readonly locks: readonly string[];
  readonly packages: readonly FoundPackage[];
  readonly seen: SeenForge;
  /** What could not be looked at, and why. */
  readonly notes: readonly string[];
}

/**
 * Looks at the repository that a folder is in. Attributes are found by evaluation, in `flake.nix` and `default.nix` at its top.
 * @param root top folder
 */
export async function lookAt(root: string, run: Run, log: Log): Promise<Facts> {
  const notes: string[] = [];
  const packages: FoundPackage[] = [];
  for (const nix of await rootsOf(root)) {
    const { found, note } = await packagesOf(nix, root, run, log);
    if (note !== undefined) notes.push(note);
    // A flake and a default.nix often have the same packages.
    packages.push(...found.filter((one) => packages.every(({ attribute }) => attribute !== one.attribute)));
  }
  const [branch, locks, seen] = [
    await branchOf(root, run),
    await locksOf(root, run),
    await seeForge(root, run),
  ];
  return { root, branch, locks, packages, seen, notes };
}

async function rootsOf(root: string): Promise<NixRoot[]> {
  const has = async (file: string): Promise<boolean> => (await readText(path.join(root, file))) !== undefined;
  return [
    ...((await has('default.nix')) ? [{ kind: 'file', file: 'default.nix' } as const] : []),
    ...((await has('flake.nix')) ? [{ kind: 'flake', flake: '.' } as const] : []),
  ];
}

interface Raw {
  readonly name: string;
  readonly version: string;
  readonly systems: readonly string[];
  readonly owner: string | null;
  readonly repo: string | null;
  readonly tag: string | null;
}

/** Attributes with `uvDeps` right below the root. One that does not evaluate, or is too far off to look at, is not of them. */
const ours = `
  let
    try = body: let tried = builtins.tryEval body; in if tried.success then tried.value else null;
    isOurs = name: try (builtins.isAttrs root.\${name} && root.\${name} ? uvDeps) == true;
    text = value: if builtins.isString value then builtins.unsafeDiscardStringContext value else null;
    tell = name: let package = root.\${name}; src = package.src or { }; in {
      inherit name;
      version = package.version or "";
      systems = builtins.attrNames (package.uvDeps.systems or { });
      owner = text (src.owner or null);
      repo = text (src.repo or null);
      tag = text (src.tag or src.rev or null);
    };
    names = builtins.attrNames root;
  in
  # A whole nixpkgs is not searched.
  if builtins.length names > 1000 then [ ] else map tell (builtins.filter isOurs names)
`;

async function packagesOf(
  nix: NixRoot,
  root: string,
  run: Run,
  log: Log,
): Promise<{ found: FoundPackage[]; note?: string }> {
  const name = nix.kind === 'flake' ? 'flake.nix' : 'default.nix';
  const answer = await log.group(`Attributes of ${name}`, () =>
    evaluateJson<readonly Raw[]>(whereOf(nix, '', root), ours, run),
  );
  if ('value' in answer) {
    const found = answer.value.map(({ name: attribute, version, systems, owner, repo, tag }) => ({
      ...{ attribute, nix, version, systems },
      source: owner && repo ? { owner, repo, tag: tagPattern(tag ?? '', version) } : undefined,
    }));
    return { found };
  }
  if (answer.code === 127)
    return { found: [], note: `There is no Nix here, so ${name} was not evaluated: name the attribute.` };
  const [reason = ''] = answer.stderr.split('\n').filter((line) => line.startsWith('error:'));
  return {
    found: [],
    note: `${name} can't be evaluated (${reason || 'see --verbose'}): name the attribute.`,
  };
}

/** `version/2026.2.0` of version 2026.2.0 is `version/{version}`. */
function tagPattern(tag: string, version: string): string {
  return version !== '' && tag.includes(version) ? tag.replace(version, '{version}') : 'v{version}';
}

/** The remote's default branch, else the one that is checked out. */
async function branchOf(root: string, run: Run): Promise<string> {
  const git = (...args: string[]) => run('git', ['-C', root, ...args]);
  const remote = await git('symbolic-ref', '--short', 'refs/remotes/origin/HEAD');
  if (remote.code === 0) return remote.stdout.trim().replace(/^origin\//, '');
  const here = await git('symbolic-ref', '--short', 'HEAD');
  return here.code === 0 ? here.stdout.trim() : 'main';
}

async function locksOf(root: string, run: Run): Promise<string[]> {
  const flags = ['--cached', '--others', '--exclude-standard', '-z'];
  const listed = await run('git', ['-C', root, 'ls-files', ...flags, '--', 'uv.lock', '*/uv.lock']);
  return [...new Set(listed.stdout.split('\0'))].filter((name) => name !== '').sort();
}
