import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Log } from '../system/log.ts';
import { type ArtifactCache, openCache } from './cache.ts';
import type { Approve } from './host-policy.ts';
import { networkFrom } from './network.ts';
import { runnerCache } from './runner-cache.ts';
import type { HashTools } from './verified-files.ts';

/** Bytes; about ten closures of the size of authentik. */
const cacheSize = 2 * 1024 ** 3;

/**
 * The collaborators of `hashOutputs`, from a process's environment.
 * @param stop cancels downloads
 * @param approve approves addresses; not given: all are approved
 * @param runnerCacheFor what the runner's cache, if available, is used for
 */
export async function makeHashTools(
  environment: NodeJS.ProcessEnv,
  log: Pick<Log, 'info' | 'warning'>,
  stop: AbortSignal,
  approve?: Approve,
  runnerCacheFor: 'nothing' | 'reading' | 'everything' = 'nothing',
): Promise<HashTools> {
  const cache = await usableCache(environment, log);
  const runner = runnerCacheFor === 'nothing' ? undefined : runnerCache(environment);
  const maySave = runnerCacheFor === 'everything';
  return {
    ...{ cache, cacheSize },
    network: () => networkFrom(environment, approve, stop),
    ...(runner ? { saved: { folder: cache.folder, runner, log, maySave } } : {}),
  };
}

/** The user's cache folder, or a temporary one if that is not writable. */
async function usableCache(
  { XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv,
  log: Pick<Log, 'warning'>,
): Promise<ArtifactCache> {
  const home = XDG_CACHE_HOME || (HOME ? path.join(HOME, '.cache') : undefined);
  const temporary = path.join(tmpdir(), `uv-fod-cache-${process.getuid?.() ?? 0}`);
  if (home !== undefined && path.isAbsolute(home)) {
    try {
      return await openCache(path.join(home, 'uv-fod'));
    } catch (error) {
      log.warning(
        `Using ${temporary} as the cache, because ${home} is not usable (${(error as Error).message}).`,
      );
    }
  }
  return openCache(temporary);
}
