import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Outcome, type RunOptions, run, runText } from './run.ts';

/**
 * A store that is empty at first, and that takes the place of /nix for the programs that are run in
 * it.
 */
export interface OtherStore {
  /** What is /nix there. */
  readonly dir: string;
  /** Runs a program with this store at /nix; its mount ends with it. */
  readonly run: (program: string, args: readonly string[], options?: RunOptions) => Promise<Outcome>;
  readonly remove: () => Promise<void>;
}

/** Makes a store beside the machine's own: /tmp is memory. */
export async function otherStore(name: string): Promise<OtherStore> {
  const parent = path.join(cacheFolder(), 'other-stores');
  await mkdir(parent, { recursive: true });
  const dir = await mkdtemp(path.join(parent, `${name}-`));
  return {
    dir,
    run: (program, args, options) => run('unshare', within(dir, program, args), options),
    remove: async () => {
      // Folders of a store are read-only.
      await runText('chmod', ['-R', 'u+w', dir]);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

const within = (dir: string, program: string, args: readonly string[]): string[] => [
  ...['--mount', 'sh', '-c', 'mount --bind "$1" /nix && shift && exec "$@"', 'sh', dir],
  ...[program, ...args],
];

/** The cache of the test machine. */
export function cacheFolder(): string {
  const dir = process.env.UV_FOD_CACHE;
  if (dir === undefined) throw new Error('UV_FOD_CACHE is not set: run this in script/machine');
  return dir;
}
