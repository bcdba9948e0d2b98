/** Where a run tells what it does. Text may hold strangers' words: an implementation makes them harmless. */
export interface Log {
  info(message: string): void;
  warning(message: string): void;
  /** Runs `body` with what it logs folded under `title`. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>;
}
