import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  SYSTEMS,
  diffLocks,
  parseTarget,
  planProject,
  planWarnings,
  wheelBytes
} from "./chunk-G4MXGZFJ.js";
import "./chunk-CLBY6MIV.js";
import "./chunk-SZOAWKZV.js";
import "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";
export {
  SYSTEMS,
  diffLocks,
  parseTarget,
  planProject,
  planWarnings,
  wheelBytes
};
