import type { BuildTarget } from '../../build-lock/schema.ts';
import type { Names } from '../../bump/version.ts';
import type { Config, PackageConfig } from '../../config/types.ts';
import type { HeldPackage } from '../../pull-request/report/types.ts';
import type { Release, ReleaseParts } from '../../release/types.ts';
import { UserError } from '../../system/errors.ts';
import { printable } from '../../system/printable.ts';
import type { Checkout } from '../../update/checkout.ts';
import type { PlannedHash } from '../../update/without-nix.ts';
import type { Runner } from '../runner.ts';
import type { BaseTree } from './base-tree.ts';

/** What a result is verified against: its base, with the base's configuration. */
export interface Baseline extends Pick<Config, 'allowedHosts' | 'policy' | 'trustCompute'> {
  readonly runner: Runner;
  /** The commit that the result was computed from. */
  readonly checkout: Checkout;
  /** Its files. */
  readonly tree: BaseTree;
  /** Packages of the proposal, by the base's configuration or the inputs. */
  readonly packages: readonly ConfiguredPackage[];
  /** To look up releases again. */
  readonly finders: ReleaseParts;
}

interface ConfiguredPackage {
  readonly config: PackageConfig;
  /** Nix file of its derivation, relative to the root; undefined for an expression. */
  readonly file: string | undefined;
  /** Absolute path of the folder that its lock is beside or above. */
  readonly folder: string;
}

/** A package of the result, and its new release as it is published now. */
export interface VerifiedPackage extends ConfiguredPackage {
  /** Its dependencies are not fetchUvDeps': their hash is the other job's. */
  readonly isTrusted: boolean;
  readonly bump?: {
    readonly before: Names;
    readonly after: Names;
    readonly release: Release;
    readonly commit: string | undefined;
  };
}

/** A file of the result; its path is relative to the root. */
export interface ResultFile {
  readonly path: string;
  /** Undefined if the base does not have it. */
  readonly before: string | undefined;
  readonly after: string;
}

export interface ChangedFile extends ResultFile {
  readonly before: string;
}

/** A dependency hash: in the base's build lock, and computed by this job. */
export interface VerifiedHash {
  readonly system: string;
  readonly before: string | undefined;
  readonly after: string;
  readonly planned: PlannedHash;
}

/** A build lock of the result, whose hashes this job computed. */
export interface VerifiedLock extends ResultFile {
  /** Folder of its uv.lock. */
  readonly project: string;
  readonly target: BuildTarget;
  readonly hashes: readonly VerifiedHash[];
  /** What only the build job could see, as clauses. */
  readonly taken: readonly string[];
}

/** A hash that only the other job computed: without Nix it cannot be computed here. */
export interface UnseenHash {
  readonly attribute: string;
  readonly before: string;
  readonly after: string;
  /** Whether it is of a package's dependencies. */
  readonly isTrusted: boolean;
}

export interface Verified {
  readonly packages: readonly VerifiedPackage[];
  readonly locks: readonly VerifiedLock[];
  /** Paths of the locks that the result upgrades. */
  readonly upgraded: readonly string[];
  /** What they leave out, and why by this job. */
  readonly held: readonly HeldPackage[];
  readonly fixes: ReadonlySet<string>;
  /** The base's files, with the locks that the result upgrades. */
  readonly tree: BaseTree;
  readonly unseen: readonly UnseenHash[];
}

/** The error for a result that is not published. @param why the end of a sentence */
export const refuse = (why: string): UserError =>
  new UserError(
    'result-refused',
    `The result of the other job is not published: ${printable(why)}. Nothing was written. See the log of that job, or run both jobs again.`,
  );

/**
 * Takes a step that fails because of the result, not because of this job.
 * @param codes of such failures; all if not given
 */
export async function refusing<T>(step: () => T | Promise<T>, codes?: readonly string[]): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof UserError && codes?.includes(error.code) !== false)
      throw refuse(error.message.replace(/\.$/, ''));
    throw error;
  }
}
