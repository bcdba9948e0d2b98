import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  makeParts
} from "./chunk-F2VQDASN.js";
import "./chunk-NYEHZRW2.js";
import "./chunk-EY4HVK3K.js";
import "./chunk-UXFUVBHW.js";
import "./chunk-WMGB5PS3.js";
import "./chunk-RGEGPZ5Z.js";
import "./chunk-BY722M3P.js";
import "./chunk-AXWMS7HC.js";
export {
  makeParts
};
