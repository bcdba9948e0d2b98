import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// src/entry/worker.ts
import { parentPort, workerData } from "node:worker_threads";

// src/native/thread.ts
import { receiveMessageOnPort } from "node:worker_threads";

// src/artifacts/receive.ts
import { close, ftruncate, open, write } from "node:fs";
import { promisify } from "node:util";
var [openFile, closeFile, truncateFile] = [promisify(open), promisify(close), promisify(ftruncate)];
var writeFile = promisify(write);
var batchSize = 256 * 1024;
var mostWaiting = 2 * 1024 * 1024;

// src/native/intake.ts
import { closeSync as closeSync2, ftruncateSync, renameSync, writeSync } from "node:fs";

// src/native/ahead.ts
import { closeSync, openSync } from "node:fs";
var most = 64;
var Ahead = class {
  #wanted = [];
  #made = /* @__PURE__ */ new Map();
  expect(files) {
    this.#wanted = files.toReversed();
  }
  /** @returns whether there is one more to make now */
  makeOne() {
    const next = this.#made.size < most ? this.#wanted.pop() : void 0;
    if (!next) return false;
    try {
      this.#made.set(next.index, openNew(next.file));
    } catch {
    }
    return true;
  }
  /** @returns the file's descriptor. @throws NodeJS.ErrnoException where it can't be made */
  take({ index, file }) {
    const made = this.#made.get(index);
    this.#made.delete(index);
    if (made !== void 0) return made;
    this.#wanted = this.#wanted.filter((one) => one.index !== index);
    return openNew(file);
  }
  /** Closes what nobody took. */
  close() {
    this.#wanted = [];
    for (const descriptor of this.#made.values()) closeSync(descriptor);
    this.#made.clear();
  }
};
var openNew = (file) => openSync(file, "w+", 420);

// src/native/pass.ts
import { createHash } from "node:crypto";

// src/hash/nar.ts
var narPadding = (size) => Buffer.alloc((8 - size % 8) % 8);
function narLength(size) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(size));
  return bytes;
}
function narStrings(...texts) {
  return Buffer.concat(
    texts.flatMap((text) => {
      const bytes = Buffer.from(text);
      return [narLength(bytes.length), bytes, narPadding(bytes.length)];
    })
  );
}
function sri(hash) {
  return `sha256-${hash.digest("base64")}`;
}

// src/native/pass.ts
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

// src/native/read.ts
import { constants, fstatSync, openSync as openSync2, readSync } from "node:fs";
function openToRead(file) {
  try {
    return openSync2(file, constants.O_RDONLY | constants.O_NONBLOCK);
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
var isSame = (one, other) => one !== void 0 && one.dev === other?.dev && one.ino === other.ino && one.size === other.size && one.mtimeNs === other.mtimeNs && one.ctimeNs === other.ctimeNs;
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
function lentSlots(memory) {
  const signs = new Int32Array(memory.signs);
  return {
    bytes: viewsOf(memory.bytes),
    giveBack: (slot) => {
      Atomics.store(signs, slot, here);
      return Atomics.exchange(signs, count, 0) === 1;
    }
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
  #slots;
  #tell;
  #files = /* @__PURE__ */ new Map();
  #ahead = new Ahead();
  #room = Buffer.allocUnsafeSlow(slotSize);
  constructor(plan, memory, tell) {
    [this.#plan, this.#slots, this.#tell] = [plan, lentSlots(memory), tell];
    this.#pass = startPass(plan);
    this.#goOn();
  }
  ask(asked) {
    if (asked.kind === "expect") {
      this.#ahead.expect(asked.files);
      return;
    }
    const { index } = asked;
    if (asked.kind === "begin") this.#begin(asked);
    const coming = this.#files.get(index);
    if (!coming) throw new Error(`file ${index} was not begun`);
    if (asked.kind === "piece") {
      const bytes = this.#slots.bytes(asked.slot);
      this.#piece(index, coming, asked.length === slotSize ? bytes : bytes.subarray(0, asked.length));
      if (this.#slots.giveBack(asked.slot)) this.#tell({ kind: "free" });
    } else if (asked.kind === "restart") this.#restart(index, coming);
    else if (asked.kind === "end") {
      coming.verdict = coming.isNew ? this.#finish(index, coming, asked) : asked.isRight;
      this.#goOn();
    }
  }
  /** Does something that can be done before it is asked for. @returns whether there may be more of that */
  workAhead() {
    return this.#ahead.makeOne();
  }
  /** Ends before all has come. */
  close() {
    this.#ahead.close();
  }
  #begin({ index, file, size, isNew, seen }) {
    const blank = { descriptor: void 0, came: 0, archived: 0, verdict: void 0, error: void 0 };
    const coming = { file, size, isNew, seen, ...blank };
    this.#files.set(index, coming);
    if (isNew) onDisk(coming, () => coming.descriptor = this.#ahead.take({ index, file }));
    this.#goOn();
  }
  #piece(index, coming, bytes) {
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
    coming.came = coming.archived = 0;
    if (index === this.#pass.turn() && coming.size !== void 0) this.#pass.begin(coming.size);
  }
  #finish(index, coming, { place, isRight: hasDigest }) {
    const { descriptor, file } = coming;
    if (descriptor !== void 0) onDisk(coming, () => closeSync2(descriptor));
    coming.descriptor = void 0;
    const isRight = coming.error === void 0 && hasDigest;
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
    if (!coming.isNew) coming.came = coming.size;
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
  /** Archives the first `size` bytes of the file itself. @returns whether there are so many, of the file that was verified */
  #read(coming, size) {
    coming.archived = 0;
    const own = coming.descriptor ?? openToRead(coming.file);
    if (own === void 0) return false;
    try {
      const came = readPieces(own, size, this.#room, (piece) => this.#pass.update(piece));
      const isIt = came === size && (coming.isNew || isSame(coming.seen, seenOf(own)));
      if (isIt) coming.archived = size;
      return isIt;
    } catch {
      return false;
    } finally {
      if (coming.descriptor === void 0) closeSync2(own);
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
var room = Buffer.allocUnsafeSlow(slotSize);
function serve(tell) {
  let intake;
  return {
    answer: (asked) => {
      if (asked.kind === "plan") intake = new Intake(asked.plan, asked.memory, tell);
      else intake?.ask(asked);
    },
    workAhead: () => intake?.workAhead() ?? false,
    close: () => intake?.close()
  };
}

// src/native/thread.ts
function serveLane(port, bell) {
  const rung = new Int32Array(bell);
  let isOver = false;
  const { answer, workAhead } = serve((told) => {
    port.postMessage(told);
    isOver ||= told.kind === "result";
  });
  port.once("message", (plan) => {
    answer(plan);
    while (!isOver) {
      const before = Atomics.load(rung, 0);
      const next = receiveMessageOnPort(port);
      if (next) answer(next.message);
      else if (!workAhead()) Atomics.wait(rung, 0, before);
    }
    port.close();
  });
}

// src/entry/worker.ts
if (parentPort) serveLane(parentPort, workerData);
