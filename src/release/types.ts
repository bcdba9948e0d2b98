import type { FetchText } from '../system/fetch-text.ts';
import type { GithubApi } from '../system/github-api.ts';
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
  readonly date?: number;
  /** Release notes, in Markdown. */
  readonly notes?: string;
  /** Marked as a pre-release by its publisher; its version may be one too. */
  readonly isPrerelease?: boolean;
}

/** The current state of a derivation. */
export interface Current {
  readonly version: string;
  readonly revision?: string;
}

export interface ReleaseParts {
  readonly hub: () => Promise<Hub>;
  readonly fetchText: FetchText;
  readonly run: Run;
  /** Folder for temporary files. */
  readonly scratch: string;
  /** Address of the package index: of the configuration, the user's settings or the lock. */
  readonly index: string | undefined;
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
