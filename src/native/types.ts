import type { DeclaredTarget } from '../artifacts/manifest.ts';
import type { Network } from '../artifacts/network.ts';
import type { Artifact } from '../plan/index.ts';
import type { ActionCacheTools } from './action-cache.ts';
import type { Cache } from './cache.ts';
import type { StartLane } from './lane.ts';

/** One system's fixed output: what it is asked for, and the plan for that. */
export interface NativeSystem {
  readonly target: DeclaredTarget;
  readonly artifacts: readonly Artifact[];
}

export interface NativeHash {
  readonly system: string;
  /** SRI sha256 of the fixed output's NAR. */
  readonly hash: string;
  /** Wheels in it. */
  readonly files: number;
}

export interface NativeResult {
  /** In the order of the systems that were asked for. */
  readonly hashes: readonly NativeHash[];
  /** What had to be fetched; all else came from the cache or lies beside the lock. */
  readonly downloaded: Amount;
}

export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

/** The runner's cache, and what is kept in it. */
export interface SharedTools extends ActionCacheTools {
  /** The folder that `NativeTools.cache` is open in. */
  readonly root: string;
}

export interface NativeTools {
  /** Asked for only where something has to be fetched. */
  readonly network: () => Promise<Network>;
  readonly cache: Cache;
  /** Bytes that the cache may hold afterwards, what this run fetches included. */
  readonly cacheSize: number;
  readonly startLane: StartLane;
  /** The runner's cache, where this runs on one that has it. */
  readonly shared?: SharedTools;
  /** Called after each download with what came so far, and with what has to come in all. */
  readonly onProgress?: (sofar: Amount, all: Amount) => void;
}
