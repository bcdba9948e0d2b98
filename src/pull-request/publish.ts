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
import { addExtras } from './extras.ts';
import { isFinal, orWarn } from './failures.ts';
import { pathsOf, sameEntry, wantedFiles } from './files.ts';
import type { Forge, Publication } from './forge.ts';
import {
  closedByPerson,
  closePull,
  createPull,
  holdBack,
  listPulls,
  openPull,
  type Pull,
  release,
  updatePull,
} from './pulls.ts';
import { inRounds } from './rounds.ts';
import type { PublishRequest, PublishResult, Reason } from './types.ts';

/**
 * Publishes files as one commit on one fixed branch with one pull request. Writes only what
 * changed, and moves the branch only from the head that was read. If a run is killed, the next one
 * completes it.
 *
 * @throws UserError if the forge refuses, or others edited the same files on the branch
 */
export const publish = (forge: Forge, request: PublishRequest, log: Log): Promise<PublishResult> =>
  inRounds(forge, request, log, (publication) => publishOnce(withNote(publication)));

/** The result if the base is up to date, and our branch does not exist. */
export function nothingToPublish(branch: string, base: string, log: Log): PublishResult {
  log.info(`\`${base}\` has all of these changes, and there is no pull request to close.`);
  return { outcome: 'none', reason: 'base-is-current', branch };
}

/** Adds the note. It is not part of `bodyKey`: another token is no reason to edit the text. */
function withNote(publication: Publication): Publication {
  const { request, heads } = publication;
  const { noteForGithubToken: note, body, bodyKey = body } = request;
  if (!heads.isGithubToken || note === undefined) return publication;
  return { ...publication, request: { ...request, body: `${body.trimEnd()}\n\n${note}`, bodyKey } };
}

function none(request: PublishRequest, reason: Reason, pull?: Pull, commit?: string): PublishResult {
  return { outcome: 'none', reason, branch: request.branch, ...(commit ? { commit } : {}), ...linkOf(pull) };
}

const linkOf = (pull: Pull | undefined) => (pull ? { number: pull.number, url: pull.url } : {});

async function publishOnce(publication: Publication): Promise<PublishResult | 'moved'> {
  const { request, heads, log } = publication;
  const { base, read } = heads;
  const changed = pathsOf(request).filter((path) => !sameEntry(read.files.get(path), base.files.get(path)));
  if (changed.length > 0) {
    log.warning(
      `\`${request.base.ref}\` has changed ${changed.join(', ')} since this run started (now ${base.oid}). Nothing is published; the next run starts from there.`,
    );
    return none(request, 'base-changed');
  }
  const wanted = wantedFiles(request.files, base);
  const isCurrent = wanted.every((file) => sameEntry(file, base.files.get(file.path)));
  // Forges close the pull request of a deleted branch, so it is not searched for.
  if (isCurrent && !heads.branch) return closeObsolete(publication, undefined, undefined);
  const pulls = await listPulls(publication);
  const open = openPull(pulls, request);
  const state = await readBranch(publication);
  if (isCurrent) return closeObsolete(publication, state, open);
  if (state && (await isNewer(publication, state))) {
    log.info(`A later run published on \`${request.branch}\`, so this one writes nothing.`);
    return none(request, 'newer-run', open, state.head.oid);
  }
  const closed = open ? undefined : closedByPerson(pulls, request);
  if (closed) {
    log.info(
      `#${closed.number} proposed the same and was closed by a person, so it is not opened again. To have it proposed again, reopen #${closed.number}, or remove the comment '<!-- uv-fod …' from its description, and run this again.`,
    );
    return none(request, 'closed-by-person', closed);
  }
  const before = heads.branch?.oid;
  const merged = pulls.some(({ isMerged, head }) => isMerged && head === before);
  const plan = await planCommit(publication, state, wanted, merged);
  const held = plan ? await holdBack(publication, open) : open;
  const commit = plan ? await commitFiles(publication, plan) : before;
  if (commit === undefined) return 'moved';
  const update = { commit, isNew: plan !== undefined };
  return held ? updateOpen(publication, held, update) : create(publication, update);
}

/** Closes our open pull request when the base is up to date, unless it has commits by others. */
async function closeObsolete(
  publication: Publication,
  state: BranchState | undefined,
  open: Pull | undefined,
): Promise<PublishResult> {
  const { request, log } = publication;
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
  await closePull(publication, open);
  log.info(`#${open.number} has nothing left to merge and was closed.`);
  return { outcome: 'closed', branch: request.branch, ...linkOf(open) };
}

/** The result of updating the branch. */
interface BranchUpdate {
  /** Head of the branch now. */
  readonly commit: string;
  /** Whether this run made the commit. */
  readonly isNew: boolean;
}

async function create(publication: Publication, update: BranchUpdate): Promise<PublishResult | 'moved'> {
  const { request, log } = publication;
  const { commit } = update;
  const pull = await createPull(publication).catch(async (error: unknown) => {
    // After a temporary failure the next run continues from here.
    if (update.isNew && isFinal(error)) await takeBack(publication, commit);
    throw error;
  });
  if (!pull) return 'moved';
  log.info(`Opened ${pull.url}.`);
  logNote(publication);
  await nameFormer(publication, pull);
  const { result } = await finishPull(publication, pull);
  return { outcome: 'created', branch: request.branch, commit, ...linkOf(pull), ...result };
}

/** Warns about open pull requests of single packages, which the group's pull request replaces. */
async function nameFormer(publication: Publication, { number }: Pull): Promise<void> {
  const { request, log } = publication;
  await orWarn(log, async () => {
    for (const branch of request.formerBranches ?? []) {
      const former = { ...request, branch };
      const open = openPull(await listPulls({ ...publication, request: former }), former);
      if (open?.marker)
        log.warning(
          `${open.url} on \`${branch}\` is of one package, which #${number} updates from now on. Close it, and delete its branch.`,
        );
    }
    return true;
  });
}

/** Moves the branch back to where it was before this run. */
async function takeBack({ forge, request, heads, log }: Publication, commit: string): Promise<void> {
  const { branch } = request;
  const before = heads.branch?.oid;
  const move = { before: commit, after: before, force: true };
  const isBack = await forge.commits.moveBranch(branch, move).catch(() => false);
  if (isBack) log.info(`\`${branch}\` is ${before === undefined ? 'deleted again' : 'as it was before'}.`);
  else log.warning(`The branch \`${branch}\` could not be moved back.`);
}

async function updateOpen(
  publication: Publication,
  open: Pull,
  { commit, isNew }: BranchUpdate,
): Promise<PublishResult> {
  const { request, log } = publication;
  // Before the text is updated, because its marker records that uv-fod made it a draft.
  const pull = await release(publication, open);
  const isEdited = await updatePull(publication, pull);
  const { wrote, result } = open.marker ? await finishPull(publication, pull) : { wrote: false, result: {} };
  if (!isNew && !isEdited && !wrote && pull === open) {
    log.info(`${open.url} is up to date, so nothing is written.`);
    return { ...none(request, 'unchanged', open, commit), ...result };
  }
  log.info(`Updated ${open.url}.`);
  if (isNew) logNote(publication);
  return { outcome: 'updated', branch: request.branch, commit, ...linkOf(open), ...result };
}

function logNote({ request: { noteForGithubToken: note }, heads, log }: Publication): void {
  if (heads.isGithubToken && note) log.info(note);
}

/**
 * Adds labels and the like, and enables auto-merge. A failure does not fail the run: the pull
 * request is open, and the next run tries again.
 * @returns whether something was written, and the result of auto-merge
 */
async function finishPull(publication: Publication, pull: Pull) {
  const added = await orWarn(
    publication.log,
    () => addExtras(publication, pull),
    () => true,
  );
  const merging = await setAutoMerge(publication, pull);
  const result: Pick<PublishResult, 'autoMerge'> = merging ? { autoMerge: merging.message } : {};
  return { wrote: added || merging?.isNew === true, result };
}
