import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  forget,
  replaceAll
} from "./cli-62WX6F5M.js";
import {
  UserError
} from "./cli-RULA4YQZ.js";

// src/derivation/journal.ts
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
var journalName = "uv-fod-undo.json";
var none = { write: async () => {
}, clear: async () => {
} };
async function openJournal(dir, run, processes, known) {
  const file = known ?? await fileOf(dir, run);
  if (file === void 0) return none;
  const { self, isAlive } = processes;
  await recover(file, isAlive, (files) => forget(dir, files, run));
  return {
    write: async (edits) => {
      await writeFile(`${file}.new`, JSON.stringify({ self, edits }), { mode: 384 });
      await rename(`${file}.new`, file);
    },
    clear: () => rm(file, { force: true })
  };
}
async function fileOf(dir, run) {
  const asked = await run("git", ["-C", dir, "rev-parse", "--git-path", journalName]);
  return asked.code === 0 ? path.resolve(dir, asked.stdout.trim()) : void 0;
}
function onTop(journal, below) {
  const first = new Map(below.map(({ file, before }) => [file, before]));
  return {
    // A file that several steps change is here once for each text that a kill may leave it with.
    write: (edits) => journal.write([
      ...below,
      ...edits.map((edit) => first.has(edit.file) ? { ...edit, before: first.get(edit.file) } : edit)
    ]),
    clear: () => below.length === 0 ? journal.clear() : journal.write(below)
  };
}
function joinEdits(first, second) {
  const joined = new Map(first.map((edit) => [edit.file, edit]));
  for (const edit of second)
    joined.set(edit.file, {
      ...edit,
      before: joined.has(edit.file) ? joined.get(edit.file)?.before : edit.before
    });
  return [...joined.values()].filter(({ before, after }) => before !== after);
}
async function recover(file, isAlive, forgetAll) {
  const text = await readFile(file, "utf8").catch(() => void 0);
  if (text === void 0) return;
  const left = JSON.parse(text);
  if (isAlive(left.self)) {
    throw new UserError(
      "already-running",
      `Another run changes this checkout (process ${left.self.split(" ")[0]}); wait for it, or give each run a checkout of its own.`
    );
  }
  const unchanged = [];
  for (const edit of left.edits) {
    const now = await readFile(edit.file, "utf8").catch(() => void 0);
    if (now === edit.after) unchanged.push(edit);
  }
  await replaceAll(unchanged.map(({ file: file2, before }) => ({ file: file2, text: before })));
  await forgetAll(unchanged.flatMap((edit) => edit.before === void 0 ? [edit.file] : []));
  await rm(file, { force: true });
}

export {
  journalName,
  openJournal,
  onTop,
  joinEdits
};
