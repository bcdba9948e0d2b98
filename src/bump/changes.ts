import { applyEdits } from '../nix/apply.ts';
import type { Journal } from '../nix/journal.ts';
import type { Edit } from '../nix/patch.ts';
import { UserError } from '../system/errors.ts';

/** Reads a text file; undefined where there is none. */
export type ReadText = (file: string) => Promise<string | undefined>;

/**
 * What a run has changed so far. Each step is on disk, because Nix reads it there; all of them together are the run's
 * edits, or are put back.
 */
export class Changes {
  readonly #read: ReadText;
  readonly #journal: Journal | undefined;
  readonly #files = new Map<string, { readonly before: string; now: string }>();

  /** @param journal learns of each step before it is taken */
  constructor(read: ReadText, journal?: Journal) {
    this.#read = read;
    this.#journal = journal;
  }

  /** @throws UserError `file-missing` */
  async read(file: string): Promise<string> {
    const text = this.#files.get(file)?.now ?? (await this.#read(file));
    if (text !== undefined) return text;
    throw new UserError('file-missing', `There is no file ${file}; correct its path in the configuration.`);
  }

  async write(file: string, text: string): Promise<void> {
    const now = await this.read(file);
    if (text === now) return;
    const before = this.#files.get(file)?.before ?? now;
    // With the step before it, so that a run that is killed at any moment leaves what the journal knows.
    await this.#journal?.write([...this.edits(), { file, before, after: text }]);
    await applyEdits([{ file, before: now, after: text }]);
    this.#files.set(file, { before, now: text });
  }

  /** Files that are not as they were. */
  edits(): Edit[] {
    return [...this.#files].flatMap(([file, { before, now }]) =>
      before === now ? [] : [{ file, before, after: now }],
    );
  }

  /** Puts every file back. */
  async undo(): Promise<void> {
    const back = this.edits().map(({ file, before, after }) => ({
      file,
      before: after,
      after: before ?? '',
    }));
    await applyEdits(back);
    this.#files.clear();
    await this.#journal?.clear();
  }

  /** Settles what was changed: nothing will put it back. */
  async keep(): Promise<void> {
    await this.#journal?.clear();
  }
}
