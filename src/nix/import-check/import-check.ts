import { fileURLToPath } from 'node:url';
import { UserError } from '../../system/errors.ts';
import type { Log } from '../../system/log.ts';
import { printable } from '../../system/printable.ts';
import { causeOf } from '../failure.ts';
import { argStrings, type NixTools, nixBuild } from '../nix-build.ts';
import { checkBuilder } from '../no-builder.ts';
import { type ImportCheck, interpretersOf } from './interpreter.ts';
import { type ModuleResult, readVerdict } from './verdict.ts';

export interface Imported {
  readonly module: string;
  readonly file: string;
}

/** The imported modules, and the machines that imported them (`NixResult.machines`). */
export interface ImportResult {
  readonly imported: readonly Imported[];
  readonly machines: readonly string[];
}

/** In dist/, this file is next to the bundle. */
const expression = fileURLToPath(new URL('./import-check.nix', import.meta.url));

/** Limit in characters: all names are one argument of a program. */
const mostCharacters = 60_000;

/**
 * Imports each module with the output's own Python, in a Nix build: nothing of the output runs
 * outside of the sandbox. Nix keeps the result of a failed import, but not of one that reached a
 * time limit, which fails the build.
 *
 * @throws UserError `import-failed`; `no-builder` if no machine builds for the output's system
 */
export async function checkImports(check: ImportCheck, tools: NixTools): Promise<ImportResult> {
  const { out, system, isForeign, modules } = check;
  checkNames(modules);
  if (modules.length === 0) return { imported: [], machines: [] };
  const { imports, decides, folders } = await interpretersOf(check, tools.run);
  const args = argStrings({
    ...{ output: out, interpreter: decides, python: imports, system },
    ...{ modules: JSON.stringify(modules), folders: JSON.stringify(folders) },
  });
  const result = await nixBuild(
    // Removes the host's folders that nix.conf adds to builds, unless an emulator may be in them.
    [
      ...[expression, ...args],
      ...(system.endsWith('-linux') && !isForeign ? ['--option', 'sandbox-paths', ''] : []),
    ],
    tools,
    'Nix: import check, in the sandbox',
  );
  if (result.code !== 0) {
    checkBuilder('The import check of the output', result);
    const names = modules.join(', ').slice(0, 200);
    throw failed(
      `The output builds, but 'import ${names}' can't be checked: ${causeOf(result)}. Fix what the module does when it is imported; what the check printed is in the log.`,
      result.stderr,
    );
  }
  const verdict = await readVerdict(result.stdout.trim(), modules);
  if (verdict === undefined)
    throw failed(
      'The import check left no valid result: something that was imported has changed it. Find out which package does that before anything of this output runs elsewhere.',
    );
  const found = await tools.log.group('Import check of the built output', async () =>
    verdict.map((result) => imported(result, [out, ...folders], tools.log)),
  );
  return { imported: found, machines: result.machines };
}

/**
 * @param names a list of limited length (answers.ts)
 * @throws UserError `import-failed` for anything but module names
 */
function checkNames(names: readonly string[]): void {
  const wrong = names.find((name) => !/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(name));
  if (wrong !== undefined)
    throw failed(
      `'${shortened(JSON.stringify(wrong))}' is not the name of a Python module; correct pythonImportsCheck.`,
    );
  if (names.join().length > mostCharacters)
    throw failed(`pythonImportsCheck has more than ${mostCharacters} characters in all; leave modules out.`);
}

const shortened = (text: string): string => printable(text.slice(0, 200));

const failed = (message: string, log?: string): UserError =>
  new UserError('import-failed', message, log === undefined ? {} : { log });

/** @throws UserError `import-failed` */
function imported(
  { module, outcome, text = '', file = '' }: ModuleResult,
  folders: readonly string[],
  log: Log,
): Imported {
  const isInside = outcome === 'imported' && folders.some((one) => file.startsWith(`${one}/`));
  log.info(`python -I -c "import ${module}" → ${isInside ? printable(file) : outcome}`);
  if (isInside) return { module, file: printable(file) };
  if (text !== '') log.info(text);
  if (outcome === 'elsewhere' || outcome === 'imported')
    throw failed(
      `'${module}' is not a module of the output ${folders[0]}: correct pythonImportsCheck (or 'imports'), or the lock.`,
    );
  const lines = text.trim().split(/[\r\n]+/);
  const why = outcome === 'too-much' ? 'it prints more than 64 KiB' : shortened(lines.at(-1) ?? '');
  throw failed(
    `The output builds, but 'import ${module}' fails in it: ${why}. Fix the derivation (a missing native library, or a package that the lock lacks), or what the module does when it is imported.`,
    text,
  );
}
