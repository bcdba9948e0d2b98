import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  makeParts
} from "./chunk-CSPIFBAG.js";
import "./chunk-NYEHZRW2.js";
import "./chunk-ZGGWOSGJ.js";
import "./chunk-UXCHG3UO.js";
import "./chunk-ATEECCWK.js";
import "./chunk-ITRFARRA.js";
import "./chunk-RGEGPZ5Z.js";
import "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";
export {
  makeParts
};
