import { realpath } from 'node:fs/promises';
import path from 'node:path';

/** The Pythons of a check. */
export interface Interpreters {
  /** Imports: the one of the output, which finds its packages. */
  readonly imports: string;
  /**
   * Runs the check and decides. Not the output's own if possible: packages may have changed how that one starts
   * (`pyvenv.cfg`).
   */
  readonly decides: string;
}

/**
 * Finds the Pythons for an output of buildUvEnv: its own is a program that starts the one below `libexec`, which is a link to the
 * interpreter that the environment was made from.
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

/** In the store, which is the folder that `out` is in, and not in `out`. */
const isElsewhereInStore = (file: string, out: string): boolean =>
  file.startsWith(`${path.dirname(out)}/`) && !file.startsWith(`${out}/`);
