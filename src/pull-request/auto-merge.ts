import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import type { Forge, Merging } from './forge.ts';
import type { Pull } from './pulls.ts';
import type { MergeMethod, PublishRequest } from './types.ts';

/** Result of enabling auto-merge. */
export interface AutoMerge {
  /** Whether this run enabled it. */
  readonly isNew: boolean;
  /** A sentence, as in the log; names and the forge's words in it are untrusted. */
  readonly message: string;
}

/**
 * Enables auto-merge if requested, unless it was disabled before: the forge merges the pull request
 * once the rules of the base are met. Not for a draft. A refusal is a warning, because the pull
 * request is open.
 *
 * @returns undefined if it was not requested
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
  const off = (level: 'info' | 'warning', message: string): AutoMerge => {
    log[level](message);
    return { isNew: false, message };
  };
  const { number } = pull;
  if (pull.hasAutoMerge) return off('info', `Auto-merge is already enabled for #${number}.`);
  if (pull.isDraft || request.isUnverified) {
    const why = pull.isDraft ? 'is a draft' : 'did not pass verification';
    return off('info', `#${number} ${why}, so auto-merge is not enabled.`);
  }
  try {
    const choice = chooseMethod(await forge.merging?.(pull), autoMerge, number);
    if ('message' in choice) return off(choice.level, choice.message);
    const { method } = choice;
    if (autoMerge !== true && method !== autoMerge)
      log.warning(
        `The repository does not allow the merge method \`${autoMerge}\`, so #${number} uses \`${method}\`.`,
      );
    const nothingToWaitFor = await forge.enableAutoMerge?.(pull, method);
    if (nothingToWaitFor !== undefined) {
      return off(
        'warning',
        `Auto-merge is not enabled for #${number}, because it can be merged already (${nothingToWaitFor}). Require a check or a review for \`${request.base.ref}\`, or merge it yourself; uv-fod does not merge.`,
      );
    }
    return { isNew: true, message: enabled(number, method, request, isGithubToken, log) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return off('warning', error.message);
  }
}

function enabled(
  number: number,
  method: MergeMethod,
  { base }: PublishRequest,
  isGithubToken: boolean,
  log: Log,
): string {
  const message = `Auto-merge is enabled for #${number} (${method}): it is merged once all requirements of \`${base.ref}\` are met.`;
  log.info(message);
  if (isGithubToken)
    log.info(
      'GITHUB_TOKEN does that merge, so it starts no workflows; with the token of a GitHub App it does.',
    );
  return message;
}

/** A method, or why auto-merge is not enabled. */
type MethodChoice =
  | { readonly method: MergeMethod }
  | { readonly level: 'info' | 'warning'; readonly message: string };

/** The requested method if the repository allows it, else one that it allows. */
function chooseMethod(
  merging: Merging | undefined,
  wanted: true | MergeMethod,
  number: number,
): MethodChoice {
  if (!merging)
    return {
      level: 'warning',
      message: `Auto-merge is not enabled for #${number}: this forge does not have it.`,
    };
  const { switchedOffBy, isAllowed, methods } = merging;
  if (switchedOffBy !== undefined) {
    return {
      level: 'info',
      message: `Auto-merge of #${number} was disabled by ${switchedOffBy}, so it is not enabled again.`,
    };
  }
  const [first] = methods;
  if (!isAllowed || first === undefined) {
    return {
      level: 'warning',
      message: `Auto-merge is not enabled for #${number}: the repository does not allow it. Enable "Allow auto-merge" in its settings (General, Pull Requests), or remove \`auto-merge\`.`,
    };
  }
  return { method: wanted !== true && methods.includes(wanted) ? wanted : first };
}
