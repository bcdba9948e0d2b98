import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  hashOnRunner,
  wheelsApart
} from "./cli-3XAO52CX.js";
import {
  loadProject,
  parseToml
} from "./cli-RVWXTTCK.js";
import {
  asDownload,
  download,
  fakeHash,
  isSri,
  localChanged,
  localMissing,
  manifestDigest,
  sriFromHex
} from "./cli-DFWMD6VS.js";
import {
  parseTarget,
  planProject,
  wheelBytes
} from "./cli-7SRZJZCQ.js";
import {
  evaluate,
  failureText,
  mismatches,
  nixArguments,
  nixBuild,
  withoutColours
} from "./cli-TUTISH7G.js";
import {
  pLimit
} from "./cli-AXHGOBYU.js";
import {
  stringify
} from "./cli-6XMUJN7B.js";
import {
  folderOf,
  placeOf
} from "./cli-V4KKH4VT.js";
import {
  buildLockName,
  buildLockText,
  parseBuildLock,
  sameData
} from "./cli-2WUOKQML.js";
import {
  narHash
} from "./cli-LFF2VU6M.js";
import {
  applyEdits,
  introduce
} from "./cli-62WX6F5M.js";
import {
  UserError,
  placedAt
} from "./cli-RULA4YQZ.js";

// src/derivation/nix-failure.ts
function failureCause(stderr) {
  return lackingMachine(stderr) ?? failedBuilder(withoutColours(stderr)) ?? failureText(stderr);
}
function lackingMachine(stderr) {
  const text2 = withoutColours(stderr);
  const lacking = missingMachine(text2) ?? otherReason(text2);
  const refused = lacking && /^cannot build on '([^']+)': (.+)$/m.exec(text2);
  return refused ? `${lacking}; ${refused[1]} could not be used: ${refused[2]?.slice(0, 200)}` : lacking;
}
var drv = String.raw`'[^'\n]*?/[a-z0-9]{32}-([^'\n]+)\.drv'`;
function missingMachine(text2) {
  const old = new RegExp(
    `a '([^']+)' with features .{0,300} is required to build ${drv}, but I am a '([^']+)'`
  ).exec(text2);
  if (old) return noMachine(old[2], old[1], old[3]);
  const block = new RegExp(
    String.raw`Cannot build ${drv}\.\n\s*Reason: (?:required system or feature not available|platform mismatch)\n\s*Required system: '([^']+)'.*\n\s*Current system: '([^']+)'`
  ).exec(text2);
  return block ? noMachine(block[1], block[2], block[3]) : void 0;
}
var noMachine = (name2 = "", required = "", current = "") => required === current ? `${name2} needs system features that this machine does not have, and no remote builder of nix.conf took it` : `${name2} has to be built on ${required}; this machine is ${current}, and no remote builder of nix.conf took it`;
function otherReason(text2) {
  const all = text2.matchAll(new RegExp(String.raw`Cannot build ${drv}\.\n\s*Reason: (.+)`, "g"));
  for (const [, name2, reason = ""] of all)
    if (!/^builder |dependenc(?:y|ies) failed/.test(reason)) return `no machine takes ${name2}: ${reason}`;
  return void 0;
}
function failedBuilder(text2) {
  const failure = new RegExp(String.raw`Cannot build ${drv}\.\n\s*Reason: builder `).exec(text2) ?? new RegExp(`builder for ${drv} failed`).exec(text2);
  if (!failure) return void 0;
  const said2 = quotedLine(text2) ?? lineBefore(text2.slice(0, failure.index));
  return `the build of ${failure[1]} failed${said2 === void 0 ? "" : `, and last said: ${said2.slice(0, 300)}`}`;
}
var quotedLine = (text2) => /^[ \t]+> (.*)$/.exec(text2.split("\n").findLast((line) => /^[ \t]+> .*\S/.test(line)) ?? "")?.[1]?.trim();
function lineBefore(text2) {
  const line = text2.split("\n").slice(0, -1).findLast((one) => one.trim() !== "")?.trim();
  const isNix = line !== void 0 && /^(?:error|warning|building |copying |these |this |\/nix\/)/.test(line);
  return isNix ? void 0 : line;
}

// src/build/nix.ts
async function hashByNix(where, system, run, log) {
  const body = `deps.systems."${system}".overrideAttrs (_: { outputHash = "${fakeHash}"; outputHashAlgo = "sha256"; })`;
  const result = await nixBuild(
    nixArguments(where, body),
    { run, log },
    `Nix: dependencies of '${where.attribute}' for ${system}, from nothing`
  );
  const found = mismatches(result.stderr);
  const [only] = found;
  if (found.length === 1 && only && isSri(only.got)) return only.got;
  throwIfNobodyBuilds(where, result);
  throw new UserError(
    "fetch-failed",
    `The dependencies of '${where.attribute}' for ${system} can't be fetched, so there is no new hash: ${cause(result.stderr)}. Nothing was changed. Mend that and run again; what the build printed is in the log.`,
    { log: result.stderr }
  );
}
async function build(where, run, log, args = nixArguments(where, "package")) {
  const result = await nixBuild(args, { run, log }, `Nix: build of '${where.attribute}'`);
  const out = result.stdout.trim().split("\n").at(-1) ?? "";
  if (result.code === 0 && out.startsWith("/")) return out;
  throwIfNobodyBuilds(where, result);
  throw new UserError(
    "build-failed",
    `'${where.attribute}' does not build with the new hash: ${cause(result.stderr)}. The build's last lines are in the log.`,
    { log: result.stderr }
  );
}
async function dynamicRequires(where, keys, run, log) {
  if (!keys.every((key) => /^[\w.+!-]+$/.test(key))) return [];
  const list = keys.map((key) => `builds."${key}".requires`).join(" ");
  const body = `let builds = package.builds or null; in if builds == null then [ ] else [ ${list} ]`;
  const result = await nixBuild(
    nixArguments(where, body),
    { run, log },
    "Nix: what build backends ask for, in the sandbox"
  );
  const paths = result.stdout.split("\n").filter((line) => line.startsWith("/"));
  if (result.code === 0) return paths.length === keys.length ? paths : [];
  throw new UserError(
    "build-requirements",
    `What '${where.attribute}' needs to be built can't be found out: ${cause(result.stderr)}. Nothing was changed. The build's last lines are in the log.`,
    { log: result.stderr }
  );
}
function throwIfNobodyBuilds({ attribute }, { stderr }) {
  const why = lackingMachine(stderr);
  if (why === void 0) return;
  throw new UserError(
    "no-builder",
    `'${attribute}' can't be built here: ${why}. Nothing was changed. Run this on such a machine, or give nix.conf a remote builder for it ('builders').`,
    { log: stderr }
  );
}
function cause(stderr) {
  const full = /no space left on device|\bENOSPC\b/i.test(stderr);
  if (full)
    return "the disk is full (No space left on device); free some or collect garbage (nix-collect-garbage)";
  const ours = [...stderr.matchAll(/uv-fod: (.+)$/gm)].at(-1)?.[1];
  return (ours ?? failureCause(stderr)).replace(/\.$/, "");
}

// src/build/entry.ts
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
var noNotes = { seconds: /* @__PURE__ */ new Map(), slower: 1 };
var file = "uv-fod.json";
var version = 1;
async function readNotes(folder) {
  try {
    const { size } = await stat(path.join(folder, file));
    const text2 = size > 0 && size < 4e6 ? await readFile(path.join(folder, file), "utf8") : "";
    const found = JSON.parse(text2);
    const seconds = found.version === version ? Object.entries(found.seconds) : [];
    const slower = between(found.slower, 0.2, 20) ?? 1;
    return { slower, seconds: new Map(seconds.map(([name2, value]) => [name2, between(value, 0, 1e5) ?? 0])) };
  } catch {
    return noNotes;
  }
}
async function writeNotes(folder, { seconds, slower }) {
  const text2 = JSON.stringify({ version, slower, seconds: Object.fromEntries(seconds) });
  await writeFile(path.join(folder, file), `${text2}
`);
}
var between = (value, least, most) => typeof value === "number" && value >= least ? Math.min(value, most) : void 0;
async function pathsIn(folder, wanted) {
  const names = new Set(await readdir(folder));
  return wanted.filter((one) => names.has(`${path.basename(one).slice(0, 32)}.narinfo`));
}
async function bytesIn(folder) {
  const nars = path.join(folder, "nar");
  const names = await readdir(nars).catch(() => []);
  const sizes = await Promise.all(names.map(async (name2) => (await stat(path.join(nars, name2))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
async function emptyFolder(folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}
function keysOf(system, attribute, paths) {
  const all = `uv-fod-builds-${version}-${system}-`;
  const scope = `${all}${digest([attribute])}-`;
  const own = `${scope}${digest([...paths].sort())}-`;
  return { own, restore: [own, scope, all] };
}
var digest = (lines2) => createHash("sha256").update(lines2.join("\n")).digest("hex").slice(0, 16);

// src/build/keep.ts
import { rm as rm3 } from "node:fs/promises";

// src/build/shares.ts
function sharesOf(spans) {
  const shares = new Map(spans.map(({ name: name2 }) => [name2, 0]));
  const edges = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1] ?? from;
    const running = spans.filter((span) => span.from <= from && span.to >= to);
    for (const { name: name2 } of running) shares.set(name2, (shares.get(name2) ?? 0) + (to - from) / running.length);
  }
  return shares;
}

// src/build/store.ts
var command = ["--extra-experimental-features", "nix-command"];
async function pathInfos(paths, run) {
  if (paths.length === 0) return /* @__PURE__ */ new Map();
  const invalid = new Set(
    (await run("nix-store", ["--check-validity", "--print-invalid", ...paths])).stdout.split("\n")
  );
  const valid = paths.filter((path9) => !invalid.has(path9));
  if (valid.length === 0) return /* @__PURE__ */ new Map();
  const ask = (...more) => run("nix", [...command, "path-info", "--json", ...more, ...valid]);
  const versioned = await ask("--json-format", "1");
  const { stdout } = versioned.code === 0 ? versioned : await ask();
  return new Map(valid.flatMap((path9) => infoOf(path9, JSON.parse(stdout))));
}
function infoOf(path9, answer) {
  const all = answer;
  const one = Array.isArray(all) ? all.find((each) => each.path === path9) : Reflect.get(all, path9);
  const { narSize: bytes, references, registrationTime: registered } = one ?? {};
  if (typeof bytes !== "number" || !Array.isArray(references) || typeof registered !== "number") return [];
  return [[path9, { bytes, references, registered }]];
}
async function isTrusted(run) {
  const { code, stdout } = await run("nix", [...command, "store", "info", "--json"]);
  if (code !== 0) return void 0;
  const { trusted } = JSON.parse(stdout);
  return trusted === void 0 || trusted === null ? void 0 : Boolean(trusted);
}
async function copyPaths(paths, direction, address, run) {
  const flags = ["copy", "--no-recursive", "--no-check-sigs", direction, address];
  const result = await run("nix", [...command, ...flags, ...paths]);
  if (result.code !== 0) throw new Error(failureText(result.stderr));
}
async function deletePaths(paths, run) {
  const there = [...(await pathInfos(paths, run)).keys()];
  if (there.length === 0) return;
  const result = await run("nix-store", ["--delete", ...there]);
  if (result.code !== 0) throw new Error(failureText(result.stderr));
}

// src/build/take.ts
import { rm as rm2 } from "node:fs/promises";

// src/build/worth.ts
var mostBytes = 512 * 1024 ** 2;
var leastGain = 3;
var costOf = (bytes, slower = 1) => slower * (bytes === 0 ? 0.5 : 2.5 + bytes / 4e7);
var gainOf = (built, slower = 1) => total(built, "seconds") - costOf(total(built, "bytes"), slower);
var total = (built, what) => built.reduce((sum, one) => sum + one[what], 0);
function worthKeeping(built, slower = 1, most = mostBytes) {
  const rate = ({ seconds, bytes }) => seconds / Math.max(1, bytes);
  const perByte = (costOf(2e9, slower) - costOf(1e9, slower)) / 1e9;
  const kept = [];
  let room = most;
  for (const one of built.filter((each) => rate(each) > perByte).sort((a, b) => rate(b) - rate(a))) {
    if (one.bytes > room) continue;
    room -= one.bytes;
    kept.push(one);
  }
  return gainOf(kept, slower) > 0 ? kept : [];
}

// src/build/take.ts
var nothing = { paths: [], notes: noNotes, gain: 0 };
var said = "Builds in the runner's cache:";
var addressOf = (folder) => `file://${encodeURI(folder)}?compression=none`;
async function takeBuilds({ own, restore }, wanted, { builds: { runner, folder, now }, run, log }) {
  const started = now();
  const passed = () => (now() - started) / 1e3;
  try {
    await emptyFolder(folder);
    const key = await runner.restoreCache([folder], own, [...restore]);
    if (key === void 0) {
      log.info(`${said} nothing was saved before`);
      return nothing;
    }
    const notes = await readNotes(folder);
    const paths = await pathsIn(folder, wanted);
    if (paths.length > 0) await copyPaths(paths, "--from", addressOf(folder), run);
    const slower = measured(await bytesIn(folder), passed()) ?? notes.slower;
    const seconds = paths.reduce((sum, one) => sum + (notes.seconds.get(one) ?? 0), 0);
    const took = passed().toFixed(1);
    log.info(
      paths.length === 0 ? `${said} none that is needed (${took} s)` : `${said} ${paths.length} taken in ${took} s, that took ${seconds.toFixed(0)} s to build`
    );
    return { paths, notes: { ...notes, slower }, gain: seconds - passed() };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log.warning(`${said} what is there can't be used (${why}); it is built instead.`);
    await deletePaths(wanted, run).catch(() => {
    });
    const left = await pathInfos(wanted, run);
    return { ...nothing, paths: [...left.keys()], gain: Number.NEGATIVE_INFINITY };
  } finally {
    await rm2(folder, { recursive: true, force: true }).catch(() => {
    });
  }
}
var measured = (bytes, seconds) => bytes < 1e6 ? void 0 : Math.min(20, Math.max(0.2, seconds / costOf(bytes)));

// src/build/keep.ts
async function keepBuilds({ own }, toBuild, taken, started, { builds: { runner, folder, now }, run, log }) {
  try {
    const outputs = [...toBuild.derivations.values()].flatMap((one) => one.outputs);
    const built = builtOf(toBuild, taken, started, await pathInfos(outputs, run));
    const { slower } = taken.notes;
    const kept = worthKeeping(built, slower);
    const size = `${(total(kept, "bytes") / 1e6).toFixed(1)} MB for ${total(kept, "seconds").toFixed(0)} s of building`;
    const isFirst = taken.gain === 0 && kept.length === 0;
    if (isFirst || gainOf(kept, slower) - taken.gain <= leastGain) {
      log.info(`${said} nothing saved (the next run would not be ${leastGain} s quicker for it)`);
      return;
    }
    await emptyFolder(folder);
    const paths = kept.map(({ path: path9 }) => path9);
    if (paths.length > 0) await copyPaths(paths, "--to", addressOf(folder), run);
    await writeNotes(folder, { slower, seconds: new Map(kept.map((one) => [one.path, one.seconds])) });
    await runner.saveCache([folder], own + now().toString(36));
    log.info(`${said} ${kept.length} saved, ${size}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log.warning(`${said} what was built could not be saved (${why}); the next run builds it again.`);
  } finally {
    await rm3(folder, { recursive: true, force: true }).catch(() => {
    });
  }
}
function builtOf({ derivations, lasting }, { notes }, started, infos) {
  const spans = [...derivations].flatMap(([name2, { outputs }]) => {
    const from = started.get(name2);
    const ends = outputs.flatMap((one) => infos.get(one)?.registered ?? []);
    return from === void 0 ? [] : [{ name: name2, from, to: Math.max(from, ...ends.map((end) => end + 0.5)) }];
  });
  const shares = sharesOf(spans);
  return [...lasting].flatMap(
    ([name2, { outputs }]) => outputs.flatMap((path9) => {
      const info = infos.get(path9);
      const seconds = shares.get(name2) ?? notes.seconds.get(path9);
      if (!info || seconds === void 0 || info.references.some((one) => one !== path9)) return [];
      return [{ path: path9, bytes: info.bytes, seconds: seconds / outputs.length }];
    })
  );
}

// src/build/derivation-file.ts
import { readFile as readFile2 } from "node:fs/promises";
var text = '"((?:[^"\\\\]|\\\\.)*)"';
var output = new RegExp(`\\(${text},${text},${text},${text}\\)`, "y");
var input = /\("([^"\\]+)",\[/g;
var readDerivation = async (file2) => parseDerivation(await readFile2(file2, "utf8"));
function parseDerivation(aterm) {
  const start = "Derive([";
  if (!aterm.startsWith(start)) throw new Error("this is no derivation");
  const outputs = [];
  let isFixed = false;
  output.lastIndex = start.length;
  for (let found = output.exec(aterm), end = start.length; ; found = output.exec(aterm)) {
    if (found === null) return { outputs, isFixed, inputs: inputsFrom(aterm, end) };
    const [, , file2 = "", , hash = ""] = found;
    if (file2 !== "") outputs.push(file2);
    if (hash !== "") isFixed = true;
    end = output.lastIndex;
    output.lastIndex = aterm[end] === "," ? end + 1 : end;
  }
}
function inputsFrom(aterm, end) {
  if (!aterm.startsWith("],[", end)) throw new Error("this is no derivation");
  if (aterm.startsWith("],[],", end)) return [];
  const list = aterm.slice(end, aterm.indexOf('"])],', end));
  return [...list.matchAll(input)].map(([, path9 = ""]) => path9);
}

// src/build/to-build.ts
async function whatIsToBuild(where, run, read = readDerivation) {
  const instantiated = await run("nix-instantiate", nixArguments(where, "[ package deps ]"));
  const [own, deps] = lines(succeeded(instantiated).stdout).map((line) => line.replace(/!.*$/, ""));
  if (own === void 0 || deps === void 0) throw new Error("Nix named no derivation");
  const { stderr } = succeeded(await run("nix-store", ["--realise", "--dry-run", own]));
  const derivations = /* @__PURE__ */ new Map();
  for (const path9 of willBeBuilt(stderr)) {
    const derivation = await read(path9);
    if (!derivation.isFixed) derivations.set(path9, derivation);
  }
  const moving = madeOf(/* @__PURE__ */ new Set([deps]), derivations);
  const lasting = new Map([...derivations].filter(([path9]) => path9 !== own && !moving.has(path9)));
  return { package: own, derivations, lasting };
}
function madeOf(parts, derivations) {
  const made = /* @__PURE__ */ new Set();
  for (let before = -1; before !== made.size; ) {
    before = made.size;
    for (const [path9, { inputs }] of derivations)
      if (inputs.some((one) => parts.has(one) || made.has(one))) made.add(path9);
  }
  return made;
}
function willBeBuilt(stderr) {
  const [, list = ""] = /^th(?:is|ese)\b.* will be built:\n((?: {2}\/.*\n?)*)/m.exec(stderr) ?? [];
  return lines(list);
}
var lines = (text2) => text2.split("\n").flatMap((line) => line.trim() || []);
function succeeded(result) {
  if (result.code === 0) return result;
  throw new Error(result.stderr.trim().split("\n").at(-1) ?? "");
}

// src/build/runner-builds.ts
async function withRunnerBuilds(where, system, tools, prove) {
  const { builds, run, log } = tools;
  const toBuild = await usefully(where, tools);
  if (toBuild === void 0) return { result: await prove({ run }), taken: 0 };
  const outputs = [...toBuild.lasting.values()].flatMap((one) => one.outputs);
  const keys = keysOf(system, where.attribute, outputs);
  const { started, watched } = watching(tools);
  let taken = await takeBuilds(keys, outputs, tools);
  try {
    const result = await prove(wayOf(toBuild, taken, watched)).catch(async (error) => {
      if (taken.paths.length === 0 || !isAboutBuild(error)) throw error;
      log.warning(
        `${said} '${where.attribute}' does not build or import with what was taken; it is built again from its sources.`
      );
      if (!await giveBack(toBuild, taken, tools)) throw error;
      taken = { ...nothing, gain: Number.NEGATIVE_INFINITY };
      return prove(wayOf(toBuild, taken, watched));
    });
    if (builds.maySave) await keepBuilds(keys, toBuild, taken, started, tools);
    return { result, taken: taken.paths.length };
  } finally {
    await giveBack(toBuild, taken, tools);
  }
}
async function usefully(where, { run, log }) {
  try {
    const toBuild = await whatIsToBuild(where, run);
    if (toBuild.lasting.size === 0) {
      log.info(`${said} not asked (nothing has to be built that outlasts a bump)`);
      return void 0;
    }
    if (await isTrusted(run) !== false) return toBuild;
    log.info(`${said} not asked (this user is not among Nix's trusted-users)`);
  } catch {
  }
  return void 0;
}
function wayOf({ package: own }, { paths }, run) {
  const alone = paths.length > 0 ? ["--option", "post-build-hook", ""] : [];
  return { run, args: [...alone, own] };
}
function watching({ run, builds: { now } }) {
  const started = /* @__PURE__ */ new Map();
  const watched = (program, args, options = {}) => run(program, args, {
    ...options,
    onLine: (line) => {
      const name2 = /^building '([^']+\.drv)'/.exec(line)?.[1];
      if (name2 !== void 0) started.set(name2, now() / 1e3);
      options.onLine?.(line);
    }
  });
  return { started, watched };
}
var isAboutBuild = (error) => error instanceof UserError && ["build-failed", "import-failed"].includes(error.code);
async function giveBack({ derivations, lasting }, { paths }, { run, log }) {
  if (paths.length === 0) return true;
  const isTaken = new Set(paths);
  const sources = [...lasting].filter(([, { outputs: outputs2 }]) => outputs2.some((one) => isTaken.has(one)));
  const made = madeOf(new Set(sources.map(([name2]) => name2)), derivations);
  const outputs = [...made].flatMap((name2) => derivations.get(name2)?.outputs ?? []);
  try {
    await deletePaths([...paths, ...outputs], run);
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log.warning(`${said} what was taken could not be deleted from the store again (${why}).`);
    return false;
  }
}

// src/proof/import.ts
import { mkdtemp, rm as rm4 } from "node:fs/promises";
import { tmpdir } from "node:os";
import path2 from "node:path";
async function proveImports(out, python, modules, run, log) {
  const interpreter = path2.join(out, "bin", `python${python.split(".").slice(0, 2).join(".")}`);
  const empty = await mkdtemp(path2.join(tmpdir(), "uv-fod-proof-"));
  try {
    return await log.group("Proof: imports in the built output", async () => {
      const imported = [];
      for (const module of modules) imported.push(await importOne(out, interpreter, module, empty, run, log));
      return imported;
    });
  } finally {
    await rm4(empty, { recursive: true, force: true });
  }
}
async function importOne(out, interpreter, module, cwd, run, log) {
  if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(module)) {
    throw new UserError(
      "import-failed",
      `'${module}' is no name of a Python module; correct pythonImportsCheck.`
    );
  }
  const code = `import ${module}; print(${module}.__file__)`;
  const result = await run(interpreter, ["-I", "-B", "-c", code], { cwd, onlyEnv: {} });
  const file2 = result.stdout.trim().split("\n").at(-1) ?? "";
  log.info(`python -I -B -c "${code}" → ${result.code === 0 ? file2 : `exit ${result.code}`}`);
  if (result.code !== 0) {
    log.info(result.stderr);
    const last = result.stderr.trim().split("\n").at(-1) ?? "";
    throw new UserError(
      "import-failed",
      `The output builds, but 'import ${module}' fails in it: ${last}. Mend the derivation (a missing native library, or a package that the lock lacks).`,
      { log: result.stderr }
    );
  }
  if (!path2.resolve(file2).startsWith(`${out}/`)) {
    throw new UserError(
      "import-failed",
      `'import ${module}' gave ${file2}, which is not inside the output ${out}: the output does not hold the module.`
    );
  }
  return { module, file: file2 };
}

// src/update/proven.ts
async function buildAndImport({ where, pinned, goesOn, stage }, { builds, run, log }) {
  const { python } = pinned.systems[0]?.target ?? { python: "3" };
  const prove = async (way) => {
    const out = await stage("build", () => build(where, way.run, log, way.args));
    const imported = await stage("proof", () => proveImports(out, python, pinned.imports, run, log));
    return { out, imported };
  };
  if (builds === void 0 || goesOn) return { ...await prove({ run }), taken: 0 };
  const { result, taken } = await withRunnerBuilds(where, pinned.system, { builds, run, log }, prove);
  return { ...result, taken };
}

// src/update/update.ts
import path8 from "node:path";

// src/build/cache.ts
async function copyToCache(out, { address, credentials }, run, log) {
  const flags = ["--extra-experimental-features", "nix-command"];
  const result = await log.group(
    `Nix: copy to ${address}`,
    () => run("nix", [...flags, "copy", "--to", address, out], {
      env: credentials,
      onLine: (line) => log.info(line)
    })
  );
  if (result.code === 0) {
    log.info(`${out} and what it needs are in ${address}`);
    return true;
  }
  log.warning(
    `${out} was built and imported, but could not be copied to ${address}: ${failureText(result.stderr).replace(/\.$/, "")}. The run goes on without; look at the address, at who may write there, and at the credentials of this step.`
  );
  return false;
}

// src/update/hashes.ts
async function hashAll(request, spotted, parts) {
  const stale = spotted.filter(({ isCurrent }) => request.distrust || !isCurrent);
  const own = stale.find(({ pinned }) => pinned.target.system === request.builder);
  const nix = own && await hashByNix(request.where, request.builder, parts.run, parts.log);
  const natively = request.twice ? stale : stale.filter((one) => one !== own);
  const native = await nativeHashes(request, natively, parts);
  const other = native.get(request.builder);
  if (nix !== void 0 && other !== void 0 && nix !== other) throw differ(request.builder, nix, other);
  return spotted.map((one) => {
    const { system } = one.pinned.target;
    const before = one.pinned.hash;
    if (!stale.includes(one)) return { system, before, after: before, how: "recorded" };
    const byNix = system === request.builder ? nix : void 0;
    const how = byNix === void 0 ? "native" : native.has(system) ? "both" : "nix";
    return { system, before, after: byNix ?? native.get(system) ?? before, how };
  });
}
async function nativeHashes({ project }, spotted, { native, log }) {
  if (spotted.length === 0) return /* @__PURE__ */ new Map();
  const systems = spotted.map(({ pinned, artifacts }) => ({ target: pinned.target, artifacts }));
  return log.group("Hash without Nix", async () => {
    const { hashes, downloaded } = await hashOnRunner(systems, project, await native());
    for (const { system, hash, files } of hashes) log.info(`${system}: ${hash}, ${files} wheels`);
    log.info(`${downloaded.files} files downloaded, ${(downloaded.bytes / 1e6).toFixed(1)} MB`);
    return new Map(hashes.map(({ system, hash }) => [system, hash]));
  });
}
function differ(system, nix, native) {
  return new UserError(
    "hashes-differ",
    `Two derivations of the hash for ${system} differ: Nix's build gave ${nix}, this program's own download and NAR ${native}. Nothing was changed. Either the index gives different bytes each time for a file that uv.lock has no hash of, or something on the way changes them; look at 'uv-fod hash' on another machine before you trust either.`
  );
}

// src/buildlock/resolve.ts
import { mkdtemp as mkdtemp2, readFile as readFile3, rm as rm5, writeFile as writeFile2 } from "node:fs/promises";
import path3 from "node:path";
var everything = {
  packages: [],
  allPackages: false,
  extras: [],
  groups: [],
  defaultGroups: false
};
var name = "uv-fod-build-environment";
async function resolveRequires(resolution, targets, scratch, run, checkHost) {
  if (resolution.requires.length === 0) return targets.map(() => []);
  if (checkHost) await checkAddresses(resolution, checkHost);
  const dir = await mkdtemp2(path3.join(scratch, "requires-"));
  try {
    await lockRequires(resolution, targets, dir, run);
    const locked = await loadProject(dir, readText);
    const project = {
      ...locked,
      settings: { ...resolution.project.settings, noBuild: { kind: "none" } }
    };
    return targets.map(
      (target) => planProject(project, target, everything).filter((artifact) => artifact.name !== name)
    );
  } finally {
    await rm5(dir, { recursive: true, force: true });
  }
}
var readText = (file2) => readFile3(file2, "utf8").catch(() => void 0);
async function lockRequires(resolution, targets, dir, run) {
  const attempt = async (constraints) => {
    await writeFile2(path3.join(dir, "pyproject.toml"), pyproject(resolution, targets, constraints));
    return run("uv", ["lock", "--quiet", "--no-progress", "--no-build", "--directory", dir]);
  };
  let result = await attempt(resolution.constraints);
  if (result.code !== 0 && resolution.constraints.length > 0) result = await attempt([]);
  if (result.code === 0) return;
  throw new UserError(
    "build-requirements",
    `uv can't resolve the build requirements of ${resolution.label} (${resolution.requires.join(", ")}): ${oneLine(result.stderr)}. Pin what is missing with build-constraint-dependencies or extra-build-dependencies in [tool.uv].`,
    { log: result.stderr }
  );
}
var oneLine = (text2) => text2.replace(/\s+/g, " ").trim().slice(0, 600);
async function checkAddresses({ requires, settings, label }, checkHost) {
  const direct = requires.flatMap((text2) => /@\s*(?:git\+)?([^\s;]+:[^\s;]*)/.exec(text2)?.[1] ?? []);
  const indexes = Array.isArray(settings.index) ? settings.index : [];
  const plain = ["index-url", "extra-index-url", "find-links"].flatMap((key) => settings[key] ?? []);
  for (const address of [...direct, ...indexes.map(({ url }) => url), ...plain])
    await checkHost(String(address), `A build requirement of ${label}`);
}
var inherited = [
  "index",
  "index-url",
  "extra-index-url",
  "find-links",
  "index-strategy",
  "no-index",
  "exclude-newer",
  "exclude-newer-package",
  "prerelease"
];
function pyproject(resolution, targets, constraints) {
  const { settings, requires } = resolution;
  const [major, minor] = (targets[0]?.python ?? "3.14.0").split(".");
  const kept = Object.fromEntries(
    inherited.filter((key) => key in settings).map((key) => [key, settings[key]])
  );
  const own = settings["build-constraint-dependencies"] ?? [];
  return stringify({
    project: { name, version: "0", "requires-python": `==${major}.${minor}.*`, dependencies: [...requires] },
    tool: {
      uv: {
        ...kept,
        package: false,
        "constraint-dependencies": [
          ...constraints,
          ...own.map((item) => typeof item === "string" ? item : item.requirement)
        ]
      }
    }
  });
}

// src/buildlock/sources.ts
import { createHash as createHash3 } from "node:crypto";
import { mkdtemp as mkdtemp4, readFile as readFile5, realpath, rm as rm7 } from "node:fs/promises";
import path6 from "node:path";

// src/artifacts/fetch.ts
import { createHash as createHash2 } from "node:crypto";
import { copyFile, mkdir as mkdir2, readFile as readFile4, writeFile as writeFile3 } from "node:fs/promises";
import path4 from "node:path";
async function fetchArtifact(artifact, project, target, network) {
  if (artifact.path !== void 0) return copyLocal(artifact, path4.resolve(project, artifact.path), target);
  return (await download(asDownload(artifact), target, network)).size;
}
async function copyLocal(artifact, source, target) {
  const bytes = await readFile4(source).catch((cause2) => {
    throw localMissing(artifact, cause2);
  });
  const [algorithm = "sha256", expected] = artifact.hash?.split(":") ?? [];
  if (expected !== void 0 && createHash2(algorithm).update(bytes).digest("hex") !== expected.toLowerCase())
    throw localChanged(artifact);
  await copyFile(source, target);
  return bytes.length;
}

// src/buildlock/git-tree.ts
import { mkdir as mkdir3, mkdtemp as mkdtemp3, readdir as readdir2, rm as rm6, writeFile as writeFile4 } from "node:fs/promises";
import { tmpdir as tmpdir2 } from "node:os";
import path5 from "node:path";
var careful = [
  ...["-c", "core.hooksPath=/dev/null"],
  ...["-c", "protocol.allow=never"],
  ...["-c", "protocol.https.allow=always"],
  ...["-c", "protocol.http.allow=always"],
  ...["-c", "protocol.ssh.allow=always"],
  ...["-c", "core.symlinks=true"],
  ...["-c", "core.autocrlf=false"],
  ...["-c", "advice.detachedHead=false"]
];
var noAttributes = "* -text -eol -crlf -ident -filter -working-tree-encoding\n";
async function fetchGitTree(source, out, run, checkHost) {
  validate(source);
  await checkHost?.(source.url, `The repository ${source.url}`);
  await mkdir3(out, { recursive: true });
  const template = await mkdtemp3(path5.join(tmpdir2(), "uv-fod-git-"));
  try {
    await mkdir3(path5.join(template, "info"));
    await writeFile4(path5.join(template, "info/attributes"), noAttributes);
    await checkout(source, out, template, run, checkHost);
  } finally {
    await rm6(template, { recursive: true, force: true });
  }
  await removeRepositories(out);
}
function validate({ url, commit }) {
  if (!/^[0-9a-f]{40}$/.test(commit)) {
    throw new UserError(
      "git-unreachable",
      `'${commit}' is no commit id of 40 hexadecimal digits; lock again with uv.`
    );
  }
  if (!/^(https?|ssh):\/\//.test(url)) {
    throw new UserError(
      "git-unreachable",
      `'${url}' is no http, https or ssh address of a git repository; correct the source in pyproject.toml and lock again.`
    );
  }
}
async function checkout({ url, commit }, out, template, run, checkHost) {
  const env = {
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TEMPLATE_DIR: template
  };
  const direct = checkHost ? ["-c", "http.followRedirects=false"] : [];
  const git = async (cwd, ...args) => {
    const result = await run("git", [...careful, ...direct, ...args], { cwd, env });
    if (result.code === 0) return result.stdout;
    throw new UserError(
      "git-unreachable",
      `Commit ${commit} of ${url} can't be fetched: ${result.stderr.trim().split("\n").at(-1) ?? ""}. Check that the repository still has it and that this machine may read it; otherwise lock again.`,
      { log: result.stderr }
    );
  };
  await git(out, "init", "--quiet", "--initial-branch=main");
  await git(out, "fetch", "--quiet", "--depth=1", "--no-tags", "--", url, commit);
  await git(out, "checkout", "--quiet", "--force", "--detach", "FETCH_HEAD");
  const open = [out];
  for (let dir = open.pop(); dir !== void 0; dir = open.pop()) {
    const at = dir;
    const ask = (...args) => git(at, ...args);
    for (const inner of await submodules(ask, checkHost)) open.push(path5.join(at, inner));
  }
}
async function submodules(git, checkHost) {
  const listed = (await git("ls-files", "--stage", "-z")).split("\0");
  const folders = listed.filter((line) => line.startsWith("160000 ")).map((line) => line.slice(line.indexOf("	") + 1));
  if (folders.length === 0) return [];
  await git("submodule", "--quiet", "init");
  const urls = await git("config", "--local", "--null", "--get-regexp", "^submodule\\..*\\.url$");
  for (const entry of urls.split("\0").filter(Boolean)) {
    const url = entry.slice(entry.indexOf("\n") + 1);
    await checkHost?.(url, `The submodule ${url}`);
  }
  await git("submodule", "update", "--quiet", "--depth=1");
  return folders;
}
async function removeRepositories(out) {
  for (const entry of await readdir2(out, { recursive: true, withFileTypes: true })) {
    if (entry.name === ".git")
      await rm6(path5.join(entry.parentPath, entry.name), { recursive: true, force: true });
  }
}

// src/buildlock/pyproject-of.ts
var legacyRequires = ["setuptools>=40.8.0"];
function buildRequires(text2, label) {
  if (text2 === void 0) return legacyRequires;
  let table;
  try {
    table = parseToml(text2, "pyproject.toml");
  } catch (cause2) {
    throw new UserError(
      "pyproject-invalid",
      `The build requirements of ${label} can't be read: ${cause2.message}`,
      { cause: cause2 }
    );
  }
  const system = table["build-system"];
  if (system === void 0) return legacyRequires;
  const requires = system.requires;
  if (!Array.isArray(requires) || !requires.every((item) => typeof item === "string")) {
    throw new UserError(
      "pyproject-invalid",
      `The pyproject.toml of ${label} has a [build-system] without a list of strings 'requires'.`
    );
  }
  return requires;
}
async function pyprojectOfSdist(archive, filename, subdirectory = "") {
  const wanted = [...subdirectory.split("/").filter(Boolean), "pyproject.toml"].join("/");
  const isWanted = (name2) => name2.replace(/^\.\//, "").split("/").slice(1).join("/") === wanted;
  try {
    const { fromTar, fromZip } = await import("./cli-K2FC3HU7.js");
    return await (filename.endsWith(".zip") ? fromZip : fromTar)(archive, isWanted);
  } catch (cause2) {
    throw new UserError(
      "sdist-invalid",
      `${filename} can't be read as an archive: ${cause2.message}. uv accepts .tar.gz and .zip; ask its authors for one of these.`,
      { cause: cause2 }
    );
  }
}

// src/buildlock/sources.ts
function buildKey(artifact) {
  return artifact.kind === "directory" || artifact.version === void 0 ? artifact.name : `${artifact.name}-${artifact.version}`;
}
async function describeBuild(artifact, previous, reader) {
  if (artifact.kind === "directory") return describeDirectory(artifact, reader);
  if (artifact.kind === "git") return describeGit(artifact, previous, reader);
  return describeSdist(artifact, previous, reader);
}
async function describeDirectory(artifact, { project, read }) {
  const where = artifact.path ?? ".";
  const file2 = path6.resolve(project, where, "pyproject.toml");
  const text2 = await read(file2);
  return {
    kind: "directory",
    name: artifact.name,
    ...artifact.version ? { version: artifact.version } : {},
    path: where,
    requires: buildRequires(text2, artifact.name)
  };
}
async function describeGit(artifact, previous, reader) {
  const { name: name2, version: version2 = "", url = "", commit = "", subdirectory } = artifact;
  const source = {
    kind: "git",
    name: name2,
    version: version2,
    url,
    commit,
    ...subdirectory ? { subdirectory } : {}
  };
  if (previous?.kind === "git" && previous.url === url && previous.commit === commit && previous.subdirectory === subdirectory) {
    return { ...source, hash: previous.hash, requires: previous.requires };
  }
  return inScratch(reader, async (dir) => {
    const tree = path6.join(dir, "tree");
    await fetchGitTree({ url, commit }, tree, reader.run, reader.checkHost);
    const text2 = await readBelow(tree, path6.join(subdirectory ?? "", "pyproject.toml"));
    return { ...source, hash: await narHash(tree), requires: buildRequires(text2, name2) };
  });
}
async function readBelow(tree, name2) {
  const file2 = await realpath(path6.join(tree, name2)).catch(() => void 0);
  if (file2 === void 0) return void 0;
  if (file2.startsWith(`${await realpath(tree)}${path6.sep}`)) return readFile5(file2, "utf8");
  throw new UserError(
    "pyproject-invalid",
    `'${name2}' of the repository leads out of it, so it is not read; ask its authors to put the file itself there.`
  );
}
async function describeSdist(artifact, previous, reader) {
  const { name: name2, version: version2 = "", filename = "", url, subdirectory } = artifact;
  const source = {
    ...{ kind: "sdist", name: name2, version: version2, filename },
    ...url === void 0 ? {} : { url },
    ...artifact.path === void 0 ? {} : { path: artifact.path },
    ...subdirectory ? { subdirectory } : {}
  };
  const locked = artifact.hash?.startsWith("sha256:") ? sriFromHex(artifact.hash.slice("sha256:".length)) : void 0;
  if (previous?.kind === "sdist" && locked !== void 0 && previous.hash === locked) {
    return { ...source, hash: locked, requires: previous.requires };
  }
  return inScratch(reader, async (dir) => {
    const archive = path6.join(dir, "sdist");
    await fetchArtifact(artifact, reader.project, archive, await reader.network());
    const hash = locked ?? sriFromHex(
      createHash3("sha256").update(await readFile5(archive)).digest("hex")
    );
    return {
      ...source,
      hash,
      requires: buildRequires(await pyprojectOfSdist(archive, filename, subdirectory), filename)
    };
  });
}
async function inScratch(reader, body) {
  const dir = await mkdtemp4(path6.join(reader.scratch, "source-"));
  try {
    return await body(dir);
  } finally {
    await rm7(dir, { recursive: true, force: true });
  }
}

// src/buildlock/renew.ts
async function renewBuildLock(renewal, reader) {
  const state = new Renewing(renewal, reader);
  await state.addAll(renewal.systems.flatMap(({ artifacts }) => artifacts.filter(isBuilt)));
  return state.result();
}
var isBuilt = (artifact) => artifact.kind !== "wheel";
var Renewing = class {
  builds = /* @__PURE__ */ new Map();
  wheels = /* @__PURE__ */ new Map();
  /** By system, then by build. */
  environments = /* @__PURE__ */ new Map();
  started = /* @__PURE__ */ new Set();
  limit = pLimit(4);
  renewal;
  reader;
  constructor(renewal, reader) {
    this.renewal = renewal;
    this.reader = reader;
    for (const { target } of renewal.systems) this.environments.set(target.system, /* @__PURE__ */ new Map());
  }
  /** Adds builds, and what their environments have to build in turn, until nothing new turns up. */
  async addAll(artifacts) {
    const fresh = artifacts.filter((artifact) => {
      const key = buildKey(artifact);
      return !this.started.has(key) && this.started.add(key);
    });
    const found = await Promise.all(fresh.map((artifact) => this.limit(() => this.add(artifact))));
    const nested = found.flat();
    if (nested.length > 0) await this.addAll(nested);
  }
  /** @returns artifacts of its environment that have to be built themselves */
  async add(artifact) {
    const key = buildKey(artifact);
    const { project, settings } = this.renewal;
    const described = await describeBuild(artifact, this.renewal.previous?.builds[key], this.reader);
    const extra = extraRequires(settings, described.name);
    const dynamic = this.dynamicOf(key, described);
    const build2 = {
      ...described,
      ...extra.length === 0 ? {} : { extraRequires: extra },
      ...dynamic.length === 0 ? {} : { dynamicRequires: dynamic }
    };
    this.builds.set(key, build2);
    if (this.keep(key, build2)) return [];
    const targets = this.renewal.systems.map(({ target }) => target);
    const planned2 = await resolveRequires(
      {
        requires: [...build2.requires, ...dynamic, ...extra],
        constraints: this.ownPins(build2.name),
        settings,
        project,
        label: key
      },
      targets,
      this.reader.scratch,
      this.reader.run,
      this.reader.checkHost
    );
    for (const [index, artifacts] of planned2.entries()) this.setEnvironment(targets[index], key, artifacts);
    return planned2.flat().filter(isBuilt);
  }
  dynamicOf(key, described) {
    const before = this.renewal.previous?.builds[key];
    const isSame = before !== void 0 && sameData(before.requires, described.requires);
    return this.renewal.dynamic?.get(key) ?? (isSame ? before.dynamicRequires : void 0) ?? [];
  }
  /** Keeps the environment of the lock before, where it was made for the same requirements. */
  keep(key, build2) {
    const { previous, systems, target } = this.renewal;
    const before = previous?.builds[key];
    if (!previous || !before || !sameData(before.requires, build2.requires) || !sameData(before.extraRequires, build2.extraRequires) || !sameData(before.dynamicRequires, build2.dynamicRequires) || !sameData(previous.target, target))
      return false;
    const kept = systems.map(({ target: { system } }) => previous.systems[system]?.environments[key]);
    if (!kept.every((environment) => environment !== void 0 && this.isCurrent(environment, previous)))
      return false;
    systems.forEach(({ target: { system } }, index) => {
      const environment = kept[index];
      if (environment) this.keepEnvironment(system, key, environment, previous);
    });
    return true;
  }
  /** An environment with builds in it follows the output's own versions of these. */
  isCurrent(environment, previous) {
    return environment.builds.every((key) => {
      const build2 = previous.builds[key];
      const own = this.renewal.systems.flatMap(
        ({ artifacts }) => artifacts.filter(({ name: name2 }) => name2 === build2?.name)
      );
      return build2 !== void 0 && own.every((artifact) => buildKey(artifact) === key);
    });
  }
  keepEnvironment(system, key, environment, previous) {
    this.environments.get(system)?.set(key, environment);
    for (const wheel of environment.wheels) {
      const file2 = previous.wheels[wheel];
      if (file2) this.wheels.set(wheel, file2);
    }
    for (const nested of environment.builds) {
      const build2 = previous.builds[nested];
      const next = previous.systems[system]?.environments[nested];
      if (!build2 || !next || this.started.has(nested)) continue;
      this.started.add(nested);
      this.builds.set(nested, build2);
      this.keepEnvironment(system, nested, next, previous);
    }
  }
  setEnvironment(target, key, artifacts) {
    if (!target) return;
    const wheels = artifacts.filter(({ kind }) => kind === "wheel");
    for (const wheel of wheels) this.wheels.set(wheel.filename ?? "", wheelFile(wheel));
    this.environments.get(target.system)?.set(key, {
      wheels: wheels.map(({ filename }) => filename ?? "").sort(),
      builds: artifacts.filter(isBuilt).map(buildKey).sort()
    });
  }
  /** Pins to the output's own version of everything that it builds: xmlsec is compiled against the lxml it runs with. */
  ownPins(except) {
    const pins = this.renewal.systems.flatMap(
      ({ artifacts }) => artifacts.filter((artifact) => artifact.kind === "sdist" && artifact.name !== except).map(({ name: name2, version: version2 }) => `${name2}==${version2}`)
    );
    return [...new Set(pins)].sort();
  }
  result() {
    const { target, systems } = this.renewal;
    const perSystem = systems.map(({ target: { system }, artifacts, plan, hash }) => {
      const apart = wheelsApart(artifacts);
      return [
        system,
        {
          plan,
          hash,
          builds: artifacts.filter(isBuilt).map(buildKey).sort(),
          environments: Object.fromEntries(this.environments.get(system) ?? []),
          ...Object.keys(apart).length === 0 ? {} : { apart }
        }
      ];
    });
    return {
      version: 1,
      target,
      systems: Object.fromEntries(perSystem),
      builds: Object.fromEntries(this.builds),
      wheels: Object.fromEntries(this.wheels)
    };
  }
};
function extraRequires(settings, name2) {
  const table = settings["extra-build-dependencies"] ?? {};
  return (table[name2] ?? []).map((item) => typeof item === "string" ? item : item.requirement);
}
function wheelFile(wheel) {
  const hex = wheel.hash?.startsWith("sha256:") ? wheel.hash.slice("sha256:".length) : void 0;
  if (wheel.url === void 0 || hex === void 0) {
    throw new UserError(
      "build-requirements",
      `The index gives no address or no sha256 for ${wheel.filename}, which is needed to build; use an index that gives both for build requirements.`
    );
  }
  return { url: wheel.url, hash: sriFromHex(hex) };
}

// src/buildlock/settings.ts
import path7 from "node:path";
async function uvSettings(project, read) {
  const file2 = path7.join(project.root, "uv.toml");
  const text2 = await read(file2);
  return text2 === void 0 ? project.rootPyproject?.uv ?? {} : parseToml(text2, file2);
}

// src/derivation/literal.ts
var gap = String.raw`(?:\s|#[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/)*`;
function offset(bytes, { line, column }) {
  let start = 0;
  for (let at = 1; at < line; at++) {
    const newline = bytes.indexOf(10, start);
    if (newline < 0) return void 0;
    start = newline + 1;
  }
  return start + column - 1 <= bytes.length ? start + column - 1 : void 0;
}
var attributePath = String.raw`(?:[A-Za-z_][\w'-]*|"[\w.+-]*")(?:\.(?:[A-Za-z_][\w'-]*|"[\w.+-]*"))*`;
var beforeValue = new RegExp(`${attributePath}${gap}=${gap}`, "y");
function literalAt(text2, position) {
  const bytes = Buffer.from(text2);
  const start = offset(bytes, position);
  if (start === void 0) return void 0;
  beforeValue.lastIndex = bytes.subarray(0, start).toString().length;
  return beforeValue.test(text2) ? literalFrom(text2, beforeValue.lastIndex) : void 0;
}
var fakeName = /(?:[A-Za-z_][\w'-]*\.)*fake(?:Hash|Sha256|Sha512)(?![\w'-])/y;
function unsetHashAt(text2, position) {
  const literal = literalAt(text2, position);
  if (literal) return isUnsetHash(literal.value) ? literal : void 0;
  const bytes = Buffer.from(text2);
  const start = offset(bytes, position);
  if (start === void 0) return void 0;
  beforeValue.lastIndex = bytes.subarray(0, start).toString().length;
  if (!beforeValue.test(text2)) return void 0;
  const from = beforeValue.lastIndex;
  fakeName.lastIndex = from;
  return fakeName.test(text2) ? { start: from, end: fakeName.lastIndex, value: "" } : void 0;
}
function isUnsetHash(hash) {
  return /^(?:(?:sha\d+-)?A*=*|0*)$/.test(hash);
}
function unsetHashesOf(text2) {
  const names = String.raw`\b(?:\w*[hH]ash|sha256|sha512)${gap}=${gap}`;
  const values = String.raw`(""|"(?:sha\d+-)?A+=*"|"0+"|(?:[A-Za-z_][\w'-]*\.)*fake(?:Hash|Sha256|Sha512)(?![\w'-]))`;
  return [...text2.matchAll(new RegExp(`${names}${values}`, "g"))].map((match) => {
    const end = match.index + match[0].length;
    return { start: end - (match[1] ?? "").length, end, value: "" };
  });
}
function literalFrom(text2, start) {
  if (text2[start] !== '"') return void 0;
  let value = "";
  for (let at = start + 1; at < text2.length; ) {
    const [character = "", next = ""] = [text2[at], text2[at + 1]];
    if (character === '"') return { start, end: at + 1, value };
    if (character === "$" && next === "{") return void 0;
    if (character === "\\") value += escapes[next] ?? next;
    else if (character === "$" && next !== '"' && next !== "\\") value += `$${next}`;
    else value += character;
    at += character === "\\" || character === "$" && next !== '"' && next !== "\\" ? 2 : 1;
  }
  return void 0;
}
var escapes = { n: "\n", r: "\r", t: "	" };
function nixString(value) {
  const written = value.replace(/[\\"]/g, "\\$&").replaceAll("${", "\\${").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("	", "\\t");
  return `"${written}"`;
}
function replaceLiteral(text2, { start, end }, value) {
  return `${text2.slice(0, start)}${nixString(value)}${text2.slice(end)}`;
}
function literalsOf(text2, value) {
  const written = nixString(value);
  const found = [];
  for (let at = text2.indexOf(written); at >= 0; at = text2.indexOf(written, at + written.length))
    found.push({ start: at, end: at + written.length, value });
  return found;
}
function lineOf(text2, at) {
  return text2.slice(0, at).split("\n").length;
}

// src/derivation/patch.ts
function replaceHash(text2, position, current, next) {
  if (!isSri(next)) throw new Error(`not a sha256 in SRI form: ${next}`);
  const bytes = Buffer.from(text2);
  const start = offset(bytes, position);
  const found = start === void 0 ? null : binding.exec(bytes.subarray(start).toString());
  if (start === void 0 || !found) throw noLiteral(position, "no attribute with a plain string");
  const [whole, before = "", literal = ""] = found;
  if (literal.startsWith('"') && literal !== `"${current}"`) {
    throw noLiteral(position, `${literal}, where Nix evaluated "${current}"`);
  }
  const rest = bytes.subarray(start).toString().slice(whole.length);
  return `${bytes.subarray(0, start).toString()}${before}"${next}"${rest}`;
}
var binding = new RegExp(
  String.raw`^((?:[A-Za-z_][A-Za-z0-9_'-]*|"[A-Za-z0-9_.-]*")${gap}=${gap})("[A-Za-z0-9+/=:-]*"|(?:[A-Za-z_][A-Za-z0-9_'-]*\.)*fakeHash)(?=${gap};)`
);
function noLiteral(position, found) {
  const { file: file2, line, column } = position;
  return new UserError(
    "hash-literal",
    `${file2}:${line}:${column} should bind fetchUvDeps' hash to a string literal, but there is ${found}. Write hash = "sha256-…"; (or hash = lib.fakeHash;) there, not a variable, so that it can be replaced.`,
    { at: { file: file2, line, column } }
  );
}

// src/update/dynamic.ts
import { readFile as readFile6 } from "node:fs/promises";
async function askBackends(where, system, now, before, run, log) {
  const keys = (now.systems[system]?.builds ?? []).filter(
    (key) => isNew(now.builds[key], before?.builds[key])
  );
  if (keys.length === 0) return /* @__PURE__ */ new Map();
  const answers = await dynamicRequires(where, keys, run, log);
  const found = /* @__PURE__ */ new Map();
  for (const [index, file2] of answers.entries()) {
    const key = keys[index] ?? "";
    const declared = new Set((now.builds[key]?.requires ?? []).map(squeezed));
    const asked = JSON.parse(await readFile6(file2, "utf8")).filter(
      (one) => !declared.has(squeezed(one))
    );
    if (asked.length > 0) found.set(key, asked);
  }
  return found;
}
var squeezed = (requirement) => requirement.replace(/\s+/g, "").toLowerCase();
function isNew(now, before) {
  const source = ({ dynamicRequires: _, ...rest }) => rest;
  return now !== void 0 && (before === void 0 || !sameData(source(now), source(before)));
}

// src/update/lock-builds.ts
async function lockBuilds(where, locking, parts) {
  const { pinned, before, journal } = locking;
  const buildLock = await parts.log.group("Build lock", async () => {
    const made = await renew(locking, parts);
    const { builds, wheels } = made;
    parts.log.info(`${count(builds)} to build, with ${count(wheels)} wheels as build requirements`);
    return made;
  });
  const edits = await editsFor({ ...locking, buildLock }, parts.read);
  if (edits.length === 0) return { edits, undo: async () => {
  }, keep: async () => {
  } };
  parts.stop.throwIfAborted();
  for (const { file: file2 } of edits) await parts.mayWrite?.(file2);
  const settled = await apply(where, edits, journal, parts.run);
  try {
    const dynamic = await askBackends(where, pinned.system, buildLock, before?.lock, parts.run, parts.log);
    if (dynamic.size === 0) return { edits, ...settled };
    await settled.undo();
    const again = await editsFor({ ...locking, buildLock: await renew(locking, parts, dynamic) }, parts.read);
    return { edits: again, ...await apply(where, again, journal, parts.run) };
  } catch (error) {
    await settled.undo();
    throw error;
  }
}
var count = (record) => Object.keys(record).length;
async function apply(where, edits, journal, run) {
  await journal.write(edits);
  const putBack = await applyEdits(edits);
  try {
    const forget = await introduce(where, edits, run);
    const undo = async () => {
      await putBack();
      await forget();
      await journal.clear();
    };
    return { undo, keep: journal.clear };
  } catch (error) {
    await putBack();
    await journal.clear();
    throw error;
  }
}
async function renew({ pinned, project, spotted, hashes, before, keepsPlans }, parts, dynamic) {
  const [first] = pinned.systems;
  if (!first)
    throw new UserError("not-uv-fod", "The derivation has a hash for no system; give fetchUvDeps one.");
  const { system: _, ...target } = first.target;
  const systems = spotted.map(
    ({ target: target2, artifacts, plan }, index) => ({
      target: target2,
      artifacts,
      plan: keepsPlans ? before?.lock.systems[target2.system]?.plan ?? "" : plan,
      hash: hashes[index]?.after ?? ""
    })
  );
  const reader = {
    read: parts.read,
    project: pinned.project,
    scratch: parts.scratch,
    network: parts.network,
    run: parts.run,
    ...parts.checkHost ? { checkHost: parts.checkHost } : {}
  };
  return renewBuildLock(
    {
      ...{ project, settings: await uvSettings(project, parts.read), target, systems },
      previous: before?.lock,
      ...dynamic ? { dynamic } : {}
    },
    reader
  );
}
async function editsFor({ spotted, hashes, lockFile, before, buildLock }, read) {
  const edits = /* @__PURE__ */ new Map();
  for (const [index, { pinned }] of spotted.entries()) {
    const { before: old, after } = hashes[index] ?? { before: "", after: "" };
    const { file: file2 } = pinned.position;
    if (old === after) continue;
    const text2 = edits.get(file2)?.after ?? await read(file2);
    if (text2 === void 0)
      throw new UserError("file-missing", `${file2}, where the hash stands, can't be read.`);
    edits.set(file2, {
      file: file2,
      before: edits.get(file2)?.before ?? text2,
      after: replaceHash(text2, pinned.position, old, after)
    });
  }
  if (!before || !sameData(before.lock, buildLock)) {
    edits.set(lockFile, { file: lockFile, before: before?.text, after: buildLockText(buildLock) });
  }
  return [...edits.values()];
}

// src/update/spot.ts
function spot(project, pinned, buildLock) {
  return pinned.systems.map((one) => {
    const target = parseTarget(one.target);
    const artifacts = planProject(project, target, one.target);
    const plan = manifestDigest(artifacts, one.target);
    const recorded = buildLock?.systems[one.target.system];
    const isCurrent = recorded?.plan === plan && recorded.hash === one.hash;
    return { pinned: one, target, artifacts, plan, isCurrent };
  });
}

// src/update/tell.ts
function tellPlans({ attribute }, spotted, log) {
  return log.group(`Plan of '${attribute}'`, async () => {
    for (const one of spotted) log.info(`${one.target.system}: ${planned(one)}; ${standing(one)}`);
  });
}
function planned({ artifacts }) {
  const wheels = artifacts.filter(({ kind }) => kind === "wheel").length;
  const megabytes = (wheelBytes(artifacts) / 1e6).toFixed(1);
  return `${wheels} wheels, ${megabytes} MB, ${artifacts.length - wheels} to build`;
}
function standing({ pinned: { hash, position }, isCurrent }) {
  const place = `${position.file}:${position.line}`;
  if (hash === "") return `no hash yet (${place})`;
  return `${hash} (${place}) was made from ${isCurrent ? "this" : "something else"}`;
}

// src/update/update.ts
async function update(request, parts) {
  const { where } = request;
  const stages = [];
  const stage = async (name2, body) => {
    const started = parts.now();
    const result = await body();
    stages.push({ name: name2, milliseconds: parts.now() - started });
    return result;
  };
  const journal = await parts.journal(folderOf(where));
  const pinned = await stage("derivation", () => request.pinned ?? evaluate(where, parts.run, parts.log));
  const lockFile = pinned.buildLock ?? path8.join(folderOf(where), buildLockName);
  const planned2 = await stage("plan", () => planAll(pinned, lockFile, parts.read));
  try {
    return await refresh(request, { ...planned2, pinned, lockFile, journal }, { stages, stage }, parts);
  } catch (error) {
    throw parts.stop.aborted ? error : placedAt(error, pinned.systems[0]?.position ?? placeOf(where).at);
  }
}
async function refresh(request, planned2, { stages, stage }, parts) {
  const { where } = request;
  const { project, spotted, pinned } = planned2;
  await tellPlans(where, spotted, parts.log);
  await checkHosts(spotted, parts);
  await request.onPlanned?.({ pinned, project, spotted });
  const hashes = await stage("hash", () => hashesOf(request, pinned, spotted, parts));
  const locking = { ...planned2, hashes, keepsPlans: request.lockOnly === true };
  const { edits, ...settled } = await stage("build lock", () => lockBuilds(where, locking, parts));
  const done = { pinned, project, spotted, hashes, edits, stages, ...settled };
  if (edits.length === 0 || !request.verify) return { ...done, out: void 0, imported: [] };
  const { cacheTo } = request;
  try {
    const proven = await buildAndImport({ where, pinned, goesOn: cacheTo !== void 0, stage }, parts);
    if (cacheTo === void 0) return { ...done, ...proven };
    const isCached = await stage("copy", () => copyToCache(proven.out, cacheTo, parts.run, parts.log));
    return { ...done, ...proven, isCached };
  } catch (error) {
    await settled.undo();
    throw error;
  }
}
async function hashesOf({ where, lockOnly, distrust, trustNixAlone }, { project, system }, spotted, parts) {
  if (lockOnly) return spotted.map(recordedHash);
  const request = { where, project, builder: system, distrust: distrust ?? false };
  return hashAll({ ...request, twice: trustNixAlone !== true }, spotted, parts);
}
var recordedHash = ({ pinned }) => ({
  ...{ system: pinned.target.system, before: pinned.hash, after: pinned.hash },
  how: "recorded"
});
async function checkHosts(spotted, { checkHost }) {
  const seen = /* @__PURE__ */ new Set();
  for (const { url, filename, name: name2 } of spotted.flatMap(({ artifacts }) => artifacts)) {
    if (url === void 0 || seen.has(url)) continue;
    seen.add(url);
    await checkHost?.(url, filename ?? name2);
  }
}
async function planAll(pinned, lockFile, read) {
  const project = await loadProject(pinned.project, read);
  const text2 = await read(lockFile);
  const before = text2 === void 0 ? void 0 : { text: text2, lock: parseBuildLock(text2, lockFile) };
  return { project, before, spotted: spot(project, pinned, before?.lock) };
}

export {
  failureCause,
  buildAndImport,
  literalAt,
  unsetHashAt,
  isUnsetHash,
  unsetHashesOf,
  replaceLiteral,
  literalsOf,
  lineOf,
  update
};
