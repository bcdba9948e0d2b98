import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import type { Forge, Merging } from './forge.ts';
import type { Pull } from './pulls.ts';
import type { MergeMethod, PublishRequest } from './types.ts';

/** What came of asking for auto-merge. */
export interface AutoMerge {
  /** Whether it was switched on now. */
  readonly isNew: boolean;
  /** That in a sentence, as the log has it; names and the forge's words in it are strangers'. */
  readonly says: string;
}

/**
 * Switches auto-merge on where it is asked for, is not on and was never switched off: the forge merges the pull request once everything that
 * the base's rules require is there. Not for a draft. What the forge refuses is a warning, since the pull request is open all the same.
 *
 * @returns what came of it, which the log tells too; undefined where nobody asked for it
 */
export async function setAutoMerge(
  forge: Forge,
  request: PublishRequest,
  pull: Pull,
  isGithubToken: boolean,
  log: Log,
): Promise<AutoMerge | undefined> {
  const { autoMerge } = request;
  if (!autoMerge) return undefined;
  const off = (level: 'info' | 'warning', says: string): AutoMerge => {
    log[level](says);
    return { isNew: false, says };
  };
  const { number } = pull;
  if (pull.hasAutoMerge) return off('info', `Auto-merge is on for #${number} already.`);
  if (pull.isDraft || request.isUnverified) {
    const why = pull.isDraft ? 'is a draft' : 'did not pass verification';
    return off('info', `#${number} ${why}, so auto-merge is not switched on.`);
  }
  try {
    const choice = chooseMethod(await forge.merging?.(pull), autoMerge, number);
    if ('says' in choice) return off(choice.level, choice.says);
    const { method } = choice;
    if (autoMerge !== true && method !== autoMerge)
      log.warning(
        `The repository does not allow the merge method \`${autoMerge}\`, so #${number} gets \`${method}\`.`,
      );
    const nothingToWaitFor = await forge.enableAutoMerge?.(pull, method);
    if (nothingToWaitFor !== undefined) {
      return off(
        'warning',
        `Auto-merge is not on for #${number}: it can be merged already, so there is nothing to wait for (${nothingToWaitFor}). Have a rule of \`${request.base.ref}\` require a check or a review, or merge it yourself; uv-fod merges nothing.`,
      );
    }
    return { isNew: true, says: switchedOn(number, method, request, isGithubToken, log) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return off('warning', error.message);
  }
}

function switchedOn(
  number: number,
  method: MergeMethod,
  { base }: PublishRequest,
  isGithubToken: boolean,
  log: Log,
): string {
  const says = `Auto-merge is on for #${number} (${method}): it is merged once everything that \`${base.ref}\` requires is there.`;
  log.info(says);
  if (isGithubToken)
    log.info(
      'That merge is by GITHUB_TOKEN too, so it starts no workflows; with the token of a GitHub App it does.',
    );
  return says;
}

/** A method, or why auto-merge is not to be. */
type MethodChoice =
  | { readonly method: MergeMethod }
  | { readonly level: 'info' | 'warning'; readonly says: string };

/** The method that is asked for, else one that the repository allows. */
function chooseMethod(
  merging: Merging | undefined,
  wanted: true | MergeMethod,
  number: number,
): MethodChoice {
  if (!merging)
    return { level: 'warning', says: `Auto-merge is not on for #${number}: there is none on this forge.` };
  const { switchedOffBy, isAllowed, methods } = merging;
  if (switchedOffBy !== undefined) {
    return {
      level: 'info',
      says: `Auto-merge of #${number} was switched off (${switchedOffBy}), and stays off.`,
    };
  }
  const [first] = methods;
  if (!isAllowed || first === undefined) {
    return {
      level: 'warning',
      says: `Auto-merge is not on for #${number}: the repository does not allow it. Switch on "Allow auto-merge" in its settings (General, Pull Requests), or do not ask for it (\`auto-merge\`).`,
    };
  }
  return { method: wanted !== true && methods.includes(wanted) ? wanted : first };
}
