import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import { sameEntry } from './files.ts';
import type { Forge, HistoryCommit, Sight } from './forge.ts';
import { addTrailer, readTrailer, type Trailer } from './trailer.ts';
import type { CommitView, PublishRequest, WantedFile } from './types.ts';

/** A commit that our branch has and the base has not. */
interface BranchCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly subject: string;
  readonly author: string;
  /** Ours, with its trailer, and still as we made it. */
  readonly ours: Trailer | undefined;
}

/** What is on our branch beyond the base. */
export interface BranchState {
  readonly head: CommitView;
  /** Oldest first. */
  readonly commits: readonly BranchCommit[];
  /** False where there are more commits than were listed. */
  readonly complete: boolean;
  readonly mergeBase: string;
  /** Paths that differ between the merge base and the head. */
  readonly changed: ReadonlySet<string>;
}

/** Reads what our branch has beyond the base. */
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

/** Whether somebody else's commits are on the branch. */
export function hasOthersCommits(state: BranchState): boolean {
  return !state.complete || state.commits.some(({ ours }) => ours === undefined);
}

/** Whether what is on the branch comes from a later run, or from a later base, than this. */
export async function isNewer(forge: Forge, request: PublishRequest, state: BranchState): Promise<boolean> {
  const theirs = state.commits.findLast(({ ours }) => ours !== undefined)?.ours;
  if (!theirs) return false;
  if (theirs.run !== undefined && request.run !== undefined) return theirs.run > request.run;
  if (theirs.base === request.base.sha) return false;
  const { mergeBase, commits } = await forge.compare(request.base.sha, theirs.base);
  return mergeBase === request.base.sha && commits.length > 0;
}

/** The commit to make: on what, with which files, and what the branch has to point at until then. */
interface CommitPlan {
  readonly parent: CommitView;
  readonly files: readonly WantedFile[];
  /** Head of the branch that was read; undefined: it must not exist yet. */
  readonly before: string | undefined;
  /** Leaves commits of ours behind. */
  readonly rebuilds: boolean;
}

/**
 * Decides what has to be committed, or nothing. Only our own commits on the branch: one commit on the base's head replaces
 * them. Somebody else's: ours goes on top of theirs, and only over files that they left as we or the base had them.
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
      `Somebody (${who}) changed ${touched.map(({ path }) => `\`${path}\``).join(', ')} on the branch \`${request.branch}\`, and that is not overwritten. Merge the pull request, or delete the branch so that it is made afresh.`,
    );
  }
  return { parent: state.head, files, before: state.head.oid, rebuilds: false };
}

/** Makes the commit and moves the branch to it. The commit's id, or undefined where somebody moved the branch meanwhile. */
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
