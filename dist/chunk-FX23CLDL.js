import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  hashNatively
} from "./chunk-RY3ZM623.js";
import "./chunk-RGEGPZ5Z.js";
import "./chunk-SZOAWKZV.js";
import "./chunk-BY722M3P.js";
import "./chunk-AXWMS7HC.js";
export {
  hashNatively
};
