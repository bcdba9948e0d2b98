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

/** The base that a result is verified against, with the base's configuration. */
export interface Baseline extends Pick<Config, 'allowedHosts' | 'policy' | 'trustCompute'> {
  readonly runner: Runner;
  /** The commit that the result was computed from. */
  readonly checkout: Checkout;
  /** The files of that commit. */
  readonly tree: BaseTree;
  /** Packages of the proposal, by the base's configuration or the inputs. */
  readonly packages: readonly ConfiguredPackage[];
  /** The dependencies to look up releases again. */
  readonly finders: ReleaseParts;
}

interface ConfiguredPackage {
  readonly config: PackageConfig;
  /** Nix file of its derivation, relative to the root; undefined for an expression. */
  readonly file: string | undefined;
  /** Absolute path of the folder that contains its lock, directly or one folder below. */
  readonly folder: string;
}

/** A package of the result, and its new release, looked up again. */
export interface VerifiedPackage extends ConfiguredPackage {
  /** Whether the other job's hash is used, because the dependencies are not from fetchUvDeps. */
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
  /** Facts that only the build job could see, as clauses. */
  readonly taken: readonly string[];
}

/** A hash that only the other job computed, because this job runs without Nix. */
export interface UnseenHash {
  readonly attribute: string;
  readonly before: string;
  readonly after: string;
  /** Whether it is the hash of a package's dependencies. */
  readonly isTrusted: boolean;
}

export interface Verified {
  readonly packages: readonly VerifiedPackage[];
  readonly locks: readonly VerifiedLock[];
  /** Paths of the locks that the result upgrades. */
  readonly upgraded: readonly string[];
  /** Packages that the upgrades leave out, with this job's reasons. */
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
 * Runs a step that verifies the result, and turns its errors into refusals.
 * @param codes codes of the errors that the result causes; not set: all
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
