import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// src/derivation/apply.ts
import { randomBytes } from "node:crypto";
import { rename, rm, stat, writeFile } from "node:fs/promises";
async function applyEdits(edits) {
  await replaceAll(edits.map(({ file, after }) => ({ file, text: after })));
  return () => replaceAll(edits.map(({ file, before }) => ({ file, text: before })));
}
async function replaceAll(files) {
  const staged = [];
  try {
    for (const { file, text } of files) {
      if (text === void 0) continue;
      const part = `${file}.${randomBytes(4).toString("hex")}.part`;
      staged.push({ part, file });
      const mode = await stat(file).then(
        (found) => found.mode,
        () => 420
      );
      await writeFile(part, text, { mode });
    }
    for (const { part, file } of staged) await rename(part, file);
  } finally {
    for (const { part } of staged) await rm(part, { force: true });
  }
  for (const { file, text } of files) if (text === void 0) await rm(file, { force: true });
}

export {
  applyEdits,
  replaceAll
};
