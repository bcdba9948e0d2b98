import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import { checkRequest } from './check.ts';
import type { Forge, Publication } from './forge.ts';
import type { PublishRequest, PublishResult } from './types.ts';

// Tries, if someone else moves the branch meanwhile.
const ROUNDS = 4;

/**
 * Checks a request, reads the heads and publishes; again if the branch was moved meanwhile.
 * @param once one try
 * @throws UserError `branch-moves`, those of `checkRequest` and those of the forge
 */
export async function inRounds(
  forge: Forge,
  request: PublishRequest,
  log: Log,
  once: (publication: Publication) => Promise<PublishResult | 'moved'>,
): Promise<PublishResult> {
  checkRequest(request);
  for (let round = 1; round <= ROUNDS; round++) {
    const heads = await forge.commits.readHeads(request);
    const result = await once({ forge, request, heads, log });
    if (result !== 'moved') return result;
    log.info(`\`${request.branch}\` or its base was moved meanwhile. Trying again.`);
  }
  throw new UserError(
    'branch-moves',
    `The branch \`${request.branch}\` was moved by someone else during each of ${ROUNDS} tries, so nothing was written. Let only one workflow write it at a time (\`concurrency:\`), and run this again.`,
  );
}
