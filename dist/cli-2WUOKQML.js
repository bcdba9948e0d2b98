import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  UserError
} from "./cli-RULA4YQZ.js";

// src/buildlock/text.ts
var buildLockName = "uv-fod.lock.json";
function sameData(left, right) {
  return JSON.stringify(left, sortedKeys) === JSON.stringify(right, sortedKeys);
}
function buildLockText(lock) {
  return `${JSON.stringify(lock, sortedKeys, 2)}
`;
}
function sortedKeys(_key, value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
}
function parseBuildLock(text, file) {
  const remedy = `Delete ${file} and run 'uv-fod lock' to make it again.`;
  let value;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError(
      "build-lock-invalid",
      `${file} is not JSON (${cause.message}). ${remedy}`,
      { at: { file }, cause }
    );
  }
  const lock = value;
  if (lock?.version !== 1) {
    throw new UserError(
      "build-lock-invalid",
      `${file} is no build lock of version 1 (its version is ${JSON.stringify(lock?.version)}). ${remedy}`,
      { at: { file } }
    );
  }
  for (const key of ["target", "systems", "builds", "wheels"]) {
    if (typeof lock[key] !== "object" || lock[key] === null) {
      throw new UserError("build-lock-invalid", `${file} lacks '${key}'. ${remedy}`, { at: { file } });
    }
  }
  return lock;
}

export {
  buildLockName,
  sameData,
  buildLockText,
  parseBuildLock
};
