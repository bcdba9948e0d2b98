import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  buildLockName,
  buildLockText,
  parseBuildLock,
  sameData
} from "./chunk-ZABPUB77.js";
import "./chunk-BY722M3P.js";
import "./chunk-AXWMS7HC.js";
export {
  buildLockName,
  buildLockText,
  parseBuildLock,
  sameData
};
