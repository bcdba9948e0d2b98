import { constants } from 'node:os';
import { UserError } from './errors.ts';

/** Milliseconds for putting everything back; a runner that cancels kills after 7.5 s. */
const longest = 6000;

export interface Cancellation {
  /** Aborted when this process is asked to end. */
  readonly signal: AbortSignal;
  /** Exit code by the shell's convention, 128 and the signal's number; undefined where nobody asked. */
  readonly code: () => number | undefined;
}

/**
 * Turns what asks a process to end into one AbortSignal, so that whoever works puts back what is half done: signals (a cancelled
 * workflow's SIGINT, then SIGTERM; a terminal's SIGHUP), and an output that nobody takes any more (a full disk, a closed pipe).
 *
 * @param late called where that takes too long; the process ends then whatever it waits for
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
  // Without a listener a failed write ends the process at once, and leaves what it started running.
  for (const output of [process.stdout, process.stderr])
    output.on('error', (error: NodeJS.ErrnoException) =>
      cancel(error.code === 'EPIPE' ? shellCode('SIGPIPE') : 1, unwritableLog(error)),
    );
  return { signal: controller.signal, code: () => code };
}

/** What a shell says of a program that a signal ended. */
const shellCode = (name: NodeJS.Signals): number => 128 + constants.signals[name];

const cancelled = (name: string): UserError =>
  new UserError(
    'cancelled',
    `Cancelled (${name}): what was under way is ended and the checkout is as it was. Run it again when you like; nothing is lost.`,
  );

const unwritableLog = (cause: NodeJS.ErrnoException): UserError =>
  new UserError(
    'log-unwritable',
    `The log can't be written (${cause.code}): what was under way is ended and the checkout is as it was. Make room for it, and run it again.`,
    { cause },
  );
