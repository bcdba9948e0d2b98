import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// src/entry/worker.ts
import { parentPort } from "node:worker_threads";

// src/native/intake.ts
import { closeSync, constants, ftruncateSync, openSync, readSync, renameSync, writeSync } from "node:fs";

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
  let open = [];
  return {
    turn: () => turn,
    begin: (bytes) => {
      const file = files[turn];
      if (!file) throw new Error(`there is no file ${turn} in this pass`);
      [size, came] = [bytes, 0];
      const head = narStrings("entry", "(", "name", file.name, "node", "(", "type", "regular", "contents");
      open = file.outputs.flatMap((output) => {
        const nar = nars[output];
        return nar ? [{ output, hash: nar.copy().update(head).update(narLength(bytes)) }] : [];
      });
    },
    update: (bytes) => {
      came += bytes.length;
      for (const { hash } of open) hash.update(bytes);
    },
    end: () => {
      if (came !== size) throw new Error(`${came} of ${size} bytes of ${files[turn]?.name} came`);
      const tail = Buffer.concat([narPadding(size), narStrings(")", ")")]);
      for (const { output, hash } of open) nars[output] = hash.update(tail);
      open = [];
      turn += 1;
    },
    skip: () => {
      isWhole = false;
      open = [];
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

// src/native/slots.ts
var slotSize = 256 * 1024;
var count = 48;
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
      coming.verdict = coming.isNew ? this.#finish(index, coming, asked) : asked.isRight;
      this.#goOn();
    }
  }
  #begin({ index, file, size, isNew }) {
    const blank = { descriptor: void 0, came: 0, archived: 0, verdict: void 0, error: void 0 };
    const coming = { file, size, isNew, ...blank };
    this.#files.set(index, coming);
    if (isNew) onDisk(coming, () => coming.descriptor = openSync(file, "w+", 420));
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
    if (descriptor !== void 0) onDisk(coming, () => closeSync(descriptor));
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
function serve(tell) {
  let intake;
  return (asked) => {
    if (asked.kind === "plan") intake = new Intake(asked.plan, asked.memory, tell);
    else intake?.ask(asked);
  };
}

// src/native/thread.ts
function serveLane(port) {
  const answer = serve((told) => {
    port.postMessage(told);
    if (told.kind === "result") port.close();
  });
  port.on("message", (asked) => answer(asked));
}

// src/entry/worker.ts
if (parentPort) serveLane(parentPort);
