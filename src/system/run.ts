/** Runs a program to its end. Arguments reach it unchanged: no shell is involved. */
export type Run = (program: string, args: readonly string[], options?: RunOptions) => Promise<RunResult>;

export interface RunOptions {
  readonly cwd?: string;
  /** Added to the usual environment. Only the git that pushes gets a forge's token. */
  readonly env?: Readonly<Record<string, string>>;
  /** The whole environment, instead of the usual one. */
  readonly onlyEnv?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  /** Ends the program. */
  readonly signal?: AbortSignal;
  /** Called with each whole line of stderr while the program runs. */
  readonly onLine?: (line: string) => void;
}

/** The exit code for a missing program, as in shells. */
export const noSuchProgram = 127;

export interface RunResult {
  /** Exit code; `noSuchProgram` if it is missing. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
