import type { FixedOutput } from '../config/types.ts';
import type { Edits } from '../nix/edits.ts';
import type { DerivationRef } from '../nix/target.ts';
import type { Log } from '../system/log.ts';
import type { Run } from '../system/run.ts';

/** A fixed-output derivation, with the key of the configuration that names it. */
export interface BumpedOutput extends FixedOutput {
  readonly key: 'source-hash' | 'also' | 'dependencies';
  /** True if no attribute leads to it; then `attribute` is the name of its derivation. */
  readonly isInClosure?: boolean;
}

/** The dependencies of every step of a bump. */
export interface BumpContext {
  readonly derivation: DerivationRef;
  /** The checkout: no file outside of this folder is changed. */
  readonly root: string;
  readonly run: Run;
  readonly log: Log;
  readonly edits: Edits;
  /** Folder for temporary files. */
  readonly scratch: string;
  /**
   * Whether to keep the present hash if two builds give different hashes; otherwise the new hash is
   * proposed. Not set: different hashes are an error.
   */
  readonly keepsDrifting?:
    | ((output: BumpedOutput, before: string, file: string) => Promise<boolean>)
    | undefined;
}
