import type { PackageConfig } from './package.ts';
import type { Policy } from './policy.ts';

export type { LockRules, NameRange } from './lock.ts';
export type { FixedOutput, VersionPlace } from './places.ts';
export type { PullRequestOptions } from './pull-request.ts';
export type { BranchOf, ReleaseRules, ReleaseSource, Releases, TagPattern } from './releases.ts';
export type { PackageConfig };

/** `.github/uv-fod.toml`, read and checked; docs/configuration.md describes every key. */
export interface Config {
  readonly packages: readonly PackageConfig[];
  /** URL of the package index (PEP 503) for releases of `pypi`. */
  readonly index: string | undefined;
  /** Hosts to fetch from: `name`, `name:port` or `*.name`; undefined: not limited. */
  readonly allowedHosts: readonly string[] | undefined;
  /** Whether `mode: publish` accepts build environments that only the build job could resolve. */
  readonly publishNewBuilds: boolean;
  /** Whether `mode: publish` accepts hashes that only the build job could compute. */
  readonly trustCompute: boolean;
  /** URL of the binary cache that verified outputs are copied to. */
  readonly cacheTo: string | undefined;
  /** Rules for the changes that an update may bring. */
  readonly policy: Policy;
}
