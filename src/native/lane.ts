import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { type Pass, type PassPlan, startPass } from './pass.ts';

/** A file of a plan: where it lies, or its bytes. */
export type Source =
  | { readonly file: string }
  | {
      readonly bytes: Uint8Array;
      /** Where the bytes go once they are verified: written to `temporary`, then moved to `place`. */
      readonly keep: { readonly temporary: string; readonly place: string } | undefined;
    };

/** Where a pass runs: in this thread, or in one of its own beside the downloads. */
export interface Lane {
  /** Hands over a file of the plan; in any order. Bytes are the lane's from then on. */
  readonly ready: (index: number, source: Source) => void;
  /** SRI of each output, or undefined where a file was wrong. Settles when every file had its turn. */
  readonly result: Promise<readonly string[] | undefined>;
  readonly stop: () => void;
}

/** @param onVerdict called for each file in turn: whether it is there with its digest */
export type StartLane = (plan: PassPlan, onVerdict: (index: number, isRight: boolean) => void) => Lane;

/** Puts files that come in any order in their turn. */
export class Turns {
  readonly #pass: Pass;
  readonly #plan: PassPlan;
  readonly #waiting = new Map<number, Source>();
  #next = 0;

  constructor(plan: PassPlan) {
    this.#plan = plan;
    this.#pass = startPass(plan);
  }

  add(index: number, source: Source): void {
    this.#waiting.set(index, source);
  }

  /** Reads the file whose turn it is, where it has come. */
  step(): { index: number; isRight: boolean } | undefined {
    const index = this.#next;
    const source = this.#waiting.get(index);
    if (source === undefined) return undefined;
    this.#waiting.delete(index);
    this.#next += 1;
    const isRight = this.#pass.next('file' in source ? source.file : source.bytes);
    if (isRight && 'bytes' in source) keep(source);
    return { index, isRight };
  }

  isDone(): boolean {
    return this.#next === this.#plan.files.length;
  }

  finish(): readonly string[] | undefined {
    return this.#pass.finish();
  }
}

/** What can't be kept is fetched again the next time: a cache that is full or gone stops nothing. */
function keep(source: Extract<Source, { bytes: Uint8Array }>): void {
  if (!source.keep) return;
  try {
    writeFileSync(source.keep.temporary, source.bytes);
    renameSync(source.keep.temporary, source.keep.place);
  } catch {
    rmSync(source.keep.temporary, { force: true });
  }
}

/** A lane in this thread; other work gets its turn between files. */
export const startHere: StartLane = (plan, onVerdict) => {
  const turns = new Turns(plan);
  const { promise, resolve, reject } = Promise.withResolvers<readonly string[] | undefined>();
  let planned: NodeJS.Immediate | undefined;
  const work = (): void => {
    planned = undefined;
    try {
      const verdict = turns.step();
      if (verdict) onVerdict(verdict.index, verdict.isRight);
      if (turns.isDone()) resolve(turns.finish());
      else if (verdict) planned = setImmediate(work);
    } catch (error) {
      reject(error);
    }
  };
  planned = setImmediate(work);
  return {
    ready: (index, source) => {
      turns.add(index, source);
      planned ??= setImmediate(work);
    },
    result: promise,
    stop: () => clearImmediate(planned),
  };
};
