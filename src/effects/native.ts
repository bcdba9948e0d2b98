import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Cache } from '../native/cache.ts';
import { openCache } from '../native/cache.ts';
import type { Started } from '../native/start-worker.ts';
import { lanesInThreads } from '../native/thread.ts';
import type { NativeTools } from '../native/types.ts';
import type { Admit } from './look-up.ts';

/** Bytes: some ten closures of authentik's size. */
const cacheSize = 2 * 1024 ** 3;

/**
 * What the native hash is handed, out of a process's environment.
 * @param start starts a thread that hashes
 * @param stop ends downloads
 * @param admit which addresses may be connected to; all where it is not given
 * @returns the tools, and the folder that the cache is open in
 */
export async function makeNativeTools(
  environment: NodeJS.ProcessEnv,
  start: () => Started,
  warn: (message: string) => void,
  stop: AbortSignal = new AbortController().signal,
  admit?: Admit,
): Promise<NativeTools & { readonly root: string }> {
  // First of all: the thread is there by the time that the plan is.
  const startLane = lanesInThreads(start);
  return {
    ...(await usableCache(environment, warn)),
    cacheSize,
    // With Node's TLS behind it: loaded where something has to be fetched.
    network: async () => {
      const { networkFrom, stoppable } = await import('./network.ts');
      return stoppable(await networkFrom(environment, admit), stop);
    },
    startLane,
  };
}

/** The user's cache folder, or a temporary one where that can't be written: a broken cache costs time, nothing else. */
async function usableCache(
  { XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv,
  warn: (message: string) => void,
): Promise<{ cache: Cache; root: string }> {
  const home = XDG_CACHE_HOME || (HOME ? path.join(HOME, '.cache') : undefined);
  const temporary = path.join(tmpdir(), `uv-fod-cache-${process.getuid?.() ?? 0}`);
  if (home !== undefined && path.isAbsolute(home)) {
    const root = path.join(home, 'uv-fod');
    try {
      return { cache: await openCache(root), root };
    } catch (error) {
      warn(`the cache in ${home} can't be used (${(error as Error).message}); ${temporary} is used instead.`);
    }
  }
  return { cache: await openCache(temporary), root: temporary };
}
