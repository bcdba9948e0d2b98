// A bundle of its own: see script/lib/bundle.mjs.
export { restoreCache, saveCache } from '@actions/cache';
