// A file of its own in dist: see script/lib/bundle.mjs.
export { restoreCache, saveCache } from '@actions/cache';
