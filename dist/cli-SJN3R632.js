import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  exitCodes,
  statuses
} from "./cli-TVQM3BCM.js";
import "./cli-FPE3P3E7.js";
export {
  exitCodes,
  statuses
};
