import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import { orWarn } from './failures.ts';
import type { Forge } from './forge.ts';
import { replaceMarker } from './marker.ts';
import type { Pull } from './pulls.ts';
import type { PublishRequest } from './types.ts';

/**
 * Makes an open pull request a draft before unverified changes are pushed to its branch, so that it
 * is not merged because of earlier checks.
 * @returns the pull request afterwards
 * @throws UserError if it cannot become a draft and auto-merge is enabled
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
    // First, so that a run that is killed in between leaves no draft that is never made ready.
    if (pull.marker && !request.draft)
      await forge.editPull(pull.number, { body: replaceMarker(pull.body, { ...pull.marker, draft: true }) });
    await forge.setDraft(pull, true);
    return true;
  };
  const isDraft = pull.hasAutoMerge ? await convert().catch(refuse(pull)) : await orWarn(log, convert);
  if (isDraft) log.info(`#${pull.number} is a draft now, because its changes did not pass verification.`);
  return { ...pull, isDraft };
}

const refuse = (pull: Pull) => (error: unknown) => {
  if (!(error instanceof UserError)) throw error;
  throw new UserError(
    error.code,
    `${error.message} Auto-merge is enabled for #${pull.number}, so unverified changes are not pushed to it.`,
    { cause: error },
  );
};

/**
 * Makes a pull request ready that was a draft only because it was unverified.
 * @returns the pull request afterwards
 */
export async function release(forge: Forge, request: PublishRequest, pull: Pull, log: Log): Promise<Pull> {
  const { setDraft } = forge;
  const isOurs = pull.isDraft && pull.marker?.draft === true;
  if (!isOurs || request.isUnverified || request.draft || !setDraft) return pull;
  const isReady = await orWarn(log, async () => {
    await setDraft(pull, false);
    return true;
  });
  if (isReady) log.info(`#${pull.number} is ready for review: its changes passed verification now.`);
  return isReady ? { ...pull, isDraft: false } : pull;
}
