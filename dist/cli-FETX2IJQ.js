import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  patchText
} from "./cli-KIGNGTK6.js";
import "./cli-FPE3P3E7.js";
export {
  patchText
};
