import type { Log } from '../system/log.ts';
import type { CommitView, MergeMethod, PublishRequest, WantedFile } from './types.ts';

// What the rules of our pull requests need of the place where a repository lives. GitHub, and Forgejo with Gitea, each do it in
// their way; what is decided, and when something is written, stands in the rules once.

/** All that has to be known of the repository before anything is decided. */
export interface Sight {
  /** Head of the base branch now. */
  readonly base: CommitView;
  /** The commit that was checked out. */
  readonly read: CommitView;
  /** Head of our branch, where it exists. */
  readonly branch: CommitView | undefined;
  /** Whether the token is GitHub's for a workflow, whose pull requests have to wait for an approval of their checks. */
  readonly isGithubToken: boolean;
}

/** A commit as a history lists it. */
export interface HistoryCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** Who made it what it is. */
  readonly author: string;
}

/** What one commit has beyond another. */
export interface CommitComparison {
  /** Oldest first. */
  readonly commits: readonly HistoryCommit[];
  /** False where there are more commits than were listed. */
  readonly complete: boolean;
  readonly mergeBase: string;
  /** Paths that differ between the merge base and the later commit. */
  readonly changed: ReadonlySet<string>;
}

/** A commit to make: nobody sees it until a branch points there. */
export interface NewCommit {
  readonly parent: CommitView;
  readonly files: readonly WantedFile[];
  /** The message, for the tree that the commit turns out to hold. */
  readonly message: (tree: string) => string;
}

/** Where a branch is to go from where it was read; undefined: it does not exist there, or is to go away. */
export interface Move {
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Leaves commits behind. */
  readonly force: boolean;
}

/** A pull request as the forge tells it. */
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
  /** Users and, as `org/team`, teams that were asked and have not answered yet. */
  readonly reviewers: readonly string[];
  /** Title of its milestone, if it has one. */
  readonly milestone: readonly string[];
  readonly isDraft: boolean;
  readonly hasAutoMerge: boolean;
  /** The forge's own name for it. */
  readonly id: string;
}

/** How a pull request may be merged by itself. */
export interface Merging {
  readonly isAllowed: boolean;
  /** Methods that the repository allows. */
  readonly methods: readonly MergeMethod[];
  /** Who switched it off on this pull request, where somebody did. */
  readonly switchedOffBy: string | undefined;
}

/** A pull request to open. */
export interface NewPull {
  readonly title: string;
  readonly body: string;
  /** Name of the branch with the commits. */
  readonly head: string;
  /** Name of the branch that it goes to. */
  readonly base: string;
  readonly draft: boolean;
}

export interface PullEdit {
  readonly title?: string;
  readonly body?: string;
  readonly base?: string;
  readonly state?: 'closed';
}

/** The lists of a pull request that a request may add to; the milestone is a list of one at most. */
export type ExtraList = 'labels' | 'assignees' | 'reviewers' | 'milestone';

/** Completes "The forge refused to …", before what was to be added. */
export const ADDING: Readonly<Record<ExtraList, string>> = {
  labels: 'add the labels',
  assignees: 'assign',
  reviewers: 'ask for a review by',
  milestone: 'set the milestone',
};

/**
 * One repository on a forge. Each method throws a `UserError` with cause and remedy where the forge refuses; `github-unavailable`,
 * `forge-unavailable` and `rate-limited` are the failures that pass.
 */
export interface Forge {
  /** Characters that the body of a pull request may have. */
  readonly bodyLimit: number;
  /** Reads the heads of base and branch and the commit that was checked out, with the files that matter in each. */
  readonly look: (request: PublishRequest) => Promise<Sight>;
  /** What one commit of the repository holds at these paths. */
  readonly viewCommit: (oid: string, paths: readonly string[]) => Promise<CommitView>;
  /** What the commit `to` has beyond `from`. */
  readonly compare: (from: string, to: string) => Promise<CommitComparison>;
  /** @returns the commit's id */
  readonly makeCommit: (commit: NewCommit) => Promise<string>;
  /**
   * Moves a branch from what was read, or not at all: the forge compares and swaps.
   * @returns true where it points there now, be it that an earlier try got through whose answer was lost; false where somebody else moved it
   */
  readonly moveBranch: (branch: string, move: Move) => Promise<boolean>;
  /** Pull requests of a branch of this repository, open and closed, newest first; at least the last 100. */
  readonly listPulls: (branch: string) => Promise<ForgePull[]>;
  /** @returns the pull request; `exists` where one is open already; `nothing-new` where the base has all that the branch has */
  readonly openPull: (pull: NewPull, log: Log) => Promise<ForgePull | 'exists' | 'nothing-new'>;
  readonly editPull: (number: number, edit: PullEdit) => Promise<void>;
  /** Texts of the comments. */
  readonly comments: (number: number) => Promise<string[]>;
  /** Comments, in one try: repeated after its answer was lost, it would be there twice. */
  readonly comment: (number: number, body: string) => Promise<void>;
  /** What was ever put on the lists, also if it was taken away since. */
  readonly everAdded: (number: number) => Promise<Readonly<Record<ExtraList, readonly string[]>>>;
  /**
   * Adds what can be added, and warns of what can't.
   * @returns whether something was written
   */
  readonly add: (number: number, list: ExtraList, items: readonly string[], log: Log) => Promise<boolean>;
  /** Left out where a pull request that is open can't become a draft, or cease to be one. */
  readonly setDraft?: (pull: ForgePull, draft: boolean) => Promise<void>;
  /** Left out where the forge merges nothing by itself. */
  readonly merging?: (pull: ForgePull) => Promise<Merging>;
  /**
   * Switches on that the forge merges it once all that is required is there; never merges it right away.
   * @returns undefined where it is on; else the forge's words for there being nothing to wait for
   */
  readonly enableAutoMerge?: (pull: ForgePull, method: MergeMethod) => Promise<string | undefined>;
}
