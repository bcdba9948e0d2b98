import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { artifactsOf, targetOfLock } from '../contents/of-locks.ts';
import { UserError } from '../system/errors.ts';
import type { Project, ReadText } from '../uv/lock/project.ts';
import type { Installed } from './changes.ts';

/**
 * The folder of the uv.lock that a build lock belongs to: the build lock's folder, or its only
 * subfolder with a uv.lock.
 *
 * @param foldersIn lists the folders in a folder, as paths; default: on disk
 * @returns undefined if it is missing, or if there are several
 */
export async function projectBeside(
  folder: string,
  read: ReadText,
  foldersIn: (folder: string) => Promise<string[]> = foldersOnDisk,
): Promise<string | undefined> {
  const hasLock = async (one: string) => (await read(path.join(one, 'uv.lock'))) !== undefined;
  if (await hasLock(folder)) return folder;
  const found: string[] = [];
  for (const one of await foldersIn(folder)) if (await hasLock(one)) found.push(one);
  return found.length === 1 ? found[0] : undefined;
}

const foldersOnDisk = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { withFileTypes: true })).flatMap((entry) =>
    entry.isDirectory() ? [path.join(folder, entry.name)] : [],
  );

/**
 * The uv.lock in the folder of a derivation without fetchUvDeps, or in its only subfolder with one.
 * @param folder of the derivation
 * @param find `projectBeside`, on disk or in a commit
 * @param load reads the project of a folder, there
 * @returns undefined if it is missing or can't be read: it is only for the report and the policy
 */
export async function lockBeside(
  folder: string,
  systems: readonly string[],
  find: (folder: string) => Promise<string | undefined>,
  load: (folder: string) => Promise<Project>,
): Promise<Installed | undefined> {
  try {
    const found = await find(folder);
    if (found === undefined) return undefined;
    const project = await load(found);
    const { lock } = project;
    const targets = systems.map((system) => targetOfLock(lock, system));
    const plans = targets.map((target) => ({ target, artifacts: artifactsOf(lock, target) }));
    return { project, folder: found, plans, made: undefined };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
