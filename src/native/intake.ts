import { closeSync, ftruncateSync, renameSync, writeSync } from 'node:fs';
import { Ahead, type Expected } from './ahead.ts';
import { type Pass, type PassPlan, startPass } from './pass.ts';
import { isSame, openToRead, readPieces, type Seen, seenOf } from './read.ts';
import { type LentSlots, lentSlots, type SlotMemory, slotSize } from './slots.ts';

/** What the intake is told; files in any order, but each of them from its beginning to its end. */
export type Asked =
  /** First of all. */
  | { readonly kind: 'plan'; readonly plan: PassPlan; readonly memory: SlotMemory }
  /** New files that will come, in their order. */
  | { readonly kind: 'expect'; readonly files: readonly Expected[] }
  /**
   * A file: new, and then its pieces are written there, which who sends them verifies; or one that lies there, which who asks reads and
   * verifies at the same time.
   */
  | {
      readonly kind: 'begin';
      readonly index: number;
      readonly file: string;
      /** Bytes, where they are known. */
      readonly size: number | undefined;
      readonly isNew: boolean;
      /** What lies there, as whoever verifies it has seen it before. */
      readonly seen?: Seen | undefined;
    }
  | { readonly kind: 'piece'; readonly index: number; readonly slot: number; readonly length: number }
  /** What came of a new file is of no use. */
  | { readonly kind: 'restart'; readonly index: number }
  /** `isRight`: whether the pieces have their digest; `place`: where a new file goes then. */
  | {
      readonly kind: 'end';
      readonly index: number;
      readonly place?: string | undefined;
      readonly isRight: boolean;
    };

export type Told =
  /** There are slots again, where somebody waits for one. */
  | { readonly kind: 'free' }
  /** On a new file; with an error of the disk it is not right. */
  | {
      readonly kind: 'verdict';
      readonly index: number;
      readonly isRight: boolean;
      readonly error?: DiskError;
    }
  | { readonly kind: 'result'; readonly hashes: readonly string[] | undefined };

export interface DiskError {
  readonly code: string | undefined;
  readonly message: string;
}

/** A file that was begun. */
interface Coming {
  file: string;
  readonly size: number | undefined;
  readonly isNew: boolean;
  readonly seen: Seen | undefined;
  descriptor: number | undefined;
  /** Bytes so far. */
  came: number;
  /** Of these, in the archive: while it is this file's turn. */
  archived: number;
  verdict: boolean | undefined;
  error: DiskError | undefined;
}

/**
 * Takes in files as they come: writes those that are new, and puts all of them into the archives in their turn. What
 * came before its turn is read again from the file: from the page cache into one buffer, which costs less than memory of its own.
 */
export class Intake {
  readonly #pass: Pass;
  readonly #plan: PassPlan;
  readonly #slots: LentSlots;
  readonly #tell: (told: Told) => void;
  readonly #files = new Map<number, Coming>();
  readonly #ahead = new Ahead();
  readonly #room = Buffer.allocUnsafeSlow(slotSize);

  constructor(plan: PassPlan, memory: SlotMemory, tell: (told: Told) => void) {
    [this.#plan, this.#slots, this.#tell] = [plan, lentSlots(memory), tell];
    this.#pass = startPass(plan);
    this.#goOn();
  }

  ask(asked: Exclude<Asked, { kind: 'plan' }>): void {
    if (asked.kind === 'expect') {
      this.#ahead.expect(asked.files);
      return;
    }
    const { index } = asked;
    if (asked.kind === 'begin') this.#begin(asked);
    const coming = this.#files.get(index);
    if (!coming) throw new Error(`file ${index} was not begun`);
    if (asked.kind === 'piece') {
      const bytes = this.#slots.bytes(asked.slot);
      this.#piece(index, coming, asked.length === slotSize ? bytes : bytes.subarray(0, asked.length));
      if (this.#slots.giveBack(asked.slot)) this.#tell({ kind: 'free' });
    } else if (asked.kind === 'restart') this.#restart(index, coming);
    else if (asked.kind === 'end') {
      coming.verdict = coming.isNew ? this.#finish(index, coming, asked) : asked.isRight;
      this.#goOn();
    }
  }

  /** Does something that can be done before it is asked for. @returns whether there may be more of that */
  workAhead(): boolean {
    return this.#ahead.makeOne();
  }

  /** Ends before all has come. */
  close(): void {
    this.#ahead.close();
  }

  #begin({ index, file, size, isNew, seen }: Extract<Asked, { kind: 'begin' }>): void {
    const blank = { descriptor: undefined, came: 0, archived: 0, verdict: undefined, error: undefined };
    const coming: Coming = { file, size, isNew, seen, ...blank };
    this.#files.set(index, coming);
    if (isNew) onDisk(coming, () => (coming.descriptor = this.#ahead.take({ index, file })));
    this.#goOn();
  }

  #piece(index: number, coming: Coming, bytes: Buffer): void {
    const { descriptor, came } = coming;
    if (descriptor !== undefined) onDisk(coming, () => writeAll(descriptor, bytes, came));
    if (index === this.#pass.turn() && coming.archived === came && coming.size !== undefined) {
      this.#pass.update(bytes);
      coming.archived += bytes.length;
    }
    coming.came += bytes.length;
  }

  #restart(index: number, coming: Coming): void {
    const { descriptor } = coming;
    if (descriptor !== undefined) onDisk(coming, () => ftruncateSync(descriptor, 0));
    coming.came = coming.archived = 0;
    if (index === this.#pass.turn() && coming.size !== undefined) this.#pass.begin(coming.size);
  }

  #finish(
    index: number,
    coming: Coming,
    { place, isRight: hasDigest }: Extract<Asked, { kind: 'end' }>,
  ): boolean {
    const { descriptor, file } = coming;
    if (descriptor !== undefined) onDisk(coming, () => closeSync(descriptor));
    coming.descriptor = undefined;
    const isRight = coming.error === undefined && hasDigest;
    if (isRight && place !== undefined) {
      onDisk(coming, () => {
        renameSync(file, place);
        coming.file = place;
      });
    }
    const { error } = coming;
    this.#tell({ kind: 'verdict', index, isRight: isRight && !error, ...(error ? { error } : {}) });
    return isRight && !error;
  }

  /** Puts into the archives what can be, from the file whose turn it is. */
  #goOn(): void {
    for (;;) {
      const index = this.#pass.turn();
      if (index === this.#plan.files.length) {
        this.#tell({ kind: 'result', hashes: this.#pass.finish() });
        return;
      }
      const coming = this.#files.get(index);
      if (!coming) return;
      if (coming.verdict === undefined) {
        this.#catchUp(coming);
        return;
      }
      this.#files.delete(index);
      if (coming.verdict && this.#archive(coming)) this.#pass.end();
      else this.#pass.skip();
    }
  }

  /** A file whose turn has come while it comes: from here on its pieces go straight into the archives. */
  #catchUp(coming: Coming): void {
    if (coming.size === undefined || coming.archived > 0) return;
    this.#pass.begin(coming.size);
    // What lies there need not come: it is archived while it is verified, and counts if both have read the same.
    if (!coming.isNew) coming.came = coming.size;
    if (coming.came > 0 && !this.#read(coming, coming.came)) this.#pass.begin(coming.size);
  }

  /** @returns whether the whole file is in the archives */
  #archive(coming: Coming): boolean {
    const size = coming.isNew ? coming.came : coming.size;
    if (size === undefined) return false;
    if (coming.archived === size && coming.size === size) {
      if (size === 0) this.#pass.begin(0);
      return true;
    }
    coming.archived = 0;
    this.#pass.begin(size);
    return this.#read(coming, size);
  }

  /** Archives the first `size` bytes of the file itself. @returns whether there are so many, of the file that was verified */
  #read(coming: Coming, size: number): boolean {
    coming.archived = 0;
    const own = coming.descriptor ?? openToRead(coming.file);
    if (own === undefined) return false;
    try {
      const came = readPieces(own, size, this.#room, (piece) => this.#pass.update(piece));
      const isIt = came === size && (coming.isNew || isSame(coming.seen, seenOf(own)));
      if (isIt) coming.archived = size;
      return isIt;
    } catch {
      return false;
    } finally {
      if (coming.descriptor === undefined) closeSync(own);
    }
  }
}

/** What the disk refuses is told with the verdict; meanwhile the rest of the file is taken and thrown away. */
function onDisk(coming: Coming, act: () => void): void {
  if (coming.error) return;
  try {
    act();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    coming.error = { code, message };
  }
}

/** A disk may take less at once than it was given. */
function writeAll(descriptor: number, bytes: Buffer, from: number): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at, from + at);
}
