import { UserError } from '../system/errors.ts';
import type { Publication } from './forge.ts';
import type { Pull } from './pulls.ts';
import type { MergeMethod } from './types.ts';

/** Result of enabling auto-merge. */
export interface AutoMerge {
  /** Whether this run enabled it. */
  readonly isNew: boolean;
  readonly level: 'info' | 'warning';
  /** A sentence, as in the log; names and the forge's words in it are untrusted. */
  readonly message: string;
}

/**
 * Enables auto-merge if requested, unless it was disabled before: the forge merges the pull request
 * once the rules of the base are met. Skips a draft. A refusal is only a warning, because the pull
 * request is open already.
 *
 * @returns undefined if it was not requested
 */
export async function setAutoMerge(publication: Publication, pull: Pull): Promise<AutoMerge | undefined> {
  const { request, heads, log } = publication;
  if (!request.autoMerge) return undefined;
  const result = await enable(publication, pull, request.autoMerge).catch((error: unknown) => {
    if (error instanceof UserError) return off('warning', error.message);
    throw error;
  });
  log[result.level](result.message);
  if (result.isNew && heads.isGithubToken)
    log.info(
      'GITHUB_TOKEN does that merge, so it starts no workflows; with the token of a GitHub App it does.',
    );
  return result;
}

const off = (level: AutoMerge['level'], message: string): AutoMerge => ({ isNew: false, level, message });

async function enable(
  { forge, request, log }: Publication,
  pull: Pull,
  wanted: true | MergeMethod,
): Promise<AutoMerge> {
  const { number } = pull;
  const base = request.base.ref;
  if (pull.hasAutoMerge) return off('info', `Auto-merge is already enabled for #${number}.`);
  if (pull.isDraft) return off('info', `#${number} is a draft, so auto-merge is not enabled.`);
  if (request.isUnverified)
    return off('info', `#${number} did not pass verification, so auto-merge is not enabled.`);
  const { disabledBy, isAllowed, methods } = await forge.pulls.merging(pull);
  if (disabledBy !== undefined)
    return off('info', `Auto-merge of #${number} was disabled by ${disabledBy}, so it is not enabled again.`);
  const method = methods.find((one) => one === wanted) ?? methods[0];
  if (!isAllowed || method === undefined)
    return off(
      'warning',
      `Auto-merge is not enabled for #${number}: the repository does not allow it. Enable "Allow auto-merge" in its settings (General, Pull Requests), or remove \`auto-merge\`.`,
    );
  if (wanted !== true && method !== wanted)
    log.warning(
      `The repository does not allow the merge method \`${wanted}\`, so #${number} uses \`${method}\`.`,
    );
  const nothingToWaitFor = await forge.pulls.enableAutoMerge(pull, method);
  if (nothingToWaitFor !== undefined)
    return off(
      'warning',
      `Auto-merge is not enabled for #${number}, because it can be merged already (${nothingToWaitFor}). Require a check or a review for \`${base}\`, or merge it yourself; uv-fod does not merge.`,
    );
  return {
    ...{ isNew: true, level: 'info' },
    message: `Auto-merge is enabled for #${number} (${method}): it is merged once all requirements of \`${base}\` are met.`,
  };
}
