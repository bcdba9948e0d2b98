import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// src/ports/run.ts
var noSuchProgram = 127;

export {
  noSuchProgram
};
