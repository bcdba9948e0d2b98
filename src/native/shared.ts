import { createHash } from 'node:crypto';
import { type ActionCacheRequest, restoreArtifacts, saveArtifacts } from './action-cache.ts';
import { artifactsFolder, openCache } from './cache.ts';
import { hashNatively } from './hash.ts';
import type { NativeResult, NativeSystem, NativeTools } from './types.ts';
import { unionOf } from './union.ts';

/**
 * `hashNatively`, with artifacts of earlier runs out of the runner's cache where that is quicker than fetching them, and with what was
 * fetched saved there where the next run is better off for it.
 *
 * @throws UserError as `hashNatively` does; a runner's cache that is out of order costs time only
 */
export async function hashOnRunner(
  systems: readonly NativeSystem[],
  project: string,
  tools: NativeTools,
): Promise<NativeResult> {
  const { shared } = tools;
  if (!shared) return hashNatively(systems, project, tools);
  const { request, bytes } = await requestOf(systems, shared.root);
  const restored = await restoreArtifacts(request, shared);
  shared.log.info(`Artifacts in the runner's cache: ${restored.outcome} (${restored.reason})`);
  const started = shared.now();
  const result = await hashNatively(systems, project, tools);
  const fetched = { bytes: result.downloaded.bytes, milliseconds: shared.now() - started };
  // This lock's artifacts, and as much of earlier ones': branches take turns.
  const most = Math.min(2 * bytes, tools.cacheSize);
  if (await saveArtifacts(request, restored, fetched, tools.cache, most, shared))
    shared.log.info("Saved the artifacts in the runner's cache.");
  return result;
}

async function requestOf(
  systems: readonly NativeSystem[],
  root: string,
): Promise<{ request: ActionCacheRequest; bytes: number }> {
  // Opened for this alone: it remembers what it has seen, and something may be restored behind it.
  const cache = await openCache(root);
  const digest = createHash('sha256');
  let [missing, bytes] = [0, 0];
  for (const { wheel } of unionOf(systems)) {
    if (wheel.path !== undefined || wheel.hash === undefined) continue;
    digest.update(`${wheel.hash}\n`);
    bytes += wheel.size ?? 0;
    if ((await cache.find(wheel.hash)) === undefined) missing += wheel.size ?? 0;
  }
  return { request: { folder: artifactsFolder(root), lock: digest.digest('hex'), missing }, bytes };
}
