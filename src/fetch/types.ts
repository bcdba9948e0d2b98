import type { Artifact } from '../uv/plan/artifact.ts';
import type { DeclaredTarget } from '../uv/plan/manifest.ts';
import type { ArtifactCache } from './cache.ts';
import type { Network } from './network.ts';
import type { SavedArtifacts } from './runner-cache.ts';

/** One system's fixed-output derivation: its declared target and its plan. */
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
  /** In the order of the requested systems. */
  readonly hashes: readonly OutputHash[];
  /** Downloaded files; the others are from the cache or the repository. */
  readonly downloaded: Amount;
}

export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

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
