import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  refreshGroup
} from "./chunk-XGWWCQJ6.js";
import "./chunk-ZGGWOSGJ.js";
import "./chunk-UXCHG3UO.js";
import "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";
export {
  refreshGroup
};
