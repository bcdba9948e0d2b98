import type { Network } from '../../../src/fetch/network.ts';
import { networkFrom } from '../../../src/fetch/network.ts';

/** Downloads by the real curl, patient enough for a busy machine, and impatient between tries. */
export const testNetwork = async (
  more: Partial<Network> = {},
  environment: NodeJS.ProcessEnv = {},
): Promise<Network> => ({
  ...(await networkFrom({ PATH: process.env.PATH, ...environment })),
  ...{ retries: 2, retryDelay: 1 },
  ...more,
});
