import type { Contents } from '../../contents/types.ts';

/**
 * What a run found and did; every text in it may be untrusted. It is also the output `report`
 * (docs/report.md): fields are only added, and a breaking change needs a new `version`.
 */
export interface Report {
  readonly version: 1;
  /** The package or group that the pull request is about. */
  readonly subject: {
    readonly name: string;
    readonly before?: string | undefined;
    readonly after?: string | undefined;
    /** Release notes, compare view and the like. */
    readonly links?: readonly Link[];
    /** Release notes, in Markdown. */
    readonly notes?: string | undefined;
  };
  /** Reasons why the hash changed: the lock, an option, or upstream bytes. */
  readonly why: readonly string[];
  readonly hashes: readonly ReportedHash[];
  readonly packages: readonly ReportedPackage[];
  /** Releases that an upgrade of uv.lock does not take. */
  readonly held?: readonly HeldPackage[];
  /** All changes inside the packages. */
  readonly contents?: Contents | undefined;
  /** The findings that `[policy]` decided about, with the decisions. */
  readonly findings?: readonly ReportedFinding[] | undefined;
  /** Size of the download of one system, in bytes. */
  readonly download?:
    | { readonly system?: string | undefined; readonly before?: number | undefined; readonly after: number }
    | undefined;
  readonly checks: readonly Check[];
  /** With two jobs: checks that only the build job could do. */
  readonly seen?: readonly Check[];
  readonly timings: readonly { readonly stage: string; readonly milliseconds: number }[];
  /** Steps that were not done, and why. */
  readonly notDone: readonly { readonly what: string; readonly why: string }[];
  /** Further notes for reviewers. */
  readonly notes?: readonly string[];
  /** Requests that an index did not answer; a pull request is not edited for these alone. */
  readonly notAsked?: readonly string[] | undefined;
}

export interface Link {
  readonly text: string;
  readonly url: string;
}

/** How a hash was computed: by Nix's build, by uv-fod, or by both with the same result. */
export type How = 'nix' | 'native' | 'both';

export interface ReportedHash {
  /** Nix system, such as `x86_64-linux`. */
  readonly system: string;
  /** Missing if there was no hash. */
  readonly before?: string | undefined;
  readonly after: string;
  readonly how: How;
}

/** Kind of a package's artifact on a system. */
export type ArtifactKind = 'wheel' | 'sdist' | 'git' | 'local';

export interface ReportedPackage {
  readonly name: string;
  /** Missing if the package was added. */
  readonly before?: string | undefined;
  /** Missing if the package was removed. */
  readonly after?: string | undefined;
  /** Whether it is a direct dependency of the project. */
  readonly direct: boolean;
  /** By system, unless it is a wheel before and after. */
  readonly kinds?:
    | readonly {
        readonly system: string;
        readonly before?: ArtifactKind | undefined;
        readonly after?: ArtifactKind | undefined;
      }[]
    | undefined;
  /** Page of the package. */
  readonly url?: string | undefined;
  /** Page of its changes. */
  readonly changes?: string | undefined;
  /** Why the new version was yanked; empty if the index gives no reason. */
  readonly yanked?: string | undefined;
  /** Known vulnerabilities of the new version. */
  readonly vulnerabilities?: readonly Vulnerability[] | undefined;
}

/** A release that an upgrade does not take. */
export interface HeldPackage {
  readonly name: string;
  /** The locked version; missing for a package that would be new. */
  readonly current?: string | undefined;
  readonly version: string;
  readonly direct: boolean;
  /** The reason, as text after the version, such as `is 2 days old`. */
  readonly why: string;
  /** Path of the lock, if the pull request has several. */
  readonly lock?: string;
}

export interface Vulnerability {
  /** `CVE-…`, or the identifier of the database that knows it. */
  readonly id: string;
  readonly url?: string | undefined;
  readonly summary?: string;
  /** Versions with the fix. */
  readonly fixedIn: readonly string[];
}

/** A finding for the reviewer, with the decision of the configuration's policy. */
export interface ReportedFinding {
  /** A kind of `[policy]`. */
  readonly kind: string;
  readonly package: string;
  readonly version: string;
  /** What was found; if `isUnknown`, the reason why it is unknown. */
  readonly what: string;
  readonly isUnknown?: true;
  readonly level: 'allow' | 'warn' | 'fail';
  /** Reason of the exception that allows it. */
  readonly reason?: string;
}

export interface Check {
  readonly name: string;
  readonly result: 'ok' | 'failed' | 'not checked';
  readonly detail?: string | undefined;
  /** The machines that did the check. A run that finds the result in its store names others. */
  readonly place?: string;
}
