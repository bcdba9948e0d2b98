import path from 'node:path';
import { UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';
import type { Edit } from './edit.ts';
import type { DerivationRef } from './target.ts';

// A flake in git has only the files of git's index (Nix manual, "nix flake"), so a new file has to
// be added first: `git add --intent-to-add` is enough.

/**
 * Adds the files that edits created to git's index, if a flake is read through git.
 * @returns a function that removes them again; other entries stay
 * @throws UserError `ignored-by-git`
 */
export async function introduce(
  { root }: DerivationRef,
  edits: readonly Edit[],
  run: Run,
): Promise<() => Promise<void>> {
  const made = edits.flatMap(({ file, before }) => (before === undefined ? [file] : []));
  if (root?.kind !== 'flake' || !root.url.startsWith('git+') || made.length === 0) return async () => {};
  const { checkout } = root;
  const git = (...args: string[]) => run('git', ['-C', checkout, ...args]);
  const listed = await git('ls-files', '-z', '--', ...made.map(literally));
  const known = new Set(listed.stdout.split('\0').map((name) => path.join(checkout, name)));
  const fresh = made.filter((file) => !known.has(file));
  if (fresh.length === 0) return async () => {};
  const added = await git('add', '--intent-to-add', '--', ...fresh.map(literally));
  if (added.code === 0) return () => forget(checkout, fresh, run);
  const names = fresh.map((file) => path.relative(checkout, file)).join(' and ');
  throw new UserError(
    'ignored-by-git',
    `git can't add ${names} (${added.stderr.trim().split('\n')[0]}), so a flake can't see it. Remove it from .gitignore: it has to be committed. Nothing was changed.`,
  );
}

/**
 * The files of a repository that git does not ignore, as paths relative to a folder, sorted.
 * @param patterns selects files (gitglossary, "pathspec"); not set: all files of the folder
 * @returns undefined outside of a repository
 */
export async function listed(
  folder: string,
  run: Run,
  ...patterns: readonly string[]
): Promise<string[] | undefined> {
  const flags = ['--cached', '--others', '--exclude-standard', '-z'];
  const { code, stdout } = await run('git', ['-C', folder, 'ls-files', ...flags, '--', ...patterns]);
  if (code !== 0) return undefined;
  // A file with a conflict has several entries.
  return [...new Set(stdout.split('\0'))].filter((name) => name !== '').sort();
}

/** Removes files from git's index, whether or not they are in it. */
export async function forget(dir: string, files: readonly string[], run: Run): Promise<void> {
  if (files.length > 0) await run('git', ['-C', dir, 'update-index', '--force-remove', '--', ...files]);
}

/** A path as itself, not as a pattern (gitglossary, "pathspec"). */
const literally = (file: string): string => `:(literal)${file}`;
