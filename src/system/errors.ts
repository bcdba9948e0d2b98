/**
 * An error whose message is meant for the person who runs this: one paragraph that names the cause and the remedy.
 * Anything else that is thrown is a defect of ours and is reported with its stack trace.
 */
export class UserError extends Error {
  /** Stable, documented identifier of the kind of failure, e.g. `lock-missing`. */
  readonly code: string;
  /** Position of what is wrong, where there is one; line and column count from 1. */
  readonly at: { file: string; line?: number; column?: number } | undefined;
  /** What the failing stage printed; its last lines are shown (`tellingLines`). */
  readonly log: string | undefined;

  constructor(
    code: string,
    message: string,
    more: { at?: { file: string; line?: number; column?: number }; log?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = 'UserError';
    this.code = code;
    this.at = more.at;
    this.log = more.log;
  }
}

/** The same error, at a position, where it has none of its own. */
export function placedAt(error: unknown, at: UserError['at']): unknown {
  if (!(error instanceof UserError) || error.at !== undefined || at === undefined) return error;
  const { code, message, log, cause } = error;
  return new UserError(code, message, { at, cause, ...(log === undefined ? {} : { log }) });
}
