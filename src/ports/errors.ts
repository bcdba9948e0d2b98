/**
 * An error whose message is meant for the person who runs this: one paragraph that names the cause and the remedy.
 * Anything else that is thrown is a defect of ours and is reported with its stack trace.
 */
export class UserError extends Error {
  /** Stable, documented identifier of the kind of failure, e.g. `lock-missing`. */
  readonly code: string;
  /** Position of what is wrong, where there is one; line and column count from 1. */
  readonly at: { file: string; line?: number; column?: number } | undefined;
  /** Last lines of the failing stage's log, shown in a group of their own. */
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
