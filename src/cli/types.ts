import type { Options } from '../update/options.ts';
import type { Updated } from '../update/package.ts';
import type { PackageOptions } from './session.ts';

export interface UpdateOptions extends PackageOptions, Options {
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** The result for one group. */
export interface Done {
  readonly updated: readonly Updated[];
  readonly patch: string;
}
