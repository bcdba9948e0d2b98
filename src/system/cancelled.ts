/** Waits for `work` until `stop` is aborted, and then throws its reason. */
export async function unlessCancelled<T>(work: Promise<T>, stop: AbortSignal): Promise<T> {
  stop.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(stop.reason);
  stop.addEventListener('abort', onAbort, { once: true });
  // The later one must not be an unhandled rejection.
  promise.catch(() => {});
  work.catch(() => {});
  try {
    return await Promise.race([work, promise]);
  } finally {
    stop.removeEventListener('abort', onAbort);
  }
}
