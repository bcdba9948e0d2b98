import { constants } from 'node:os';
import { UserError } from './errors.ts';

/** Milliseconds for restoring files; a runner kills a cancelled run after 7.5 s. */
const longest = 6000;

export interface Cancellation {
  /** Aborted when this process has to end. */
  readonly signal: AbortSignal;
  /**
   * Exit code by the shell's convention, 128 and the signal's number; undefined if not cancelled.
   */
  readonly code: () => number | undefined;
}

/**
 * Turns every request to end into one AbortSignal, so that edits are undone: signals (SIGINT and
 * SIGTERM of a cancelled workflow, SIGHUP of a terminal), and an output that can't be written (a
 * full disk, a closed pipe).
 *
 * @param late called before the process ends, if restoring takes too long
 */
export function cancelOnSignals(late: () => void = () => {}): Cancellation {
  const controller = new AbortController();
  let code: number | undefined;
  const cancel = (exitCode: number, reason: UserError): void => {
    if (code !== undefined) return;
    code = exitCode;
    controller.abort(reason);
    const timer = setTimeout(() => {
      late();
      process.exit(exitCode);
    }, longest);
    timer.unref();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => cancel(shellCode(name), cancelled(name)));
  // Without a listener, a failed write ends the process and leaves its children running.
  for (const output of [process.stdout, process.stderr])
    output.on('error', (error: NodeJS.ErrnoException) =>
      cancel(error.code === 'EPIPE' ? shellCode('SIGPIPE') : 1, unwritableLog(error)),
    );
  return { signal: controller.signal, code: () => code };
}

/** The exit code of a program that a signal ended, as in a shell. */
const shellCode = (name: NodeJS.Signals): number => 128 + constants.signals[name];

const cancelled = (name: string): UserError =>
  new UserError(
    'cancelled',
    `Cancelled (${name}): everything that was running was ended, and the checkout is as it was. Nothing is lost; run it again.`,
  );

const unwritableLog = (cause: NodeJS.ErrnoException): UserError =>
  new UserError(
    'log-unwritable',
    `The log can't be written (${cause.code}): everything that was running was ended, and the checkout is as it was. Make room for it, and run it again.`,
    { cause },
  );
