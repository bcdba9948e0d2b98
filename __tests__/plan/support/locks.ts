import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const DEFAULT = path.resolve(import.meta.dirname, '../../../../shared/locks');

/**
 * Whether there are locks to compare with: a folder that was named has to be there, the one beside
 * the checkout need not.
 */
export const hasRealLocks = process.env.UV_FOD_LOCKS !== undefined || existsSync(DEFAULT);

/** A scratch copy of the folder of real locks, so that nothing is ever written beside them. */
export async function copyRealLocks(): Promise<ReadonlyMap<string, string>> {
  const folder = process.env.UV_FOD_LOCKS ?? DEFAULT;
  const names = await readdir(folder).catch(() => {
    throw new Error(`There are no real locks in ${folder}: set UV_FOD_LOCKS to the folder that holds them.`);
  });
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'uv-fod-locks-'));
  await cp(folder, scratch, { recursive: true });
  const projects = names
    .filter((name) => !name.endsWith('.md'))
    .map((name) => [name, path.join(scratch, name)] as const);
  return new Map(projects);
}
