// A separate file in dist/: see script/lib/bundle.mjs.
export { restoreCache, saveCache } from '@actions/cache';
