import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  fetchWheels,
  loadProject,
  parseTarget,
  planProject
} from "./nix-XZOOZIQA.js";
import "./nix-MW3WA6OA.js";
import "./nix-4PXHPMVP.js";
import "./nix-QJB75WPH.js";
import "./nix-VHUHMQR3.js";

// src/nix-side/fetch.ts
import { readFile } from "node:fs/promises";
var interval = 3e3;
async function fetchInto(options, read, network, say) {
  const target = JSON.parse(await readFile(options.target, "utf8"));
  const project = await loadProject(options.project, read);
  const artifacts = planProject(project, parseTarget(target), target);
  const total = artifacts.filter(({ kind }) => kind === "wheel").length;
  const started = Date.now();
  let told = started;
  const { files, size } = await fetchWheels(
    artifacts,
    target,
    options.project,
    options.out,
    await network(),
    (done, bytes) => {
      if (Date.now() - told < interval) return;
      told = Date.now();
      say(`${done} of ${total} wheels, ${megabytes(bytes)} MB, ${((told - started) / 1e3).toFixed(0)} s`);
    }
  );
  say(`${files} wheels, ${megabytes(size)} MB`);
}
var megabytes = (bytes) => (bytes / 1e6).toFixed(1);
export {
  fetchInto
};
