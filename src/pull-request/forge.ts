import type { Log } from '../system/log.ts';
import type { CommitView, MergeMethod, PublishRequest, WantedFile } from './types.ts';

// What publishing needs from a forge. The decisions are made outside, once for all forges.

/** State of the repository that decisions are based on. */
export interface Sight {
  /** Current head of the base branch. */
  readonly base: CommitView;
  /** The commit that was checked out. */
  readonly read: CommitView;
  /** Head of our branch, if it exists. */
  readonly branch: CommitView | undefined;
  /** Whether the token is GITHUB_TOKEN, whose pull requests need an approval for their checks. */
  readonly isGithubToken: boolean;
}

/** A commit of a history. */
export interface HistoryCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** Who committed it last. */
  readonly author: string;
}

/** Commits that one commit has and another does not. */
export interface CommitComparison {
  /** Oldest first. */
  readonly commits: readonly HistoryCommit[];
  /** False if there are more commits than were listed. */
  readonly complete: boolean;
  readonly mergeBase: string;
  /** Paths that differ between the merge base and the later commit. */
  readonly changed: ReadonlySet<string>;
}

/** A commit to make; it is not visible until a branch points to it. */
export interface NewCommit {
  readonly parent: CommitView;
  readonly files: readonly WantedFile[];
  /** The message, given the id of the commit's tree. */
  readonly message: (tree: string) => string;
}

/** From where to where a branch moves; undefined: it does not exist, or is deleted. */
export interface Move {
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Whether it drops commits. */
  readonly force: boolean;
}

/** A pull request as the forge reports it. */
export interface ForgePull {
  readonly number: number;
  readonly url: string;
  readonly isOpen: boolean;
  readonly isMerged: boolean;
  /** Commit at its head. */
  readonly head: string;
  readonly baseRef: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  /** Requested users and, as `org/team`, teams without a review yet. */
  readonly reviewers: readonly string[];
  /** Title of its milestone, if it has one. */
  readonly milestone: readonly string[];
  readonly isDraft: boolean;
  readonly hasAutoMerge: boolean;
  /** Id that the forge uses internally. */
  readonly id: string;
}

/** Settings of auto-merge for a pull request. */
export interface Merging {
  readonly isAllowed: boolean;
  /** Methods that the repository allows. */
  readonly methods: readonly MergeMethod[];
  /** Who disabled it on this pull request, if someone did. */
  readonly switchedOffBy: string | undefined;
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

/** Lists of a pull request to add to; the milestone is a list of at most one. */
export type ExtraList = 'labels' | 'assignees' | 'reviewers' | 'milestone';

/** Completes "The forge refused to …", before the items. */
export const ADDING: Readonly<Record<ExtraList, string>> = {
  labels: 'add the labels',
  assignees: 'assign',
  reviewers: 'ask for a review by',
  milestone: 'set the milestone',
};

/**
 * One repository on a forge. Each method throws a `UserError` if the forge refuses;
 * `github-unavailable`, `forge-unavailable` and `rate-limited` are temporary.
 */
export interface Forge {
  /** Limit for the body of a pull request, in characters. */
  readonly bodyLimit: number;
  /**
   * Reads the heads of base and branch and the checked-out commit, with the request's files in
   * each.
   */
  readonly look: (request: PublishRequest) => Promise<Sight>;
  /** Reads one commit at these paths. */
  readonly viewCommit: (oid: string, paths: readonly string[]) => Promise<CommitView>;
  /** Lists what the commit `to` has and `from` does not. */
  readonly compare: (from: string, to: string) => Promise<CommitComparison>;
  /** @returns the commit's id */
  readonly makeCommit: (commit: NewCommit) => Promise<string>;
  /**
   * Moves a branch only from where it was read: the forge compares and swaps.
   * @returns true if it points there now, also after an earlier try; false if someone else moved it
   */
  readonly moveBranch: (branch: string, move: Move) => Promise<boolean>;
  /**
   * Pull requests of a branch of this repository, open and closed, newest first; at least the last
   * 100.
   */
  readonly listPulls: (branch: string) => Promise<ForgePull[]>;
  /**
   * @returns `exists` if one is open already; `nothing-new` if the base has all commits of the
   * branch
   */
  readonly openPull: (pull: NewPull, log: Log) => Promise<ForgePull | 'exists' | 'nothing-new'>;
  readonly editPull: (number: number, edit: PullEdit) => Promise<void>;
  /** Texts of the comments. */
  readonly comments: (number: number) => Promise<string[]>;
  /** Comments, without retries: after a lost answer, a retry would post it twice. */
  readonly comment: (number: number, body: string) => Promise<void>;
  /** Everything that was ever added to the lists, also if it was removed since. */
  readonly everAdded: (number: number) => Promise<Readonly<Record<ExtraList, readonly string[]>>>;
  /**
   * Adds what can be added, and warns about the rest.
   * @returns whether something was written
   */
  readonly add: (number: number, list: ExtraList, items: readonly string[], log: Log) => Promise<boolean>;
  /** Missing if the forge cannot change whether an open pull request is a draft. */
  readonly setDraft?: (pull: ForgePull, draft: boolean) => Promise<void>;
  /** Missing if the forge has no auto-merge. */
  readonly merging?: (pull: ForgePull) => Promise<Merging>;
  /**
   * Enables auto-merge; never merges immediately.
   * @returns undefined if it is enabled; else the forge's words for why there is nothing to wait
   *   for
   */
  readonly enableAutoMerge?: (pull: ForgePull, method: MergeMethod) => Promise<string | undefined>;
}
