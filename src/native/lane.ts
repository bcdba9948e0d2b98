import { closeSync } from 'node:fs';
import { put, type Sink } from '../artifacts/receive.ts';
import type { Expected } from './ahead.ts';
import { type Asked, type DiskError, Intake, type Told } from './intake.ts';
import { type PassPlan, startDigest } from './pass.ts';
import { openToRead, readPieces, type Seen, seenOf } from './read.ts';
import { makeSlots, type Slots, slotSize } from './slots.ts';

/** Where files become hashes: beside the downloads, in a thread of its own, or in this one. */
export interface Lane {
  /** Verifies a file that lies on the disk, while the other end archives it. */
  readonly read: (index: number, file: string) => Verified;
  /** Tells which new files will come, in their order. */
  readonly expect: (files: readonly Expected[]) => void;
  /** Takes a new file as it comes, and writes it to `file`; `end` tells that it is whole. */
  readonly receive: (index: number, file: string, size: number | undefined) => Sink;
  /** @param place where the new file goes if it is right */
  readonly end: (index: number, place: string | undefined) => void;
  /** SRI of each output, or undefined where a file was wrong. Settles when every file had its turn. */
  readonly result: Promise<readonly string[] | undefined>;
  /** Fulfilled when nothing of it runs any more. */
  readonly stop: () => Promise<void>;
}

/** Whether a file is there with its digest, and as what it was seen. */
export interface Verified {
  readonly isRight: boolean;
  readonly seen: Seen | undefined;
}

/** Called for each new file once it has ended: whether it has its digest, and is where it was to go. */
export type OnVerdict = (index: number, isRight: boolean, error?: DiskError) => void;
export type StartLane = (plan: PassPlan, onVerdict: OnVerdict) => Lane;

/** The other end, wherever it runs. */
export interface Port {
  readonly ask: (asked: Asked) => void;
  readonly stop: () => Promise<void>;
}

/**
 * This end of a lane.
 * @param connect makes the other end, which calls what it is given: with what it tells, and where it fails
 */
export function makeLane(
  plan: PassPlan,
  onVerdict: OnVerdict,
  connect: (onTold: (told: Told) => void, onFailure: (error: Error) => void) => Port,
): Lane {
  const slots = makeSlots();
  const { promise, resolve, reject } = Promise.withResolvers<readonly string[] | undefined>();
  const fail = (error: Error): void => {
    slots.fail(error);
    reject(error);
  };
  const { ask, stop } = connect((told) => {
    if (told.kind === 'free') slots.onFree();
    else if (told.kind === 'verdict') onVerdict(told.index, told.isRight, told.error);
    else resolve(told.hashes);
  }, fail);
  ask({ kind: 'plan', plan, memory: slots.memory });
  const verdicts = new Map<number, () => boolean>();
  return {
    stop,
    result: promise,
    read: (index, file) => read(index, file, plan.files[index]?.digest, ask),
    expect: (files) => ask({ kind: 'expect', files }),
    receive: (index, file, size) => {
      ask({ kind: 'begin', index, file, size, isNew: true });
      const { sink, isRight } = sinkFor(index, plan.files[index]?.digest, slots, ask);
      verdicts.set(index, isRight);
      return sink;
    },
    end: (index, place) => ask({ kind: 'end', index, place, isRight: verdicts.get(index)?.() === true }),
  };
}

/**
 * The digest is this thread's work, the archive that of the other end; each reads the file for itself. Out of the page cache that takes
 * a fifth of what it takes to hand memory from core to core (docs/benchmarks.md).
 */
function read(index: number, file: string, digest: string | undefined, ask: Port['ask']): Verified {
  const descriptor = openToRead(file);
  const seen = descriptor === undefined ? undefined : seenOf(descriptor);
  ask({ kind: 'begin', index, file, size: seen && Number(seen.size), isNew: false, seen });
  let isRight = false;
  if (descriptor !== undefined) {
    try {
      isRight = seen !== undefined && hasDigest(descriptor, Number(seen.size), digest);
    } finally {
      closeSync(descriptor);
    }
  }
  ask({ kind: 'end', index, isRight });
  return { isRight, seen };
}

/** One piece of a file, for one reader at a time: small enough to stay in a core's own cache. */
const room = Buffer.allocUnsafeSlow(slotSize);

function hasDigest(descriptor: number, size: number, digest: string | undefined): boolean {
  const hash = startDigest(digest);
  const came = readPieces(descriptor, size, room, (piece) => hash.update(piece));
  return came === size && hash.isRight();
}

/**
 * Pieces are gathered in a slot; where none is free the sender has to wait. The digest is this thread's work: the other end has the archive
 * and the disk.
 */
function sinkFor(
  index: number,
  digest: string | undefined,
  slots: Slots,
  ask: Port['ask'],
): { sink: Sink; isRight: () => boolean } {
  let hash = startDigest(digest);
  let slot: number | undefined;
  let bytes: Buffer | undefined;
  let [filled, size] = [0, 0];
  const hand = (): void => {
    if (slot !== undefined && bytes && filled > 0) {
      slots.lend(slot);
      ask({ kind: 'piece', index, slot, length: filled });
      // As above: both hash it at the same time.
      hash.update(filled === slotSize ? bytes : bytes.subarray(0, filled));
    } else if (slot !== undefined) slots.free(slot);
    [slot, bytes, filled] = [undefined, undefined, 0];
  };
  const use = (next: number): Buffer => {
    slot = next;
    bytes = slots.bytes(next);
    return bytes;
  };
  const takeIn = (piece: Buffer): Promise<void> | undefined => {
    for (let at = 0; at < piece.length; ) {
      const free = bytes ? slot : slots.take();
      if (free === undefined) {
        // The piece is the sender's: what is left of it has to be kept.
        const rest = Buffer.from(piece.subarray(at));
        return slots.wait().then((next) => {
          use(next);
          return takeIn(rest);
        });
      }
      const into = bytes ?? use(free);
      const count = put(piece, at, into, filled);
      at += count;
      filled += count;
      if (filled === slotSize) hand();
    }
    return undefined;
  };
  const sink: Sink = {
    room: () => {
      const free = bytes ? slot : slots.take();
      return free === undefined ? undefined : (bytes ?? use(free)).subarray(filled);
    },
    size: () => size,
    take: (piece) => {
      size += piece.length;
      return takeIn(piece);
    },
    flush: async () => hand(),
    restart: async () => {
      [filled, size] = [0, 0];
      hand();
      hash = startDigest(digest);
      ask({ kind: 'restart', index });
    },
    close: async () => {},
  };
  return { sink, isRight: () => hash.isRight() };
}

/** An end of a lane that takes in: what it is asked, and what it can do before it is asked. */
export interface Server {
  readonly answer: (asked: Asked) => void;
  /** @returns whether there may be more of that */
  readonly workAhead: () => boolean;
  readonly close: () => void;
}

/** Makes an end of an intake: it begins with the plan. */
export function serve(tell: (told: Told) => void): Server {
  let intake: Intake | undefined;
  return {
    answer: (asked) => {
      if (asked.kind === 'plan') intake = new Intake(asked.plan, asked.memory, tell);
      else intake?.ask(asked);
    },
    workAhead: () => intake?.workAhead() ?? false,
    close: () => intake?.close(),
  };
}

/** A lane in this thread; other work gets its turn between pieces. */
export const startHere: StartLane = (plan, onVerdict) =>
  makeLane(plan, onVerdict, (onTold, onFailure) => {
    let isStopped = false;
    const { answer, close } = serve((told) => setImmediate(() => !isStopped && onTold(told)));
    return {
      ask: (asked) =>
        void setImmediate(() => {
          try {
            if (!isStopped) answer(asked);
          } catch (error) {
            onFailure(error as Error);
          }
        }),
      stop: async () => {
        isStopped = true;
        close();
      },
    };
  });
