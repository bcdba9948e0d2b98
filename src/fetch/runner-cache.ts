import type { RunnerCache } from './runner-cache-types.ts';

/**
 * The runner's cache (GitHub's, and of others that speak its protocol); undefined if this does not run on a runner. The library behind
 * it is large: it is loaded when something is restored or saved.
 */
export function runnerCache(environment: NodeJS.ProcessEnv): RunnerCache | undefined {
  // As @actions/cache chooses between the two services.
  const name = environment.ACTIONS_CACHE_SERVICE_V2 ? 'ACTIONS_RESULTS_URL' : 'ACTIONS_CACHE_URL';
  if (!environment[name]) return undefined;
  return {
    restoreCache: async (...args) => (await import('./actions-cache.ts')).restoreCache(...args),
    saveCache: async (...args) => (await import('./actions-cache.ts')).saveCache(...args),
  };
}
