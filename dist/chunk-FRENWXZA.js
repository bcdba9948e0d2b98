import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  UserError
} from "./chunk-ANVYJIUY.js";

// src/refresh/checkout.ts
import path from "node:path";
async function openCheckout(dir, run) {
  const git = (...args) => run("git", ["-C", dir, ...args]);
  const [top, head] = await Promise.all([
    git("rev-parse", "--show-toplevel"),
    git("rev-parse", "--verify", "HEAD")
  ]);
  if (top.code !== 0 || head.code !== 0) {
    throw new UserError(
      "no-checkout",
      `'${dir}' is no checked-out git repository (${(top.stderr || head.stderr).trim().split("\n")[0]}); put actions/checkout before this step.`
    );
  }
  const root = top.stdout.trim();
  return {
    root,
    head: head.stdout.trim(),
    textAt: async (commit, file) => {
      if (!await has(git, commit)) return void 0;
      const shown = await git("show", `${commit}:${path.relative(root, file)}`);
      return shown.code === 0 ? shown.stdout : void 0;
    }
  };
}
async function has(git, commit) {
  if ((await git("rev-parse", "--verify", "--quiet", `${commit}^{commit}`)).code === 0) return true;
  if (!/^[0-9a-f]{40}$/.test(commit) || /^0+$/.test(commit)) return false;
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
