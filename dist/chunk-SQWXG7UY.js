import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  narLength,
  narPadding,
  narStrings,
  sri
} from "./chunk-TP7LV4NA.js";

// src/native/thread.ts
import { Worker } from "node:worker_threads";

// src/native/lane.ts
import { closeSync as closeSync2, constants as constants2, fstatSync, openSync as openSync2, readSync as readSync2 } from "node:fs";

// src/native/intake.ts
import { closeSync, constants, ftruncateSync, openSync, readSync, renameSync, writeSync } from "node:fs";

// src/native/pass.ts
import { createHash } from "node:crypto";
function startPass({ manifests, files }) {
  const nars = manifests.map(beginNar);
  let [turn, size, came] = [0, 0, 0];
  let isWhole = true;
  let open2 = [];
  return {
    turn: () => turn,
    begin: (bytes) => {
      const file = files[turn];
      if (!file) throw new Error(`there is no file ${turn} in this pass`);
      [size, came] = [bytes, 0];
      const head = narStrings("entry", "(", "name", file.name, "node", "(", "type", "regular", "contents");
      open2 = file.outputs.flatMap((output) => {
        const nar = nars[output];
        return nar ? [{ output, hash: nar.copy().update(head).update(narLength(bytes)) }] : [];
      });
    },
    update: (bytes) => {
      came += bytes.length;
      for (const { hash } of open2) hash.update(bytes);
    },
    end: () => {
      if (came !== size) throw new Error(`${came} of ${size} bytes of ${files[turn]?.name} came`);
      const tail = Buffer.concat([narPadding(size), narStrings(")", ")")]);
      for (const { output, hash } of open2) nars[output] = hash.update(tail);
      open2 = [];
      turn += 1;
    },
    skip: () => {
      isWhole = false;
      open2 = [];
      turn += 1;
    },
    finish: () => {
      if (turn !== files.length) throw new Error(`the pass ended after ${turn} of ${files.length} files`);
      if (!isWhole) return void 0;
      for (const nar of nars) nar.update(narStrings(")", ")", ")"));
      return nars.map(sri);
    }
  };
}
function beginNar(manifest) {
  const nar = createHash("sha256");
  nar.update(narStrings("nix-archive-1", "(", "type", "directory"));
  nar.update(narStrings("entry", "(", "name", "manifest.json", "node", "(", "type", "regular"));
  nar.update(narStrings("contents", manifest, ")", ")"));
  nar.update(narStrings("entry", "(", "name", "wheels", "node", "(", "type", "directory"));
  return nar;
}
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

// src/native/intake.ts
var Intake = class {
  #pass;
  #plan;
  #bytesOf;
  #tell;
  #files = /* @__PURE__ */ new Map();
  #room = Buffer.allocUnsafeSlow(slotSize);
  constructor(plan, memory, tell) {
    [this.#plan, this.#bytesOf, this.#tell] = [plan, viewsOf(memory), tell];
    this.#pass = startPass(plan);
    this.#goOn();
  }
  ask(asked) {
    const { index } = asked;
    if (asked.kind === "begin") this.#begin(asked);
    const coming = this.#files.get(index);
    if (!coming) throw new Error(`file ${index} was not begun`);
    if (asked.kind === "piece") {
      const bytes = this.#bytesOf(asked.slot);
      this.#piece(index, coming, asked.length === slotSize ? bytes : bytes.subarray(0, asked.length));
      this.#tell({ kind: "free", slot: asked.slot });
    } else if (asked.kind === "restart") this.#restart(index, coming);
    else if (asked.kind === "end") {
      coming.verdict = coming.isNew ? this.#finish(index, coming, asked.place) : asked.isRight === true;
      this.#goOn();
    }
  }
  #begin({ index, file, size, isNew }) {
    const digest = startDigest(isNew ? this.#plan.files[index]?.digest : void 0);
    const blank = { descriptor: void 0, came: 0, archived: 0, verdict: void 0, error: void 0 };
    const coming = { file, size, isNew, digest, ...blank };
    this.#files.set(index, coming);
    if (isNew) onDisk(coming, () => coming.descriptor = openSync(file, "w+", 420));
    this.#goOn();
  }
  #piece(index, coming, bytes) {
    coming.digest.update(bytes);
    const { descriptor, came } = coming;
    if (descriptor !== void 0) onDisk(coming, () => writeAll(descriptor, bytes, came));
    if (index === this.#pass.turn() && coming.archived === came && coming.size !== void 0) {
      this.#pass.update(bytes);
      coming.archived += bytes.length;
    }
    coming.came += bytes.length;
  }
  #restart(index, coming) {
    const { descriptor } = coming;
    if (descriptor !== void 0) onDisk(coming, () => ftruncateSync(descriptor, 0));
    coming.digest = startDigest(this.#plan.files[index]?.digest);
    coming.came = coming.archived = 0;
    if (index === this.#pass.turn() && coming.size !== void 0) this.#pass.begin(coming.size);
  }
  #finish(index, coming, place) {
    const { descriptor, file } = coming;
    if (descriptor !== void 0) onDisk(coming, () => closeSync(descriptor));
    coming.descriptor = void 0;
    const isRight = coming.error === void 0 && coming.digest.isRight();
    if (isRight && place !== void 0) {
      onDisk(coming, () => {
        renameSync(file, place);
        coming.file = place;
      });
    }
    const { error } = coming;
    this.#tell({ kind: "verdict", index, isRight: isRight && !error, ...error ? { error } : {} });
    return isRight && !error;
  }
  /** Puts into the archives what can be, from the file whose turn it is. */
  #goOn() {
    for (; ; ) {
      const index = this.#pass.turn();
      if (index === this.#plan.files.length) {
        this.#tell({ kind: "result", hashes: this.#pass.finish() });
        return;
      }
      const coming = this.#files.get(index);
      if (!coming) return;
      if (coming.verdict === void 0) {
        this.#catchUp(coming);
        return;
      }
      this.#files.delete(index);
      if (coming.verdict && this.#archive(coming)) this.#pass.end();
      else this.#pass.skip();
    }
  }
  /** A file whose turn has come while it comes: from here on its pieces go straight into the archives. */
  #catchUp(coming) {
    if (coming.size === void 0 || coming.archived > 0) return;
    this.#pass.begin(coming.size);
    if (coming.came > 0 && !this.#read(coming, coming.came)) this.#pass.begin(coming.size);
  }
  /** @returns whether the whole file is in the archives */
  #archive(coming) {
    const size = coming.isNew ? coming.came : coming.size;
    if (size === void 0) return false;
    if (coming.archived === size && coming.size === size) {
      if (size === 0) this.#pass.begin(0);
      return true;
    }
    coming.archived = 0;
    this.#pass.begin(size);
    return this.#read(coming, size);
  }
  /** Archives the first `size` bytes of the file itself. @returns whether there are so many */
  #read(coming, size) {
    coming.archived = 0;
    try {
      const own = coming.descriptor ?? openSync(coming.file, constants.O_RDONLY | constants.O_NONBLOCK);
      try {
        while (coming.archived < size) {
          const most = Math.min(this.#room.length, size - coming.archived);
          const count2 = readSync(own, this.#room, 0, most, coming.archived);
          if (count2 === 0) return false;
          this.#pass.update(this.#room.subarray(0, count2));
          coming.archived += count2;
        }
        return true;
      } finally {
        if (coming.descriptor === void 0) closeSync(own);
      }
    } catch {
      return false;
    }
  }
};
function onDisk(coming, act) {
  if (coming.error) return;
  try {
    act();
  } catch (error) {
    const { code, message } = error;
    coming.error = { code, message };
  }
}
function writeAll(descriptor, bytes, from) {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at, from + at);
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
  return {
    stop,
    result: promise,
    read: (index, file) => read(index, file, plan.files[index]?.digest, slots, ask),
    receive: (index, file, size) => {
      ask({ kind: "begin", index, file, size, isNew: true });
      return sinkFor(index, slots, ask);
    },
    end: (index, place) => ask({ kind: "end", index, place })
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
      closeSync2(descriptor);
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
    const length = readSync2(descriptor, bytes, 0, slotSize, null);
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
    return openSync2(file, constants2.O_RDONLY | constants2.O_NONBLOCK);
  } catch {
    return void 0;
  }
}
function sinkFor(index, slots, ask) {
  let slot;
  let bytes;
  let [filled, size] = [0, 0];
  const hand = () => {
    if (slot !== void 0 && filled > 0) ask({ kind: "piece", index, slot, length: filled });
    else if (slot !== void 0) slots.free(slot);
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
  return {
    size: () => size,
    take: (piece) => {
      size += piece.length;
      return put(piece);
    },
    flush: async () => hand(),
    restart: async () => {
      [filled, size] = [0, 0];
      hand();
      ask({ kind: "restart", index });
    },
    close: async () => {
    }
  };
}
function serve(tell) {
  let intake;
  return (asked) => {
    if (asked.kind === "plan") intake = new Intake(asked.plan, asked.memory, tell);
    else intake?.ask(asked);
  };
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
function serveLane(port) {
  const answer = serve((told) => {
    port.postMessage(told);
    if (told.kind === "result") port.close();
  });
  port.on("message", (asked) => answer(asked));
}

export {
  lanesInThreads,
  serveLane
};
