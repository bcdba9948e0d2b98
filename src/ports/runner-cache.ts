/** What of @actions/cache is used; its module fits as it is. */
export interface RunnerCache {
  isFeatureAvailable(): boolean;
  /** @returns the key that was found, which may be one that a restore key is the beginning of */
  restoreCache(paths: string[], primaryKey: string, restoreKeys?: string[]): Promise<string | undefined>;
  saveCache(paths: string[], key: string): Promise<number>;
}

/** The runner's cache, as a place for what was built. */
export interface RunnerBuilds {
  readonly runner: RunnerCache;
  /** What is restored and saved. The same in each run: the runner's cache tells entries apart by it. */
  readonly folder: string;
  /** Whether this run may leave something there for others. */
  readonly maySave: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
