import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  hashNatively
} from "./chunk-PIHBJYB7.js";
import "./chunk-IX2A4YCZ.js";
import "./chunk-RGEGPZ5Z.js";
import "./chunk-2ITMEOXA.js";
import "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";
export {
  hashNatively
};
