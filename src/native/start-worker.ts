import { Worker } from 'node:worker_threads';

/** Rung whenever something was asked. */
export type Bell = SharedArrayBuffer;

/** A thread that may have no work yet. */
export interface Started {
  readonly worker: Worker;
  readonly ring: () => void;
}

/**
 * Starts a thread that hashes. It needs 40 ms to be there: whoever knows that there will be work starts it before all else.
 * @param script the module that calls `serveLane` with its port, and with the bell that it is given as its data (src/entry/worker.ts)
 */
export function startWorker(script: URL): Started {
  const bell: Bell = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const rung = new Int32Array(bell);
  const worker = new Worker(script, { workerData: bell });
  // Until it has work it does not keep the process; a failure is heard by who gives it work.
  worker.unref();
  worker.on('error', () => {});
  const ring = (): void => {
    Atomics.add(rung, 0, 1);
    Atomics.notify(rung, 0);
  };
  return { worker, ring };
}
