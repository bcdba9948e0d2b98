import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseConfig } from '../../config/parse.ts';
import type { Config } from '../../config/types.ts';
import { UserError } from '../../system/errors.ts';
import { readText } from '../../system/files.ts';
import { configPath } from './decide.ts';
import type { NewFile } from './workflow.ts';

/** The files to write, and those to keep. */
export interface FilePlan {
  readonly write: readonly (NewFile & { readonly before: string | undefined })[];
  /** Paths of existing files that are kept. */
  readonly kept: readonly string[];
}

/**
 * Keeps an existing configuration.
 * @throws UserError `file-exists` if a workflow exists and differs
 */
export async function planFiles(files: readonly NewFile[], root: string, force: boolean): Promise<FilePlan> {
  const [write, kept]: [FilePlan['write'][number][], string[]] = [[], []];
  for (const file of files) {
    const before = await readText(path.join(root, file.path));
    const isKept = before === file.text || (!force && before !== undefined && file.path === configPath);
    if (isKept) kept.push(file.path);
    else if (before === undefined || force) write.push({ ...file, before });
    else
      throw new UserError(
        'file-exists',
        `${file.path} exists with other content, so nothing was written. See what would change with --dry-run --force, overwrite it with --force, or choose another --use.`,
      );
  }
  return { write, kept };
}

/** The configuration that the repository has afterwards: the existing one if that is kept. */
export async function configAfter({ kept }: FilePlan, root: string, made: string): Promise<Config> {
  const text = kept.includes(configPath) ? await readText(path.join(root, configPath)) : made;
  return parseConfig(text ?? '', configPath);
}

export async function writeAll(files: readonly NewFile[], root: string): Promise<void> {
  for (const { path: name, text } of files) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
