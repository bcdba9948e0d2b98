import type { Network } from '../artifacts/network.ts';
import type { Log } from '../ports/log.ts';
import type { Parts } from '../update/update.ts';
import { readText } from './files.ts';
import { networkFrom } from './network.ts';
import { childEnvironment, makeRun } from './run.ts';

/**
 * The collaborators of all stages, out of a process's environment.
 * @param scratch folder for temporary files, which the caller deletes
 */
export function makeParts(environment: NodeJS.ProcessEnv, log: Log, scratch: string): Parts {
  // One for all stages: its connections are kept and used again.
  let network: Promise<Network> | undefined;
  return {
    run: makeRun(childEnvironment(environment)),
    log,
    read: readText,
    scratch,
    now: () => performance.now(),
    network: () => {
      network ??= networkFrom(environment);
      return network;
    },
  };
}
