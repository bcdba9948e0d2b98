import type { Network } from '../artifacts/network.ts';
import { openJournal } from '../derivation/journal.ts';
import type { Log } from '../ports/log.ts';
import type { Parts } from '../update/update.ts';
import { statusOf } from './end-tree.ts';
import { readText } from './files.ts';
import { networkFrom, stoppable } from './network.ts';
import { childEnvironment, makeRun } from './run.ts';

interface MoreParts {
  /** The script of the hashing thread, where it is not the source of it. */
  readonly worker?: URL;
  /** Ends programs and downloads. */
  readonly stop?: AbortSignal;
}

const sourceWorker = new URL('../entry/worker.ts', import.meta.url);

/**
 * The collaborators of all stages, out of a process's environment.
 * @param scratch folder for temporary files, which the caller deletes
 */
export function makeParts(
  environment: NodeJS.ProcessEnv,
  log: Log,
  scratch: string,
  { worker = sourceWorker, stop = new AbortController().signal }: MoreParts = {},
): Parts {
  // One for all stages: its connections are kept and used again.
  let network: Promise<Network> | undefined;
  const run = makeRun(childEnvironment(environment), stop);
  return {
    run,
    stop,
    journal: (dir) => openJournal(dir, run, { self: identity(process.pid), isAlive }),
    log,
    read: readText,
    scratch,
    native: async () => {
      const { makeNativeTools } = await import('./native.ts');
      return makeNativeTools(environment, worker, (message) => log.warning(message), stop);
    },
    now: () => performance.now(),
    network: () => {
      network ??= networkFrom(environment).then((made) => stoppable(made, stop));
      return network;
    },
  };
}

/** A process by its number and its start: numbers are given again. */
const identity = (pid: number): string => `${pid} ${statusOf(pid)?.start ?? ''}`;

const isAlive = (other: string): boolean => {
  const pid = Number(other.split(' ')[0]);
  return pid !== process.pid && statusOf(pid) !== undefined && identity(pid) === other;
};
