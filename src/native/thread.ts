import { type MessagePort, Worker } from 'node:worker_threads';
import type { Asked, Told } from './intake.ts';
import { makeLane, type StartLane, serve } from './lane.ts';

/**
 * Lanes in threads of their own: on a second core files are hashed and written while others arrive. The first thread starts at
 * once, so that it is there when the plan is.
 * @param script the module that calls `serveLane` (src/entry/worker.ts)
 */
export function lanesInThreads(script: URL): StartLane {
  const start = (): Worker => {
    const worker = new Worker(script);
    // Until it has work it does not keep the process; a failure is heard by who gives it work.
    worker.unref();
    return worker.on('error', () => {});
  };
  let early: Worker | undefined = start();
  return (plan, onVerdict) => {
    const worker = early ?? start();
    early = undefined;
    worker.ref();
    return makeLane(plan, onVerdict, (onTold, onFailure) => {
      worker.on('message', onTold);
      worker.on('error', onFailure);
      worker.on('exit', (code) => onFailure(new Error(`the hashing thread ended early, with ${code}`)));
      return {
        ask: (asked) => worker.postMessage(asked),
        stop: async () => {
          await worker.terminate();
        },
      };
    });
  };
}

/** What the thread does: takes in files until all had their turn. */
export function serveLane(port: MessagePort): void {
  const { answer } = serve((told: Told) => {
    port.postMessage(told);
    if (told.kind === 'result') port.close();
  });
  port.on('message', (asked: Asked) => answer(asked));
}
