import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  GitHub,
  getOctokit
} from "./chunk-F7CGXLLD.js";
import "./chunk-4NQKAZD7.js";
import "./chunk-JDSLQM4M.js";
import "./chunk-AXWMS7HC.js";

// src/effects/octokit.ts
var makeOctokit = (token, options, ...plugins) => token === "" ? new (GitHub.plugin(...plugins))(options) : getOctokit(token, options, ...plugins);
export {
  makeOctokit
};
