/** Bytes of a slot: large enough that messages about it cost nothing beside it. */
export const slotSize = 256 * 1024;
/** 12 MiB together: every connection fills one while the thread works on others. */
const count = 48;

/** What two threads have in common. */
export interface SlotMemory {
  readonly bytes: SharedArrayBuffer;
  /** For each slot whether the other end has it, and then whether this end waits for one. */
  readonly signs: SharedArrayBuffer;
}

/** Memory that two threads have in common, in pieces; one hands them out. */
export interface Slots {
  readonly memory: SlotMemory;
  /** @returns the number of a slot that nobody uses, or undefined */
  readonly take: () => number | undefined;
  /** The same, and waits for one. */
  readonly wait: () => Promise<number>;
  /** Takes back what was not lent. */
  readonly free: (slot: number) => void;
  /** Gives a slot to the other end, which gives it back by a sign in the memory: a message for each would wake this thread. */
  readonly lend: (slot: number) => void;
  /** The other end says that there is one again. */
  readonly onFree: () => void;
  /** Ends waiting: nobody is left to free any. */
  readonly fail: (error: Error) => void;
  /** A slot's bytes. */
  readonly bytes: (slot: number) => Buffer;
}

const [here, there] = [0, 1];

export function makeSlots(): Slots {
  const memory = {
    bytes: new SharedArrayBuffer(count * slotSize),
    signs: new SharedArrayBuffer((count + 1) * Int32Array.BYTES_PER_ELEMENT),
  };
  const signs = new Int32Array(memory.signs);
  const free = Array.from({ length: count }, (_, slot) => slot);
  let lent: number[] = [];
  let waiting: PromiseWithResolvers<number>[] = [];
  let failure: Error | undefined;
  const take = (): number | undefined => {
    if (free.length === 0) {
      const back = lent.filter((slot) => Atomics.load(signs, slot) === here);
      if (back.length > 0) lent = lent.filter((slot) => !back.includes(slot));
      free.push(...back);
    }
    return free.pop();
  };
  const serveWaiting = (): void => {
    while (waiting.length > 0) {
      let slot = take();
      if (slot === undefined) {
        Atomics.store(signs, count, 1);
        // One that came back before the sign was there is told by nobody.
        slot = take();
      }
      if (slot === undefined) return;
      waiting.shift()?.resolve(slot);
    }
  };
  return {
    memory,
    take,
    wait: async () => {
      if (failure) throw failure;
      const next = Promise.withResolvers<number>();
      waiting.push(next);
      serveWaiting();
      return next.promise;
    },
    free: (slot) => {
      free.push(slot);
      serveWaiting();
    },
    lend: (slot) => {
      Atomics.store(signs, slot, there);
      lent.push(slot);
    },
    onFree: serveWaiting,
    fail: (error) => {
      failure ??= error;
      for (const next of waiting) next.reject(error);
      waiting = [];
    },
    bytes: viewsOf(memory.bytes),
  };
}

/** The other end's view of the slots. */
export interface LentSlots {
  readonly bytes: (slot: number) => Buffer;
  /** Gives one back. @returns whether somebody waits for it, and has to be told */
  readonly giveBack: (slot: number) => boolean;
}

export function lentSlots(memory: SlotMemory): LentSlots {
  const signs = new Int32Array(memory.signs);
  return {
    bytes: viewsOf(memory.bytes),
    giveBack: (slot) => {
      Atomics.store(signs, slot, here);
      return Atomics.exchange(signs, count, 0) === 1;
    },
  };
}

/** @returns for a slot its bytes, the same view each time */
function viewsOf(memory: SharedArrayBuffer): (slot: number) => Buffer {
  const views = Array.from({ length: count }, (_, slot) => Buffer.from(memory, slot * slotSize, slotSize));
  return (slot) => {
    const view = views[slot];
    if (!view) throw new Error(`there is no slot ${slot}`);
    return view;
  };
}
