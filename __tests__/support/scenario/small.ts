import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { madeOnce } from './made-once.ts';
import { Repository } from './repository.ts';
import { lockSmall, uvFod, writeSmall } from './small-project.ts';

export { lockSmall, nixPath, smallDerivation, uvFod, writeSmall } from './small-project.ts';

export interface SmallProject {
  readonly repository: Repository;
  readonly pinned: string;
  readonly bumped: string;
}

/**
 * A repository with the project pinned, and six 1.16.0 → 1.17.0 on top that nobody computed a hash
 * for. A copy: locking and pinning take seconds.
 */
export async function makeSmall(dir: string): Promise<SmallProject> {
  const { dir: from, value } = await madeOnce('small', makeFirst);
  return { repository: await Repository.copy(from, dir), ...value };
}

async function makeFirst(dir: string): Promise<Omit<SmallProject, 'repository'>> {
  const repository = await Repository.create(dir);
  await writeSmall(repository.work);
  const { code, stderr } = await uvFod(['update', 'small', '--no-verify'], repository.work);
  if (code !== 0) throw new Error(`uv-fod update ended with ${code}:\n${stderr}`);
  const pinned = await repository.push('Pin the dependencies');
  await lockSmall(repository.work, '1.17.0');
  return { pinned, bumped: await repository.push('Bump six to 1.17.0') };
}

/** Changes a file of the working tree. */
export async function edit(
  repository: Repository,
  file: string,
  change: (text: string) => string,
): Promise<void> {
  const full = path.join(repository.work, file);
  const before = await readFile(full, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`the change leaves ${file} as it is`);
  await writeFile(full, after);
}
