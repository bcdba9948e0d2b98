import type { Log } from '../system/log.ts';
import type { CommitView, MergeMethod, PublishRequest, RepositoryName, WantedFile } from './types.ts';

export type { RepositoryName };

// What publishing needs from a forge. The decisions are made outside, once for all forges.

/** Commits that decisions are based on, with the request's files in each, if they exist. */
export interface FoundHeads {
  /** Current head of the base branch. */
  readonly base: CommitView | undefined;
  /** The commit that was checked out. */
  readonly read: CommitView | undefined;
  /** Head of our branch. */
  readonly branch: CommitView | undefined;
  /** Whether the token is GITHUB_TOKEN, whose pull requests need an approval for their checks. */
  readonly isGithubToken: boolean;
}

export interface Heads extends FoundHeads {
  readonly base: CommitView;
  readonly read: CommitView;
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

/** Commits and branches of one repository. */
export interface ForgeCommits {
  /** Reads the heads of base and branch, and the checked-out commit. */
  readHeads(request: PublishRequest): Promise<FoundHeads>;
  /** Which of some branches exist, by as few requests as possible; not set: not known. */
  existing?(branches: readonly string[]): Promise<ReadonlySet<string>>;
  /** Reads one commit at these paths. */
  viewCommit(oid: string, paths: readonly string[]): Promise<CommitView>;
  /** Lists what the commit `to` has and `from` does not. */
  compare(from: string, to: string): Promise<CommitComparison>;
  /** @returns the commit's id */
  makeCommit(commit: NewCommit): Promise<string>;
  /**
   * Moves a branch only from where it was read: the forge compares and swaps.
   * @returns true if it points there now, also after an earlier try; false if someone else moved it
   */
  moveBranch(branch: string, move: Move): Promise<boolean>;
}

/** Lists of a pull request to add to. */
export type ExtraList = 'labels' | 'assignees' | 'reviewers';

/** What a pull request has, or ever had. */
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

/** Pull requests of one repository. */
export interface ForgePulls {
  /**
   * Those of a branch, open and closed, newest first; at least the last 100.
   * @param fork the repository that has the branch, on GitHub
   */
  list(branch: string, fork?: RepositoryName): Promise<ForgePull[]>;
  /**
   * @returns `exists` if one is open already; `nothing-new` if the base has all commits of the
   * branch
   */
  open(pull: NewPull, log: Log): Promise<ForgePull | 'exists' | 'nothing-new'>;
  edit(number: number, edit: PullEdit): Promise<void>;
  /** Makes an open pull request a draft, or ready for review. */
  setDraft(pull: ForgePull, draft: boolean): Promise<void>;
  comments(number: number): Promise<PullComment[]>;
  /** Comments, without retries: after a lost answer, a retry would post it twice. */
  comment(number: number, body: string): Promise<void>;
  /** Everything that was ever added to the lists, also if it was removed since. */
  everAdded(number: number): Promise<Extras>;
  /**
   * Adds what can be added, and warns about the rest.
   * @returns whether something was written
   */
  add(number: number, list: ExtraList, items: readonly string[], log: Log): Promise<boolean>;
  /** The open ones of the repository. */
  milestones(): Promise<readonly Milestone[]>;
  setMilestone(number: number, milestone: Milestone): Promise<void>;
  merging(pull: ForgePull): Promise<Merging>;
  /**
   * Enables auto-merge; never merges immediately.
   * @returns undefined if it is enabled; else why there is nothing to wait for, in words of the
   *   forge
   */
  enableAutoMerge(pull: ForgePull, method: MergeMethod): Promise<string | undefined>;
}

/** Pull requests of forks: comments that are edited, and who may push. */
export interface ForgeForks {
  /** Whether the author of a pull request allows edits by maintainers. */
  mayEdit(number: number): Promise<boolean>;
  /** Login of the token's own account. */
  login(): Promise<string>;
  editComment(id: number, body: string): Promise<void>;
  /** Nothing happens if it is gone. */
  removeComment(id: number): Promise<void>;
}

/**
 * One repository on a forge. Methods throw a `UserError` if the forge refuses;
 * `github-unavailable`, `forge-unavailable` and `rate-limited` are temporary.
 */
export interface Forge {
  readonly repository: RepositoryName;
  readonly commits: ForgeCommits;
  readonly pulls: ForgePulls;
  /** Only of GitHub, where runs for `workflow_run` publish. */
  readonly forks?: ForgeForks;
  /** Commits and branches of a fork, by git. */
  readonly commitsIn?: (fork: RepositoryName) => ForgeCommits;
  /**
   * Finds out whether the token may push, before much is computed.
   * @throws UserError `token-permission` and the like
   */
  requireWrite(): Promise<void>;
  /** Sets a commit status of success. */
  setStatus(commit: string, status: CommitStatus): Promise<void>;
}

export interface CommitStatus {
  /** Its name. */
  readonly context: string;
  /** At most 140 characters. */
  readonly description: string;
  /** Address of the run. */
  readonly url: string;
}

/** One try to publish a request. */
export interface Publication {
  readonly forge: Forge;
  readonly request: PublishRequest;
  readonly heads: Heads;
  readonly log: Log;
}
