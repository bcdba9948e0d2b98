import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  JSON_TYPE,
  chooseIndex,
  filesOfPage,
  indexReleases,
  versionIn
} from "./cli-ZT4KYRZO.js";
import "./cli-RVWXTTCK.js";
import "./cli-OHOPGCTD.js";
import "./cli-6XMUJN7B.js";
import "./cli-SAIMFLME.js";
import "./cli-RULA4YQZ.js";
import "./cli-FPE3P3E7.js";
export {
  JSON_TYPE,
  chooseIndex,
  filesOfPage,
  indexReleases,
  versionIn
};
