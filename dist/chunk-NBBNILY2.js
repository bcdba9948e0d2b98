import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  openCache
} from "./chunk-BDWI45PR.js";
import {
  lanesInThreads
} from "./chunk-SQWXG7UY.js";
import "./chunk-TP7LV4NA.js";
import "./chunk-AXWMS7HC.js";

// src/effects/native.ts
import { tmpdir } from "node:os";
import path from "node:path";
var cacheSize = 2 * 1024 ** 3;
async function makeNativeTools(environment, worker, warn, stop = new AbortController().signal, admit) {
  return {
    ...await usableCache(environment, warn),
    cacheSize,
    // With Node's TLS behind it: loaded where something has to be fetched.
    network: async () => {
      const { networkFrom, stoppable } = await import("./chunk-JSOOH2SN.js");
      return stoppable(await networkFrom(environment, admit), stop);
    },
    startLane: lanesInThreads(worker)
  };
}
async function usableCache({ XDG_CACHE_HOME, HOME }, warn) {
  const home = XDG_CACHE_HOME || (HOME ? path.join(HOME, ".cache") : void 0);
  const temporary = path.join(tmpdir(), `uv-fod-cache-${process.getuid?.() ?? 0}`);
  if (home !== void 0 && path.isAbsolute(home)) {
    const root = path.join(home, "uv-fod");
    try {
      return { cache: await openCache(root), root };
    } catch (error) {
      warn(`the cache in ${home} can't be used (${error.message}); ${temporary} is used instead.`);
    }
  }
  return { cache: await openCache(temporary), root: temporary };
}
export {
  makeNativeTools
};
