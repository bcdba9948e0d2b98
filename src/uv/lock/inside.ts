import { stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../system/errors.ts';
import { requireInside } from '../../system/inside.ts';
import { printable } from '../../system/printable.ts';
import { clip } from './reader.ts';
import { isTree, pathIn } from './source.ts';
import type { Lock, LockedPackage } from './types.ts';

/**
 * Refuses a lock with sources or files outside of the repository, before they are read: links of an
 * untrusted checkout may lead to any file of this machine.
 * @param root folder that the lock's paths are relative to
 * @throws UserError `file-outside`, `file-unreadable`
 */
export async function checkPaths(lock: Lock, root: string, repository: string): Promise<void> {
  const what = (name: string): string =>
    printable(`'${clip(name)}', a source in ${path.basename(lock.file)},`);
  // This file of a folder is read, and may be a link.
  const folders = lock.packages.flatMap(({ source }) =>
    isTree(source) || source.kind === 'registry-path' ? [source.path] : [],
  );
  for (const folder of new Set(folders))
    await requireInside(repository, path.resolve(root, folder, 'pyproject.toml'), what(folder));
  for (const file of new Set(lock.packages.flatMap(filesOf))) {
    const at = path.resolve(root, file);
    await requireInside(repository, at, what(file));
    const found = await stat(at).catch(() => undefined);
    if (found === undefined || found.isFile()) continue;
    throw new UserError(
      'file-unreadable',
      `${what(file)} is not a regular file. Put the file itself into the repository.`,
    );
  }
}

/**
 * Wheels and sdists of a package in the repository; those of a local registry are in its folder.
 */
function filesOf({ source, wheels, sdist }: LockedPackage): string[] {
  const inFolder = (file: string): string =>
    source.kind === 'registry-path' ? pathIn(source.path, file) : file;
  const listed = [...wheels, ...(sdist ? [sdist] : [])].flatMap(({ path: file }) => file ?? []);
  return [...(source.kind === 'path' ? [source.path] : []), ...listed.map(inFolder)];
}
