import { closeSync, constants, ftruncateSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { Ahead, type Expected } from './ahead.ts';
import { type Pass, type PassPlan, startPass } from './pass.ts';
import { slotSize, viewsOf } from './slots.ts';

/** What the intake is told; files in any order, but each of them from its beginning to its end. */
export type Asked =
  /** First of all. */
  | { readonly kind: 'plan'; readonly plan: PassPlan; readonly memory: SharedArrayBuffer }
  /** New files that will come, in their order. */
  | { readonly kind: 'expect'; readonly files: readonly Expected[] }
  /** A file: new, and then its pieces are written there; or one that lies there. Who sends the pieces verifies them. */
  | {
      readonly kind: 'begin';
      readonly index: number;
      readonly file: string;
      /** Bytes, where they are known. */
      readonly size: number | undefined;
      readonly isNew: boolean;
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
  | { readonly kind: 'free'; readonly slot: number }
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
  readonly #bytesOf: (slot: number) => Buffer;
  readonly #tell: (told: Told) => void;
  readonly #files = new Map<number, Coming>();
  readonly #ahead = new Ahead();
  readonly #room = Buffer.allocUnsafeSlow(slotSize);

  constructor(plan: PassPlan, memory: SharedArrayBuffer, tell: (told: Told) => void) {
    [this.#plan, this.#bytesOf, this.#tell] = [plan, viewsOf(memory), tell];
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
      const bytes = this.#bytesOf(asked.slot);
      this.#piece(index, coming, asked.length === slotSize ? bytes : bytes.subarray(0, asked.length));
      this.#tell({ kind: 'free', slot: asked.slot });
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

  #begin({ index, file, size, isNew }: Extract<Asked, { kind: 'begin' }>): void {
    const blank = { descriptor: undefined, came: 0, archived: 0, verdict: undefined, error: undefined };
    const coming: Coming = { file, size, isNew, ...blank };
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

  /** Archives the first `size` bytes of the file itself. @returns whether there are so many */
  #read(coming: Coming, size: number): boolean {
    coming.archived = 0;
    try {
      const own = coming.descriptor ?? openSync(coming.file, constants.O_RDONLY | constants.O_NONBLOCK);
      try {
        while (coming.archived < size) {
          const most = Math.min(this.#room.length, size - coming.archived);
          const count = readSync(own, this.#room, 0, most, coming.archived);
          if (count === 0) return false;
          this.#pass.update(this.#room.subarray(0, count));
          coming.archived += count;
        }
        return true;
      } finally {
        if (coming.descriptor === undefined) closeSync(own);
      }
    } catch {
      return false;
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
