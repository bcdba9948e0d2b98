import type { Edit } from '../nix/edit.ts';
import type { ReportedFinding } from '../pull-request/report/types.ts';
import type { Described } from './sboms.ts';
import type { Status } from './statuses.ts';

/** What a check found of one derivation. */
export interface Finding {
  readonly status: Status;
  /** One paragraph: what was found and what to do. */
  readonly message: string;
  /** Where the hash is written, if that is known. */
  readonly at: Location | undefined;
  /** Last lines of the log of the stage that failed. */
  readonly log?: string;
  /** What makes it current; empty unless stale. */
  readonly edits: readonly Edit[];
  /** What is wrong besides, such as a uv.lock that its pyproject.toml has outrun. */
  readonly warnings: readonly string[];
  /** What could not be checked here, and why. */
  readonly notChecked: readonly string[];
  readonly hashes: readonly CheckedHash[];
  /** What the policy decided about; not set if that was not asked. */
  readonly findings?: readonly ReportedFinding[];
  /** Not set without a plan. */
  readonly described?: Described;
}

export interface Checked extends Finding {
  /** The edits as a unified diff, for `git apply`. */
  readonly patch: string;
}

interface CheckedHash {
  readonly system: string;
  readonly before: string;
  readonly after: string;
  /** Where it is written; undefined if that is not known. */
  readonly at: Location | undefined;
}

/** Line and column count from 1. */
interface Location {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}
