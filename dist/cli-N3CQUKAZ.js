import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  UserError
} from "./cli-RULA4YQZ.js";

// src/effects/files.ts
import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
var MAX_BYTES = 32 * 1024 * 1024;
async function readText(file) {
  try {
    const found = await stat(file);
    if (!found.isFile())
      throw new UserError("file-unreadable", `${file} is not a file. Name a file, or put one there.`);
    if (found.size > MAX_BYTES)
      throw new UserError(
        "file-too-large",
        `${file} has ${megabytes(found.size)}; files of more than ${megabytes(MAX_BYTES)} are not read. No lock that people have is so large: look what is in it.`
      );
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
    if (code === "ENOENT" || code === "ENOTDIR") return void 0;
    if (code === "ERR_ENCODING_INVALID_ENCODED_DATA")
      throw new UserError(
        "file-unreadable",
        `${file} is not text in UTF-8. Name another file, or make it anew.`
      );
    throw new UserError("file-unreadable", `${file} cannot be read (${code || String(error)}).`, {
      cause: error
    });
  }
}
function readTextWithin(roots) {
  return async (file) => {
    const real = await realpath(file).catch(() => void 0);
    if (real === void 0) return void 0;
    const reals = await Promise.all(roots.map((root) => realpath(root).catch(() => root)));
    const isWithin = (name, folders) => folders.some((root) => name.startsWith(`${root}${path.sep}`));
    if (isWithin(path.resolve(file), roots) && !isWithin(real, reals)) {
      throw new UserError(
        "file-outside",
        `${file} is a link that leads out of the checkout, so it is not read. Put the file itself there.`
      );
    }
    return readText(file);
  };
}
function checkWithin(root) {
  return async (file) => {
    const folder = await realpath(path.dirname(file)).catch(() => path.dirname(file));
    if (`${folder}${path.sep}`.startsWith(`${await realpath(root)}${path.sep}`)) return;
    throw new UserError(
      "outside-checkout",
      `${file} has to change, but it lies outside of the checkout ${root}; keep the derivation's hash and build lock in this repository.`
    );
  };
}
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

export {
  readText,
  readTextWithin,
  checkWithin
};
