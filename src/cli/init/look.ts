import path from 'node:path';
import type { NixRoot } from '../../nix/target.ts';
import { readText } from '../../system/files.ts';
import type { Log } from '../../system/log.ts';
import type { Run } from '../../system/run.ts';
import { packagesOf, type SeenPackage } from './attributes.ts';
import { type SeenForge, seeForge } from './forges.ts';

/** What `init` knows about a repository. */
export interface Facts {
  /** Root of the repository. */
  readonly root: string;
  /** Branch that workflows run on. */
  readonly branch: string;
  /** Locks, relative to `root`. */
  readonly locks: readonly string[];
  readonly packages: readonly SeenPackage[];
  readonly seen: SeenForge;
  /** What could not be evaluated, and why. */
  readonly notes: readonly string[];
}

/**
 * Inspects a repository. Attributes are found by evaluating `flake.nix` and `default.nix` at its
 * root.
 * @param root of the repository
 */
export async function lookAt(root: string, run: Run, log: Log): Promise<Facts> {
  const notes: string[] = [];
  const packages: SeenPackage[] = [];
  for (const nix of await rootsOf(root)) {
    const looked = await packagesOf(nix, root, run, log);
    notes.push(...looked.notes);
    packages.push(...looked.found);
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
