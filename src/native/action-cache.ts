import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../ports/log.ts';
import type { RunnerCache } from '../ports/runner-cache.ts';
import type { Cache } from './cache.ts';

/** Bytes a second, and seconds that pass before the first byte. */
export interface Rates {
  readonly index: number;
  readonly cache: number;
  readonly cacheDelay: number;
}

/**
 * Until something was measured: an index in front of a content delivery network, and a runner's cache, which has to be asked,
 * fetched and unpacked.
 */
const guess: Rates = { index: 60e6, cache: 80e6, cacheDelay: 1.5 };

export interface ActionCacheRequest {
  /** The artifact cache's own folder: all of it is restored and saved. */
  readonly folder: string;
  /** Hexadecimal digest of the lock, or of all locks of a run. */
  readonly lock: string;
  /** Bytes that would have to be fetched from the index otherwise. */
  readonly missing: number;
}

export interface ActionCacheTools {
  readonly runner: RunnerCache;
  readonly log: Log;
  /** Milliseconds, of any beginning. */
  readonly now: () => number;
}

export interface Restored {
  readonly outcome: 'restored' | 'missed' | 'not worth it' | 'unavailable';
  /** The key that was found. */
  readonly key?: string;
  /** Why, in words, for the report. */
  readonly reason: string;
}

/** Bytes for which not even a question is worth its answer. */
const tooLittle = 4e6;

/** Moves with what the folder holds; @actions/cache itself tells apart folders and ways of packing. */
const prefix = 'uv-fod-artifacts-1-';

/**
 * Whether restoring is quicker than fetching.
 * @param missing bytes
 * @param rates as measured, where they were
 */
export function isWorthIt(missing: number, rates: Rates = guess): boolean {
  return missing / rates.index > rates.cacheDelay + missing / rates.cache;
}

/**
 * Brings back the artifacts of an earlier run: those of the same lock, or of the last other one, so that a bump fetches only
 * what is new. Whether that is worth it was decided when it was saved, by a run that knew how quick the index is: a runner
 * begins with an empty folder and knows nothing. What comes is not believed: it is verified like everything in the folder.
 * Never throws: a broken cache costs time, nothing else.
 */
export async function restoreArtifacts(
  { folder, lock, missing }: ActionCacheRequest,
  { runner, log, now }: ActionCacheTools,
): Promise<Restored> {
  if (!runner.isFeatureAvailable()) return { outcome: 'unavailable', reason: 'this runner has no cache' };
  const size = `${(missing / 1e6).toFixed(0)} MB`;
  if (missing < tooLittle) return { outcome: 'not worth it', reason: `only ${size} have to be fetched` };
  const started = now();
  try {
    await mkdir(folder, { recursive: true });
    const key = await runner.restoreCache([folder], prefix + lock, [prefix]);
    if (key === undefined) return { outcome: 'missed', reason: 'nothing was saved before' };
    await noteRates(folder, { cache: rate(missing, now() - started) });
    return { outcome: 'restored', key, reason: `instead of fetching ${size}` };
  } catch (error) {
    log.warning(
      `The cache of artifacts could not be restored (${messageOf(error)}); they are fetched instead.`,
    );
    return { outcome: 'missed', reason: 'restoring failed' };
  }
}

/**
 * Saves the folder under this lock's key, trimmed to `most` bytes, where the run fetched something and restoring it would be
 * quicker, as measured.
 * @param fetched what this run fetched, and how long that took
 * @returns whether it was saved
 */
export async function saveArtifacts(
  { folder, lock, missing }: ActionCacheRequest,
  restored: Restored,
  fetched: { readonly bytes: number; readonly milliseconds: number },
  cache: Pick<Cache, 'trim'>,
  most: number,
  { runner, log }: Pick<ActionCacheTools, 'runner' | 'log'>,
): Promise<boolean> {
  if (restored.outcome === 'unavailable' || restored.key === prefix + lock || fetched.bytes === 0)
    return false;
  try {
    const rates = await noteRates(folder, { index: rate(fetched.bytes, fetched.milliseconds) });
    // What is saved is restored by every run to come, and takes room from other caches of the repository.
    if (!isWorthIt(Math.max(missing, fetched.bytes), rates)) return false;
    await cache.trim(most);
    await runner.saveCache([folder], prefix + lock);
    return true;
  } catch (error) {
    log.warning(
      `The cache of artifacts could not be saved (${messageOf(error)}); the next run fetches them again.`,
    );
    return false;
  }
}

const ratesFile = (folder: string): string => path.join(folder, 'rates.json');

async function readRates(folder: string): Promise<Rates> {
  try {
    const known = JSON.parse(await readFile(ratesFile(folder), 'utf8')) as Partial<Rates>;
    const positive = (value: unknown, otherwise: number): number =>
      typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : otherwise;
    return {
      index: positive(known.index, guess.index),
      cache: positive(known.cache, guess.cache),
      cacheDelay: positive(known.cacheDelay, guess.cacheDelay),
    };
  } catch {
    // None yet, or of another version.
    return guess;
  }
}

async function noteRates(folder: string, measured: Partial<Rates>): Promise<Rates> {
  const rates = { ...(await readRates(folder)), ...measured };
  await mkdir(folder, { recursive: true });
  await writeFile(ratesFile(folder), `${JSON.stringify(rates)}\n`);
  return rates;
}

/** A run that took no time measured nothing: the least is a millisecond. */
const rate = (bytes: number, milliseconds: number): number => (bytes * 1000) / Math.max(1, milliseconds);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
