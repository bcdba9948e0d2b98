import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  makeNetwork,
  networkFrom,
  stoppable
} from "./chunk-ATEECCWK.js";
import "./chunk-RGEGPZ5Z.js";
import "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";
export {
  makeNetwork,
  networkFrom,
  stoppable
};
