import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  update
} from "./chunk-6KRXCFBF.js";
import "./chunk-BDWI45PR.js";
import "./chunk-UXCHG3UO.js";
import "./chunk-JU6MWGIG.js";
import "./chunk-TP7LV4NA.js";
import "./chunk-CKU2637B.js";
import "./chunk-6VLGKAKR.js";
import "./chunk-I2LI2CWZ.js";
import "./chunk-ZDX4JFAE.js";
import "./chunk-RGEGPZ5Z.js";
import "./chunk-G4MXGZFJ.js";
import "./chunk-CLBY6MIV.js";
import "./chunk-SZOAWKZV.js";
import "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";
export {
  update
};
