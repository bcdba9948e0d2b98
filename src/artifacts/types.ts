import type { Sink } from './receive.ts';

/** One file to download. */
export interface Download {
  readonly url: string;
  /** `algorithm:hex`; absent where the lock has none, and then nothing vouches for the bytes but the fixed output's own hash. */
  readonly hash?: string | undefined;
  /** Bytes, where the lock says it. */
  readonly size?: number | undefined;
  /** What a message calls it. */
  readonly label: string;
}

export interface DownloadOptions {
  /** 'later' where the caller verifies what came before using it. */
  readonly digests?: 'now' | 'later';
  /** Where the bytes go in place of a file; `target` is not touched then. */
  readonly sink?: Sink;
  /** Ends the download, whose result nobody wants any more. */
  readonly signal?: AbortSignal;
}

export interface Downloaded {
  readonly size: number;
  /** Hexadecimal; empty where digests come later. */
  readonly sha256: string;
}
