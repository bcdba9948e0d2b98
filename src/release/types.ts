import type { ReleaseSource, TagPattern } from '../config/types.ts';
import type { FetchText } from '../fetch/text.ts';
import type { GithubApi } from '../pull-request/github/api.ts';
import type { Run } from '../system/run.ts';

/** The API that lists releases and tags. */
export type Hub = GithubApi;

/** A published version. */
export interface Release {
  readonly version: string;
  readonly tag?: string;
  /** Commit of a branch's head. */
  readonly revision?: string;
  /** When it was published, in milliseconds since 1970; undefined if unknown. */
  readonly date?: number | undefined;
  /** Release notes, in Markdown. */
  readonly notes?: string;
  /** Marked as a pre-release by its publisher; its version may be one too. */
  readonly isPrerelease?: boolean;
}

/** The current state of a derivation. */
export interface Current {
  readonly version: string;
  readonly revision?: string | null | undefined;
}

/** Releases that were listed together; undefined for a source that was not listed. */
export type ListedTogether = (
  source: ReleaseSource,
) => { readonly releases: readonly Release[]; readonly hasMore: boolean } | undefined;

export interface ReleaseParts {
  readonly hub: () => Promise<Hub>;
  readonly fetchText: FetchText;
  readonly run: Run;
  /** Folder for temporary files. */
  readonly scratch: string;
  /** Releases that were listed for all packages together, if they were. */
  readonly listed?: ListedTogether | undefined;
  /** Address of the package index, from the configuration, the user's settings or the lock. */
  readonly index: string | undefined;
}

/** A source of releases with tags. */
export type TagSource = Extract<ReleaseSource, { tag: TagPattern }>;

/** A commit and its time, in milliseconds since 1970. */
export interface Commit {
  readonly revision: string;
  readonly date: number;
}

/** A repository. Its errors are `releases-not-found` and `releases-unreachable`. */
export interface Repository {
  /** Its name in messages. */
  readonly name: string;
  /** @throws UserError `tag-pattern` if no tag has the source's form */
  readonly releases: (source: TagSource) => Promise<Release[]>;
  /**
   * @param ref `tags/NAME` or `heads/NAME`
   * @returns its commit; undefined if it is missing
   */
  readonly commitOf: (ref: string) => Promise<Commit | undefined>;
  /**
   * @returns when a commit was made, in milliseconds since 1970; undefined if the branch lacks it
   */
  readonly dateOnBranch: (branch: string, commit: string) => Promise<number | undefined>;
}

/** A newer version that is not taken, and why. */
export interface HeldBack {
  readonly version: string;
  readonly why: string;
}

export type Choice =
  | { readonly kind: 'release'; readonly release: Release; readonly held: readonly HeldBack[] }
  | {
      readonly kind: 'none';
      /** `current`: nothing is newer; `held-back`: the rules exclude what is newer. */
      readonly reason: 'current' | 'held-back';
      /** One sentence for people. */
      readonly text: string;
      readonly held: readonly HeldBack[];
    };
