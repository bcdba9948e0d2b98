import { UserError } from '../system/errors.ts';
import { isUnavailable, orWarn } from './failures.ts';
import { digest, keyOf } from './files.ts';
import type { Publication } from './forge.ts';
import { type BodyMarker, finishBody, readMarker, replaceMarker } from './markers.ts';
import type { ForgePull, PublishRequest } from './types.ts';

/** A pull request of our branch. */
export interface Pull extends ForgePull {
  /** Undefined if a person wrote the text. */
  readonly marker: BodyMarker | undefined;
}

const withMarker = (pull: ForgePull): Pull => ({ ...pull, marker: readMarker(pull.body) });

/** Pull requests of our branch, open and closed, newest first. */
export async function listPulls({ forge, request }: Publication): Promise<Pull[]> {
  return (await forge.pulls.list(request.branch)).map(withMarker);
}

/** The open pull request: the one for the request's base, otherwise the newest. */
export function openPull(pulls: readonly Pull[], request: PublishRequest): Pull | undefined {
  const open = pulls.filter(({ isOpen }) => isOpen);
  return open.find(({ baseRef }) => baseRef === request.base.ref) ?? open[0];
}

/** A pull request for the same proposal that a person closed. */
export function closedByPerson(pulls: readonly Pull[], request: PublishRequest): Pull | undefined {
  const key = keyOf(request);
  return pulls.find(
    ({ isOpen, isMerged, marker }) => !isOpen && !isMerged && marker?.key === key && !marker.closed,
  );
}

function markerOf(request: PublishRequest): BodyMarker {
  const text = digest(request.title, request.bodyKey ?? request.body);
  const draft = request.isUnverified === true && request.draft !== true;
  return { key: keyOf(request), text, closed: false, ...(draft ? { draft } : {}) };
}

/**
 * Opens the pull request. If one is open already (by an earlier try or a parallel run), returns
 * that one; undefined if the base has all commits of the branch by now.
 */
export async function createPull(publication: Publication): Promise<Pull | undefined> {
  const { forge, request, log } = publication;
  const { title, branch: head } = request;
  const draft = request.draft === true || request.isUnverified === true;
  const body = finishBody(request.body, markerOf(request));
  const made = await forge.pulls.open({ title, body, head, base: request.base.ref, draft }, log);
  if (made === 'exists') return openPull(await listPulls(publication), request);
  return made === 'nothing-new' ? undefined : withMarker(made);
}

/** Updates title, body and base; false if they are up to date, or a person wrote them. */
export async function updatePull({ forge, request, log }: Publication, pull: Pull): Promise<boolean> {
  const { title, body } = request;
  const { number, marker: old } = pull;
  const marker = markerOf(request);
  const base = pull.baseRef === request.base.ref ? {} : { base: request.base.ref };
  if (!old)
    log.info(`The text of #${number} has no marker of uv-fod, so it was written by a person and is kept.`);
  const isOther = old !== undefined && old.key !== marker.key;
  const isStale = isOther || (old !== undefined && old.text !== marker.text);
  if (!isStale && !('base' in base)) return false;
  const takesOver = isOther && pull.title !== title;
  if (takesOver) log.info(`#${number} changes from "${pull.title}" to "${title}".`);
  const content = takesOver ? `${body.trimEnd()}\n\n${takesOverFrom(pull)}` : body;
  const text = isStale ? { title, body: finishBody(content, marker) } : {};
  await forge.pulls.edit(number, { ...text, ...base });
  return true;
}

/** The old title is untrusted: it is shown as code on one line. */
const takesOverFrom = ({ title }: Pull): string =>
  `Replaces \`${title.replace(/[`\p{Cc}]/gu, ' ')}\`, which this pull request proposed before.`;

/**
 * Makes an open pull request a draft before unverified changes are pushed to its branch, so that it
 * is not merged because of earlier checks.
 * @returns the pull request afterwards
 * @throws UserError if it cannot become a draft and auto-merge is enabled
 */
export async function holdBack(
  { forge, request, log }: Publication,
  pull: Pull | undefined,
): Promise<Pull | undefined> {
  if (!pull || pull.isDraft || !request.isUnverified) return pull;
  const { number, marker, body } = pull;
  const convert = async (): Promise<boolean> => {
    // First, so that a later run can make the draft ready if this run is killed in between.
    if (marker && !request.draft)
      await forge.pulls.edit(number, { body: replaceMarker(body, { ...marker, draft: true }) });
    await forge.pulls.setDraft(pull, true);
    return true;
  };
  const refuse = (cause: unknown): never => {
    if (!(cause instanceof UserError)) throw cause;
    throw new UserError(
      cause.code,
      `${cause.message} Auto-merge is enabled for #${number}, so unverified changes are not pushed to it.`,
      { cause },
    );
  };
  const isDraft = pull.hasAutoMerge ? await convert().catch(refuse) : await orWarn(log, convert);
  if (isDraft) log.info(`#${number} is a draft now, because its changes did not pass verification.`);
  return { ...pull, isDraft };
}

/**
 * Makes a pull request ready that was a draft only because it was unverified.
 * @returns the pull request afterwards
 */
export async function release({ forge, request, log }: Publication, pull: Pull): Promise<Pull> {
  const isOurs = pull.isDraft && pull.marker?.draft === true;
  if (!isOurs || request.isUnverified || request.draft) return pull;
  const isReady = await orWarn(log, async () => {
    await forge.pulls.setDraft(pull, false);
    return true;
  });
  if (!isReady) return pull;
  log.info(`#${pull.number} is ready for review: its changes passed verification now.`);
  return { ...pull, isDraft: false };
}

const CLOSED = '<!-- uv-fod closed -->';

/**
 * Comments once that there is nothing left to merge. Reads the comments before each try, because a
 * retry after a lost answer would post it twice.
 */
async function commentClosed({ forge, request: { base } }: Publication, number: number): Promise<void> {
  const body = `\`${base.ref}\` has all of these changes (as of ${base.sha}), so there is nothing left to merge. Closed; the branch is kept.\n\n${CLOSED}`;
  for (let tries = 1; ; tries++) {
    if ((await forge.pulls.comments(number)).some((one) => one.body.includes(CLOSED))) return;
    try {
      return await forge.pulls.comment(number, body);
    } catch (error) {
      if (!isUnavailable(error) || tries === 3) throw error;
    }
  }
}

/**
 * Closes a pull request that has nothing left to merge, after a comment. The marker records that
 * uv-fod closed it, not a person.
 */
export async function closePull(publication: Publication, { number, body, marker }: Pull): Promise<void> {
  await commentClosed(publication, number);
  const closed = { ...(marker ?? markerOf(publication.request)), closed: true };
  await publication.forge.pulls.edit(number, { state: 'closed', body: replaceMarker(body, closed) });
}
