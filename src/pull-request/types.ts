/** A repository's name, as the routes of forges take it. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** One file as it has to be after the pull request is merged. */
export interface FileChange {
  /** From the repository's root, with `/`. */
  readonly path: string;
  readonly content: string | Uint8Array;
  /** Left out: as the file is in the base, or not executable where it is new. */
  readonly executable?: boolean;
}

/** What to publish, where. */
export interface PublishRequest {
  readonly owner: string;
  readonly repo: string;
  readonly base: {
    /** Name of the branch that the pull request goes to, without `refs/heads/`. */
    readonly ref: string;
    /** The commit of it that everything was computed from: what was checked out. */
    readonly sha: string;
  };
  /** The one branch of this package or group, without `refs/heads/`. */
  readonly branch: string;
  readonly files: readonly FileChange[];
  /** Other files that the result was computed from, such as `uv.lock`: where one changed in the base since, nothing is published. */
  readonly computedFrom?: readonly string[];
  readonly commitMessage: string;
  readonly title: string;
  /** Markdown; cut where it is longer than GitHub takes. */
  readonly body: string;
  /** What of the body has to differ for the pull request to be edited, so that timings alone do not. Default: the body. */
  readonly bodyKey?: string;
  /** Told at the body's end and in the log where the token turns out to be GITHUB_TOKEN. */
  readonly noteForGithubToken?: string;
  /** What this proposes, such as `authentik 2026.5.6`: one that a person closed is not proposed again. Default: base and files. */
  readonly key?: string;
  /** Number that grows from run to run (GitHub's run id): a run with a smaller one does not undo what a later one published. */
  readonly run?: number;
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
  /** User names, and teams as `org/team`. */
  readonly reviewers?: readonly string[];
  /** Title of an open milestone, or its number. */
  readonly milestone?: string;
  /** Open it as a draft; a pull request that exists is left as it is. */
  readonly draft?: boolean;
  /** What is proposed did not build or import: the pull request is a draft until something that did takes its place. */
  readonly isUnverified?: boolean;
  /** Let the forge merge it once everything that its rules require is there; true: by any method that is allowed. Never for a draft. */
  readonly autoMerge?: boolean | MergeMethod;
}

/** How a pull request is merged, in the words of GitHub's REST API. */
export type MergeMethod = 'merge' | 'squash' | 'rebase';

/** Why nothing was written. */
export type Reason =
  /** Branch and pull request already say this. */
  | 'unchanged'
  /** The base has all of it, and there is no pull request of ours to close. */
  | 'base-is-current'
  /** The base got other versions of these files while this ran. */
  | 'base-changed'
  /** A later run, or one of a later base, published on the branch. */
  | 'newer-run'
  /** A person closed the pull request for just this. */
  | 'closed-by-person'
  /** The base has all of it, but others' commits are on the branch of the open pull request. */
  | 'others-commits';

export interface PublishResult {
  readonly outcome: 'none' | 'created' | 'updated' | 'closed';
  readonly branch: string;
  /** Head of the branch, where there is one. */
  readonly commit?: string;
  readonly number?: number;
  readonly url?: string;
  /** With `none`. */
  readonly reason?: Reason;
  /** What came of auto-merge in a sentence, where it was asked for; a stranger's words may be in it. */
  readonly autoMerge?: string;
}

/** Mode and blob of a file in some commit. */
export interface FileEntry {
  readonly mode: string;
  readonly oid: string;
}

/** A file to publish, as git will hold it. */
export interface WantedFile extends FileEntry {
  readonly path: string;
  readonly content: Uint8Array;
}

/** A commit and what it holds at the paths that matter. */
export interface CommitView {
  readonly oid: string;
  readonly tree: string;
  /** Paths that it does not have are missing. */
  readonly files: ReadonlyMap<string, FileEntry>;
}
