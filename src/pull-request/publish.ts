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

// How often a branch may move under our hands before it is given up.
const ROUNDS = 4;

/**
 * Publishes files as one commit on one fixed branch and one pull request. Looks before each write and writes nothing where nothing changed;
 * the branch moves only from the head that was read. A run that is ended at any point is made up for by the next.
 *
 * @throws UserError with cause and remedy where the forge refuses, or where others edited the same files on the branch.
 */
export async function publish(forge: Forge, request: PublishRequest, log: Log): Promise<PublishResult> {
  checkRequest(request);
  for (let round = 1; round <= ROUNDS; round++) {
    const result = await publishOnce(forge, request, log);
    if (result !== 'moved') return result;
    log.info(`Somebody else moved \`${request.branch}\` or its base meanwhile: looking again.`);
  }
  throw new UserError(
    'branch-moves',
    `The branch \`${request.branch}\` was moved by somebody else each of the ${ROUNDS} times that it was to be written, so nothing was. Let only one workflow write it at a time (\`concurrency:\`), and run this again.`,
  );
}

function none(request: PublishRequest, reason: Reason, pull?: Pull, commit?: string): PublishResult {
  return { outcome: 'none', reason, branch: request.branch, ...(commit ? { commit } : {}), ...linkOf(pull) };
}

function linkOf(pull: Pull | undefined): { number?: number; url?: string } {
  return pull ? { number: pull.number, url: pull.url } : {};
}

/** Files of the result, or that it was computed from, which the base got in another version since. */
function changedSince(request: PublishRequest, sight: Sight): string[] {
  return pathsOf(request).filter(
    (path) => !sameEntry(sight.read.files.get(path), sight.base.files.get(path)),
  );
}

/** The note is not part of what decides whether the text has changed: another token alone is no reason to edit it. */
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
      `\`${request.base.ref}\` has other versions of ${changed.join(', ')} since this began (now ${sight.base.oid}): nothing is published; the next run starts from there.`,
    );
    return none(request, 'base-changed');
  }
  const wanted = wantedFiles(request.files, sight.base);
  const isCurrent = wanted.every((file) => sameEntry(file, sight.base.files.get(file.path)));
  // Without a branch no pull request of it is open: GitHub and Forgejo close those whose branch goes.
  if (isCurrent && !sight.branch) return closeObsolete(forge, request, undefined, undefined, log);
  const pulls = await listPulls(forge, request);
  const open = openPull(pulls, request);
  const state = await readBranch(forge, request, sight);
  if (isCurrent) return closeObsolete(forge, request, state, open, log);
  if (state && (await isNewer(forge, request, state))) {
    log.info(`A later run published on \`${request.branch}\`: this one writes nothing.`);
    return none(request, 'newer-run', open, state.head.oid);
  }
  const closed = open ? undefined : closedByPerson(pulls, request);
  if (closed) {
    log.info(`#${closed.number} proposed just this and was closed by a person: it is not opened again.`);
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

/** The base needs nothing: an open pull request of ours goes, unless others' work hangs on it. */
async function closeObsolete(
  forge: Forge,
  request: PublishRequest,
  state: BranchState | undefined,
  open: Pull | undefined,
  log: Log,
): Promise<PublishResult> {
  if (!open?.marker) {
    const why = open
      ? `the text of ${open.url} is a person's, so it stays open`
      : 'there is no pull request to close';
    log.info(`\`${request.base.ref}\` has all of this already, and ${why}.`);
    return none(request, 'base-is-current');
  }
  if (state && hasOthersCommits(state)) {
    log.info(`The base has all of this, but #${open.number} holds commits of others: it stays open.`);
    return none(request, 'others-commits', open);
  }
  await closePull(forge, request, open);
  log.info(`#${open.number} has nothing left to do and was closed.`);
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
    const { told } = await finishPull(forge, request, made, isGithubToken, log);
    return { outcome: 'created', branch, commit, ...linkOf(made), ...told };
  }
  // Before the text, whose marker tells that it is a draft by us.
  const pull = await release(forge, request, open, log);
  const edited = await updatePull(forge, request, pull, log);
  const { wrote, told } = open.marker
    ? await finishPull(forge, request, pull, isGithubToken, log)
    : { wrote: false, told: {} };
  if (!committed && !edited && !wrote && pull === open) {
    log.info(`${open.url} says all of this already: nothing is written.`);
    return { ...none(request, 'unchanged', open, commit), ...told };
  }
  log.info(`Updated ${open.url}.`);
  if (committed && isGithubToken && note) log.info(note);
  return { outcome: 'updated', branch, commit, ...linkOf(open), ...told };
}

/**
 * What has to be there besides branch and text. No failure of it fails the run, because the pull request is open and the next run adds it.
 * @returns whether something was missing, and what came of auto-merge
 */
async function finishPull(
  forge: Forge,
  request: PublishRequest,
  pull: Pull,
  isGithubToken: boolean,
  log: Log,
): Promise<{ readonly wrote: boolean; readonly told: Pick<PublishResult, 'autoMerge'> }> {
  const added = await orWarn(log, () => addExtras(forge, request, pull, log), all);
  const merged = await setAutoMerge(forge, request, pull, isGithubToken, log);
  return { wrote: added || merged?.isNew === true, told: merged ? { autoMerge: merged.says } : {} };
}

/** Opens the pull request; where the forge refuses, the branch goes back to what it was, so that the remote is as before. */
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
    // Where the forge is out of order the next run goes on from here; only a refusal is final.
    if (committed && isFinal(error)) {
      const { branch } = request;
      const isBack = await forge
        .moveBranch(branch, { before: commit, after: before, force: true })
        .catch(() => false);
      if (isBack)
        log.info(`\`${branch}\` is ${before === undefined ? 'taken away again' : 'as it was before'}.`);
      else log.warning(`The branch \`${branch}\` could not be put back to what it was.`);
    }
    throw error;
  }
}
