import { type Policy, usualPolicy } from '../config/policy.ts';
import type { PackageConfig } from '../config/types.ts';
import type { DerivationRef } from '../nix/target.ts';
import type { ComparedCommit } from './changes.ts';
import type { Checkout } from './checkout.ts';
import type { KnownPackages } from './known.ts';

/**
 * The options of a run: made once, from the Action's inputs or the command's options, and passed on
 * unchanged.
 */
export interface Options {
  /** Look for a newer release, and update to it. */
  readonly findReleases: boolean;
  /** Go to this version instead. */
  readonly version?: string | undefined;
  /** Upgrade its uv.lock as well; undefined: leave it. */
  readonly upgrade?: WantedUpgrade | undefined;
  /**
   * Update the further fixed-output derivations even if this run changes no version: the user may
   * have changed it.
   */
  readonly updateOutputs: boolean;
  /**
   * Update the build lock alone; hashes, and the plans that they were made from, stay as recorded.
   */
  readonly lockOnly: boolean;
  /** Compute every hash, even if the build lock records that it is current. */
  readonly recompute: boolean;
  /**
   * Take the builder's own hash from Nix alone. Otherwise it is computed without Nix as well, and
   * both must agree.
   */
  readonly skipSecondDerivation: boolean;
  /** Build the derivation and import it before anything is kept. */
  readonly verify: boolean;
  /** The commit whose uv.lock the report compares with. */
  readonly comparison: ComparedCommit;
  /**
   * The commit that a pull request is based on. If only Nix can compute a hash, derivations that
   * are unchanged since this commit are not rebuilt.
   */
  readonly base?: string | undefined;
  /** Called before what changed is built: throws if the result could not be published. */
  readonly beforeBuild?: () => Promise<void>;
  /** Address of the binary cache that the output is copied to once it is built and imported. */
  readonly cacheTo?: string | undefined;
  /** The policy for the changes of an update. */
  readonly policy: Policy;
}

/** The work to do for one package. */
export interface PackageRequest {
  readonly config: PackageConfig;
  readonly derivation: DerivationRef;
  readonly checkout: Checkout;
  readonly options: Options;
  /** Results of evaluating all packages, if nothing was changed since. */
  readonly known?: KnownPackages;
}

/** The packages of a uv.lock to upgrade. */
export interface WantedUpgrade {
  /** Empty: all. */
  readonly names: readonly string[];
  /**
   * Whether only packages with `[package.lock]` are upgraded, and only if a direct dependency
   * changes or maintenance is due.
   */
  readonly isScheduled: boolean;
}

/** A check trusts no record, so it computes every hash. It builds current packages by itself. */
export const checkOptions: Options = {
  ...{ findReleases: false, updateOutputs: false, lockOnly: false, verify: false },
  ...{ recompute: true, skipSecondDerivation: false, comparison: { since: 'HEAD^' } },
  policy: usualPolicy,
};
