import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  patchText
} from "./chunk-A2LECYXN.js";
import "./chunk-AXWMS7HC.js";
export {
  patchText
};
