import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  SYSTEMS,
  diffLocks,
  parseTarget,
  planProject,
  planWarnings,
  wheelBytes
} from "./cli-7SRZJZCQ.js";
import "./cli-OHOPGCTD.js";
import "./cli-7ZNRW3FN.js";
import "./cli-SAIMFLME.js";
import "./cli-RULA4YQZ.js";
import "./cli-FPE3P3E7.js";
export {
  SYSTEMS,
  diffLocks,
  parseTarget,
  planProject,
  planWarnings,
  wheelBytes
};
