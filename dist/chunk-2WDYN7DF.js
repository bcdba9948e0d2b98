import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  harmlessLines
} from "./chunk-2ITMEOXA.js";

// src/cli/diff-text.ts
function paintDiff(patch, io) {
  return harmlessLines(patch).split("\n").map((line) => {
    if (/^(---|\+\+\+) /.test(line)) return io.paint("heading", line);
    if (line.startsWith("@@")) return io.paint("place", line);
    if (line.startsWith("+")) return io.paint("good", line);
    return line.startsWith("-") ? io.paint("bad", line) : line;
  }).join("\n");
}

// src/cli/init/uses.ts
var uses = {
  update: "bump",
  updater: "updater",
  check: "check",
  "two-jobs": "two-jobs"
};

export {
  paintDiff,
  uses
};
