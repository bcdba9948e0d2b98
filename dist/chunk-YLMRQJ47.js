import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  exitCodes,
  statuses
} from "./chunk-5FOWNOH2.js";
import "./chunk-AXWMS7HC.js";
export {
  exitCodes,
  statuses
};
