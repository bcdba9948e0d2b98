import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  createClient
} from "./chunk-NPAOU2Q2.js";
import "./chunk-JDSLQM4M.js";
import "./chunk-AXWMS7HC.js";
export {
  createClient
};
