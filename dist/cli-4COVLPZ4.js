import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  loadProject,
  parseLock,
  parseToml
} from "./cli-RVWXTTCK.js";
import {
  normalizeName
} from "./cli-OHOPGCTD.js";
import "./cli-6XMUJN7B.js";
import "./cli-SAIMFLME.js";
import "./cli-RULA4YQZ.js";
import "./cli-FPE3P3E7.js";
export {
  loadProject,
  normalizeName,
  parseLock,
  parseToml
};
