/**
 * Waits for `work`, but not longer than until `stop` is aborted: then its reason is thrown, and what `work` still gives is nobody's.
 */
export async function unlessCancelled<T>(work: Promise<T>, stop: AbortSignal): Promise<T> {
  stop.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(stop.reason);
  stop.addEventListener('abort', onAbort, { once: true });
  // Whichever ends later must not be an unheard rejection.
  promise.catch(() => {});
  work.catch(() => {});
  try {
    return await Promise.race([work, promise]);
  } finally {
    stop.removeEventListener('abort', onAbort);
  }
}
