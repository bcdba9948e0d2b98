import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// src/native/start-worker.ts
import { Worker } from "node:worker_threads";
function startWorker(script) {
  const bell = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const rung = new Int32Array(bell);
  const worker = new Worker(script, { workerData: bell });
  worker.unref();
  worker.on("error", () => {
  });
  const ring = () => {
    Atomics.add(rung, 0, 1);
    Atomics.notify(rung, 0);
  };
  return { worker, ring };
}

export {
  startWorker
};
