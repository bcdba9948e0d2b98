import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  hashOnRunner,
  sameApart
} from "./cli-3XAO52CX.js";
import {
  loadProject
} from "./cli-RVWXTTCK.js";
import "./cli-DFWMD6VS.js";
import {
  parseTarget,
  planProject
} from "./cli-7SRZJZCQ.js";
import "./cli-OHOPGCTD.js";
import "./cli-6XMUJN7B.js";
import "./cli-7ZNRW3FN.js";
import {
  folderOf,
  placeOf
} from "./cli-V4KKH4VT.js";
import {
  buildLockName,
  parseBuildLock
} from "./cli-2WUOKQML.js";
import "./cli-SAIMFLME.js";
import {
  statuses
} from "./cli-TVQM3BCM.js";
import "./cli-PPCW4ZUN.js";
import "./cli-VBNZCJLK.js";
import {
  noSuchProgram
} from "./cli-K5Q4PDHT.js";
import "./cli-ZAMFTIJM.js";
import "./cli-RIK2B44O.js";
import {
  UserError
} from "./cli-RULA4YQZ.js";
import "./cli-FPE3P3E7.js";

// src/update/status.ts
import path2 from "node:path";

// src/update/without-nix.ts
import { readdir } from "node:fs/promises";
import path from "node:path";
async function projectBeside(folder, read) {
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = ["", ...entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)];
  const found2 = [];
  for (const name of folders) {
    const candidate = path.join(folder, name);
    if (await read(path.join(candidate, "uv.lock")) !== void 0) found2.push(candidate);
  }
  return found2[0] === folder || found2.length === 1 ? found2[0] : void 0;
}
async function hashesFor(buildLock, project, read, native) {
  const making = native();
  making.catch(() => {
  });
  const planned = await loadProject(project, read);
  const systems = Object.keys(buildLock.systems).map((system) => {
    const target = { ...buildLock.target, system };
    return { target, artifacts: planProject(planned, parseTarget(target), target) };
  });
  const { hashes } = await hashOnRunner(systems, project, await making);
  return hashes.map((one, index) => ({
    ...one,
    sameApart: sameApart(buildLock.systems[one.system]?.apart, systems[index]?.artifacts ?? [])
  }));
}
async function placeOfHash(hash, where, { read, run }, among = { untracked: true }) {
  if (hash === "") return void 0;
  const literal = `"${hash}"`;
  const text = where.file !== void 0 && await read(where.file) || "";
  const at = text.indexOf(literal);
  if (where.file !== void 0 && at >= 0)
    return { file: where.file, line: text.slice(0, at).split("\n").length };
  const folder = folderOf(where);
  const flags = [...among.untracked ? ["--untracked"] : [], "--line-number", "--null", "--fixed-strings"];
  const found2 = await run("git", ["-C", folder, "grep", ...flags, "-e", literal, "--", ":(top)*.nix"]);
  const [name, line] = (found2.stdout.split("\n")[0] ?? "").split("\0");
  return found2.code === 0 && name ? { file: path.resolve(folder, name), line: Number(line) } : void 0;
}

// src/update/status.ts
var findings = {
  "hashes-differ": "not-reproducible",
  "fetch-failed": "cannot-fetch",
  "host-not-allowed": "cannot-fetch",
  "artifact-unreachable": "cannot-fetch",
  "artifact-changed": "cannot-fetch",
  "build-failed": "does-not-build",
  "import-failed": "does-not-import"
};
async function checkStatus(where, root, parts) {
  const { code } = await parts.run("nix-instantiate", ["--version"]);
  if (code === noSuchProgram)
    return checkWithoutNix(where, parts).catch((error) => found(where, error, onlyWithNix));
  const { checkWithNix } = await import("./cli-DRFI3SX3.js");
  return checkWithNix(where, root, parts).catch((error) => found(where, error));
}
function found(where, error, notChecked = []) {
  const status = error instanceof UserError ? findings[error.code] : void 0;
  if (!(error instanceof UserError) || status === void 0) throw error;
  return {
    status,
    message: error.message,
    at: error.at ?? placeOf(where).at,
    ...error.log === void 0 ? {} : { log: error.log },
    edits: [],
    patch: "",
    notChecked,
    hashes: []
  };
}
var onlyWithNix = [
  "Whether a build gives the same hash twice: there is no Nix here.",
  "Whether it builds: there is no Nix here.",
  "Whether it imports: there is no Nix here."
];
async function checkWithoutNix(where, parts) {
  const { lockFile, buildLock, project } = await findFiles(where, parts);
  const hashes = await hashesFor(buildLock, project, parts.read, parts.native);
  const compared = await Promise.all(
    hashes.map(async ({ system, hash }) => {
      const before = buildLock.systems[system]?.hash ?? "";
      const isWritten = await placeOfHash(hash, where, parts) !== void 0;
      return { system, before, after: hash, at: await placeOfHash(before, where, parts), isWritten };
    })
  );
  const stale = compared.filter(({ before, after, isWritten }) => before !== after || !isWritten);
  const isLockStale = hashes.some((one) => !one.sameApart);
  const at = (stale[0] ?? compared[0])?.at ?? placeOf(where).at;
  const told = compared.map(({ isWritten: _, ...rest }) => rest);
  const common = { at, edits: [], patch: "", notChecked: onlyWithNix, hashes: told };
  if (stale.length === 0 && !isLockStale)
    return { ...common, status: "current", message: "The hash is what uv.lock asks for." };
  if (stale.length === 0)
    return {
      ...common,
      status: "stale",
      message: `${path2.basename(lockFile)} is stale: it has other wheels to install apart than uv.lock. Run 'uv-fod update' where there is Nix.`
    };
  const needed = stale.map(({ system, after }) => `${system} needs ${after}`).join("; ");
  return {
    ...common,
    status: "stale",
    message: `The hash is stale: ${needed}, and ${path2.basename(lockFile)} or the derivation has another. Run 'uv-fod update' where there is Nix.`
  };
}
async function findFiles(where, { read }) {
  const folder = folderOf(where);
  const lockFile = path2.join(folder, buildLockName);
  const text = await read(lockFile);
  if (text === void 0) {
    throw new UserError(
      "build-lock-missing",
      `There is no Nix here and no ${lockFile}, so nothing says what the hash was declared for. Run 'uv-fod update' once where there is Nix, or install Nix in a step before this one.`
    );
  }
  const project = await projectBeside(folder, read);
  if (project !== void 0) return { lockFile, buildLock: parseBuildLock(text, lockFile), project };
  throw new UserError(
    "lock-missing",
    `There is no Nix here to say where uv.lock is, and beside or just below ${folder} there is none, or there are several. Install Nix in a step before this one.`
  );
}

// src/refresh/check.ts
async function checkPackages(packages, root, whereIs, parts) {
  const found2 = [];
  for (const one of packages) {
    parts.stop.throwIfAborted();
    const { name } = one;
    try {
      found2.push({ name, checked: await checkStatus(await whereIs(one), root, parts) });
    } catch (error) {
      if (!(error instanceof UserError) || parts.stop.aborted) throw error;
      found2.push({ name, error });
    }
  }
  return found2;
}
function worstOf(checks) {
  return statuses.findLast((status) => checks.some(({ checked }) => checked?.status === status));
}
export {
  checkPackages,
  worstOf
};
