import { type MessagePort, Worker } from 'node:worker_threads';
import { type StartLane, Turns } from './lane.ts';
import type { PassPlan } from './pass.ts';

type Ready = { readonly index: number; readonly file: string };
type Told =
  | { readonly kind: 'verdict'; readonly index: number; readonly isRight: boolean }
  | { readonly kind: 'result'; readonly hashes: readonly string[] | undefined };

/**
 * Lanes in threads of their own: on a second core files are read and hashed while others arrive.
 * @param script the module that calls `serveLane` (src/entry/worker.ts)
 */
export function lanesInThreads(script: URL): StartLane {
  return (plan, onVerdict) => {
    const worker = new Worker(script, { workerData: plan });
    const { promise, resolve, reject } = Promise.withResolvers<readonly string[] | undefined>();
    worker.on('message', (told: Told) => {
      if (told.kind === 'verdict') onVerdict(told.index, told.isRight);
      else resolve(told.hashes);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the hashing thread ended early, with ${code}`)));
    return {
      ready: (index, file) => worker.postMessage({ index, file } satisfies Ready),
      result: promise,
      stop: () => void worker.terminate(),
    };
  };
}

/** What the thread does: reads files in their turn, tells each one's verdict and in the end the hashes. */
export function serveLane(plan: PassPlan, port: MessagePort): void {
  const turns = new Turns(plan);
  const tell = (told: Told): void => port.postMessage(told);
  const work = (): void => {
    for (let verdict = turns.step(); verdict; verdict = turns.step()) tell({ kind: 'verdict', ...verdict });
    if (!turns.isDone()) return;
    tell({ kind: 'result', hashes: turns.finish() });
    port.close();
  };
  port.on('message', ({ index, file }: Ready) => {
    turns.add(index, file);
    work();
  });
  work();
}
