import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import { checkRequest } from './check.ts';
import type { Forge, Heads, Publication } from './forge.ts';
import type { PublishRequest, PublishResult } from './types.ts';

// Tries, if others move the branch meanwhile.
const ROUNDS = 4;

/**
 * Checks a request, reads the heads and publishes; again if the branch was moved meanwhile.
 * @param once one try
 * @throws UserError `branch-moves`, `base-missing`, `base-unknown`, and as `checkRequest` and the
 *   forge
 */
export async function inRounds(
  forge: Forge,
  request: PublishRequest,
  log: Log,
  once: (publication: Publication) => Promise<PublishResult | 'moved'>,
): Promise<PublishResult> {
  checkRequest(request);
  for (let round = 1; round <= ROUNDS; round++) {
    const heads = await headsOf(forge, request);
    const result = await once({ forge, request, heads, log });
    if (result !== 'moved') return result;
    log.info(`\`${request.branch}\` or its base was moved meanwhile. Trying again.`);
  }
  throw new UserError(
    'branch-moves',
    `The branch \`${request.branch}\` was moved by someone else during each of ${ROUNDS} tries, so nothing was written. Let only one workflow write it at a time (\`concurrency:\`), and run this again.`,
  );
}

async function headsOf(
  { commits, repository: { owner, repo } }: Forge,
  request: PublishRequest,
): Promise<Heads> {
  const { base, read, ...heads } = await commits.readHeads(request);
  if (!base)
    throw new UserError(
      'base-missing',
      `The repository ${owner}/${repo} has no branch \`${request.base.ref}\` to open a pull request against. Give the name of a branch that exists there.`,
    );
  if (!read)
    throw new UserError(
      'base-unknown',
      `The repository ${owner}/${repo} does not have the checked-out commit ${request.base.sha}. Push it first, or check out a commit of \`${request.base.ref}\`.`,
    );
  return { ...heads, base, read };
}
