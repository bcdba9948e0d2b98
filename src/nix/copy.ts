import { cp, link, lstat, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../system/errors.ts';
import { pathBelow, repositoryOf } from '../system/inside.ts';
import type { Log } from '../system/log.ts';
import type { Run } from '../system/run.ts';
import { listed } from './git-index.ts';
import type { NixTools } from './nix-build.ts';
import { type DerivationRef, folderOf, movedRef } from './target.ts';

/** Files of a repository in another folder, where changes can be tried. */
export interface Copy {
  /** The derivation in the copy. */
  readonly derivation: DerivationRef;
  /** Folder of the copy, and root of the repository. */
  readonly dir: string;
  readonly root: string;
  /** Replaces the copy's folder in a text with the repository's. */
  original(text: string): string;
  /** Writes a file of the copy. @param file its path in the repository */
  write(file: string, text: string): Promise<void>;
  /** Deletes the copy. */
  remove(): Promise<void>;
}

/** The folder that a derivation's files are in: its git repository, or the folder of its file. */
export const rootOf = async (derivation: DerivationRef): Promise<string> =>
  derivation.root?.kind === 'flake'
    ? derivation.root.checkout
    : ((await repositoryOf(folderOf(derivation))) ?? folderOf(derivation));

/**
 * Runs a step in a copy of the repository, which is deleted afterwards. In the step's log and
 * errors, paths are those in the repository.
 * @param commit as for `copyOf`
 */
export async function inCopy<C extends NixTools & { readonly scratch: string }, T>(
  derivation: DerivationRef,
  context: C,
  step: (copy: Copy, there: C) => Promise<T>,
  commit?: string,
): Promise<T> {
  const copy = await copyOf(derivation, context, commit);
  const { log } = context;
  const shown: Log = {
    info: (text) => log.info(copy.original(text)),
    warning: (text) => log.warning(copy.original(text)),
    progress: (text) => log.progress(copy.original(text)),
    group: (title, own) => log.group(copy.original(title), own),
  };
  try {
    return await step(copy, { ...context, log: shown });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { code, message, at } = error;
    const place = at && { ...at, file: copy.original(at.file) };
    throw new UserError(code, copy.original(message), { ...error, at: place });
  } finally {
    await copy.remove();
  }
}

/** Folder of all copies. Restricted evaluation may read it. */
export const copiesIn = (scratch: string): string => path.join(scratch, 'copies');

/**
 * Copies the files that git does not ignore, so that Nix can evaluate changes to them while the
 * repository stays as it is.
 * @param scratch folder for temporary files
 * @param commit copies the files of this commit, instead of the present ones
 */
export async function copyOf(
  derivation: DerivationRef,
  { run, scratch }: { readonly run: Run; readonly scratch: string },
  commit?: string,
): Promise<Copy> {
  const root = await rootOf(derivation);
  await mkdir(copiesIn(scratch), { recursive: true });
  // The folder keeps its name, because some expressions use it.
  const dir = path.join(await mkdtemp(`${copiesIn(scratch)}/`), path.basename(root) || 'root');
  await mkdir(dir);
  if (commit === undefined) await copyFiles(root, dir, run);
  else await checkOut(commit, root, dir, run);
  // Its own repository, so that a search for the root does not find another one.
  await run('git', ['init', '--quiet', '--template=', dir]);
  await run('git', ['-C', dir, 'add', '--all', '--force', '--intent-to-add']);
  return {
    ...{ dir, root },
    derivation: movedRef(derivation, root, dir),
    original: (text) => text.replaceAll(dir, root),
    write: async (file, text) => {
      const inside = pathBelow(root, file);
      if (inside === undefined) throw new Error(`${file} is not in ${root}`);
      const own = path.join(dir, inside);
      // It may be a hard link to the file of the repository.
      await rm(own, { force: true });
      await writeFile(own, text);
    },
    remove: () => rm(path.dirname(dir), { recursive: true, force: true }),
  };
}

async function copyFiles(root: string, dir: string, run: Run): Promise<void> {
  const files = await filesOf(root, run);
  for (const folder of new Set(files.map((one) => path.dirname(one))))
    await mkdir(path.join(dir, folder), { recursive: true });
  await Promise.all(files.map((one) => place(path.join(root, one), path.join(dir, one))));
}

/** Copies the files of a commit; the repository's own index does not change. */
async function checkOut(commit: string, root: string, dir: string, run: Run): Promise<void> {
  const env = { GIT_INDEX_FILE: path.join(path.dirname(dir), 'index') };
  await run('git', ['-C', root, 'read-tree', commit], { env });
  await run('git', ['-C', root, 'checkout-index', '--all', `--prefix=${dir}/`], { env });
}

/**
 * Paths of the files that git does not ignore, relative to the root; outside of git, of all
 * files.
 */
export async function filesOf(root: string, run: Run): Promise<string[]> {
  const names = await listed(root, run);
  if (names) return names;
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((one) => !one.isDirectory())
    .map((one) => path.relative(root, path.join(one.parentPath, one.name)))
    .filter((name) => !/(?:^|\/)\.git(?:\/|$)/.test(name));
}

/** Puts a file into another folder, as a hard link if possible. */
async function place(from: string, to: string): Promise<void> {
  const found = await lstat(from).catch(() => undefined);
  // For a submodule, git lists only the folder.
  const copy = () => cp(from, to, { recursive: true, verbatimSymlinks: true });
  if (found?.isFile()) await link(from, to).catch(copy);
  else if (found?.isSymbolicLink() || found?.isDirectory()) await copy();
}
