import type { HashTools } from '../fetch/types.ts';
import type { ReleaseParts } from '../release/types.ts';
import type { Run } from '../system/run.ts';
import type { Context } from '../update/types.ts';
import type { Ask } from './init/ask.ts';

/** What commands are handed by the entry point. */
export interface Effects {
  /**
   * The collaborators of all stages.
   * @param scratch folder for temporary files, which the caller deletes
   * @param hosts `allowed-hosts` of the configuration, asked for when something is first fetched
   */
  readonly parts: (
    scratch: string,
    verbose: boolean,
    hosts: (run: Run) => Promise<readonly string[] | undefined>,
  ) => Promise<Context>;
  /** Those of the hash without Nix alone. */
  readonly native: (warn: (message: string) => void) => Promise<HashTools>;
  /** For looking for releases; the index is that of the user's own settings. */
  readonly finders: (parts: Context) => Promise<ReleaseParts>;
  /** Text of an example workflow, by its path below `examples`, without `.yml`: `workflows/bump`. */
  readonly example: (name: string) => Promise<string>;
  /** Folder that has `dist/` with this program: a clone of uv-fod, or an installed copy. */
  readonly clone: string;
  /** Asks a person; undefined where nobody is at a terminal. */
  readonly ask: (() => Promise<Ask>) | undefined;
  /** Sets the exit code of what was found. */
  readonly exit: (code: number) => void;
}
