import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import { sameEntry } from './files.ts';
import type { Forge, HistoryCommit, Sight } from './forge.ts';
import { addTrailer, readTrailer, type Trailer } from './trailer.ts';
import type { CommitView, PublishRequest, WantedFile } from './types.ts';

/** A commit on our branch that is not in the base. */
interface BranchCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly subject: string;
  readonly author: string;
  /** Trailer of an unchanged commit of ours. */
  readonly ours: Trailer | undefined;
}

/** Commits of our branch that are not in the base. */
export interface BranchState {
  readonly head: CommitView;
  /** Oldest first. */
  readonly commits: readonly BranchCommit[];
  /** False if there are more commits than were listed. */
  readonly complete: boolean;
  readonly mergeBase: string;
  /** Paths that differ between the merge base and the head. */
  readonly changed: ReadonlySet<string>;
}

/** Reads the commits of our branch that are not in the base. */
export async function readBranch(
  forge: Forge,
  { branch }: PublishRequest,
  sight: Sight,
): Promise<BranchState | undefined> {
  const head = sight.branch;
  if (!head) return undefined;
  const { commits, ...rest } = await forge.compare(sight.base.oid, head.oid);
  return { head, ...rest, commits: commits.map((commit) => branchCommit(commit, branch)) };
}

function branchCommit({ message, ...commit }: HistoryCommit, branch: string): BranchCommit {
  const trailer = readTrailer(message);
  const ours = trailer?.branch === branch && trailer.tree === commit.tree ? trailer : undefined;
  return { ...commit, subject: message.split('\n')[0] ?? '', ours };
}

/** Whether the branch has commits by others. */
export function hasOthersCommits(state: BranchState): boolean {
  return !state.complete || state.commits.some(({ ours }) => ours === undefined);
}

/** Whether the branch was written by a later run, or for a later base. */
export async function isNewer(forge: Forge, request: PublishRequest, state: BranchState): Promise<boolean> {
  const theirs = state.commits.findLast(({ ours }) => ours !== undefined)?.ours;
  if (!theirs) return false;
  if (theirs.run !== undefined && request.run !== undefined) return theirs.run > request.run;
  if (theirs.base === request.base.sha) return false;
  const { mergeBase, commits } = await forge.compare(request.base.sha, theirs.base);
  return mergeBase === request.base.sha && commits.length > 0;
}

/** The commit to make. */
interface CommitPlan {
  readonly parent: CommitView;
  readonly files: readonly WantedFile[];
  /** Head of the branch as read; undefined: the branch must not exist. */
  readonly before: string | undefined;
  /** Whether it replaces commits of ours. */
  readonly rebuilds: boolean;
}

/**
 * Decides what to commit; undefined for nothing. One commit on the head of the base replaces
 * commits of ours. On top of commits by others it changes only files that they left alone.
 */
export async function planCommit(
  forge: Forge,
  request: PublishRequest,
  sight: Sight,
  state: BranchState | undefined,
  wanted: readonly WantedFile[],
  disposable: boolean,
): Promise<CommitPlan | undefined> {
  const changes = wanted.filter((file) => !sameEntry(file, sight.base.files.get(file.path)));
  if (!state) return { parent: sight.base, files: changes, before: undefined, rebuilds: false };
  if (!disposable && hasOthersCommits(state)) return planOnTop(forge, request, state, wanted);
  const [only] = state.commits;
  const upToDate =
    state.commits.length === 1 &&
    only?.parents.join() === sight.base.oid &&
    state.changed.size === changes.length &&
    changes.every((file) => state.changed.has(file.path) && sameEntry(file, state.head.files.get(file.path)));
  if (upToDate) return undefined;
  return { parent: sight.base, files: changes, before: state.head.oid, rebuilds: true };
}

async function planOnTop(
  forge: Forge,
  request: PublishRequest,
  state: BranchState,
  wanted: readonly WantedFile[],
): Promise<CommitPlan | undefined> {
  const files = wanted.filter((file) => !sameEntry(file, state.head.files.get(file.path)));
  if (files.length === 0) return undefined;
  const last = state.commits.findLast(({ ours }) => ours !== undefined)?.sha ?? state.mergeBase;
  const before = await forge.viewCommit(
    last,
    request.files.map(({ path }) => path),
  );
  const touched = files.filter(({ path }) => !sameEntry(before.files.get(path), state.head.files.get(path)));
  if (touched.length > 0) {
    const theirs = state.commits.filter(({ ours }) => ours === undefined);
    const who = [...new Set(theirs.map(({ author }) => author))].join(', ');
    throw new UserError(
      'branch-edited',
      `${who} changed ${touched.map(({ path }) => `\`${path}\``).join(', ')} on the branch \`${request.branch}\`, which is not overwritten. Merge the pull request, or delete the branch so that it is created again.`,
    );
  }
  return { parent: state.head, files, before: state.head.oid, rebuilds: false };
}

/**
 * Makes the commit and moves the branch to it. @returns undefined if the branch was moved meanwhile
 */
export async function commitFiles(
  forge: Forge,
  { branch, base, run, commitMessage }: PublishRequest,
  { parent, files, before, rebuilds }: CommitPlan,
  log: Log,
): Promise<string | undefined> {
  const message = (tree: string) => addTrailer(commitMessage, { branch, base: base.sha, tree, run });
  const sha = await forge.makeCommit({ parent, files, message });
  if (!(await forge.moveBranch(branch, { before, after: sha, force: rebuilds }))) return undefined;
  log.info(`Commit ${sha} on ${branch}, on top of ${parent.oid}.`);
  return sha;
}
