import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  createClient
} from "./chunk-NPAOU2Q2.js";
import {
  getOctokit
} from "./chunk-F7CGXLLD.js";
import "./chunk-4NQKAZD7.js";
import "./chunk-JDSLQM4M.js";
import {
  UserError
} from "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";

// src/cli/hub.ts
function openHub(token, apiUrl = "https://api.github.com", log) {
  if (token) return createClient(getOctokit, token, apiUrl, log);
  throw new UserError(
    "token-missing",
    "Releases on GitHub are looked for with a token that may read the repository, and neither GITHUB_TOKEN nor GH_TOKEN is set. Set one (GH_TOKEN=$(gh auth token)), or say which version with --version."
  );
}
export {
  openHub
};
