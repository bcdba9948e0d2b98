import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  DEFAULT_SELECTION,
  SYSTEMS,
  compareArtifacts,
  diffLocks,
  formatLibc,
  parseTarget,
  planDigest,
  planProject,
  planWarnings
} from "./chunk-XAFWAOUI.js";
import "./chunk-JVREOR64.js";
import "./chunk-SZOAWKZV.js";
import "./chunk-BY722M3P.js";
import "./chunk-AXWMS7HC.js";
export {
  DEFAULT_SELECTION,
  SYSTEMS,
  compareArtifacts,
  diffLocks,
  formatLibc,
  parseTarget,
  planDigest,
  planProject,
  planWarnings
};
