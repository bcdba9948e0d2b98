/** Where a run tells what it does. Text may hold strangers' words: an implementation makes them harmless. */
export interface Log {
  info(message: string): void;
  warning(message: string): void;
  /**
   * How far something is, for people who wait: called as often as there is something new. A terminal shows the last one, with the
   * seconds since its group began, in one line that moves; a log shows one now and then.
   */
  progress(message: string): void;
  /** Runs `body` with what it logs folded under `title`. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>;
}
