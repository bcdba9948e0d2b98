import type { Log } from '../system/log.ts';
import { isUnavailable } from './failures.ts';
import { digest, keyOf } from './files.ts';
import type { Forge, ForgePull } from './forge.ts';
import { type BodyMarker, finishBody, readMarker, replaceMarker } from './marker.ts';
import type { PublishRequest } from './types.ts';

/** A pull request of our branch. */
export interface Pull extends ForgePull {
  /** Undefined if a person wrote the text. */
  readonly marker: BodyMarker | undefined;
}

const withMarker = (pull: ForgePull): Pull => ({ ...pull, marker: readMarker(pull.body) });

/** Pull requests of our branch, open and closed, newest first. */
export async function listPulls(forge: Forge, { branch }: PublishRequest): Promise<Pull[]> {
  return (await forge.listPulls(branch)).map(withMarker);
}

/** The open pull request: the one for the request's base, else the newest. */
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
export async function createPull(forge: Forge, request: PublishRequest, log: Log): Promise<Pull | undefined> {
  const { title, branch: head } = request;
  const draft = request.draft === true || request.isUnverified === true;
  const body = finishBody(request.body, markerOf(request), forge.bodyLimit);
  const made = await forge.openPull({ title, body, head, base: request.base.ref, draft }, log);
  if (made === 'exists') return openPull(await listPulls(forge, request), request);
  return made === 'nothing-new' ? undefined : withMarker(made);
}

/** Updates title, body and base; false if they are up to date, or a person wrote them. */
export async function updatePull(
  forge: Forge,
  request: PublishRequest,
  pull: Pull,
  log: Log,
): Promise<boolean> {
  const { title } = request;
  const marker = markerOf(request);
  const rebased = pull.baseRef !== request.base.ref;
  if (!pull.marker)
    log.info(
      `The text of #${pull.number} has no marker of uv-fod, so it was written by a person and is kept.`,
    );
  const stale =
    pull.marker !== undefined && (pull.marker.text !== marker.text || pull.marker.key !== marker.key);
  if (!stale && !rebased) return false;
  const takesOver = stale && pull.marker?.key !== marker.key && pull.title !== title;
  if (takesOver) log.info(`#${pull.number} changes from "${pull.title}" to "${title}".`);
  const content = takesOver ? `${request.body.trimEnd()}\n\n${takesOverFrom(pull)}` : request.body;
  const text = stale ? { title, body: finishBody(content, marker, forge.bodyLimit) } : {};
  const base = rebased ? { base: request.base.ref } : {};
  await forge.editPull(pull.number, { ...text, ...base });
  return true;
}

/** The old title is untrusted: it is shown as code on one line. */
const takesOverFrom = ({ title }: Pull): string =>
  `Replaces \`${title.replace(/[`\p{Cc}]/gu, ' ')}\`, which this pull request proposed before.`;

const CLOSED = '<!-- uv-fod closed -->';

/**
 * Comments once that there is nothing left to merge. Reads the comments before each try, because a
 * retry after a lost answer would post it twice.
 */
async function commentClosed(forge: Forge, { base }: PublishRequest, { number }: Pull): Promise<void> {
  const body = `\`${base.ref}\` has all of these changes (as of ${base.sha}), so there is nothing left to merge. Closed; the branch is kept.\n\n${CLOSED}`;
  for (let tries = 1; ; tries++) {
    if ((await forge.comments(number)).some((text) => text.includes(CLOSED))) return;
    try {
      await forge.comment(number, body);
      return;
    } catch (error) {
      if (!isUnavailable(error) || tries === 3) throw error;
    }
  }
}

/**
 * Closes a pull request that has nothing left to merge, after a comment. The marker records that
 * uv-fod closed it, not a person.
 */
export async function closePull(forge: Forge, request: PublishRequest, pull: Pull): Promise<void> {
  await commentClosed(forge, request, pull);
  const marker = { ...(pull.marker ?? markerOf(request)), closed: true };
  await forge.editPull(pull.number, { state: 'closed', body: replaceMarker(pull.body, marker) });
}
