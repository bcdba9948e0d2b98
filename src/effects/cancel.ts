import { constants } from 'node:os';
import { UserError } from '../ports/errors.ts';

/** Milliseconds for putting everything back; a runner that cancels kills after 7.5 s. */
const longest = 6000;

export interface Cancellation {
  /** Aborted when this process is asked to end. */
  readonly signal: AbortSignal;
  /** Exit code by the shell's convention, 128 and the signal's number; undefined where nobody asked. */
  readonly code: () => number | undefined;
}

/**
 * Turns the signals that ask a process to end (a cancelled workflow's SIGINT, then SIGTERM; a terminal's SIGHUP) into one
 * AbortSignal, so that whoever works puts back what is half done.
 *
 * @param late called where that takes too long; the process ends then whatever it waits for
 */
export function cancelOnSignals(late: () => void = () => {}): Cancellation {
  const controller = new AbortController();
  let code: number | undefined;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (code !== undefined) return;
      code = 128 + constants.signals[name];
      const exitCode = code;
      controller.abort(
        new UserError(
          'cancelled',
          `Cancelled (${name}): what was under way is ended and the checkout is as it was. Run it again when you like; nothing is lost.`,
        ),
      );
      const timer = setTimeout(() => {
        late();
        process.exit(exitCode);
      }, longest);
      timer.unref();
    });
  }
  return { signal: controller.signal, code: () => code };
}
