import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  checkPackages,
  patchOfAll,
  worstOf
} from "./chunk-2BOXM4NA.js";
import "./chunk-LWAKEDMQ.js";
import "./chunk-BDWI45PR.js";
import "./chunk-QPOGEGWL.js";
import "./chunk-JU6MWGIG.js";
import "./chunk-4E7BH2WF.js";
import "./chunk-XRJGKDH2.js";
import "./chunk-UXCHG3UO.js";
import "./chunk-TP7LV4NA.js";
import "./chunk-5FOWNOH2.js";
import "./chunk-A2LECYXN.js";
import "./chunk-CKU2637B.js";
import "./chunk-MOIX6WQG.js";
import "./chunk-XBDZOY7F.js";
import "./chunk-465YWQDO.js";
import "./chunk-PIHBJYB7.js";
import "./chunk-IX2A4YCZ.js";
import "./chunk-RGEGPZ5Z.js";
import "./chunk-2ITMEOXA.js";
import "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";
export {
  checkPackages,
  patchOfAll,
  worstOf
};
