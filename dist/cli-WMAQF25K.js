import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  withSession
} from "./cli-YNZMUJEE.js";
import "./cli-2KK763IQ.js";
import "./cli-N72MDJRH.js";
import "./cli-V4KKH4VT.js";
import "./cli-EU54LM3O.js";
import "./cli-2RXXFTVC.js";
import "./cli-L3R5K4AM.js";
import "./cli-N3CQUKAZ.js";
import "./cli-62WX6F5M.js";
import "./cli-RULA4YQZ.js";
import "./cli-FPE3P3E7.js";
export {
  withSession
};
