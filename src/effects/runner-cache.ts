import path from 'node:path';
import type { RunnerBuilds, RunnerCache } from '../ports/runner-cache.ts';

/**
 * The runner's cache (GitHub's, and of others that speak its protocol); undefined where this runs on no runner. The library behind it is large: it
 * is loaded when something is restored or saved.
 */
export function runnerCache(environment: NodeJS.ProcessEnv): RunnerCache | undefined {
  // As @actions/cache chooses between the two services.
  const name = environment.ACTIONS_CACHE_SERVICE_V2 ? 'ACTIONS_RESULTS_URL' : 'ACTIONS_CACHE_URL';
  if (!environment[name]) return undefined;
  return {
    isFeatureAvailable: () => true,
    restoreCache: async (...args) => (await import('./actions-cache.ts')).restoreCache(...args),
    saveCache: async (...args) => (await import('./actions-cache.ts')).saveCache(...args),
  };
}

/**
 * The runner's cache as a place for builds, on GitHub's own machines: each begins with an empty store and ends with its job. Where a store stays,
 * it has them by itself, and what came out of a cache would stay in it.
 * @param maySave whether this run may leave something there
 */
export function runnerBuilds(environment: NodeJS.ProcessEnv, maySave: boolean): { builds?: RunnerBuilds } {
  const { RUNNER_ENVIRONMENT, XDG_CACHE_HOME, HOME } = environment;
  const runner = runnerCache(environment);
  const home = XDG_CACHE_HOME || (HOME ? path.join(HOME, '.cache') : '');
  if (runner === undefined || RUNNER_ENVIRONMENT !== 'github-hosted' || !path.isAbsolute(home)) return {};
  return {
    builds: { runner, folder: path.join(home, 'uv-fod', 'builds-1'), maySave, now: () => Date.now() },
  };
}
