import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  UserError
} from "./cli-RULA4YQZ.js";

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

// src/derivation/git-index.ts
import path from "node:path";
async function introduce(where, edits, run) {
  const { root } = where;
  const made = edits.flatMap(({ file, before }) => before === void 0 ? [file] : []);
  if (root?.kind !== "flake" || !root.url.startsWith("git+") || made.length === 0) return async () => {
  };
  const git = (...args) => run("git", ["-C", root.checkout, ...args]);
  const listed = await git("ls-files", "-z", "--", ...made.map(literally));
  const known = new Set(listed.stdout.split("\0").map((name) => path.join(root.checkout, name)));
  const fresh = made.filter((file) => !known.has(file));
  if (fresh.length === 0) return async () => {
  };
  const added = await git("add", "--intent-to-add", "--", ...fresh.map(literally));
  if (added.code !== 0) throw refused(fresh, root.checkout, added.stderr);
  return () => forget(root.checkout, fresh, run);
}
async function forget(dir, files, run) {
  if (files.length > 0) await run("git", ["-C", dir, "update-index", "--force-remove", "--", ...files]);
}
var literally = (file) => `:(literal)${file}`;
function refused(files, checkout, stderr) {
  const names = files.map((file) => path.relative(checkout, file)).join(" and ");
  const isIgnored = stderr.includes("ignored by");
  return new UserError(
    "ignored-by-git",
    isIgnored ? `git ignores ${names}, so a flake can't see it. Take it out of .gitignore: it has to be committed. Nothing was changed.` : `A flake sees only files that git knows, and git does not take ${names}: ${stderr.trim().split("\n")[0]}. Nothing was changed.`
  );
}

export {
  applyEdits,
  replaceAll,
  introduce,
  forget
};
