import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  fetchGitTree
} from "./nix-Y7GD2PWF.js";
import "./nix-QJB75WPH.js";
import "./nix-VHUHMQR3.js";
export {
  fetchGitTree
};
