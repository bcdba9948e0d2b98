import type { Edit } from '../nix/patch.ts';
import type { Status } from './outcomes.ts';

/** What a check found of one derivation. */
export interface Checked {
  readonly status: Status;
  /** One paragraph: what was found and what to do. */
  readonly message: string;
  /** Where the hash stands, as far as it is known. */
  readonly at: Place | undefined;
  /** Last lines of the failing stage's log, where one failed. */
  readonly log?: string;
  /** What makes it current; empty unless stale. */
  readonly edits: readonly Edit[];
  /** The same as a unified diff, for `git apply` at `root`. */
  readonly patch: string;
  /** What could not be looked at here, and why. */
  readonly notChecked: readonly string[];
  readonly hashes: readonly CheckedHash[];
}

export interface CheckedHash {
  readonly system: string;
  readonly before: string;
  readonly after: string;
  /** Where it stands; undefined where that is not known. */
  readonly at: Place | undefined;
}

/** Line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}
