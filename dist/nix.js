import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
var __defProp = Object.defineProperty;
var __knownSymbol = (name, symbol) => (symbol = Symbol[name]) ? symbol : /* @__PURE__ */ Symbol.for("Symbol." + name);
var __typeError = (msg) => {
  throw TypeError(msg);
};
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __using = (stack, value, async) => {
  if (value != null) {
    if (typeof value !== "object" && typeof value !== "function") __typeError("Object expected");
    var dispose, inner;
    if (async) dispose = value[__knownSymbol("asyncDispose")];
    if (dispose === void 0) {
      dispose = value[__knownSymbol("dispose")];
      if (async) inner = dispose;
    }
    if (typeof dispose !== "function") __typeError("Object not disposable");
    if (inner) dispose = function() {
      try {
        inner.call(this);
      } catch (e) {
        return Promise.reject(e);
      }
    };
    stack.push([async, dispose, value]);
  } else if (async) {
    stack.push([async]);
  }
  return value;
};
var __callDispose = (stack, error, hasError) => {
  var E = typeof SuppressedError === "function" ? SuppressedError : function(e, s, m, _) {
    return _ = Error(m), _.name = "SuppressedError", _.error = e, _.suppressed = s, _;
  };
  var fail = (e) => error = hasError ? new E(e, error, "An error was suppressed during disposal") : (hasError = true, e);
  var next = (it) => {
    while (it = stack.pop()) {
      try {
        var result = it[1] && it[1].call(it[2]);
        if (it[0]) return Promise.resolve(result).then(next, (e) => (fail(e), next()));
      } catch (e) {
        fail(e);
      }
    }
    if (hasError) throw error;
  };
  return next();
};

// src/nix.ts
import { parseArgs } from "node:util";

// package.json
var package_default = {
  name: "uv-fod",
  version: "0.1.0",
  description: "Keeps Nix fixed-output derivations of a uv.lock current: finds the change, computes the hash, patches, builds, verifies, opens the pull request.",
  license: "MIT",
  private: true,
  type: "module",
  engines: {
    node: ">=24"
  },
  bin: {
    "uv-fod": "dist/cli.js"
  },
  scripts: {
    build: "node script/build.mjs",
    "check:types": "tsc --noEmit",
    "check:lint": "biome ci --error-on-warnings .",
    "check:dist": "node script/build.mjs --check",
    "check:docs": "node script/docs.mjs --check",
    docs: "node script/docs.mjs",
    format: "script/format",
    snapshots: "node script/build.mjs && script/machine node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js --testTimeout 60000 --forceExit --selectProjects e2e --updateSnapshot -- pull-requests small updater-action",
    jest: "node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js"
  },
  devDependencies: {
    "@biomejs/biome": "2.5.15",
    "@jest/globals": "30.5.2",
    "@octokit/graphql-schema": "15.26.1",
    "@octokit/openapi-types": "29.0.1",
    "@types/markdown-it": "14.2.0",
    "@types/node": "24.19.2",
    "@types/semver": "7.8.0",
    "@types/tar-stream": "3.1.5",
    ajv: "8.20.0",
    "ajv-formats": "3.0.1",
    "ajv-formats-draft2019": "1.6.1",
    esbuild: "0.28.2",
    "fast-check": "4.10.2",
    graphql: "16.15.0",
    jest: "30.5.2",
    "jest-environment-node": "30.5.2",
    "markdown-it": "15.0.3",
    typescript: "7.0.2",
    yaml: "2.9.1"
  },
  dependencies: {
    "@actions/cache": "6.3.0",
    "@actions/core": "3.0.1",
    "@actions/exec": "3.0.0",
    "@actions/github": "9.1.1",
    "@bomb.sh/tab": "0.0.22",
    "@cyclonedx/cyclonedx-library": "10.3.0",
    "@inquirer/input": "5.2.0",
    "@inquirer/select": "5.3.0",
    "@octokit/plugin-retry": "8.1.1",
    "@octokit/plugin-throttling": "11.0.5",
    "@octokit/request-error": "7.1.2",
    "@renovatebot/pep440": "5.0.1",
    commander: "15.1.0",
    diff: "9.0.0",
    "p-limit": "7.3.3",
    semver: "7.8.6",
    "smol-toml": "1.9.1",
    "tar-stream": "3.2.2",
    "toml-eslint-parser": "1.0.3"
  },
  overrides: {
    "unrs-resolver": "1.11.1"
  }
};

// src/build-lock/git-tree.ts
import { mkdir, readdir, rm as rm2, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path3 from "node:path";

// src/system/environment.ts
import path from "node:path";

// src/system/errors.ts
var UserError = class extends Error {
  /** Stable, documented identifier of the kind of failure, e.g. `lock-missing`. */
  code;
  /** Position of the cause, if known; line and column count from 1. */
  at;
  /** Output of the failing stage; its last lines are shown (`tellingLines`). */
  log;
  constructor(code, message, more = {}) {
    super(message, { cause: more.cause });
    this.name = "UserError";
    this.code = code;
    this.at = more.at;
    this.log = more.log;
  }
};
function ifUserError(error) {
  if (!(error instanceof UserError)) throw error;
}

// src/system/limits.ts
var minute = 60;
var hour = 60 * minute;
var megabyte = 1 << 20;
var usual = { seconds: 10 * minute, stdout: 64 * megabyte, stderr: 64 * megabyte };
var table = /* @__PURE__ */ new Map([
  // Evaluation alone. It may fetch a flake's inputs, or build what it imports.
  ["nix-instantiate", { ...usual, seconds: 5 * minute }],
  // Nix's structured log is more than twice as long as what a build prints.
  ["nix-build", { seconds: 5 * hour, stdout: megabyte, stderr: 256 * megabyte }],
  ["nix-store", { ...usual, seconds: hour }],
  ["nix", { ...usual, seconds: hour }],
  ["curl", { ...usual, seconds: hour }]
]);
var longest = 2 ** 31 / 1e3 - 1;
function limitsOf(program, seconds) {
  const limits = table.get(program) ?? usual;
  return seconds === void 0 ? limits : { ...limits, seconds };
}
var timedOut = (command2, { seconds }) => new UserError(
  "timed-out",
  `'${command2}' did not end within ${seconds} seconds and was ended with all that it started. If it has to take longer, set the environment variable UV_FOD_TIME_LIMIT to more seconds.`
);
var tooMuchOutput = (command2, bytes) => new UserError(
  "too-much-output",
  `'${command2}' printed more than ${bytes / megabyte} MB and was ended with all that it started. Remove from its input what makes it print so much.`
);

// src/system/environment.ts
var absoluteOnly = (entries) => entries.split(path.delimiter).filter(path.isAbsolute).join(path.delimiter);
function quietGit(...more) {
  const entries = [...quiet, ...more].flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value]
  ]);
  return {
    ...{ GIT_HTTP_LOW_SPEED_LIMIT: "1000", GIT_HTTP_LOW_SPEED_TIME: "60" },
    ...{ GIT_CONFIG_COUNT: String(entries.length / 2), ...Object.fromEntries(entries) }
  };
}
var quiet = [
  ["core.fsmonitor", "false"],
  ["core.hooksPath", "/dev/null"],
  ["core.alternateRefsCommand", "true"],
  ["protocol.ext.allow", "never"],
  ["maintenance.auto", "false"]
];
var withoutHelpers = [
  ["credential.helper", ""],
  ["core.askPass", "true"]
];
var loneGit = (...more) => ({
  ...quietGit(...withoutHelpers, ...more),
  ...{ GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null", GIT_ATTR_NOSYSTEM: "1" },
  GIT_TERMINAL_PROMPT: "0"
});

// src/system/files.ts
import { mkdtemp, rm } from "node:fs/promises";

// src/system/inside.ts
import { lstat, realpath } from "node:fs/promises";
import path2 from "node:path";
function pathBelow(root, file) {
  const relative3 = path2.relative(root, file);
  const isElsewhere = relative3 === ".." || relative3.startsWith(`..${path2.sep}`) || path2.isAbsolute(relative3);
  return isElsewhere || file.includes("\0") ? void 0 : relative3;
}
async function isInside(root, file) {
  return pathBelow(root, file) !== void 0 && await realPathBelow(root, file) !== void 0;
}
async function realPathBelow(root, file) {
  const [top, found] = await Promise.all([realpath(root).catch(() => root), realPath(file)]);
  return found === void 0 ? void 0 : pathBelow(top, found);
}
async function realPath(file) {
  for (let at = file; ; at = path2.dirname(at)) {
    const found = await realpath(at).catch(() => void 0);
    if (found !== void 0) return path2.join(found, path2.relative(at, file));
    if (at === path2.dirname(at) || (await lstat(at).catch(() => void 0))?.isSymbolicLink())
      return void 0;
  }
}
async function requireInside(root, file, what) {
  if (!await isInside(root, file)) throw outside(root, what);
}
var outside = (root, what) => new UserError(
  "file-outside",
  `${what} leads out of the repository ${root}, so it is not read. Put the file itself into the repository.`
);
async function repositoryOf(dir, store = "/nix/store") {
  const inStore = pathBelow(store, dir)?.split(path2.sep)[0];
  if (inStore) return path2.join(store, inStore);
  for (let folder = dir; ; folder = path2.dirname(folder)) {
    if (await lstat(path2.join(folder, ".git")).catch(() => void 0)) return folder;
    if (folder === path2.dirname(folder)) return void 0;
  }
}

// src/system/read-bytes.ts
import { constants } from "node:fs";
import { open } from "node:fs/promises";
var flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
async function readBytes(file, most, links = "follow") {
  try {
    var _stack = [];
    try {
      const handle = __using(_stack, await open(file, flags | (links === "refuse" ? constants.O_NOFOLLOW : 0)), true);
      const found = await handle.stat();
      if (!found.isFile())
        throw new UserError("file-unreadable", `${file} is not a file. Name a file, or put one there.`);
      if (found.size > most) throw tooLarge(file, found.size, most);
      let bytes = Buffer.alloc(Math.max(found.size, 4095) + 1);
      for (let size = 0; ; ) {
        const { bytesRead } = await handle.read(bytes, size);
        if (bytesRead === 0) return bytes.subarray(0, size);
        size += bytesRead;
        if (size > most) throw tooLarge(file, size, most);
        if (size === bytes.length) bytes = Buffer.concat([bytes], 2 * size);
      }
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = error.code ?? String(error);
    if (code === "ENOENT" || code === "ENOTDIR") return void 0;
    if (code === "EMFILE" || code === "ENFILE") throw error;
    throw new UserError("file-unreadable", `${file} cannot be read (${code}). Name a file that can.`, {
      cause: error
    });
  }
}
var tooLarge = (file, size, most) => new UserError(
  "file-too-large",
  `${file} has ${megabytes(size)}; files of more than ${megabytes(most)} are not read here. Look at what is in it.`
);
var megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

// src/system/files.ts
var MAX_BYTES = 32 * 1024 * 1024;
async function readText(file) {
  const bytes = await readBytes(file, MAX_BYTES);
  try {
    return bytes && new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(
      "file-unreadable",
      `${file} is not text in UTF-8. Name another file, or write it again.`
    );
  }
}
async function inFolder(prefix, body) {
  const folder = await mkdtemp(prefix);
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// src/build-lock/git-tree.ts
var noAttributes = "* -text -eol -crlf -ident -filter -working-tree-encoding\n";
async function fetchGitTree(source, out, run, checkHost) {
  validate(source);
  await checkHost?.(source.url, `The repository ${source.url}`);
  await mkdir(out, { recursive: true });
  await inFolder(path3.join(tmpdir(), "uv-fod-git-"), async (template) => {
    await mkdir(path3.join(template, "info"));
    await writeFile(path3.join(template, "info/attributes"), noAttributes);
    await checkout(source, out, template, run, checkHost);
  });
  await removeRepositories(out);
}
function validate({ url, commit: commit2 }) {
  if (!/^[0-9a-f]{40}$/.test(commit2))
    throw new UserError(
      "git-unreachable",
      `'${commit2}' is not a commit id of 40 hexadecimal digits; lock again with uv.`
    );
  if (!/^(https?|ssh):\/\//.test(url))
    throw new UserError(
      "git-unreachable",
      `'${url}' is not an http, https or ssh address of a git repository; correct the source in pyproject.toml and lock again.`
    );
}
async function checkout({ url, commit: commit2 }, out, template, run, checkHost) {
  const env = {
    ...loneGit(["core.symlinks", "true"], ["core.autocrlf", "false"], ["fetch.recurseSubmodules", "false"]),
    // No other protocols: `ext::` runs commands, and `file://` reads this machine.
    GIT_ALLOW_PROTOCOL: "https:http:ssh",
    GIT_TEMPLATE_DIR: template
  };
  const git = async (cwd, ...args) => {
    const result = await run("git", args, { cwd, env });
    if (result.code === 0) return result.stdout;
    throw new UserError(
      "git-unreachable",
      `Commit ${commit2} of ${url} can't be fetched: ${result.stderr.trim().split("\n").at(-1) ?? ""}. Check that the repository still has it and that this machine can read it; otherwise lock again.`,
      { log: result.stderr }
    );
  };
  await git(out, "init", "--quiet", "--initial-branch=main");
  await git(out, "config", "remote.origin.url", url);
  await git(out, "fetch", "--quiet", "--depth=1", "--no-tags", "--", url, commit2);
  await git(out, "checkout", "--quiet", "--force", "--detach", "FETCH_HEAD");
  const open4 = [out];
  for (let dir = open4.pop(); dir !== void 0; dir = open4.pop()) {
    const at = dir;
    const gitHere = (...args) => git(at, ...args);
    for (const inner of await submodules(gitHere, checkHost)) open4.push(path3.join(at, inner));
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
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    if (entry.name === ".git")
      await rm2(path3.join(entry.parentPath, entry.name), { recursive: true, force: true });
  }
}

// src/build-lock/inside-nix.ts
import { readFile as readFile2, writeFile as writeFile2 } from "node:fs/promises";
import path7 from "node:path";

// src/system/printable.ts
var UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
var SEQUENCES = /\u001b\[[0-?]*[ -/]*[@-~]/g;
function printable(text2) {
  return text2.replace(UNSEEN, visible);
}
function someOf(texts, most, separator = ", ") {
  const more = texts.length > most ? ` and ${texts.length - most} more` : "";
  return texts.slice(0, most).join(separator) + more;
}
var RUNS = new RegExp(`${UNSEEN.source}+`, "gu");
function harmless(text2) {
  return text2.replace(/\r\n?/g, "\n").replace(SEQUENCES, "").split("\n").map((line) => withoutCommand(line.split("	").map(printable).join("	"))).join("\n");
}
function withoutCommand(line) {
  return line.replace(/##(?=\[)/g, "## ").replace(/^(\s*)::/, "$1| ::");
}
var visible = (character) => {
  const code = character.codePointAt(0) ?? 0;
  return code > 65535 ? `\\u{${code.toString(16)}}` : unit(code);
};
var unit = (code) => `\\u${code.toString(16).padStart(4, "0")}`;

// src/uv/lock/project.ts
import { stat } from "node:fs/promises";
import path5 from "node:path";

// src/uv/lock/marker.ts
var VERSIONS = ["python_version", "python_full_version", "implementation_version"];
var STRINGS = [
  ...["os_name", "sys_platform", "implementation_name", "platform_python_implementation"],
  ...["platform_machine", "platform_release", "platform_system", "platform_version"]
];
var WORDS = /(?<word>[()]| and | or )|(?<name>\w+) (?<operator>[<>=!~]=|[<>]|in|not in) '(?<value>[^']*)'|'(?<part>[^']*)' (?<contained>in|not in) (?<whole>\w+)/gy;
function parseMarker(text2) {
  const program = [];
  const extras = /* @__PURE__ */ new Set();
  const pending = [];
  const reduce = (lowest) => {
    for (let top = pending.at(-1); top === "and" || top === "or" && lowest === "or"; top = pending.at(-1)) {
      program.push(top);
      pending.pop();
    }
  };
  let at = 0;
  let isComplete = false;
  for (const { 0: all, groups = {} } of text2.matchAll(WORDS)) {
    const { word: word2, name = "", operator = "", value = "", part = "", contained, whole = "" } = groups;
    if (isComplete === (word2 === "(" || word2 === void 0)) return at + 1;
    if (word2 === "(") pending.push("(");
    else if (word2 === ")") {
      reduce("or");
      if (pending.pop() === void 0) return at + 1;
    } else if (word2 === void 0) {
      const comparison = contained === void 0 ? compare(name, operator, value, extras) : compare(whole, contained.replace("in", "contains"), part, extras);
      if (comparison === void 0) return at + 1;
      program.push(comparison);
    } else {
      const joint = word2 === " and " ? "and" : "or";
      reduce(joint);
      pending.push(joint);
    }
    isComplete = word2 === ")" || word2 === void 0;
    at += all.length;
  }
  reduce("or");
  const isRead = at === text2.length && isComplete && pending.length === 0;
  return isRead ? { text: text2, program, extras: [...extras] } : at + 1;
}
function evaluate(marker, environment, extra) {
  const stack = [];
  for (const item of marker?.program ?? []) {
    if (typeof item === "function") {
      stack.push(item(environment, extra));
      continue;
    }
    const [right = true, left = true] = [stack.pop(), stack.pop()];
    stack.push(item === "and" ? left && right : left || right);
  }
  return stack.pop() ?? true;
}
function compare(name, operator, value, extras) {
  if (name === "extra") {
    if (operator !== "==" && operator !== "!=") return void 0;
    extras.add(value);
    return (_, extra) => {
      const active = extra(value);
      return active === "either" || active === (operator === "==");
    };
  }
  const version2 = VERSIONS.find((one) => one === name);
  if (version2 !== void 0) return compareVersion(version2, operator, value);
  const variable = STRINGS.find((one) => one === name);
  return variable && compareString(variable, operator, value);
}
var ORDERS = /* @__PURE__ */ new Map([
  ["==", (order2) => order2 === 0],
  ["!=", (order2) => order2 !== 0],
  ["<", (order2) => order2 < 0],
  ["<=", (order2) => order2 <= 0],
  [">", (order2) => order2 > 0],
  [">=", (order2) => order2 >= 0]
]);
function compareString(variable, operator, value) {
  const isNegated = operator.startsWith("not");
  if (operator.endsWith("in")) return (environment) => value.includes(environment[variable]) !== isNegated;
  if (operator.endsWith("contains"))
    return (environment) => environment[variable].includes(value) !== isNegated;
  const holds = ORDERS.get(operator);
  const isOrdered = variable === "platform_release" || variable === "platform_version";
  return holds && (({ [variable]: actual }) => {
    if (actual === value) return holds(0);
    return holds(isOrdered ? actual < value ? -1 : 1 : Number.NaN);
  });
}
var RELEASE = /^(\d+(?:\.\d+)*)(?:(\.\*)|(?:a|b|rc)\d+)?$/;
function compareVersion(variable, operator, value) {
  const [, digits2, star] = RELEASE.exec(value) ?? [];
  const holds = ORDERS.get(operator);
  if (digits2 === void 0 || holds === void 0) return void 0;
  const wanted2 = releaseOf(digits2);
  if (star === void 0) return (environment) => holds(order(releaseOf(environment[variable]), wanted2));
  if (operator !== "==" && operator !== "!=") return void 0;
  return (environment) => holds(order(releaseOf(environment[variable]).slice(0, wanted2.length), wanted2));
}
var releaseOf = (version2) => version2.split(".").map(Number);
function order(left, right) {
  const length = Math.max(left.length, right.length);
  const differences = Array.from({ length }, (_, index) => (left[index] ?? 0) - (right[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

// src/uv/lock/names.ts
var NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;
function isName(text2) {
  return NAME.test(text2);
}
function normalizeName(text2) {
  return NAME.test(text2) ? text2.toLowerCase().replace(/[-_.]+/g, "-") : void 0;
}

// src/uv/lock/reader.ts
function positionOf({ file, line }) {
  const found = line();
  return found === void 0 ? { file } : { file, line: found };
}
function messageAt(place, what, fix2 = "Run 'uv lock' to recreate it.") {
  const at = positionOf(place);
  const where = at.line === void 0 ? at.file : `${at.file}:${at.line}`;
  const subject = place.subject === "" ? "" : ` (${place.subject})`;
  return printable(`${where}${subject}: ${what}. ${fix2}`);
}
function clip(text2, length = 120) {
  return text2.length <= length ? text2 : `${text2.slice(0, length)}\u2026`;
}
function isTable(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
var tablesOf = (value) => Array.isArray(value) ? value.filter(isTable) : [];
var isString = (value) => typeof value === "string";
var isBoolean = (value) => typeof value === "boolean";
var isCount = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
var isArray = (value) => Array.isArray(value);
var TomlReader = class _TomlReader {
  values;
  place;
  /** Parsed markers by text: a lock repeats a few of them thousands of times. */
  #markers;
  constructor(values, place, markers = /* @__PURE__ */ new Map()) {
    this.values = values;
    this.place = place;
    this.#markers = markers;
  }
  /** A reader for an inner table, or for this table with a more exact place. */
  inner(values, place = this.place) {
    return new _TomlReader(values, place, this.#markers);
  }
  invalid(what, fix2) {
    return new UserError("lock-invalid", messageAt(this.place, what, fix2), { at: positionOf(this.place) });
  }
  /** The value of an own key. */
  get(key) {
    return Object.hasOwn(this.values, key) ? this.values[key] : void 0;
  }
  has(key) {
    return this.get(key) !== void 0;
  }
  string(key) {
    return this.#typed(key, isString, "a string");
  }
  requiredString(key) {
    const value = this.string(key);
    if (value === void 0) throw this.invalid(`'${key}' is missing`);
    return value;
  }
  boolean(key) {
    return this.#typed(key, isBoolean, "true or false");
  }
  count(key) {
    return this.#typed(key, isCount, "a whole number");
  }
  /** A table; empty if the key is missing. */
  table(key) {
    return this.inner(this.#typed(key, isTable, "a table") ?? {});
  }
  /** Arrays are empty if the key is missing. */
  tables(key) {
    return this.#items(key, isTable, "tables").map((table2) => this.inner(table2));
  }
  /** Arrays of tables. */
  tableLists(key) {
    const lists = this.#items(key, isArray, "arrays");
    return lists.map((list3) => this.inner({ [key]: list3 }).tables(key));
  }
  /** Normalized names of packages, extras or groups. */
  names(key) {
    return this.#items(key, isString, "strings").map((text2) => this.#normalized(text2, key));
  }
  /** The keys of this table as normalized names, each with what `read` takes from its key. */
  byName(read2) {
    return new Map(Object.keys(this.values).map((key) => [this.#normalized(key, key), read2(key)]));
  }
  /** The keys of this table as normalized names. */
  keys() {
    return [...this.byName(() => void 0).keys()];
  }
  name(key) {
    return this.#normalized(this.requiredString(key), key);
  }
  optionalName(key) {
    return this.has(key) ? this.name(key) : void 0;
  }
  /** A missing or empty marker is undefined. */
  marker(key) {
    const text2 = this.string(key);
    return text2 === void 0 || text2 === "" ? void 0 : this.#marker(text2);
  }
  markers(key) {
    return this.#items(key, isString, "strings").map((text2) => this.#marker(text2));
  }
  #marker(text2) {
    const marker = this.#markers.get(text2) ?? parseMarker(text2);
    if (typeof marker === "number") {
      const what = `the marker ${JSON.stringify(clip(text2))} is not one that uv writes, from its column ${marker} on`;
      throw new UserError("lock-marker", messageAt(this.place, what), { at: positionOf(this.place) });
    }
    this.#markers.set(text2, marker);
    return marker;
  }
  #normalized(text2, key) {
    const name = normalizeName(text2);
    if (name === void 0) throw this.invalid(`'${clip(text2)}' in '${key}' is not a name`);
    return name;
  }
  #typed(key, is, expected) {
    const value = this.get(key);
    if (value === void 0 || is(value)) return value;
    throw this.invalid(`'${key}' has to be ${expected}, not ${describe(value)}`);
  }
  #items(key, is, expected) {
    const items = this.#typed(key, isArray, "an array") ?? [];
    return items.map((item) => {
      if (is(item)) return item;
      throw this.invalid(`'${key}' has to hold ${expected}, not ${describe(item)}`);
    });
  }
};
function describe(value) {
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return "a date";
  return typeof value === "object" ? "a table" : `a ${typeof value}`;
}

// src/uv/lock/source.ts
import path4 from "node:path";
var SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
var KINDS = ["registry", "git", "url", "path", "directory", "editable", "virtual"];
function readSource(owner) {
  const value = owner.get("source");
  if (!isTable(value)) throw owner.invalid("'source' is missing or not a table");
  const table2 = owner.inner(value);
  for (const kind of KINDS) {
    const text2 = table2.get(kind);
    if (typeof text2 === "string") return sourceOf(kind, text2, table2);
  }
  throw owner.invalid(
    `'source' names none of ${KINDS.join(", ")}`,
    "A newer uv may have written it: update uv-fod."
  );
}
function sourceOf(kind, text2, table2) {
  switch (kind) {
    case "registry":
      return SCHEME.test(text2) ? { kind, url: text2 } : { kind: "registry-path", path: text2 };
    case "git":
      return gitSource(text2, table2);
    case "url":
      return { kind, url: text2, subdirectory: table2.string("subdirectory") };
    case "path":
      return { kind, path: text2 };
    default:
      return { kind, path: text2 === "" ? "." : text2 };
  }
}
function gitSource(text2, table2) {
  const [, url, query, commit2] = /^([^?#]*)(?:\?([^#]*))?#([0-9a-f]{40})$/i.exec(text2) ?? [];
  if (url === void 0 || commit2 === void 0)
    throw table2.invalid(
      `the git source '${clip(bareUrl(text2))}' does not end in '#' and a commit of 40 digits`
    );
  const values = new URLSearchParams(query);
  const kind = ["rev", "tag", "branch"].find((name2) => values.has(name2));
  const name = kind === void 0 ? null : values.get(kind);
  if (kind === "rev" && /^[0-9a-f]{40}$/i.test(name ?? "") && name?.toLowerCase() !== commit2.toLowerCase())
    throw table2.invalid(`the git source requests commit ${name} but pins ${commit2}`);
  return {
    kind: "git",
    url: bareUrl(url),
    commit: commit2.toLowerCase(),
    subdirectory: values.get("subdirectory") ?? void 0,
    path: values.get("path") ?? void 0,
    lfs: values.get("lfs")?.toLowerCase() === "true",
    ref: kind === void 0 || name === null ? void 0 : { kind, name }
  };
}
var sourceKey = (source) => JSON.stringify(source);
var isTree = (source) => source.kind === "directory" || source.kind === "editable" || source.kind === "virtual";
var isRegistry = ({ kind }) => kind === "registry" || kind === "registry-path";
function lastSegment(url) {
  const bare = url.split(/[?#]/, 1)[0] ?? "";
  const segment = bare.slice(bare.lastIndexOf("/") + 1);
  try {
    const decoded2 = decodeURIComponent(segment);
    return decoded2 === "" || /[/\\\0]|^\.\.?$/.test(decoded2) ? void 0 : decoded2;
  } catch {
    return void 0;
  }
}
function bareUrl(url) {
  const bare = url.split(/[?#]/, 1)[0] ?? "";
  return bare.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*(?:@[^/@]*)*@/i, "$1");
}
var pathIn = (folder, file) => path4.posix.isAbsolute(file) ? file : path4.posix.join(folder, file);
var withoutSlash = (address2) => address2.replace(/(?<!\/)\/+$/, "");

// node_modules/@renovatebot/pep440/lib/version.js
var VERSION_PATTERN = [
  "v?",
  "(?:",
  /* */
  "(?:(?<epoch>[0-9]+)!)?",
  // epoch
  /* */
  "(?<release>[0-9]+(?:\\.[0-9]+)*)",
  // release segment
  /* */
  "(?<pre>",
  // pre-release
  /*    */
  "[-_\\.]?",
  /*    */
  "(?<pre_l>(a|b|c|rc|alpha|beta|pre|preview))",
  /*    */
  "[-_\\.]?",
  /*    */
  "(?<pre_n>[0-9]+)?",
  /* */
  ")?",
  /* */
  "(?<post>",
  // post release
  /*    */
  "(?:-(?<post_n1>[0-9]+))",
  /*    */
  "|",
  /*    */
  "(?:",
  /*        */
  "[-_\\.]?",
  /*        */
  "(?<post_l>post|rev|r)",
  /*        */
  "[-_\\.]?",
  /*        */
  "(?<post_n2>[0-9]+)?",
  /*    */
  ")",
  /* */
  ")?",
  /* */
  "(?<dev>",
  // dev release
  /*    */
  "[-_\\.]?",
  /*    */
  "(?<dev_l>dev)",
  /*    */
  "[-_\\.]?",
  /*    */
  "(?<dev_n>[0-9]+)?",
  /* */
  ")?",
  ")",
  "(?:\\+(?<local>[a-z0-9]+(?:[-_\\.][a-z0-9]+)*))?"
  // local version
].join("");
var validRegex = new RegExp("^" + VERSION_PATTERN + "$", "i");
function valid(version2) {
  return validRegex.test(version2) ? version2 : null;
}
var cleanRegex = new RegExp("^\\s*" + VERSION_PATTERN + "\\s*$", "i");
function parse(version2, regex) {
  const { groups } = (regex || validRegex).exec(version2) || {};
  if (!groups) {
    return null;
  }
  const parsed2 = {
    epoch: Number(groups.epoch ? groups.epoch : 0),
    release: groups.release.split(".").map(Number),
    pre: normalize_letter_version(groups.pre_l, groups.pre_n),
    post: normalize_letter_version(
      groups.post_l,
      groups.post_n1 || groups.post_n2
    ),
    dev: normalize_letter_version(groups.dev_l, groups.dev_n),
    local: parse_local_version(groups.local)
  };
  return parsed2;
}
function stringify(parsed2) {
  if (!parsed2) {
    return null;
  }
  const { epoch, release, pre, post, dev, local } = parsed2;
  const parts = [];
  if (epoch !== 0) {
    parts.push(`${epoch}!`);
  }
  parts.push(release.join("."));
  if (pre) {
    parts.push(pre.join(""));
  }
  if (post) {
    parts.push("." + post.join(""));
  }
  if (dev) {
    parts.push("." + dev.join(""));
  }
  if (local) {
    parts.push(`+${local}`);
  }
  return parts.join("");
}
function normalize_letter_version(letterIn, numberIn) {
  let letter = letterIn;
  let number = numberIn;
  if (letter) {
    if (!number) {
      number = 0;
    }
    letter = letter.toLowerCase();
    if (letter === "alpha") {
      letter = "a";
    } else if (letter === "beta") {
      letter = "b";
    } else if (["c", "pre", "preview"].includes(letter)) {
      letter = "rc";
    } else if (["rev", "r"].includes(letter)) {
      letter = "post";
    }
    return [letter, Number(number)];
  }
  if (!letter && number) {
    letter = "post";
    return [letter, Number(number)];
  }
  return null;
}
function parse_local_version(local) {
  if (local) {
    return local.split(/[._-]/).map(
      (part) => Number.isNaN(Number(part)) ? part.toLowerCase() : Number(part)
    );
  }
  return null;
}
function explain(version2) {
  const parsed2 = parse(version2);
  if (!parsed2) {
    return parsed2;
  }
  const { epoch, release, pre, post, dev, local } = parsed2;
  let base_version = "";
  if (epoch !== 0) {
    base_version += epoch + "!";
  }
  base_version += release.join(".");
  const is_prerelease = Boolean(dev || pre);
  const is_devrelease = Boolean(dev);
  const is_postrelease = Boolean(post);
  return {
    epoch,
    release,
    pre,
    post: post ? post[1] : post,
    dev: dev ? dev[1] : dev,
    local: local ? local.join(".") : local,
    public: stringify(parsed2).split("+", 1)[0],
    base_version,
    is_prerelease,
    is_devrelease,
    is_postrelease
  };
}

// node_modules/@renovatebot/pep440/lib/operator.js
var operator_exports = {};
__export(operator_exports, {
  "!=": () => ne,
  "<": () => lt,
  "<=": () => le,
  "==": () => eq,
  "===": () => arbitrary,
  ">": () => gt,
  ">=": () => ge,
  compare: () => compare2,
  eq: () => eq,
  ge: () => ge,
  gt: () => gt,
  le: () => le,
  lt: () => lt,
  ne: () => ne,
  rcompare: () => rcompare
});
function lt(version2, other) {
  return compare2(version2, other) < 0;
}
function le(version2, other) {
  return compare2(version2, other) <= 0;
}
function eq(version2, other) {
  return compare2(version2, other) === 0;
}
function ne(version2, other) {
  return compare2(version2, other) !== 0;
}
function ge(version2, other) {
  return compare2(version2, other) >= 0;
}
function gt(version2, other) {
  return compare2(version2, other) > 0;
}
function arbitrary(version2, other) {
  return version2.toLowerCase() === other.toLowerCase();
}
function compare2(version2, other) {
  const parsedVersion = parse(version2);
  const parsedOther = parse(other);
  const keyVersion = calculateKey(parsedVersion);
  const keyOther = calculateKey(parsedOther);
  return pyCompare(keyVersion, keyOther);
}
function rcompare(version2, other) {
  return -compare2(version2, other);
}
function pyCompare(elemIn, otherIn) {
  let elem = elemIn;
  let other = otherIn;
  if (elem === other) {
    return 0;
  }
  if (Array.isArray(elem) !== Array.isArray(other)) {
    elem = Array.isArray(elem) ? elem : [elem];
    other = Array.isArray(other) ? other : [other];
  }
  if (Array.isArray(elem)) {
    const len = Math.min(elem.length, other.length);
    for (let i = 0; i < len; i += 1) {
      const res = pyCompare(elem[i], other[i]);
      if (res !== 0) {
        return res;
      }
    }
    return elem.length - other.length;
  }
  if (elem === -Infinity || other === Infinity) {
    return -1;
  }
  if (elem === Infinity || other === -Infinity) {
    return 1;
  }
  return elem < other ? -1 : 1;
}
function calculateKey(input) {
  const { epoch } = input;
  let { release, pre, post, local, dev } = input;
  release = release.concat();
  release.reverse();
  while (release.length && release[0] === 0) {
    release.shift();
  }
  release.reverse();
  if (!pre && !post && dev) pre = -Infinity;
  else if (!pre) pre = Infinity;
  if (!post) post = -Infinity;
  if (!dev) dev = Infinity;
  if (!local) {
    local = -Infinity;
  } else {
    local = local.map(
      (i) => Number.isNaN(Number(i)) ? [-Infinity, i] : [Number(i), ""]
    );
  }
  return [epoch, release, pre, post, dev, local];
}

// node_modules/@renovatebot/pep440/lib/specifier.js
var RANGE_PATTERN = [
  "(?<operator>(===|~=|==|!=|<=|>=|<|>))",
  "\\s*",
  "(",
  /*  */
  "(?<version>(?:" + VERSION_PATTERN.replace(/\?<\w+>/g, "?:") + "))",
  /*  */
  "(?<prefix>\\.\\*)?",
  /*  */
  "|",
  /*  */
  "(?<legacy>[^,;\\s)]+)",
  ")"
].join("");
var isEqualityOperator = (op) => ["==", "!=", "==="].includes(op);
var rangeRegex = new RegExp("^" + RANGE_PATTERN + "$", "i");
function parse2(ranges) {
  if (!ranges.trim()) {
    return [];
  }
  const specifiers = ranges.split(",").map((range) => rangeRegex.exec(range.trim()) || {}).map(({ groups }) => {
    if (!groups) {
      return null;
    }
    let { ...spec } = groups;
    const { operator, version: version2, prefix, legacy: legacy2 } = groups;
    if (version2) {
      spec = { ...spec, ...explain(version2) };
      if (operator === "~=") {
        if (spec.release.length < 2) {
          return null;
        }
      }
      if (!isEqualityOperator(operator) && spec.local) {
        return null;
      }
      if (prefix) {
        if (!isEqualityOperator(operator) || spec.dev || spec.local) {
          return null;
        }
      }
    }
    if (legacy2 && operator !== "===") {
      return null;
    }
    return spec;
  });
  if (specifiers.filter(Boolean).length !== specifiers.length) {
    return null;
  }
  return specifiers;
}
function pick(versions, specifier, options) {
  const parsed2 = parse2(specifier);
  if (!parsed2) {
    return [];
  }
  return versions.filter((version2) => {
    const explained = explain(version2);
    if (!parsed2.length) {
      return explained && !(explained.is_prerelease && !options.prereleases);
    }
    return parsed2.reduce((pass, spec) => {
      if (!pass) {
        return false;
      }
      return contains({ ...spec, ...options }, { version: version2, explained });
    }, true);
  });
}
function satisfies(version2, specifier, options = {}) {
  const filtered = pick([version2], specifier, options);
  return filtered.length === 1;
}
function arrayStartsWith(array, prefix) {
  if (prefix.length > array.length) {
    return false;
  }
  for (let i = 0; i < prefix.length; i += 1) {
    if (prefix[i] !== array[i]) {
      return false;
    }
  }
  return true;
}
function contains(specifier, input) {
  const { explained } = input;
  let { version: version2 } = input;
  const { ...spec } = specifier;
  if (spec.prereleases === void 0) {
    spec.prereleases = spec.is_prerelease;
  }
  if (explained && explained.is_prerelease && !spec.prereleases) {
    return false;
  }
  if (spec.operator === "~=") {
    let compatiblePrefix = spec.release.slice(0, -1).concat("*").join(".");
    if (spec.epoch) {
      compatiblePrefix = spec.epoch + "!" + compatiblePrefix;
    }
    return satisfies(version2, `>=${spec.version}, ==${compatiblePrefix}`, {
      prereleases: spec.prereleases
    });
  }
  if (spec.prefix) {
    const isMatching = explained.epoch === spec.epoch && arrayStartsWith(explained.release, spec.release);
    const isEquality = spec.operator !== "!=";
    return isEquality ? isMatching : !isMatching;
  }
  if (explained && explained.local && spec.version) {
    if (spec.operator !== "===" && !spec.local) {
      version2 = explained.public;
      spec.version = explain(spec.version).public;
    }
  }
  if (spec.operator === "<" || spec.operator === ">") {
    if (eq(spec.release.join("."), explained.release.join("."))) {
      return false;
    }
  }
  const op = operator_exports[spec.operator];
  return op(version2, spec.version || spec.legacy);
}
function validRange(specifier) {
  return Boolean(parse2(specifier));
}

// src/uv/lock/version.ts
var SPELLINGS = {
  ...{ alpha: "a", beta: "b", c: "rc", pre: "rc", preview: "rc", rev: "post", r: "post", "": "post" }
};
var LONGEST = 1e3;
function parseVersion(text2) {
  const version2 = text2.trim().toLowerCase();
  if (version2.length > LONGEST || valid(version2) === null) return void 0;
  const [, epoch = "0", release = "", suffix = "", local] = /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)([^+]*)(?:\+(.*))?$/.exec(version2) ?? [];
  const segments = [...suffix.matchAll(/[-_.]?([a-z]*)[-_.]?(\d*)/g)].filter(([whole]) => whole !== "");
  const after = segments.map(
    ([, kind = "", number]) => `${SPELLINGS[kind] ?? kind}${trimNumber(number || "0")}`
  );
  const digits2 = release.split(".").map(trimNumber);
  const publicKey = `${trimNumber(epoch)}!${digits2.join(".").replace(/(?:\.0)+$/, "")}${after.join(".")}`;
  const label = local === void 0 ? "" : `+${local.split(/[-_.]/).map(trimNumber).join(".")}`;
  return { key: publicKey + label, publicKey };
}
var trimNumber = (text2) => /^\d+$/.test(text2) ? text2.replace(/^0+(?=\d)/, "") : text2;

// src/uv/lock/wheel-name.ts
var TAGS = /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$/;
var BUILD = /^(\d{1,20})((?!\d)[A-Za-z0-9_.]*)$/;
function parseWheelName(filename) {
  if (!filename.endsWith(".whl")) return "it does not end in .whl";
  const parts = filename.slice(0, -".whl".length).split("-");
  if (parts.length < 5 || parts.length > 7) return "it does not have 5 to 7 parts between dashes";
  const third = parts[2] ?? "";
  const hasBuild = parts.length === 7 || parts.length === 6 && /^\d/.test(third);
  const [python, abi, platform, variant] = parts.slice(hasBuild ? 3 : 2);
  const [, number = "", rest = ""] = BUILD.exec(hasBuild ? third : "") ?? [];
  if (hasBuild && number === "") return `'${third}' is not a build tag`;
  const build = hasBuild ? number.padStart(20, "0") + rest : "";
  if (!isName(parts[0] ?? "")) return `'${parts[0]}' is not a package name`;
  const version2 = parseVersion(parts[1] ?? "");
  if (version2 === void 0) return `'${parts[1]}' is not a version`;
  if (python === void 0 || abi === void 0 || platform === void 0) return "a tag is missing";
  for (const tags of [python, abi, platform]) if (!TAGS.test(tags)) return `'${tags}' is not a set of tags`;
  if (/^\d/.test(python)) return `'${python}' is not a Python tag`;
  return { filename, version: version2, build, tags: `${python}-${abi}-${platform}`, variant };
}

// src/uv/lock/packages.ts
function readPackages(tables) {
  const entries = tables.map((table2) => ({ table: table2, item: readPackage(table2) }));
  const index = new PackageIndex(entries.map(({ item }) => item));
  for (const { table: table2, item } of entries) {
    const extras = table2.table("optional-dependencies");
    const groups = table2.table(groupsKey(table2));
    item.dependencies = readDependencies(table2, "dependencies", index);
    item.extras = extras.byName((key) => readDependencies(extras, key, index));
    item.groups = groups.byName((key) => readDependencies(groups, key, index));
  }
  return entries.map(({ item }) => item);
}
var groupsKey = (table2) => table2.has("dev-dependencies") ? "dev-dependencies" : "dependency-groups";
function readPackage(table2) {
  const name = table2.name("name");
  const version2 = table2.string("version");
  if (version2 !== void 0 && (version2.trim() !== version2 || parseVersion(version2) === void 0))
    throw table2.invalid(`'${clip(version2)}' is not a version`);
  const source = readSource(table2);
  if (isRegistry(source) && version2 === void 0) throw table2.invalid("'version' is missing");
  const wheels = readWheels(table2, version2);
  checkHashes(table2, source, wheels);
  const metadata = table2.table("metadata");
  const required = metadata.has("requires-dev") ? "requires-dev" : "dependency-groups";
  return {
    name,
    version: version2,
    source,
    wheels,
    sdist: readSdist(table2),
    resolutionMarkers: table2.markers("resolution-markers"),
    dependencies: [],
    extras: table2.table("optional-dependencies").byName(() => []),
    groups: table2.table(groupsKey(table2)).byName(() => []),
    declaredExtras: metadata.names("provides-extras"),
    declaredGroups: metadata.table(required).keys(),
    defaultGroups: readDefaultGroups(table2),
    groupRequiresPython: readGroupPythons(table2),
    metadata: table2.has("metadata") ? metadata.values : void 0,
    place: table2.place
  };
}
function checkHashes(table2, source, wheels) {
  if (isRegistry(source)) return;
  const { kind } = source;
  const wanted2 = kind === "url" || kind === "path" || kind === "git" && source.path !== void 0;
  if (wheels.some(({ hash }) => hash !== void 0 !== wanted2))
    throw table2.invalid(`a wheel of a '${kind}' source ${wanted2 ? "needs" : "cannot have"} a hash`);
}
function readDefaultGroups(table2) {
  const value = table2.get("default-groups");
  return value === void 0 || value === "all" ? value : table2.names("default-groups");
}
function readGroupPythons(table2) {
  const groups = table2.table("group-requires-python");
  const found = groups.byName((key) => {
    const value = groups.get(key);
    const specifier = isTable(value) ? value["requires-python"] : value;
    return typeof specifier === "string" ? specifier : "";
  });
  return new Map([...found].filter(([, specifier]) => specifier !== ""));
}
function readDependencies(owner, key, index) {
  const seen = /* @__PURE__ */ new Set();
  return owner.tables(key).map((table2) => {
    const found = index.find(table2);
    const extras = table2.names("extra");
    const marker = table2.marker("marker");
    const identity = `${packageId(found)} ${extras.join(",")} ${marker?.text ?? ""}`;
    if (seen.has(identity)) throw owner.invalid(`the dependency '${found.name}' is there twice`);
    seen.add(identity);
    return { package: found, extras: extras.filter((extra) => found.extras.has(extra)), marker };
  });
}
var PackageIndex = class {
  #byName;
  #byId = /* @__PURE__ */ new Map();
  constructor(packages) {
    this.#byName = Map.groupBy(packages, ({ name }) => name);
    for (const item of packages) {
      const id = packageId(item);
      if (this.#byId.has(id))
        throw new TomlReader({}, item.place).invalid("the same package, version and source is there twice");
      this.#byId.set(id, item);
    }
  }
  find(table2) {
    const name = table2.name("name");
    const same = this.#byName.get(name) ?? [];
    const only = same.length === 1 ? same[0] : void 0;
    const version2 = table2.string("version") ?? only?.version;
    const source = table2.has("source") ? readSource(table2) : only?.source;
    if (same.length > 1 && (source === void 0 || version2 === void 0 && !isTree(source)))
      throw table2.invalid(
        `the dependency '${name}' fits ${same.length} packages and names no source or no version`
      );
    const found = source && this.#byId.get(packageId({ name, version: version2, source }));
    if (found !== void 0) return found;
    throw table2.invalid(
      `it depends on '${version2 === void 0 ? name : `${name} ${version2}`}', which the lock does not hold`
    );
  }
};
function packageId({ name, version: version2, source }) {
  return `${name} ${version2 === void 0 ? "" : parseVersion(version2)?.key ?? version2} ${sourceKey(source)}`;
}
var DIGITS = /* @__PURE__ */ new Map([
  ["md5", 32],
  ["sha256", 64],
  ["sha384", 96],
  ["sha512", 128],
  ["blake2b", 128]
]);
function readWheels(table2, version2) {
  const expected = version2 === void 0 ? void 0 : parseVersion(version2)?.key;
  return table2.tables("wheels").map((entry) => {
    const file = readFile(entry);
    const filename = fileName(file) ?? entry.string("filename");
    if (filename === void 0) throw table2.invalid("a wheel has no url, path or filename");
    const name = parseWheelName(filename);
    if (typeof name === "string")
      throw table2.invalid(`'${clip(filename)}' is not a wheel's file name: ${name}`);
    if (expected !== void 0 && name.version.key !== expected && name.version.publicKey !== expected)
      throw table2.invalid(`the wheel '${clip(filename)}' is not of version ${version2}`);
    return { ...file, name };
  });
}
function readSdist(table2) {
  return table2.has("sdist") ? readFile(table2.table("sdist")) : void 0;
}
function fileName({ url, path: path15 }) {
  return url === void 0 ? path15?.slice(path15.lastIndexOf("/") + 1) : lastSegment(url);
}
function readFile(entry) {
  const hash = entry.string("hash");
  if (hash !== void 0) checkHash(hash, entry);
  const time = entry.get("upload-time");
  return {
    ...{ url: entry.string("url"), path: entry.string("path"), hash, size: entry.count("size") },
    ...typeof time === "string" ? { uploadTime: time } : {}
  };
}
function checkHash(hash, entry) {
  const colon = hash.indexOf(":");
  const digits2 = DIGITS.get(hash.slice(0, Math.max(colon, 0)));
  if (digits2 === void 0)
    throw entry.invalid(
      `the hash '${clip(hash)}' does not begin with one of ${[...DIGITS.keys()].join(", ")}`
    );
  const digest = hash.slice(colon + 1);
  if (digest.length !== digits2 || !/^[0-9a-f]*$/i.test(digest))
    throw entry.invalid(`the hash '${clip(hash)}' is not ${digits2} hexadecimal digits`);
}

// node_modules/smol-toml/dist/error.js
function getLineColFromPtr(string, ptr) {
  let lines = string.slice(0, ptr).split(/\r?\n/);
  return [lines.length, lines.pop().length + 1];
}
function makeCodeBlock(string, line, column) {
  let lines = string.split(/\r?\n/);
  let codeblock = "";
  let numberLen = (Math.log10(line + 1) | 0) + 1;
  for (let i = line - 1; i <= line + 1; i++) {
    let l = lines[i - 1];
    if (!l)
      continue;
    codeblock += i.toString().padEnd(numberLen, " ");
    codeblock += ":  ";
    codeblock += l;
    codeblock += "\n";
    if (i === line) {
      codeblock += " ".repeat(numberLen + column + 2);
      codeblock += "^\n";
    }
  }
  return codeblock;
}
var TomlError = class _TomlError extends Error {
  line;
  column;
  codeblock;
  constructor(message, options) {
    const [line, column] = getLineColFromPtr(options.toml, options.ptr);
    const codeblock = makeCodeBlock(options.toml, line, column);
    super(`Invalid TOML document: ${message}

${codeblock}`, options);
    this.line = line;
    this.column = column;
    this.codeblock = codeblock;
  }
  /** @internal */
  static x(message, ctx, ptr) {
    throw new _TomlError(message, { toml: ctx.s, ptr: ptr ?? ctx.p });
  }
};

// node_modules/smol-toml/dist/primitive.js
function parseString(ctx) {
  let startPtr = ctx.p;
  let c = ctx.s.charCodeAt(ctx.p++);
  let first3 = c;
  let isLiteral = c === 39;
  let isMultiline = c === ctx.s.charCodeAt(ctx.p) && c === ctx.s.charCodeAt(ctx.p + 1);
  if (isMultiline) {
    if ((c = ctx.s.charCodeAt(ctx.p += 2)) === 10)
      ctx.p++;
    else if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)
      ctx.p += 2;
  }
  let parsed2 = "";
  let sliceStart = ctx.p;
  let state = 0;
  for (; ctx.p < ctx.s.length; ctx.p++) {
    c = ctx.s.charCodeAt(ctx.p);
    if (isMultiline && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)) {
      state = state && 3;
    } else if (c < 32 && c !== 9 || c === 127) {
      TomlError.x("control characters are not allowed in strings", ctx);
    } else if ((!state || state === 3) && c === first3 && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first3 && ctx.s.charCodeAt(ctx.p + 2) === first3)) {
      if (isMultiline) {
        if (ctx.s.charCodeAt(ctx.p + 3) === first3)
          ctx.p++;
        if (ctx.s.charCodeAt(ctx.p + 3) === first3)
          ctx.p++;
      }
      if (!state) {
        let s = ctx.s.slice(sliceStart, ctx.p);
        parsed2 = parsed2 ? parsed2 + s : s;
      }
      ctx.p += isMultiline ? 3 : 1;
      return parsed2;
    } else if (!state) {
      if (!isLiteral && c === 92) {
        parsed2 += ctx.s.slice(sliceStart, sliceStart = ctx.p);
        state = 1;
      }
    } else if (state === 1) {
      if (c === 120 || c === 117 || c === 85) {
        let errPtr = ctx.p++ - 1;
        let value = 0;
        let len = c === 120 ? 2 : c === 117 ? 4 : 8;
        for (let j = 0; j < len; j++, ctx.p++) {
          let hex = ctx.s.charCodeAt(ctx.p);
          let digit = (
            /* 0-9 */
            hex >= 48 && hex <= 57 ? hex - 48 : (
              /* A-F */
              hex >= 65 && hex <= 70 ? hex - 65 + 10 : (
                /* a-f */
                hex >= 97 && hex <= 102 ? hex - 97 + 10 : -1
              )
            )
          );
          if (digit < 0)
            TomlError.x("invalid non-hex character in unicode escape", ctx);
          value = value << 4 | digit;
        }
        if (value < 0 || value > 1114111 || value >= 55296 && value <= 57343) {
          TomlError.x("invalid unicode escape", ctx, errPtr);
        }
        parsed2 += String.fromCodePoint(value);
        sliceStart = ctx.p--;
        state = 0;
      } else if (isMultiline && (c === 32 || c === 9)) {
        state = 2;
      } else {
        if (c === 98)
          parsed2 += "\b";
        else if (c === 116)
          parsed2 += "	";
        else if (c === 110)
          parsed2 += "\n";
        else if (c === 102)
          parsed2 += "\f";
        else if (c === 114)
          parsed2 += "\r";
        else if (c === 101)
          parsed2 += "\x1B";
        else if (c === 34)
          parsed2 += '"';
        else if (c === 92)
          parsed2 += "\\";
        else
          TomlError.x("unrecognised escape sequence", ctx);
        sliceStart = ctx.p + 1;
        state = 0;
      }
    } else if (c !== 32 && c !== 9) {
      if (state === 2)
        TomlError.x("invalid escape: only line-ending whitespace may be escaped", ctx, sliceStart);
      state = !isLiteral && c === 92 ? 1 : 0;
      sliceStart = ctx.p;
    }
  }
  TomlError.x("unfinished string", ctx, startPtr);
}

// node_modules/smol-toml/dist/date.js
var DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
var TomlDate = class _TomlDate extends Date {
  #hasDate = false;
  #hasTime = false;
  #offset = null;
  constructor(date, fasttype, unsafeDelim) {
    let hasDate = true;
    let hasTime = true;
    let offset = "Z";
    let c;
    if (typeof date === "string") {
      if (fasttype)
        prep: {
          if (fasttype < 3) {
            if (+date.slice(11, 13) > 23) {
              date = "";
              break prep;
            }
            if (fasttype === 2) {
              offset = null;
              date += "Z";
            } else if ((c = date.charCodeAt(date.length - 1)) !== 90 && c !== 122) {
              offset = date.slice(date.length - 6);
            }
            if (unsafeDelim)
              date = date.slice(0, 10) + "T" + date.slice(11);
          } else if (fasttype === 4) {
            date = +date.slice(0, 2) > 23 ? "" : `0000-01-01T${date}Z`;
          }
          hasDate = fasttype !== 4;
          hasTime = fasttype !== 3;
        }
      else {
        let match = date.match(DATE_TIME_RE);
        if (match) {
          if (!match[1]) {
            hasDate = false;
            date = `0000-01-01T${date}`;
          }
          hasTime = !!match[2];
          hasTime && date[10] === " " && (date = date.replace(" ", "T"));
          if (match[2] && +match[2] > 23) {
            date = "";
          } else {
            offset = match[3] || null;
            if (!offset && hasTime)
              date += "Z";
          }
        } else {
          date = "";
        }
      }
    }
    super(date);
    if (!isNaN(this.getTime())) {
      this.#hasDate = hasDate;
      this.#hasTime = hasTime;
      this.#offset = offset;
    }
  }
  isDateTime() {
    return this.#hasDate && this.#hasTime;
  }
  isLocal() {
    return !this.#hasDate || !this.#hasTime || !this.#offset;
  }
  isDate() {
    return this.#hasDate && !this.#hasTime;
  }
  isTime() {
    return this.#hasTime && !this.#hasDate;
  }
  isValid() {
    return this.#hasDate || this.#hasTime;
  }
  toISOString() {
    let iso = super.toISOString();
    if (this.isDate())
      return iso.slice(0, 10);
    if (this.isTime())
      return iso.slice(11, 23);
    if (this.#offset === null)
      return iso.slice(0, -1);
    if (this.#offset === "Z" || this.#offset === "z")
      return iso;
    let offset = +this.#offset.slice(1, 3) * 60 + +this.#offset.slice(4, 6);
    offset = this.#offset[0] === "-" ? offset : -offset;
    let offsetDate = new Date(this.getTime() - offset * 6e4);
    return offsetDate.toISOString().slice(0, -1) + this.#offset;
  }
  static wrapAsOffsetDateTime(jsDate, offset = "Z") {
    let date = new _TomlDate(jsDate);
    date.#offset = offset;
    return date;
  }
  static wrapAsLocalDateTime(jsDate) {
    let date = new _TomlDate(jsDate);
    date.#offset = null;
    return date;
  }
  static wrapAsLocalDate(jsDate) {
    let date = new _TomlDate(jsDate);
    date.#hasTime = false;
    date.#offset = null;
    return date;
  }
  static wrapAsLocalTime(jsDate) {
    let date = new _TomlDate(jsDate);
    date.#hasDate = false;
    date.#offset = null;
    return date;
  }
};

// node_modules/smol-toml/dist/extract.js
function isDigit(char, base = 10) {
  return base === 16 ? char > 47 && char < 58 || char > 64 && char < 71 || char > 96 && char < 103 : char > 47 && char < 48 + base;
}
function isEndOfValue(char, delim) {
  return char === 32 || char === 9 || char === 10 || char === 13 || // Structure end or next value delimiter
  delim && (char === delim || char === 44) || // Comment
  char === 35;
}
function extractValue(ctx, end) {
  let errPtr = ctx.p;
  let c = ctx.s.charCodeAt(ctx.p);
  if (c === 91 || c === 123) {
    ctx.d-- || TomlError.x("document contains excessively nested structures. aborting.", ctx);
    let value = c === 91 ? parseArray(ctx) : parseInlineTable(ctx);
    ctx.d++;
    return value;
  }
  if (c === 34 || c === 39) {
    return parseString(ctx);
  }
  if (c === 116) {
    if (ctx.s.charCodeAt(++ctx.p) !== 114 || ctx.s.charCodeAt(++ctx.p) !== 117 || ctx.s.charCodeAt(++ctx.p) !== 101)
      TomlError.x("invalid value", ctx, errPtr);
    return ctx.p++, true;
  }
  if (c === 102) {
    if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 108 || ctx.s.charCodeAt(++ctx.p) !== 115 || ctx.s.charCodeAt(++ctx.p) !== 101)
      TomlError.x("invalid value", ctx, errPtr);
    return ctx.p++, false;
  }
  if (c === 43 || c === 45) {
    return parseNumber(ctx, ctx.p, ctx.s.charCodeAt(++ctx.p), 44 - c, end);
  }
  if (ctx.s.charCodeAt(ctx.p + 4) === 45 && ctx.s.charCodeAt(ctx.p + 7) === 45) {
    return parseDate(ctx, c, end);
  }
  if (ctx.s.charCodeAt(ctx.p + 2) === 58) {
    return parseTime(ctx, c, end);
  }
  return parseNumber(ctx, ctx.p, c, 0, end);
}
function parseNumber(ctx, startPtr, startChr, sign, endChr) {
  let c = startChr;
  let state = 0;
  let hasUnderscores = false;
  if (c === 105) {
    if (ctx.s.charCodeAt(++ctx.p) !== 110 || ctx.s.charCodeAt(++ctx.p) !== 102)
      TomlError.x("invalid value", ctx, startPtr);
    return ctx.p++, (sign || 1) / 0;
  }
  if (c === 110) {
    if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 110)
      TomlError.x("invalid value", ctx, startPtr);
    return ctx.p++, NaN;
  }
  if (c === 48) {
    if (++ctx.p >= ctx.s.length || isEndOfValue(c = ctx.s.charCodeAt(ctx.p), endChr))
      return ctx.bi === true ? 0n : 0;
    if (!sign) {
      if (c === 120)
        return parseIntegerBaseN(ctx, startPtr, 16, endChr);
      else if (c === 98)
        return parseIntegerBaseN(ctx, startPtr, 2, endChr);
      else if (c === 111)
        return parseIntegerBaseN(ctx, startPtr, 8, endChr);
    }
    if (c === 46)
      state = 2;
    else if (c === 101 || c === 69)
      state = 4;
    else
      TomlError.x("illegal leading zero", ctx, startPtr);
  } else if (!isDigit(c))
    TomlError.x("invalid value", ctx, startPtr);
  while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
    if (!state)
      state = 1;
    if (c === 95) {
      if (!(state & 1))
        TomlError.x("illegal underscore", ctx);
      state += 11;
      hasUnderscores = true;
    } else if (state === 1 && c === 46)
      state = 2;
    else if ((state === 1 || state === 3) && (c === 101 || c === 69))
      state = 4;
    else if (state === 4 && (c === 43 || c === 45)) {
      state = 6;
    } else if (!isDigit(c))
      TomlError.x(`illegal character in numeric literal`, ctx);
    else if (state > 9)
      state -= 11;
    else if (!(state & 1))
      state++;
  }
  if (!state) {
    let val = (startChr - 48) * (sign || 1);
    return ctx.bi === true ? BigInt(val) : val;
  }
  if (!(state & 1))
    TomlError.x("unfinished numeric value", ctx, startPtr);
  let str = ctx.s.slice(startPtr, ctx.p);
  if (hasUnderscores)
    str = str.replaceAll("_", "");
  return state > 1 ? parseFloat(str) : parseInteger(ctx, str, 10, startPtr);
}
function parseIntegerBaseN(ctx, startPtr, base, endChr) {
  let c, underscore = 1;
  while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
    if (c === 95) {
      if (underscore & 1)
        TomlError.x("illegal underscore", ctx);
      underscore = 3;
    } else if (!isDigit(c, base))
      TomlError.x(`illegal character in numeric literal`, ctx);
    else if (underscore & 1)
      underscore--;
  }
  if (underscore & 1)
    TomlError.x("unfinished numeric value", ctx);
  let str = ctx.s.slice(startPtr + 2, ctx.p);
  if (underscore)
    str = str.replaceAll("_", "");
  return parseInteger(ctx, str, base, startPtr);
}
function parseInteger(ctx, str, base, startPtr) {
  if (ctx.bi !== true)
    int: {
      let val = parseInt(str, base);
      if (!Number.isSafeInteger(val)) {
        if (ctx.bi)
          break int;
        TomlError.x("integer value cannot be represented losslessly", ctx, startPtr);
      }
      return val;
    }
  return base === 10 ? BigInt(str) : BigInt((base === 2 ? "0b" : base === 8 ? "0o" : "0x") + str);
}
function parseDate(ctx, c, endChr) {
  let startPtr = ctx.p++, unsafeSeparator;
  if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++))) {
    return parseNumber(ctx, ctx.p = startPtr, c, 0, endChr);
  }
  ctx.p += 5;
  if (!isDigit(ctx.s.charCodeAt(ctx.p++)))
    TomlError.x("invalid date-time: date part is malformed", ctx, startPtr);
  if (ctx.p >= ctx.s.length || ((c = ctx.s.charCodeAt(ctx.p)) !== 32 || (unsafeSeparator = true, !isDigit(ctx.s.charCodeAt(ctx.p + 1)))) && c !== 84 && c !== 116) {
    let t2 = ctx.s.slice(startPtr, ctx.p);
    return readDate(ctx, t2, 3, false, startPtr);
  }
  if (ctx.s.charCodeAt(ctx.p += 3) !== 58)
    TomlError.x("invalid date-time: time part is malformed", ctx, startPtr);
  if (ctx.s.charCodeAt(ctx.p += 3) === 58)
    ctx.p += 3;
  if (ctx.s.charCodeAt(ctx.p) === 46)
    while (isDigit(ctx.s.charCodeAt(++ctx.p)))
      ;
  if (c = ctx.s.charCodeAt(ctx.p)) {
    if (c === 90 || c === 122) {
      let t2 = ctx.s.slice(startPtr, ++ctx.p);
      return readDate(ctx, t2, 1, unsafeSeparator, startPtr, "[+00:00]");
    }
    if (c === 43 || c === 45) {
      let t2 = ctx.s.slice(startPtr, ctx.p += 6);
      return readDate(ctx, t2, 1, unsafeSeparator, startPtr, !ctx.ld && "[" + ctx.s.slice(ctx.p - 6, ctx.p) + "]");
    }
  }
  let t = ctx.s.slice(startPtr, ctx.p);
  return readDate(ctx, t, 2, unsafeSeparator, startPtr);
}
function parseTime(ctx, c, endChr) {
  let start = ctx.p;
  if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(++ctx.p))) {
    return parseNumber(ctx, --ctx.p, c, 0, endChr);
  }
  if (ctx.s.charCodeAt(ctx.p += 4) === 58)
    ctx.p += 3;
  if (ctx.s.charCodeAt(ctx.p) === 46)
    while (isDigit(ctx.s.charCodeAt(++ctx.p)))
      ;
  let t = ctx.s.slice(start, ctx.p);
  return readDate(ctx, t, 4, false, start);
}
function readDate(ctx, str, type, unsafeDelim, errPtr, temporalSuffix) {
  if (ctx.ld) {
    let date = new TomlDate(str, type, unsafeDelim);
    if (!date.isValid())
      TomlError.x("invalid date", ctx, errPtr);
    return date;
  }
  try {
    if (temporalSuffix)
      str += temporalSuffix;
    switch (type) {
      case 1:
        return Temporal.ZonedDateTime.from(str);
      case 2:
        return Temporal.PlainDateTime.from(str);
      case 3:
        return Temporal.PlainDate.from(str);
      case 4:
        return Temporal.PlainTime.from(str);
    }
  } catch (e) {
    TomlError.x(e instanceof Error ? e.message : "" + e, ctx, errPtr);
  }
}

// node_modules/smol-toml/dist/util.js
function skipComment(ctx) {
  for (; ctx.p < ctx.s.length; ctx.p++) {
    let c = ctx.s.charCodeAt(ctx.p);
    if (c === 10)
      break;
    if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) {
      ctx.p++;
      break;
    }
    if (c < 32 && c !== 9 || c === 127) {
      TomlError.x("control characters are not allowed in comments", ctx);
    }
  }
}
function skipVoid(ctx, banNewLines, banComments) {
  let c;
  while (ctx.p < ctx.s.length) {
    while (ctx.p < ctx.s.length && ((c = ctx.s.charCodeAt(ctx.p)) === 32 || c === 9 || !banNewLines && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)))
      ctx.p++;
    if (banComments || c !== 35)
      break;
    skipComment(ctx);
  }
}

// node_modules/smol-toml/dist/struct.js
function parseKey(ctx, end = 61) {
  let startPtr;
  let state = 0;
  let parsed2 = [];
  let sliceStart;
  let c = ctx.s.charCodeAt(startPtr = ctx.p);
  do {
    if (c === end) {
      if (!state)
        TomlError.x("unexpected end of key", ctx);
      if (state === 1)
        parsed2.push(ctx.s.slice(sliceStart, ctx.p));
      return ctx.p++, parsed2;
    } else if (c === 46) {
      if (!state)
        TomlError.x("illegal empty bare key", ctx);
      if (state === 1)
        parsed2.push(ctx.s.slice(sliceStart, ctx.p));
      state = 0;
    } else if (!state && (c === 34 || c === 39)) {
      if (c === ctx.s.charCodeAt(ctx.p + 1) && c === ctx.s.charCodeAt(ctx.p + 2))
        TomlError.x("illegal quoted key: multiline strings are not allowed", ctx);
      parsed2.push(parseString(ctx));
      state = 2;
      ctx.p--;
    } else if (c === 32 || c === 9) {
      if (state === 1) {
        parsed2.push(ctx.s.slice(sliceStart, ctx.p));
        state = 2;
      }
    } else if (state === 2 || c < 48 && c !== 45 || c > 57 && c < 65 || c > 90 && c < 97 && c !== 95 || c > 122) {
      TomlError.x("illegal character in key", ctx);
    } else if (!state) {
      state = 1;
      sliceStart = ctx.p;
    }
  } while (c = ctx.s.charCodeAt(++ctx.p));
  TomlError.x("incomplete key-value: cannot find end of key", ctx, startPtr);
}
function parseInlineTable(ctx) {
  let startPtr = ctx.p++;
  let res = /* @__PURE__ */ Object.create(null);
  let seen = /* @__PURE__ */ new Set();
  let c;
  while (ctx.p < ctx.s.length) {
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p)) === 125) {
      ctx.p++;
      return res;
    }
    let k;
    let t = res;
    let hasOwn = false;
    let errPtr = ctx.p;
    let key = parseKey(ctx);
    for (let i = 0; i < key.length; i++) {
      if (i)
        t = hasOwn ? t[k] : t[k] = /* @__PURE__ */ Object.create(null);
      k = key[i];
      if ((hasOwn = Object.hasOwn(t, k)) && (typeof t[k] !== "object" || seen.has(t[k]))) {
        TomlError.x("trying to redefine an already defined value", ctx, errPtr);
      }
      let unsafe = k === "__proto__";
      if (ctx.uk && (unsafe || k === "constructor")) {
        t = ctx.uk !== 1 && TomlError.x("document contains an unsafe property", ctx, errPtr);
        break;
      }
      if (!hasOwn && unsafe) {
        Object.defineProperty(t, k, { enumerable: true, configurable: true, writable: true });
      }
    }
    if (hasOwn) {
      TomlError.x("trying to redefine an already defined value", ctx, errPtr);
    }
    skipVoid(ctx, true, true);
    let value = extractValue(
      ctx,
      125
      /* } */
    );
    if (t && typeof (t[k] = value) === "object")
      seen.add(value);
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p++)) === 125) {
      return res;
    }
    if (c !== 44)
      TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
  }
  TomlError.x("unfinished table", ctx, startPtr);
}
function parseArray(ctx) {
  let startPtr = ctx.p++;
  let res = [];
  let c;
  while (ctx.p < ctx.s.length) {
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p)) === 93) {
      ctx.p++;
      return res;
    }
    res.push(extractValue(
      ctx,
      93
      /* ] */
    ));
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p++)) === 93) {
      return res;
    }
    if (c !== 44)
      TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
  }
  TomlError.x("unfinished array", ctx, startPtr);
}

// node_modules/smol-toml/dist/parse.js
function peekTable(ctx, key, table2, meta, type) {
  let t = table2;
  let m = meta;
  let k;
  let hasOwn = false;
  let state;
  for (let i = 0; i < key.length; i++) {
    if (i) {
      t = hasOwn ? t[k] : t[k] = /* @__PURE__ */ Object.create(null);
      m = (state = m[k]).c;
      if (type === 0 && (state.t === 1 || state.t === 2)) {
        return null;
      }
      if (state.t === 2) {
        let l = t.length - 1;
        t = t[l];
        m = m[l].c;
      }
    }
    k = key[i];
    if ((hasOwn = Object.hasOwn(t, k)) && m[k]?.t === 0 && m[k]?.d) {
      return null;
    }
    if (!hasOwn) {
      let unsafe = k === "__proto__";
      if (ctx.uk && (unsafe || k === "constructor"))
        return false;
      if (unsafe) {
        Object.defineProperty(t, k, { enumerable: true, configurable: true, writable: true });
        Object.defineProperty(m, k, { enumerable: true, configurable: true, writable: true });
      }
      m[k] = {
        t: i < key.length - 1 && type === 2 ? 3 : type,
        d: false,
        i: 0,
        c: /* @__PURE__ */ Object.create(null)
      };
    }
  }
  state = m[k];
  if (state.t !== type && !(type === 1 && state.t === 3)) {
    return null;
  }
  if (type === 2) {
    if (!state.d) {
      state.d = true;
      t[k] = [];
    }
    t[k].push(t = /* @__PURE__ */ Object.create(null));
    state.c[state.i++] = state = { t: 1, d: false, i: 0, c: /* @__PURE__ */ Object.create(null) };
  }
  if (state.d) {
    return null;
  }
  state.d = true;
  if (type === 1) {
    t = hasOwn ? t[k] : t[k] = /* @__PURE__ */ Object.create(null);
  } else if (type === 0 && hasOwn) {
    return null;
  }
  return [k, t, state.c];
}
function validateTablePeek(ctx, peek, ptr) {
  if (peek === null || ctx.uk === 2)
    TomlError.x(peek === null ? "trying to redefine an already defined table or value" : "document contains an unsafe property", ctx, ptr);
}
function parse3(toml, options = {}) {
  let ctx = {
    s: toml,
    p: 0,
    d: options.maxDepth ?? 1e3,
    bi: options.integersAsBigInt ?? false,
    ld: options.useLegacyDate ?? true,
    uk: options.unsafeKeyBehaviour === "throw" ? 2 : options.unsafeKeyBehaviour === "drop" ? 1 : 0
  };
  let res = /* @__PURE__ */ Object.create(null);
  let meta = /* @__PURE__ */ Object.create(null);
  let tmp;
  let skipping = false;
  let tbl = res;
  let m = meta;
  if (toml.charCodeAt(0) === 65279)
    ctx.p++;
  skipVoid(ctx);
  while (ctx.p < toml.length) {
    if (toml.charCodeAt(ctx.p) === 91) {
      let isTableArray = toml.charCodeAt(++ctx.p) === 91;
      tmp = ctx.p += +isTableArray;
      skipping = false;
      let k = parseKey(
        ctx,
        93
        /* ] */
      );
      if (isTableArray) {
        if (toml.charCodeAt(ctx.p) !== 93) {
          TomlError.x("expected end of table array declaration", ctx);
        }
        ctx.p++;
      }
      let p = peekTable(
        ctx,
        k,
        res,
        meta,
        isTableArray ? 2 : 1
        /* Type.EXPLICIT */
      );
      if (!p) {
        validateTablePeek(ctx, p, tmp);
        skipping = true;
      } else {
        m = p[2];
        tbl = p[1];
      }
    } else {
      tmp = ctx.p;
      let k = parseKey(ctx);
      let p = peekTable(
        ctx,
        k,
        tbl,
        m,
        0
        /* Type.DOTTED */
      );
      if (!p && !skipping)
        validateTablePeek(ctx, p, tmp);
      skipVoid(ctx, true, true);
      let v = extractValue(ctx, void 0);
      if (p && !skipping)
        p[1][p[0]] = v;
    }
    skipVoid(ctx, true);
    if (ctx.p < toml.length && (tmp = toml.charCodeAt(ctx.p)) !== 10 && (tmp !== 13 || toml.charCodeAt(ctx.p + 1) !== 10)) {
      TomlError.x("each key-value declaration must be followed by an end-of-line", ctx);
    }
    skipVoid(ctx);
  }
  return res;
}

// node_modules/smol-toml/dist/stringify.js
var HAS_WELLFORMED = !!"".isWellFormed;

// src/uv/lock/toml.ts
var MAX_DEPTH = 160;
var DOTTED = new RegExp(`^(?:[^.\\n]*\\.){${MAX_DEPTH}}.*`, "gm");
var DEEP_KEY = new RegExp(
  `(?=[\\w"'-])(?<![\\w-]|\\.[ \\t]*)(?:(?:[\\w-]+|"[^"\\n]*"|'[^'\\n]*')[ \\t]*\\.[ \\t]*){${MAX_DEPTH}}`
);
var CONFLICT = /^(?:<{7}|\|{7}|>{7}|={7})(?: |\r?$)/m;
function parseToml(text2, file) {
  const deep = [...text2.matchAll(DOTTED)].find(([line]) => DEEP_KEY.test(line));
  if (deep !== void 0) {
    const line = lineAt(text2, deep.index);
    throw new UserError(
      "toml-syntax",
      `${file}:${line} nests a dotted key deeper than ${MAX_DEPTH} levels, which no lock does. Fix the file, or recreate the lock with 'uv lock'.`,
      { at: { file, line } }
    );
  }
  try {
    return parse3(text2.startsWith("\uFEFF") ? text2.slice(1) : text2, { maxDepth: MAX_DEPTH });
  } catch (error) {
    const fix2 = "Fix the file, or recreate the lock with 'uv lock'.";
    if (error instanceof TomlError)
      throw mergeConflict(text2, file, "run 'uv lock'") ?? syntaxError(error, file, "toml-syntax", fix2);
    throw error;
  }
}
function syntaxError(error, file, code, fix2) {
  const [first3 = ""] = error.message.split("\n", 1);
  const reason = first3.replace(/^Invalid TOML document: /, "").replace(/\.+$/, "");
  const { line, column } = error;
  return new UserError(code, `${file}:${line}:${column} is not valid TOML: ${reason}. ${fix2}`, {
    at: { file, line, column },
    cause: error
  });
}
function mergeConflict(text2, file, fix2) {
  const found = CONFLICT.exec(text2);
  if (found === null) return void 0;
  const line = lineAt(text2, found.index);
  return new UserError(
    "merge-conflict",
    `${file}:${line} has an unresolved merge conflict ('${found[0].trim()}'). Choose one side and ${fix2}.`,
    { at: { file, line, column: 1 } }
  );
}
function lineAt(text2, index) {
  let line = 1;
  for (let at = text2.indexOf("\n"); at >= 0 && at < index; at = text2.indexOf("\n", at + 1)) line += 1;
  return line;
}

// src/uv/lock/parse.ts
var parsed = /* @__PURE__ */ new Map();
var mostParsed = 4;
function parseLock(text2, file) {
  const key = `${file}\0${text2}`;
  const lock = parsed.get(key) ?? parse4(text2, file);
  if (parsed.size >= mostParsed) parsed.clear();
  parsed.set(key, lock);
  return lock;
}
function parse4(text2, file) {
  const document = parseToml(text2, file);
  const top = new TomlReader(document, { file, subject: "", line: () => void 0 });
  checkVersion(top);
  const tables = top.tables(top.has("package") ? "package" : "distribution");
  const packages = readPackages(
    tables.map((table2, index) => table2.inner(table2.values, packagePlace(text2, file, table2, index)))
  );
  const manifest = top.table("manifest");
  const groups = manifest.table("dependency-groups");
  return {
    file,
    revision: typeof document.revision === "number" ? document.revision : 0,
    requiresPython: top.requiredString("requires-python"),
    resolutionMarkers: top.markers("resolution-markers"),
    supportedMarkers: top.markers("supported-markers"),
    conflicts: top.tableLists("conflicts").map((set) => set.map(conflictItem)),
    members: manifest.names("members"),
    requirements: manifest.tables("requirements").map(requirement),
    groups: groups.byName((key) => groups.tables(key).map(requirement)),
    groupRequiresPython: readGroupPythons(manifest),
    defaultGroups: readDefaultGroups(manifest),
    packages,
    byName: Map.groupBy(packages, ({ name }) => name)
  };
}
function checkVersion(top) {
  const version2 = top.get("version");
  if (version2 === 1) return;
  if (version2 === void 0)
    throw top.invalid("'version' is missing: this is not a uv.lock", "Use a uv.lock that uv wrote.");
  const { file } = top.place;
  throw new UserError(
    "lock-version",
    `${file} has format version ${String(version2)}; uv-fod supports version 1 of any revision. Use a uv-fod that supports it, or a uv that writes version 1.`,
    { at: { file } }
  );
}
function packagePlace(text2, file, entry, index) {
  const name = entry.get("name");
  const subject = typeof name === "string" ? `package '${name}'` : `package number ${index + 1}`;
  return { file, subject, line: () => packageLine(text2, index) };
}
function packageLine(text2, index) {
  const header = /^[ \t]*\[\[[ \t]*(?:package|distribution)[ \t]*\]\]/gm;
  const found = [...text2.matchAll(header)][index];
  return found && lineAt(text2, found.index);
}
function requirement(entry) {
  return { name: entry.name("name"), extras: entry.names("extras"), marker: entry.marker("marker") };
}
function conflictItem(entry) {
  const name = entry.name("package");
  for (const kind of ["extra", "group"]) {
    const item = entry.optionalName(kind);
    if (item !== void 0) return { package: name, kind, name: item };
  }
  return { package: name, kind: "project", name: "" };
}

// src/uv/lock/settings.ts
function readSettings(table2, file) {
  const settings = documentReader(table2, file);
  const rule = (key) => ({
    all: settings.boolean(key),
    names: new Set(settings.names(`${key}-package`))
  });
  return { table: table2, noBinary: rule("no-binary"), noBuild: rule("no-build") };
}
var documentReader = (table2, file) => new TomlReader(table2, { file, subject: "", line: () => void 0 });
var forbidsWheel = ({ noBinary, noBuild }, name) => forbids(noBinary, noBuild, name);
var forbidsBuild = ({ noBinary, noBuild }, name) => forbids(noBuild, noBinary, name);
function forbids({ all, names }, exception, name) {
  if (all === void 0) return names.has(name);
  return all && !(exception.all === void 0 && exception.names.has(name));
}
function readPyproject(document, file) {
  const top = documentReader(document, file);
  const tool = top.table("tool");
  const uv = tool.table("uv");
  const groups = new Set(top.table("dependency-groups").keys());
  const defaultGroups2 = readDefaultGroups2(uv, groups);
  if (uv.has("dev-dependencies")) groups.add("dev");
  return {
    name: top.table("project").optionalName("name"),
    groups,
    defaultGroups: defaultGroups2,
    uv: tool.has("uv") ? uv.values : void 0
  };
}
function readDefaultGroups2(uv, groups) {
  const value = uv.get("default-groups");
  if (value === void 0 || value === "all") return value;
  const names = uv.names("default-groups");
  const unknown = names.find((name) => !groups.has(name));
  if (unknown === void 0) return names;
  throw uv.invalid(
    `'tool.uv.default-groups' names '${clip(unknown)}', which [dependency-groups] does not have`,
    "Remove it, or add the group."
  );
}

// src/uv/lock/project.ts
async function loadProject(dir, readFile5, options = {}) {
  const { repository, lockFile } = options;
  const top = repository ?? void 0;
  const read2 = readingInside(readFile5, top, lockFile);
  const own = await readPyprojectIn(dir, read2);
  const found = lockFile === void 0 ? await findLock(dir, read2, top) : await readLock(lockFile, dir, own, read2);
  const { root, lock } = found;
  if (repository !== void 0) await checkPaths(lock, root, repository ?? root);
  const rootPyproject = sameFolder(dir, root) ? own : await readPyprojectIn(root, read2);
  return {
    ...found,
    settings: await findSettings(root, rootPyproject, read2, top),
    current: own === void 0 ? memberAt(lock, path5.relative(root, dir)) : own.name,
    rootPyproject,
    pyprojects: await readMembers(lock, root, rootPyproject, read2)
  };
}
var loadInside = async (dir, { read: read2 }) => loadProject(dir, read2, { repository: await repositoryOf(dir) ?? null });
async function readLock(lockFile, dir, own, read2) {
  const text2 = await read2(lockFile);
  if (text2 === void 0)
    throw new UserError(
      "lock-missing",
      `${lockFile} is missing. Set --lock to an existing uv.lock, or omit it.`
    );
  const lock = parseLock(text2, lockFile);
  const root = ancestors(dir).find((folder) => {
    const member = memberAt(lock, path5.relative(folder, dir));
    return member !== void 0 && (own === void 0 || member === own.name);
  });
  return { root: root ?? dir, lockFile, lock };
}
async function findLock(dir, read2, top) {
  for (const root of ancestors(dir, top)) {
    const lockFile = path5.join(root, "uv.lock");
    const text2 = await read2(lockFile);
    if (text2 === void 0) continue;
    const lock = parseLock(text2, lockFile);
    if (sameFolder(root, dir) || memberAt(lock, path5.relative(root, dir)) !== void 0)
      return { root, lockFile, lock };
  }
  throw new UserError(
    "lock-missing",
    `There is no uv.lock in ${dir} or in a workspace above it. Run 'uv lock' there.`
  );
}
function memberAt(lock, folder) {
  const wanted2 = path5.normalize(folder);
  return lock.packages.find(({ source }) => isTree(source) && path5.normalize(source.path) === wanted2)?.name;
}
async function readMembers(lock, root, rootPyproject, read2) {
  const result = /* @__PURE__ */ new Map();
  if (rootPyproject?.name !== void 0) result.set(rootPyproject.name, rootPyproject);
  for (const name of lock.members.filter((member) => !result.has(member))) {
    const source = lock.byName.get(name)?.[0]?.source;
    const folder = source && isTree(source) ? path5.resolve(root, source.path) : void 0;
    if (folder === void 0 || pathBelow(root, folder) === void 0) continue;
    const pyproject = await readPyprojectIn(folder, read2);
    if (pyproject !== void 0) result.set(name, pyproject);
  }
  return result;
}
async function readPyprojectIn(folder, read2) {
  const file = path5.join(folder, "pyproject.toml");
  const text2 = await read2(file);
  return text2 === void 0 ? void 0 : readPyproject(parseToml(text2, file), file);
}
async function findSettings(root, rootPyproject, read2, top) {
  for (const folder of ancestors(root, top)) {
    const file = path5.join(folder, "uv.toml");
    const text2 = await read2(file);
    if (text2 !== void 0) return readSettings(parseToml(text2, file), file);
    const pyproject = folder === root ? rootPyproject : await readPyprojectIn(folder, read2).catch(ifUserError);
    if (pyproject?.uv !== void 0) return readSettings(pyproject.uv, path5.join(folder, "pyproject.toml"));
  }
  return readSettings({}, root);
}
function ancestors(dir, top) {
  const result = [dir];
  for (let folder = dir; folder !== top && folder !== path5.dirname(folder); ) {
    folder = path5.dirname(folder);
    result.push(folder);
  }
  return result;
}
var readingInside = (read2, repository, except) => async (file) => {
  if (repository !== void 0 && file !== except) await requireInside(repository, file, file);
  return read2(file);
};
function sameFolder(left, right) {
  return path5.relative(left, right) === "";
}
async function checkPaths(lock, root, repository) {
  const what = (name) => printable(`'${clip(name)}', a source in ${path5.basename(lock.file)},`);
  const folders = lock.packages.flatMap(
    ({ source }) => isTree(source) || source.kind === "registry-path" ? [source.path] : []
  );
  for (const folder of new Set(folders))
    await requireInside(repository, path5.resolve(root, folder, "pyproject.toml"), what(folder));
  for (const file of new Set(lock.packages.flatMap(filesOf))) {
    const at = path5.resolve(root, file);
    await requireInside(repository, at, what(file));
    const found = await stat(at).catch(() => void 0);
    if (found === void 0 || found.isFile()) continue;
    throw new UserError(
      "file-unreadable",
      `${what(file)} is not a regular file. Put the file itself into the repository.`
    );
  }
}
function filesOf({ source, wheels, sdist }) {
  const inFolder2 = (file) => source.kind === "registry-path" ? pathIn(source.path, file) : file;
  const listed = [...wheels, ...sdist ? [sdist] : []].flatMap(({ path: file }) => file ?? []);
  return [...source.kind === "path" ? [source.path] : [], ...listed.map(inFolder2)];
}

// src/system/sri.ts
import { createHash } from "node:crypto";
var isSri = (text2, algorithm = "sha256") => algorithmOf(text2) === algorithm && sriOf(text2) === text2;
var algorithmOf = (sri2) => sri2.slice(0, sri2.indexOf("-"));
var sriFromHex = (hex, algorithm = "sha256") => `${algorithm}-${Buffer.from(hex, "hex").toString("base64")}`;
function sriOfText(text2) {
  return `sha256-${createHash("sha256").update(text2).digest("base64")}`;
}
var digestBytes = { md5: 16, sha1: 20, sha256: 32, sha512: 64 };
function sriOf(text2, algorithm = "sha256") {
  const [, own = algorithm, digest = ""] = /^(?:(md5|sha1|sha256|sha512)[-:])?(.+)$/.exec(text2) ?? [];
  const bytes = digestBytes[own];
  const found = bytes === void 0 ? void 0 : digestOf(digest, bytes);
  return found && `${own}-${found.toString("base64")}`;
}
function digestOf(text2, bytes) {
  if (/^[0-9a-f]+$/i.test(text2) && text2.length === 2 * bytes) return Buffer.from(text2, "hex");
  if (text2.length === Math.ceil(bytes * 8 / 5)) return fromBase32(text2, bytes);
  const found = Buffer.from(text2, "base64");
  return found.length === bytes && found.toString("base64") === text2 ? found : void 0;
}
var BASE32 = "0123456789abcdfghijklmnpqrsvwxyz";
function fromBase32(text2, bytes) {
  const digits2 = [...text2].map((one) => BASE32.indexOf(one));
  if (digits2.includes(-1)) return void 0;
  const value = digits2.reduce((sum, digit) => sum * 32n + BigInt(digit), 0n);
  const hex = value.toString(16).padStart(2 * bytes, "0");
  return hex.length === 2 * bytes ? Buffer.from(hex, "hex").reverse() : void 0;
}

// src/uv/plan/artifact.ts
function sriOf2({ hash = "" }) {
  const [, hex] = /^sha256:([0-9a-f]{64})$/i.exec(hash) ?? [];
  return hex === void 0 ? void 0 : sriFromHex(hex);
}
var compareArtifacts = (left, right) => compareText(orderOf(left), orderOf(right));
var orderOf = ({ name, version: version2, kind, filename, url, path: path15, commit: commit2 }) => [name, version2, kind, filename, url, path15, commit2].join("\0");
var compareText = (left, right) => Number(left > right) - Number(left < right);

// src/system/bounded-json.ts
function parseBoundedJson(text2, { length, depth }) {
  if (text2.length > length) throw new Error(`it has more than ${length} characters`);
  if (scan(text2).depth > depth) throw new Error(`it is nested more than ${depth} levels deep`);
  try {
    return JSON.parse(text2);
  } catch {
    throw new Error("it is not JSON");
  }
}
var saysNoMore = (text2, value) => text2.isWellFormed() && scan(text2).dense === JSON.stringify(value).length;
function scan(text2) {
  let [deepest, depth, dense, isString2] = [0, 0, 0, false];
  for (let at = 0; at < text2.length; at += 1) {
    const character = text2[at] ?? "";
    if (isString2 || !" 	\r\n".includes(character)) dense += 1;
    if (isString2 && character === "\\") {
      at += 1;
      dense += 1;
    } else if (character === '"') isString2 = !isString2;
    else if (!isString2 && (character === "[" || character === "{")) depth += 1;
    else if (!isString2 && (character === "]" || character === "}")) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return { depth: deepest, dense };
}

// src/system/shape.ts
var text = (most, pattern) => (value, at) => {
  if (typeof value !== "string") return `${at} is not a string`;
  if (value.length > most) return `${at} is longer than ${most} characters`;
  return pattern === void 0 || pattern.test(value) ? void 0 : `${at} has a form that is not allowed`;
};
var yesOrNo = (value, at) => typeof value === "boolean" ? void 0 : `${at} is not true or false`;
var oneOf = (...values) => (value, at) => values.some((one) => one === value) ? void 0 : `${at} is not one of ${values.join(", ")}`;
var list = (item, most) => (value, at) => {
  if (!Array.isArray(value)) return `${at} is not a list`;
  if (value.length > most) return `${at} has more than ${most} items`;
  return first(value.map((one, index) => () => item(one, `${at}[${index}]`)));
};
var having = (required, optional) => (value, at) => {
  if (!isObject(value)) return `${at} is not an object`;
  const get = (name) => Object.hasOwn(value, name) ? value[name] : void 0;
  const given = Object.entries(optional ?? {}).filter(([name]) => Object.hasOwn(value, name));
  return first(
    [...Object.entries(required), ...given].map(
      ([name, shape]) => () => shape(get(name), `${at}.${name}`)
    )
  );
};
var exactly = (required, optional) => (value, at) => {
  const wrong = having(required, optional)(value, at);
  if (wrong !== void 0) return wrong;
  const isKnown = (name) => Object.hasOwn(required, name) || Object.hasOwn(optional ?? {}, name);
  return Object.keys(value).every(isKnown) ? void 0 : `${at} has a field that is not known here`;
};
var mapOf = (key, item) => (value, at) => {
  if (!isObject(value)) return `${at} is not an object`;
  return first(
    Object.entries(value).map(
      ([name, one]) => () => key.test(name) ? item(one, `${at}.${name}`) : `${at} has a key of a form that is not allowed`
    )
  );
};
var isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
function first(checks) {
  for (const check2 of checks) {
    const wrong = check2();
    if (wrong !== void 0) return wrong;
  }
  return void 0;
}

// src/uv/plan/manifest.ts
var word = text(1e3);
var fetcherVersion = 1;
var targetFields = {
  ...{ python: word, libc: word, packages: list(word, 1e3), extras: list(word, 1e3) },
  ...{ groups: list(word, 1e3), allPackages: yesOrNo, defaultGroups: yesOrNo }
};
var declaredTarget = having({ system: word, ...targetFields });
function checkTarget(value) {
  const wrong = declaredTarget(value, "target");
  if (wrong === void 0) return value;
  throw new UserError("target-invalid", `${wrong}; correct 'target' of fetchUvDeps.`);
}
function manifestOf(artifacts, target) {
  const wheels = artifacts.filter((artifact2) => artifact2.kind === "wheel").map(({ name, version: version2, filename, hash }) => ({ name, version: version2, filename, ...hash ? { hash } : {} }));
  const { system, python, libc, packages, allPackages, extras, groups, defaultGroups: defaultGroups2 } = target;
  const declared = {
    ...{ system, python, libc, allPackages, defaultGroups: defaultGroups2 },
    ...{ packages: sorted(packages), extras: sorted(extras), groups: sorted(groups) }
  };
  return { fetcherVersion, target: declared, wheels };
}
var manifestText = (artifacts, target) => `${JSON.stringify(manifestOf(artifacts, target), null, 2)}
`;
var sorted = (names) => [...new Set(names)].sort();
function manifestDigest(artifacts, target) {
  return sriOfText(manifestText(artifacts, target));
}

// src/uv/plan/choose.ts
import path6 from "node:path";

// src/uv/plan/tags.ts
function tagRank(target) {
  const minor2 = Number(target.python.split(".")[1]);
  const native = rankMap(nativeTags(minor2));
  const pure = rankMap(pureTags(minor2));
  const platforms = rankMap(platformTags(target));
  const rankOf = (tags) => {
    const [pythons = [], abis = [], targets = []] = tags.split("-").map((part) => part.split("."));
    const ranks = pythons.flatMap((python) => abis.map((abi) => `${python}-${abi}`)).flatMap(
      (tag) => targets.flatMap((platform) => {
        if (platform === "any") return pure.get(tag) ?? [];
        const [own, place] = [native.get(tag), platforms.get(platform)];
        return own && place ? pure.size + own * platforms.size + place : [];
      })
    );
    return ranks.length === 0 ? void 0 : Math.max(...ranks);
  };
  const known = /* @__PURE__ */ new Map();
  return ({ tags, variant }) => {
    if (variant !== void 0) return void 0;
    if (!known.has(tags)) known.set(tags, rankOf(tags));
    return known.get(tags);
  };
}
var down = (newest, oldest) => Array.from({ length: Math.max(0, newest - oldest + 1) }, (_, index) => newest - index);
var nativeTags = (minor2) => [
  ...[`cp3${minor2}-cp3${minor2}`, `cp3${minor2}-abi3`, `cp3${minor2}-none`],
  ...down(minor2 - 1, 2).map((older) => `cp3${older}-abi3`),
  ...[`py3${minor2}-none`, "py3-none"],
  ...down(minor2 - 1, 0).map((older) => `py3${older}-none`)
];
var pureTags = (minor2) => [
  ...[`cp3${minor2}-none`, `py3${minor2}-none`, "py3-none"],
  ...down(minor2 - 1, 0).map((older) => `py3${older}-none`)
];
function platformTags({ libc: { kind, major: major2, minor: minor2 }, system }) {
  const arch = system.startsWith("x86_64") ? "x86_64" : "aarch64";
  if (kind === "macos") return macos(major2, arch);
  const musl = () => down(minor2, 0).map((level) => `musllinux_${major2}_${level}_${arch}`);
  return [...kind === "musl" ? musl() : manylinux(minor2, arch), `linux_${arch}`];
}
var legacy = {
  17: "manylinux2014",
  12: "manylinux2010",
  5: "manylinux1"
};
var manylinux = (newest, arch) => down(newest, arch === "x86_64" ? 5 : 17).flatMap((level) => {
  const older = legacy[level];
  return [`manylinux_2_${level}_${arch}`, ...older === void 0 ? [] : [`${older}_${arch}`]];
});
function macos(newest, arch) {
  const intel = ["x86_64", "intel", "fat64", "fat32", "universal2", "universal"];
  const [formats, older] = arch === "x86_64" ? [intel, intel] : [["arm64", "universal2"], ["universal2"]];
  return [
    ...down(newest, 11).flatMap((major2) => formats.map((format) => `macosx_${major2}_0_${format}`)),
    ...down(16, 4).flatMap((minor2) => older.map((format) => `macosx_10_${minor2}_${format}`))
  ];
}
function rankMap(tags) {
  return new Map(tags.map((tag, index) => [tag, tags.length - index]));
}

// src/uv/plan/target.ts
var SYSTEMS = [
  "x86_64-linux",
  "aarch64-linux",
  "x86_64-darwin",
  "aarch64-darwin"
];
var PYTHON = /^3\.(\d{1,3})(?:\.(\d{1,3}))?$/;
var LIBC = /^(glibc|musl|macos):(\d{1,4})\.(\d{1,4})$/;
var DEFAULT_LINUX = { kind: "glibc", major: 2, minor: 39 };
var DEFAULT_DARWIN = { kind: "macos", major: 14, minor: 0 };
function parseTarget(input) {
  const system = SYSTEMS.find((name) => name === input.system);
  if (system === void 0)
    throw new UserError(
      "target-system",
      `'${input.system}' is not a system. Use one of ${SYSTEMS.join(", ")}.`
    );
  return { system, python: parsePython(input.python), libc: parseLibc(input.libc, system) };
}
function environmentOf({ system, python }) {
  const darwin = system.endsWith("-darwin");
  const machine = system.startsWith("x86_64") ? "x86_64" : darwin ? "arm64" : "aarch64";
  return {
    os_name: "posix",
    sys_platform: darwin ? "darwin" : "linux",
    platform_machine: machine,
    platform_python_implementation: "CPython",
    platform_release: "",
    platform_system: darwin ? "Darwin" : "Linux",
    platform_version: "",
    implementation_name: "cpython",
    python_version: python.split(".").slice(0, 2).join("."),
    python_full_version: python,
    implementation_version: python
  };
}
function formatLibc(libc) {
  return `${libc.kind}:${libc.major}.${libc.minor}`;
}
function parsePython(text2) {
  const [, minor2, patch2 = "0"] = PYTHON.exec(text2) ?? [];
  if (minor2 === void 0)
    throw new UserError(
      "target-python",
      `'${text2}' is not a version of Python 3. Write a release such as 3.14 (read as 3.14.0) or 3.14.8; pre-releases are not supported.`
    );
  return `3.${Number(minor2)}.${Number(patch2)}`;
}
function parseLibc(text2, system) {
  const darwin = system.endsWith("-darwin");
  if (text2 === void 0 || text2 === "") return darwin ? DEFAULT_DARWIN : DEFAULT_LINUX;
  const [, kind, major2, minor2] = LIBC.exec(text2) ?? [];
  const example = darwin ? "macos:14.0" : "glibc:2.39 or musl:1.2";
  if (kind !== "glibc" && kind !== "musl" && kind !== "macos")
    throw new UserError("target-libc", `'${text2}' is not a C library and version. Write ${example}.`);
  if (kind === "macos" !== darwin)
    throw new UserError("target-libc", `'${text2}' does not go with ${system}. Write ${example}.`);
  const libc = { kind, major: Number(major2), minor: Number(minor2) };
  const known = { glibc: libc.major === 2, musl: libc.major === 1, macos: libc.major >= 11 }[kind];
  if (!known || libc.minor > 200)
    throw new UserError(
      "target-libc",
      `There are no wheels for '${text2}': glibc is 2.x, musl 1.x, macOS 11.0 or later.`
    );
  return libc;
}

// src/uv/plan/choose.ts
function chooseArtifact(item, chooser) {
  if (item.source.kind === "virtual") return void 0;
  const wheelAllowed = !forbidsWheel(chooser.settings, item.name);
  const wheel = wheelAllowed ? bestWheel(item.wheels, chooser.rank) : void 0;
  if (wheel !== void 0) return wheelArtifact(item, wheel);
  const source = sourceArtifact(item);
  const buildAllowed = chooser.members.has(item.name) || !forbidsBuild(chooser.settings, item.name);
  if (source !== void 0 && buildAllowed) return source;
  throw nothingFits(item, chooser, wheelAllowed, source !== void 0);
}
function bestWheel(wheels, rank) {
  const fitting = wheels.flatMap((wheel) => {
    const own = rank(wheel.name);
    return own === void 0 ? [] : [{ wheel, own }];
  });
  const better = (one, other) => other.own - one.own || compareText(other.wheel.name.build, one.wheel.name.build);
  return fitting.sort(better)[0]?.wheel;
}
function wheelArtifact(item, wheel) {
  const { source } = item;
  if (isTree(source) || isGitTree(source))
    throw broken(item, `it has wheels, which a '${source.kind}' source cannot have`);
  const kind = source.kind === "git" ? "git" : "wheel";
  return artifact(item, kind, wheel, wheel.name.filename);
}
function sourceArtifact(item) {
  const { source, sdist } = item;
  if (isTree(source)) return artifact(item, "directory");
  if (isGitTree(source)) return artifact(item, "git");
  if (isRegistry(source) && sdist === void 0) return void 0;
  const filename = sourceName(item);
  if (filename?.endsWith(".whl")) return void 0;
  const extension = source.kind === "url" || source.kind === "path" ? PEP_625 : ARCHIVE;
  if (filename === void 0 || !extension.test(filename))
    throw broken(item, `uv does not build from '${filename ?? ""}', which is not a source archive`);
  return artifact(item, source.kind === "git" ? "git" : "sdist", sdist, filename);
}
var isGitTree = (source) => source.kind === "git" && source.path === void 0;
var PEP_625 = /\.(?:tar\.gz|zip)$/;
var ARCHIVE = /\.(?:tar\.(?:gz|bz2|xz|lz|lzma|zst)|zip|tar|tgz|tbz|txz|tlz)$/;
function sourceName({ source, sdist }) {
  if (source.kind === "url") return lastSegment(source.url);
  if (source.kind === "path" || source.kind === "git") return path6.posix.basename(source.path ?? "");
  return sdist && fileName(sdist);
}
function artifact(item, kind, file, filename) {
  const { name, version: version2 } = item;
  return { name, version: version2, kind, filename, hash: file?.hash, size: file?.size, ...originOf(item, file) };
}
function originOf(item, file) {
  const { source } = item;
  switch (source.kind) {
    case "registry":
    case "registry-path":
      if (file?.url !== void 0) return { url: file.url };
      if (source.kind === "registry-path" && file?.path !== void 0)
        return { path: pathIn(source.path, file.path) };
      throw broken(item, "a file that is needed has no url or path");
    case "git": {
      const { url, commit: commit2, subdirectory, ref, lfs } = source;
      const reference = ref && `${ref.kind}=${ref.name}`;
      return { url, commit: commit2, subdirectory, ref: reference, lfs: lfs || void 0, path: source.path };
    }
    case "url":
      return { url: source.url, subdirectory: source.subdirectory };
    case "editable":
      return { path: source.path, editable: true };
    default:
      return { path: source.path };
  }
}
function broken({ place }, what) {
  return new UserError("no-artifact", messageAt(place, what), { at: positionOf(place) });
}
function nothingFits(item, chooser, wheelAllowed, hasSource) {
  const { system, python, libc } = chooser.target;
  const label = item.version === void 0 ? item.name : `${item.name} ${item.version}`;
  const reasons = [
    wheelAllowed ? wheelReason(item, chooser.target) : "its wheels are forbidden (no-binary)",
    hasSource ? "building it is forbidden (no-build)" : "there is no source to build it from"
  ];
  return new UserError(
    "no-artifact",
    `${label}: ${reasons.join(", and ")}, so nothing of it can be installed for ${system}, Python ${python}, ${formatLibc(libc)}. Change the target, the rules in [tool.uv], or the version.`,
    { at: positionOf(item.place) }
  );
}
var minors = Array.from({ length: 16 }, (_, index) => index + 7);
function wheelReason(item, target) {
  if (item.wheels.length === 0) return "it has no wheels";
  const pythons = minors.map((minor2) => `3.${minor2}`).filter((python) => {
    const rank = tagRank({ ...target, python: `${python}.0` });
    return item.wheels.some(({ name }) => rank(name) !== void 0);
  });
  if (pythons.length > 0) return `its wheels are for Python ${pythons.join(", ")}`;
  const names = item.wheels.map(({ name }) => name.filename);
  return `its wheels are for other systems or newer C libraries (${someOf(names, 8)})`;
}

// src/uv/plan/selection.ts
function selectRoots(project, selection) {
  const { lock } = project;
  const extras = new Set(selection.extras.map((name) => wanted(name, "extra")));
  const explicit = new Set(selection.groups.map((name) => wanted(name, "group")));
  const names = chosenNames(project, selection);
  const packages = (names ?? workspaceNames(lock, selection.allPackages)).map(
    (name) => rootPackage(lock, name)
  );
  const single = names?.length === 1 ? packages[0] : void 0;
  const groups = /* @__PURE__ */ new Set([...explicit, ...selection.defaultGroups ? defaultGroups(project, single) : []]);
  const isSelected = groupFilter(project, single, groups, explicit);
  const root = single === void 0 ? void 0 : implicitRoot(lock);
  const owners = root === void 0 || root === single ? packages : [...packages, root];
  checkExtras(lock, packages, extras);
  checkGroups(project, owners, explicit);
  return {
    packages: packages.map((item) => ({
      package: item,
      extras: [...extras].filter((extra) => extrasOf(item).includes(extra)),
      marker: void 0
    })),
    groups: selectedGroups(lock, owners, isSelected),
    requirements: rootRequirements(lock, isSelected)
  };
}
function selectedGroups(lock, owners, isSelected) {
  const ofOwners = owners.flatMap(
    (item) => [...new Set(groupsOf(item))].map((name) => {
      const requiresPython = item.groupRequiresPython.get(name);
      return { owner: item.name, name, requiresPython, dependencies: item.groups.get(name) ?? [] };
    })
  );
  const ofRoot = [...lock.groupRequiresPython].map(([name, requiresPython]) => {
    return { owner: void 0, name, requiresPython, dependencies: [] };
  });
  return [...ofOwners, ...ofRoot].filter(({ owner, name }) => isSelected(owner, name));
}
function chosenNames({ lock, current }, selection) {
  if (selection.allPackages) return void 0;
  if (selection.packages.length === 0) return current === void 0 ? void 0 : [current];
  const members = workspaceNames(lock, true);
  return [...new Set(selection.packages.map((name) => wanted(name, "package")))].map((name) => {
    if (members.includes(name)) return name;
    throw new UserError(
      "selection-package",
      `'${name}' is not a member of the workspace that ${lock.file} locks. Its members are: ${list2(members)}.`
    );
  });
}
function workspaceNames(lock, withImplicitRoot) {
  if (lock.members.length > 0 || !withImplicitRoot) return lock.members;
  const root = implicitRoot(lock);
  return root === void 0 ? [] : [root.name];
}
function implicitRoot(lock) {
  return lock.packages.find(({ name, source }) => {
    if (source.kind === "directory") return source.path === "." && lock.members.includes(name);
    return (source.kind === "editable" || source.kind === "virtual") && source.path === ".";
  });
}
function rootPackage(lock, name) {
  const same = lock.byName.get(name) ?? [];
  if (same.length === 1 && same[0] !== void 0) return same[0];
  throw new UserError(
    "selection-package",
    same.length === 0 ? `${lock.file} does not have the project '${name}': it is for another project, or out of date. Run 'uv lock'.` : `${lock.file} has '${name}' ${same.length} times, so the name is ambiguous. Run 'uv lock'.`
  );
}
function defaultGroups(project, single) {
  const { lock } = project;
  const name = single?.name ?? project.current;
  const pyproject = name === void 0 ? project.rootPyproject : project.pyprojects.get(name);
  const fromLock = name === void 0 ? lock.defaultGroups : lock.byName.get(name)?.[0]?.defaultGroups;
  const configured = pyproject === void 0 ? fromLock : pyproject.defaultGroups;
  if (configured !== "all") return configured ?? ["dev"];
  return [...lock.packages.flatMap((item) => [...item.groups.keys()]), ...lock.groups.keys()];
}
function groupFilter(project, single, groups, explicit) {
  return (owner, group) => {
    if (!groups.has(group)) return false;
    if (single === void 0 || owner === single.name) return true;
    return explicit.has(group) && !declaresGroup(project.pyprojects.get(single.name), single, group);
  };
}
function declaresGroup(pyproject, item, group) {
  if (pyproject !== void 0) return pyproject.groups.has(group);
  return groupsOf(item).includes(group);
}
var extrasOf = (item) => [...item.declaredExtras, ...item.extras.keys()];
var groupsOf = (item) => [...item.declaredGroups, ...item.groups.keys()];
function rootRequirements(lock, isSelected) {
  const grouped = [...lock.groups].filter(([group]) => isSelected(void 0, group));
  return [...lock.requirements, ...grouped.flatMap(([, requirements2]) => requirements2)];
}
function checkExtras(lock, packages, extras) {
  const known = new Set(packages.flatMap(extrasOf));
  const missing = [...extras].find((extra) => !known.has(extra));
  if (lock.revision < 1 || missing === void 0) return;
  throw new UserError(
    "selection-extra",
    `No extra '${missing}' in ${list2(packages.map((item) => item.name))} as ${lock.file} has it. There is: ${list2([...known])}. Correct the name, or run 'uv lock' if the extra is new.`
  );
}
function checkGroups({ lock, rootPyproject }, packages, explicit) {
  const ofRoot = [...lock.groups.keys(), ...rootPyproject?.groups ?? []];
  const known = /* @__PURE__ */ new Set([
    ...packages.flatMap(groupsOf),
    ...rootPyproject?.name === void 0 ? ofRoot : []
  ]);
  const missing = [...explicit].find((group) => !known.has(group));
  if (missing === void 0) return;
  throw new UserError(
    "selection-group",
    `No dependency group '${missing}' in ${lock.file}. There is: ${list2([...known])}. Correct the name, or run 'uv lock' if the group is new.`
  );
}
function wanted(text2, what) {
  const name = normalizeName(text2);
  if (name === void 0) throw new UserError("selection-name", `'${text2}' is not the name of a ${what}.`);
  return name;
}
function list2(names) {
  return names.length === 0 ? "none" : [...names].sort().join(", ");
}

// src/uv/plan/walk.ts
function reachable(lock, roots, environment) {
  return new Set(graphOf(lock, roots, environment).keys());
}
function graphOf(lock, roots, environment) {
  const decisive = decisiveNames(lock);
  const active = initiallyActive(roots);
  const required = roots.requirements.flatMap((one) => requiredPackage(lock, one, environment));
  const starts = [roots.packages, required, ...roots.groups.map(({ dependencies }) => dependencies)];
  for (; ; ) {
    const known = new Set(active);
    const holds = (dependency) => {
      const isOwn = (name) => dependency.extras.some((extra) => encodeExtra(dependency.package.name, extra) === name);
      return evaluate(dependency.marker, environment, (name) => known.has(name) || isOwn(name));
    };
    const reached = follow(starts, holds, (item, extra) => {
      const name = encodeExtra(item.name, extra);
      if (decisive.has(name)) active.add(name);
      return active.size > known.size;
    });
    if (active.size === known.size) {
      checkConflicts(lock, active, new Set([...reached.keys()].map(({ name }) => name)));
      return new Map(
        [...reached].map(([item, extras]) => {
          const all = [...item.dependencies, ...[...extras].flatMap((one) => item.extras.get(one) ?? [])];
          return [item, new Set(all.filter(holds).map((one) => one.package))];
        })
      );
    }
  }
}
function requiredPackage(lock, { name, extras, marker }, environment) {
  if (!evaluate(marker, environment, () => false)) return [];
  const fits = (lock.byName.get(name) ?? []).filter(
    ({ resolutionMarkers }) => resolutionMarkers.length === 0 || resolutionMarkers.some((one) => evaluate(one, environment, () => false))
  );
  const [found] = fits;
  if (found === void 0 || fits.length > 1)
    throw new UserError(
      "lock-invalid",
      `${lock.file}: the workspace root requires '${name}', which the lock has ${fits.length} times for this target. Run 'uv lock' to recreate it.`
    );
  return [{ package: found, extras: extras.filter((extra) => found.extras.has(extra)), marker: void 0 }];
}
function follow(starts, holds, onExtra = () => false) {
  const reached = /* @__PURE__ */ new Map();
  const queue = [...starts];
  let isDone = false;
  for (let at = 0; at < queue.length && !isDone; at += 1)
    for (const dependency of (queue[at] ?? []).filter(holds)) {
      const { package: item, extras } = dependency;
      const entered = reached.get(item) ?? /* @__PURE__ */ new Set();
      if (!reached.has(item)) queue.push(item.dependencies);
      reached.set(item, entered);
      for (const extra of extras.filter((name) => !entered.has(name))) {
        entered.add(extra);
        queue.push(item.extras.get(extra) ?? []);
        if (onExtra(item, extra)) isDone = true;
      }
    }
  return reached;
}
var encodeItem = ({ package: owner, kind, name }) => `${kind}-${owner.length}-${owner}${kind === "project" ? "" : `-${name}`}`;
var encodeExtra = (owner, extra) => encodeItem({ package: owner, kind: "extra", name: extra });
var allDependencies = ({ dependencies, extras, groups }) => [
  ...dependencies,
  ...[...extras.values(), ...groups.values()].flat()
];
function decisiveNames(lock) {
  const names = new Set(lock.conflicts.flat().map(encodeItem));
  const all = lock.packages.flatMap(allDependencies);
  for (const { marker } of all) for (const name of marker?.extras ?? []) names.add(name);
  return names;
}
function initiallyActive(roots) {
  const active = /* @__PURE__ */ new Set();
  for (const { package: root, extras } of roots.packages) {
    active.add(encodeItem({ package: root.name, kind: "project", name: "" }));
    for (const extra of extras) active.add(encodeExtra(root.name, extra));
  }
  for (const { owner, name } of roots.groups)
    if (owner !== void 0) active.add(encodeItem({ package: owner, kind: "group", name }));
  return active;
}
function checkConflicts(lock, active, reached) {
  for (const set of lock.conflicts) {
    const both = set.filter(
      (item) => item.kind === "project" ? reached.has(item.package) : active.has(encodeItem(item))
    );
    if (both.length >= 2) throw conflict(lock, both);
  }
}
function conflict(lock, items) {
  const text2 = items.map(
    (item) => item.kind === "project" ? item.package : `${item.kind} '${item.name}' of ${item.package}`
  );
  return new UserError(
    "conflict",
    `${text2.join(" and ")} are declared as conflicting in ${lock.file} (tool.uv.conflicts), so they cannot be installed together. Select one of them.`
  );
}

// src/uv/plan/plan.ts
function planProject(project, target, selection) {
  const { lock, settings } = project;
  const environment = environmentOf(target);
  const roots = selectRoots(project, selection);
  requirePython(target, lock);
  checkSupported(lock, environment, target);
  const members = new Set(
    lock.members.length > 0 ? lock.members : roots.packages.map((root) => root.package.name)
  );
  const chooser = { members, settings, target, rank: tagRank(target) };
  const packages = reachable(lock, roots, environment);
  checkUnique(lock, packages);
  return [...packages].flatMap((item) => chooseArtifact(item, chooser) ?? []).sort(compareArtifacts);
}
function planDeclared(project, declared) {
  const target = parseTarget(declared);
  const artifacts = planProject(project, target, declared);
  return { declared, target, artifacts, plan: manifestDigest(artifacts, declared) };
}
function requirePython(target, lock) {
  const { requiresPython, file } = lock;
  if (requiresPython.trim() !== "" && !validRange(requiresPython))
    throw new UserError(
      "lock-invalid",
      `${file}: requires-python '${requiresPython}' is not a version specifier. Run 'uv lock'.`,
      { at: { file } }
    );
  if (!satisfies(target.python, requiresPython, { prereleases: true }))
    throw new UserError(
      "python-not-supported",
      `Python ${target.python} is outside requires-python '${requiresPython}' of ${file}. Use a Python inside it (the patch version can matter), or extend it and run 'uv lock'.`
    );
}
function checkUnique(lock, packages) {
  const seen = /* @__PURE__ */ new Map();
  for (const item of packages) {
    const other = seen.get(item.name);
    seen.set(item.name, item);
    if (other === void 0) continue;
    const versions = [other, item].map(({ version: version2, source }) => version2 ?? source.kind).join(" and ");
    throw new UserError(
      "conflict",
      `This selection needs '${item.name}' twice, as ${versions}: it has extras or groups that conflict in ${lock.file} (tool.uv.conflicts). Select one of them.`
    );
  }
}
function checkSupported(lock, environment, target) {
  const lists = [
    { markers: lock.supportedMarkers, extra: false },
    // Forks of conflicting extras depend on the selected extras, which are not known here.
    { markers: lock.resolutionMarkers, extra: "either" }
  ];
  for (const { markers, extra } of lists) {
    if (markers.length === 0 || markers.some((marker) => evaluate(marker, environment, () => extra)))
      continue;
    throw new UserError(
      "target-not-locked",
      `${lock.file} was not made for ${target.system} with Python ${target.python}: it covers only ${markers.map(({ text: text2 }) => `"${printable(text2)}"`).join(", ")}. Change the target, or add it to tool.uv.environments and run 'uv lock'.`
    );
  }
}

// src/build-lock/schema.ts
var isPlain = (value) => /^[^\u0000-\u001f\u007f]+$/.test(value);
var isFile = (value) => /^[A-Za-z0-9_][\w.+!?=~-]{0,299}$/.test(value);
var isWheel = (value) => isFile(value) && typeof parseWheelName(value) !== "string";
var isAddress = (value) => isPlain(value) && /^(https?|ssh):\/\//.test(value) && URL.canParse(value);
var isRelative = (value) => isPlain(value) && !value.startsWith("/") && !value.includes("\\");
var matching = (test) => text(1e4, { test });
var many = (item) => list(item, 1e5);
var buildKey = /^[A-Za-z0-9][\w.+!-]{0,299}$/;
var keys = many(text(300, buildKey));
var plain = matching(isPlain);
var version = text(128, /^[0-9A-Za-z][0-9A-Za-z.+!_-]*$/);
var sriOrEmpty = matching((value) => value === "" || isSri(value));
var sri = matching(isSri);
var address = matching(isAddress);
var relative = matching(isRelative);
var commit = text(40, /^[0-9a-f]{40}$/);
var requirements = many(text(1e4));
var hashes = mapOf({ test: isWheel }, sri);
function lockShape(object) {
  const environment = object({
    /** File names in the lock's `wheels`. */
    wheels: many(matching(isWheel)),
    builds: keys
  });
  const system = object(
    {
      /** Digest of the manifest that `hash` was computed for, to check that `hash` is current. */
      plan: sriOrEmpty,
      hash: sriOrEmpty,
      /** Keys of `builds` that the output installs. */
      builds: keys,
      /** The build environment of each build. */
      environments: mapOf(buildKey, environment)
    },
    /** Wheels that Nix installs in separate derivations; not set if no wheel is. */
    { apart: hashes }
  );
  return object({
    version: oneOf(1),
    /** The declared target, without its system. */
    target: object({
      ...{ python: plain, libc: plain, packages: many(plain), extras: many(plain), groups: many(plain) },
      ...{ allPackages: yesOrNo, defaultGroups: yesOrNo }
    }),
    systems: mapOf({ test: (name) => SYSTEMS.some((one) => one === name) }, system),
    builds: mapOf(buildKey, buildShape(object)),
    /** Wheels of build environments, by file name; the output's wheels are in the FOD. */
    wheels: mapOf({ test: isWheel }, object({ url: address, hash: sri }))
  });
}
function buildShape(object) {
  const required = {
    name: matching(isName),
    /** `[build-system] requires` of pyproject.toml, or PEP 517's default. */
    requires: requirements
  };
  const optional = {
    /** Requirements that the backend returns (PEP 517, get_requires_for_build_wheel). */
    dynamicRequires: requirements,
    /** `[tool.uv.extra-build-dependencies]` of the project. */
    extraRequires: requirements
  };
  const sdist = object(
    { ...required, kind: oneOf("sdist"), version, filename: matching(isFile), hash: sri },
    { ...optional, url: address, path: relative, subdirectory: relative }
  );
  const git = object(
    { ...required, kind: oneOf("git"), version, url: address, commit, hash: sri },
    { ...optional, subdirectory: relative }
  );
  const directory = object(
    { ...required, kind: oneOf("directory"), path: relative },
    { ...optional, version }
  );
  const kinds = new Map(Object.entries({ sdist, git, directory }));
  const build = (value, at) => {
    const shape = kinds.get(value?.kind);
    return shape ? shape(value, at) : `${at}.kind is not one of ${[...kinds.keys()].join(", ")}`;
  };
  return build;
}
var open2 = lockShape(having);
var closed = lockShape(exactly);
var faultOf = (value) => open2(value, "it")?.replace(/^it\./, "");
var unknownFieldOf = (value) => closed(value, "it")?.replace(/^it\./, "");

// src/build-lock/text.ts
function sameData(left, right) {
  return JSON.stringify(left, sortedKeys) === JSON.stringify(right, sortedKeys);
}
function sortedKeys(_key, value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
}
var bounds = { length: 8 << 20, depth: 12 };
function parseBuildLock(text2, file) {
  const refuse = (why) => new UserError(
    "build-lock-invalid",
    `${file} is not a build lock: ${printable(why.slice(0, 300))}. Delete it and run 'uv-fod lock' to create it again.`,
    { at: { file } }
  );
  let value;
  try {
    value = parseBoundedJson(text2, bounds);
  } catch (error) {
    const fix2 = "run 'uv-fod update', which computes it again (after 'uv lock', if uv.lock has a conflict, too)";
    throw mergeConflict(text2, file, fix2) ?? refuse(error.message);
  }
  const version2 = value?.version;
  if (version2 !== 1) throw refuse("its version is not 1, the only one that this release supports");
  const fault = faultOf(value);
  if (fault !== void 0) throw refuse(fault);
  return value;
}
function unexpectedIn(text2, lock) {
  const fault = unknownFieldOf(lock);
  if (fault !== void 0) return printable(fault.slice(0, 300));
  return saysNoMore(text2, lock) ? void 0 : "a key is in it twice";
}

// src/build-lock/builds.ts
var ownOf = (table2, key) => table2 && Object.hasOwn(table2, key) ? table2[key] : void 0;
var isBuilt = (artifact2) => artifact2.kind !== "wheel";
function buildKey2(artifact2) {
  return artifact2.kind === "directory" || artifact2.version === void 0 ? artifact2.name : `${artifact2.name}-${artifact2.version}`;
}
var sourceFields = {
  sdist: ["kind", "name", "version", "filename", "url", "path", "subdirectory"],
  git: ["kind", "name", "version", "url", "commit", "subdirectory"],
  directory: ["kind", "name", "version", "path"]
};
var sourceOf2 = (from) => Object.fromEntries(
  Object.entries(from).filter(
    ([name, value]) => from.kind !== "wheel" && sourceFields[from.kind].includes(name) && Boolean(value)
  )
);
var hexOf = (sri2) => `sha256:${Buffer.from(sri2.slice("sha256-".length), "base64").toString("hex")}`;

// src/build-lock/separate.ts
function unexpectedSeparate(locked, artifacts) {
  const wheels = artifacts.filter(({ kind }) => kind === "wheel");
  const hashes2 = new Map(wheels.map((wheel) => [wheel.filename, sriOf2(wheel)]));
  return Object.keys(locked ?? {}).find((file) => hashes2.get(file) !== locked?.[file]);
}

// src/build-lock/inside-nix.ts
var fix = "Run 'uv-fod update' (or let the Action do it) and commit the changes. By hand: 'uv-fod lock', then set hash = lib.fakeHash;, build, and copy the hash after 'got:'.";
async function checkSource(options, read2) {
  const text2 = await readFile2(path7.join(options.deps, "manifest.json"), "utf8");
  const { target } = JSON.parse(text2);
  const { artifacts } = planDeclared(await loadInside(options.project, { read: read2 }), target);
  const expected = manifestText(artifacts, target);
  if (expected !== text2) throw staleDeps(JSON.parse(expected), JSON.parse(text2));
  const lockText = await readFile2(options.buildLock, "utf8");
  const buildLock = parseBuildLock(lockText, path7.basename(options.buildLock));
  const unexpected = unexpectedIn(lockText, buildLock);
  if (unexpected !== void 0)
    throw new UserError("build-lock-stale", `The build lock is wrong: ${unexpected}. ${fix}`);
  checkBuildLock(artifacts, target, buildLock);
  await writeFile2(options.requirements, artifacts.map((artifact2) => `${requirement2(artifact2)}
`).join(""));
}
var requirement2 = ({ name, version: version2 }) => version2 === void 0 ? name : `${name}==${version2}`;
function checkBuildLock(artifacts, target, { systems, builds }) {
  const own = ownOf(systems, target.system);
  if (own === void 0) throw stale(`it has no entry for ${target.system}`);
  const built = artifacts.filter(isBuilt);
  const difference = describe2(built.map(buildKey2), own.builds);
  if (difference !== "") throw stale(`uv.lock has different packages to build (${difference})`);
  const other = built.find((artifact2) => !isFrom(artifact2, ownOf(builds, buildKey2(artifact2))));
  if (other) throw stale(`it has another source for ${buildKey2(other)} than uv.lock`);
  const separate = unexpectedSeparate(own.apart, artifacts);
  if (separate !== void 0) throw stale(`it installs ${printable(separate)}, which does not match uv.lock`);
}
var stale = (why) => new UserError("build-lock-stale", `The build lock is out of date: ${why}. ${fix}`);
function isFrom(artifact2, build) {
  const locked = sriOf2(artifact2);
  const source = { ...artifact2.kind === "directory" ? { path: "." } : {}, ...sourceOf2(artifact2) };
  return build !== void 0 && sameData(sourceOf2(build), source) && (build.kind !== "sdist" || locked === void 0 || build.hash === locked);
}
function staleDeps(expected, actual) {
  const names = (manifest) => manifest.wheels.map(({ filename, hash }) => `${filename} ${hash ?? ""}`);
  const difference = describe2(names(expected), names(actual)) || "another target, or another version of the fetcher";
  return new UserError(
    "deps-stale",
    `The hash of uvDeps is out of date: its wheels were fetched for another uv.lock than the source has (${difference}). ${fix}`
  );
}
function describe2(wanted2, actual) {
  const [want, have] = [new Set(wanted2), new Set(actual)];
  const short = (text2) => text2.split(" ")[0] ?? "";
  const all = [
    ...wanted2.filter((item) => !have.has(item)).map((item) => `+ ${short(item)}`),
    ...actual.filter((item) => !want.has(item)).map((item) => `- ${short(item)}`)
  ];
  return someOf(all, 6);
}

// src/contents/inside-nix.ts
import { readFile as readFile3, writeFile as writeFile3 } from "node:fs/promises";
import path8 from "node:path";

// src/contents/sbom.ts
import { createHash as createHash2 } from "node:crypto";

// src/build-lock/keep.ts
function wheelOf(filename, { url, hash }) {
  const [project = "", version2 = ""] = filename.split("-", 2);
  const file = { filename, url, hash: hexOf(hash) };
  return { kind: "wheel", name: normalizeName(project) ?? project, version: version2, ...file };
}

// src/fetch/bare-address.ts
var bareAddress = (url, changes = {}) => Object.assign(new URL(url), { username: "", password: "", hash: "", ...changes }).href;

// src/system/promises.ts
function once(make) {
  let made;
  return () => {
    made ??= make();
    return made;
  };
}

// src/contents/sbom.ts
async function sbomText(project, target, buildLock, version2) {
  const library = await import("./cyclonedx.js");
  const { Bom, Component, ComponentType, JsonSerializer, JSON: Json, Property, Spec1dot6 } = library;
  const bom = new Bom();
  const tool = { version: version2, bomRef: "uv-fod" };
  bom.metadata.tools.components.add(new Component(ComponentType.Application, "uv-fod", tool));
  for (const [name, value] of Object.entries(targetProperties(target)))
    bom.metadata.properties.add(new Property(`uv-fod:target:${name}`, value));
  const { root, components } = installed(project, target, library);
  bom.metadata.component = root;
  for (const one of [...components, ...buildTools(buildLock, target.system, library)])
    bom.components.add(one);
  const serializer = new JsonSerializer(new Json.Normalize.Factory(Spec1dot6));
  const write = () => serializer.serialize(bom, { space: 2 });
  bom.serialNumber = serialOf(write());
  return `${write()}
`;
}
function serialOf(text2) {
  const hex = createHash2("sha256").update(text2).digest("hex");
  const variant = (Number.parseInt(hex[16] ?? "0", 16) & 3 | 8).toString(16);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`];
  return `urn:uuid:${[...parts, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-")}`;
}
var targetProperties = (target) => ({
  ...{ system: target.system, python: target.python, libc: target.libc },
  ...target.packages.length > 0 ? { packages: [...target.packages].sort().join(" ") } : {},
  ...target.extras.length > 0 ? { extras: [...target.extras].sort().join(" ") } : {},
  ...target.groups.length > 0 ? { groups: [...target.groups].sort().join(" ") } : {},
  ...{ "all-packages": String(target.allPackages), "default-groups": String(target.defaultGroups) }
});
function installed(project, target, library) {
  const parsed2 = parseTarget(target);
  const roots = selectRoots(project, target);
  const graph = graphOf(project.lock, roots, environmentOf(parsed2));
  const components = new Map(
    planProject(project, parsed2, target).map((one) => [one.name, componentOf(one, library)])
  );
  const connect = (from, needs) => {
    for (const name of [...needs].map((one) => one.name).sort()) {
      const to = components.get(name);
      if (to && to !== from) from.dependencies.add(to.bomRef);
    }
  };
  for (const [{ name }, needs] of graph) {
    const from = components.get(name);
    if (from) connect(from, needs);
  }
  const selected = new Set(roots.packages.map((one) => one.package));
  const virtual = [...selected].filter(({ source }) => source.kind === "virtual");
  const isNeeded = (item) => selected.has(item) || virtual.some((one) => graph.get(one)?.has(item)) || roots.groups.some(({ dependencies }) => dependencies.some((one) => one.package === item)) || roots.requirements.some(({ name }) => name === item.name);
  const [own] = selected.size === 1 ? selected : [];
  const { Component, ComponentType } = library;
  const root = new Component(ComponentType.Application, own?.name ?? project.current ?? "workspace", {
    bomRef: "root",
    ...own?.version === void 0 ? {} : { version: own.version }
  });
  connect(root, [...graph.keys()].filter(isNeeded));
  return { root, components: components.values() };
}
function buildTools(buildLock, system, library) {
  const environments = Object.entries(ownOf(buildLock?.systems, system)?.environments ?? {});
  const files = new Set(environments.flatMap(([, { wheels }]) => wheels));
  return [...files].flatMap((filename) => {
    const pinned = ownOf(buildLock?.wheels, filename);
    if (pinned === void 0) return [];
    const builds = environments.flatMap(([key, { wheels }]) => wheels.includes(filename) ? [key] : []);
    return [componentOf(wheelOf(filename, pinned), library, builds)];
  });
}
function componentOf(one, library, builds) {
  const { Component, ComponentScope, ComponentType, ExternalReference, ExternalReferenceType, Property } = library;
  const { name, version: version2, hash = "", kind, commit: commit2, filename } = one;
  const parsed2 = one.url ? URL.parse(one.url) : null;
  const url = parsed2 ? bareAddress(parsed2) : void 0;
  const address2 = kind === "git" && url ? `git+${url}@${commit2}` : url;
  const component = new Component(ComponentType.Library, name, {
    bomRef: builds ? `build/${filename}` : refOf(one),
    scope: builds ? ComponentScope.Excluded : ComponentScope.Required,
    ...version2 === void 0 ? {} : { version: version2 },
    ...kind === "directory" ? {} : { purl: purlOf(one, address2) }
  });
  const [algorithm = "", digest = ""] = hash.split(":");
  const known = Object.hasOwn(ALGORITHMS, algorithm) ? ALGORITHMS[algorithm] : void 0;
  if (known !== void 0) component.hashes.set(library.HashAlgorithm[known], digest.toLowerCase());
  const types = ExternalReferenceType;
  const type = {
    wheel: types.Distribution,
    sdist: types.SourceDistribution,
    git: types.VCS,
    directory: types.Other
  }[kind];
  if (address2 !== void 0) component.externalReferences.add(new ExternalReference(address2, type));
  const properties = [
    ["uv-fod:kind", kind],
    ["uv-fod:filename", filename],
    [kind === "directory" ? "uv-fod:in-tree" : "uv-fod:path", one.path],
    ...(builds ?? []).map((build) => ["uv-fod:builds", build])
  ];
  for (const [key, value] of properties) if (key && value) component.properties.add(new Property(key, value));
  return component;
}
var refOf = ({ name, version: version2 }) => version2 ? `${name}@${version2}` : name;
function purlOf({ name, version: version2, kind, filename }, address2) {
  const at = version2 === void 0 ? "" : `@${encodeURIComponent(version2)}`;
  const [key, value] = kind === "git" && address2 ? ["vcs_url", address2] : ["file_name", filename];
  const qualifier = value ? `?${key}=${encodeURIComponent(value)}` : "";
  return `pkg:pypi/${encodeURIComponent(name)}${at}${qualifier}`;
}
var ALGORITHMS = {
  md5: "MD5",
  sha256: "SHA-256",
  sha384: "SHA-384",
  sha512: "SHA-512",
  blake2b: "BLAKE2b-512"
};

// src/contents/inside-nix.ts
async function writeSbom(options, read2, version2) {
  const target = checkTarget(JSON.parse(await readFile3(options.target, "utf8")));
  const repository = await repositoryOf(options.project) ?? null;
  const project = await loadProject(options.project, read2, { repository });
  const name = path8.basename(options.buildLock);
  const buildLock = parseBuildLock(await readFile3(options.buildLock, "utf8"), name);
  await writeFile3(options.out, await sbomText(project, target, buildLock, version2));
}

// src/fetch/inside-nix.ts
import { copyFile as copyFile2, mkdir as mkdir2, readFile as readFile4, writeFile as writeFile4 } from "node:fs/promises";
import path10 from "node:path";

// src/fetch/download.ts
import { statSync as statSync2 } from "node:fs";
import { rename, rm as rm4 } from "node:fs/promises";

// src/fetch/follow.ts
import { existsSync as existsSync2 } from "node:fs";
import { appendFile, rm as rm3 } from "node:fs/promises";
import { setTimeout as setTimeout2 } from "node:timers/promises";

// src/fetch/addresses.ts
import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
var special = new BlockList();
for (const network of [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"],
  ...["198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
  // Azure's platform service, which GitHub's runners can reach.
  "168.63.129.16/32"
]) {
  const [address2 = "", prefix] = network.split("/");
  special.addSubnet(address2, Number(prefix), "ipv4");
}
var globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");
for (const network of ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]) {
  const [address2 = "", prefix] = network.split("/");
  special.addSubnet(address2, Number(prefix), "ipv6");
}
function isPublicAddress(text2) {
  const [address2 = ""] = text2.split("%");
  const family = isIP(address2);
  if (family === 4) return !special.check(address2, "ipv4");
  return family === 6 && globalUnicast.check(address2, "ipv6") && !special.check(address2, "ipv6");
}
var resolveBySystem = async (name) => (await lookup(name, { all: true })).map(({ address: address2 }) => address2);
async function addressesOf({ hostname }, resolve2) {
  const name = hostname.replace(/^\[|\]$/g, "");
  return isIP(name) ? [name] : resolve2(name);
}
function refuseInward(from, to) {
  const inner = innerOf(to);
  if (from.url.hostname === to.url.hostname || inner === void 0 || innerOf(from) !== void 0) return;
  throw new UserError(
    "redirect-inward",
    `${from.url.host} redirects to ${to.url.host.slice(0, 200)} (${inner}), which is not a public address, so the redirect is not followed. If that server is yours, use its address for the index in the project, and lock again.`
  );
}
function innerOf({ url, addresses }) {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isLiteral = url.hostname.startsWith("[") || /^[\d.]+$/.test(host);
  return [...addresses, ...isLiteral ? [host] : []].find((address2) => !isPublicAddress(address2));
}

// src/fetch/curl.ts
import { existsSync, statSync, writeFileSync } from "node:fs";

// src/system/run.ts
var noSuchProgram = 127;

// src/system/tools.ts
var tools = {
  nix: {
    code: "nix-missing",
    say: "evaluates and builds the derivation. Install Nix in a step before this one, for example with cachix/install-nix-action"
  },
  uv: {
    code: "uv-missing",
    say: "pins the build requirements of what has to be built from source. Install uv in a step before this one, for example with astral-sh/setup-uv"
  },
  curl: {
    code: "curl-missing",
    say: "downloads files. Install curl in a step before this one (Debian and Ubuntu: sudo apt-get install --yes curl), or use an image that has it"
  },
  git: {
    code: "git-missing",
    say: "reads repositories. Install git in a step before this one, or use an image that has it"
  }
};
function toolMissing(name) {
  const { code, say: say2 } = tools[name];
  return new UserError(code, `'${name}' is not on PATH. It ${say2}.`);
}

// src/fetch/curl.ts
var parallel = 16;
var sizeInterval = 200;
var tooLarge2 = 63;
async function curl(transfers, network, onEnd) {
  const controller = new AbortController();
  const open4 = new Map(transfers.entries());
  const settling = [];
  const settle = (index, ended) => {
    const transfer = open4.get(index);
    if (!open4.delete(index) || transfer === void 0 || controller.signal.aborted) return;
    if (ended.exitCode === 0 && !existsSync(transfer.file)) writeFileSync(transfer.file, "");
    const settled = onEnd(index, ended);
    settled.catch((error) => controller.abort(error));
    settling.push(settled);
  };
  const timer = setInterval(() => {
    for (const [index, { file, most }] of open4)
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > most)
        settle(index, { exitCode: tooLarge2, status: 0, redirect: "", contentType: "", message: "" });
  }, sizeInterval);
  try {
    const args = ["-q", "--no-progress-meter", "--parallel", "--parallel-max", String(parallel)];
    const result = await network.run("curl", [...args, "--config", "-"], {
      onlyEnv: network.environment,
      input: configOf(transfers, network),
      signal: AbortSignal.any([controller.signal, network.stop]),
      onLine: (line) => {
        const [index, exitCode, status, redirect = "", contentType = "", ...message] = line.split("	");
        if (message.length > 0)
          settle(Number(index), {
            ...{ exitCode: Number(exitCode), status: Number(status), redirect, contentType },
            message: printable(message.join(" ")).replace(/\.$/, "")
          });
      }
    });
    controller.signal.throwIfAborted();
    network.stop.throwIfAborted();
    if (open4.size > 0) throw failure(result.code, result.stderr);
  } finally {
    clearInterval(timer);
    await Promise.allSettled(settling);
  }
  await Promise.all(settling);
}
function failure(code, stderr) {
  if (code === noSuchProgram) return toolMissing("curl");
  const last = stderr.trimEnd().split("\n").at(-1) ?? "";
  return new UserError(
    "curl-failed",
    `curl exited with code ${code} before it had downloaded everything (${printable(last.slice(0, 300))}). Version 7.75 or later is required: check 'curl --version', and run this again.`
  );
}
var configOf = (transfers, network) => transfers.map((transfer, index) => section(transfer, index, network)).join("next\n");
function section({ url, addresses, headers, ...transfer }, index, { certificates, patience, proxyFor, loginFor }) {
  const [proxy, login] = [proxyFor(url), loginFor(url)];
  const report = ["exitcode", "http_code", "redirect_url", "content_type", "errormsg"];
  return [
    // [1-9] and {a,b} in an address are not patterns.
    "globoff\n",
    // No login, which `user` sets, and no final dot, which the name in `resolve` does not have.
    option("url", bareAddress(url, { hostname: url.hostname.replace(/\.$/, "") })),
    option("output", transfer.file),
    option("proto", "=http,https"),
    ...pins(url, addresses).map((pin) => option("resolve", pin)),
    proxy === void 0 ? option("noproxy", "*") : option("proxy", proxy),
    login === void 0 ? "" : option("user", login),
    ...Object.entries(headers).map(([name, value]) => option("header", `${name}: ${value}`)),
    certificates === void 0 || url.protocol === "http:" ? "" : option("cacert", certificates),
    transfer.keepsErrors ? "" : "fail\n",
    option("max-filesize", transfer.most),
    option("max-time", transfer.seconds),
    option("connect-timeout", patience.connect),
    option("speed-limit", Math.ceil(patience.minimum / patience.window)),
    option("speed-time", patience.window),
    option("write-out", `%{stderr}${[index, ...report.map((name) => `%{${name}}`)].join("	")}
`)
  ].join("");
}
function option(name, value) {
  const text2 = String(value);
  if (text2.includes("\0")) throw new Error(`a value of curl's option '${name}' has a NUL character`);
  const quoted2 = text2.replace(/[\\"\n\r\t\v]/g, (character) => `\\${escapes[character] ?? character}`);
  return `${name} = "${quoted2}"
`;
}
var escapes = { "\n": "n", "\r": "r", "	": "t", "\v": "v" };
function pins(url, addresses) {
  const host = url.hostname.replace(/\.$/, "");
  if (addresses.length === 0 || addresses.includes(host.replace(/^\[|\]$/g, ""))) return [];
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const bracketed = addresses.map((address2) => address2.includes(":") ? `[${address2}]` : address2);
  return [`${host}:${port}:${bracketed.join(",")}`];
}

// src/fetch/netrc.ts
var statusText = (status) => status === 401 ? "status 401 (logins come from a netrc file, NETRC, or UV_INDEX_<NAME>_PASSWORD; in a build from netrcPhase)" : `status ${status}`;
function netrcLogins(text2) {
  const logins = parseNetrc(text2);
  return ({ hostname }) => {
    const entry = logins.get(hostname);
    return entry && `${entry.login}:${entry.password}`;
  };
}
function parseNetrc(text2) {
  const logins = /* @__PURE__ */ new Map();
  let current;
  const words = withoutMacros(text2).split(/\s+/).filter((word2) => word2 !== "");
  for (let index = 0; index < words.length; index += 1) {
    const word2 = words[index];
    if (word2 === "default") current = void 0;
    else if (word2 === "machine") {
      index += 1;
      current = { login: "", password: "" };
      const host = words[index] ?? "";
      if (!logins.has(host)) logins.set(host, current);
    } else if (word2 === "login" || word2 === "password") {
      index += 1;
      if (current) current[word2] = words[index] ?? "";
    } else if (word2 === "account") index += 1;
  }
  return logins;
}
function withoutMacros(text2) {
  let inMacro = false;
  const kept = [];
  for (const line of text2.split("\n")) {
    if (line.trim() === "") inMacro = false;
    else if (/^\s*macdef\s/.test(line)) inMacro = true;
    else if (!inMacro && !line.trimStart().startsWith("#")) kept.push(line);
  }
  return kept.join("\n");
}

// src/fetch/follow.ts
var mostRedirects = 5;
var Passing = class extends Error {
};
async function fetchAll(requests, network, accept) {
  let tasks = requests.map((request, index) => first2(request, index, 0));
  while (tasks.length > 0) {
    tasks = await round(tasks, network, accept);
    const tries = Math.min(...tasks.map((task) => task.tries));
    if (tasks.length > 0 && tries > 0)
      await setTimeout2(network.retryDelay * 2 ** (tries - 1), void 0, { signal: network.stop });
  }
}
var first2 = (request, index, tries) => ({
  ...{ request, index, tries, url: request.url, redirects: 0 }
});
async function round(tasks, network, accept) {
  const again = [];
  const attempt = async ({ request, index, tries }, action) => {
    try {
      await action();
    } catch (error) {
      if (!(error instanceof Passing)) throw error;
      await rm3(request.file, { force: true });
      if (tries >= network.retries) throw request.explain("unreachable", error.message);
      again.push(first2(request, index, tries + 1));
    }
  };
  const approve = approveOnce(network);
  const asked = [];
  for (const task of tasks) await attempt(task, async () => void asked.push([task, await approve(task)]));
  if (asked.length === 0) return again;
  const settle = async (index, ended) => {
    const [task, hop] = asked[index];
    await attempt(task, async () => {
      const next = redirected(task, hop, ended);
      if (next === void 0) {
        await check(task.request, ended);
        return accept(task.index, ended);
      }
      again.push(next);
      await rm3(task.request.file, { force: true });
    });
  };
  const transfers = asked.map(([{ request }, hop]) => ({ ...request, ...hop }));
  await curl(transfers, network, settle);
  return again;
}
function approveOnce({ approve, certificates, proxyFor }) {
  const known = /* @__PURE__ */ new Map();
  return async ({ url, from, request }) => {
    const key = `${url.origin} ${url.username !== "" || url.password !== ""}`;
    const approved = known.get(key) ?? approve(url.href, request.label);
    known.set(key, approved);
    const addresses = await approved.catch((error) => {
      throw error instanceof UserError ? error : new Passing(error.message);
    });
    if (addresses.length === 0 && proxyFor(url) === void 0)
      throw new Passing(`${url.host} has no address`);
    if (from) refuseInward(from, { url, addresses });
    if (url.protocol === "https:" && certificates !== void 0 && !existsSync2(certificates))
      throw request.explain("certificate", `the file of certificates '${certificates}' does not exist`);
    return { url, addresses };
  };
}
function redirected(task, from, { status, redirect }) {
  if (![301, 302, 303, 307, 308].includes(status) || redirect === "") return void 0;
  const { explain: explain2 } = task.request;
  const url = URL.parse(redirect);
  if (!url || !/^https?:$/.test(url.protocol))
    throw explain2("address", "what it redirects to is not an http or https address");
  if (from.url.protocol === "https:" && url.protocol === "http:")
    throw explain2("unreachable", `${from.url.host} redirects to plain http, at ${url.host}`);
  if (task.redirects >= mostRedirects) throw explain2("unreachable", `more than ${mostRedirects} redirects`);
  return { ...task, url, from, redirects: task.redirects + 1 };
}
var passing = [5, 6, 7, 16, 18, 28, 35, 52, 55, 56, 92, 95, 96];
var untrusted = [51, 58, 60, 77, 83, 90, 91];
async function check({ explain: explain2, keepsErrors, most, file }, { status, exitCode, message }) {
  if (exitCode === 22 || exitCode === 0 && !keepsErrors && (status < 200 || status > 299)) {
    const reason = `the server responded with ${statusText(status)}`;
    const isPassing = [408, 425, 429].includes(status) || status >= 500;
    throw isPassing ? new Passing(reason) : explain2("unreachable", reason);
  }
  if (exitCode === 0) return;
  if (exitCode === tooLarge2) throw explain2("too-large", `the response has more than ${most} bytes`);
  if (exitCode === 23) {
    const cause = await appendFile(file, Buffer.alloc(1 << 16)).catch(
      (error) => error
    );
    throw explain2("unwritable", cause?.message ?? "it could not be written", cause ?? void 0);
  }
  if (passing.includes(exitCode)) throw new Passing(message);
  throw explain2(untrusted.includes(exitCode) ? "certificate" : "unreachable", message);
}

// src/fetch/read.ts
import { createHash as createHash3 } from "node:crypto";
import { closeSync, constants as constants2, fstatSync, openSync, readSync } from "node:fs";
import { setImmediate } from "node:timers/promises";

// src/nix/nar.ts
var narPadding = (size) => Buffer.alloc((8 - size % 8) % 8);
function narLength(size) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(size));
  return bytes;
}

// src/fetch/read.ts
var mostBytes = 4 * 1024 ** 3;
var room = Buffer.allocUnsafeSlow(1 << 18);
var turn = 64;
var Unreadable = class extends Error {
};
async function differenceOf(file, { hash, size }, archive) {
  const [algorithm = "", expected = ""] = hash?.split(":") ?? [];
  const digest = hash === void 0 ? void 0 : createHash3(algorithm);
  try {
    await read(
      file,
      size,
      [digest, archive].filter((one) => one !== void 0),
      archive
    );
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    if (error.code === "ENOENT") return "it is missing";
    throw error;
  }
  const actual = digest?.digest("hex") ?? "";
  return actual === expected.toLowerCase() ? void 0 : `its ${algorithm} is ${actual}, but the lock has ${expected}`;
}
async function read(file, expected, hashes2, archive) {
  const descriptor = openSync(file, constants2.O_RDONLY | constants2.O_NONBLOCK);
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) throw new Unreadable("it is not a file");
    const { size } = found;
    if (size > mostBytes) throw new Unreadable(`it has more than ${mostBytes / 1024 ** 3} GiB`);
    if (expected !== void 0 && size !== expected)
      throw new Unreadable(`it has ${size} bytes, but the lock has ${expected}`);
    archive?.update(narLength(size));
    for (let [at, pieces] = [0, 1]; at < size; pieces += 1) {
      const count = readSync(descriptor, room, 0, Math.min(room.length, size - at), at);
      if (count === 0) throw new Unreadable("it changed while it was read");
      for (const one of hashes2) one.update(room.subarray(0, count));
      at += count;
      if (pieces % turn === 0) await setImmediate();
    }
    archive?.update(narPadding(size));
  } finally {
    closeSync(descriptor);
  }
}

// src/fetch/download.ts
var unknownSeconds = 3600;
async function download(files, network, onDone = () => {
}) {
  const requests = files.map((file) => requestOf(file, network));
  const accept = async (index, ended) => {
    const [file, request] = [files[index], requests[index]];
    const size = await verify(file, request.file, ended);
    await rename(request.file, file.target).catch((cause) => {
      throw failed(file, "unwritable", cause.message, cause);
    });
    await onDone(index, size);
  };
  try {
    await fetchAll(requests, network, accept);
  } catch (error) {
    await Promise.all(requests.map(({ file }) => rm4(file, { force: true })));
    throw error;
  }
}
function requestOf(file, { patience }) {
  const { size, target, label, part = `${target}.part` } = file;
  const url = URL.parse(file.url);
  if (!url || !/^https?:$/.test(url.protocol))
    throw failed(file, "address", "its address is not an http or https address");
  if (size !== void 0 && size > mostBytes) throw failed(file, "too-large", tooLarge3);
  return {
    ...{ url, label, file: part, most: size ?? mostBytes, keepsErrors: false },
    seconds: size === void 0 ? unknownSeconds : Math.ceil(patience.total + size / patience.rate),
    // The lock's digests are of the uncompressed bytes.
    headers: { "user-agent": "uv-fod", "accept-encoding": "identity" },
    explain: (kind, reason, cause) => kind !== "too-large" ? failed(file, kind, reason, cause) : size === void 0 ? failed(file, kind, tooLarge3) : failed(file, "changed", `it has more than the ${size} bytes of the lock`)
  };
}
async function verify(file, part, { contentType }) {
  const { size } = statSync2(part);
  if (file.size !== void 0 && size < file.size) {
    const page = contentType.startsWith("text/html") ? ", and is a web page" : "";
    throw new Passing(`the response ended after ${size} of ${file.size} bytes${page}`);
  }
  const difference = await differenceOf(part, file);
  if (difference === void 0) return size;
  throw failed(file, "changed", `it does not match uv.lock: ${difference}`);
}
var tooLarge3 = `it is larger than ${mostBytes / 1024 ** 3} GiB, the limit for a wheel or sdist`;
var failures = {
  unreachable: {
    code: "artifact-unreachable",
    say: "Check that the index still has it and that this machine can reach it; if the release was deleted, lock again (uv lock --upgrade-package NAME)."
  },
  certificate: {
    code: "artifact-unreachable",
    say: "The server's certificate is not trusted. If your proxy or mirror has its own certificate authority, set SSL_CERT_FILE to a file that has its certificate and the public ones; if the certificate has expired, or the clock of this machine is wrong, fix that. Otherwise the connection may be intercepted."
  },
  address: { code: "artifact-address", say: "Correct the index in the project, and lock again." },
  "too-large": {
    code: "artifact-too-large",
    say: "It was not kept. Check its entry in uv.lock, and lock again."
  },
  changed: {
    code: "artifact-changed",
    say: "It was not kept. If the index replaced the file on purpose, lock again; otherwise the connection may be intercepted."
  },
  full: {
    code: "disk-full",
    say: "Free some, or set XDG_CACHE_HOME (the cache) or TMPDIR (temporary files) to another disk."
  },
  unwritable: {
    code: "files-unwritable",
    say: "Use a writable folder (XDG_CACHE_HOME for the cache, TMPDIR for temporary files)."
  }
};
function failed({ label, url }, kind, reason, cause) {
  const isFull = cause?.code === "ENOSPC" || cause?.code === "EDQUOT";
  const { code, say: say2 } = failures[isFull ? "full" : kind];
  const why = isFull ? `no space left (${cause.code})` : reason;
  const parsed2 = URL.parse(url);
  const from = parsed2 ? bareAddress(parsed2, { search: "" }) : url;
  return new UserError(code, `${label} can't be downloaded from ${from}: ${why}. ${say2}`, { cause });
}

// src/fetch/wheels.ts
import { copyFile, realpath as realpath2 } from "node:fs/promises";
import path9 from "node:path";
function wheelsOf(artifacts) {
  const wheels = /* @__PURE__ */ new Map();
  for (const artifact2 of artifacts.filter(({ kind }) => kind === "wheel")) {
    const { name, filename = "" } = artifact2;
    if (!/^[A-Za-z0-9][A-Za-z0-9._+!-]{0,250}$/.test(filename))
      throw wrongName(`${name}: '${printable(filename.slice(0, 200))}' is not a file name of a wheel`);
    const other = wheels.get(filename);
    if (other) throw wrongName(`${other.name} and ${name} both have the file name '${filename}'`);
    checkDigest(artifact2);
    wheels.set(filename, { ...artifact2, filename });
  }
  return [...wheels.values()].sort((a, b) => a.filename < b.filename ? -1 : 1);
}
var wrongName = (what) => new UserError("artifact-name", `${what}; lock again with a current uv.`);
var digits = /* @__PURE__ */ new Map([
  ["sha256", 64],
  ["sha384", 96],
  ["sha512", 128]
]);
function checkDigest(artifact2) {
  const { hash } = artifact2;
  if (hash === void 0) return;
  const [, algorithm = "", hex = ""] = /^(\w+):([0-9a-fA-F]+)$/.exec(hash) ?? [];
  if (digits.get(algorithm) === hex.length) return;
  throw new UserError(
    "artifact-digest",
    `${labelOf(artifact2)}: the digest '${printable(hash.slice(0, 100))}' of uv.lock is not a complete sha256, sha384 or sha512, so the file cannot be verified. Use an index that has one of these, and lock again.`
  );
}
var labelOf = ({ name, version: version2 = "", filename }) => filename ?? `${name} ${version2}`.trim();
function asDownload(artifact2, target, part) {
  checkDigest(artifact2);
  const { url, hash, size } = artifact2;
  const label = labelOf(artifact2);
  if (url !== void 0) return { url, hash, size, label, target, part };
  throw new UserError(
    "artifact-address",
    `${label} has neither an address nor a path in uv.lock; lock again with a current uv.`
  );
}
async function localFile(artifact2, project) {
  checkDigest(artifact2);
  const label = labelOf(artifact2);
  const folder = path9.resolve(project);
  const named = path9.resolve(folder, artifact2.path ?? "");
  await requireInside(await repositoryOf(folder) ?? folder, named, `'${artifact2.path}' of uv.lock`);
  const file = await realpath2(named).catch((cause) => {
    throw new UserError(
      "artifact-unreachable",
      `${label} is missing at '${artifact2.path}', its path in uv.lock; put it there, or lock again.`,
      { cause }
    );
  });
  const difference = await differenceOf(file, artifact2);
  if (difference === void 0) return file;
  throw new UserError(
    "artifact-changed",
    `${label} at '${artifact2.path}' does not match uv.lock: ${difference}. Lock again if the change is intended.`
  );
}

// src/fetch/inside-nix.ts
var interval = 3e3;
async function fetchInto(options, read2, network, print) {
  const target = checkTarget(JSON.parse(await readFile4(options.target, "utf8")));
  const { artifacts } = planDeclared(await loadInside(options.project, { read: read2 }), target);
  await fetchWheels(artifacts, target, options.project, options.out, await network(), print);
}
async function fetchWheels(artifacts, target, project, out, network, print = () => {
}) {
  const wheels = wheelsOf(artifacts);
  const targetOf = (filename) => path10.join(out, "wheels", filename);
  await mkdir2(path10.join(out, "wheels"), { recursive: true });
  const local = wheels.filter((wheel) => wheel.path !== void 0);
  for (const wheel of local) await copyFile2(await localFile(wheel, project), targetOf(wheel.filename));
  const remote = wheels.filter((wheel) => wheel.path === void 0).sort((a, b) => (b.size ?? 0) - (a.size ?? 0)).map((wheel) => asDownload(wheel, targetOf(wheel.filename)));
  const started = Date.now();
  let [printed, files, size] = [started, local.length, 0];
  await download(remote, network, (_, bytes) => {
    files += 1;
    size += bytes;
    if (Date.now() - printed < interval) return;
    printed = Date.now();
    const seconds = ((printed - started) / 1e3).toFixed(0);
    print(`${files} of ${wheels.length} wheels, ${megabytes2(size)} MB, ${seconds} s`);
  });
  await writeFile4(path10.join(out, "manifest.json"), manifestText(artifacts, target));
  print(`${files} wheels, ${megabytes2(size)} MB`);
}
var megabytes2 = (bytes) => (bytes / 1e6).toFixed(1);

// src/system/exec.ts
import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import { accessSync, constants as constants4, statSync as statSync3 } from "node:fs";
import { access } from "node:fs/promises";
import path14 from "node:path";

// node_modules/@actions/exec/lib/exec.js
import { StringDecoder } from "string_decoder";

// node_modules/@actions/exec/lib/toolrunner.js
import * as os from "os";
import * as events from "events";
import * as child from "child_process";
import * as path13 from "path";

// node_modules/@actions/io/lib/io.js
import * as path12 from "path";

// node_modules/@actions/io/lib/io-util.js
import * as fs from "fs";
import * as path11 from "path";
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var { chmod, copyFile: copyFile3, lstat: lstat2, mkdir: mkdir3, open: open3, readdir: readdir2, rename: rename2, rm: rm5, rmdir, stat: stat2, symlink, unlink } = fs.promises;
var IS_WINDOWS = process.platform === "win32";
var READONLY = fs.constants.O_RDONLY;
function exists(fsPath) {
  return __awaiter(this, void 0, void 0, function* () {
    try {
      yield stat2(fsPath);
    } catch (err) {
      if (err.code === "ENOENT") {
        return false;
      }
      throw err;
    }
    return true;
  });
}
function isRooted(p) {
  p = normalizeSeparators(p);
  if (!p) {
    throw new Error('isRooted() parameter "p" cannot be empty');
  }
  if (IS_WINDOWS) {
    return p.startsWith("\\") || /^[A-Z]:/i.test(p);
  }
  return p.startsWith("/");
}
function tryGetExecutablePath(filePath, extensions) {
  return __awaiter(this, void 0, void 0, function* () {
    let stats = void 0;
    try {
      stats = yield stat2(filePath);
    } catch (err) {
      if (err.code !== "ENOENT") {
        console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
      }
    }
    if (stats && stats.isFile()) {
      if (IS_WINDOWS) {
        const upperExt = path11.extname(filePath).toUpperCase();
        if (extensions.some((validExt) => validExt.toUpperCase() === upperExt)) {
          return filePath;
        }
      } else {
        if (isUnixExecutable(stats)) {
          return filePath;
        }
      }
    }
    const originalFilePath = filePath;
    for (const extension of extensions) {
      filePath = originalFilePath + extension;
      stats = void 0;
      try {
        stats = yield stat2(filePath);
      } catch (err) {
        if (err.code !== "ENOENT") {
          console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
        }
      }
      if (stats && stats.isFile()) {
        if (IS_WINDOWS) {
          try {
            const directory = path11.dirname(filePath);
            const upperName = path11.basename(filePath).toUpperCase();
            for (const actualName of yield readdir2(directory)) {
              if (upperName === actualName.toUpperCase()) {
                filePath = path11.join(directory, actualName);
                break;
              }
            }
          } catch (err) {
            console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
          }
          return filePath;
        } else {
          if (isUnixExecutable(stats)) {
            return filePath;
          }
        }
      }
    }
    return "";
  });
}
function normalizeSeparators(p) {
  p = p || "";
  if (IS_WINDOWS) {
    p = p.replace(/\//g, "\\");
    return p.replace(/\\\\+/g, "\\");
  }
  return p.replace(/\/\/+/g, "/");
}
function isUnixExecutable(stats) {
  return (stats.mode & 1) > 0 || (stats.mode & 8) > 0 && process.getgid !== void 0 && stats.gid === process.getgid() || (stats.mode & 64) > 0 && process.getuid !== void 0 && stats.uid === process.getuid();
}

// node_modules/@actions/io/lib/io.js
var __awaiter2 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function which(tool, check2) {
  return __awaiter2(this, void 0, void 0, function* () {
    if (!tool) {
      throw new Error("parameter 'tool' is required");
    }
    if (check2) {
      const result = yield which(tool, false);
      if (!result) {
        if (IS_WINDOWS) {
          throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
        } else {
          throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
        }
      }
      return result;
    }
    const matches2 = yield findInPath(tool);
    if (matches2 && matches2.length > 0) {
      return matches2[0];
    }
    return "";
  });
}
function findInPath(tool) {
  return __awaiter2(this, void 0, void 0, function* () {
    if (!tool) {
      throw new Error("parameter 'tool' is required");
    }
    const extensions = [];
    if (IS_WINDOWS && process.env["PATHEXT"]) {
      for (const extension of process.env["PATHEXT"].split(path12.delimiter)) {
        if (extension) {
          extensions.push(extension);
        }
      }
    }
    if (isRooted(tool)) {
      const filePath = yield tryGetExecutablePath(tool, extensions);
      if (filePath) {
        return [filePath];
      }
      return [];
    }
    if (tool.includes(path12.sep)) {
      return [];
    }
    const directories = [];
    if (process.env.PATH) {
      for (const p of process.env.PATH.split(path12.delimiter)) {
        if (p) {
          directories.push(p);
        }
      }
    }
    const matches2 = [];
    for (const directory of directories) {
      const filePath = yield tryGetExecutablePath(path12.join(directory, tool), extensions);
      if (filePath) {
        matches2.push(filePath);
      }
    }
    return matches2;
  });
}

// node_modules/@actions/exec/lib/toolrunner.js
import { setTimeout as setTimeout3 } from "timers";
var __awaiter3 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var IS_WINDOWS2 = process.platform === "win32";
var ToolRunner = class extends events.EventEmitter {
  constructor(toolPath, args, options) {
    super();
    if (!toolPath) {
      throw new Error("Parameter 'toolPath' cannot be null or empty.");
    }
    this.toolPath = toolPath;
    this.args = args || [];
    this.options = options || {};
  }
  _debug(message) {
    if (this.options.listeners && this.options.listeners.debug) {
      this.options.listeners.debug(message);
    }
  }
  _getCommandString(options, noPrefix) {
    const toolPath = this._getSpawnFileName();
    const args = this._getSpawnArgs(options);
    let cmd = noPrefix ? "" : "[command]";
    if (IS_WINDOWS2) {
      if (this._isCmdFile()) {
        cmd += toolPath;
        for (const a of args) {
          cmd += ` ${a}`;
        }
      } else if (options.windowsVerbatimArguments) {
        cmd += `"${toolPath}"`;
        for (const a of args) {
          cmd += ` ${a}`;
        }
      } else {
        cmd += this._windowsQuoteCmdArg(toolPath);
        for (const a of args) {
          cmd += ` ${this._windowsQuoteCmdArg(a)}`;
        }
      }
    } else {
      cmd += toolPath;
      for (const a of args) {
        cmd += ` ${a}`;
      }
    }
    return cmd;
  }
  _processLineBuffer(data, strBuffer, onLine) {
    try {
      let s = strBuffer + data.toString();
      let n = s.indexOf(os.EOL);
      while (n > -1) {
        const line = s.substring(0, n);
        onLine(line);
        s = s.substring(n + os.EOL.length);
        n = s.indexOf(os.EOL);
      }
      return s;
    } catch (err) {
      this._debug(`error processing line. Failed with error ${err}`);
      return "";
    }
  }
  _getSpawnFileName() {
    if (IS_WINDOWS2) {
      if (this._isCmdFile()) {
        return process.env["COMSPEC"] || "cmd.exe";
      }
    }
    return this.toolPath;
  }
  _getSpawnArgs(options) {
    if (IS_WINDOWS2) {
      if (this._isCmdFile()) {
        let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
        for (const a of this.args) {
          argline += " ";
          argline += options.windowsVerbatimArguments ? a : this._windowsQuoteCmdArg(a);
        }
        argline += '"';
        return [argline];
      }
    }
    return this.args;
  }
  _endsWith(str, end) {
    return str.endsWith(end);
  }
  _isCmdFile() {
    const upperToolPath = this.toolPath.toUpperCase();
    return this._endsWith(upperToolPath, ".CMD") || this._endsWith(upperToolPath, ".BAT");
  }
  _windowsQuoteCmdArg(arg) {
    if (!this._isCmdFile()) {
      return this._uvQuoteCmdArg(arg);
    }
    if (!arg) {
      return '""';
    }
    const cmdSpecialChars = [
      " ",
      "	",
      "&",
      "(",
      ")",
      "[",
      "]",
      "{",
      "}",
      "^",
      "=",
      ";",
      "!",
      "'",
      "+",
      ",",
      "`",
      "~",
      "|",
      "<",
      ">",
      '"'
    ];
    let needsQuotes = false;
    for (const char of arg) {
      if (cmdSpecialChars.some((x) => x === char)) {
        needsQuotes = true;
        break;
      }
    }
    if (!needsQuotes) {
      return arg;
    }
    let reverse = '"';
    let quoteHit = true;
    for (let i = arg.length; i > 0; i--) {
      reverse += arg[i - 1];
      if (quoteHit && arg[i - 1] === "\\") {
        reverse += "\\";
      } else if (arg[i - 1] === '"') {
        quoteHit = true;
        reverse += '"';
      } else {
        quoteHit = false;
      }
    }
    reverse += '"';
    return reverse.split("").reverse().join("");
  }
  _uvQuoteCmdArg(arg) {
    if (!arg) {
      return '""';
    }
    if (!arg.includes(" ") && !arg.includes("	") && !arg.includes('"')) {
      return arg;
    }
    if (!arg.includes('"') && !arg.includes("\\")) {
      return `"${arg}"`;
    }
    let reverse = '"';
    let quoteHit = true;
    for (let i = arg.length; i > 0; i--) {
      reverse += arg[i - 1];
      if (quoteHit && arg[i - 1] === "\\") {
        reverse += "\\";
      } else if (arg[i - 1] === '"') {
        quoteHit = true;
        reverse += "\\";
      } else {
        quoteHit = false;
      }
    }
    reverse += '"';
    return reverse.split("").reverse().join("");
  }
  _cloneExecOptions(options) {
    options = options || {};
    const result = {
      cwd: options.cwd || process.cwd(),
      env: options.env || process.env,
      silent: options.silent || false,
      windowsVerbatimArguments: options.windowsVerbatimArguments || false,
      failOnStdErr: options.failOnStdErr || false,
      ignoreReturnCode: options.ignoreReturnCode || false,
      delay: options.delay || 1e4
    };
    result.outStream = options.outStream || process.stdout;
    result.errStream = options.errStream || process.stderr;
    return result;
  }
  _getSpawnOptions(options, toolPath) {
    options = options || {};
    const result = {};
    result.cwd = options.cwd;
    result.env = options.env;
    result["windowsVerbatimArguments"] = options.windowsVerbatimArguments || this._isCmdFile();
    if (options.windowsVerbatimArguments) {
      result.argv0 = `"${toolPath}"`;
    }
    return result;
  }
  /**
   * Exec a tool.
   * Output will be streamed to the live console.
   * Returns promise with return code
   *
   * @param     tool     path to tool to exec
   * @param     options  optional exec options.  See ExecOptions
   * @returns   number
   */
  exec() {
    return __awaiter3(this, void 0, void 0, function* () {
      if (!isRooted(this.toolPath) && (this.toolPath.includes("/") || IS_WINDOWS2 && this.toolPath.includes("\\"))) {
        this.toolPath = path13.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
      }
      this.toolPath = yield which(this.toolPath, true);
      return new Promise((resolve2, reject) => __awaiter3(this, void 0, void 0, function* () {
        this._debug(`exec tool: ${this.toolPath}`);
        this._debug("arguments:");
        for (const arg of this.args) {
          this._debug(`   ${arg}`);
        }
        const optionsNonNull = this._cloneExecOptions(this.options);
        if (!optionsNonNull.silent && optionsNonNull.outStream) {
          optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + os.EOL);
        }
        const state = new ExecState(optionsNonNull, this.toolPath);
        state.on("debug", (message) => {
          this._debug(message);
        });
        if (this.options.cwd && !(yield exists(this.options.cwd))) {
          return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
        }
        const fileName2 = this._getSpawnFileName();
        const cp = child.spawn(fileName2, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName2));
        let stdbuffer = "";
        if (cp.stdout) {
          cp.stdout.on("data", (data) => {
            if (this.options.listeners && this.options.listeners.stdout) {
              this.options.listeners.stdout(data);
            }
            if (!optionsNonNull.silent && optionsNonNull.outStream) {
              optionsNonNull.outStream.write(data);
            }
            stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
              if (this.options.listeners && this.options.listeners.stdline) {
                this.options.listeners.stdline(line);
              }
            });
          });
        }
        let errbuffer = "";
        if (cp.stderr) {
          cp.stderr.on("data", (data) => {
            state.processStderr = true;
            if (this.options.listeners && this.options.listeners.stderr) {
              this.options.listeners.stderr(data);
            }
            if (!optionsNonNull.silent && optionsNonNull.errStream && optionsNonNull.outStream) {
              const s = optionsNonNull.failOnStdErr ? optionsNonNull.errStream : optionsNonNull.outStream;
              s.write(data);
            }
            errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
              if (this.options.listeners && this.options.listeners.errline) {
                this.options.listeners.errline(line);
              }
            });
          });
        }
        cp.on("error", (err) => {
          state.processError = err.message;
          state.processExited = true;
          state.processClosed = true;
          state.CheckComplete();
        });
        cp.on("exit", (code) => {
          state.processExitCode = code;
          state.processExited = true;
          this._debug(`Exit code ${code} received from tool '${this.toolPath}'`);
          state.CheckComplete();
        });
        cp.on("close", (code) => {
          state.processExitCode = code;
          state.processExited = true;
          state.processClosed = true;
          this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
          state.CheckComplete();
        });
        state.on("done", (error, exitCode) => {
          if (stdbuffer.length > 0) {
            this.emit("stdline", stdbuffer);
          }
          if (errbuffer.length > 0) {
            this.emit("errline", errbuffer);
          }
          cp.removeAllListeners();
          if (error) {
            reject(error);
          } else {
            resolve2(exitCode);
          }
        });
        if (this.options.input) {
          if (!cp.stdin) {
            throw new Error("child process missing stdin");
          }
          cp.stdin.end(this.options.input);
        }
      }));
    });
  }
};
function argStringToArray(argString) {
  const args = [];
  let inQuotes = false;
  let escaped = false;
  let arg = "";
  function append(c) {
    if (escaped && c !== '"') {
      arg += "\\";
    }
    arg += c;
    escaped = false;
  }
  for (let i = 0; i < argString.length; i++) {
    const c = argString.charAt(i);
    if (c === '"') {
      if (!escaped) {
        inQuotes = !inQuotes;
      } else {
        append(c);
      }
      continue;
    }
    if (c === "\\" && escaped) {
      append(c);
      continue;
    }
    if (c === "\\" && inQuotes) {
      escaped = true;
      continue;
    }
    if (c === " " && !inQuotes) {
      if (arg.length > 0) {
        args.push(arg);
        arg = "";
      }
      continue;
    }
    append(c);
  }
  if (arg.length > 0) {
    args.push(arg.trim());
  }
  return args;
}
var ExecState = class _ExecState extends events.EventEmitter {
  constructor(options, toolPath) {
    super();
    this.processClosed = false;
    this.processError = "";
    this.processExitCode = 0;
    this.processExited = false;
    this.processStderr = false;
    this.delay = 1e4;
    this.done = false;
    this.timeout = null;
    if (!toolPath) {
      throw new Error("toolPath must not be empty");
    }
    this.options = options;
    this.toolPath = toolPath;
    if (options.delay) {
      this.delay = options.delay;
    }
  }
  CheckComplete() {
    if (this.done) {
      return;
    }
    if (this.processClosed) {
      this._setResult();
    } else if (this.processExited) {
      this.timeout = setTimeout3(_ExecState.HandleTimeout, this.delay, this);
    }
  }
  _debug(message) {
    this.emit("debug", message);
  }
  _setResult() {
    let error;
    if (this.processExited) {
      if (this.processError) {
        error = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
      } else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) {
        error = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
      } else if (this.processStderr && this.options.failOnStdErr) {
        error = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
      }
    }
    if (this.timeout) {
      clearTimeout(this.timeout);
      this.timeout = null;
    }
    this.done = true;
    this.emit("done", error, this.processExitCode);
  }
  static HandleTimeout(state) {
    if (state.done) {
      return;
    }
    if (!state.processClosed && state.processExited) {
      const message = `The STDIO streams did not close within ${state.delay / 1e3} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
      state._debug(message);
    }
    state._setResult();
  }
};

// node_modules/@actions/exec/lib/exec.js
var __awaiter4 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function exec(commandLine, args, options) {
  return __awaiter4(this, void 0, void 0, function* () {
    const commandArgs = argStringToArray(commandLine);
    if (commandArgs.length === 0) {
      throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
    }
    const toolPath = commandArgs[0];
    args = commandArgs.slice(1).concat(args || []);
    const runner = new ToolRunner(toolPath, args, options);
    return runner.exec();
  });
}
function getExecOutput(commandLine, args, options) {
  return __awaiter4(this, void 0, void 0, function* () {
    var _a, _b;
    let stdout = "";
    let stderr = "";
    const stdoutDecoder = new StringDecoder("utf8");
    const stderrDecoder = new StringDecoder("utf8");
    const originalStdoutListener = (_a = options === null || options === void 0 ? void 0 : options.listeners) === null || _a === void 0 ? void 0 : _a.stdout;
    const originalStdErrListener = (_b = options === null || options === void 0 ? void 0 : options.listeners) === null || _b === void 0 ? void 0 : _b.stderr;
    const stdErrListener = (data) => {
      stderr += stderrDecoder.write(data);
      if (originalStdErrListener) {
        originalStdErrListener(data);
      }
    };
    const stdOutListener = (data) => {
      stdout += stdoutDecoder.write(data);
      if (originalStdoutListener) {
        originalStdoutListener(data);
      }
    };
    const listeners = Object.assign(Object.assign({}, options === null || options === void 0 ? void 0 : options.listeners), { stdout: stdOutListener, stderr: stdErrListener });
    const exitCode = yield exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
    stdout += stdoutDecoder.end();
    stderr += stderrDecoder.end();
    return {
      exitCode,
      stdout,
      stderr
    };
  });
}

// src/system/end-tree.ts
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
var grace = 3e3;
async function endTree(child2, ps) {
  const { pid } = child2;
  if (pid === void 0) return;
  const closed2 = new Promise((resolve2) => child2.once("close", () => resolve2()));
  const known = descendants(pid, await processes(ps));
  if (!send(-pid, "SIGTERM")) {
    child2.kill("SIGTERM");
    for (const id of known.keys()) send(id, "SIGTERM");
  }
  const timer = new AbortController();
  await Promise.race([closed2, sleep(grace, void 0, timer).catch(() => {
  })]);
  timer.abort();
  const all = await processes(ps);
  for (const entry of descendants(pid, all)) known.set(...entry);
  send(-pid, "SIGKILL");
  child2.kill("SIGKILL");
  for (const [id, start] of known) if (all.get(id)?.start === start) send(id, "SIGKILL");
}
function send(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
function statusOf(pid) {
  try {
    const text2 = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text2.slice(text2.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(fields[1]), start: fields[19] ?? "" };
  } catch {
    return void 0;
  }
}
function descendants(root, all) {
  const found = /* @__PURE__ */ new Set([root]);
  for (const parent of found) for (const [pid, one] of all) if (one.parent === parent) found.add(pid);
  found.delete(root);
  return new Map([...found].map((pid) => [pid, all.get(pid)?.start ?? ""]));
}
async function processes(ps) {
  if (statusOf(process.pid) === void 0) return parsePs(await ps());
  return new Map(
    readdirSync("/proc").flatMap((name) => {
      const status = /^\d+$/.test(name) ? statusOf(Number(name)) : void 0;
      return status ? [[Number(name), status]] : [];
    })
  );
}
var parsePs = (text2) => new Map(
  [...text2.matchAll(/^ *(\d+) +(\d+) +(.*)$/gm)].map(([, pid, parent, start = ""]) => [
    Number(pid),
    { parent: Number(parent), start }
  ])
);

// src/system/lines.ts
var longest2 = 1 << 18;
function splitLines(onLine) {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let rest = "";
  let dropped = 0;
  const give = () => {
    onLine(dropped === 0 ? rest : `${rest} \u2026 (${dropped} more characters in this line)`);
    rest = "";
    dropped = 0;
  };
  const keep2 = (text2) => {
    const free = longest2 - rest.length;
    rest += text2.slice(0, free);
    dropped += Math.max(text2.length - free, 0);
  };
  const add = (text2) => {
    let start = 0;
    for (let end = text2.indexOf("\n"); end >= 0; end = text2.indexOf("\n", start)) {
      keep2(text2.slice(start, end));
      give();
      start = end + 1;
    }
    keep2(text2.slice(start));
  };
  return {
    add: (chunk) => add(decoder.decode(chunk, { stream: true })),
    end: () => {
      add(decoder.decode());
      if (rest !== "" || dropped > 0) give();
    }
  };
}

// src/system/exec.ts
var mostStderr = 16 << 20;
var announced = new AsyncLocalStorage();
subscribe(
  "child_process",
  (message) => announced.getStore()?.(message.process)
);
function makeRun(environment, stop, seconds) {
  const find = (program) => findProgram(program, environment.PATH ?? "");
  return async (program, args, options = {}) => {
    const [tool, setsid] = [find(program), find("setsid")];
    if (tool === void 0)
      return { code: noSuchProgram, stdout: "", stderr: `${program}: no such program on PATH` };
    const env = options.onlyEnv ? { ...options.onlyEnv } : { ...environment, ...options.env };
    const command2 = setsid === void 0 ? [tool, ...args] : [setsid, tool, ...args];
    const start = { program, command: command2, env, cwd: options.cwd };
    await expectStartable(start);
    stop?.throwIfAborted();
    const result = await outcome(start, options, stop, seconds);
    stop?.throwIfAborted();
    return result;
  };
}
function findProgram(program, pathVariable) {
  const folders = absoluteOnly(pathVariable).split(path14.delimiter).filter(Boolean);
  return folders.map((folder) => path14.join(folder, program)).find(isProgram);
}
function isProgram(file) {
  try {
    accessSync(file, constants4.X_OK);
    return statSync3(file).isFile();
  } catch {
    return false;
  }
}
var [mostOfOne, mostOfAll] = [(1 << 17) - 1, 1 << 20];
async function expectStartable({ command: command2, env, cwd }) {
  if (cwd !== void 0) await access(`${cwd}/.`, constants4.X_OK);
  const texts = [...command2, ...Object.entries(env).map((pair) => pair.join("="))];
  if (texts.some((text2) => text2.includes("\0"))) throw new TypeError("An argument contains a NUL character.");
  const sizes = texts.map((text2) => Buffer.byteLength(text2) + 1 + 8);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  if (all <= mostOfAll && sizes.every((size) => size <= mostOfOne)) return;
  throw Object.assign(new Error("spawn E2BIG"), { code: "E2BIG", syscall: "spawn", path: command2[0] });
}
async function outcome({ program, command: [file, ...args], env, cwd }, { input = "", onLine = () => {
}, signal }, stop, seconds) {
  const limits = limitsOf(program, seconds);
  const limit = new AbortController();
  const ended = AbortSignal.any([limit.signal, stop, signal].filter((one) => one !== void 0));
  const timer = setTimeout(() => limit.abort(timedOut(program, limits)), limits.seconds * 1e3);
  const exceeded = (most) => limit.abort(tooMuchOutput(program, most));
  const stdout = keep(limits.stdout, limits.stdout, exceeded);
  const stderr = keep(mostStderr, limits.stderr, exceeded);
  const lines = splitLines(onLine);
  let child2;
  let failure2;
  let ending;
  const end = () => {
    if (child2?.pid !== void 0) ending ??= endTree(child2, listProcesses);
  };
  const onChild = (created) => {
    child2 = created;
    created.once("error", (error) => {
      failure2 = error;
    });
    created.once("spawn", () => {
      created.stdin?.on("error", () => {
      }).end(input);
      if (ended.aborted) end();
    });
    created.once("exit", () => closeWhenQuiet(created));
  };
  ended.addEventListener("abort", end, { once: true });
  try {
    const listeners = {
      stdout: (chunk) => void stdout.add(unjoined(chunk)),
      stderr: (chunk) => {
        if (stderr.add(unjoined(chunk))) lines.add(chunk);
      }
    };
    const options = { env, silent: true, ignoreReturnCode: true, delay: forGood, listeners };
    await announced.run(onChild, () => exec(quoted(file), args, cwd === void 0 ? options : { ...options, cwd })).catch((error) => {
      throw failure2 ?? error;
    });
  } finally {
    clearTimeout(timer);
    ended.removeEventListener("abort", end);
    await ending;
  }
  limit.signal.throwIfAborted();
  lines.end();
  const by = child2?.signalCode ? `
error: ended by ${child2.signalCode}
` : "";
  return { code: child2?.exitCode ?? 1, stdout: stdout.text(), stderr: stderr.text() + by };
}
var quoted = (file) => `"${file.replaceAll('"', '\\"')}"`;
var forGood = 2 ** 31 - 1;
function unjoined(chunk) {
  chunk.toString = () => "";
  return chunk;
}
var listProcesses = async () => {
  const env = { PATH: "/usr/bin:/bin", LC_ALL: "C" };
  return (await getExecOutput("ps", ["-A", "-o", "pid=,ppid=,lstart="], { env, silent: true })).stdout;
};
var quiet2 = 1e3;
function closeWhenQuiet(child2) {
  const outputs = [child2.stdout, child2.stderr];
  let still = 0;
  for (const output of outputs)
    output?.on("data", () => {
      still = 0;
    });
  const timer = setInterval(() => {
    still += 1;
    if (still >= 2) for (const output of outputs) output?.destroy();
  }, quiet2);
  child2.once("close", () => clearInterval(timer));
}
function keep(kept, most, exceeded) {
  const chunks = [];
  let [size, all] = [0, 0];
  return {
    add: (chunk) => {
      all += chunk.length;
      if (all > most) {
        exceeded(most);
        return false;
      }
      chunks.push(chunk);
      size += chunk.length;
      while (size - (chunks[0]?.length ?? 0) > kept) size -= chunks.shift()?.length ?? 0;
      return true;
    },
    text: () => Buffer.concat(chunks).toString()
  };
}

// src/fetch/host-policy.ts
function makeHostPolicy(rules, resolve2 = resolveBySystem) {
  const get = once(rules);
  return {
    isActive: async () => hasRules(await get()),
    check: async (address2, what) => {
      const known = await get();
      if (!hasRules(known)) return;
      const url = checkText(known, address2, what);
      if (known.allowedHosts !== void 0) return;
      const found = await addressesOf(url, resolve2).catch(() => []);
      checkAddresses(known, what, url.host, found);
    },
    approve: async (address2, what) => {
      const known = await get();
      const url = hasRules(known) ? checkText(known, address2, what) : new URL(address2);
      const found = addressesOf(url, resolve2);
      const addresses = await (isPublicOnly(known) ? found.catch(() => []) : found);
      checkAddresses(known, what, url.host, addresses);
      return addresses;
    }
  };
}
var everywhere = makeHostPolicy(async () => ({ allowedHosts: void 0, isUntrusted: false }));
var isPublicOnly = ({ allowedHosts, isUntrusted }) => allowedHosts === void 0 && isUntrusted;
var hasRules = ({ allowedHosts, isUntrusted }) => allowedHosts !== void 0 || isUntrusted;
function checkText({ allowedHosts, isUntrusted }, address2, what) {
  const url = URL.parse(address2);
  if (url === null || /[\u0000-\u0020\u007f\\]/.test(address2))
    throw refused(what, address2, "is not an http or https address");
  if (url.protocol === "ssh:" && isUntrusted)
    throw refused(what, url.host, "is an ssh address, which an untrusted lock cannot use");
  if (!/^(https?|ssh):$/.test(url.protocol) || url.hostname === "")
    throw refused(what, address2, "is not an http or https address");
  if (allowedHosts !== void 0 && !isAllowedHost(address2, allowedHosts))
    throw refused(what, url.host, "is not among the configuration's allowed-hosts");
  if (isUntrusted && (url.username !== "" || url.password !== ""))
    throw refused(what, url.host, "has credentials in its address");
  return url;
}
function checkAddresses(rules, what, host, addresses) {
  if (!isPublicOnly(rules)) return;
  if (addresses.length === 0) throw refused(what, host, "cannot be resolved");
  const inner = addresses.find((address2) => !isPublicAddress(address2));
  if (inner !== void 0) throw refused(what, host, `is ${inner}, which is not a public address`);
}
function refused(what, host, why) {
  return new UserError(
    "host-not-allowed",
    `${printable(what)} is not fetched: '${printable(host.slice(0, 200))}' ${why}. Nothing was changed. To permit the host, add it to allowed-hosts in .github/uv-fod.toml on the base branch; changes of a pull request to this list have no effect.`
  );
}
var defaultPorts = { "https:": "443", "http:": "80", "ssh:": "22" };
function isAllowedHost(address2, hosts) {
  const url = URL.parse(address2);
  if (url === null || url.hostname === "") return false;
  const name = url.hostname.toLowerCase().replace(/\.$/, "");
  const port = url.port === "" ? defaultPorts[url.protocol] : url.port;
  return hosts.some((entry) => {
    const [host = "", wanted2 = defaultPorts[url.protocol]] = entry.split(":");
    if (port !== wanted2) return false;
    return host.startsWith("*.") ? name.endsWith(host.slice(1)) && name.length > host.length - 1 : name === host;
  });
}

// src/fetch/index-logins.ts
function indexLogins(environment, settings, netrc) {
  const known = [...indexesIn(environment), ...settings.flatMap(declaredIn)].flatMap((one) => {
    const url = addressOf(one.url);
    const isOpen = one.authenticate === "never";
    const login = url && !isOpen ? loginOf(one, url, environment) : void 0;
    return url && (login || isOpen) ? [{ login, origin: url.origin, root: rootOf(url) }] : [];
  });
  return (url) => {
    const near = known.filter(({ origin }) => origin === url.origin);
    const inside = near.filter(({ root }) => `${url.pathname}/`.startsWith(root));
    const [nearest] = inside.toSorted((one, other) => other.root.length - one.root.length);
    const login = (nearest ?? near.find((one) => one.login !== void 0))?.login;
    const own = netrc(url);
    const isOfSame = own?.startsWith(`${login?.username}:`);
    if (login === void 0 || login.password === void 0 && isOfSame) return own;
    return `${login.username}:${login.password ?? ""}`;
  };
}
function indexesIn(environment) {
  const { UV_INDEX, UV_EXTRA_INDEX_URL, UV_DEFAULT_INDEX, UV_INDEX_URL } = environment;
  return [UV_INDEX, UV_EXTRA_INDEX_URL, UV_DEFAULT_INDEX, UV_INDEX_URL].flatMap(
    (value = "") => value.split(/\s+/).flatMap((text2) => {
      const [, name, url = ""] = /^(?:([^:=]*)=)?(https?:\/\/.*)$/.exec(text2) ?? [];
      return url === "" ? [] : [name === void 0 ? { url } : { name, url }];
    })
  );
}
var declaredIn = (settings) => [
  ...tablesOf(settings.index).map(({ url, name, authenticate }) => ({ url, name, authenticate })),
  ...["extra-index-url", "index-url"].flatMap((key) => [settings[key] ?? []].flat().map((url) => ({ url })))
];
var variableOf = ({ name }) => typeof name === "string" && /^[\w.-]+$/.test(name) ? `UV_INDEX_${name.replace(/\W/g, "_").toUpperCase()}` : "";
function loginOf(one, url, environment) {
  const variable = variableOf(one);
  const username = environment[`${variable}_USERNAME`];
  const password = environment[`${variable}_PASSWORD`];
  if (variable !== "" && (username !== void 0 || password !== void 0))
    return { username: username ?? "", password };
  if (url.username === "" && url.password === "") return void 0;
  return {
    username: decoded(url.username),
    password: url.password === "" ? void 0 : decoded(url.password)
  };
}
function decoded(text2) {
  try {
    return decodeURIComponent(text2).replaceAll("\0", "");
  } catch {
    return text2;
  }
}
function addressOf(url) {
  const parsed2 = typeof url === "string" ? URL.parse(url) : null;
  return parsed2 && /^https?:$/.test(parsed2.protocol) ? parsed2 : void 0;
}
var rootOf = ({ pathname }) => `${withoutSlash(pathname).replace(/\/\+?simple$/i, "")}/`;

// src/fetch/upstream.ts
import { BlockList as BlockList2, isIP as isIP2 } from "node:net";
function upstreamFrom(environment) {
  const get = (name) => environment[name] || environment[name.toUpperCase()] || void 0;
  const excluded = (get("no_proxy") ?? "").split(/[\s,]+/).filter(Boolean);
  return (url) => {
    const text2 = get(url.protocol === "https:" ? "https_proxy" : "http_proxy") ?? get("all_proxy");
    if (text2 === void 0 || excluded.some((entry) => matches(entry, url))) return void 0;
    const proxy = URL.parse(/^[a-z0-9+.-]+:\/\//i.test(text2) ? text2 : `http://${text2}`);
    if (proxy && /^https?:$/.test(proxy.protocol)) return proxy;
    throw new UserError(
      "proxy-unsupported",
      `The proxy of this machine (${proxy?.protocol ?? "not an address"}) is not an http or https proxy, so the addresses that uv and git contact cannot be checked. Set http_proxy and https_proxy to an http proxy, or remove allowed-hosts from the configuration.`
    );
  };
}
var approveThrough = (approve, upstream) => (address2, what) => approve(address2, what).catch((error) => {
  if (error instanceof UserError || upstream(new URL(address2)) === void 0) throw error;
  return [];
});
function matches(entry, { hostname, port, protocol }) {
  const name = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (entry === "*") return true;
  const [network = "", bits] = entry.split("/");
  if (bits !== void 0) return isInNetwork(name, network, Number(bits));
  if (isIP2(entry.replace(/^\[|\]$/g, ""))) return entry.replace(/^\[|\]$/g, "") === name;
  const [host = "", wanted2] = entry.split(":");
  const own = port || (protocol === "https:" ? "443" : "80");
  const domain = host.replace(/^\*?\./, "").toLowerCase();
  return (wanted2 === void 0 || wanted2 === own) && (name === domain || isIP2(name) === 0 && name.endsWith(`.${domain}`));
}
function isInNetwork(name, network, bits) {
  const family = isIP2(network);
  if (family === 0 || isIP2(name) !== family || !(bits >= 0 && bits <= (family === 4 ? 32 : 128)))
    return false;
  const list3 = new BlockList2();
  const type = family === 4 ? "ipv4" : "ipv6";
  list3.addSubnet(network, bits, type);
  return list3.check(name, type);
}
function addressOfProxy(proxy) {
  if (proxy === void 0) return void 0;
  const { protocol, username, password, hostname, port } = proxy;
  const login = username === "" && password === "" ? "" : `${username}:${password}@`;
  return `${protocol}//${login}${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
}

// src/fetch/network.ts
var mostNetrc = 1 << 20;
async function networkFrom(environment, approve = everywhere.approve, stop = new AbortController().signal, settings) {
  const own = curlEnvironment(environment);
  const upstream = upstreamFrom(environment);
  const netrc = environment.NETRC ? await readBytes(environment.NETRC, mostNetrc) : void 0;
  const ofHosts = netrcLogins(netrc?.toString() ?? "");
  return {
    run: makeRun(own, stop),
    environment: own,
    stop,
    proxyFor: (url) => addressOfProxy(upstream(url)),
    loginFor: settings ? indexLogins(environment, settings, ofHosts) : ofHosts,
    approve: approveThrough(approve, upstream),
    // nixpkgs sets a missing file if the output's hash is known.
    certificates: [environment.NIX_SSL_CERT_FILE, environment.SSL_CERT_FILE].find(
      (file) => file && !file.endsWith("/no-cert-file.crt")
    ),
    retries: 4,
    retryDelay: 500,
    patience: { connect: 15, window: 30, minimum: 4096, total: 120, rate: 5e4 }
  };
}
function curlEnvironment(environment) {
  const tls = ["SSL_CERT_DIR", "SSL_CERT_FILE", "NIX_SSL_CERT_FILE"];
  const names = ["PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", ...tls];
  return Object.fromEntries(names.flatMap((name) => environment[name] ? [[name, environment[name]]] : []));
}

// src/system/system-error.ts
import { getSystemErrorMessage } from "node:util";
var causes = {
  ENOSPC: "the disk is full; make room and run it again",
  EDQUOT: "the disk quota is used up; make room and run it again",
  EFBIG: "a file would be larger than the system allows; raise the limit (ulimit -f)",
  EMFILE: "too many files are open; raise the limit (ulimit -n)",
  ENFILE: "too many files are open on this machine; raise its limit",
  ENOMEM: "there is not enough memory; use a machine with more",
  EAGAIN: "no more processes can be started; raise the limit (ulimit -u)",
  E2BIG: "the arguments of a program are too long; use shorter paths or fewer packages",
  EACCES: "permission is denied; give this user the right to it",
  EPERM: "it is not permitted; give this user the right to it",
  EROFS: "the file system is read-only; use one that can be written"
};
function asUserError(error) {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  const { code = "", errno, path: path15, syscall } = error;
  const known = errno === void 0 ? void 0 : getSystemErrorMessage(errno);
  const cause = causes[code] ?? (known && `${known}; correct that and run it again`);
  if (cause !== void 0 && syscall !== void 0) {
    const place = path15 === void 0 ? "" : ` '${path15.slice(0, 300)}'`;
    return new UserError("system-error", `${syscall}${place} failed (${code}): ${cause}.`, {
      cause: error
    });
  }
  if (isTooLarge(error))
    return new UserError(
      "too-large",
      `The input needs too much memory (${error.message}); find the file that is too large or nested too deeply.`,
      { cause: error }
    );
  return error;
}
var isTooLarge = (error) => error.code === "ERR_STRING_TOO_LONG" || error.code === "ERR_BUFFER_TOO_LARGE" || error instanceof RangeError && /Invalid string length|Array buffer allocation|Maximum call stack|Invalid array length/.test(
  error.message
);

// src/nix.ts
function command(names, run) {
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" }]));
  return async (args) => {
    let given;
    try {
      given = parseArgs({ args, options }).values;
    } catch (cause) {
      throw new UserError("input-invalid", `${cause}`.replace(/\n.*/s, ""), { cause });
    }
    const missing = names.find((name) => given[name] === void 0);
    if (missing !== void 0) throw new UserError("input-invalid", `'--${missing}' is not set.`);
    await run(given);
  };
}
var commands = {
  /** Downloads a plan's wheels into a fixed-output derivation. */
  fetch: command(
    ["project", "target", "out"],
    (given) => fetchInto(given, readText, () => networkFrom(process.env), say)
  ),
  /** Writes a commit's own files into a fixed-output derivation. */
  git: command(
    ["url", "commit", "out"],
    ({ out, ...from }) => fetchGitTree(from, out, makeRun({ ...process.env }))
  ),
  /** Writes a software bill of materials (CycloneDX 1.6). */
  sbom: command(
    ["project", "target", "build-lock", "out"],
    ({ "build-lock": buildLock, ...given }) => writeSbom({ ...given, buildLock }, readText, package_default.version)
  ),
  /**
   * Stops a build whose fixed-output derivation (`deps` is its output) or build lock was made from
   * another lock. Writes the pinned requirements of everything to install.
   */
  check: command(
    ["project", "deps", "build-lock", "requirements"],
    ({ "build-lock": buildLock, ...given }) => checkSource({ ...given, buildLock }, readText)
  )
};
function say(line) {
  process.stderr.write(`${harmless(`uv-fod: ${line}`)}
`);
}
try {
  const [name = "", ...args] = process.argv.slice(2);
  const run = commands[name];
  if (!run) throw new UserError("input-invalid", `There is no command '${name}'.`);
  await run(args);
} catch (thrown) {
  const error = asUserError(thrown);
  say(
    error instanceof UserError ? error.message : `this is a defect of uv-fod: ${error instanceof Error ? error.stack : error}`
  );
  process.exitCode = 1;
}
/*! Bundled license information:

smol-toml/dist/error.js:
smol-toml/dist/primitive.js:
smol-toml/dist/date.js:
smol-toml/dist/extract.js:
smol-toml/dist/util.js:
smol-toml/dist/struct.js:
smol-toml/dist/parse.js:
smol-toml/dist/stringify.js:
smol-toml/dist/index.js:
  (*!
   * Copyright (c) Squirrel Chat et al., All rights reserved.
   * SPDX-License-Identifier: BSD-3-Clause
   *
   * Redistribution and use in source and binary forms, with or without
   * modification, are permitted provided that the following conditions are met:
   *
   * 1. Redistributions of source code must retain the above copyright notice, this
   *    list of conditions and the following disclaimer.
   * 2. Redistributions in binary form must reproduce the above copyright notice,
   *    this list of conditions and the following disclaimer in the
   *    documentation and/or other materials provided with the distribution.
   * 3. Neither the name of the copyright holder nor the names of its contributors
   *    may be used to endorse or promote products derived from this software without
   *    specific prior written permission.
   *
   * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
   * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
   * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
   * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
   * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
   * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
   * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
   * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
   * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
   * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
   *)
*/
