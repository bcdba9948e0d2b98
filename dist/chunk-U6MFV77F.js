import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  SYSTEMS,
  diffLocks,
  parseTarget,
  planProject,
  planWarnings,
  wheelBytes
} from "./chunk-4E7BH2WF.js";
import "./chunk-XRJGKDH2.js";
import "./chunk-465YWQDO.js";
import "./chunk-2ITMEOXA.js";
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
