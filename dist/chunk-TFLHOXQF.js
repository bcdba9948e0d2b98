import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  loadProject,
  parseLock,
  parseToml
} from "./chunk-6VLGKAKR.js";
import {
  normalizeName
} from "./chunk-CLBY6MIV.js";
import "./chunk-SZOAWKZV.js";
import "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";
export {
  loadProject,
  normalizeName,
  parseLock,
  parseToml
};
