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
import { renameSync, rmSync, writeFileSync } from "node:fs";

// src/native/pass.ts
import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
var buffer = Buffer.allocUnsafeSlow(256 * 1024);
function startPass(plan) {
  const nars = plan.manifests.map(beginNar);
  let at = 0;
  let isWhole = true;
  return {
    next: (source) => {
      const item = plan.files[at++];
      if (!item) throw new Error(`there is no file ${at} in this pass`);
      const into = isWhole ? item.outputs.flatMap((output) => nars[output] ?? []) : [];
      const isRight = typeof source === "string" ? readInto(source, item, into) : takeInto(source, item, into);
      isWhole &&= isRight;
      return isRight;
    },
    finish: () => {
      if (at !== plan.files.length)
        throw new Error(`the pass ended after ${at} of ${plan.files.length} files`);
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
function readInto(file, item, nars) {
  const descriptor = open(file);
  if (descriptor === void 0) return false;
  try {
    const stat = fstatSync(descriptor);
    return stat.isFile() && entryInto(item, nars, stat.size, (hashes) => readAll(descriptor, hashes));
  } finally {
    closeSync(descriptor);
  }
}
var takeInto = (bytes, item, nars) => entryInto(item, nars, bytes.length, (hashes) => {
  for (const hash of hashes) hash.update(bytes);
  return bytes.length;
});
function entryInto(item, nars, size, contents) {
  const [algorithm = "sha256", expected] = item.digest?.split(":") ?? [];
  const digest = expected === void 0 ? void 0 : createHash(algorithm);
  const begin = narStrings("entry", "(", "name", item.name, "node", "(", "type", "regular", "contents");
  for (const nar of nars) nar.update(begin).update(narLength(size));
  if (contents(digest ? [digest, ...nars] : nars) !== size) return false;
  const end = Buffer.concat([narPadding(size), narStrings(")", ")")]);
  for (const nar of nars) nar.update(end);
  return digest?.digest("hex") === expected?.toLowerCase();
}
function open(file) {
  try {
    return openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return void 0;
  }
}
function readAll(descriptor, hashes) {
  let size = 0;
  for (; ; ) {
    const count = readSync(descriptor, buffer, 0, buffer.length, null);
    if (count === 0) return size;
    const bytes = count === buffer.length ? buffer : buffer.subarray(0, count);
    for (const hash of hashes) hash.update(bytes);
    size += count;
  }
}

// src/native/lane.ts
var Turns = class {
  #pass;
  #plan;
  #waiting = /* @__PURE__ */ new Map();
  #next = 0;
  constructor(plan) {
    this.#plan = plan;
    this.#pass = startPass(plan);
  }
  add(index, source) {
    this.#waiting.set(index, source);
  }
  /** Reads the file whose turn it is, where it has come. */
  step() {
    const index = this.#next;
    const source = this.#waiting.get(index);
    if (source === void 0) return void 0;
    this.#waiting.delete(index);
    this.#next += 1;
    const isRight = this.#pass.next("file" in source ? source.file : source.bytes);
    if (isRight && "bytes" in source) keep(source);
    return { index, isRight };
  }
  isDone() {
    return this.#next === this.#plan.files.length;
  }
  finish() {
    return this.#pass.finish();
  }
};
function keep(source) {
  if (!source.keep) return;
  try {
    writeFileSync(source.keep.temporary, source.bytes);
    renameSync(source.keep.temporary, source.keep.place);
  } catch {
    rmSync(source.keep.temporary, { force: true });
  }
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
    const ask = (asked, transfer = []) => worker.postMessage(asked, transfer);
    ask({ plan });
    const { promise, resolve, reject } = Promise.withResolvers();
    worker.on("message", (told) => {
      if (told.kind === "verdict") onVerdict(told.index, told.isRight);
      else resolve(told.hashes);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`the hashing thread ended early, with ${code}`)));
    return {
      ready: (index, source) => ask({ index, source }, "bytes" in source ? [source.bytes.buffer] : []),
      result: promise,
      stop: () => void worker.terminate()
    };
  };
}
function serveLane(port) {
  let turns;
  const tell = (told) => port.postMessage(told);
  port.on("message", (asked) => {
    if ("plan" in asked) turns = new Turns(asked.plan);
    else turns?.add(asked.index, asked.source);
    for (let verdict = turns?.step(); verdict; verdict = turns?.step()) tell({ kind: "verdict", ...verdict });
    if (!turns?.isDone()) return;
    tell({ kind: "result", hashes: turns.finish() });
    port.close();
  });
}

export {
  lanesInThreads,
  serveLane
};
