import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UserError } from '../ports/errors.ts';
import type { Log } from '../ports/log.ts';
import type { Run } from '../ports/run.ts';

export interface Imported {
  readonly module: string;
  readonly file: string;
}

/**
 * Imports each module with the output's own Python, and checks that it came out of the output.
 *
 * `-I` (isolated: no current folder, no PYTHON* variables, no user site) and an empty folder, because a folder that happens
 * to be called like the module would be imported in its place. `-B`, because root could write bytecode into the store, which then
 * holds other bytes than Nix has registered.
 *
 * @param out store path of the output
 * @param python `3.14` or `3.14.8`; the interpreter is `bin/python3.14`
 * @throws UserError `import-failed`
 */
export async function proveImports(
  out: string,
  python: string,
  modules: readonly string[],
  run: Run,
  log: Log,
): Promise<Imported[]> {
  const interpreter = path.join(out, 'bin', `python${python.split('.').slice(0, 2).join('.')}`);
  const empty = await mkdtemp(path.join(tmpdir(), 'uv-fod-proof-'));
  try {
    return await log.group('Proof: imports in the built output', async () => {
      const imported: Imported[] = [];
      for (const module of modules) imported.push(await importOne(out, interpreter, module, empty, run, log));
      return imported;
    });
  } finally {
    await rm(empty, { recursive: true, force: true });
  }
}

async function importOne(
  out: string,
  interpreter: string,
  module: string,
  cwd: string,
  run: Run,
  log: Log,
): Promise<Imported> {
  if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(module)) {
    throw new UserError(
      'import-failed',
      `'${module}' is no name of a Python module; correct pythonImportsCheck.`,
    );
  }
  const code = `import ${module}; print(${module}.__file__)`;
  const result = await run(interpreter, ['-I', '-B', '-c', code], { cwd, onlyEnv: {} });
  const file = result.stdout.trim().split('\n').at(-1) ?? '';
  log.info(`python -I -B -c "${code}" → ${result.code === 0 ? file : `exit ${result.code}`}`);
  if (result.code !== 0) {
    log.info(result.stderr);
    const last = result.stderr.trim().split('\n').at(-1) ?? '';
    throw new UserError(
      'import-failed',
      `The output builds, but 'import ${module}' fails in it: ${last}. Mend the derivation (a missing native library, or a package that the lock lacks).`,
      { log: result.stderr },
    );
  }
  // As Python found it: a package of the output may itself be a link to a store path that the output is made from.
  if (!path.resolve(file).startsWith(`${out}/`)) {
    throw new UserError(
      'import-failed',
      `'import ${module}' gave ${file}, which is not inside the output ${out}: the output does not hold the module.`,
    );
  }
  return { module, file };
}
