/** The log of a run. Text may be untrusted: an implementation makes it harmless. */
export interface Log {
  info(message: string): void;
  warning(message: string): void;
  /**
   * Progress, for people who wait; called as often as there is news. A terminal shows the last
   * message in a line that moves; a log shows one now and then.
   */
  progress(message: string): void;
  /** Runs `body` with what it logs folded under `title`. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>;
}
