import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  buildLockName,
  buildLockText,
  parseBuildLock,
  sameData
} from "./cli-2WUOKQML.js";
import "./cli-RULA4YQZ.js";
import "./cli-FPE3P3E7.js";
export {
  buildLockName,
  buildLockText,
  parseBuildLock,
  sameData
};
