import { type MessagePort, Worker } from 'node:worker_threads';
import { type Source, type StartLane, Turns } from './lane.ts';
import type { PassPlan } from './pass.ts';

/** The plan comes first, then its files. */
type Asked = { readonly plan: PassPlan } | { readonly index: number; readonly source: Source };
type Told =
  | { readonly kind: 'verdict'; readonly index: number; readonly isRight: boolean }
  | { readonly kind: 'result'; readonly hashes: readonly string[] | undefined };

/**
 * Lanes in threads of their own: on a second core files are read and hashed while others arrive. The first thread starts at
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
    const ask = (asked: Asked, transfer: ArrayBuffer[] = []): void => worker.postMessage(asked, transfer);
    ask({ plan });
    const { promise, resolve, reject } = Promise.withResolvers<readonly string[] | undefined>();
    worker.on('message', (told: Told) => {
      if (told.kind === 'verdict') onVerdict(told.index, told.isRight);
      else resolve(told.hashes);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the hashing thread ended early, with ${code}`)));
    return {
      ready: (index, source) =>
        ask({ index, source }, 'bytes' in source ? [source.bytes.buffer as ArrayBuffer] : []),
      result: promise,
      stop: () => void worker.terminate(),
    };
  };
}

/** What the thread does: reads files in their turn, tells each one's verdict and in the end the hashes. */
export function serveLane(port: MessagePort): void {
  let turns: Turns | undefined;
  const tell = (told: Told): void => port.postMessage(told);
  port.on('message', (asked: Asked) => {
    if ('plan' in asked) turns = new Turns(asked.plan);
    else turns?.add(asked.index, asked.source);
    for (let verdict = turns?.step(); verdict; verdict = turns?.step()) tell({ kind: 'verdict', ...verdict });
    if (!turns?.isDone()) return;
    tell({ kind: 'result', hashes: turns.finish() });
    port.close();
  });
}
