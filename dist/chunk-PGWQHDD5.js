import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  hashNatively
} from "./chunk-I2LI2CWZ.js";
import "./chunk-ZDX4JFAE.js";
import "./chunk-RGEGPZ5Z.js";
import "./chunk-SZOAWKZV.js";
import "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";
export {
  hashNatively
};
