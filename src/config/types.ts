import type { NixRoot } from '../nix/target.ts';
import type { VersionOrder } from '../uv/version-order.ts';
import type { Policy } from './policy-kinds.ts';

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

export interface PackageConfig {
  /** Unique; the name in messages, branch and pull request. */
  readonly name: string;
  /** Attribute path from the root of the Nix code. */
  readonly attribute: string;
  readonly nix: NixRoot;
  readonly releases: Releases | undefined;
  /** How its uv.lock is upgraded; undefined: it is not. */
  readonly lock: LockRules | undefined;
  /** Further places that have the version, besides the derivation's own attribute. */
  readonly versionFiles: readonly VersionPlace[];
  /** The source's fixed-output derivation; undefined: the package's `src`, if it is one. */
  readonly sourceHash: FixedOutput | undefined;
  /** False if the configuration excludes the source (`source-hash = false`). */
  readonly hasSource: boolean;
  /** Further fixed-output derivations, in the order in which their hashes are recomputed. */
  readonly also: readonly FixedOutput[];
  /** The fixed-output derivation of the dependencies, one for each system; empty: it is found. */
  readonly dependencies: readonly FixedOutput[];
  /** Whether hashes of fixed-output derivations that differ between two runs are proposed. */
  readonly allowDrift: boolean;
  /** Modules of the import check; undefined: `pythonImportsCheck`. */
  readonly imports: readonly string[] | undefined;
  /** Attribute path of the Python that imports; undefined: it is found. */
  readonly interpreter: string | undefined;
  /** Packages of a group share a pull request. */
  readonly group: string | undefined;
  readonly pullRequest: PullRequestOptions;
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

export interface ReleaseRules {
  readonly order: VersionOrder;
  readonly prereleases: boolean;
  /** A specifier of PEP 440 or a range of semver, depending on `order`. */
  readonly range: string | undefined;
  /** Versions, in which `*` matches any text. */
  readonly ignore: readonly string[];
  /** Milliseconds. */
  readonly minimumAge: number;
  readonly step: 'newest' | 'next';
}

/** Which versions an upgrade of uv.lock may take, and when (`[package.lock]`). */
export interface LockRules {
  /** Milliseconds that a file must have been on its index. */
  readonly minimumAge: number;
  /** Versions that are not taken. */
  readonly ignore: readonly NameRange[];
  /** The only versions that are taken. */
  readonly pin: readonly NameRange[];
  /** The largest step from the locked version. */
  readonly largest: VersionStep;
  /** Whether fixes of known vulnerabilities need no age. */
  readonly fixesAtOnce: boolean;
  /**
   * Milliseconds after which a lock is upgraded even if no direct dependency changes; undefined:
   * never.
   */
  readonly maintenance: number | undefined;
  /** Whether there is one pull request for all packages, or one for each direct one. */
  readonly pullRequests: 'one' | 'each';
  /** Packages by name, in which `*` matches any text, that share a pull request. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Most open pull requests of the package's lock, if there are several. */
  readonly mostPullRequests: number | undefined;
  /**
   * Milliseconds for trying direct packages one by one if what was upgraded fails; undefined: none.
   */
  readonly tryEach: number | undefined;
}

/** Packages by name, in which `*` matches any text, and a PEP 440 specifier, if there is one. */
export interface NameRange {
  readonly name: string;
  readonly range: string | undefined;
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
