import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  loadProject,
  parseLock,
  parseToml
} from "./chunk-REBKGNI5.js";
import {
  normalizeName
} from "./chunk-JVREOR64.js";
import "./chunk-SZOAWKZV.js";
import "./chunk-BY722M3P.js";
import "./chunk-AXWMS7HC.js";
export {
  loadProject,
  normalizeName,
  parseLock,
  parseToml
};
