/** Runs a program to its end. Arguments are an array and reach the program as they are: no shell is involved. */
export type Run = (program: string, args: readonly string[], options?: RunOptions) => Promise<RunResult>;

export interface RunOptions {
  readonly cwd?: string;
  /**
   * Added to the environment that the effects module lets through. No token of a forge is in it, but for the git that talks to the forge
   * itself (src/pull-request/forgejo/git.ts).
   */
  readonly env?: Readonly<Record<string, string>>;
  /** In place of any other environment. */
  readonly onlyEnv?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  /** Ends the program: its result is of no use any more. */
  readonly signal?: AbortSignal;
  /** Called when the program runs: work that is done then is done beside it. */
  readonly onStart?: () => void;
  /** Called with each whole line of stderr while the program runs. */
  readonly onLine?: (line: string) => void;
}

/** The exit code where there is no such program, as shells have it. */
export const noSuchProgram = 127;

export interface RunResult {
  /** Exit code; `noSuchProgram` where there is none. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
