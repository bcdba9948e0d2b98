import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { Log } from '../system/log.ts';
import type { RunnerCache } from './runner-cache-types.ts';

/** Changes with what the folder holds. */
const prefix = 'uv-fod-artifacts-1-';

/** The runner's cache, and what of it is restored and saved. */
export interface SavedArtifacts {
  /** The folder of the artifact cache. */
  readonly folder: string;
  readonly runner: RunnerCache;
  readonly log: Pick<Log, 'info' | 'warning'>;
  /** Whether other runs may find what this one leaves there: not if it works for an untrusted contributor. */
  readonly maySave: boolean;
}

/** @returns the key of these artifacts in the runner's cache */
export function keyOf(digests: readonly string[]): string {
  return prefix + createHash('sha256').update(digests.join('\n')).digest('hex');
}

/**
 * Restores the artifacts of an earlier run: those of the same key, or else of the last other one. They are verified like everything in
 * the cache. Never throws: a broken cache costs time, nothing else.
 * @returns the key that was found
 */
export async function restore(
  { folder, runner, log }: SavedArtifacts,
  key: string,
): Promise<string | undefined> {
  try {
    await mkdir(folder, { recursive: true });
    const found = await runner.restoreCache([folder], key, [prefix]);
    log.info(found === undefined ? "No artifacts in the runner's cache." : `Restored artifacts: ${found}.`);
    return found;
  } catch (error) {
    log.warning(`The artifacts could not be restored (${messageOf(error)}); they are fetched instead.`);
    return undefined;
  }
}

/** Saves the artifacts under a new key, if this run may. Never throws. */
export async function save({ folder, runner, log, maySave }: SavedArtifacts, key: string): Promise<void> {
  if (!maySave) return;
  try {
    await runner.saveCache([folder], key);
    log.info(`Saved artifacts: ${key}.`);
  } catch (error) {
    log.warning(`The artifacts could not be saved (${messageOf(error)}); the next run fetches them again.`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
