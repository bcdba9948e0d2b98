import { UserError } from '../system/errors.ts';
import { sameEntry } from './files.ts';
import type { CommitComparison, HistoryCommit, NewCommit, Publication } from './forge.ts';
import { addTrailer, readTrailer, type Trailer } from './markers.ts';
import type { CommitView, WantedFile } from './types.ts';

/** A commit on our branch that is not in the base. */
interface BranchCommit extends HistoryCommit {
  /** Our trailer, if the commit is ours and unchanged. */
  readonly ours: Trailer | undefined;
}

/** Our branch, and its commits that are not in the base. */
export interface BranchState extends CommitComparison {
  readonly head: CommitView;
  readonly commits: readonly BranchCommit[];
}

/** Reads the commits of our branch that are not in the base; undefined if it does not exist. */
export async function readBranch({ forge, request, heads }: Publication): Promise<BranchState | undefined> {
  const head = heads.branch;
  if (!head) return undefined;
  const compared = await forge.commits.compare(heads.base.oid, head.oid);
  const commits = compared.commits.map((commit) => {
    const trailer = readTrailer(commit.message);
    const isOurs = trailer?.branch === request.branch && trailer.tree === commit.tree;
    return { ...commit, ours: isOurs ? trailer : undefined };
  });
  return { ...compared, head, commits };
}

/** Whether the branch has commits by others. */
export function hasOthersCommits(state: BranchState): boolean {
  return !state.complete || state.commits.some(({ ours }) => ours === undefined);
}

const lastOfOurs = ({ commits }: BranchState): BranchCommit | undefined =>
  commits.findLast(({ ours }) => ours !== undefined);

/** Whether the branch was written by a later run, or for a later base. */
export async function isNewer({ forge, request }: Publication, state: BranchState): Promise<boolean> {
  const theirs = lastOfOurs(state)?.ours;
  if (!theirs) return false;
  if (theirs.run !== undefined && request.run !== undefined) return theirs.run > request.run;
  if (theirs.base === request.base.sha) return false;
  const { mergeBase, commits } = await forge.commits.compare(request.base.sha, theirs.base);
  return mergeBase === request.base.sha && commits.length > 0;
}

/** The commit to make: on the base it replaces our commits, on the branch it follows them. */
type CommitPlan = Omit<NewCommit, 'message'>;

/**
 * Decides what to commit; undefined for nothing. One commit on the head of the base replaces our
 * commits. A commit on top of commits by others changes only files that those did not change.
 *
 * @param disposable whether the branch was merged, so that none of its commits is needed
 */
export async function planCommit(
  publication: Publication,
  state: BranchState | undefined,
  wanted: readonly WantedFile[],
  disposable: boolean,
): Promise<CommitPlan | undefined> {
  const { base } = publication.heads;
  const files = wanted.filter((file) => !sameEntry(file, base.files.get(file.path)));
  if (!state) return { parent: base, files };
  if (!disposable && hasOthersCommits(state)) return planOnTop(publication, state, wanted);
  const { head, commits, changed } = state;
  const isCurrent =
    commits.length === 1 &&
    commits[0]?.parents.join() === base.oid &&
    changed.size === files.length &&
    files.every((file) => changed.has(file.path) && sameEntry(file, head.files.get(file.path)));
  return isCurrent ? undefined : { parent: base, files };
}

async function planOnTop(
  { forge, request }: Publication,
  state: BranchState,
  wanted: readonly WantedFile[],
): Promise<CommitPlan | undefined> {
  const { head } = state;
  const files = wanted.filter((file) => !sameEntry(file, head.files.get(file.path)));
  if (files.length === 0) return undefined;
  const paths = files.map(({ path }) => path);
  const before = await forge.commits.viewCommit(lastOfOurs(state)?.sha ?? state.mergeBase, paths);
  const touched = paths.filter((path) => !sameEntry(before.files.get(path), head.files.get(path)));
  if (touched.length > 0) {
    const theirs = state.commits.filter(({ ours }) => ours === undefined);
    const who = [...new Set(theirs.map(({ author }) => author))].join(', ');
    throw new UserError(
      'branch-edited',
      `${who} changed ${touched.map((path) => `\`${path}\``).join(', ')} on the branch \`${request.branch}\`, which is not overwritten. Merge the pull request, or delete the branch so that it is created again.`,
    );
  }
  return { parent: head, files };
}

/**
 * Makes the commit and moves the branch to it. @returns undefined if the branch was moved meanwhile
 */
export async function commitFiles(
  { forge, request, heads, log }: Publication,
  { parent, files }: CommitPlan,
): Promise<string | undefined> {
  const { branch, base, run, commitMessage } = request;
  const message = (tree: string) => addTrailer(commitMessage, { branch, base: base.sha, tree, run });
  const after = await forge.commits.makeCommit({ parent, files, message });
  const before = heads.branch?.oid;
  const force = before !== undefined && before !== parent.oid;
  const isMoved = await forge.commits.moveBranch(branch, { before, after, force });
  if (isMoved) log.info(`Commit ${after} on ${branch}, on top of ${parent.oid}.`);
  return isMoved ? after : undefined;
}
