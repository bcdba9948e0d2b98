import type { Log } from '../ports/log.ts';
import { orWarn } from './failures.ts';
import type { Forge, Merging } from './forge.ts';
import type { Pull } from './pulls.ts';
import type { MergeMethod, PublishRequest } from './types.ts';

/**
 * Switches auto-merge on where it is asked for, is not on and was never switched off: the forge merges the pull request once everything that
 * the base's rules require is there. Not for a draft. What the forge refuses is a warning, since the pull request is open all the same.
 *
 * @returns whether it was switched on now
 */
export async function setAutoMerge(
  forge: Forge,
  request: PublishRequest,
  pull: Pull,
  isGithubToken: boolean,
  log: Log,
): Promise<boolean> {
  const { autoMerge, isUnverified, base } = request;
  const { number } = pull;
  if (!autoMerge || pull.hasAutoMerge) return false;
  if (pull.isDraft || isUnverified) {
    log.info(
      `#${number} ${pull.isDraft ? 'is a draft' : 'did not pass verification'}, so auto-merge is not switched on.`,
    );
    return false;
  }
  return orWarn(log, async () => {
    const merging = await forge.merging?.(pull);
    const method = chooseMethod(merging, autoMerge, number, log);
    if (method === undefined) return false;
    const nothingToWaitFor = await forge.enableAutoMerge?.(pull, method);
    if (nothingToWaitFor !== undefined) {
      log.warning(
        `Auto-merge is not on for #${number}: it can be merged already, so there is nothing to wait for (${nothingToWaitFor}). Have a rule of \`${base.ref}\` require a check or a review, or merge it yourself; uv-fod merges nothing.`,
      );
      return false;
    }
    log.info(
      `Auto-merge is on for #${number} (${method}): it is merged once everything that \`${base.ref}\` requires is there.`,
    );
    if (isGithubToken)
      log.info(
        'That merge is by GITHUB_TOKEN too, so it starts no workflows; with the token of a GitHub App it does.',
      );
    return true;
  });
}

/** The method that is asked for, else one that the repository allows; undefined where auto-merge is not to be. */
function chooseMethod(
  merging: Merging | undefined,
  wanted: true | MergeMethod,
  number: number,
  log: Log,
): MergeMethod | undefined {
  if (!merging) {
    log.warning(`Auto-merge is not on for #${number}: there is none on this forge.`);
    return undefined;
  }
  const { switchedOffBy, isAllowed, methods } = merging;
  if (switchedOffBy !== undefined) {
    log.info(`Auto-merge of #${number} was switched off (${switchedOffBy}), and stays off.`);
    return undefined;
  }
  const [first] = methods;
  if (!isAllowed || first === undefined) {
    log.warning(
      `Auto-merge is not on for #${number}: the repository does not allow it. Switch on "Allow auto-merge" in its settings (General, Pull Requests), or do not ask for it (\`auto-merge\`).`,
    );
    return undefined;
  }
  if (wanted === true) return first;
  if (methods.includes(wanted)) return wanted;
  log.warning(
    `The repository does not allow the merge method \`${wanted}\`, so #${number} gets \`${first}\`.`,
  );
  return first;
}
