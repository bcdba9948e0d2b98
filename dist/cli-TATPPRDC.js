import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  parseConfig,
  topKeys
} from "./cli-FR4N3DAU.js";
import "./cli-Z3GSRBLK.js";
import "./cli-MTL7MHF3.js";
import "./cli-6XMUJN7B.js";
import "./cli-7ZNRW3FN.js";
import "./cli-EU54LM3O.js";
import "./cli-2RXXFTVC.js";
import "./cli-SAIMFLME.js";
import "./cli-RULA4YQZ.js";
import "./cli-FPE3P3E7.js";
export {
  parseConfig,
  topKeys
};
