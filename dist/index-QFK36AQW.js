import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  openCache
} from "./index-WDCJEOSA.js";
import {
  put
} from "./index-GD7OX7QG.js";
import "./index-R7ZPDVI3.js";

// src/effects/native.ts
import { tmpdir } from "node:os";
import path from "node:path";

// src/native/lane.ts
import { closeSync } from "node:fs";

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

// src/native/read.ts
import { constants, fstatSync, openSync, readSync } from "node:fs";
function openToRead(file) {
  try {
    return openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return void 0;
  }
}
function seenOf(descriptor) {
  const stat = fstatSync(descriptor, { bigint: true });
  if (!stat.isFile()) return void 0;
  const { dev, ino, size, mtimeNs, ctimeNs } = stat;
  return { dev, ino, size, mtimeNs, ctimeNs };
}
function readPieces(descriptor, size, room2, take) {
  for (let at = 0; at < size; ) {
    const count2 = readSync(descriptor, room2, 0, Math.min(room2.length, size - at), at);
    if (count2 === 0) return at;
    take(count2 === room2.length ? room2 : room2.subarray(0, count2));
    at += count2;
  }
  return size;
}

// src/native/slots.ts
var slotSize = 256 * 1024;
var count = 48;
var [here, there] = [0, 1];
function makeSlots() {
  const memory = {
    bytes: new SharedArrayBuffer(count * slotSize),
    signs: new SharedArrayBuffer((count + 1) * Int32Array.BYTES_PER_ELEMENT)
  };
  const signs = new Int32Array(memory.signs);
  const free = Array.from({ length: count }, (_, slot) => slot);
  let lent = [];
  let waiting = [];
  let failure;
  const take = () => {
    if (free.length === 0) {
      const back = lent.filter((slot) => Atomics.load(signs, slot) === here);
      if (back.length > 0) lent = lent.filter((slot) => !back.includes(slot));
      free.push(...back);
    }
    return free.pop();
  };
  const serveWaiting = () => {
    while (waiting.length > 0) {
      let slot = take();
      if (slot === void 0) {
        Atomics.store(signs, count, 1);
        slot = take();
      }
      if (slot === void 0) return;
      waiting.shift()?.resolve(slot);
    }
  };
  return {
    memory,
    take,
    wait: async () => {
      if (failure) throw failure;
      const next = Promise.withResolvers();
      waiting.push(next);
      serveWaiting();
      return next.promise;
    },
    free: (slot) => {
      free.push(slot);
      serveWaiting();
    },
    lend: (slot) => {
      Atomics.store(signs, slot, there);
      lent.push(slot);
    },
    onFree: serveWaiting,
    fail: (error) => {
      failure ??= error;
      for (const next of waiting) next.reject(error);
      waiting = [];
    },
    bytes: viewsOf(memory.bytes)
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
    if (told.kind === "free") slots.onFree();
    else if (told.kind === "verdict") onVerdict(told.index, told.isRight, told.error);
    else resolve(told.hashes);
  }, fail);
  ask({ kind: "plan", plan, memory: slots.memory });
  const verdicts = /* @__PURE__ */ new Map();
  return {
    stop,
    result: promise,
    read: (index, file) => read(index, file, plan.files[index]?.digest, ask),
    expect: (files) => ask({ kind: "expect", files }),
    receive: (index, file, size) => {
      ask({ kind: "begin", index, file, size, isNew: true });
      const { sink, isRight } = sinkFor(index, plan.files[index]?.digest, slots, ask);
      verdicts.set(index, isRight);
      return sink;
    },
    end: (index, place) => ask({ kind: "end", index, place, isRight: verdicts.get(index)?.() === true })
  };
}
function read(index, file, digest, ask) {
  const descriptor = openToRead(file);
  const seen = descriptor === void 0 ? void 0 : seenOf(descriptor);
  ask({ kind: "begin", index, file, size: seen && Number(seen.size), isNew: false, seen });
  let isRight = false;
  if (descriptor !== void 0) {
    try {
      isRight = seen !== void 0 && hasDigest(descriptor, Number(seen.size), digest);
    } finally {
      closeSync(descriptor);
    }
  }
  ask({ kind: "end", index, isRight });
  return { isRight, seen };
}
var room = Buffer.allocUnsafeSlow(slotSize);
function hasDigest(descriptor, size, digest) {
  const hash = startDigest(digest);
  const came = readPieces(descriptor, size, room, (piece) => hash.update(piece));
  return came === size && hash.isRight();
}
function sinkFor(index, digest, slots, ask) {
  let hash = startDigest(digest);
  let slot;
  let bytes;
  let [filled, size] = [0, 0];
  const hand = () => {
    if (slot !== void 0 && bytes && filled > 0) {
      slots.lend(slot);
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
  const takeIn = (piece) => {
    for (let at = 0; at < piece.length; ) {
      const free = bytes ? slot : slots.take();
      if (free === void 0) {
        const rest = Buffer.from(piece.subarray(at));
        return slots.wait().then((next) => {
          use(next);
          return takeIn(rest);
        });
      }
      const into = bytes ?? use(free);
      const count2 = put(piece, at, into, filled);
      at += count2;
      filled += count2;
      if (filled === slotSize) hand();
    }
    return void 0;
  };
  const sink = {
    room: () => {
      const free = bytes ? slot : slots.take();
      return free === void 0 ? void 0 : (bytes ?? use(free)).subarray(filled);
    },
    size: () => size,
    take: (piece) => {
      size += piece.length;
      return takeIn(piece);
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
function lanesInThreads(start) {
  let early = start();
  return (plan, onVerdict) => {
    const { worker, ring } = early ?? start();
    early = void 0;
    worker.ref();
    return makeLane(plan, onVerdict, (onTold, onFailure) => {
      worker.on("message", onTold);
      worker.on("error", onFailure);
      worker.on("exit", (code) => onFailure(new Error(`the hashing thread ended early, with ${code}`)));
      return {
        ask: (asked) => {
          worker.postMessage(asked);
          ring();
        },
        stop: async () => {
          await worker.terminate();
        }
      };
    });
  };
}

// src/effects/native.ts
var cacheSize = 2 * 1024 ** 3;
async function makeNativeTools(environment, start, warn, stop = new AbortController().signal, admit) {
  const startLane = lanesInThreads(start);
  return {
    ...await usableCache(environment, warn),
    cacheSize,
    // With Node's TLS behind it: loaded where something has to be fetched.
    network: async () => {
      const { networkFrom, stoppable } = await import("./index-QMYDYZUA.js");
      return stoppable(await networkFrom(environment, admit), stop);
    },
    startLane
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
