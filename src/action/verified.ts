import type { BuildTarget, SystemPlan } from '../build-lock/schema.ts';
import type { Names } from '../bump/version.ts';
import type { Policy } from '../config/policy-kinds.ts';
import type { PackageConfig } from '../config/types.ts';
import type { HeldPackage } from '../pull-request/report/types.ts';
import type { Release, ReleaseParts } from '../release/types.ts';
import { UserError } from '../system/errors.ts';
import { printable } from '../system/printable.ts';
import type { Checkout } from '../update/checkout.ts';
import type { BaseTree } from './base-tree.ts';
import type { LocateHashes } from './locate-hashes.ts';
import type { Runner } from './runner.ts';

/** What a result is verified against. */
export interface Baseline {
  readonly runner: Pick<Runner, 'context' | 'base'>;
  /** The commit that the result was computed from. */
  readonly checkout: Checkout;
  /** Its files. */
  readonly tree: BaseTree;
  /** Hosts that the configuration allows, besides those that the base already fetches from. */
  readonly allowedHosts: readonly string[] | undefined;
  /** Whether hashes that only the other job could compute are accepted. */
  readonly trustCompute: boolean;
  readonly locate: LocateHashes;
  /** Packages of the proposal, by the base's configuration or the inputs. */
  readonly packages: readonly ConfiguredPackage[];
  /** What an update may bring. */
  readonly policy: Policy;
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
  readonly isTrusted?: boolean;
  readonly bump?: {
    readonly before: Names;
    readonly after: Names;
    readonly release: Release;
    readonly commit: string | undefined;
  };
}

/** A file of the result; its path is relative to the root. */
export interface ChangedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** A dependency hash: in the base's build lock, and computed by this job. */
export interface VerifiedHash {
  readonly system: string;
  readonly before: string | undefined;
  readonly after: string;
  readonly planned: SystemPlan;
}

/** A build lock of the result, whose hashes this job computed. */
export interface VerifiedLock extends Omit<ChangedFile, 'before'> {
  readonly before: string | undefined;
  /** Folder of its uv.lock. */
  readonly project: string;
  readonly target: BuildTarget;
  readonly hashes: readonly VerifiedHash[];
  /** What only the build job could see, as clauses. */
  readonly taken: readonly string[];
}

/** A hash that only the other job computed. */
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
  /** New hashes of further fixed-output derivations: without Nix they cannot be computed here. */
  readonly unseen: readonly UnseenHash[];
}

/** The error for a result that is not published. @param why the end of a sentence */
export const refuse = (why: string): UserError =>
  new UserError(
    'result-refused',
    `The result of the other job is not published: ${printable(why)}. Nothing was written. See the log of that job, or run both jobs again.`,
  );
