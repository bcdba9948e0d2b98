import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  exitCodes
} from "./cli-TVQM3BCM.js";

// src/cli/exit-codes.ts
var found = {
  stale: "`check`: `uv.lock` moved and the hash or the build lock did not",
  "not-reproducible": "`check`: two ways to the hash disagree",
  "cannot-fetch": "`check`: a locked file is gone, or has other bytes",
  "does-not-build": "`check`: the build fails",
  "does-not-import": "`check`: a module can't be imported from the output"
};
var FAILED = 1;
var USAGE = 2;
var exitCodes2 = [
  { code: 0, name: "done", when: "done, or there was nothing to do; `check`: current" },
  { code: FAILED, name: "failed", when: "it could not be done; the message says why and what to do" },
  {
    code: USAGE,
    name: "usage",
    when: "there is no such command or option, or a value is not one that it takes"
  },
  ...Object.entries(found).map(([name, when]) => ({ code: exitCodes[name], name, when })),
  { code: 129, name: "SIGHUP", when: "the terminal was closed; everything is put back" },
  { code: 130, name: "SIGINT", when: "Ctrl-C; everything is put back" },
  { code: 143, name: "SIGTERM", when: "asked to end; everything is put back" }
];

export {
  FAILED,
  USAGE
};
