import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Log } from '../system/log.ts';
import { artifactsFolder, type Cache, openCache } from './cache.ts';
import type { HostPolicy } from './host-policy.ts';
import { networkFrom } from './network-settings.ts';
import { runnerCache } from './runner-cache.ts';
import type { HashTools } from './types.ts';

/** Bytes: some ten closures of authentik's size. */
const cacheSize = 2 * 1024 ** 3;

/**
 * What the hash without Nix is handed, out of a process's environment.
 * @param stop ends downloads
 * @param policy which addresses may be connected to; all if it is not given
 * @param runnerCacheFor what the runner's cache, if there is one, is used for
 */
export async function makeHashTools(
  environment: NodeJS.ProcessEnv,
  log: Pick<Log, 'info' | 'warning'>,
  stop: AbortSignal,
  policy?: HostPolicy,
  runnerCacheFor: 'nothing' | 'reading' | 'everything' = 'nothing',
): Promise<HashTools> {
  const { cache, root } = await usableCache(environment, log);
  const runner = runnerCacheFor === 'nothing' ? undefined : runnerCache(environment);
  return {
    ...{ cache, cacheSize },
    network: () => networkFrom(environment, policy, stop),
    ...(runner
      ? { saved: { folder: artifactsFolder(root), runner, log, maySave: runnerCacheFor === 'everything' } }
      : {}),
  };
}

/** The user's cache folder, or a temporary one if that can't be written: a broken cache costs time, nothing else. */
async function usableCache(
  { XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv,
  log: Pick<Log, 'warning'>,
): Promise<{ cache: Cache; root: string }> {
  const home = XDG_CACHE_HOME || (HOME ? path.join(HOME, '.cache') : undefined);
  const temporary = path.join(tmpdir(), `uv-fod-cache-${process.getuid?.() ?? 0}`);
  if (home !== undefined && path.isAbsolute(home)) {
    const root = path.join(home, 'uv-fod');
    try {
      return { cache: await openCache(root), root };
    } catch (error) {
      log.warning(
        `the cache in ${home} can't be used (${(error as Error).message}); ${temporary} is used instead.`,
      );
    }
  }
  return { cache: await openCache(temporary), root: temporary };
}
