/** Bytes of a slot: large enough that messages about it cost nothing beside it. */
export const slotSize = 256 * 1024;
/** 12 MiB together: every connection fills one while the thread works on others. */
const count = 48;

/** Memory that two threads have in common, in pieces; one hands them out. */
export interface Slots {
  readonly memory: SharedArrayBuffer;
  /** @returns the number of a slot that nobody uses, or undefined */
  readonly take: () => number | undefined;
  /** The same, and waits for one. */
  readonly wait: () => Promise<number>;
  readonly free: (slot: number) => void;
  /** Ends waiting: nobody is left to free any. */
  readonly fail: (error: Error) => void;
  /** A slot's bytes. */
  readonly bytes: (slot: number) => Buffer;
}

export function makeSlots(): Slots {
  const memory = new SharedArrayBuffer(count * slotSize);
  const free = Array.from({ length: count }, (_, slot) => slot);
  let waiting: PromiseWithResolvers<number>[] = [];
  let failure: Error | undefined;
  return {
    memory,
    take: () => free.pop(),
    wait: async () => {
      if (failure) throw failure;
      const next = Promise.withResolvers<number>();
      const slot = free.pop();
      if (slot === undefined) waiting.push(next);
      else next.resolve(slot);
      return next.promise;
    },
    free: (slot) => {
      const next = waiting.shift();
      if (next) next.resolve(slot);
      else free.push(slot);
    },
    fail: (error) => {
      failure ??= error;
      for (const next of waiting) next.reject(error);
      waiting = [];
    },
    bytes: viewsOf(memory),
  };
}

/** @returns for a slot its bytes, the same view each time */
export function viewsOf(memory: SharedArrayBuffer): (slot: number) => Buffer {
  const views = Array.from({ length: count }, (_, slot) => Buffer.from(memory, slot * slotSize, slotSize));
  return (slot) => {
    const view = views[slot];
    if (!view) throw new Error(`there is no slot ${slot}`);
    return view;
  };
}
