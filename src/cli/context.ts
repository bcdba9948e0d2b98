import type { HashTools } from '../fetch/hash-tools.ts';
import type { ReleaseParts } from '../release/types.ts';
import type { Run } from '../system/run.ts';
import type { Context } from '../update/context.ts';
import type { Ask } from './init/ask.ts';

/** The role of a text, which decides its colour. */
export type Tone = 'heading' | 'good' | 'bad' | 'warning' | 'faint' | 'place';

/** The dependencies of commands, which the entry point passes to them. */
export interface CliContext {
  readonly version: string;
  stdout(text: string): void;
  stderr(text: string): void;
  /** Text for stdout in the colour of its tone; unchanged if colours are off. */
  paint(tone: Tone, text: string): string;
  /** Sets the exit code. */
  exit(code: number): void;
  /**
   * The collaborators of all stages.
   * @param scratch folder for temporary files, which the caller deletes
   * @param hosts `allowed-hosts` of the configuration; called before the first download
   */
  context(
    scratch: string,
    verbose: boolean,
    hosts: (run: Run) => Promise<readonly string[] | undefined>,
  ): Context;
  /**
   * The tools that compute a hash without Nix.
   * @param folder folder of uv.lock, whose settings name the indexes that have a login
   */
  hashTools(folder: string): Promise<HashTools>;
  /** The tools that find releases; the package index comes from the user's settings. */
  finders(context: Context): ReleaseParts;
  /**
   * Text of an example workflow, by its path below `examples`, without `.yml`: `workflows/bump`.
   */
  example(name: string): Promise<string>;
  /** Folder that contains `dist/` of this program: a clone of uv-fod, or an installed copy. */
  readonly clone: string;
  /** Asks the user; undefined without a terminal. */
  readonly ask: Ask | undefined;
}
