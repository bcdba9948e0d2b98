import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  makeParts
} from "./chunk-WW35P2WJ.js";
import "./chunk-NYEHZRW2.js";
import "./chunk-3FD7MW37.js";
import "./chunk-ITRFARRA.js";
import "./chunk-UXCHG3UO.js";
import "./chunk-RGEGPZ5Z.js";
import "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";
export {
  makeParts
};
