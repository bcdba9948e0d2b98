import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  buildLockName,
  buildLockText,
  parseBuildLock,
  sameData
} from "./chunk-CKU2637B.js";
import "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";
export {
  buildLockName,
  buildLockText,
  parseBuildLock,
  sameData
};
