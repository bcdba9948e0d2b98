import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// src/artifacts/receive.ts
import { close, ftruncate, open, write } from "node:fs";
import { promisify } from "node:util";
var [openFile, closeFile, truncateFile] = [promisify(open), promisify(close), promisify(ftruncate)];
var writeFile = promisify(write);
var batchSize = 256 * 1024;
var mostWaiting = 2 * 1024 * 1024;
function fileSink(file) {
  const opening = openFile(file, "w", 420);
  opening.catch(() => {
  });
  const spare = [];
  let batch;
  let [filled, size, waiting] = [0, 0, 0];
  let written = Promise.resolve();
  let isOpen = true;
  const writeBatch = () => {
    const [bytes, count, at] = [batch, filled, size - filled];
    batch = void 0;
    filled = 0;
    if (bytes === void 0 || count === 0) return written;
    waiting += count;
    written = Promise.all([writeAll(opening, bytes.subarray(0, count), at), written]).then(() => {
      waiting -= count;
      spare.push(bytes);
    });
    written.catch(() => {
    });
    return written;
  };
  const use = () => {
    batch ??= spare.pop() ?? Buffer.allocUnsafeSlow(batchSize);
    return batch;
  };
  return {
    room: () => use().subarray(filled),
    size: () => size,
    take: (piece) => {
      let done;
      for (let at = 0; at < piece.length; ) {
        const into = use();
        const count = put(piece, at, into, filled);
        at += count;
        filled += count;
        size += count;
        if (filled === into.length) done = writeBatch();
      }
      return waiting > mostWaiting ? done : void 0;
    },
    flush: async () => {
      await opening;
      await writeBatch();
    },
    restart: async () => {
      await written.catch(() => {
      });
      filled = size = waiting = 0;
      written = Promise.resolve();
      await truncateFile(await opening, 0);
    },
    close: async () => {
      if (!isOpen) return;
      isOpen = false;
      await written.catch(() => {
      });
      await closeFile(await opening);
    }
  };
}
function put(piece, at, into, filled) {
  const isThere = piece.buffer === into.buffer && piece.byteOffset + at === into.byteOffset + filled;
  return isThere ? piece.length - at : piece.copy(into, filled, at);
}
async function writeAll(opening, bytes, from) {
  const descriptor = await opening;
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await writeFile(descriptor, bytes, at, bytes.length - at, from + at);
    at += bytesWritten;
  }
}
var bodyOf = (stream) => ({
  drain: (take) => drain(stream, take),
  discard: () => void stream.on("error", () => {
  }).destroy()
});
function drain(body, take) {
  return new Promise((resolve, reject) => {
    const fail = (error) => {
      reject(error);
      body.destroy();
    };
    body.on("data", (chunk) => {
      try {
        const wait = take(chunk);
        if (!wait) return;
        body.pause();
        wait.then(() => body.resume(), fail);
      } catch (error) {
        fail(error);
      }
    });
    if (body.destroyed) reject(body.errored ?? new Error("the connection was closed before the end"));
    body.once("end", resolve);
    body.on("error", reject);
    body.once("close", () => reject(new Error("the connection was closed before the end")));
  });
}

export {
  fileSink,
  put,
  bodyOf
};
