import type { Log } from '../system/log.ts';
import { isUnavailable } from './failures.ts';
import { digest, keyOf } from './files.ts';
import type { Forge, ForgePull } from './forge.ts';
import { type BodyMarker, finishBody, readMarker, replaceMarker } from './marker.ts';
import type { PublishRequest } from './types.ts';

/** A pull request of our branch. */
export interface Pull extends ForgePull {
  /** Missing where the text is a person's. */
  readonly marker: BodyMarker | undefined;
}

const withMarker = (pull: ForgePull): Pull => ({ ...pull, marker: readMarker(pull.body) });

/** Pull requests of our branch, open and closed, newest first. */
export async function listPulls(forge: Forge, { branch }: PublishRequest): Promise<Pull[]> {
  return (await forge.listPulls(branch)).map(withMarker);
}

/** The open one among them: the one that goes to the request's base, else the newest. */
export function openPull(pulls: readonly Pull[], request: PublishRequest): Pull | undefined {
  const open = pulls.filter(({ isOpen }) => isOpen);
  return open.find(({ baseRef }) => baseRef === request.base.ref) ?? open[0];
}

/** Whether a person closed a pull request for just what is proposed now. */
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
 * Opens the pull request. Where one is open already (an earlier try whose answer was lost, a run beside this one) that one comes back;
 * undefined where the base has meanwhile everything that the branch has.
 */
export async function createPull(forge: Forge, request: PublishRequest, log: Log): Promise<Pull | undefined> {
  const { title, branch: head } = request;
  const draft = request.draft === true || request.isUnverified === true;
  const body = finishBody(request.body, markerOf(request), forge.bodyLimit);
  const made = await forge.openPull({ title, body, head, base: request.base.ref, draft }, log);
  if (made === 'exists') return openPull(await listPulls(forge, request), request);
  return made === 'nothing-new' ? undefined : withMarker(made);
}

/** Brings title and body up to date; false where they already were, or are a person's. */
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
    log.info(`The text of #${pull.number} is a person's (our marker is not in it) and stays.`);
  const stale =
    pull.marker !== undefined && (pull.marker.text !== marker.text || pull.marker.key !== marker.key);
  if (!stale && !rebased) return false;
  const takesOver = stale && pull.marker?.key !== marker.key && pull.title !== title;
  if (takesOver) log.info(`#${pull.number} takes over: it was "${pull.title}", and is "${title}" now.`);
  const told = takesOver ? `${request.body.trimEnd()}\n\n${takesOverFrom(pull)}` : request.body;
  const text = stale ? { title, body: finishBody(told, marker, forge.bodyLimit) } : {};
  const base = rebased ? { base: request.base.ref } : {};
  await forge.editPull(pull.number, { ...text, ...base });
  return true;
}

/** Its old title is whoever's text: as code on one line, in which nothing is looked for. */
const takesOverFrom = ({ title }: Pull): string =>
  `Takes over from \`${title.replace(/[`\p{Cc}]/gu, ' ')}\`, which this pull request proposed before.`;

const CLOSED = '<!-- uv-fod closed -->';

/**
 * Says once that there is nothing left to merge. A comment is the one write that would be there twice if it were repeated after its
 * answer was lost, so the comments are looked at before each try.
 */
async function sayClosed(forge: Forge, { base }: PublishRequest, { number }: Pull): Promise<void> {
  const body = `\`${base.ref}\` has all of this by now (as of ${base.sha}), so there is nothing left to merge. Closed; the branch stays.\n\n${CLOSED}`;
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
 * Closes a pull request that has nothing left to do, with a comment that says so. The comment comes first, so that a run which ends
 * between the two is made up for; the marker keeps the closing from being taken for a person's decision.
 */
export async function closePull(forge: Forge, request: PublishRequest, pull: Pull): Promise<void> {
  await sayClosed(forge, request, pull);
  const marker = { ...(pull.marker ?? markerOf(request)), closed: true };
  await forge.editPull(pull.number, { state: 'closed', body: replaceMarker(pull.body, marker) });
}
