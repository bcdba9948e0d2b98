import type { Edits } from '../nix/edits.ts';
import type { DerivationRef } from '../nix/target.ts';
import type { Log } from '../system/log.ts';
import type { Run } from '../system/run.ts';

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
}
