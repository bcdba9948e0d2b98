import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  openCache
} from "./index-HFYMDDSE.js";
import "./index-R7ZPDVI3.js";

// src/effects/native.ts
import { tmpdir } from "node:os";
import path from "node:path";

// src/native/thread.ts
import { Worker } from "node:worker_threads";

// src/native/lane.ts
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

// src/native/pass.ts
import { createHash } from "node:crypto";
function startDigest(digest) {
  if (digest === void 0) return { update: () => {
  }, isRight: () => true };
  const [algorithm = "", expected = ""] = digest.split(":");
  const hash = createHash(algorithm);
  return {
    update: (bytes) => void hash.update(bytes),
    isRight: () => hash.digest("hex") === expected.toLowerCase()
  };
}

// src/native/slots.ts
var slotSize = 256 * 1024;
var count = 48;
function makeSlots() {
  const memory = new SharedArrayBuffer(count * slotSize);
  const free = Array.from({ length: count }, (_, slot) => slot);
  let waiting = [];
  let failure;
  return {
    memory,
    take: () => free.pop(),
    wait: async () => {
      if (failure) throw failure;
      const next = Promise.withResolvers();
      const slot = free.pop();
      if (slot === void 0) waiting.push(next);
      else next.resolve(slot);
      return next.promise;
    },
    free: (slot) => {
      const next = waiting.shift();
      if (next) next.resolve(slot);
      else free.push(slot);
    },
    fail: (error) => {
      failure ??= error;
      for (const next of waiting) next.reject(error);
      waiting = [];
    },
    bytes: viewsOf(memory)
  };
}
function viewsOf(memory) {
  const views = Array.from({ length: count }, (_, slot) => Buffer.from(memory, slot * slotSize, slotSize));
  return (slot) => {
    const view = views[slot];
    if (!view) throw new Error(`there is no slot ${slot}`);
    return view;
  };
}

// src/native/lane.ts
function makeLane(plan, onVerdict, connect) {
  const slots = makeSlots();
  const { promise, resolve, reject } = Promise.withResolvers();
  const fail = (error) => {
    slots.fail(error);
    reject(error);
  };
  const { ask, stop } = connect((told) => {
    if (told.kind === "free") slots.free(told.slot);
    else if (told.kind === "verdict") onVerdict(told.index, told.isRight, told.error);
    else resolve(told.hashes);
  }, fail);
  ask({ kind: "plan", plan, memory: slots.memory });
  const verdicts = /* @__PURE__ */ new Map();
  return {
    stop,
    result: promise,
    read: (index, file) => read(index, file, plan.files[index]?.digest, slots, ask),
    receive: (index, file, size) => {
      ask({ kind: "begin", index, file, size, isNew: true });
      const { sink, isRight } = sinkFor(index, plan.files[index]?.digest, slots, ask);
      verdicts.set(index, isRight);
      return sink;
    },
    end: (index, place) => ask({ kind: "end", index, place, isRight: verdicts.get(index)?.() === true })
  };
}
async function read(index, file, digest, slots, ask) {
  const descriptor = open(file);
  const stat = descriptor === void 0 ? void 0 : fstatSync(descriptor);
  const size = stat?.isFile() ? stat.size : void 0;
  ask({ kind: "begin", index, file, size, isNew: false });
  let isRight = false;
  if (descriptor !== void 0) {
    try {
      isRight = size !== void 0 && await readAll(descriptor, index, digest, slots, ask) === size;
    } finally {
      closeSync(descriptor);
    }
  }
  ask({ kind: "end", index, isRight });
  return isRight;
}
async function readAll(descriptor, index, digest, slots, ask) {
  const hash = startDigest(digest);
  let size = 0;
  for (; ; ) {
    const slot = slots.take() ?? await slots.wait();
    const bytes = slots.bytes(slot);
    const length = readSync(descriptor, bytes, 0, slotSize, null);
    if (length === 0) {
      slots.free(slot);
      return hash.isRight() ? size : -1;
    }
    size += length;
    ask({ kind: "piece", index, slot, length });
    hash.update(length === slotSize ? bytes : bytes.subarray(0, length));
  }
}
function open(file) {
  try {
    return openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return void 0;
  }
}
function sinkFor(index, digest, slots, ask) {
  let hash = startDigest(digest);
  let slot;
  let bytes;
  let [filled, size] = [0, 0];
  const hand = () => {
    if (slot !== void 0 && bytes && filled > 0) {
      ask({ kind: "piece", index, slot, length: filled });
      hash.update(filled === slotSize ? bytes : bytes.subarray(0, filled));
    } else if (slot !== void 0) slots.free(slot);
    [slot, bytes, filled] = [void 0, void 0, 0];
  };
  const use = (next) => {
    slot = next;
    bytes = slots.bytes(next);
    return bytes;
  };
  const put = (piece) => {
    for (let at = 0; at < piece.length; ) {
      const free = bytes ? slot : slots.take();
      if (free === void 0) {
        const rest = Buffer.from(piece.subarray(at));
        return slots.wait().then((next) => {
          use(next);
          return put(rest);
        });
      }
      const into = bytes ?? use(free);
      const count2 = piece.copy(into, filled, at);
      at += count2;
      filled += count2;
      if (filled === slotSize) hand();
    }
    return void 0;
  };
  const sink = {
    size: () => size,
    take: (piece) => {
      size += piece.length;
      return put(piece);
    },
    flush: async () => hand(),
    restart: async () => {
      [filled, size] = [0, 0];
      hand();
      hash = startDigest(digest);
      ask({ kind: "restart", index });
    },
    close: async () => {
    }
  };
  return { sink, isRight: () => hash.isRight() };
}

// src/native/thread.ts
function lanesInThreads(script) {
  const start = () => {
    const worker = new Worker(script);
    worker.unref();
    return worker.on("error", () => {
    });
  };
  let early = start();
  return (plan, onVerdict) => {
    const worker = early ?? start();
    early = void 0;
    worker.ref();
    return makeLane(plan, onVerdict, (onTold, onFailure) => {
      worker.on("message", onTold);
      worker.on("error", onFailure);
      worker.on("exit", (code) => onFailure(new Error(`the hashing thread ended early, with ${code}`)));
      return {
        ask: (asked) => worker.postMessage(asked),
        stop: async () => {
          await worker.terminate();
        }
      };
    });
  };
}

// src/effects/native.ts
var cacheSize = 2 * 1024 ** 3;
async function makeNativeTools(environment, worker, warn, stop = new AbortController().signal, admit) {
  return {
    ...await usableCache(environment, warn),
    cacheSize,
    // With Node's TLS behind it: loaded where something has to be fetched.
    network: async () => {
      const { networkFrom, stoppable } = await import("./index-DTUB2RSA.js");
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
