import path from 'node:path';
import { buildLockName, isBuildLockName } from '../build-lock/text.ts';
import { type DerivationRef, folderOf } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { Context } from './types.ts';

/** A path of Nix code that ends as build locks do. */
const statedPath = /(?<![\w.~/-])\.{1,2}\/[\w+./-]*\.lock\.json(?![\w.-])/g;

/**
 * A derivation's build lock, without Nix to ask: the one that its file states, else that of its
 * folder, else that of the repository; of several, the one with the attribute's name.
 * @throws UserError `build-lock-missing`
 */
export async function findBuildLock(
  derivation: DerivationRef,
  context: Pick<Context, 'read' | 'run'>,
): Promise<{ readonly file: string; readonly text: string }> {
  const stated = await statedIn(derivation, context);
  const listed = await listedAround(derivation, context);
  const folder = folderOf(derivation);
  const beside = listed.filter((file) => path.dirname(file) === folder);
  const found = [stated, beside, listed].find((files) => files.length > 0) ?? [];
  const own = `${derivation.attribute.split('.').at(-1)}.lock.json`;
  const file = found.length > 1 ? found.find((one) => path.basename(one) === own) : found[0];
  const text = file === undefined ? undefined : await context.read(file);
  if (file !== undefined && text !== undefined) return { file, text };
  const why =
    found.length > 1
      ? `to say which of ${found.map((one) => path.relative(folder, one)).join(', ')} is the build lock of '${derivation.attribute}': call it ${own}`
      : `and no ${file ?? path.join(folder, buildLockName)}, so nothing says what the hash was declared for: run 'uv-fod update' once where there is Nix`;
  throw new UserError(
    'build-lock-missing',
    `There is no Nix here ${why}, or install Nix in a step before this one.`,
  );
}

async function statedIn({ file }: DerivationRef, { read }: Pick<Context, 'read'>): Promise<string[]> {
  const text = file === undefined ? '' : ((await read(file)) ?? '');
  const folder = path.dirname(file ?? '.');
  return [...new Set([...text.matchAll(statedPath)].map(([name]) => path.resolve(folder, name)))];
}

/** Build locks of the repository that git tracks, or would track. */
async function listedAround(
  derivation: DerivationRef,
  { read, run }: Pick<Context, 'read' | 'run'>,
): Promise<string[]> {
  const folder = folderOf(derivation);
  const flags = ['--cached', '--others', '--exclude-standard', '-z'];
  const listed = await run('git', ['-C', folder, 'ls-files', ...flags, '--', ':(top)*.lock.json']);
  // Outside of a repository, the default one.
  const names = listed.code === 0 ? listed.stdout.split('\0').filter(isBuildLockName) : [buildLockName];
  const files = [...new Set(names)].map((name) => path.resolve(folder, name)).sort();
  const texts = await Promise.all(files.map(read));
  // Other tools have files with such names.
  return files.filter((_, index) => ['"systems"', '"target"'].every((key) => texts[index]?.includes(key)));
}
