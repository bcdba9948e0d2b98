import { realpath } from 'node:fs/promises';
import path from 'node:path';

/** The Python interpreters of a check. */
export interface Interpreters {
  /** Imports: that of the output, which finds its packages. */
  readonly imports: string;
  /**
   * Runs the check and decides. If possible not the output's own, whose start packages may have
   * changed (`pyvenv.cfg`).
   */
  readonly decides: string;
}

/**
 * Finds the interpreters for an output of buildUvEnv: its own starts the one in `libexec`, a link
 * to the interpreter that the environment was made from.
 *
 * @param out store path of the output
 * @param python `3.14` or `3.14.8`
 */
export async function interpretersOf(out: string, python: string): Promise<Interpreters> {
  const name = `python${python.split('.').slice(0, 2).join('.')}`;
  const imports = path.join(out, 'bin', name);
  for (const link of [path.join(out, 'libexec', name), imports]) {
    const real = await realpath(link).catch(() => undefined);
    if (real !== undefined && isElsewhereInStore(real, out)) return { imports, decides: real };
  }
  return { imports, decides: imports };
}

/** In the store, but not in `out`. */
const isElsewhereInStore = (file: string, out: string): boolean =>
  file.startsWith(`${path.dirname(out)}/`) && !file.startsWith(`${out}/`);
