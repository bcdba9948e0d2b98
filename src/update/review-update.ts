import type { PackageConfig } from '../config/types.ts';
import { UserError } from '../system/errors.ts';
import { refusalOf } from './judge.ts';
import type { Options } from './options.ts';
import { noReview, type Review, type Reviewable, review } from './review.ts';
import type { Context } from './types.ts';

/**
 * Reviews what an update brings, before anything of it is built.
 * @param of undefined if nothing changed, or if there is no uv.lock
 * @param at where the hash is written
 * @throws UserError `policy` if the policy refuses it, and it is not to be proposed as a draft
 */
export async function reviewUpdate(
  of: Omit<Reviewable, 'isComplete'> | undefined,
  { config, options }: { readonly config: Pick<PackageConfig, 'pullRequest'>; readonly options: Options },
  at: UserError['at'],
  context: Context,
): Promise<Review> {
  if (of === undefined) return noReview;
  const found = await review({ ...of, isComplete: false }, options.policy, context);
  const refusal = refusalOf(found.findings);
  if (refusal === undefined) return found;
  if (config.pullRequest.draft !== 'unverified') throw new UserError('policy', refusal, { at });
  context.log.warning(`${refusal} It is proposed all the same, as a draft (\`draft\` is "unverified").`);
  return found;
}
