import { UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';
import type { ReadText } from '../uv/lock/project.ts';
import type { Edit } from './edit.ts';
import { replaceAll } from './edit.ts';
import { introduce } from './git-index.ts';
import type { Journal } from './journal.ts';
import type { DerivationRef } from './target.ts';

/** The tools that edits are written with. */
export interface EditsContext {
  readonly read: ReadText;
  readonly run: Run;
  readonly journal: Journal;
  /** Throws for a file that must not be changed. Not set: every file may be changed. */
  readonly mayWrite?: ((file: string) => Promise<void>) | undefined;
}

/**
 * All changes of a run to the checkout. Each step is written to disk immediately, because Nix reads
 * the files there. `undo` reverts all steps, and `keep` makes them final. Until then they are in
 * the journal, so that the next run can revert the changes of a killed run.
 */
export class Edits {
  readonly #context: EditsContext;
  #steps: Edit[] = [];
  /** Functions that remove new files from git's index. */
  #forget: (() => Promise<void>)[] = [];

  constructor(context: EditsContext) {
    this.#context = context;
  }

  /**
   * Text of a file as it is now.
   * @throws UserError `file-missing`
   */
  async read(file: string): Promise<string> {
    const text = await this.#context.read(file);
    if (text !== undefined) return text;
    throw new UserError('file-missing', `There is no file ${file}; correct its path in the configuration.`);
  }

  /** Changes the text of an existing file. */
  async write(file: string, text: string): Promise<void> {
    const before = await this.read(file);
    if (text !== before) await this.add([{ file, before, after: text }]);
  }

  /**
   * Writes edits, all of them or none.
   * @param edits changes of the files' present text
   * @param derivation its flake has to see new files, so they are added to git's index
   */
  async add(edits: readonly Edit[], derivation?: DerivationRef): Promise<void> {
    if (edits.length === 0) return;
    const { journal, mayWrite, run } = this.#context;
    for (const { file } of edits) await mayWrite?.(file);
    const first = new Map(this.since().map(({ file, before }) => [file, before]));
    const below = (edit: Edit): Edit =>
      first.has(edit.file) ? { ...edit, before: first.get(edit.file) } : edit;
    // A killed run may leave either text in a file, so a file that is changed again is listed with
    // both.
    await journal.write([...this.since(), ...edits.map(below)]);
    await replaceAll(edits.map(({ file, after }) => ({ file, text: after })));
    this.#steps.push(...edits);
    if (derivation) this.#forget.push(await introduce(derivation, edits, run));
  }

  /** Number of steps so far, for `since`. */
  get mark(): number {
    return this.#steps.length;
  }

  /** The edits after a mark, one for each file that differs. */
  since(mark = 0): Edit[] {
    const joined = new Map<string, Edit>();
    for (const edit of this.#steps.slice(mark)) {
      const earlier = joined.get(edit.file);
      joined.set(edit.file, earlier ? { ...edit, before: earlier.before } : edit);
    }
    return [...joined.values()].filter(({ before, after }) => before !== after);
  }

  /** Puts every file back as it was. */
  async undo(): Promise<void> {
    await replaceAll(this.since().map(({ file, before }) => ({ file, text: before })));
    for (const forget of this.#forget) await forget();
    await this.keep();
  }

  /** Leaves the files as they are. */
  async keep(): Promise<void> {
    this.#steps = [];
    this.#forget = [];
    await this.#context.journal.clear();
  }

  /** Runs a step; if it fails, everything is put back. */
  async undoOnError<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (error) {
      await this.undo();
      throw error;
    }
  }
}
