import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import { setAutoMerge } from './auto-merge.ts';
import {
  type BranchState,
  commitFiles,
  hasOthersCommits,
  isNewer,
  planCommit,
  readBranch,
} from './branch.ts';
import { checkRequest } from './check.ts';
import { holdBack, release } from './draft.ts';
import { addExtras } from './extras.ts';
import { isFinal, orWarn } from './failures.ts';
import { pathsOf, sameEntry, wantedFiles } from './files.ts';
import type { Forge, Sight } from './forge.ts';
import {
  closedByPerson,
  closePull,
  createPull,
  listPulls,
  openPull,
  type Pull,
  updatePull,
} from './pulls.ts';
import type { PublishRequest, PublishResult, Reason } from './types.ts';

const all = (): boolean => true;

// Tries, if someone else moves the branch meanwhile.
const ROUNDS = 4;

/**
 * Publishes files as one commit on one fixed branch with one pull request. Writes only what
 * changed, and moves the branch only from the head that was read. If a run is killed, the next one
 * completes it.
 *
 * @throws UserError if the forge refuses, or others edited the same files on the branch
 */
export async function publish(forge: Forge, request: PublishRequest, log: Log): Promise<PublishResult> {
  checkRequest(request);
  for (let round = 1; round <= ROUNDS; round++) {
    const result = await publishOnce(forge, request, log);
    if (result !== 'moved') return result;
    log.info(`\`${request.branch}\` or its base was moved meanwhile. Trying again.`);
  }
  throw new UserError(
    'branch-moves',
    `The branch \`${request.branch}\` was moved by someone else during each of ${ROUNDS} tries, so nothing was written. Let only one workflow write it at a time (\`concurrency:\`), and run this again.`,
  );
}

function none(request: PublishRequest, reason: Reason, pull?: Pull, commit?: string): PublishResult {
  return { outcome: 'none', reason, branch: request.branch, ...(commit ? { commit } : {}), ...linkOf(pull) };
}

function linkOf(pull: Pull | undefined): { number?: number; url?: string } {
  return pull ? { number: pull.number, url: pull.url } : {};
}

/** Paths of the request that changed in the base since the checked-out commit. */
function changedSince(request: PublishRequest, sight: Sight): string[] {
  return pathsOf(request).filter(
    (path) => !sameEntry(sight.read.files.get(path), sight.base.files.get(path)),
  );
}

/** Adds the note, which is not part of `bodyKey`: another token is no reason to edit the text. */
function withNote(request: PublishRequest): PublishRequest {
  const { noteForGithubToken: note, body, bodyKey = body } = request;
  return note === undefined ? request : { ...request, body: `${body.trimEnd()}\n\n${note}`, bodyKey };
}

async function publishOnce(forge: Forge, asked: PublishRequest, log: Log): Promise<PublishResult | 'moved'> {
  const sight = await forge.look(asked);
  const request = sight.isGithubToken ? withNote(asked) : asked;
  const changed = changedSince(request, sight);
  if (changed.length > 0) {
    log.warning(
      `\`${request.base.ref}\` has changed ${changed.join(', ')} since this run started (now ${sight.base.oid}). Nothing is published; the next run starts from there.`,
    );
    return none(request, 'base-changed');
  }
  const wanted = wantedFiles(request.files, sight.base);
  const isCurrent = wanted.every((file) => sameEntry(file, sight.base.files.get(file.path)));
  // Forges close the pull request of a deleted branch, so there is none to look for.
  if (isCurrent && !sight.branch) return closeObsolete(forge, request, undefined, undefined, log);
  const pulls = await listPulls(forge, request);
  const open = openPull(pulls, request);
  const state = await readBranch(forge, request, sight);
  if (isCurrent) return closeObsolete(forge, request, state, open, log);
  if (state && (await isNewer(forge, request, state))) {
    log.info(`A later run published on \`${request.branch}\`, so this one writes nothing.`);
    return none(request, 'newer-run', open, state.head.oid);
  }
  const closed = open ? undefined : closedByPerson(pulls, request);
  if (closed) {
    log.info(`#${closed.number} proposed the same and was closed by a person, so it is not opened again.`);
    return none(request, 'closed-by-person', closed);
  }
  const merged = pulls.some(({ isMerged, head }) => isMerged && head === state?.head.oid);
  const plan = await planCommit(forge, request, sight, state, wanted, merged);
  const held = plan ? await holdBack(forge, request, open, log) : open;
  const commit = plan ? await commitFiles(forge, request, plan, log) : state?.head.oid;
  if (commit === undefined) return 'moved';
  const before = state?.head.oid;
  return propose(forge, request, { sight, open: held, before, commit, committed: plan !== undefined }, log);
}

/** Closes our open pull request when the base is up to date, unless it has commits by others. */
async function closeObsolete(
  forge: Forge,
  request: PublishRequest,
  state: BranchState | undefined,
  open: Pull | undefined,
  log: Log,
): Promise<PublishResult> {
  if (!open?.marker) {
    const why = open
      ? `the text of ${open.url} was written by a person, so it stays open`
      : 'there is no pull request to close';
    log.info(`\`${request.base.ref}\` has all of these changes, and ${why}.`);
    return none(request, 'base-is-current');
  }
  if (state && hasOthersCommits(state)) {
    log.info(
      `The base has all of these changes, but #${open.number} has commits by others, so it stays open.`,
    );
    return none(request, 'others-commits', open);
  }
  await closePull(forge, request, open);
  log.info(`#${open.number} has nothing left to merge and was closed.`);
  return { outcome: 'closed', branch: request.branch, ...linkOf(open) };
}

interface BranchUpdate {
  readonly sight: Sight;
  readonly open: Pull | undefined;
  /** Head of the branch before this run. */
  readonly before: string | undefined;
  readonly commit: string;
  readonly committed: boolean;
}

/** Opens or edits the pull request of the branch. */
async function propose(
  forge: Forge,
  request: PublishRequest,
  proposal: BranchUpdate,
  log: Log,
): Promise<PublishResult | 'moved'> {
  const { open, commit, committed } = proposal;
  const { isGithubToken } = proposal.sight;
  const { branch, noteForGithubToken: note } = request;
  if (!open) {
    const made = await openOrTakeBack(forge, request, proposal, log);
    if (!made) return 'moved';
    log.info(`Opened ${made.url}.`);
    if (isGithubToken && note) log.info(note);
    const { result } = await finishPull(forge, request, made, isGithubToken, log);
    return { outcome: 'created', branch, commit, ...linkOf(made), ...result };
  }
  // Before the text, whose marker says that uv-fod made it a draft.
  const pull = await release(forge, request, open, log);
  const edited = await updatePull(forge, request, pull, log);
  const { wrote, result } = open.marker
    ? await finishPull(forge, request, pull, isGithubToken, log)
    : { wrote: false, result: {} };
  if (!committed && !edited && !wrote && pull === open) {
    log.info(`${open.url} is up to date, so nothing is written.`);
    return { ...none(request, 'unchanged', open, commit), ...result };
  }
  log.info(`Updated ${open.url}.`);
  if (committed && isGithubToken && note) log.info(note);
  return { outcome: 'updated', branch, commit, ...linkOf(open), ...result };
}

/**
 * Adds labels and the like, and enables auto-merge. A failure does not fail the run: the pull
 * request is open, and the next run tries again.
 * @returns whether something was written, and the result of auto-merge
 */
async function finishPull(
  forge: Forge,
  request: PublishRequest,
  pull: Pull,
  isGithubToken: boolean,
  log: Log,
): Promise<{ readonly wrote: boolean; readonly result: Pick<PublishResult, 'autoMerge'> }> {
  const added = await orWarn(log, () => addExtras(forge, request, pull, log), all);
  const merged = await setAutoMerge(forge, request, pull, isGithubToken, log);
  return { wrote: added || merged?.isNew === true, result: merged ? { autoMerge: merged.message } : {} };
}

/** Opens the pull request; if the forge refuses, moves the branch back. */
async function openOrTakeBack(
  forge: Forge,
  request: PublishRequest,
  proposal: BranchUpdate,
  log: Log,
): Promise<Pull | undefined> {
  const { before, commit, committed } = proposal;
  try {
    return await createPull(forge, request, log);
  } catch (error) {
    // After a temporary failure the next run continues from here.
    if (committed && isFinal(error)) {
      const { branch } = request;
      const isBack = await forge
        .moveBranch(branch, { before: commit, after: before, force: true })
        .catch(() => false);
      if (isBack)
        log.info(`\`${branch}\` is ${before === undefined ? 'deleted again' : 'as it was before'}.`);
      else log.warning(`The branch \`${branch}\` could not be moved back.`);
    }
    throw error;
  }
}
