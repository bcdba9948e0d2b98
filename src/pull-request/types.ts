import type { PullRequestOptions } from '../config/types.ts';

/** A repository's name, as the routes of forges take it. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** A file as it is after the merge. */
export interface FileChange {
  /** From the repository's root, with `/`. */
  readonly path: string;
  readonly content: string;
}

/** Options of a pull request that the configuration sets and nothing changes. */
type Configured = Pick<PullRequestOptions, 'labels' | 'assignees' | 'reviewers' | 'milestone' | 'autoMerge'>;

/** The files to publish, with their branch and pull request. */
export interface PublishRequest extends Partial<Configured> {
  readonly base: {
    /** Base branch, without `refs/heads/`. */
    readonly ref: string;
    /** The commit of the base that was checked out, and that everything was computed from. */
    readonly sha: string;
  };
  /** The repository that has the branch, if it is a fork; `base.ref` is then the branch, too. */
  readonly fork?: RepositoryName;
  /** The one branch of this package or group, without `refs/heads/`. */
  readonly branch: string;
  /** Branches of earlier pull requests for single packages of the group. */
  readonly formerBranches?: readonly string[];
  readonly files: readonly FileChange[];
  /**
   * Files that the result was computed from, such as `uv.lock`; if one changed in the base, nothing
   * is published.
   */
  readonly computedFrom?: readonly string[];
  readonly commitMessage: string;
  /** GitHub's run id; a run does not overwrite what a run with a greater id published. */
  readonly run?: number;
  readonly title: string;
  /** Markdown; cut if it is longer than the forge allows. */
  readonly body: string;
  /**
   * The pull request is edited only if this changes, so that new ages do not count. Default: the
   * body.
   */
  readonly bodyKey?: string;
  /** Added to the body and the log if the token is GITHUB_TOKEN. */
  readonly noteForGithubToken?: string;
  /**
   * Identifies the proposal, such as `authentik 2026.5.6`; if a person closed it, it is not
   * proposed again. Default: base and files.
   */
  readonly key?: string;
  /** Open it as a draft; an existing pull request is not changed. */
  readonly draft?: boolean;
  /** The build or import failed, so the pull request is a draft until a later run passes. */
  readonly isUnverified?: boolean;
}

/** Merge methods, as in GitHub's REST API. */
export const MERGE_METHODS = ['merge', 'squash', 'rebase'] as const;
export type MergeMethod = (typeof MERGE_METHODS)[number];

/** Why nothing was written, for people. */
export const reasonTexts = {
  unchanged: 'branch and pull request are up to date',
  'base-is-current': 'the hash and the build lock are current',
  'base-changed': 'these files changed on the base branch since this run started',
  'newer-run': 'a later run, or a run for a later base, published on the branch',
  'closed-by-person': 'it was closed with the same proposal',
  'others-commits': 'the hash is current, but the open pull request has commits by others',
  'head-moved': 'the branch has another head than the event names',
  'branch-deleted': 'the branch does not exist any more',
  'pull-request-closed': 'it was closed or merged',
  'no-pull-request': 'no open pull request has the branch and the head that the result is for',
  'several-pull-requests': 'several open pull requests have the branch and the head that the result is for',
  'in-comment': 'it is from a fork, so a comment has the patch',
  'no-result': 'the other run has no result: it found nothing to do, or failed',
} as const;

export type Reason = keyof typeof reasonTexts;

export interface PublishResult {
  /** `pushed`: a commit on the branch of someone's pull request. */
  readonly outcome: 'none' | 'created' | 'updated' | 'closed' | 'pushed';
  readonly branch: string;
  /** Head of the branch, if it exists. */
  readonly commit?: string;
  readonly number?: number;
  readonly url?: string;
  /** With `none`. */
  readonly reason?: Reason;
  /** Result of auto-merge as a sentence, if it was requested; may contain untrusted text. */
  readonly autoMerge?: string;
}

/** Mode and blob of a file in some commit. */
export interface FileEntry {
  readonly mode: string;
  readonly oid: string;
}

/** A file to publish, as git stores it. */
export interface WantedFile extends FileEntry {
  readonly path: string;
  readonly mode: '100644' | '100755';
  readonly content: string;
}

/** A commit, and its files at the requested paths. */
export interface CommitView {
  readonly oid: string;
  readonly tree: string;
  /** By path; missing files are left out. */
  readonly files: ReadonlyMap<string, FileEntry>;
}

/** Lists of a pull request to add to. */
export type ExtraList = 'labels' | 'assignees' | 'reviewers';

/** The labels, assignees and so on that a pull request has, or ever had. */
export interface Extras extends Readonly<Record<ExtraList, readonly string[]>> {
  readonly hasMilestone: boolean;
}

/** A pull request; its reviewers are those without a review yet, and teams as `org/team`. */
export interface ForgePull extends Extras {
  readonly number: number;
  readonly url: string;
  readonly isOpen: boolean;
  readonly isMerged: boolean;
  /** Commit at its head. */
  readonly head: string;
  readonly baseRef: string;
  readonly title: string;
  readonly body: string;
  readonly isDraft: boolean;
  readonly hasAutoMerge: boolean;
  /** Id that the forge uses internally. */
  readonly id: string;
}

/** A pull request to open. */
export interface NewPull {
  readonly title: string;
  readonly body: string;
  /** Name of the branch with the commits. */
  readonly head: string;
  /** Name of the base branch. */
  readonly base: string;
  readonly draft: boolean;
}

export interface PullEdit {
  readonly title?: string;
  readonly body?: string;
  readonly base?: string;
  readonly state?: 'closed';
}

export interface Milestone {
  /** Its number, or the forge's id for it. */
  readonly number: number;
  readonly title: string;
}

/** Settings of auto-merge for a pull request. */
export interface Merging {
  readonly isAllowed: boolean;
  /** Methods that the repository allows, the preferred one first. */
  readonly methods: readonly MergeMethod[];
  /** Who disabled it on this pull request, if someone did. */
  readonly disabledBy: string | undefined;
}

export interface PullComment {
  readonly id: number;
  readonly body: string;
  /** Login of its author, if that account still exists. */
  readonly author: string | undefined;
}
