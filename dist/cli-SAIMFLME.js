import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// src/ports/printable.ts
function printable(text) {
  return text.replace(
    new RegExp("\\p{Cc}", "gu"),
    (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, "0")}`
  );
}
function harmlessLines(text) {
  return text.split("\n").map((line) => line.split("	").map(printable).join("	")).join("\n");
}

export {
  printable,
  harmlessLines
};
