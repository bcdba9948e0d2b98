import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  require_range
} from "./cli-Z3GSRBLK.js";
import {
  cacheText,
  isCacheAddress
} from "./cli-MTL7MHF3.js";
import {
  TomlError,
  parse
} from "./cli-6XMUJN7B.js";
import {
  validRange
} from "./cli-7ZNRW3FN.js";
import {
  noOptions,
  proposals,
  pullRequestKeys,
  readPullRequest
} from "./cli-EU54LM3O.js";
import {
  isAttributePath,
  isGitUrl,
  isHost,
  isHubName,
  isInnerPath,
  isPackageName,
  isRefName
} from "./cli-2RXXFTVC.js";
import {
  printable
} from "./cli-SAIMFLME.js";
import {
  UserError
} from "./cli-RULA4YQZ.js";
import {
  __commonJS,
  __toESM
} from "./cli-FPE3P3E7.js";

// node_modules/semver/ranges/valid.js
var require_valid = __commonJS({
  "node_modules/semver/ranges/valid.js"(exports, module) {
    "use strict";
    var Range = require_range();
    var validRange2 = (range, options) => {
      try {
        return new Range(range, options).range || "*";
      } catch (er) {
        return null;
      }
    };
    module.exports = validRange2;
  }
});

// src/config/locate.ts
function locateKeys(text) {
  return new Locator(text).document();
}
var pathKey = (path) => JSON.stringify(path);
var MAX_PARTS = 16;
var Locator = class {
  #text;
  #found = /* @__PURE__ */ new Map();
  /** How many tables each array of tables has so far. */
  #tables = /* @__PURE__ */ new Map();
  #at = 0;
  #line = 1;
  #lineStart = 0;
  constructor(text) {
    this.#text = text;
  }
  document() {
    let table = [];
    for (this.#skipBlank(); this.#at < this.#text.length; this.#skipBlank()) {
      if (this.#peek() === "[") table = this.#header();
      else this.#pair(table);
    }
    return this.#found;
  }
  #peek(length = 1) {
    return this.#text.slice(this.#at, this.#at + length);
  }
  /** Goes on by some characters, counting lines. */
  #advance(length) {
    for (const end = Math.min(this.#at + length, this.#text.length); this.#at < end; this.#at++) {
      if (this.#text[this.#at] !== "\n") continue;
      this.#line += 1;
      this.#lineStart = this.#at + 1;
    }
  }
  /** Blanks, line ends, comments, and a byte order mark. */
  #skipBlank() {
    for (; ; ) {
      const character = this.#peek();
      if (character === "#") this.#advanceTo("\n");
      else if (character !== "" && " 	\r\n\uFEFF".includes(character)) this.#advance(1);
      else return;
    }
  }
  #advanceTo(text) {
    const end = this.#text.indexOf(text, this.#at);
    this.#advance((end < 0 ? this.#text.length : end) - this.#at);
  }
  /** `[a.b]` or `[[a.b]]`. */
  #header() {
    const isArray = this.#peek(2) === "[[";
    this.#advance(isArray ? 2 : 1);
    this.#skipBlank();
    const position = this.#position();
    const names = this.#dottedKey();
    this.#advance(isArray ? 2 : 1);
    const path = [];
    for (const [index, name] of names.entries()) {
      path.push(name);
      const key = pathKey(path);
      if (isArray && index === names.length - 1) this.#tables.set(key, (this.#tables.get(key) ?? 0) + 1);
      const count = this.#tables.get(key);
      if (count !== void 0) path.push(count - 1);
    }
    this.#found.set(pathKey(path), position);
    return path;
  }
  #pair(table) {
    const position = this.#position();
    const path = [...table, ...this.#dottedKey()];
    this.#found.set(pathKey(path), position);
    this.#advance(1);
    this.#skipBlank();
    this.#value(path);
  }
  #position() {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 };
  }
  /** Names with dots between them, up to `=` or `]`; of the many that only an attack has, the first few. */
  #dottedKey() {
    const names = [];
    for (; ; ) {
      this.#skipBlank();
      const start = this.#at;
      const quote = this.#peek();
      if (quote === '"' || quote === "'") {
        this.#string();
        names.push(this.#text.slice(start + 1, this.#at - 1));
      } else {
        while (/[A-Za-z0-9_-]/.test(this.#peek())) this.#advance(1);
        names.push(this.#text.slice(start, this.#at));
      }
      this.#skipBlank();
      if (this.#peek() !== ".") return names.slice(0, MAX_PARTS);
      this.#advance(1);
    }
  }
  #value(path) {
    const first = this.#peek();
    if (first === '"' || first === "'") this.#string();
    else if (first === "[") this.#items("]", (index) => this.#item([...path, index]));
    else if (first === "{") this.#items("}", () => this.#pair(path));
    else while (this.#at < this.#text.length && !/[\n,\]}#]/.test(this.#peek())) this.#advance(1);
  }
  #item(path) {
    this.#found.set(pathKey(path), this.#position());
    this.#value(path);
  }
  /** What stands between brackets or braces. */
  #items(close, item) {
    this.#advance(1);
    for (let index = 0, before = -1; this.#at > before; index++) {
      before = this.#at;
      this.#skipBlank();
      if (this.#peek() !== close) item(index);
      this.#skipBlank();
      if (this.#peek() === ",") this.#advance(1);
      this.#skipBlank();
      if (this.#peek() === close) break;
    }
    this.#advance(1);
  }
  #string() {
    const quote = this.#peek();
    const long = quote.repeat(3);
    const end = this.#peek(3) === long ? long : quote;
    this.#advance(end.length);
    while (this.#at < this.#text.length && !this.#text.startsWith(end, this.#at))
      this.#advance(quote === '"' && this.#peek() === "\\" ? 2 : 1);
    this.#advance(end.length);
    while (end === long && this.#peek() === quote) this.#advance(1);
  }
};

// src/config/suggest.ts
function nearest(text, allowed) {
  const short = text.slice(0, 64).toLowerCase();
  const ranked = allowed.map((candidate) => ({ candidate, distance: distance(short, candidate) })).sort((left, right) => left.distance - right.distance);
  const [best] = ranked;
  return best && best.distance <= Math.max(1, Math.floor(best.candidate.length / 3)) ? best.candidate : void 0;
}
function distance(left, right) {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [index, character] of [...left].entries()) {
    const next = [index + 1];
    for (let at = 0; at < right.length; at++) {
      const replaced = (row[at] ?? 0) + (character === right[at] ? 0 : 1);
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

// src/config/reader.ts
var Mistakes = class {
  #file;
  #positions;
  #found = [];
  constructor(file, positions) {
    this.#file = file;
    this.#positions = positions;
  }
  /**
   * @param path of the key; where it has no position of its own (it is missing), its table's counts
   * @param text says what is wrong and what is allowed
   */
  add(path, text) {
    this.#found.push({ position: this.#positionOf(path), text: `${label(path)} ${text}` });
  }
  /** @throws UserError `config-invalid` where there are any */
  throwIfAny() {
    const sorted = this.#found.toSorted(
      ({ position: a }, { position: b }) => a.line - b.line || a.column - b.column
    );
    const [first] = sorted;
    if (!first) return;
    const lines = sorted.map(
      ({ position, text }) => `${this.#file}:${position.line}:${position.column}: ${text}.`
    );
    throw new UserError("config-invalid", lines.join("\n"), { at: { file: this.#file, ...first.position } });
  }
  #positionOf(path) {
    for (let length = path.length; length > 0; length--) {
      const position = this.#positions.get(pathKey(path.slice(0, length)));
      if (position) return position;
    }
    return { line: 1, column: 1 };
  }
};
function label(path) {
  const text = path.map((part) => typeof part === "number" ? `[${part + 1}]` : `.${part}`).join("");
  return `'${printable(text.replace(/^\./, ""))}'`;
}
var TableReader = class _TableReader {
  path;
  mistakes;
  #table;
  /** @param known every key that the table may have; others are mistakes */
  constructor(table, path, known, mistakes) {
    this.path = path;
    this.mistakes = mistakes;
    this.#table = table;
    for (const key of Object.keys(table)) {
      if (known.includes(key)) continue;
      const meant = nearest(key, known);
      this.wrong(
        key,
        `is not known${meant ? ` (did you mean '${meant}'?)` : ""}; keys here are ${known.join(", ")}`
      );
    }
  }
  /** Notes a mistake at one of the table's keys. */
  wrong(key, text) {
    this.mistakes.add([...this.path, key], text);
  }
  has(key) {
    return Object.hasOwn(this.#table, key);
  }
  /** The value as it is, to be read by another reader. */
  raw(key) {
    return this.has(key) ? this.#table[key] : void 0;
  }
  /** A string that is not empty, of characters that can be shown. */
  string(key, allowed = "a text", isAllowed = () => true) {
    const value = this.raw(key);
    if (value === void 0) return void 0;
    if (typeof value === "string" && value !== "" && !value.includes("\0") && isAllowed(value)) return value;
    return this.wrong(key, `is ${show(value)}; it takes ${allowed}`);
  }
  requiredString(key, allowed, isAllowed = () => true) {
    if (!this.has(key)) return this.wrong(key, `is missing; it takes ${allowed}`);
    return this.string(key, allowed, isAllowed);
  }
  boolean(key) {
    const value = this.raw(key);
    if (value === void 0 || typeof value === "boolean") return value;
    return this.wrong(key, `is ${show(value)}; it takes true or false`);
  }
  oneOf(key, allowed) {
    const value = this.raw(key);
    if (value === void 0) return void 0;
    const found = allowed.find((one) => one === value);
    if (found !== void 0) return found;
    const list = allowed.map((one) => typeof one === "string" ? `"${one}"` : String(one));
    return this.wrong(key, `is ${show(value)}; it takes ${list.slice(0, -1).join(", ")} or ${list.at(-1)}`);
  }
  strings(key, allowed = "texts", isAllowed = () => true) {
    const list = this.list(key, `a list of ${allowed}`);
    return list?.flatMap((value, index) => {
      if (typeof value === "string" && value !== "" && isAllowed(value)) return [value];
      this.mistakes.add([...this.path, key, index], `is ${show(value)}; the list takes ${allowed}`);
      return [];
    });
  }
  list(key, allowed) {
    const value = this.raw(key);
    if (value === void 0 || Array.isArray(value)) return value;
    return this.wrong(key, `is ${show(value)}; it takes ${allowed}`);
  }
  /** A table of a table; undefined where it is missing. */
  table(key, known) {
    const value = this.raw(key);
    if (value === void 0) return void 0;
    if (isTable(value)) return new _TableReader(value, [...this.path, key], known, this.mistakes);
    return this.wrong(key, `is ${show(value)}; it takes a table with ${known.join(", ")}`);
  }
};
function isTable(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
function show(value) {
  if (typeof value === "string") return printable(JSON.stringify(value.slice(0, 80)));
  if (Array.isArray(value)) return "a list";
  if (value instanceof Date) return "a date";
  return isTable(value) ? "a table" : String(value);
}

// src/config/places.ts
var relativeText = "an attribute path, beginning with '.' where it is one of the package";
var fileText = "the path of a file in this repository";
function versionPlace(parent, value, index) {
  const path = [...parent.path, "version-files", index];
  const known = ["file", "pattern", "pointer", "attribute", "value"];
  if (!isTable(value)) {
    parent.mistakes.add(path, `is ${show(value)}; it takes a table with ${known.join(", ")}`);
    return [];
  }
  const table = new TableReader(value, path, known, parent.mistakes);
  if (table.has("attribute")) return nixPlace(table);
  const file = table.requiredString("file", fileText, isInnerPath);
  if (table.has("pattern") === table.has("pointer")) {
    parent.mistakes.add(path, "takes either 'pattern' or 'pointer' beside 'file', or 'attribute'");
    return [];
  }
  const pointer = table.string("pointer", 'a JSON pointer such as "/version"', isPointer);
  const pattern = table.string("pattern", placeholderText, hasOnePlaceholder);
  if (table.has("pattern") && table.has("value")) table.wrong("value", "has no meaning with 'pattern'");
  const text = valueTemplate(table);
  if (file === void 0) return [];
  if (pointer !== void 0) return [{ kind: "json", file, pointer, value: text }];
  return pattern === void 0 ? [] : [{ kind: "text", file, pattern }];
}
function nixPlace(table) {
  const attribute = table.string("attribute", relativeText, isAttributePath);
  for (const key of ["file", "pattern", "pointer"]) {
    if (table.has(key)) table.wrong(key, "has no meaning with 'attribute', whose place Nix tells");
  }
  const value = valueTemplate(table);
  return attribute === void 0 ? [] : [{ kind: "nix", attribute, value }];
}
var placeholderText = "a text with one of {version}, {tag} and {revision} in it, once";
var hasOnePlaceholder = (text) => text.split(/\{(?:version|tag|revision)\}/).length === 2;
var isPointer = (text) => /^(\/([^~/]|~[01])*)+$/.test(text);
var valueTemplate = (table) => table.string("value", placeholderText, hasOnePlaceholder) ?? "{version}";
function fixedOutputs(parent, at, value) {
  const path = [...parent.path, ...at];
  if (typeof value === "string" && isAttributePath(value))
    return [{ attribute: value, file: void 0, pointer: void 0 }];
  const known = ["attribute", "systems", "file", "pointer"];
  if (!isTable(value)) {
    parent.mistakes.add(
      path,
      `is ${show(value)}; it takes ${relativeText}, or a table with ${known.join(", ")}`
    );
    return [];
  }
  const table = new TableReader(value, path, known, parent.mistakes);
  const attribute = table.requiredString(
    "attribute",
    relativeText,
    (text) => isAttributePath(text.replaceAll("{system}", "system"))
  );
  const systems = table.strings(
    "systems",
    "systems such as x86_64-linux",
    (text) => /^[\w]+-[\w]+$/.test(text)
  );
  const file = table.string("file", fileText, isInnerPath);
  const pointer = table.string("pointer", 'a JSON pointer such as "/hash"', isPointer);
  if (pointer !== void 0 && file === void 0)
    table.wrong("pointer", "needs 'file', the JSON file it leads into");
  if (attribute === void 0) return [];
  if (attribute.includes("{system}") !== (systems !== void 0)) {
    table.wrong("attribute", "and 'systems' belong together: {system} in the path stands for each of them");
    return [];
  }
  return (systems ?? [""]).map((system) => ({
    attribute: attribute.replaceAll("{system}", system),
    file,
    pointer: pointer?.replaceAll("{system}", system)
  }));
}

// src/config/releases.ts
var import_valid = __toESM(require_valid(), 1);

// src/config/duration.ts
var units = {
  minute: 6e4,
  hour: 36e5,
  day: 864e5,
  week: 6048e5
};
function parseDuration(text) {
  const [, count = "", unit = ""] = /^(\d{1,5}) ?(minute|hour|day|week)s?$/.exec(text) ?? [];
  const length = units[unit];
  return length === void 0 ? void 0 : Number(count) * length;
}

// src/config/releases.ts
var releaseKeys = [
  "github",
  "git",
  "pypi",
  "list",
  "tag",
  "branch",
  "version",
  "order",
  "prereleases",
  "range",
  "ignore",
  "minimum-release-age",
  "step"
];
var origins = ["github", "git", "pypi"];
var day = 'a time such as "3 days", "12 hours" or "2 weeks"';
function readReleases(table) {
  const rules = readRules(table);
  const source = readSource(table);
  return source && { source, rules };
}
function readSource(table) {
  const given = origins.filter((key) => table.has(key));
  const [origin] = given;
  if (origin === void 0 || given.length > 1) {
    const found = given.length > 1 ? `has ${given.join(" and ")}` : "says not where releases are";
    table.mistakes.add(table.path, `${found}; it takes one of github, git and pypi`);
    return void 0;
  }
  misplaced(table, origin);
  if (origin === "pypi") {
    const name = table.string("pypi", "the name of a package", isPackageName);
    return name === void 0 ? void 0 : { kind: "pypi", name };
  }
  const of = origin === "github" ? githubOf(table) : gitOf(table);
  if (table.has("branch")) return of && branchSource(table, of);
  const tag = readTag(table);
  if (!of || !tag) return void 0;
  if (of.kind === "git") return { ...of, tag };
  return { ...of, list: table.oneOf("list", ["releases", "tags"]) ?? "releases", tag };
}
function misplaced(table, origin) {
  const isBranch = table.has("branch") && origin !== "pypi";
  const wrong = {
    list: origin !== "github" || isBranch,
    tag: origin === "pypi" || isBranch,
    branch: origin === "pypi",
    version: !isBranch
  };
  for (const [key, isWrong] of Object.entries(wrong)) {
    if (isWrong && table.has(key)) table.wrong(key, `has no meaning with ${isBranch ? "branch" : origin}`);
  }
  for (const key of isBranch ? ["range", "ignore", "step", "prereleases", "order"] : []) {
    if (table.has(key)) table.wrong(key, "has no meaning with branch, which has one newest commit");
  }
}
function githubOf(table) {
  const name = table.string("github", 'a repository as "owner/name"', isHubName);
  const [owner = "", repo = ""] = name?.split("/") ?? [];
  return name === void 0 ? void 0 : { kind: "github", owner, repo };
}
function gitOf(table) {
  const url = table.string("git", "an address that begins with https://, http:// or ssh://", isGitUrl);
  return url === void 0 ? void 0 : { kind: "git", url };
}
function branchSource(table, of) {
  const branch = table.string("branch", "the name of a branch", isRefName);
  const version = table.string(
    "version",
    'a version with {date} or {revision} in it, such as "0-unstable-{date}"',
    (text) => /\{(date|revision)\}/.test(text) && /^[^"\\$\s]+$/.test(text)
  );
  return branch === void 0 ? void 0 : { kind: "branch", of, branch, version: version ?? "0-unstable-{date}" };
}
function readTag(table) {
  if (!table.has("tag")) return { prefix: "v", suffix: "" };
  const text = table.string(
    "tag",
    'a pattern with {version} in it once, such as "version/{version}"',
    (pattern) => pattern.split("{version}").length === 2
  );
  const [prefix = "", suffix = ""] = text?.split("{version}") ?? [];
  return text === void 0 ? void 0 : { prefix, suffix };
}
function readRules(table) {
  const order = table.oneOf("order", ["pep440", "semver"]) ?? "pep440";
  const age = table.string("minimum-release-age", day, (text) => parseDuration(text) !== void 0);
  return {
    order,
    prereleases: table.boolean("prereleases") ?? false,
    range: readRange(table, order),
    ignore: table.strings("ignore", "versions, in which * stands for any text") ?? [],
    minimumAge: (age === void 0 ? void 0 : parseDuration(age)) ?? 0,
    step: table.oneOf("step", ["newest", "next"]) ?? "newest"
  };
}
function readRange(table, order) {
  const examples = { pep440: '">=2026.2,<2027"', semver: '"^1.2.0"' };
  const isRange = { pep440: validRange, semver: (text) => (0, import_valid.default)(text) !== null };
  const other = order === "pep440" ? "" : ' (order is "semver")';
  return table.string(
    "range",
    `a range of versions such as ${examples[order]}${other}`,
    (text) => text.length <= 200 && isRange[order](text)
  );
}

// src/config/package.ts
var packageKeys = [
  "attribute",
  "name",
  "nix",
  "releases",
  "version-files",
  "source-hash",
  "also",
  "group",
  "pull-request"
];
var attributeText = "an attribute path such as authentik-django or packages.backend";
var fileText2 = "the path of a file in this repository";
function readPackage(table, around) {
  const attribute = table.requiredString(
    "attribute",
    attributeText,
    (text) => isAttributePath(text) && !text.startsWith(".")
  );
  const releases = table.table("releases", releaseKeys);
  const group = table.string("group", "a name of letters, digits, - and _", isName);
  const source = table.raw("source-hash");
  const read = {
    nix: readNix(table.table("nix", ["file", "flake", "expression"])),
    releases: releases && readReleases(releases),
    versionFiles: (table.list("version-files", "a list of tables") ?? []).flatMap(
      (value, index) => versionPlace(table, value, index)
    ),
    sourceHash: source === void 0 || source === false ? void 0 : fixedOutputs(table, ["source-hash"], source)[0],
    hasSource: source !== false,
    also: (table.list("also", "a list of attribute paths or tables") ?? []).flatMap(
      (value, index) => fixedOutputs(table, ["also", index], value)
    ),
    group,
    pullRequest: pullRequestOf(table, group, around)
  };
  const name = table.string("name", "a name of letters, digits, - and _", isName) ?? attribute;
  return attribute === void 0 || name === void 0 ? void 0 : { attribute, name, ...read };
}
var isName = (text) => /^[A-Za-z0-9][\w.-]{0,99}$/.test(text) && !/\.\.|\.$/.test(text);
function pullRequestOf(table, group, around) {
  const own = table.table("pull-request", pullRequestKeys);
  if (group === void 0) return readPullRequest(own, around.pullRequest);
  if (own) table.wrong("pull-request", `belongs to the group: write it as [groups.${group}]`);
  return around.groups.get(group) ?? around.pullRequest;
}
function readNix(table) {
  const file = table?.string("file", fileText2, isInnerPath);
  const flake = table?.string(
    "flake",
    "the path of a folder in this repository",
    (text) => text === "." || isInnerPath(text)
  );
  const expression = table?.string("expression", "a Nix expression");
  const count = table ? ["file", "flake", "expression"].filter((key) => table.has(key)).length : 1;
  if (table && count !== 1) table.mistakes.add(table.path, "takes one of file, flake and expression");
  if (flake !== void 0) return { kind: "flake", flake };
  if (expression !== void 0) return { kind: "expression", expression };
  return { kind: "file", file: file ?? "default.nix" };
}

// src/config/parse.ts
var MAX_LENGTH = 256 * 1024;
var MAX_DEPTH = 16;
var topKeys = ["package", "pull-request", "groups", "index", "allowed-hosts", "cache-to"];
function parseConfig(text, file) {
  const document = parseText(text, file);
  const mistakes = new Mistakes(file, locateKeys(text));
  const top = new TableReader(document, [], topKeys, mistakes);
  const pullRequest = readPullRequest(top.table("pull-request", pullRequestKeys), noOptions);
  const around = { pullRequest, groups: readGroups(top, pullRequest) };
  const packages = readPackages(top, around);
  const index = top.string(
    "index",
    "the address of a package index, https://…",
    (url) => /^https?:\/\//.test(url) && URL.canParse(url)
  );
  const allowedHosts = top.strings("allowed-hosts", "hosts: name, name:port or *.name", isHost);
  const cacheTo = top.string("cache-to", cacheText, isCacheAddress);
  checkNames(packages, mistakes);
  checkGroups(packages, around, mistakes);
  checkBranches(packages, mistakes);
  mistakes.throwIfAny();
  return { packages: packages.map(({ config }) => config), index, allowedHosts, cacheTo };
}
function parseText(text, file) {
  if (text.length > MAX_LENGTH)
    throw new UserError(
      "config-syntax",
      `${file} has ${text.length} characters; a configuration has at most ${MAX_LENGTH}. Look what is in it.`,
      { at: { file } }
    );
  try {
    return parse(text.replace(/^\uFEFF/, ""), { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [said = ""] = error.message.split("\n", 1);
    const reason = said.replace(/^Invalid TOML document: /, "").replace(/\.$/, "");
    throw new UserError(
      "config-syntax",
      `${file}:${error.line}:${error.column} is not valid TOML: ${reason}. Mend that line; docs/configuration.md has an example of each key.`,
      { at: { file, line: error.line, column: error.column }, cause: error }
    );
  }
}
function readPackages(top, around) {
  const list = top.list("package", "tables, each written [[package]]");
  if (list === void 0 || list.length === 0) {
    if (list || !top.has("package"))
      top.wrong("package", "is missing; there has to be at least one [[package]]");
    return [];
  }
  return list.flatMap((value, index) => {
    const path = ["package", index];
    if (!isTable(value)) {
      top.mistakes.add(path, `is ${show(value)}; it takes a table, written [[package]]`);
      return [];
    }
    const config = readPackage(new TableReader(value, path, packageKeys, top.mistakes), around);
    return config ? [{ index, config }] : [];
  });
}
function readGroups(top, below) {
  const groups = top.raw("groups");
  if (groups === void 0) return /* @__PURE__ */ new Map();
  if (!isTable(groups)) {
    top.wrong("groups", `is ${show(groups)}; it takes tables, each written [groups.NAME]`);
    return /* @__PURE__ */ new Map();
  }
  const names = Object.keys(groups);
  const reader = new TableReader(groups, ["groups"], names, top.mistakes);
  return new Map(names.map((name) => [name, readPullRequest(reader.table(name, pullRequestKeys), below)]));
}
function checkNames(packages, mistakes) {
  const seen = /* @__PURE__ */ new Map();
  for (const { index, config } of packages) {
    const other = seen.get(config.name);
    if (other !== void 0)
      mistakes.add(
        ["package", index, "name"],
        `is '${config.name}', as package ${other + 1} is; give one of them another 'name'`
      );
    else seen.set(config.name, index);
  }
}
function checkGroups(packages, { groups }, mistakes) {
  const used = new Set(packages.map(({ config }) => config.group));
  for (const name of groups.keys()) {
    if (!used.has(name)) mistakes.add(["groups", name], "has no package; a package is in it with 'group'");
  }
}
function checkBranches(packages, mistakes) {
  const seen = /* @__PURE__ */ new Map();
  for (const { branch, name, packages: of } of proposals({
    packages: packages.map(({ config }) => config)
  })) {
    const other = seen.get(branch);
    const index = packages.find(({ config }) => config === of[0])?.index ?? 0;
    if (other !== void 0)
      mistakes.add(
        ["package", index],
        `has the branch '${branch}', as '${other}' has; give '${name}' another name or 'branch'`
      );
    else seen.set(branch, name);
  }
}

export {
  topKeys,
  parseConfig
};
