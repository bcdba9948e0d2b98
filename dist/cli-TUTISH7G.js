import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  nameOf,
  placeOf
} from "./cli-V4KKH4VT.js";
import {
  noSuchProgram
} from "./cli-K5Q4PDHT.js";
import {
  UserError
} from "./cli-RULA4YQZ.js";

// src/derivation/evaluate.ts
import { access } from "node:fs/promises";
import path from "node:path";

// src/derivation/nix-progress.ts
var NAME = /'(?:\/[^'/]+)+\/[a-z0-9]{32}-([^']+?)(?:\.drv)?'/;
function nixProgress() {
  const counts = { builds: 0, built: 0, fetches: 0, fetched: 0 };
  return (line) => {
    const planned = /^(?:these (\d+)|this) (derivations?|paths?) will be (?:built|fetched)/.exec(line);
    if (planned) {
      const number = Number(planned[1] ?? 1);
      if (planned[2]?.startsWith("d")) counts.builds += number;
      else counts.fetches += number;
      return void 0;
    }
    const ours = /^uv-fod: (\d+ of \d+ wheels, [\d.]+ MB)/.exec(line)?.[1];
    return ours ?? begun(line, counts);
  };
}
function begun(line, counts) {
  const verb = /^(building|checking outputs of|copying path) '/.exec(line)?.[1];
  const name = verb && NAME.exec(line)?.[1];
  if (!name) return void 0;
  if (verb === "copying path") return `fetching ${name}${place(++counts.fetched, counts.fetches)}`;
  return `building ${name}${place(++counts.built, counts.builds)}`;
}
var place = (number, of) => of < 2 ? "" : ` (${number} of ${Math.max(of, number)})`;

// src/derivation/nix-build.ts
async function nixBuild(args, { run, log }, title) {
  const progressOf = nixProgress();
  return log.group(
    title,
    () => run("nix-build", ["--no-out-link", ...args], {
      onLine: (line) => {
        log.info(line);
        const far = progressOf(line);
        if (far !== void 0) log.progress(far);
      }
    })
  );
}

// src/derivation/nix-messages.ts
var colours = /\u001b\[[0-9;]*m/g;
var withoutColours = (text) => text.replace(colours, "");
function mismatches(stderr) {
  const found = [];
  let drv;
  let specified;
  for (const line of withoutColours(stderr).split("\n")) {
    drv = /hash mismatch in fixed-output derivation '([^']+)'/.exec(line)?.[1] ?? drv;
    specified = /^\s*specified:\s+(\S+)/.exec(line)?.[1] ?? specified;
    const got = /^\s*got:\s+(\S+)/.exec(line)?.[1];
    if (got !== void 0 && drv !== void 0 && specified !== void 0) {
      found.push({ drv, specified, got });
      drv = specified = void 0;
    }
  }
  return found;
}
function failureText(stderr) {
  const lines = withoutColours(stderr).split("\n").map((line) => line.trim());
  const at = lines.findLastIndex((line) => line.startsWith("error:") && line.length > "error:".length);
  const text = at < 0 ? lines.findLast((line) => line !== "") ?? "it said nothing" : lines[at] ?? "";
  return text.replace(/^error:\s*/, "").slice(0, 400);
}

// src/derivation/evaluate.ts
function rootOf({ root }) {
  if (root?.kind === "flake")
    return `
    flake = builtins.getFlake url;
    own = builtins.currentSystem;
    imported = flake // flake.legacyPackages.\${own} or { } // flake.packages.\${own} or { };
    copy = builtins.unsafeDiscardStringContext flake.sourceInfo.outPath;`;
  const imported = root?.kind === "expression" ? `(${root.expression}
)` : "import (/. + file)";
  return `
    imported = ${imported};
    copy = null;`;
}
var find = (where) => `
  { attribute, file ? "", url ? "" }:
  let${rootOf(where)}
    root = if builtins.isFunction imported then imported { } else imported;
    names = builtins.filter builtins.isString (builtins.split "\\\\." attribute);
    step = set: name: if builtins.isAttrs set && set ? \${name} then set.\${name} else throw "uv-fod:no-attribute:\${name}";
    package = builtins.foldl' step root names;
    deps = package.uvDeps or (throw "uv-fod:no-uv-deps");
  in
`;
function nixArguments(where, body) {
  const { file, attribute, root } = where;
  return [
    ...root?.kind === "flake" ? ["--extra-experimental-features", "nix-command flakes"] : [],
    ...["--expr", find(where) + body, "--argstr", "attribute", attribute],
    ...file === void 0 ? [] : ["--argstr", "file", file],
    ...root?.kind === "flake" ? ["--argstr", "url", root.url] : []
  ];
}
async function evaluateJson(where, body, run, onStart = () => {
}) {
  const wrapped = `{ inherit copy; value = ${body}; }`;
  const args = ["--eval", "--strict", "--json", ...nixArguments(where, wrapped)];
  const result = await run("nix-instantiate", args, { onStart });
  if (result.code !== 0) return result;
  const { root } = where;
  const { copy } = JSON.parse(result.stdout);
  const isOfCopy = (text) => text === copy || text.startsWith(`${copy}/`);
  return JSON.parse(
    result.stdout,
    (_, value) => copy !== null && root?.kind === "flake" && typeof value === "string" && isOfCopy(value) ? root.checkout + value.slice(copy.length) : value
  );
}
async function evaluate(where, run, log, { revision = false, onStart } = {}) {
  await checkFile(where);
  const body = `{
    pname = package.pname or package.name;
    version = package.version or "";
    imports = package.pythonImportsCheck or [ ];
    own = deps.uvFod;
    systems = builtins.mapAttrs (_: one: one.uvFod) deps.systems;
    ${revision ? "revision = package.src.rev or null;" : ""}
  }`;
  const result = await evaluateJson(where, body, run, onStart);
  if (!("value" in result)) {
    if (result.code === noSuchProgram) throw nixMissing();
    await log.group("Evaluation of the derivation", async () => log.info(result.stderr));
    throw evaluationError(where, result.stderr);
  }
  const raw = result.value;
  checkSchema(where, raw.own);
  return toPinned(where, raw, raw.own.src ?? await fetchedSource(where, run, log));
}
async function checkFile({ file, root }) {
  if (file === void 0 || root?.kind === "expression") return;
  const option = root === void 0 ? "file" : "flake";
  await access(file).catch(() => {
    throw new UserError("file-missing", `There is no file ${file}; correct '${option}'.`);
  });
}
async function fetchedSource(where, run, log) {
  const title = `Nix: source of '${where.attribute}'`;
  const result = await nixBuild(nixArguments(where, "deps.lockSource"), { run, log }, title);
  const out = result.stdout.trim().split("\n").at(-1) ?? "";
  if (result.code === 0 && out.startsWith("/")) return out;
  throw new UserError(
    "source-unreachable",
    `The source of '${where.attribute}', which has its uv.lock, can't be fetched: ${failureText(result.stderr)}. Correct its address, tag or hash; what Nix printed is in the log.`,
    { ...placeOf(where), log: result.stderr }
  );
}
function checkSchema(where, { schema }) {
  if (schema === 1) return;
  throw new UserError(
    "not-uv-fod",
    `The Nix library that '${where.attribute}' uses speaks schema ${schema}, this program 1; use the same version of both.`
  );
}
function toPinned(where, { own, systems, ...rest }, source) {
  return {
    ...rest,
    system: own.system,
    project: path.join(source, own.project),
    buildLock: own.buildLock ?? void 0,
    systems: Object.values(systems).map((deps) => toSystem(where, deps))
  };
}
function toSystem(where, { system, target, hash, position }) {
  if (position === null) {
    throw new UserError(
      "hash-literal",
      `'${where.attribute}': Nix does not know where its hash is written; write it as a string literal at fetchUvDeps' argument 'hash'.`
    );
  }
  return { target: { ...target, system }, hash, position };
}
function nixMissing() {
  return new UserError(
    "nix-missing",
    "There is no nix-instantiate on PATH: install Nix in a step before this one (for example DeterminateSystems/nix-installer-action or cachix/install-nix-action)."
  );
}
function evaluationError(where, stderr) {
  const missing = /error: uv-fod:no-attribute:([\w'-]+)/.exec(stderr)?.[1];
  if (missing !== void 0) {
    return new UserError(
      "attribute-missing",
      `There is no attribute '${where.attribute}' in ${nameOf(where)} ('${missing}' is not there); correct 'attribute'.`,
      placeOf(where)
    );
  }
  if (stderr.includes("error: uv-fod:no-uv-deps")) {
    return new UserError(
      "not-uv-fod",
      `'${where.attribute}' has no 'uvDeps': build it with this project's buildUvEnv, or set passthru.uvDeps to its fetchUvDeps.`,
      placeOf(where)
    );
  }
  return new UserError(
    "evaluation-failed",
    `Nix can't evaluate '${where.attribute}' of ${nameOf(where)}: ${failureText(stderr)}. Mend the expression; the whole message is in the log.`,
    { ...placeOf(where), log: stderr }
  );
}

export {
  nixBuild,
  withoutColours,
  mismatches,
  failureText,
  nixArguments,
  evaluateJson,
  evaluate
};
