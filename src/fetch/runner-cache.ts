import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { Log } from '../system/log.ts';

/** The functions of @actions/cache that are used. */
export interface RunnerCache {
  /** @returns the key of the restored entry, which may match a restore key only */
  restoreCache(paths: string[], primaryKey: string, restoreKeys?: string[]): Promise<string | undefined>;
  saveCache(paths: string[], key: string): Promise<number>;
}

/** The artifacts that are restored from the runner's cache and saved in it. */
export interface SavedArtifacts {
  /** The folder of the artifact cache. */
  readonly folder: string;
  readonly runner: RunnerCache;
  readonly log: Pick<Log, 'info' | 'warning'>;
  /** Whether this run may save files for other runs: not for an untrusted contributor. */
  readonly maySave: boolean;
}

/** Prefix of keys, with the version of the folder's layout. */
const prefix = 'uv-fod-artifacts-1-';

/**
 * The cache of a GitHub or compatible runner; undefined elsewhere. The library is large, so it is
 * loaded on first use.
 */
export function runnerCache(environment: NodeJS.ProcessEnv): RunnerCache | undefined {
  // @actions/cache chooses between the two services by the same variable.
  const name = environment.ACTIONS_CACHE_SERVICE_V2 ? 'ACTIONS_RESULTS_URL' : 'ACTIONS_CACHE_URL';
  if (!environment[name]) return undefined;
  return {
    restoreCache: async (...args) => (await import('./actions-cache.ts')).restoreCache(...args),
    saveCache: async (...args) => (await import('./actions-cache.ts')).saveCache(...args),
  };
}

/** @returns the key of these artifacts in the runner's cache */
export function keyOf(artifacts: readonly { readonly hash?: string | undefined }[]): string {
  const digests = artifacts.map(({ hash }) => hash).join('\n');
  return prefix + createHash('sha256').update(digests).digest('hex');
}

/**
 * Restores the artifacts of an earlier run, with the same key if possible. They are verified like
 * everything in the cache. Failures are logged, not thrown.
 * @returns the key of the restored entry
 */
export async function restore(saved: SavedArtifacts, key: string): Promise<string | undefined> {
  const { folder, runner, log } = saved;
  try {
    await mkdir(folder, { recursive: true });
    const found = await runner.restoreCache([folder], key, [prefix]);
    log.info(found === undefined ? "No artifacts in the runner's cache." : `Restored artifacts: ${found}.`);
    return found;
  } catch (error) {
    log.warning(`Failed to restore artifacts (${String(error)}); they are downloaded instead.`);
    return undefined;
  }
}

/** Saves the artifacts under a new key, if this run may. Failures are logged, not thrown. */
export async function save({ folder, runner, log, maySave }: SavedArtifacts, key: string): Promise<void> {
  if (!maySave) return;
  try {
    await runner.saveCache([folder], key);
    log.info(`Saved artifacts: ${key}.`);
  } catch (error) {
    log.warning(`Failed to save artifacts (${String(error)}); the next run downloads them again.`);
  }
}
