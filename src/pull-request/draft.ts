import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import { orWarn } from './failures.ts';
import type { Forge } from './forge.ts';
import { replaceMarker } from './marker.ts';
import type { Pull } from './pulls.ts';
import type { PublishRequest } from './types.ts';

/**
 * Before something that did not build is put on the branch of an open pull request: makes that a draft, so that nobody, auto-merge
 * included, merges it by what was there before.
 * @returns the pull request as it is then
 * @throws UserError where it can't be made a draft and auto-merge is on
 */
export async function holdBack(
  forge: Forge,
  request: PublishRequest,
  pull: Pull | undefined,
  log: Log,
): Promise<Pull | undefined> {
  if (!pull || pull.isDraft || !request.isUnverified) return pull;
  const convert = async (): Promise<boolean> => {
    if (!forge.setDraft) return false;
    // Before it is one, so that a run which ends in between leaves no draft behind that nobody makes ready again.
    if (pull.marker && !request.draft)
      await forge.editPull(pull.number, { body: replaceMarker(pull.body, { ...pull.marker, draft: true }) });
    await forge.setDraft(pull, true);
    return true;
  };
  const isDraft = pull.hasAutoMerge ? await convert().catch(refuse(pull)) : await orWarn(log, convert);
  if (isDraft) log.info(`#${pull.number} is a draft now: what it proposes did not pass verification.`);
  return { ...pull, isDraft };
}

const refuse = (pull: Pull) => (error: unknown) => {
  if (!(error instanceof UserError)) throw error;
  throw new UserError(
    error.code,
    `${error.message} Auto-merge is on for #${pull.number}, so what did not pass verification is not put there.`,
    { cause: error },
  );
};

/**
 * Makes a pull request ready again that was a draft for nothing but its verification.
 * @returns the pull request as it is then
 */
export async function release(forge: Forge, request: PublishRequest, pull: Pull, log: Log): Promise<Pull> {
  const { setDraft } = forge;
  const isOurs = pull.isDraft && pull.marker?.draft === true;
  if (!isOurs || request.isUnverified || request.draft || !setDraft) return pull;
  const isReady = await orWarn(log, async () => {
    await setDraft(pull, false);
    return true;
  });
  if (isReady) log.info(`#${pull.number} is ready for review: what it proposes passed verification now.`);
  return isReady ? { ...pull, isDraft: false } : pull;
}
