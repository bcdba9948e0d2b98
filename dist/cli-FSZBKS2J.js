import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  withSession
} from "./cli-TK6COJQB.js";
import "./cli-RWAPEOIY.js";
import "./cli-2KK763IQ.js";
import "./cli-Z3GSRBLK.js";
import "./cli-V4KKH4VT.js";
import "./cli-L3R5K4AM.js";
import "./cli-62WX6F5M.js";
import "./cli-3SCBWK44.js";
import "./cli-BACGZJS5.js";
import "./cli-N3CQUKAZ.js";
import "./cli-6XMUJN7B.js";
import "./cli-7ZNRW3FN.js";
import "./cli-SAIMFLME.js";
import "./cli-RULA4YQZ.js";
import "./cli-FPE3P3E7.js";
export {
  withSession
};
