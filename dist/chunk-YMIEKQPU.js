import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  loadProject,
  parseLock,
  parseToml
} from "./chunk-MOIX6WQG.js";
import "./chunk-XBDZOY7F.js";
import {
  normalizeName
} from "./chunk-465YWQDO.js";
import "./chunk-2ITMEOXA.js";
import "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";
export {
  loadProject,
  normalizeName,
  parseLock,
  parseToml
};
