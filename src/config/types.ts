import type { NixRoot } from '../nix/target.ts';
import type { VersionOrder } from '../uv/version-order.ts';

/** `.github/uv-fod.toml`, read and checked; docs/configuration.md describes every key. */
export interface Config {
  readonly packages: readonly PackageConfig[];
  /** Address of the package index (PEP 503), where packages of `pypi` are looked for. */
  readonly index: string | undefined;
  /** Hosts that may be fetched from, `name`, `name:port` or `*.name`; undefined: not limited. */
  readonly allowedHosts: readonly string[] | undefined;
  /** Whether mode: publish takes build environments that only the build job could resolve. */
  readonly publishNewBuilds: boolean;
  /** Address of the binary cache that proven outputs are copied to. */
  readonly cacheTo: string | undefined;
}

export interface PackageConfig {
  /** What messages, branch and pull request call it; no two packages have the same. */
  readonly name: string;
  /** Attribute path from the root. */
  readonly attribute: string;
  readonly nix: NixRoot;
  readonly releases: Releases | undefined;
  /** Where the version stands besides the derivation's own attribute. */
  readonly versionFiles: readonly VersionPlace[];
  /** The source's fixed output; undefined: the package's `src` where that is one. */
  readonly sourceHash: FixedOutput | undefined;
  /** False where the source is told to be left alone. */
  readonly hasSource: boolean;
  /** Further fixed outputs, in the order in which they are made again. */
  readonly also: readonly FixedOutput[];
  /** Packages of one group share a pull request. */
  readonly group: string | undefined;
  readonly pullRequest: PullRequestOptions;
}

/** Where new versions are found, and which of them are taken. */
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

/** Whose branch: a repository on GitHub, or any that git can reach. */
export type BranchOf =
  | { readonly kind: 'github'; readonly owner: string; readonly repo: string }
  | { readonly kind: 'git'; readonly url: string };

/** `version/{version}`, as what stands before and after the version. */
export interface TagPattern {
  readonly prefix: string;
  readonly suffix: string;
}

export interface ReleaseRules {
  readonly order: VersionOrder;
  readonly prereleases: boolean;
  /** A specifier of PEP 440 or a range of semver, as `order` says. */
  readonly range: string | undefined;
  /** Versions, in which `*` stands for any text. */
  readonly ignore: readonly string[];
  /** Milliseconds. */
  readonly minimumAge: number;
  readonly step: 'newest' | 'next';
}

/** A place of the version (or tag, or revision) besides the derivation's own attribute. */
export type VersionPlace =
  /** Text with one placeholder, which is in the file exactly once. */
  | { readonly kind: 'text'; readonly file: string; readonly pattern: string }
  /** A string of a JSON file, by JSON pointer (RFC 6901). */
  | { readonly kind: 'json'; readonly file: string; readonly pointer: string; readonly value: string }
  /** A Nix attribute that is bound to a string literal. */
  | { readonly kind: 'nix'; readonly attribute: string; readonly value: string };

export interface FixedOutput {
  /** Attribute path: from the package where it begins with a dot, else from the root. */
  readonly attribute: string;
  /** File where the hash stands, where Nix can't tell. */
  readonly file: string | undefined;
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
