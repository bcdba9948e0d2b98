import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { Asked, Told } from './intake.ts';
import { makeLane, type StartLane, serve } from './lane.ts';
import type { Bell, Started } from './start-worker.ts';

/**
 * Lanes in threads of their own: on a second core files are hashed and written while others arrive. The first thread starts at
 * once, so that it is there when the plan is.
 * @param start starts one more (`startWorker`)
 */
export function lanesInThreads(start: () => Started): StartLane {
  let early: Started | undefined = start();
  return (plan, onVerdict) => {
    const { worker, ring } = early ?? start();
    early = undefined;
    worker.ref();
    return makeLane(plan, onVerdict, (onTold, onFailure) => {
      worker.on('message', onTold);
      worker.on('error', onFailure);
      worker.on('exit', (code) => onFailure(new Error(`the hashing thread ended early, with ${code}`)));
      return {
        ask: (asked) => {
          worker.postMessage(asked);
          ring();
        },
        stop: async () => {
          await worker.terminate();
        },
      };
    });
  };
}

/**
 * What the thread does: takes in files until all had their turn. Once it has work it waits for the bell and for no event: waking an
 * event loop for each piece took as long as hashing the piece (docs/benchmarks.md).
 */
export function serveLane(port: MessagePort, bell: Bell): void {
  const rung = new Int32Array(bell);
  let isOver = false;
  const { answer, workAhead } = serve((told: Told) => {
    port.postMessage(told);
    isOver ||= told.kind === 'result';
  });
  port.once('message', (plan: Asked) => {
    answer(plan);
    while (!isOver) {
      // Looked at before the port: what is asked in between has rung by then.
      const before = Atomics.load(rung, 0);
      const next = receiveMessageOnPort(port);
      if (next) answer(next.message as Asked);
      else if (!workAhead()) Atomics.wait(rung, 0, before);
    }
    port.close();
  });
}
