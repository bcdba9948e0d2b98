/** How much is on its way at once. */
export interface Limits {
  readonly bytes: number;
  /** At least so many tasks, however large they are; */
  readonly few: number;
  /** at most so many, however small; asked whenever one might begin. */
  readonly many: () => number;
}

/**
 * Runs tasks in the order given, so many at once that about `limits.bytes` are on their way: small files together, so that
 * no round trip is waited for, and large ones nearly alone, so that they come in turn.
 *
 * After the first failure nothing is begun, `abort` is called, and that failure is thrown when all that ran has ended.
 */
export async function runInWindow<T extends { readonly size: number }>(
  tasks: readonly T[],
  run: (task: T) => Promise<void>,
  limits: Limits,
  abort: () => void,
): Promise<void> {
  const running = new Set<Promise<void>>();
  let bytes = 0;
  let failure: { readonly error: unknown } | undefined;
  for (const task of tasks) {
    while (
      running.size >= limits.many() ||
      (running.size >= limits.few && bytes + task.size > limits.bytes)
    ) {
      await Promise.race(running);
    }
    if (failure) break;
    bytes += task.size;
    const ended = run(task)
      .catch((error: unknown) => {
        failure ??= { error };
        abort();
      })
      .then(() => {
        bytes -= task.size;
        running.delete(ended);
      });
    running.add(ended);
  }
  await Promise.all(running);
  if (failure) throw failure.error;
}
