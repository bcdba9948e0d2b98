import path from 'node:path';
import { type DerivationRef, folderOf } from '../nix/target.ts';
import type { Context } from './types.ts';

/**
 * The file and line of Nix code where a hash is written: the derivation's own file, otherwise any
 * of the repository. Only Nix knows what it is bound to.
 */
export async function placeOfHash(
  hash: string,
  derivation: DerivationRef,
  { read, run }: Pick<Context, 'read' | 'run'>,
): Promise<{ file: string; line: number } | undefined> {
  if (hash === '') return undefined;
  const literal = `"${hash}"`;
  const { file } = derivation;
  const before = file === undefined ? [] : ((await read(file)) ?? '').split(literal);
  if (file !== undefined && before[1] !== undefined)
    return { file, line: (before[0] ?? '').split('\n').length };
  const folder = folderOf(derivation);
  const flags = ['--untracked', '--line-number', '--null', '--fixed-strings'];
  const found = await run('git', ['-C', folder, 'grep', ...flags, '-e', literal, '--', ':(top)*.nix']);
  const [name, line] = (found.stdout.split('\n')[0] ?? '').split('\0');
  return found.code === 0 && name ? { file: path.resolve(folder, name), line: Number(line) } : undefined;
}
