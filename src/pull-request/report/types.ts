/**
 * What a run found and did, as plain data; every text in it may be a stranger's. It is the output `report` as well (docs/report.md), so
 * fields are added and not changed: what would break a reader makes another `version`.
 */
export interface Report {
  readonly version: 1;
  /** The package or group that the pull request is about. */
  readonly subject: {
    readonly name: string;
    readonly before?: string;
    readonly after?: string;
    /** Release notes, compare view and the like. */
    readonly links?: readonly Link[];
    /** What the publisher of the release wrote about it, in Markdown. */
    readonly notes?: string;
  };
  /** Why the hash moved, one reason a line: the lock changed, another option, upstream bytes changed. */
  readonly why: readonly string[];
  readonly hashes: readonly ReportedHash[];
  readonly packages: readonly ReportedPackage[];
  /** Bytes that the fixed output of one system holds. */
  readonly download?: { readonly system?: string; readonly before?: number; readonly after: number };
  readonly checks: readonly Check[];
  /** Where another job publishes: what only the job that built could see. */
  readonly seen?: readonly Check[];
  readonly timings: readonly Timing[];
  /** What was left out, and why. */
  readonly notDone: readonly { readonly what: string; readonly why: string }[];
  /** What else a reviewer has to know, such as that checks wait for approval. */
  readonly notes?: readonly string[];
  /** What could not be asked of an index this time; a pull request is not edited for it alone. */
  readonly notAsked?: readonly string[];
}

export interface Link {
  readonly text: string;
  readonly url: string;
}

/** How a hash was obtained: by Nix's own build, by this program's NAR, or by both with the same result. */
export type How = 'nix' | 'native' | 'both';

export interface ReportedHash {
  /** Nix system, such as `x86_64-linux`. */
  readonly system: string;
  /** Left out where there was none before. */
  readonly before?: string;
  readonly after: string;
  readonly how: How;
}

/** What is taken of a package for a system. */
export type ArtifactKind = 'wheel' | 'sdist' | 'git' | 'local';

export interface ReportedPackage {
  readonly name: string;
  /** Left out: added. */
  readonly before?: string;
  /** Left out: removed. */
  readonly after?: string;
  /** Whether the project itself asks for it. */
  readonly direct: boolean;
  /** By system, where it is not one wheel before and after. */
  readonly kinds?: readonly {
    readonly system: string;
    readonly before?: ArtifactKind;
    readonly after?: ArtifactKind;
  }[];
  /** Page of the package. */
  readonly url?: string;
  /** The index says that the new version was withdrawn, and why; empty where it gives no reason. */
  readonly yanked?: string;
  /** What the index knows of the new version. */
  readonly vulnerabilities?: readonly Vulnerability[];
}

export interface Vulnerability {
  /** `CVE-…`, or the identifier of the database that knows it. */
  readonly id: string;
  readonly url?: string;
  readonly summary?: string;
  /** Versions that it is mended in. */
  readonly fixedIn: readonly string[];
}

export interface Check {
  readonly name: string;
  readonly result: 'ok' | 'failed' | 'not checked';
  readonly detail?: string;
}

export interface Timing {
  readonly stage: string;
  readonly milliseconds: number;
}
