/**
 * An error for the user: one paragraph with cause and fix. Anything else that is thrown is a defect
 * of uv-fod, and is reported with its stack.
 */
export class UserError extends Error {
  /** Stable, documented identifier of the kind of failure, e.g. `lock-missing`. */
  readonly code: string;
  /** Position of the cause, if known; line and column count from 1. */
  readonly at: { file: string; line?: number; column?: number } | undefined;
  /** Output of the failing stage; its last lines are shown (`tellingLines`). */
  readonly log: string | undefined;

  constructor(
    code: string,
    message: string,
    more: { at?: UserError['at']; log?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = 'UserError';
    this.code = code;
    this.at = more.at;
    this.log = more.log;
  }
}

/** Adds a position to an error without one. */
export function placedAt(error: unknown, at: UserError['at']): unknown {
  if (!(error instanceof UserError) || error.at !== undefined || at === undefined) return error;
  const { code, message, log, cause } = error;
  return new UserError(code, message, { at, cause, log });
}

/** For `catch`: an error for the user counts as no result; rethrows anything else. */
export function ifUserError(error: unknown): undefined {
  if (!(error instanceof UserError)) throw error;
}

/** The first line of an error as a clause, without its full stop. */
export function clauseOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n', 1)[0] ?? '').slice(0, 200).replace(/\.$/, '');
}
