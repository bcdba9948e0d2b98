import { type Policy, usualPolicy } from '../config/policy-kinds.ts';
import type { PackageConfig } from '../config/types.ts';
import type { DerivationRef } from '../nix/target.ts';
import type { ComparedCommit } from './changes.ts';
import type { Checkout } from './checkout.ts';
import type { KnownPackages } from './known.ts';

/**
 * What a run was asked for: made once, from the Action's inputs or the command's options, and
 * passed on unchanged.
 */
export interface Options {
  /** Look for a newer release, and go to it. */
  readonly findReleases: boolean;
  /** Go to this version instead. */
  readonly version?: string | undefined;
  /** Upgrade its uv.lock as well; undefined: leave it. */
  readonly upgrade?: WantedUpgrade | undefined;
  /**
   * Update the further fixed-output derivations even if no version changes here: it was changed by
   * hand.
   */
  readonly updateOutputs: boolean;
  /**
   * Update the build lock alone; hashes, and what they were made from, stay as they are recorded.
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
  /** Which commit's uv.lock the report compares with. */
  readonly comparison: ComparedCommit;
  /**
   * The commit that a pull request is based on. What did not change since is not rebuilt, if only
   * Nix can compute its hash.
   */
  readonly base?: string | undefined;
  /** Called before what changed is built: throws if the result could not be published. */
  readonly beforeBuild?: () => Promise<void>;
  /** Address of the binary cache that the output is copied to once it is built and imported. */
  readonly cacheTo?: string | undefined;
  /** What an update may bring. */
  readonly policy: Policy;
}

/** What is to be done with a package. */
export interface PackageRequest {
  readonly config: PackageConfig;
  readonly derivation: DerivationRef;
  readonly checkout: Checkout;
  readonly options: Options;
  /** What was evaluated of all packages, if nothing was changed since. */
  readonly known?: KnownPackages;
}

/** Which packages of a uv.lock are to be upgraded. */
export interface WantedUpgrade {
  /** Empty: all. */
  readonly names: readonly string[];
  /**
   * Whether only packages with `[package.lock]` are upgraded, and only if a direct dependency
   * changes or maintenance is due.
   */
  readonly isScheduled: boolean;
}

/** A check trusts no record: it computes every hash. It builds what it finds current by itself. */
export const checkOptions: Options = {
  ...{ findReleases: false, updateOutputs: false, lockOnly: false, verify: false },
  ...{ recompute: true, skipSecondDerivation: false, comparison: { since: 'HEAD^' } },
  policy: usualPolicy,
};
