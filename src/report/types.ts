/** What a run found and did, as plain data; every text in it may be a stranger's. */
export interface Report {
  /** The package or group that the pull request is about. */
  readonly subject: {
    readonly name: string;
    readonly before?: string;
    readonly after?: string;
    /** Release notes, compare view and the like. */
    readonly links?: readonly Link[];
  };
  /** Why the hash moved, one reason a line: the lock changed, another option, upstream bytes changed. */
  readonly why: readonly string[];
  readonly hashes: readonly HashChange[];
  readonly packages: readonly PackageChange[];
  /** Bytes that the artifacts of one system weigh. */
  readonly download?: { readonly before?: number; readonly after: number };
  readonly checks: readonly Check[];
  readonly timings: readonly Timing[];
  /** What was left out, and why. */
  readonly notDone: readonly { readonly what: string; readonly why: string }[];
  /** What else a reviewer has to know, such as that checks wait for approval. */
  readonly notes?: readonly string[];
}

export interface Link {
  readonly text: string;
  readonly url: string;
}

/** How a hash was obtained: by Nix's own build, by this program's NAR, or by both with the same result. */
export type How = 'nix' | 'native' | 'both';

export interface HashChange {
  /** Nix system, such as `x86_64-linux`. */
  readonly system: string;
  /** Left out where there was none before. */
  readonly before?: string;
  readonly after: string;
  readonly how: How;
}

/** What is taken of a package for a system. */
export type ArtifactKind = 'wheel' | 'sdist' | 'git' | 'local';

export interface PackageChange {
  readonly name: string;
  /** Left out: added. */
  readonly before?: string;
  /** Left out: removed. */
  readonly after?: string;
  /** Whether the project itself asks for it. */
  readonly direct: boolean;
  /** Where kinds differ by system, or changed. */
  readonly kinds?: readonly {
    readonly system: string;
    readonly before?: ArtifactKind;
    readonly after?: ArtifactKind;
  }[];
  /** Page of the package. */
  readonly url?: string;
  /** The index says that the new version was withdrawn, and why. */
  readonly yanked?: string;
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
