import type { Patience } from './network.ts';

/** Watches over one transfer; `stop` when it has ended. */
export interface Watch {
  readonly signal: AbortSignal;
  /** Tells that the headers have come: from now on bytes count. */
  readonly answered: () => void;
  readonly stop: () => void;
}

/**
 * Aborts a transfer that keeps us waiting: for its headers, for enough bytes in each window, or for its end.
 * @param size bytes that are expected, where it is known
 * @param received bytes so far
 * @param outer aborts it, too
 */
export function watch(
  patience: Patience,
  size: number | undefined,
  received: () => number,
  outer?: AbortSignal,
): Watch {
  const controller = new AbortController();
  const abort = (reason: string): void => controller.abort(new Error(reason));
  const seconds = (milliseconds: number): string => `${milliseconds / 1000} s`;
  const waiting = setTimeout(() => abort(`no answer within ${seconds(patience.headers)}`), patience.headers);
  // Of a file of unknown size nobody can say how long it may take; that it goes on is seen to by the windows.
  const most = size === undefined ? undefined : patience.total + (size / patience.rate) * 1000;
  const total =
    most === undefined ? undefined : setTimeout(() => abort(`not done after ${seconds(most)}`), most);
  let windows: NodeJS.Timeout | undefined;
  const answered = (): void => {
    clearTimeout(waiting);
    let before = received();
    windows = setInterval(() => {
      const now = received();
      const came = now - before;
      before = now;
      if (came < patience.minimum) abort(`only ${came} bytes in ${seconds(patience.window)}`);
    }, patience.window);
  };
  const stop = (): void => {
    clearTimeout(waiting);
    clearTimeout(total);
    clearInterval(windows);
  };
  const signal = outer ? AbortSignal.any([controller.signal, outer]) : controller.signal;
  return { signal, answered, stop };
}
