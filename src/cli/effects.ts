import type { HashTools } from '../fetch/types.ts';
import type { ReleaseParts } from '../release/types.ts';
import type { Run } from '../system/run.ts';
import type { Context } from '../update/types.ts';
import type { Ask } from './init/ask.ts';

/** Collaborators that the entry point passes to commands. */
export interface Effects {
  /**
   * The collaborators of all stages.
   * @param scratch folder for temporary files, which the caller deletes
   * @param hosts `allowed-hosts` of the configuration; called before the first download
   */
  readonly parts: (
    scratch: string,
    verbose: boolean,
    hosts: (run: Run) => Promise<readonly string[] | undefined>,
  ) => Promise<Context>;
  /** What computing a hash without Nix needs. */
  readonly native: (warn: (message: string) => void) => Promise<HashTools>;
  /** What finding releases needs; the index is that of the user's settings. */
  readonly finders: (parts: Context) => Promise<ReleaseParts>;
  /**
   * Text of an example workflow, by its path below `examples`, without `.yml`: `workflows/bump`.
   */
  readonly example: (name: string) => Promise<string>;
  /** Folder that contains `dist/` of this program: a clone of uv-fod, or an installed copy. */
  readonly clone: string;
  /** Asks the user; undefined without a terminal. */
  readonly ask: (() => Promise<Ask>) | undefined;
  /** Sets the exit code. */
  readonly exit: (code: number) => void;
}
