import type { Artifact } from '../uv/plan/index.ts';
import type { DeclaredTarget } from '../uv/plan/manifest.ts';
import type { Cache } from './cache.ts';
import type { Network } from './network.ts';
import type { SavedArtifacts } from './saved.ts';

/** One system's fixed-output derivation: what it is asked for, and the plan for that. */
export interface PlannedOutput {
  readonly target: DeclaredTarget;
  readonly artifacts: readonly Artifact[];
}

export interface OutputHash {
  readonly system: string;
  /** SRI sha256 of the output's NAR. */
  readonly hash: string;
  /** Wheels in it. */
  readonly files: number;
}

export interface HashResult {
  /** In the order of the systems that were asked for. */
  readonly hashes: readonly OutputHash[];
  /** What had to be fetched; all else came from the cache or lies beside the lock. */
  readonly downloaded: Amount;
}

export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

export interface HashTools {
  /** Asked for only if something has to be fetched. */
  readonly network: () => Promise<Network>;
  readonly cache: Cache;
  /** Bytes that the cache may hold afterwards, what this run fetches included. */
  readonly cacheSize: number;
  /** The runner's cache, if this runs on one that has it and it is not switched off. */
  readonly saved?: SavedArtifacts;
  /** Called after each download with what came so far, and with what has to come in all. */
  readonly onProgress?: (sofar: Amount, all: Amount) => void;
}
