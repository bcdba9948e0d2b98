import type { PackageConfig } from './package.ts';
import type { Policy } from './policy-kinds.ts';
import type { ReleaseRules } from './releases.ts';

export type { LockRules, NameRange } from './lock.ts';
export type { PackageConfig, ReleaseRules };

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
  /** What an update may bring. */
  readonly policy: Policy;
}

/** Where releases are listed, and which of them are accepted. */
export interface Releases {
  readonly source: ReleaseSource;
  readonly rules: ReleaseRules;
}

export type ReleaseSource =
  | {
      readonly kind: 'github';
      readonly owner: string;
      readonly repo: string;
      readonly list: 'releases' | 'tags';
      readonly tag: TagPattern;
    }
  | { readonly kind: 'git'; readonly url: string; readonly tag: TagPattern }
  | { readonly kind: 'pypi'; readonly name: string }
  | { readonly kind: 'branch'; readonly of: BranchOf; readonly branch: string; readonly version: string };

/** Repository of a branch: on GitHub, or any that git can fetch. */
export type BranchOf =
  | { readonly kind: 'github'; readonly owner: string; readonly repo: string }
  | { readonly kind: 'git'; readonly url: string };

/** A tag such as `version/{version}`, as the text before and after the version. */
export interface TagPattern {
  readonly prefix: string;
  readonly suffix: string;
}

export type VersionStep = 'patch' | 'minor' | 'major';

/** A place of the version (or tag, or revision) besides the derivation's own attribute. */
export type VersionPlace =
  /** Text with one placeholder, which occurs in the file exactly once. */
  | { readonly kind: 'text'; readonly file: string; readonly pattern: string }
  /** A string of a JSON file, by JSON pointer (RFC 6901). */
  | { readonly kind: 'json'; readonly file: string; readonly pointer: string; readonly value: string }
  /** A Nix attribute that is bound to a string literal. */
  | { readonly kind: 'nix'; readonly attribute: string; readonly value: string };

export interface FixedOutput {
  /** Attribute path: with a leading dot from the package, else from the root. */
  readonly attribute: string;
  /** File with the hash, if Nix cannot report it. */
  readonly file: string | undefined;
  /** The system that it is for, of a list with one for each. */
  readonly system?: string;
  /** JSON pointer to the hash in `file`. */
  readonly pointer: string | undefined;
}

export interface PullRequestOptions {
  readonly title: string | undefined;
  readonly body: string | undefined;
  readonly commitMessage: string | undefined;
  readonly branch: string | undefined;
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  readonly assignees: readonly string[];
  readonly milestone: string | undefined;
  readonly draft: boolean | 'unverified';
  /** True: by any method that the repository allows. */
  readonly autoMerge: boolean | 'merge' | 'squash' | 'rebase';
}
