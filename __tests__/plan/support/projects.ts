import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Oracle } from './oracle.ts';
import { type Finished, run } from './run.ts';

/** Writes a project's files; names are paths below the folder. */
export async function writeProject(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** A minimal pyproject; `more` is added as it is. */
export function pyproject(name: string, dependencies: readonly string[], more = ''): string {
  const list = dependencies.map((dependency) => JSON.stringify(dependency)).join(', ');
  return `[project]\nname = "${name}"\nversion = "0.1.0"\nrequires-python = ">=3.11"\ndependencies = [${list}]\n${more}`;
}

/** Has uv make the lock, against the given default index or the machine's own. */
export function lockWithUv(oracle: Oracle, folder: string, defaultIndex?: string): Promise<Finished> {
  const index = defaultIndex === undefined ? {} : { UV_DEFAULT_INDEX: defaultIndex };
  const env = { ...oracle.env, ...index, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
  return run(oracle.uv, ['lock', '--no-progress'], { cwd: folder, env });
}
