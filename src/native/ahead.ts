import { closeSync, openSync } from 'node:fs';

/** A file that will come. */
export interface Expected {
  readonly index: number;
  readonly file: string;
}

/** Descriptors that may be open for files that have not begun. */
const most = 64;

/**
 * Makes files before their first bytes come, while there is nothing else to do: on some file systems that takes longer than writing
 * them (docs/benchmarks.md).
 */
export class Ahead {
  #wanted: Expected[] = [];
  readonly #made = new Map<number, number>();

  expect(files: readonly Expected[]): void {
    // From the end, which is where the next one is taken off.
    this.#wanted = files.toReversed();
  }

  /** @returns whether there is one more to make now */
  makeOne(): boolean {
    const next = this.#made.size < most ? this.#wanted.pop() : undefined;
    if (!next) return false;
    try {
      this.#made.set(next.index, openNew(next.file));
    } catch {
      // Whoever needs the file tries again, and hears of it.
    }
    return true;
  }

  /** @returns the file's descriptor. @throws NodeJS.ErrnoException where it can't be made */
  take({ index, file }: Expected): number {
    const made = this.#made.get(index);
    this.#made.delete(index);
    if (made !== undefined) return made;
    this.#wanted = this.#wanted.filter((one) => one.index !== index);
    return openNew(file);
  }

  /** Closes what nobody took. */
  close(): void {
    this.#wanted = [];
    for (const descriptor of this.#made.values()) closeSync(descriptor);
    this.#made.clear();
  }
}

const openNew = (file: string): number => openSync(file, 'w+', 0o644);
