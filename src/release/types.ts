import type { FetchText } from '../system/fetch-text.ts';
import type { GithubApi } from '../system/github-api.ts';
import type { Run } from '../system/run.ts';

/** Where releases and tags are asked for. */
export type Hub = GithubApi;

/** A version that somebody has published. */
export interface Release {
  readonly version: string;
  readonly tag?: string;
  /** Commit, of a branch's head. */
  readonly revision?: string;
  /** When it was published, in milliseconds since 1970; undefined where that is not known. */
  readonly date?: number;
  /** What its publisher wrote about it, in Markdown. */
  readonly notes?: string;
  /** Marked as a pre-release by whoever published it; its version may say so too. */
  readonly isPrerelease?: boolean;
}

/** What a derivation has now. */
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
  /** Address of the package index: of the configuration, of the user's own settings, or of their lock. */
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
      /** `current`: there is nothing newer; `held-back`: what is newer, the rules leave out. */
      readonly reason: 'current' | 'held-back';
      /** One sentence for people. */
      readonly text: string;
      readonly held: readonly HeldBack[];
    };
