import type { Log } from '../system/log.ts';
import type { ForgePulls } from './forge-pulls.ts';
import type { GithubPulls } from './github/pulls.ts';
import type { CommitView, PublishRequest, RepositoryName, WantedFile } from './types.ts';

// The requests to a forge that publishing needs. Decisions are made once for all forges.

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

/** Old and new head of a branch; undefined: it does not exist, or is deleted. */
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
  /** Finds which branches exist, with as few requests as possible; not set: not known. */
  existing?(branches: readonly string[]): Promise<ReadonlySet<string>>;
  /** Reads one commit at these paths. */
  viewCommit(oid: string, paths: readonly string[]): Promise<CommitView>;
  /** Lists the commits that `to` has and `from` does not have. */
  compare(from: string, to: string): Promise<CommitComparison>;
  /** @returns the commit's id */
  makeCommit(commit: NewCommit): Promise<string>;
  /**
   * Moves a branch only if its head is still the one that was read (compare and swap).
   * @returns true if it points there now, even by an earlier try; false if someone else moved it
   */
  moveBranch(branch: string, move: Move): Promise<boolean>;
}

/**
 * One repository on a forge. Methods throw a `UserError` if the forge refuses;
 * `github-unavailable`, `forge-unavailable` and `rate-limited` are temporary.
 */
export interface Forge {
  readonly repository: RepositoryName;
  readonly commits: ForgeCommits;
  readonly pulls: ForgePulls;
  /** Pull requests of forks; only on GitHub, where runs for `workflow_run` publish. */
  readonly forks?: GithubPulls;
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
  /** Name of the status. */
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
