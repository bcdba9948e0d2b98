import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  update
} from "./chunk-4TTAWYME.js";
import "./chunk-BDWI45PR.js";
import "./chunk-WMGB5PS3.js";
import "./chunk-TP7LV4NA.js";
import "./chunk-ZABPUB77.js";
import "./chunk-REBKGNI5.js";
import "./chunk-RY3ZM623.js";
import "./chunk-RGEGPZ5Z.js";
import "./chunk-XAFWAOUI.js";
import "./chunk-JVREOR64.js";
import "./chunk-SZOAWKZV.js";
import "./chunk-BY722M3P.js";
import "./chunk-AXWMS7HC.js";
export {
  update
};
