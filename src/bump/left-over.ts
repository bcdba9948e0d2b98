import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { codeLiterals } from '../nix/code-literals.ts';
import { lineOf } from '../nix/literal.ts';
import { UserError } from '../system/errors.ts';
import { someOf } from '../system/printable.ts';
import type { BumpContext } from './context.ts';

/** Maximum number of places that a warning names. */
const SHOWN = 5;

/**
 * Warns if Nix files next to the changed ones still have the old version.
 * @param changed absolute paths
 */
export async function warnOfOldVersion(
  version: string,
  changed: readonly string[],
  context: Pick<BumpContext, 'root' | 'log' | 'edits'>,
): Promise<void> {
  const { root, log } = context;
  const escaped = version.replace(/[^\w]/g, '\\$&');
  const whole = new RegExp(`(?<!\\d|\\d\\.)${escaped}(?!\\.?\\d)`);
  const places: string[] = [];
  for (const folder of new Set(changed.map((file) => path.dirname(file)))) {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.nix'));
    for (const file of names.map(({ name }) => path.join(folder, name)).sort()) {
      const text = await textOf(file, context);
      for (const { value, start } of codeLiterals(text))
        if (whole.test(value)) places.push(`${path.relative(root, file)}:${lineOf(text, start)}`);
    }
  }
  if (places.length === 0) return;
  log.warning(
    `The old version, ${version}, is still written in ${someOf(places, SHOWN)}. If it has to change with the package, list it under 'version-files' in the configuration.`,
  );
}

/** The text of a file; empty if it is too large or can't be read. */
async function textOf(file: string, { edits }: Pick<BumpContext, 'edits'>): Promise<string> {
  try {
    return await edits.read(file);
  } catch (error) {
    if (error instanceof UserError) return '';
    throw error;
  }
}
