import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  harmlessLines
} from "./cli-SAIMFLME.js";
import {
  UserError
} from "./cli-RULA4YQZ.js";

// src/cli/diff-text.ts
function paintDiff(patch, io) {
  return harmlessLines(patch).split("\n").map((line) => {
    if (/^(---|\+\+\+) /.test(line)) return io.paint("heading", line);
    if (line.startsWith("@@")) return io.paint("place", line);
    if (line.startsWith("+")) return io.paint("good", line);
    return line.startsWith("-") ? io.paint("bad", line) : line;
  }).join("\n");
}

// src/cli/init/forges.ts
import { readdir } from "node:fs/promises";
import path from "node:path";

// src/cli/init/uses.ts
var uses = {
  update: "bump",
  updater: "updater",
  check: "check",
  "two-jobs": "two-jobs"
};

// src/cli/init/forges.ts
var workflowFolders = {
  github: ".github/workflows",
  forgejo: ".forgejo/workflows",
  gitea: ".gitea/workflows"
};
var forges = Object.keys(workflowFolders);
async function seeForge(root, run) {
  const has = (name) => readdir(path.join(root, workflowFolders[name])).then(
    () => true,
    () => false
  );
  const there = await Promise.all(forges.map(has));
  const folders = forges.filter((_, index) => there[index]);
  const own = folders.find((name) => name !== "github");
  if (own !== void 0) return { forge: own, folders };
  const remote = await run("git", ["-C", root, "remote", "get-url", "origin"]);
  const isCodeberg = remote.code === 0 && /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?codeberg\.org[:/]/.test(remote.stdout);
  return { forge: isCodeberg ? "forgejo" : "github", folders };
}
function usesOn(forge) {
  return Object.keys(uses).filter((use) => forge === "github" || use !== "two-jobs");
}
function exampleFor(forge, use) {
  if (!usesOn(forge).includes(use))
    throw new UserError(
      "use-not-there",
      `There is no workflow for ${use} on ${forge}, because GitHub's Actions for artifacts refuse other servers; choose another --use, or write it by hand with your server's own (docs/forgejo.md).`
    );
  return `${forge === "github" ? "workflows" : "forgejo"}/${uses[use]}`;
}
function shadowed(forge, { folders }) {
  if (forge === "github" || folders.includes(forge)) return void 0;
  const others = folders.map((name) => workflowFolders[name]);
  if (others.length === 0) return void 0;
  return `Once there is ${workflowFolders[forge]}, ${forge} runs the workflows of that folder alone: move those of ${others.join(" and ")} that it is to run there too.`;
}

export {
  paintDiff,
  uses,
  workflowFolders,
  seeForge,
  usesOn,
  exampleFor,
  shadowed
};
