/** What of @actions/cache is used; its module fits as it is. */
export interface RunnerCache {
  /** @returns the key that was found, which may be one that a restore key is the beginning of */
  restoreCache(paths: string[], primaryKey: string, restoreKeys?: string[]): Promise<string | undefined>;
  saveCache(paths: string[], key: string): Promise<number>;
}
