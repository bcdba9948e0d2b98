import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// src/update/outcomes.ts
var statuses = [
  "current",
  "stale",
  "not-reproducible",
  "cannot-fetch",
  "does-not-build",
  "does-not-import"
];
var exitCodes = {
  current: 0,
  stale: 3,
  "not-reproducible": 4,
  "cannot-fetch": 5,
  "does-not-build": 6,
  "does-not-import": 7
};

export {
  statuses,
  exitCodes
};
