import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// src/derivation/where.ts
import path from "node:path";
import { pathToFileURL } from "node:url";
function whereOf(nix, attribute, checkout, file) {
  switch (nix.kind) {
    case "file":
      return { file: path.resolve(checkout, nix.file), attribute };
    case "expression":
      return { file, attribute, root: { ...nix, folder: checkout } };
    case "flake": {
      const folder = path.posix.normalize(nix.flake).replace(/\/$/, "");
      const url = new URL(`git+${pathToFileURL(checkout).href}`);
      url.searchParams.set("shallow", "1");
      if (folder !== ".") url.searchParams.set("dir", folder);
      const root = { kind: "flake", url: url.href, checkout };
      return { file: path.join(checkout, folder, "flake.nix"), attribute, root };
    }
  }
}
async function whereFrom(folder, nix, attribute, run) {
  if (nix.kind !== "flake") return whereOf(nix, attribute, folder);
  const flake = path.resolve(folder, nix.flake);
  const top = await run("git", ["-C", flake, "rev-parse", "--show-toplevel", "--show-prefix"]);
  const [checkout = "", prefix = ""] = top.stdout.split("\n");
  if (top.code === 0) return whereOf({ kind: "flake", flake: prefix || "." }, attribute, checkout);
  const url = `path:${pathToFileURL(flake).pathname}`;
  return { file: path.join(flake, "flake.nix"), attribute, root: { kind: "flake", url, checkout: flake } };
}
function folderOf({ file, root }) {
  if (root?.kind === "expression") return root.folder;
  return path.dirname(file ?? ".");
}
function nameOf({ file, root }) {
  return root?.kind === "expression" || file === void 0 ? "the expression" : `'${file}'`;
}
function placeOf({ file }) {
  return file === void 0 ? {} : { at: { file } };
}

export {
  whereOf,
  whereFrom,
  folderOf,
  nameOf,
  placeOf
};
