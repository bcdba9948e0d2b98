import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  printable
} from "./cli-SAIMFLME.js";
import {
  UserError
} from "./cli-RULA4YQZ.js";

// src/lock/names.ts
var NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;
var NORMALIZED = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
function isName(text) {
  return NAME.test(text);
}
function normalizeName(text) {
  if (NORMALIZED.test(text)) return text;
  return NAME.test(text) ? text.toLowerCase().replace(/[-_.]+/g, "-") : void 0;
}

// src/lock/marker-words.ts
var MarkerSyntaxError = class extends Error {
  column;
  constructor(message, column) {
    super(message);
    this.column = column;
  }
};
var VERSION_VARIABLES = /* @__PURE__ */ new Set([
  "python_version",
  "python_full_version",
  "implementation_version"
]);
var STRING_VARIABLES = /* @__PURE__ */ new Map([
  ["os_name", "os_name"],
  ["os.name", "os_name"],
  ["sys_platform", "sys_platform"],
  ["sys.platform", "sys_platform"],
  ["platform_machine", "platform_machine"],
  ["platform.machine", "platform_machine"],
  ["platform_python_implementation", "platform_python_implementation"],
  ["platform.python_implementation", "platform_python_implementation"],
  ["python_implementation", "platform_python_implementation"],
  ["platform_release", "platform_release"],
  ["platform_system", "platform_system"],
  ["platform_version", "platform_version"],
  ["platform.version", "platform_version"],
  ["implementation_name", "implementation_name"]
]);
var INVERTED = /* @__PURE__ */ new Map([
  ["==", "=="],
  ["!=", "!="],
  ["<", ">"],
  ["<=", ">="],
  [">", "<"],
  [">=", "<="]
]);
var MarkerScanner = class {
  #text;
  #at = 0;
  constructor(text) {
    this.#text = text;
  }
  error(message, column = this.#at + 1) {
    return new MarkerSyntaxError(message, column);
  }
  take(character) {
    this.#match(/\s*/y);
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }
  /** `and`, `or`, or undefined at the end of the text. */
  connective() {
    this.#match(/\s*/y);
    if (this.#at === this.#text.length) return void 0;
    const word = this.#match(/(?:and|or)(?=[\s(]|$)/y);
    if (word === "and" || word === "or") return word;
    throw this.error(`expected 'and', 'or' or the end, found ${this.#next()}`);
  }
  operand() {
    this.#match(/\s*/y);
    const column = this.#at + 1;
    const quote = this.#text[this.#at];
    if (quote === '"' || quote === "'") {
      const end = this.#text.indexOf(quote, this.#at + 1);
      if (end < 0) throw this.error(`a string is not closed with ${quote}`, column);
      const text2 = this.#text.slice(this.#at + 1, end);
      this.#at = end + 1;
      return { quoted: true, text: text2, column };
    }
    const text = this.#match(/[^\s><=!~)]*/y);
    const known = text === "extra" || text === "extras" || text === "dependency_groups";
    if (!known && !STRING_VARIABLES.has(text) && !VERSION_VARIABLES.has(text))
      throw this.error(
        `expected a quoted string or a marker variable, found ${text === "" ? this.#next() : `'${text}'`}`,
        column
      );
    return { quoted: false, text, column };
  }
  operator() {
    this.#match(/\s*/y);
    const column = this.#at + 1;
    const symbol = this.#match(/[<=>~!]+/y);
    if (symbol === "~=" || INVERTED.has(symbol)) return symbol;
    if (symbol === "") {
      if (this.#match(/in(?=[\s'"])/y) !== "") return "in";
      if (this.#match(/not\s+in/y) !== "") return "not in";
    }
    throw this.error(
      `expected a comparison such as '>=' or 'not in', found ${symbol === "" ? this.#next() : `'${symbol}'`}`,
      column
    );
  }
  #next() {
    const rest = this.#text.slice(this.#at, this.#at + 20);
    return rest === "" ? "the end" : `'${rest}'`;
  }
  #match(sticky) {
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#text)?.[0] ?? "";
    this.#at += found.length;
    return found;
  }
};

// src/lock/version.ts
var VERSION = new RegExp(
  [
    "^v?(?:(?<epoch>\\d+)!)?(?<release>\\d+(?:\\.\\d+)*)",
    "(?:[-_.]?(?<preKind>alpha|beta|preview|pre|rc|a|b|c)(?:[-_.]?(?<pre>\\d+))?)?",
    "(?:-(?<implicitPost>\\d+)|[-_.]?(?<postKind>post|rev|r)(?:[-_.]?(?<post>\\d+))?)?",
    "(?:[-_.]?(?<devKind>dev)(?:[-_.]?(?<dev>\\d+))?)?",
    "(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$"
  ].join(""),
  "i"
);
var RELEASE = /^\d+(?:\.\d+)*$/;
var PRE_KINDS = /* @__PURE__ */ new Map([
  ["alpha", "a"],
  ["beta", "b"],
  ["c", "rc"],
  ["pre", "rc"],
  ["preview", "rc"]
]);
function parseVersion(text) {
  if (RELEASE.test(text)) return plainRelease(text);
  const parts = VERSION.exec(text.trim())?.groups;
  if (parts?.release === void 0) return void 0;
  let suffix = "";
  const preKind = parts.preKind?.toLowerCase();
  if (preKind !== void 0) suffix += `${PRE_KINDS.get(preKind) ?? preKind}${trimNumber(parts.pre ?? "0")}`;
  const post = parts.implicitPost ?? (parts.postKind === void 0 ? void 0 : parts.post ?? "0");
  if (post !== void 0) suffix += `.post${trimNumber(post)}`;
  if (parts.devKind !== void 0) suffix += `.dev${trimNumber(parts.dev ?? "0")}`;
  const epoch = trimNumber(parts.epoch ?? "0");
  const publicKey = `${epoch}!${releaseKey(parts.release)}${suffix}`;
  const local = parts.local?.toLowerCase().split(/[-_.]/).map(trimNumber).join(".");
  return {
    release: parts.release.split(".").map(Number),
    key: local === void 0 ? publicKey : `${publicKey}+${local}`,
    publicKey,
    isPlainRelease: epoch === "0" && suffix === "" && local === void 0
  };
}
function plainRelease(text) {
  const key = `0!${releaseKey(text)}`;
  return { release: text.split(".").map(Number), key, publicKey: key, isPlainRelease: true };
}
function releaseKey(release) {
  const digits = release.split(".").map(trimNumber);
  while (digits.length > 1 && digits.at(-1) === "0") digits.pop();
  return digits.join(".");
}
function compareRelease(left, right) {
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
function trimNumber(text) {
  return /^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, "") : text;
}

// src/lock/marker.ts
function parseMarker(text) {
  const scanner = new MarkerScanner(text);
  const program = [];
  const pending = [];
  const reduce = (until) => {
    for (let top = pending.at(-1); top !== void 0 && !until(top); top = pending.at(-1)) {
      pending.pop();
      if (top !== "(") program.push(top);
    }
  };
  for (; ; ) {
    while (scanner.take("(")) pending.push("(");
    program.push(readTerm(scanner));
    while (scanner.take(")")) {
      reduce((top) => top === "(");
      if (pending.pop() === void 0) throw scanner.error("there is a ')' without its '('");
    }
    const word = scanner.connective();
    if (word === void 0) break;
    reduce((top) => top === "(" || word === "and" && top === "or");
    pending.push(word);
  }
  if (pending.includes("(")) throw scanner.error("a '(' is not closed");
  reduce(() => false);
  return finish(text, program);
}
function finish(text, raw) {
  const program = [];
  const present = [];
  const extras = /* @__PURE__ */ new Set();
  for (const item of raw) {
    if (item === "and" || item === "or") {
      const right = present.pop() ?? false;
      const left = present.pop() ?? false;
      if (left && right) program.push(item);
      present.push(left || right);
    } else {
      if (item !== void 0) program.push(item);
      if (item?.kind === "extra") extras.add(item.name);
      present.push(item !== void 0);
    }
  }
  return { text, program, extras: [...extras] };
}
function readTerm(scanner) {
  const left = scanner.operand();
  const operator = scanner.operator();
  const right = scanner.operand();
  if (isList(left)) throw scanner.error(`${left.text} has to stand on the right of 'in'`, left.column);
  if (isList(right)) {
    if (!left.quoted) return void 0;
    if (operator !== "in" && operator !== "not in")
      throw scanner.error(`${right.text} takes only 'in' and 'not in'`, right.column);
    return { kind: "constant", value: operator === "not in" };
  }
  if (left.quoted === right.quoted) return void 0;
  return left.quoted ? buildTerm(right.text, invert(operator), left.text, false) : buildTerm(left.text, operator, right.text, true);
}
function isList(operand) {
  return !operand.quoted && (operand.text === "extras" || operand.text === "dependency_groups");
}
function invert(operator) {
  if (operator === "in") return "contains";
  if (operator === "not in") return "not contains";
  return INVERTED.get(operator) ?? operator;
}
function buildTerm(variable, operator, value, starAllowed) {
  if (variable === "extra") return extraTerm(operator, value);
  const string = STRING_VARIABLES.get(variable);
  if (string !== void 0) return stringTerm(string, operator, value);
  return isVersionVariable(variable) ? versionTerm(variable, operator, value, starAllowed) : void 0;
}
function extraTerm(operator, value) {
  if (operator !== "==" && operator !== "!=") return void 0;
  const name = normalizeName(value);
  return name === void 0 ? { kind: "constant", value: false } : { kind: "extra", name, negated: operator === "!=" };
}
function stringTerm(variable, operator, value) {
  const negated = operator.startsWith("not ");
  if (operator === "in" || operator === "not in")
    return { kind: "substring", variable, direction: "inside", negated, value };
  if (operator === "contains" || operator === "not contains")
    return { kind: "substring", variable, direction: "contains", negated, value };
  return isComparison(operator) ? { kind: "string", variable, operator, value } : void 0;
}
function versionTerm(variable, operator, value, starAllowed) {
  if (operator === "in" || operator === "not in") {
    const versions = value.split(/\s+/).filter((part) => part !== "");
    const releases = versions.map((part) => parseVersion(part)?.release);
    if (!releases.every((release2) => release2 !== void 0)) return void 0;
    return { kind: "version-list", variable, negated: operator === "not in", releases };
  }
  const star = starAllowed && value.trim().endsWith(".*");
  const version = parseVersion(star ? value.trim().slice(0, -2) : value);
  if (version === void 0) return void 0;
  const release = version.release;
  if (star) {
    if (!version.isPlainRelease && !/^\s*v?\d+!/.test(value)) return void 0;
    if (operator !== "==" && operator !== "!=") return void 0;
    return { kind: "version", variable, operator: `${operator}*`, release };
  }
  if (operator === "~=")
    return release.length < 2 ? void 0 : { kind: "version", variable, operator, release };
  if (version.key !== version.publicKey && operator !== "==" && operator !== "!=") return void 0;
  return isComparison(operator) ? { kind: "version", variable, operator, release } : void 0;
}
function isVersionVariable(name) {
  return VERSION_VARIABLES.has(name);
}
function isComparison(operator) {
  return INVERTED.has(operator);
}

// src/lock/fields.ts
var NO_TABLE = Object.freeze(/* @__PURE__ */ Object.create(null));
var NOTHING = Object.freeze([]);
function invalid(place, what, remedy = "Run 'uv lock' to make it anew.") {
  const line = place.line();
  const at = line === void 0 ? place.file : `${place.file}:${line}`;
  const subject = place.subject === "" ? "" : ` (${place.subject})`;
  return new UserError("lock-invalid", printable(`${at}${subject}: ${what}. ${remedy}`), {
    at: line === void 0 ? { file: place.file } : { file: place.file, line }
  });
}
function field(table, key) {
  return Object.hasOwn(table, key) ? table[key] : void 0;
}
function isTable(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
function optionalString(table, key, place) {
  const value = field(table, key);
  if (value === void 0 || typeof value === "string") return value;
  throw invalid(place, `'${key}' has to be a string, not ${describe(value)}`);
}
function requiredString(table, key, place) {
  const value = optionalString(table, key, place);
  if (value === void 0) throw invalid(place, `'${key}' is missing`);
  return value;
}
function optionalCount(table, key, place) {
  const value = field(table, key);
  if (value === void 0) return void 0;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw invalid(place, `'${key}' has to be a whole number, not ${describe(value)}`);
}
function optionalBoolean(table, key, place) {
  const value = field(table, key);
  if (value === void 0 || typeof value === "boolean") return value;
  throw invalid(place, `'${key}' has to be true or false, not ${describe(value)}`);
}
function tableField(table, key, place) {
  const value = field(table, key);
  if (value === void 0) return NO_TABLE;
  if (isTable(value)) return value;
  throw invalid(place, `'${key}' has to be a table, not ${describe(value)}`);
}
function arrayField(table, key, place) {
  const value = field(table, key);
  return value === void 0 ? NOTHING : asArray(value, key, place);
}
function asArray(value, key, place) {
  if (Array.isArray(value)) return value;
  throw invalid(place, `'${key}' has to be an array, not ${describe(value)}`);
}
function tablesField(table, key, place) {
  const items = arrayField(table, key, place);
  return items.length === 0 ? NOTHING : items.map((item) => asTable(item, key, place));
}
function asTable(value, key, place) {
  if (isTable(value)) return value;
  throw invalid(place, `'${key}' has to hold tables, not ${describe(value)}`);
}
function stringsField(table, key, place) {
  const items = arrayField(table, key, place);
  if (items.length === 0) return NOTHING;
  return items.map((item) => {
    if (typeof item === "string") return item;
    throw invalid(place, `'${key}' has to hold strings, not ${describe(item)}`);
  });
}
function namesField(table, key, place) {
  const items = stringsField(table, key, place);
  return items.length === 0 ? NOTHING : items.map((name) => asName(name, key, place));
}
function asName(text, key, place) {
  const name = normalizeName(text);
  if (name === void 0) throw invalid(place, `'${clip(text)}' in '${key}' is not a name`);
  return name;
}
var Markers = class {
  #known = /* @__PURE__ */ new Map();
  /** @throws UserError `lock-marker` */
  parse(text, place) {
    const known = this.#known.get(text);
    if (known !== void 0) return known;
    try {
      const marker = parseMarker(text);
      this.#known.set(text, marker);
      return marker;
    } catch (error) {
      if (!(error instanceof MarkerSyntaxError)) throw error;
      const { message, at } = invalid(
        place,
        `the marker ${JSON.stringify(clip(text))} cannot be read at its column ${error.column}: ${error.message}`
      );
      throw new UserError("lock-marker", message, at === void 0 ? {} : { at });
    }
  }
  optional(table, key, place) {
    const text = optionalString(table, key, place);
    return text === void 0 || text === "" ? void 0 : this.parse(text, place);
  }
  list(table, key, place) {
    const items = stringsField(table, key, place);
    return items.length === 0 ? NOTHING : items.map((text) => this.parse(text, place));
  }
};
function clip(text, length = 120) {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
function describe(value) {
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return "a date";
  return typeof value === "object" ? "a table" : `a ${typeof value}`;
}

// src/lock/source.ts
var SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
var COMMIT = /^[0-9a-f]{40}$/i;
var KEYS = ["registry", "git", "url", "path", "directory", "editable", "virtual"];
function parseSource(value, place) {
  if (!isTable(value)) throw invalid(place, "'source' is missing or no table");
  for (const kind of KEYS) {
    const text = field(value, kind);
    if (typeof text === "string") return build(kind, text, value, place);
  }
  throw invalid(
    place,
    `'source' names none of ${KEYS.join(", ")}`,
    "A newer uv may have written it: update uv-fod."
  );
}
function sourceKey(source) {
  switch (source.kind) {
    case "registry":
      return `registry ${source.url}`;
    case "url":
      return `url ${source.url} ${source.subdirectory ?? ""}`;
    case "git": {
      const ref = source.ref === void 0 ? "" : `${source.ref.kind}=${source.ref.name}`;
      return `git ${source.url} ${source.commit} ${source.subdirectory ?? ""} ${source.path ?? ""} ${ref} ${source.lfs}`;
    }
    default:
      return `${source.kind} ${source.path}`;
  }
}
function lastSegment(url) {
  const bare = url.split(/[?#]/, 1)[0] ?? "";
  const segment = bare.slice(bare.lastIndexOf("/") + 1);
  try {
    const decoded = decodeURIComponent(segment);
    return decoded === "" || /[/\\\0]/.test(decoded) || decoded === ".." || decoded === "." ? void 0 : decoded;
  } catch {
    return void 0;
  }
}
function bareUrl(url) {
  const bare = url.split(/[?#]/, 1)[0] ?? "";
  return bare.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*(?:@[^/@]*)*@/i, "$1");
}
function build(kind, text, table, place) {
  switch (kind) {
    case "registry":
      return SCHEME.test(text) ? { kind: "registry", url: text } : { kind: "registry-path", path: text };
    case "git":
      return parseGit(text, place);
    case "url":
      return { kind: "url", url: text, subdirectory: optionalString(table, "subdirectory", place) };
    case "path":
      return { kind: "path", path: text };
    default:
      return { kind, path: text === "" ? "." : text };
  }
}
function parseGit(text, place) {
  const hash = text.indexOf("#");
  const commit = hash < 0 ? "" : text.slice(hash + 1);
  if (!COMMIT.test(commit))
    throw invalid(
      place,
      `the git source '${clip(bareUrl(text))}' does not end in '#' and a commit of 40 digits`
    );
  const beforeHash = text.slice(0, hash);
  const question = beforeHash.indexOf("?");
  const query = new URLSearchParams(question < 0 ? "" : beforeHash.slice(question + 1));
  let ref;
  let subdirectory;
  let path;
  let lfs = false;
  for (const [key, value] of query) {
    if (key === "rev" || key === "tag" || key === "branch") ref = { kind: key, name: value };
    else if (key === "subdirectory") subdirectory = value;
    else if (key === "path") path = value;
    else if (key === "lfs") lfs = value.toLowerCase() === "true";
  }
  if (ref?.kind === "rev" && COMMIT.test(ref.name) && ref.name.toLowerCase() !== commit.toLowerCase())
    throw invalid(place, `the git source asks for commit ${ref.name} and pins ${commit}`);
  return {
    kind: "git",
    url: bareUrl(beforeHash),
    commit: commit.toLowerCase(),
    subdirectory,
    path,
    lfs,
    ref
  };
}

// src/lock/settings.ts
var NO_SETTINGS = { noBinary: { kind: "none" }, noBuild: { kind: "none" } };
function parseSettings(table, file) {
  const place = { file, subject: "", line: () => void 0 };
  return { noBinary: parseRule(table, "no-binary", place), noBuild: parseRule(table, "no-build", place) };
}
function parseRule(table, key, place) {
  const all = optionalBoolean(table, key, place);
  const names = namesField(table, `${key}-package`, place);
  if (all !== void 0) return { kind: all ? "all" : "none" };
  return names.length === 0 ? { kind: "none" } : { kind: "packages", names: new Set(names) };
}
function forbidsWheel(settings, name) {
  return forbids(settings.noBinary, settings.noBuild, name);
}
function forbidsBuild(settings, name) {
  return forbids(settings.noBuild, settings.noBinary, name);
}
function forbids(rule, exception, name) {
  if (rule.kind === "packages") return rule.names.has(name);
  if (rule.kind === "none") return false;
  return exception.kind !== "packages" || !exception.names.has(name);
}
function parsePyproject(document, file) {
  const place = { file, subject: "", line: () => void 0 };
  const project = tableField(document, "project", place);
  const name = optionalString(project, "name", place);
  const tool = tableField(document, "tool", place);
  const uv = field(tool, "uv") === void 0 ? void 0 : tableField(tool, "uv", place);
  const groups = new Set(
    Object.keys(tableField(document, "dependency-groups", place)).map(
      (group) => asName(group, "dependency-groups", place)
    )
  );
  const defaultGroups = uv === void 0 ? void 0 : readDefaultGroups(uv, groups, place);
  if (uv !== void 0 && field(uv, "dev-dependencies") !== void 0) groups.add("dev");
  return {
    file,
    name: name === void 0 ? void 0 : asName(name, "project.name", place),
    groups,
    defaultGroups,
    isWorkspaceRoot: uv !== void 0 && isTable(field(uv, "workspace")),
    uv
  };
}
function readDefaultGroups(uv, groups, place) {
  const value = field(uv, "default-groups");
  if (value === void 0 || value === "all") return value;
  const names = namesField(uv, "default-groups", place);
  for (const name of names)
    if (!groups.has(name))
      throw invalid(
        place,
        `'tool.uv.default-groups' names '${clip(name)}', which [dependency-groups] does not have`,
        "Take it out, or add the group."
      );
  return names;
}

// src/lock/wheel-name.ts
var TAGS = /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$/;
var BUILD = /^(\d+)([A-Za-z0-9_.]*)$/;
function parseWheelName(filename, known) {
  if (!filename.endsWith(".whl")) return "it does not end in .whl";
  const parts = filename.slice(0, -".whl".length).split("-");
  if (parts.length < 5 || parts.length > 7) return "it does not have 5 to 7 parts between dashes";
  const third = parts[2] ?? "";
  const hasBuild = parts.length === 7 || parts.length === 6 && /^\d/.test(third);
  const [python, abi, platform, variant] = parts.slice(hasBuild ? 3 : 2);
  const build2 = hasBuild ? parseBuild(third) : void 0;
  if (hasBuild && build2 === void 0) return `'${third}' is not a build tag`;
  if (!isName(parts[0] ?? "")) return `'${parts[0]}' is not a package name`;
  const version = parts[1] === known?.text ? known?.version : parseVersion(parts[1] ?? "");
  if (version === void 0) return `'${parts[1]}' is not a version`;
  if (python === void 0 || abi === void 0 || platform === void 0) return "a tag is missing";
  for (const tags of [python, abi, platform]) if (!TAGS.test(tags)) return `'${tags}' is not a set of tags`;
  if (/^\d/.test(python)) return `'${python}' is not a Python tag`;
  return {
    filename,
    version,
    build: build2,
    tags: `${python}-${abi}-${platform}`,
    variant
  };
}
function compareBuild(left, right) {
  if (left === void 0 || right === void 0)
    return Number(left !== void 0) - Number(right !== void 0);
  if (left.number !== right.number) return left.number > right.number ? 1 : -1;
  if (left.rest === right.rest) return 0;
  return left.rest > right.rest ? 1 : -1;
}
function parseBuild(text) {
  const match = BUILD.exec(text);
  if (match?.[1] === void 0 || match[1].length > 20) return void 0;
  return { number: BigInt(match[1]), rest: match[2] ?? "" };
}

// src/lock/files.ts
var DIGEST_BYTES = /* @__PURE__ */ new Map([
  ["md5", 16],
  ["sha256", 32],
  ["sha384", 48],
  ["sha512", 64],
  ["blake2b", 64]
]);
function parseWheels(table, version, place) {
  const expected = version === void 0 ? void 0 : parseVersion(version);
  const known = version === void 0 || expected === void 0 ? void 0 : { text: version, version: expected };
  return tablesField(table, "wheels", place).map((entry) => {
    const file = parseFile(entry, place);
    const filename = fileName(file) ?? optionalString(entry, "filename", place);
    if (filename === void 0) throw invalid(place, "a wheel has no url, path or filename");
    const name = parseWheelName(filename, known);
    if (typeof name === "string")
      throw invalid(place, `'${clip(filename)}' is not a wheel's file name: ${name}`);
    if (expected !== void 0 && name.version.key !== expected.key && name.version.publicKey !== expected.key)
      throw invalid(place, `the wheel '${clip(filename)}' is not of version ${version}`);
    return { url: file.url, path: file.path, hash: file.hash, size: file.size, name };
  });
}
function parseSdist(table, place) {
  const value = field(table, "sdist");
  if (value === void 0) return void 0;
  if (!isTable(value)) throw invalid(place, "'sdist' has to be a table");
  return parseFile(value, place);
}
function fileName(file) {
  const from = file.url ?? file.path;
  if (from === void 0) return void 0;
  return file.url === void 0 ? from.slice(from.lastIndexOf("/") + 1) : lastSegment(from);
}
function parseFile(entry, place) {
  const hash = optionalString(entry, "hash", place);
  if (hash !== void 0) checkHash(hash, place);
  return {
    url: optionalString(entry, "url", place),
    path: optionalString(entry, "path", place),
    hash,
    size: optionalCount(entry, "size", place)
  };
}
function checkHash(hash, place) {
  const colon = hash.indexOf(":");
  const bytes = DIGEST_BYTES.get(hash.slice(0, Math.max(colon, 0)));
  if (bytes === void 0)
    throw invalid(
      place,
      `the hash '${clip(hash)}' does not begin with one of ${[...DIGEST_BYTES.keys()].join(", ")}`
    );
  const digest = hash.slice(colon + 1);
  if (digest.length !== bytes * 2 || !/^[0-9a-f]*$/i.test(digest))
    throw invalid(place, `the hash '${clip(hash)}' is not ${bytes * 2} hexadecimal digits`);
}

export {
  normalizeName,
  parseVersion,
  compareRelease,
  invalid,
  field,
  isTable,
  optionalString,
  requiredString,
  tableField,
  arrayField,
  asArray,
  tablesField,
  asTable,
  namesField,
  asName,
  Markers,
  clip,
  parseSource,
  sourceKey,
  lastSegment,
  bareUrl,
  compareBuild,
  parseWheels,
  parseSdist,
  fileName,
  NO_SETTINGS,
  parseSettings,
  forbidsWheel,
  forbidsBuild,
  parsePyproject
};
