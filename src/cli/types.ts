import type { Refreshed } from '../update/package.ts';
import type { PackageOptions } from './session.ts';

export interface UpdateOptions extends PackageOptions {
  readonly verify: boolean;
  readonly skipSecondDerivation: boolean;
  readonly compareWith: string;
  readonly findReleases: boolean;
  readonly version?: string;
  readonly lockOnly?: boolean;
  readonly cacheTo?: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** What came of one group, and its diff. */
export interface Done {
  readonly refreshed: readonly Refreshed[];
  readonly patch: string;
}
