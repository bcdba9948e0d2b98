import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  makeFetchText
} from "./chunk-RQIY3SGO.js";
import "./chunk-RGEGPZ5Z.js";
import "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";
export {
  makeFetchText
};
