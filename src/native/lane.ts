import { type Pass, type PassPlan, startPass } from './pass.ts';

/** Where a pass runs: in this thread, or in one of its own beside the downloads. */
export interface Lane {
  /** Tells where a file of the plan is; in any order. */
  readonly ready: (index: number, file: string) => void;
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
  readonly #waiting = new Map<number, string>();
  #next = 0;

  constructor(plan: PassPlan) {
    this.#plan = plan;
    this.#pass = startPass(plan);
  }

  add(index: number, file: string): void {
    this.#waiting.set(index, file);
  }

  /** Reads the file whose turn it is, where it has come. */
  step(): { index: number; isRight: boolean } | undefined {
    const index = this.#next;
    const file = this.#waiting.get(index);
    if (file === undefined) return undefined;
    this.#waiting.delete(index);
    this.#next += 1;
    return { index, isRight: this.#pass.next(file) };
  }

  isDone(): boolean {
    return this.#next === this.#plan.files.length;
  }

  finish(): readonly string[] | undefined {
    return this.#pass.finish();
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
    ready: (index, file) => {
      turns.add(index, file);
      planned ??= setImmediate(work);
    },
    result: promise,
    stop: () => clearImmediate(planned),
  };
};
