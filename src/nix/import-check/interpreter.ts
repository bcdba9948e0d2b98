import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../system/errors.ts';
import type { Run } from '../../system/run.ts';
import { requisites } from '../fixed-drv.ts';

/** The Python interpreters of a check. */
interface Interpreters {
  /** Runs the imports: if possible the output's own Python, which finds the output's packages. */
  readonly imports: string;
  /**
   * Runs the check and decides. If possible not the output's own Python, because packages may have
   * changed how it starts (`pyvenv.cfg`).
   */
  readonly decides: string;
  /** Folders of modules that `imports` does not find by itself. */
  readonly folders: readonly string[];
}

/** The modules of an output to import. */
export interface ImportCheck {
  /** Store path of the output. */
  readonly out: string;
  /** `3.14` or `3.14.8`; the interpreter is `bin/python3.14`. Undefined: any Python. */
  readonly python: string | undefined;
  /** Store path of the Python that imports; undefined: the output's, or the one it depends on. */
  readonly interpreter: string | undefined;
  /** System that the output was built for. */
  readonly system: string;
  /** Whether Nix builds for another system here. */
  readonly isForeign: boolean;
  /** `pythonImportsCheck` of the derivation, a list of at most 1,000 names (answers.ts). */
  readonly modules: readonly string[];
}

/**
 * Finds the interpreters for an output: the named one; otherwise the output's own, which may be in
 * an environment below it; otherwise the only one that the output depends on.
 *
 * The Python of buildUvEnv starts the one in `libexec`, a link to the interpreter that the
 * environment was made from.
 * @throws UserError `interpreter-missing`
 */
export async function interpretersOf(sought: ImportCheck, run: Run): Promise<Interpreters> {
  const { out, python, interpreter } = sought;
  if (interpreter !== undefined) return foreign(await namedPython(interpreter), sought, run);
  const own =
    python === undefined
      ? await pythonBelow(out, 3)
      : path.join(out, 'bin', `python${python.split('.').slice(0, 2).join('.')}`);
  if (own === undefined) return foreign(await pythonInClosure(out, run), sought, run);
  // A link to a Python elsewhere finds nothing of the output by itself.
  const folders = python === undefined ? await foldersFor(sought, run) : [];
  for (const link of [path.join(out, 'libexec', path.basename(own)), own]) {
    const real = await realpath(link).catch(() => undefined);
    if (real !== undefined && isElsewhereInStore(real, out)) return { imports: own, decides: real, folders };
  }
  return { imports: own, decides: own, folders };
}

/** In the store, but not in `out`. */
const isElsewhereInStore = (file: string, out: string): boolean =>
  file.startsWith(`${path.dirname(out)}/`) && !file.startsWith(`${out}/`);

const foreign = async (python: string, sought: ImportCheck, run: Run): Promise<Interpreters> => ({
  ...{ imports: python, decides: python },
  folders: await foldersFor(sought, run),
});

const entriesOf = async (folder: string): Promise<string[]> => (await readdir(folder).catch(() => [])).sort();

/** The Python in `bin` of a store path, such as `bin/python3.14`. */
const pythonOf = async (folder: string): Promise<string | undefined> => {
  const name = (await entriesOf(path.join(folder, 'bin'))).find((one) => /^python3\.\d+$/.test(one));
  return name && path.join(folder, 'bin', name);
};

/** The Python of a folder, or of an environment below it. Links to folders are not followed. */
async function pythonBelow(folder: string, depth: number): Promise<string | undefined> {
  const own = await pythonOf(folder);
  if (own !== undefined || depth === 0) return own;
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const one of entries.filter((entry) => entry.isDirectory())) {
    const found = await pythonBelow(path.join(folder, one.name), depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function namedPython(interpreter: string): Promise<string> {
  const found = await pythonOf(interpreter);
  if (found !== undefined) return found;
  throw missing(`${interpreter} has no bin/python3.N. Name a Python with 'interpreter', such as ".python"`);
}

/** The Python that an output depends on; an environment is preferred to its own base Python. */
async function pythonInClosure(out: string, run: Run): Promise<string> {
  const paths = await requisites(out, run);
  const found = await Promise.all(paths.map(async (one) => ({ one, python: await pythonOf(one) })));
  const pythons = found.flatMap(({ one, python }) => (python === undefined ? [] : [{ one, python }]));
  if (pythons.length === 0)
    throw missing(
      `neither ${out} nor what it depends on has a Python. Name one with 'interpreter', such as "python3"`,
    );
  for (const { one, python } of pythons) {
    const own = new Set(pythons.length === 1 ? [one] : await requisites(one, run));
    if (pythons.every((other) => own.has(other.one))) return python;
  }
  const names = pythons.map(({ one }) => path.basename(one).slice(33)).sort();
  throw missing(
    `${out} depends on several Pythons (${names.join(', ')}). Name one with 'interpreter', such as ".python"`,
  );
}

const missing = (why: string): UserError =>
  new UserError(
    'interpreter-missing',
    `The output builds, but what it has to import can't be imported: ${why} (an attribute path; it starts at the package if it begins with a dot).`,
  );

/** The folders that have modules, in the output and in what it depends on. */
async function foldersFor({ out, modules }: ImportCheck, run: Run): Promise<string[]> {
  const tops = new Set(modules.map((one) => one.split('.')[0] ?? ''));
  const others = (await requisites(out, run)).filter((one) => one !== out);
  const candidates = [
    ...(await foldersBelow(out, 4)),
    ...(await Promise.all(others.map(usualFolders))).flat(),
  ];
  const found = await Promise.all(
    candidates.map(async (folder) => {
      const entries = await entriesOf(folder);
      const hasModules = entries.some(
        (one) => /\.(?:dist|egg)-info$/.test(one) || tops.has(one.split('.')[0] ?? ''),
      );
      return hasModules ? [folder] : [];
    }),
  );
  return found.flat().slice(0, mostFolders);
}

/** Most folders of modules to add, because they are part of an argument. */
const mostFolders = 200;

/** The folders of a store path that may have modules: itself, and its site-packages. */
async function usualFolders(file: string): Promise<string[]> {
  const versions = (await entriesOf(path.join(file, 'lib'))).filter((one) => /^python3\.\d+$/.test(one));
  return [file, ...versions.map((one) => path.join(file, 'lib', one, 'site-packages'))];
}

/** A folder and those below it; folders of modules are not searched. */
async function foldersBelow(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (depth === 0 || entries.some(({ name }) => /\.(?:dist|egg)-info$/.test(name))) return [folder];
  const below = entries.filter((one) => one.isDirectory() && one.name !== '__pycache__');
  const deeper = await Promise.all(below.map(({ name }) => foldersBelow(path.join(folder, name), depth - 1)));
  return [folder, ...deeper.flat()];
}
