import type { FixedOutput } from '../config/types.ts';
import type { Edits } from '../nix/edits.ts';
import type { DerivationRef } from '../nix/target.ts';
import type { Log } from '../system/log.ts';
import type { Run } from '../system/run.ts';

/** A fixed-output derivation, and the key of the configuration that names it. */
export interface BumpedOutput extends FixedOutput {
  readonly key: 'source-hash' | 'also' | 'dependencies';
  /** No attribute leads to it: `attribute` is the name of its derivation. */
  readonly isInClosure?: boolean;
}

/** What every step of a run stands on. */
export interface BumpContext {
  readonly derivation: DerivationRef;
  /** Folder outside of which nothing is changed. */
  readonly root: string;
  readonly run: Run;
  readonly log: Log;
  readonly edits: Edits;
  /** Folder for temporary files. */
  readonly scratch: string;
  /**
   * Whether the present hash is kept if it differs between two runs; otherwise the new one is
   * proposed. Not set: it is refused.
   */
  readonly keepsDrifting?:
    | ((output: BumpedOutput, before: string, file: string) => Promise<boolean>)
    | undefined;
}
