import type { Described } from '../contents/sbom.ts';
import type { Edit } from '../nix/edit.ts';
import type { ReportedFinding } from '../pull-request/report/types.ts';

/** The statuses of a check, the best first. */
export const statuses = [
  'current',
  'unverifiable',
  'policy',
  'stale',
  'not-reproducible',
  'cannot-fetch',
  'does-not-build',
  'does-not-import',
] as const;
export type Status = (typeof statuses)[number];

/**
 * Exit codes of a check, by status; 1 and 2 are errors of other kinds, and 8 is a stale head of a
 * pull request.
 */
export const exitCodes: Readonly<Record<Status, number>> = {
  current: 0,
  unverifiable: 0,
  policy: 9,
  stale: 3,
  'not-reproducible': 4,
  'cannot-fetch': 5,
  'does-not-build': 6,
  'does-not-import': 7,
};

/** The result of checking one derivation. */
export interface Finding {
  readonly status: Status;
  /** One paragraph: the result, and what to do. */
  readonly message: string;
  /** Where the hash is written, if that is known. */
  readonly at: Location | undefined;
  /** Last lines of the log of the stage that failed. */
  readonly log?: string;
  /** The edits that make it current; empty unless it is stale. */
  readonly edits: readonly Edit[];
  /** Other problems, such as a uv.lock that does not match its pyproject.toml any more. */
  readonly warnings: readonly string[];
  /** What could not be checked here, with the reason. */
  readonly notChecked: readonly string[];
  readonly hashes: readonly CheckedHash[];
  /** Findings of the policy; not set without a review. */
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
