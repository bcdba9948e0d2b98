import { once as event } from 'node:events';

/** Calls a function on first use, and returns the same result from then on, also a failure. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** As `once`, for each item, or each key of items. */
export function onceEach<Item, T>(
  make: (item: Item) => Promise<T>,
  keyOf: (item: Item) => unknown = (item) => item,
): (item: Item) => Promise<T> {
  const made = new Map<unknown, Promise<T>>();
  return (item) => {
    const known = made.get(keyOf(item)) ?? make(item);
    made.set(keyOf(item), known);
    return known;
  };
}

/**
 * As `Promise.all`, for at most `atOnce` items at a time. A failure starts no more calls, and is
 * thrown when all running calls have ended: until then they use files that the caller deletes.
 */
export async function inParallel<T, R>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = [...items].entries();
  let failure: { readonly error: unknown } | undefined;
  const lane = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failure) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  if (failure) throw failure.error;
  return results;
}

/** Waits for `work` until `stop` is aborted, and then throws its reason. */
export async function unlessCancelled<T>(work: Promise<T>, stop: AbortSignal): Promise<T> {
  stop.throwIfAborted();
  const aborted = event(stop, 'abort').then(() => Promise.reject(stop.reason));
  return Promise.race([work, aborted]);
}
