import { createHash } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { mustRun, run } from './run.ts';

/** The versions that plans are held against. */
const REQUIREMENTS = ['uv==0.13.9', 'packaging==26.3'];

export interface Oracle {
  readonly python: string;
  readonly uv: string;
  /**
   * Environment for uv: the machine's own index, nobody's configuration, a cache shared by the
   * ring.
   */
  readonly env: Readonly<Record<string, string>>;
}

export interface DeclaredTarget {
  readonly system: string;
  readonly python: string;
  readonly libc: string;
}

export interface OracleCase {
  readonly dir: string;
  /** Arguments for `uv export`. */
  readonly args: readonly string[];
  readonly targets: readonly DeclaredTarget[];
}

export type OracleAnswer =
  | { readonly artifacts: readonly Record<string, unknown>[] }
  | { readonly refused: string };

/** A virtual environment with uv and packaging, made once and kept in the user's cache. */
export async function prepareOracle(): Promise<Oracle> {
  // An environment belongs to the interpreter that it was made with: inside and outside the test
  // machine they differ.
  const interpreter = await mustRun('python3', [
    '-c',
    'import os, sys; print(os.path.realpath(sys.executable), sys.version)',
  ]);
  const key = createHash('sha256')
    .update([interpreter, ...REQUIREMENTS].join('\n'))
    .digest('hex')
    .slice(0, 12);
  const cache = path.join(
    process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'),
    'uv-fod',
    'oracle',
  );
  const folder = path.join(cache, key);
  await mkdir(cache, { recursive: true });
  if (!(await exists(path.join(folder, 'complete')))) await makeOnce(folder);
  const index = await run('python3', ['-m', 'pip', 'config', 'get', 'global.index-url']);
  const configured = process.env.UV_DEFAULT_INDEX ?? (index.code === 0 ? index.stdout.trim() : '');
  return {
    python: path.join(folder, 'bin', 'python'),
    uv: path.join(folder, 'bin', 'uv'),
    env: {
      UV_CACHE_DIR: path.join(cache, 'uv-cache'),
      UV_NO_PROGRESS: '1',
      UV_PYTHON_DOWNLOADS: 'never',
      XDG_CONFIG_HOME: path.join(cache, 'no-config'),
      ...(configured === '' ? {} : { UV_DEFAULT_INDEX: configured }),
    },
  };
}

/** Asks the oracle about many cases at once; one list of answers a case, one answer a target. */
export async function askOracle(
  oracle: Oracle,
  cases: readonly OracleCase[],
): Promise<readonly OracleAnswer[][]> {
  const script = path.join(import.meta.dirname, 'oracle.py');
  const input = JSON.stringify({ uv: oracle.uv, cases });
  return JSON.parse(await mustRun(oracle.python, [script], { input, env: oracle.env })) as OracleAnswer[][];
}

/**
 * Test files run side by side: the one that makes the lock folder installs, the others wait for it.
 */
async function makeOnce(folder: string): Promise<void> {
  const lock = `${folder}.lock`;
  const isMine = await mkdir(lock).then(
    () => true,
    () => false,
  );
  if (isMine) {
    try {
      await rm(folder, { recursive: true, force: true });
      await mustRun('python3', ['-m', 'venv', folder]);
      await mustRun(path.join(folder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', ...REQUIREMENTS]);
      await writeFile(path.join(folder, 'complete'), '');
    } finally {
      await rm(lock, { recursive: true });
    }
    return;
  }
  for (let waited = 0; await exists(lock); waited += 1) {
    // Whoever held it was killed: installing takes seconds.
    if (waited > 240) await rm(lock, { recursive: true, force: true });
    await setTimeout(500);
  }
  if (!(await exists(path.join(folder, 'complete')))) await makeOnce(folder);
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
