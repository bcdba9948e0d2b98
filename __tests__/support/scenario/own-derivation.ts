import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runText } from '../nix/run.ts';
import { checkout } from '../runner/runner.ts';
import { madeOnce } from './made-once.ts';
import { Repository } from './repository.ts';
import { lockSmall, type SmallProject, uvFod } from './small.ts';
import type { World } from './world.ts';

/** Files of an example, as somebody would copy them. */
export const copyExample = (name: string, dir: string): Promise<void> =>
  cp(path.join(checkout, 'examples', name), dir, { recursive: true });

/** The example without our library: its hash is pinned, and six 1.16.0 → 1.17.0 on top. */
export async function makeOwn(dir: string): Promise<SmallProject> {
  const { dir: from, value } = await madeOnce('own-derivation', makeFirst);
  return { repository: await Repository.copy(from, dir), ...value };
}

async function makeFirst(dir: string): Promise<Omit<SmallProject, 'repository'>> {
  const repository = await Repository.create(dir);
  await copyExample('own-derivation', repository.work);
  await lockSmall(repository.work, '1.16.0');
  await repository.push('A derivation without a hash');
  await pinOwn(repository.work, 'app');
  const pinned = await repository.push('Pin the dependencies');
  await lockSmall(repository.work, '1.17.0');
  return { pinned, bumped: await repository.push('Bump six to 1.17.0') };
}

/** Has the command line compute the hash. */
export async function pinOwn(work: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await uvFod(['update', ...args], work);
  if (code !== 0) throw new Error(`uv-fod update ended with ${code}:\n${stderr}`);
  return stdout;
}

/** The hash of the example's derivation. */
export const ownHash = (text: string): string => /\bhash = ("[^"]+"|lib\.fakeHash);/.exec(text)?.[1] ?? '';

/** A file of a branch of the repository on the server. */
export const fileAt = ({ bare }: Repository, ref: string, file: string): Promise<string> =>
  runText('git', ['-C', bare, 'show', `${ref}:${file}`]);

export async function replaceIn(file: string, from: string | RegExp, to: string): Promise<void> {
  const before = await readFile(file, 'utf8');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} has no ${from}`);
  await writeFile(file, after);
}

/** The pull request that was opened last. */
export function proposedPull({ github }: World): { title: string; body: string } {
  const opened = github.requests.filter(
    ({ method, path: route }) => method === 'POST' && route.endsWith('/pulls'),
  );
  return opened.at(-1)?.body as { title: string; body: string };
}
