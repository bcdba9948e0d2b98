import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  hashNatively
} from "./cli-DFWMD6VS.js";
import "./cli-SAIMFLME.js";
import "./cli-VBNZCJLK.js";
import "./cli-ZAMFTIJM.js";
import "./cli-RIK2B44O.js";
import "./cli-RULA4YQZ.js";
import "./cli-FPE3P3E7.js";
export {
  hashNatively
};
