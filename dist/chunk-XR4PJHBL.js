import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  networkFrom,
  stoppable
} from "./chunk-3FD7MW37.js";
import {
  lanesInThreads
} from "./chunk-3QNOQTAQ.js";
import {
  openCache
} from "./chunk-BDWI45PR.js";
import "./chunk-TP7LV4NA.js";
import "./chunk-RGEGPZ5Z.js";
import "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";

// src/effects/native.ts
import { tmpdir } from "node:os";
import path from "node:path";
var cacheSize = 2 * 1024 ** 3;
async function makeNativeTools(environment, worker, warn, stop = new AbortController().signal, admit) {
  return {
    ...await usableCache(environment, warn),
    cacheSize,
    network: async () => stoppable(await networkFrom(environment, admit), stop),
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
