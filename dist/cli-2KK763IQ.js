import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  journalName
} from "./cli-L3R5K4AM.js";
import {
  UserError
} from "./cli-RULA4YQZ.js";

// src/refresh/checkout.ts
import path from "node:path";
async function openCheckout(dir, run) {
  const git = (...args) => run("git", ["-C", dir, ...args]);
  const asked = await git("rev-parse", "--show-toplevel", "--git-path", journalName, "HEAD");
  if (asked.code !== 0) {
    throw new UserError(
      "no-checkout",
      `'${dir}' is no checked-out git repository (${asked.stderr.trim().split("\n")[0]}); put actions/checkout before this step.`
    );
  }
  const lines = asked.stdout.trimEnd().split("\n");
  const [root = "", journal = "", head = ""] = lines;
  if (lines.length !== 3) return openOddly(git);
  return {
    root,
    head,
    journal: path.resolve(dir, journal),
    textAt: textAt(git, root)
  };
}
async function openOddly(git) {
  const [top, head] = [await git("rev-parse", "--show-toplevel"), await git("rev-parse", "HEAD")];
  const root = top.stdout.replace(/\n$/, "");
  return { root, head: head.stdout.trim(), journal: void 0, textAt: textAt(git, root) };
}
var textAt = (git, root) => async (commit, file) => {
  const show = () => git("show", "--end-of-options", `${commit}:${path.relative(root, file)}`);
  const shown = await show();
  if (shown.code === 0) return shown.stdout;
  if (!await fetched(git, commit)) return void 0;
  const again = await show();
  return again.code === 0 ? again.stdout : void 0;
};
async function fetched(git, commit) {
  if (!/^[0-9a-f]{40}$/.test(commit) || /^0+$/.test(commit)) return false;
  if ((await git("rev-parse", "--verify", "--quiet", `${commit}^{commit}`)).code === 0) return false;
  return (await git("fetch", "--quiet", "--depth=1", "--no-tags", "origin", commit)).code === 0;
}
function pathInCheckout({ root }, file) {
  const relative = path.relative(root, file);
  return relative.startsWith("..") || path.isAbsolute(relative) ? void 0 : relative;
}

export {
  openCheckout,
  pathInCheckout
};
