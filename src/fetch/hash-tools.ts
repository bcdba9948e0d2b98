import type { Log } from '../system/log.ts';
import { type ArtifactCache, usableCache } from './cache.ts';
import type { Network } from './network.ts';
import { runnerCache, type SavedArtifacts } from './runner-cache.ts';

/** Maximum bytes of the cache: about ten closures of authentik's size. */
const cacheSize = 2 * 1024 ** 3;

export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

/** The collaborators of `hashOutputs`. */
export interface HashTools {
  /** Called only if files have to be downloaded. */
  readonly network: () => Promise<Network>;
  readonly cache: ArtifactCache;
  /** Maximum size of the cache in bytes, with the files of this run. */
  readonly cacheSize: number;
  /** The runner's cache, if available and not disabled. */
  readonly saved?: SavedArtifacts;
  /** Called after each download. */
  readonly onProgress?: (sofar: Amount, all: Amount) => void;
}

/**
 * @param runnerCacheFor permitted uses of the runner's cache, if it is available
 */
export async function makeHashTools(
  environment: NodeJS.ProcessEnv,
  log: Pick<Log, 'info' | 'warning'>,
  network: HashTools['network'],
  runnerCacheFor: 'nothing' | 'reading' | 'everything' = 'nothing',
): Promise<HashTools> {
  const cache = await usableCache(environment, log);
  const runner = runnerCacheFor === 'nothing' ? undefined : runnerCache(environment);
  const saved = runner && { folder: cache.folder, runner, log, maySave: runnerCacheFor === 'everything' };
  return {
    ...{ cache, cacheSize, network },
    ...(saved ? { saved } : {}),
  };
}
