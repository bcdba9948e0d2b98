import { createRequire } from 'node:module';

const shared = globalThis as { requireByNode?: NodeJS.Require };

/**
 * `require` of Node and not of jest, from the folder of scripts (script/lib/jest-environment.mjs):
 * a module is loaded once for each process. Jest loads it again for each file of tests, and
 * compiles it without a cache.
 */
export const requireByNode = shared.requireByNode ?? createRequire(import.meta.url);
