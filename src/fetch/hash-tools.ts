import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Log } from '../system/log.ts';
import { type ArtifactCache, artifactsFolder, openCache } from './cache.ts';
import type { HostPolicy } from './host-policy.ts';
import { networkFrom } from './network-settings.ts';
import { runnerCache } from './runner-cache.ts';
import type { HashTools } from './types.ts';

/** Bytes; about ten closures of the size of authentik. */
const cacheSize = 2 * 1024 ** 3;

/**
 * The collaborators of `hashOutputs`, from a process's environment.
 * @param stop cancels downloads
 * @param policy approves addresses; not given: all are approved
 * @param runnerCacheFor what the runner's cache, if available, is used for
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

/** The user's cache folder, or a temporary one if that is not writable. */
async function usableCache(
  { XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv,
  log: Pick<Log, 'warning'>,
): Promise<{ cache: ArtifactCache; root: string }> {
  const home = XDG_CACHE_HOME || (HOME ? path.join(HOME, '.cache') : undefined);
  const temporary = path.join(tmpdir(), `uv-fod-cache-${process.getuid?.() ?? 0}`);
  if (home !== undefined && path.isAbsolute(home)) {
    const root = path.join(home, 'uv-fod');
    try {
      return { cache: await openCache(root), root };
    } catch (error) {
      log.warning(
        `Using ${temporary} as the cache, because ${home} is not usable (${(error as Error).message}).`,
      );
    }
  }
  return { cache: await openCache(temporary), root: temporary };
}
