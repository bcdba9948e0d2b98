import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  JSON_TYPE,
  chooseIndex,
  filesOfPage,
  indexReleases,
  versionIn
} from "./chunk-W3XDKJVR.js";
import "./chunk-MOIX6WQG.js";
import "./chunk-XBDZOY7F.js";
import "./chunk-465YWQDO.js";
import "./chunk-2ITMEOXA.js";
import "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";
export {
  JSON_TYPE,
  chooseIndex,
  filesOfPage,
  indexReleases,
  versionIn
};
