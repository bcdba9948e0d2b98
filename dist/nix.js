import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
var __defProp = Object.defineProperty;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __knownSymbol = (name, symbol) => (symbol = Symbol[name]) ? symbol : /* @__PURE__ */ Symbol.for("Symbol." + name);
var __typeError = (msg) => {
  throw TypeError(msg);
};
var __esm = (fn, res, err) => function __init() {
  if (err) throw err[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err = [e], e;
  }
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

// src/system/errors.ts
var UserError;
var init_errors = __esm({
  "src/system/errors.ts"() {
    "use strict";
    UserError = class extends Error {
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
  }
});

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
async function repositoryOf(dir, store = "/nix/store") {
  const inStore = pathBelow(store, dir)?.split(path2.sep)[0];
  if (inStore) return path2.join(store, inStore);
  for (let folder = dir; ; folder = path2.dirname(folder)) {
    if (await lstat(path2.join(folder, ".git")).catch(() => void 0)) return folder;
    if (folder === path2.dirname(folder)) return void 0;
  }
}
var outside;
var init_inside = __esm({
  "src/system/inside.ts"() {
    "use strict";
    init_errors();
    outside = (root, what) => new UserError(
      "file-outside",
      `${what} leads out of the repository ${root}, so it is not read. Put the file itself into the repository.`
    );
  }
});

// src/system/read-bytes.ts
import { constants } from "node:fs";
import { open } from "node:fs/promises";
async function readBytes(file, most, links = "follow") {
  try {
    var _stack = [];
    try {
      const handle = __using(_stack, await open(file, flags | (links === "refuse" ? constants.O_NOFOLLOW : 0)), true);
      const found = await handle.stat();
      if (!found.isFile())
        throw new UserError("file-unreadable", `${file} is not a file. Name a file, or put one there.`);
      if (found.size > most) throw tooLarge(file, found.size, most);
      const chunks = [];
      for (let size = 0; ; ) {
        const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(Math.min(most + 1, 1 << 20)) });
        if (bytesRead === 0) return Buffer.concat(chunks);
        size += bytesRead;
        if (size > most) throw tooLarge(file, size, most);
        chunks.push(buffer.subarray(0, bytesRead));
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
var flags, tooLarge, megabytes;
var init_read_bytes = __esm({
  "src/system/read-bytes.ts"() {
    "use strict";
    init_errors();
    flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
    tooLarge = (file, size, most) => new UserError(
      "file-too-large",
      `${file} has ${megabytes(size)}; files of more than ${megabytes(most)} are not read here. Look at what is in it.`
    );
    megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  }
});

// src/system/printable.ts
function printable(text2) {
  return text2.replace(UNSEEN, visible);
}
function harmless(text2) {
  return text2.replace(/\r\n?/g, "\n").replace(SEQUENCES, "").split("\n").map((line) => withoutCommand(line.split("	").map(printable).join("	"))).join("\n");
}
function withoutCommand(line) {
  return line.replace(/##(?=\[)/g, "## ").replace(/^(\s*)::/, "$1| ::");
}
var UNSEEN, SEQUENCES, RUNS, visible, unit;
var init_printable = __esm({
  "src/system/printable.ts"() {
    "use strict";
    UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
    SEQUENCES = /\u001b\[[0-?]*[ -/]*[@-~]/g;
    RUNS = new RegExp(`${UNSEEN.source}+`, "gu");
    visible = (character) => {
      const code = character.codePointAt(0) ?? 0;
      return code > 65535 ? `\\u{${code.toString(16)}}` : unit(code);
    };
    unit = (code) => `\\u${code.toString(16).padStart(4, "0")}`;
  }
});

// src/uv/lock/names.ts
function isName(text2) {
  return NAME.test(text2);
}
function normalizeName(text2) {
  if (NORMALIZED.test(text2)) return text2;
  return NAME.test(text2) ? text2.toLowerCase().replace(/[-_.]+/g, "-") : void 0;
}
var NAME, NORMALIZED;
var init_names = __esm({
  "src/uv/lock/names.ts"() {
    "use strict";
    NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;
    NORMALIZED = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
  }
});

// src/uv/lock/marker-words.ts
var MarkerSyntaxError, VERSION_VARIABLES, STRING_VARIABLES, INVERTED, MarkerScanner;
var init_marker_words = __esm({
  "src/uv/lock/marker-words.ts"() {
    "use strict";
    MarkerSyntaxError = class extends Error {
      column;
      constructor(message, column) {
        super(message);
        this.column = column;
      }
    };
    VERSION_VARIABLES = /* @__PURE__ */ new Set([
      "python_version",
      "python_full_version",
      "implementation_version"
    ]);
    STRING_VARIABLES = /* @__PURE__ */ new Map([
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
    INVERTED = /* @__PURE__ */ new Map([
      ["==", "=="],
      ["!=", "!="],
      ["<", ">"],
      ["<=", ">="],
      [">", "<"],
      [">=", "<="]
    ]);
    MarkerScanner = class {
      #text;
      #at = 0;
      constructor(text2) {
        this.#text = text2;
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
        const word2 = this.#match(/(?:and|or)(?=[\s(]|$)/y);
        if (word2 === "and" || word2 === "or") return word2;
        throw this.error(`expected 'and', 'or' or the end, found ${this.#next()}`);
      }
      operand() {
        this.#match(/\s*/y);
        const column = this.#at + 1;
        const quote = this.#text[this.#at];
        if (quote === '"' || quote === "'") {
          const end = this.#text.indexOf(quote, this.#at + 1);
          if (end < 0) throw this.error(`a string is not closed with ${quote}`, column);
          const text3 = this.#text.slice(this.#at + 1, end);
          this.#at = end + 1;
          return { quoted: true, text: text3, column };
        }
        const text2 = this.#match(/[^\s><=!~)]*/y);
        const known = text2 === "extra" || text2 === "extras" || text2 === "dependency_groups";
        if (!known && !STRING_VARIABLES.has(text2) && !VERSION_VARIABLES.has(text2))
          throw this.error(
            `expected a quoted string or a marker variable, found ${text2 === "" ? this.#next() : `'${text2}'`}`,
            column
          );
        return { quoted: false, text: text2, column };
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
  }
});

// src/uv/lock/version.ts
function parseVersion(text2) {
  if (RELEASE.test(text2)) return plainRelease(text2);
  const parts = VERSION.exec(text2.trim())?.groups;
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
function plainRelease(text2) {
  const key2 = `0!${releaseKey(text2)}`;
  return { release: text2.split(".").map(Number), key: key2, publicKey: key2, isPlainRelease: true };
}
function releaseKey(release) {
  const digits2 = release.split(".").map(trimNumber);
  while (digits2.length > 1 && digits2.at(-1) === "0") digits2.pop();
  return digits2.join(".");
}
function compareRelease(left, right) {
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
function trimNumber(text2) {
  return /^\d+$/.test(text2) ? text2.replace(/^0+(?=\d)/, "") : text2;
}
var VERSION, RELEASE, PRE_KINDS;
var init_version = __esm({
  "src/uv/lock/version.ts"() {
    "use strict";
    VERSION = new RegExp(
      [
        "^v?(?:(?<epoch>\\d+)!)?(?<release>\\d+(?:\\.\\d+)*)",
        "(?:[-_.]?(?<preKind>alpha|beta|preview|pre|rc|a|b|c)(?:[-_.]?(?<pre>\\d+))?)?",
        "(?:-(?<implicitPost>\\d+)|[-_.]?(?<postKind>post|rev|r)(?:[-_.]?(?<post>\\d+))?)?",
        "(?:[-_.]?(?<devKind>dev)(?:[-_.]?(?<dev>\\d+))?)?",
        "(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$"
      ].join(""),
      "i"
    );
    RELEASE = /^\d+(?:\.\d+)*$/;
    PRE_KINDS = /* @__PURE__ */ new Map([
      ["alpha", "a"],
      ["beta", "b"],
      ["c", "rc"],
      ["pre", "rc"],
      ["preview", "rc"]
    ]);
  }
});

// src/uv/lock/marker.ts
function parseMarker(text2) {
  const scanner = new MarkerScanner(text2);
  const program3 = [];
  const pending = [];
  const reduce = (until) => {
    for (let top = pending.at(-1); top !== void 0 && !until(top); top = pending.at(-1)) {
      pending.pop();
      if (top !== "(") program3.push(top);
    }
  };
  for (; ; ) {
    while (scanner.take("(")) pending.push("(");
    program3.push(readTerm(scanner));
    while (scanner.take(")")) {
      reduce((top) => top === "(");
      if (pending.pop() === void 0) throw scanner.error("there is a ')' without its '('");
    }
    const word2 = scanner.connective();
    if (word2 === void 0) break;
    reduce((top) => top === "(" || word2 === "and" && top === "or");
    pending.push(word2);
  }
  if (pending.includes("(")) throw scanner.error("a '(' is not closed");
  reduce(() => false);
  return finish(text2, program3);
}
function finish(text2, raw) {
  const program3 = [];
  const present = [];
  const extras = /* @__PURE__ */ new Set();
  for (const item of raw) {
    if (item === "and" || item === "or") {
      const right = present.pop() ?? false;
      const left = present.pop() ?? false;
      if (left && right) program3.push(item);
      present.push(left || right);
    } else {
      if (item !== void 0) program3.push(item);
      if (item?.kind === "extra") extras.add(item.name);
      present.push(item !== void 0);
    }
  }
  return { text: text2, program: program3, extras: [...extras] };
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
  const version2 = parseVersion(star ? value.trim().slice(0, -2) : value);
  if (version2 === void 0) return void 0;
  const release = version2.release;
  if (star) {
    if (!version2.isPlainRelease && !/^\s*v?\d+!/.test(value)) return void 0;
    if (operator !== "==" && operator !== "!=") return void 0;
    return { kind: "version", variable, operator: `${operator}*`, release };
  }
  if (operator === "~=")
    return release.length < 2 ? void 0 : { kind: "version", variable, operator, release };
  if (version2.key !== version2.publicKey && operator !== "==" && operator !== "!=") return void 0;
  return isComparison(operator) ? { kind: "version", variable, operator, release } : void 0;
}
function isVersionVariable(name) {
  return VERSION_VARIABLES.has(name);
}
function isComparison(operator) {
  return INVERTED.has(operator);
}
var init_marker = __esm({
  "src/uv/lock/marker.ts"() {
    "use strict";
    init_marker_words();
    init_names();
    init_version();
    init_marker_words();
  }
});

// src/uv/lock/fields.ts
function invalid(place, what, fix2 = "Run 'uv lock' to recreate it.") {
  const line = place.line();
  const at = line === void 0 ? place.file : `${place.file}:${line}`;
  const subject = place.subject === "" ? "" : ` (${place.subject})`;
  return new UserError("lock-invalid", printable(`${at}${subject}: ${what}. ${fix2}`), {
    at: line === void 0 ? { file: place.file } : { file: place.file, line }
  });
}
function field(table2, key2) {
  return Object.hasOwn(table2, key2) ? table2[key2] : void 0;
}
function isTable(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
function optionalString(table2, key2, place) {
  const value = field(table2, key2);
  if (value === void 0 || typeof value === "string") return value;
  throw invalid(place, `'${key2}' has to be a string, not ${describe(value)}`);
}
function requiredString(table2, key2, place) {
  const value = optionalString(table2, key2, place);
  if (value === void 0) throw invalid(place, `'${key2}' is missing`);
  return value;
}
function optionalCount(table2, key2, place) {
  const value = field(table2, key2);
  if (value === void 0) return void 0;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw invalid(place, `'${key2}' has to be a whole number, not ${describe(value)}`);
}
function optionalBoolean(table2, key2, place) {
  const value = field(table2, key2);
  if (value === void 0 || typeof value === "boolean") return value;
  throw invalid(place, `'${key2}' has to be true or false, not ${describe(value)}`);
}
function tableField(table2, key2, place) {
  const value = field(table2, key2);
  if (value === void 0) return NO_TABLE;
  if (isTable(value)) return value;
  throw invalid(place, `'${key2}' has to be a table, not ${describe(value)}`);
}
function arrayField(table2, key2, place) {
  const value = field(table2, key2);
  return value === void 0 ? NOTHING : asArray(value, key2, place);
}
function asArray(value, key2, place) {
  if (Array.isArray(value)) return value;
  throw invalid(place, `'${key2}' has to be an array, not ${describe(value)}`);
}
function tablesField(table2, key2, place) {
  const items = arrayField(table2, key2, place);
  return items.length === 0 ? NOTHING : items.map((item) => asTable(item, key2, place));
}
function asTable(value, key2, place) {
  if (isTable(value)) return value;
  throw invalid(place, `'${key2}' has to hold tables, not ${describe(value)}`);
}
function stringsField(table2, key2, place) {
  const items = arrayField(table2, key2, place);
  if (items.length === 0) return NOTHING;
  return items.map((item) => {
    if (typeof item === "string") return item;
    throw invalid(place, `'${key2}' has to hold strings, not ${describe(item)}`);
  });
}
function namesField(table2, key2, place) {
  const items = stringsField(table2, key2, place);
  return items.length === 0 ? NOTHING : items.map((name) => asName(name, key2, place));
}
function asName(text2, key2, place) {
  const name = normalizeName(text2);
  if (name === void 0) throw invalid(place, `'${clip(text2)}' in '${key2}' is not a name`);
  return name;
}
function clip(text2, length = 120) {
  return text2.length <= length ? text2 : `${text2.slice(0, length)}…`;
}
function describe(value) {
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return "a date";
  return typeof value === "object" ? "a table" : `a ${typeof value}`;
}
var NO_TABLE, NOTHING, Markers;
var init_fields = __esm({
  "src/uv/lock/fields.ts"() {
    "use strict";
    init_errors();
    init_printable();
    init_marker();
    init_names();
    NO_TABLE = Object.freeze(/* @__PURE__ */ Object.create(null));
    NOTHING = Object.freeze([]);
    Markers = class {
      #known = /* @__PURE__ */ new Map();
      /** @throws UserError `lock-marker` */
      parse(text2, place) {
        const known = this.#known.get(text2);
        if (known !== void 0) return known;
        try {
          const marker = parseMarker(text2);
          this.#known.set(text2, marker);
          return marker;
        } catch (error) {
          if (!(error instanceof MarkerSyntaxError)) throw error;
          const { message, at } = invalid(
            place,
            `the marker ${JSON.stringify(clip(text2))} cannot be read at its column ${error.column}: ${error.message}`
          );
          throw new UserError("lock-marker", message, at === void 0 ? {} : { at });
        }
      }
      optional(table2, key2, place) {
        const text2 = optionalString(table2, key2, place);
        return text2 === void 0 || text2 === "" ? void 0 : this.parse(text2, place);
      }
      list(table2, key2, place) {
        const items = stringsField(table2, key2, place);
        return items.length === 0 ? NOTHING : items.map((text2) => this.parse(text2, place));
      }
    };
  }
});

// src/uv/lock/source.ts
function parseSource(value, place) {
  if (!isTable(value)) throw invalid(place, "'source' is missing or not a table");
  for (const kind of KEYS) {
    const text2 = field(value, kind);
    if (typeof text2 === "string") return build(kind, text2, value, place);
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
function build(kind, text2, table2, place) {
  switch (kind) {
    case "registry":
      return SCHEME.test(text2) ? { kind: "registry", url: text2 } : { kind: "registry-path", path: text2 };
    case "git":
      return parseGit(text2, place);
    case "url":
      return { kind: "url", url: text2, subdirectory: optionalString(table2, "subdirectory", place) };
    case "path":
      return { kind: "path", path: text2 };
    default:
      return { kind, path: text2 === "" ? "." : text2 };
  }
}
function parseGit(text2, place) {
  const hash = text2.indexOf("#");
  const commit2 = hash < 0 ? "" : text2.slice(hash + 1);
  if (!COMMIT.test(commit2))
    throw invalid(
      place,
      `the git source '${clip(bareUrl(text2))}' does not end in '#' and a commit of 40 digits`
    );
  const beforeHash = text2.slice(0, hash);
  const question = beforeHash.indexOf("?");
  const query = new URLSearchParams(question < 0 ? "" : beforeHash.slice(question + 1));
  let ref;
  let subdirectory;
  let path15;
  let lfs = false;
  for (const [key2, value] of query) {
    if (key2 === "rev" || key2 === "tag" || key2 === "branch") ref = { kind: key2, name: value };
    else if (key2 === "subdirectory") subdirectory = value;
    else if (key2 === "path") path15 = value;
    else if (key2 === "lfs") lfs = value.toLowerCase() === "true";
  }
  if (ref?.kind === "rev" && COMMIT.test(ref.name) && ref.name.toLowerCase() !== commit2.toLowerCase())
    throw invalid(place, `the git source requests commit ${ref.name} but pins ${commit2}`);
  return {
    kind: "git",
    url: bareUrl(beforeHash),
    commit: commit2.toLowerCase(),
    subdirectory,
    path: path15,
    lfs,
    ref
  };
}
var SCHEME, COMMIT, KEYS;
var init_source = __esm({
  "src/uv/lock/source.ts"() {
    "use strict";
    init_fields();
    SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
    COMMIT = /^[0-9a-f]{40}$/i;
    KEYS = ["registry", "git", "url", "path", "directory", "editable", "virtual"];
  }
});

// src/uv/lock/wheel-name.ts
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
  const version2 = parts[1] === known?.text ? known?.version : parseVersion(parts[1] ?? "");
  if (version2 === void 0) return `'${parts[1]}' is not a version`;
  if (python === void 0 || abi === void 0 || platform === void 0) return "a tag is missing";
  for (const tags of [python, abi, platform]) if (!TAGS.test(tags)) return `'${tags}' is not a set of tags`;
  if (/^\d/.test(python)) return `'${python}' is not a Python tag`;
  return {
    filename,
    version: version2,
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
function parseBuild(text2) {
  const match = BUILD.exec(text2);
  if (match?.[1] === void 0 || match[1].length > 20) return void 0;
  return { number: BigInt(match[1]), rest: match[2] ?? "" };
}
var TAGS, BUILD;
var init_wheel_name = __esm({
  "src/uv/lock/wheel-name.ts"() {
    "use strict";
    init_names();
    init_version();
    TAGS = /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$/;
    BUILD = /^(\d+)([A-Za-z0-9_.]*)$/;
  }
});

// src/uv/lock/files.ts
function parseWheels(table2, version2, place) {
  const expected = version2 === void 0 ? void 0 : parseVersion(version2);
  const known = version2 === void 0 || expected === void 0 ? void 0 : { text: version2, version: expected };
  return tablesField(table2, "wheels", place).map((entry) => {
    const file = parseFile(entry, place);
    const filename = fileName(file) ?? optionalString(entry, "filename", place);
    if (filename === void 0) throw invalid(place, "a wheel has no url, path or filename");
    const name = parseWheelName(filename, known);
    if (typeof name === "string")
      throw invalid(place, `'${clip(filename)}' is not a wheel's file name: ${name}`);
    if (expected !== void 0 && name.version.key !== expected.key && name.version.publicKey !== expected.key)
      throw invalid(place, `the wheel '${clip(filename)}' is not of version ${version2}`);
    return { url: file.url, path: file.path, hash: file.hash, size: file.size, name };
  });
}
function parseSdist(table2, place) {
  const value = field(table2, "sdist");
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
var DIGEST_BYTES;
var init_files = __esm({
  "src/uv/lock/files.ts"() {
    "use strict";
    init_fields();
    init_source();
    init_version();
    init_wheel_name();
    DIGEST_BYTES = /* @__PURE__ */ new Map([
      ["md5", 16],
      ["sha256", 32],
      ["sha384", 48],
      ["sha512", 64],
      ["blake2b", 64]
    ]);
  }
});

// src/uv/lock/packages.ts
function parsePackage(table2, markers, place) {
  const name = asName(requiredString(table2, "name", place), "name", place);
  const version2 = optionalString(table2, "version", place);
  if (version2 !== void 0 && (version2.trim() !== version2 || parseVersion(version2) === void 0))
    throw invalid(place, `'${clip(version2)}' is not a version`);
  const source = parseSource(field(table2, "source"), place);
  const registry = source.kind === "registry" || source.kind === "registry-path";
  if (registry && version2 === void 0) throw invalid(place, "'version' is missing");
  const wheels = parseWheels(table2, version2, place);
  checkHashes(source, wheels, place);
  const metadata = tableField(table2, "metadata", place);
  const groups = field(table2, "dev-dependencies") === void 0 ? "dependency-groups" : "dev-dependencies";
  const linked = {
    name,
    version: version2,
    source,
    wheels,
    sdist: parseSdist(table2, place),
    resolutionMarkers: markers.list(table2, "resolution-markers", place),
    dependencies: [],
    extras: NO_DEPENDENCIES,
    groups: NO_DEPENDENCIES,
    declaredExtras: namesField(metadata, "provides-extras", place),
    declaredGroups: groupNames(metadata, place),
    defaultGroups: parseDefaultGroups(table2, place),
    groupRequiresPython: parseGroupPythons(table2, place),
    line: () => place.line()
  };
  return {
    place,
    linked,
    dependencies: parseDependencies(arrayField(table2, "dependencies", place), "dependencies", place),
    extras: dependencyMap(table2, "optional-dependencies", place),
    groups: dependencyMap(table2, groups, place)
  };
}
function parseDefaultGroups(table2, place) {
  const value = field(table2, "default-groups");
  if (value === void 0) return void 0;
  return value === "all" ? "all" : namesField(table2, "default-groups", place);
}
function parseGroupPythons(table2, place) {
  if (field(table2, "group-requires-python") === void 0) return NO_PYTHONS;
  const result = /* @__PURE__ */ new Map();
  for (const [group, value] of Object.entries(tableField(table2, "group-requires-python", place))) {
    const specifier = isTable(value) ? field(value, "requires-python") : value;
    if (typeof specifier === "string") result.set(asName(group, "group-requires-python", place), specifier);
  }
  return result;
}
function groupNames(metadata, place) {
  const key2 = field(metadata, "requires-dev") === void 0 ? "dependency-groups" : "requires-dev";
  return Object.keys(tableField(metadata, key2, place)).map((group) => asName(group, key2, place));
}
function dependencyMap(table2, key2, place) {
  if (field(table2, key2) === void 0) return NO_DEPENDENCIES;
  const result = /* @__PURE__ */ new Map();
  for (const [name, value] of Object.entries(tableField(table2, key2, place)))
    result.set(
      asName(name, key2, place),
      parseDependencies(asArray(value, `${key2}.${name}`, place), key2, place)
    );
  return result;
}
function parseDependencies(entries, key2, place) {
  return entries.map((entry) => {
    const table2 = asTable(entry, key2, place);
    const source = field(table2, "source");
    return {
      name: asName(requiredString(table2, "name", place), "name", place),
      version: optionalString(table2, "version", place),
      source: source === void 0 ? void 0 : parseSource(source, place),
      extras: namesField(table2, "extra", place),
      markerText: optionalString(table2, "marker", place) ?? ""
    };
  });
}
function checkHashes(source, wheels, place) {
  if (source.kind === "registry" || source.kind === "registry-path") return;
  const wanted2 = source.kind === "url" || source.kind === "path" || source.kind === "git" && source.path !== void 0;
  for (const wheel of wheels)
    if (wheel.hash !== void 0 !== wanted2)
      throw invalid(place, `a wheel of a '${source.kind}' source ${wanted2 ? "needs" : "cannot have"} a hash`);
}
var NO_DEPENDENCIES, NO_PYTHONS;
var init_packages = __esm({
  "src/uv/lock/packages.ts"() {
    "use strict";
    init_fields();
    init_files();
    init_source();
    init_version();
    NO_DEPENDENCIES = /* @__PURE__ */ new Map();
    NO_PYTHONS = /* @__PURE__ */ new Map();
  }
});

// src/uv/lock/link.ts
function linkPackages(raw, markers) {
  const index = new PackageIndex(raw);
  return raw.map((item) => {
    const link = (list3) => linkList(list3, item, index, markers);
    item.linked.dependencies = link(item.dependencies);
    item.linked.extras = linkMap(item.extras, link);
    item.linked.groups = linkMap(item.groups, link);
    return item.linked;
  });
}
function linkMap(lists, link) {
  if (lists.size === 0) return NO_DEPENDENCIES;
  return new Map([...lists].map(([name, list3]) => [name, link(list3)]));
}
function linkList(list3, owner, index, markers) {
  const seen = /* @__PURE__ */ new Set();
  return list3.map((dependency) => {
    const found = index.find(dependency, owner);
    const extras = dependency.extras.filter((extra) => found.raw.extras.has(extra));
    const key2 = `${found.id} ${dependency.extras.join(",")} ${dependency.markerText}`;
    if (seen.has(key2)) throw invalid(owner.place, `the dependency '${dependency.name}' is there twice`);
    seen.add(key2);
    const marker = dependency.markerText === "" ? void 0 : markers.parse(dependency.markerText, owner.place);
    return { package: found.raw.linked, extras, marker };
  });
}
function packageId(name, version2, source) {
  return `${name} ${version2 === void 0 ? "" : parseVersion(version2)?.key ?? version2} ${source}`;
}
var PackageIndex;
var init_link = __esm({
  "src/uv/lock/link.ts"() {
    "use strict";
    init_fields();
    init_packages();
    init_source();
    init_version();
    PackageIndex = class {
      #byName = /* @__PURE__ */ new Map();
      #byId = /* @__PURE__ */ new Map();
      constructor(raw) {
        for (const item of raw) {
          const { name, version: version2, source } = item.linked;
          const entry = { id: packageId(name, version2, sourceKey(source)), raw: item };
          if (this.#byId.has(entry.id))
            throw invalid(item.place, "the same package, version and source is there twice");
          this.#byId.set(entry.id, entry);
          const same = this.#byName.get(name);
          if (same === void 0) this.#byName.set(name, [entry]);
          else same.push(entry);
        }
      }
      find(dependency, owner) {
        const same = this.#byName.get(dependency.name) ?? [];
        const only = same.length === 1 ? same[0] : void 0;
        if (only !== void 0 && dependency.version === void 0 && dependency.source === void 0)
          return only;
        const source = dependency.source ?? only?.raw.linked.source;
        const version2 = dependency.version ?? only?.raw.linked.version;
        if (source === void 0 && same.length > 1)
          throw invalid(
            owner.place,
            `the dependency '${dependency.name}' fits ${same.length} packages and names no source`
          );
        const isTree = source !== void 0 && ["directory", "editable", "virtual"].includes(source.kind);
        if (only === void 0 && version2 === void 0 && same.length > 1 && !isTree)
          throw invalid(
            owner.place,
            `the dependency '${dependency.name}' fits ${same.length} packages and names no version`
          );
        const found = source && this.#byId.get(packageId(dependency.name, version2, sourceKey(source)));
        if (found !== void 0) return found;
        const wanted2 = dependency.version === void 0 ? dependency.name : `${dependency.name} ${dependency.version}`;
        throw invalid(owner.place, `it depends on '${wanted2}', which the lock does not hold`);
      }
    };
  }
});

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
var TomlError;
var init_error = __esm({
  "node_modules/smol-toml/dist/error.js"() {
    TomlError = class _TomlError extends Error {
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
  }
});

// node_modules/smol-toml/dist/primitive.js
function parseString(ctx) {
  let startPtr = ctx.p;
  let c = ctx.s.charCodeAt(ctx.p++);
  let first2 = c;
  let isLiteral = c === 39;
  let isMultiline = c === ctx.s.charCodeAt(ctx.p) && c === ctx.s.charCodeAt(ctx.p + 1);
  if (isMultiline) {
    if ((c = ctx.s.charCodeAt(ctx.p += 2)) === 10)
      ctx.p++;
    else if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)
      ctx.p += 2;
  }
  let parsed = "";
  let sliceStart = ctx.p;
  let state = 0;
  for (; ctx.p < ctx.s.length; ctx.p++) {
    c = ctx.s.charCodeAt(ctx.p);
    if (isMultiline && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)) {
      state = state && 3;
    } else if (c < 32 && c !== 9 || c === 127) {
      TomlError.x("control characters are not allowed in strings", ctx);
    } else if ((!state || state === 3) && c === first2 && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first2 && ctx.s.charCodeAt(ctx.p + 2) === first2)) {
      if (isMultiline) {
        if (ctx.s.charCodeAt(ctx.p + 3) === first2)
          ctx.p++;
        if (ctx.s.charCodeAt(ctx.p + 3) === first2)
          ctx.p++;
      }
      if (!state) {
        let s = ctx.s.slice(sliceStart, ctx.p);
        parsed = parsed ? parsed + s : s;
      }
      ctx.p += isMultiline ? 3 : 1;
      return parsed;
    } else if (!state) {
      if (!isLiteral && c === 92) {
        parsed += ctx.s.slice(sliceStart, sliceStart = ctx.p);
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
        parsed += String.fromCodePoint(value);
        sliceStart = ctx.p--;
        state = 0;
      } else if (isMultiline && (c === 32 || c === 9)) {
        state = 2;
      } else {
        if (c === 98)
          parsed += "\b";
        else if (c === 116)
          parsed += "	";
        else if (c === 110)
          parsed += "\n";
        else if (c === 102)
          parsed += "\f";
        else if (c === 114)
          parsed += "\r";
        else if (c === 101)
          parsed += "\x1B";
        else if (c === 34)
          parsed += '"';
        else if (c === 92)
          parsed += "\\";
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
var init_primitive = __esm({
  "node_modules/smol-toml/dist/primitive.js"() {
    init_error();
  }
});

// node_modules/smol-toml/dist/date.js
var DATE_TIME_RE, TomlDate;
var init_date = __esm({
  "node_modules/smol-toml/dist/date.js"() {
    DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
    TomlDate = class _TomlDate extends Date {
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
  }
});

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
var init_extract = __esm({
  "node_modules/smol-toml/dist/extract.js"() {
    init_primitive();
    init_struct();
    init_error();
    init_date();
  }
});

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
var init_util = __esm({
  "node_modules/smol-toml/dist/util.js"() {
    init_error();
  }
});

// node_modules/smol-toml/dist/struct.js
function parseKey(ctx, end = 61) {
  let startPtr;
  let state = 0;
  let parsed = [];
  let sliceStart;
  let c = ctx.s.charCodeAt(startPtr = ctx.p);
  do {
    if (c === end) {
      if (!state)
        TomlError.x("unexpected end of key", ctx);
      if (state === 1)
        parsed.push(ctx.s.slice(sliceStart, ctx.p));
      return ctx.p++, parsed;
    } else if (c === 46) {
      if (!state)
        TomlError.x("illegal empty bare key", ctx);
      if (state === 1)
        parsed.push(ctx.s.slice(sliceStart, ctx.p));
      state = 0;
    } else if (!state && (c === 34 || c === 39)) {
      if (c === ctx.s.charCodeAt(ctx.p + 1) && c === ctx.s.charCodeAt(ctx.p + 2))
        TomlError.x("illegal quoted key: multiline strings are not allowed", ctx);
      parsed.push(parseString(ctx));
      state = 2;
      ctx.p--;
    } else if (c === 32 || c === 9) {
      if (state === 1) {
        parsed.push(ctx.s.slice(sliceStart, ctx.p));
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
    let key2 = parseKey(ctx);
    for (let i = 0; i < key2.length; i++) {
      if (i)
        t = hasOwn ? t[k] : t[k] = /* @__PURE__ */ Object.create(null);
      k = key2[i];
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
var init_struct = __esm({
  "node_modules/smol-toml/dist/struct.js"() {
    init_primitive();
    init_extract();
    init_util();
    init_error();
  }
});

// node_modules/smol-toml/dist/parse.js
function peekTable(ctx, key2, table2, meta, type) {
  let t = table2;
  let m = meta;
  let k;
  let hasOwn = false;
  let state;
  for (let i = 0; i < key2.length; i++) {
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
    k = key2[i];
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
        t: i < key2.length - 1 && type === 2 ? 3 : type,
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
function parse(toml, options = {}) {
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
var init_parse = __esm({
  "node_modules/smol-toml/dist/parse.js"() {
    init_struct();
    init_extract();
    init_util();
    init_error();
  }
});

// node_modules/smol-toml/dist/stringify.js
var HAS_WELLFORMED;
var init_stringify = __esm({
  "node_modules/smol-toml/dist/stringify.js"() {
    HAS_WELLFORMED = !!"".isWellFormed;
  }
});

// node_modules/smol-toml/dist/index.js
var init_dist = __esm({
  "node_modules/smol-toml/dist/index.js"() {
    init_parse();
    init_stringify();
    init_date();
    init_error();
  }
});

// src/uv/lock/toml.ts
function parseToml(text2, file) {
  const deep = MANY_DOTS.test(text2) ? deepKey(text2) : void 0;
  if (deep !== void 0)
    throw new UserError(
      "toml-syntax",
      `${file}:${deep.line}:${deep.column} nests a dotted key deeper than ${MAX_DEPTH} levels, which no lock does. Fix the file, or recreate the lock with 'uv lock'.`,
      { at: { file, ...deep } }
    );
  try {
    return parse(text2.startsWith("\uFEFF") ? text2.slice(1) : text2, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (error instanceof TomlError) throw mergeConflict(text2, file) ?? syntaxError(error, file);
    throw error;
  }
}
function deepKey(text2) {
  let line = 1;
  let lineStart = 0;
  let runStart = 0;
  let bareDots = 0;
  let quotedDots = 0;
  let previous = 0;
  for (let at = 0; at < text2.length; at += 1) {
    const code = text2.charCodeAt(at);
    if (code === DOT) {
      bareDots = previous === DOT ? 0 : bareDots + 1;
      if (isQuote(previous)) quotedDots += 1;
      if (bareDots > MAX_DEPTH || quotedDots > MAX_DEPTH) return { line, column: runStart - lineStart + 1 };
    } else if (code === NEWLINE) {
      line += 1;
      lineStart = at + 1;
      runStart = lineStart;
      bareDots = 0;
      quotedDots = 0;
    } else if (!isKeyCharacter(code)) {
      bareDots = 0;
      if (quotedDots === 0) runStart = at + 1;
    }
    if (!isBlank(code)) previous = code;
  }
  return void 0;
}
function isKeyCharacter(code) {
  if (code >= 97 && code <= 122) return true;
  if (code >= 48 && code <= 57) return true;
  if (code >= 65 && code <= 90) return true;
  return code === 95 || code === 45 || isQuote(code) || isBlank(code);
}
function isQuote(code) {
  return code === 34 || code === 39;
}
function isBlank(code) {
  return code === 32 || code === 9;
}
function syntaxError(error, file) {
  const reason = error.message.split("\n", 1)[0]?.replace(/^Invalid TOML document: /, "").replace(/\.+$/, "") ?? "invalid";
  return new UserError(
    "toml-syntax",
    `${file}:${error.line}:${error.column} is not valid TOML: ${reason}. Fix the file, or recreate the lock with 'uv lock'.`,
    { at: { file, line: error.line, column: error.column }, cause: error }
  );
}
function mergeConflict(text2, file) {
  const found = CONFLICT.exec(text2);
  if (found === null) return void 0;
  const line = lineAt(text2, found.index);
  return new UserError(
    "merge-conflict",
    `${file}:${line} has an unresolved merge conflict ('${found[0].trim()}'). Choose one side and run 'uv lock'.`,
    { at: { file, line, column: 1 } }
  );
}
function lineAt(text2, index) {
  let line = 1;
  for (let at = text2.indexOf("\n"); at >= 0 && at < index; at = text2.indexOf("\n", at + 1)) line += 1;
  return line;
}
var MAX_DEPTH, MANY_DOTS, NEWLINE, DOT, CONFLICT;
var init_toml = __esm({
  "src/uv/lock/toml.ts"() {
    "use strict";
    init_dist();
    init_errors();
    MAX_DEPTH = 160;
    MANY_DOTS = new RegExp(`^(?:[^.\\n]*\\.){${MAX_DEPTH + 1}}`, "m");
    NEWLINE = 10;
    DOT = 46;
    CONFLICT = /^(?:<{7}|\|{7}|>{7}|={7})(?: |\r?$)/m;
  }
});

// src/uv/lock/parse.ts
function parseLock(text2, file) {
  const document = parseToml(text2, file);
  const top = { file, subject: "", line: () => void 0 };
  checkVersion(document, top);
  const markers = new Markers();
  const entries = tablesField(
    document,
    field(document, "package") === void 0 ? "distribution" : "package",
    top
  );
  const raw = entries.map(
    (entry, index) => parsePackage(entry, markers, packagePlace(text2, file, entry, index))
  );
  const packages = linkPackages(raw, markers);
  const manifest = tableField(document, "manifest", top);
  return {
    file,
    revision: typeof document.revision === "number" ? document.revision : 0,
    requiresPython: requiredString(document, "requires-python", top),
    resolutionMarkers: markers.list(document, "resolution-markers", top),
    supportedMarkers: markers.list(document, "supported-markers", top),
    conflicts: parseConflicts(document, top),
    members: namesField(manifest, "members", top),
    requirements: tablesField(manifest, "requirements", top).map((entry) => requirement(entry, markers, top)),
    groups: parseRootGroups(manifest, markers, top),
    groupRequiresPython: parseGroupPythons(manifest, top),
    defaultGroups: parseDefaultGroups(manifest, top),
    packages,
    byName: groupByName(packages)
  };
}
function checkVersion(document, place) {
  const version2 = field(document, "version");
  if (version2 === 1) return;
  if (version2 === void 0)
    throw invalid(place, "'version' is missing: this is not a uv.lock", "Use a uv.lock that uv wrote.");
  throw new UserError(
    "lock-version",
    `${place.file} has format version ${String(version2)}; uv-fod supports version 1 of any revision. Use a uv-fod that supports it, or a uv that writes version 1.`,
    { at: { file: place.file } }
  );
}
function packagePlace(text2, file, entry, index) {
  const name = field(entry, "name");
  const subject = typeof name === "string" ? `package '${name}'` : `package number ${index + 1}`;
  return { file, subject, line: () => packageLine(text2, index) };
}
function packageLine(text2, index) {
  const header = /^[ \t]*\[\[[ \t]*(?:package|distribution)[ \t]*\]\]/gm;
  for (let count = 0; ; count += 1) {
    const found = header.exec(text2);
    if (found === null) return void 0;
    if (count === index) return lineAt(text2, found.index);
  }
}
function groupByName(packages) {
  const result = /* @__PURE__ */ new Map();
  for (const item of packages) {
    const same = result.get(item.name);
    if (same === void 0) result.set(item.name, [item]);
    else same.push(item);
  }
  return result;
}
function requirement(entry, markers, place) {
  return {
    name: asName(requiredString(entry, "name", place), "requirements", place),
    extras: namesField(entry, "extras", place),
    marker: markers.optional(entry, "marker", place)
  };
}
function parseRootGroups(manifest, markers, place) {
  const key2 = "dependency-groups";
  const result = /* @__PURE__ */ new Map();
  for (const [group, entries] of Object.entries(tableField(manifest, key2, place))) {
    const list3 = asArray(entries, `${key2}.${group}`, place);
    result.set(
      asName(group, key2, place),
      list3.map((entry) => requirement(asTable(entry, key2, place), markers, place))
    );
  }
  return result;
}
function parseConflicts(document, place) {
  return arrayField(document, "conflicts", place).map(
    (set) => asArray(set, "conflicts", place).map((entry) => conflictItem(asTable(entry, "conflicts", place), place))
  );
}
function conflictItem(entry, place) {
  const name = asName(requiredString(entry, "package", place), "conflicts", place);
  const extra = optionalString(entry, "extra", place);
  if (extra !== void 0) return { package: name, kind: "extra", name: asName(extra, "conflicts", place) };
  const group = optionalString(entry, "group", place);
  if (group !== void 0) return { package: name, kind: "group", name: asName(group, "conflicts", place) };
  return { package: name, kind: "project", name: "" };
}
var init_parse2 = __esm({
  "src/uv/lock/parse.ts"() {
    "use strict";
    init_errors();
    init_fields();
    init_link();
    init_packages();
    init_toml();
  }
});

// src/uv/lock/inside.ts
import { stat } from "node:fs/promises";
import path3 from "node:path";
async function checkPaths(lock, root, repository) {
  const what = (name) => printable(`'${clip(name)}', a source in ${path3.basename(lock.file)},`);
  for (const folder of new Set(lock.packages.flatMap(({ source }) => foldersOf(source))))
    await requireInside(repository, path3.resolve(root, folder, "pyproject.toml"), what(folder));
  for (const file of new Set(lock.packages.flatMap(filesOf))) {
    const at = path3.resolve(root, file);
    await requireInside(repository, at, what(file));
    const found = await stat(at).catch(() => void 0);
    if (found === void 0 || found.isFile()) continue;
    throw new UserError(
      "file-unreadable",
      `${what(file)} is not a regular file. Put the file itself into the repository.`
    );
  }
}
function foldersOf(source) {
  if (source.kind === "directory" || source.kind === "editable" || source.kind === "virtual")
    return [source.path];
  return source.kind === "registry-path" ? [source.path] : [];
}
function filesOf({ source, wheels, sdist }) {
  const inFolder = (file) => source.kind === "registry-path" ? path3.join(source.path, file) : file;
  const listed = [...wheels, ...sdist ? [sdist] : []].flatMap(({ path: file }) => file ?? []);
  return [...source.kind === "path" ? [source.path] : [], ...listed.map(inFolder)];
}
var init_inside2 = __esm({
  "src/uv/lock/inside.ts"() {
    "use strict";
    init_errors();
    init_inside();
    init_printable();
    init_fields();
  }
});

// src/uv/lock/reader.ts
function rememberText(read) {
  const known = /* @__PURE__ */ new Map();
  return (file) => {
    const found = known.get(file) ?? read(file);
    known.set(file, found);
    return found;
  };
}
var init_reader = __esm({
  "src/uv/lock/reader.ts"() {
    "use strict";
  }
});

// src/uv/lock/settings.ts
function parseSettings(table2, file) {
  const place = { file, subject: "", line: () => void 0 };
  return { noBinary: parseRule(table2, "no-binary", place), noBuild: parseRule(table2, "no-build", place) };
}
function parseRule(table2, key2, place) {
  const all = optionalBoolean(table2, key2, place);
  const names = namesField(table2, `${key2}-package`, place);
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
  const defaultGroups2 = uv === void 0 ? void 0 : readDefaultGroups(uv, groups, place);
  if (uv !== void 0 && field(uv, "dev-dependencies") !== void 0) groups.add("dev");
  return {
    file,
    name: name === void 0 ? void 0 : asName(name, "project.name", place),
    groups,
    defaultGroups: defaultGroups2,
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
        "Remove it, or add the group."
      );
  return names;
}
var NO_SETTINGS;
var init_settings = __esm({
  "src/uv/lock/settings.ts"() {
    "use strict";
    init_fields();
    NO_SETTINGS = { noBinary: { kind: "none" }, noBuild: { kind: "none" } };
  }
});

// src/uv/lock/project.ts
import path4 from "node:path";
async function loadProject(dir, readFile3, options = {}) {
  const { repository } = options;
  const top = repository ?? void 0;
  const read = rememberText(readingInside(readFile3, top, options.lockFile));
  const { root, lockFile, lock } = options.lockFile === void 0 ? await findLock(dir, read, top) : await readLock(dir, options.lockFile, read);
  if (repository !== void 0) await checkPaths(lock, root, repository ?? root);
  const rootPyproject = await readPyproject(path4.join(root, "pyproject.toml"), read);
  const pyprojects = await readMembers(lock, root, rootPyproject, read);
  const own = sameFolder(dir, root) ? rootPyproject : await readPyproject(path4.join(dir, "pyproject.toml"), read);
  return {
    lock,
    root,
    lockFile,
    settings: await findSettings(root, read, top),
    current: own === void 0 ? memberAt(lock, path4.relative(root, dir)) : own.name,
    rootPyproject,
    pyprojects
  };
}
async function readLock(dir, lockFile, read) {
  const text2 = await read(lockFile);
  if (text2 === void 0)
    throw new UserError(
      "lock-missing",
      `${lockFile} is missing. Set --lock to an existing uv.lock, or omit it.`
    );
  const lock = parseLock(text2, lockFile);
  const own = await readPyproject(path4.join(dir, "pyproject.toml"), read);
  const root = ancestors(dir).find((folder) => {
    const member = memberAt(lock, path4.relative(folder, dir));
    return member !== void 0 && (own === void 0 || member === own.name);
  });
  return { root: root ?? dir, lockFile, lock };
}
async function findLock(dir, read, top) {
  for (const root of ancestors(dir, top)) {
    const lockFile = path4.join(root, "uv.lock");
    const text2 = await read(lockFile);
    if (text2 === void 0) continue;
    const lock = parseLock(text2, lockFile);
    if (sameFolder(root, dir) || memberAt(lock, path4.relative(root, dir)) !== void 0)
      return { root, lockFile, lock };
  }
  throw new UserError(
    "lock-missing",
    `There is no uv.lock in ${dir} or in a workspace above it. Run 'uv lock' there, or set --lock.`
  );
}
function memberAt(lock, folder) {
  const wanted2 = path4.normalize(folder === "" ? "." : folder);
  const found = lock.packages.find(
    ({ source }) => (source.kind === "editable" || source.kind === "virtual" || source.kind === "directory") && path4.normalize(source.path) === wanted2
  );
  return found?.name;
}
async function readMembers(lock, root, rootPyproject, read) {
  const result = /* @__PURE__ */ new Map();
  if (rootPyproject?.name !== void 0) result.set(rootPyproject.name, rootPyproject);
  for (const name of lock.members.filter((member) => !result.has(member))) {
    const file = pyprojectOf(name, lock, root);
    const pyproject = file === void 0 ? void 0 : await readPyproject(file, read);
    if (pyproject !== void 0) result.set(name, pyproject);
  }
  return result;
}
function pyprojectOf(name, lock, root) {
  const source = lock.byName.get(name)?.[0]?.source;
  if (source === void 0 || !("path" in source) || source.path === void 0) return void 0;
  const folder = path4.resolve(root, source.path);
  return path4.relative(root, folder).startsWith("..") ? void 0 : path4.join(folder, "pyproject.toml");
}
async function readPyproject(file, read) {
  const text2 = await read(file);
  return text2 === void 0 ? void 0 : parsePyproject(parseToml(text2, file), file);
}
async function findSettings(root, read, top) {
  for (const folder of ancestors(root, top)) {
    const file = path4.join(folder, "uv.toml");
    const text2 = await read(file);
    if (text2 !== void 0) return parseSettings(parseToml(text2, file), file);
    const pyproject = await readSettingsPyproject(path4.join(folder, "pyproject.toml"), read, folder === root);
    if (pyproject?.uv !== void 0) return parseSettings(pyproject.uv, pyproject.file);
  }
  return NO_SETTINGS;
}
async function readSettingsPyproject(file, read, isRoot) {
  try {
    return await readPyproject(file, read);
  } catch (error) {
    if (isRoot || !(error instanceof UserError)) throw error;
    return void 0;
  }
}
function ancestors(dir, top) {
  const result = [dir];
  for (let folder = dir; folder !== top && folder !== path4.dirname(folder); ) {
    folder = path4.dirname(folder);
    result.push(folder);
  }
  return result;
}
function sameFolder(left, right) {
  return path4.relative(left, right) === "";
}
var readingInside;
var init_project = __esm({
  "src/uv/lock/project.ts"() {
    "use strict";
    init_errors();
    init_inside();
    init_inside2();
    init_parse2();
    init_reader();
    init_settings();
    init_toml();
    readingInside = (read, repository, except) => async (file) => {
      if (repository !== void 0 && file !== except) await requireInside(repository, file, file);
      return read(file);
    };
  }
});

// src/uv/lock/index.ts
var init_lock = __esm({
  "src/uv/lock/index.ts"() {
    "use strict";
    init_names();
    init_parse2();
    init_project();
    init_toml();
  }
});

// src/system/sri.ts
function isSri(text2) {
  return /^sha256-[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(text2);
}
function sriFromHex(hex) {
  return `sha256-${Buffer.from(hex, "hex").toString("base64")}`;
}
var init_sri = __esm({
  "src/system/sri.ts"() {
    "use strict";
  }
});

// src/uv/plan/artifact.ts
function sriOf({ hash = "" }) {
  const [, hex] = /^sha256:([0-9a-f]{64})$/i.exec(hash) ?? [];
  return hex === void 0 ? void 0 : sriFromHex(hex);
}
function compareArtifacts(left, right) {
  return compare(left.name, right.name) || compare(left.version ?? "", right.version ?? "") || compare(origin(left), origin(right));
}
function origin(artifact) {
  return [artifact.kind, artifact.filename, artifact.url, artifact.path, artifact.commit].join(" ");
}
function compare(left, right) {
  return left < right ? -1 : Number(left > right);
}
var init_artifact = __esm({
  "src/uv/plan/artifact.ts"() {
    "use strict";
    init_sri();
  }
});

// node_modules/@renovatebot/pep440/lib/version.js
function parse2(version2, regex) {
  const { groups } = (regex || validRegex).exec(version2) || {};
  if (!groups) {
    return null;
  }
  const parsed = {
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
  return parsed;
}
function stringify2(parsed) {
  if (!parsed) {
    return null;
  }
  const { epoch, release, pre, post, dev, local } = parsed;
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
  const parsed = parse2(version2);
  if (!parsed) {
    return parsed;
  }
  const { epoch, release, pre, post, dev, local } = parsed;
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
    public: stringify2(parsed).split("+", 1)[0],
    base_version,
    is_prerelease,
    is_devrelease,
    is_postrelease
  };
}
var VERSION_PATTERN, validRegex, cleanRegex;
var init_version2 = __esm({
  "node_modules/@renovatebot/pep440/lib/version.js"() {
    VERSION_PATTERN = [
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
    validRegex = new RegExp("^" + VERSION_PATTERN + "$", "i");
    cleanRegex = new RegExp("^\\s*" + VERSION_PATTERN + "\\s*$", "i");
  }
});

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
  const parsedVersion = parse2(version2);
  const parsedOther = parse2(other);
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
var init_operator = __esm({
  "node_modules/@renovatebot/pep440/lib/operator.js"() {
    init_version2();
  }
});

// node_modules/@renovatebot/pep440/lib/specifier.js
function parse3(ranges) {
  if (!ranges.trim()) {
    return [];
  }
  const specifiers = ranges.split(",").map((range) => rangeRegex.exec(range.trim()) || {}).map(({ groups }) => {
    if (!groups) {
      return null;
    }
    let { ...spec } = groups;
    const { operator, version: version2, prefix, legacy } = groups;
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
    if (legacy && operator !== "===") {
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
  const parsed = parse3(specifier);
  if (!parsed) {
    return [];
  }
  return versions.filter((version2) => {
    const explained = explain(version2);
    if (!parsed.length) {
      return explained && !(explained.is_prerelease && !options.prereleases);
    }
    return parsed.reduce((pass, spec) => {
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
  return Boolean(parse3(specifier));
}
var RANGE_PATTERN, isEqualityOperator, rangeRegex;
var init_specifier = __esm({
  "node_modules/@renovatebot/pep440/lib/specifier.js"() {
    init_version2();
    init_operator();
    RANGE_PATTERN = [
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
    isEqualityOperator = (op) => ["==", "!=", "==="].includes(op);
    rangeRegex = new RegExp("^" + RANGE_PATTERN + "$", "i");
  }
});

// node_modules/@renovatebot/pep440/lib/semantic.js
var init_semantic = __esm({
  "node_modules/@renovatebot/pep440/lib/semantic.js"() {
    init_version2();
  }
});

// node_modules/@renovatebot/pep440/index.js
var init_pep440 = __esm({
  "node_modules/@renovatebot/pep440/index.js"() {
    init_version2();
    init_operator();
    init_specifier();
    init_semantic();
  }
});

// src/uv/plan/target.ts
function parseTarget(input) {
  const system = SYSTEMS.find((name) => name === input.system);
  if (system === void 0)
    throw new UserError(
      "target-system",
      `'${input.system}' is not a system. Use one of ${SYSTEMS.join(", ")}.`
    );
  return { system, python: parsePython(input.python), libc: parseLibc(input.libc, system) };
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
var SYSTEMS, PYTHON, LIBC, DEFAULT_LINUX, DEFAULT_DARWIN;
var init_target = __esm({
  "src/uv/plan/target.ts"() {
    "use strict";
    init_errors();
    SYSTEMS = [
      "x86_64-linux",
      "aarch64-linux",
      "x86_64-darwin",
      "aarch64-darwin"
    ];
    PYTHON = /^3\.(\d{1,3})(?:\.(\d{1,3}))?$/;
    LIBC = /^(glibc|musl|macos):(\d{1,4})\.(\d{1,4})$/;
    DEFAULT_LINUX = { kind: "glibc", major: 2, minor: 39 };
    DEFAULT_DARWIN = { kind: "macos", major: 14, minor: 0 };
  }
});

// src/uv/plan/choose.ts
function chooseArtifact(item, chooser) {
  if (item.source.kind === "virtual") return void 0;
  const wheelAllowed = !forbidsWheel(chooser.settings, item.name);
  const wheel = wheelAllowed ? bestWheel(item.wheels, chooser.rank) : void 0;
  if (wheel !== void 0) return wheelArtifact(item, wheel, chooser);
  const source = sourceArtifact(item, chooser);
  const buildAllowed = chooser.members.has(item.name) || !forbidsBuild(chooser.settings, item.name);
  if (source !== void 0 && buildAllowed) return source;
  throw nothingFits(item, chooser, wheelAllowed, source !== void 0);
}
function bestWheel(wheels, rank) {
  let best;
  for (const wheel of wheels) {
    const own = rank(wheel.name);
    if (own === void 0) continue;
    const better = best === void 0 || own > best.rank || own === best.rank && compareBuild(wheel.name.build, best.wheel.name.build) > 0;
    if (better) best = { wheel, rank: own };
  }
  return best?.wheel;
}
function wheelArtifact(item, wheel, chooser) {
  const { source } = item;
  const common = { ...identity(item), ...fileFields(wheel), filename: wheel.name.filename };
  switch (source.kind) {
    case "registry":
    case "registry-path":
      return { ...common, kind: "wheel", ...address(item, wheel, chooser) };
    case "url":
      return { ...common, kind: "wheel", url: source.url };
    case "path":
      return { ...common, kind: "wheel", path: source.path };
    case "git":
      if (source.path !== void 0) return { ...common, ...gitFields(item), path: source.path };
  }
  throw broken(item, chooser, `it has wheels, which a '${source.kind}' source cannot have`);
}
function sourceArtifact(item, chooser) {
  const { source, sdist } = item;
  switch (source.kind) {
    case "registry":
    case "registry-path":
      return sdist === void 0 ? void 0 : registrySdist(item, sdist, chooser);
    case "url": {
      const filename = archiveName(item, lastSegment(source.url), chooser, isPep625);
      if (filename === void 0) return void 0;
      const file = {
        ...identity(item),
        kind: "sdist",
        filename,
        ...fileFields(sdist),
        url: source.url
      };
      return source.subdirectory === void 0 ? file : { ...file, subdirectory: source.subdirectory };
    }
    case "path": {
      const filename = archiveName(item, baseName(source.path), chooser, isPep625);
      if (filename === void 0) return void 0;
      return { ...identity(item), kind: "sdist", filename, ...fileFields(sdist), path: source.path };
    }
    case "git": {
      if (source.path === void 0) return { ...identity(item), ...gitFields(item) };
      const filename = archiveName(item, baseName(source.path), chooser, isArchive);
      if (filename === void 0) return void 0;
      return { ...identity(item), ...gitFields(item), filename, ...fileFields(sdist), path: source.path };
    }
    case "editable":
      return { ...identity(item), kind: "directory", path: source.path, editable: true };
    default:
      return { ...identity(item), kind: "directory", path: source.path };
  }
}
function registrySdist(item, sdist, chooser) {
  const filename = fileName(sdist);
  if (filename === void 0 || !isArchive(filename))
    throw broken(item, chooser, `its sdist '${filename ?? sdist.url ?? ""}' has no name of a source archive`);
  return {
    ...identity(item),
    kind: "sdist",
    filename,
    ...fileFields(sdist),
    ...address(item, sdist, chooser)
  };
}
function address(item, file, chooser) {
  if (file.url !== void 0) return { url: file.url };
  if (item.source.kind === "registry-path" && file.path !== void 0)
    return { path: joinPath(item.source.path, file.path) };
  throw broken(item, chooser, "a file that is needed has no url or path");
}
function identity(item) {
  return item.version === void 0 ? { name: item.name } : { name: item.name, version: item.version };
}
function fileFields(file) {
  return {
    ...file?.hash === void 0 ? {} : { hash: file.hash },
    ...file?.size === void 0 ? {} : { size: file.size }
  };
}
function gitFields({ source }) {
  if (source.kind !== "git") return { kind: "git" };
  return {
    kind: "git",
    url: bareUrl(source.url),
    commit: source.commit,
    ...source.subdirectory === void 0 ? {} : { subdirectory: source.subdirectory },
    ...source.ref === void 0 ? {} : { ref: `${source.ref.kind}=${source.ref.name}` },
    ...source.lfs ? { lfs: true } : {}
  };
}
function archiveName(item, name, chooser, accepts) {
  if (name?.endsWith(".whl")) return void 0;
  if (name !== void 0 && accepts(name)) return name;
  throw broken(item, chooser, `uv builds from .tar.gz and .zip archives, and '${name ?? ""}' is neither`);
}
function isPep625(name) {
  return /\.(?:tar\.gz|zip)$/.test(name);
}
function isArchive(name) {
  return /\.(?:tar\.(?:gz|bz2|xz|lz|lzma|zst)|zip|tar|tgz|tbz|txz|tlz)$/.test(name);
}
function baseName(file) {
  return file.slice(file.lastIndexOf("/") + 1);
}
function joinPath(folder, file) {
  if (file.startsWith("/") || folder === "." || folder === "") return file;
  return `${folder.replace(/\/$/, "")}/${file}`;
}
function broken(item, chooser, what) {
  const line = item.line();
  const place = line === void 0 ? chooser.file : `${chooser.file}:${line}`;
  return new UserError(
    "no-artifact",
    printable(`${place} (package '${item.name}'): ${what}. Run 'uv lock' to recreate it.`),
    {
      at: line === void 0 ? { file: chooser.file } : { file: chooser.file, line }
    }
  );
}
function nothingFits(item, chooser, wheelAllowed, hasSource) {
  const { system, python, libc } = chooser.target;
  const label = item.version === void 0 ? item.name : `${item.name} ${item.version}`;
  const reasons = [
    wheelAllowed ? wheelReason(item) : "wheels are forbidden for it (no-binary)",
    hasSource ? "building it is forbidden (no-build)" : "there is no source to build it from"
  ];
  const line = item.line();
  return new UserError(
    "no-artifact",
    `No artifact of ${label} fits ${system}, Python ${python}, ${formatLibc(libc)}: ${reasons.join("; ")}. Change the target, the rules in [tool.uv], or the version.`,
    { at: line === void 0 ? { file: chooser.file } : { file: chooser.file, line } }
  );
}
function wheelReason(item) {
  if (item.wheels.length === 0) return "there are no wheels";
  const shown = item.wheels.slice(0, 8).map(({ name }) => name.filename);
  const more = item.wheels.length > shown.length ? ` and ${item.wheels.length - shown.length} more` : "";
  return `no wheel is compatible (${shown.join(", ")}${more})`;
}
var init_choose = __esm({
  "src/uv/plan/choose.ts"() {
    "use strict";
    init_errors();
    init_printable();
    init_files();
    init_settings();
    init_source();
    init_wheel_name();
    init_target();
  }
});

// src/uv/plan/tags.ts
function tagRank(target) {
  const minor2 = Number(target.python.split(".")[1]);
  const native = rankMap(nativeTags(minor2));
  const pure = rankMap(pureTags(minor2));
  const platforms = rankMap(platformTags(target));
  const rankOf = (tags) => {
    const [pythons = [], abis = [], targets = []] = tags.split("-").map((part) => part.split("."));
    let best;
    const offer = (rank) => {
      if (best === void 0 || rank > best) best = rank;
    };
    for (const tag of pythons.flatMap((python) => abis.map((abi) => `${python}-${abi}`))) {
      const nativeRank = native.get(tag);
      const pureRank = pure.get(tag);
      for (const platform of targets) {
        const platformRank = platforms.get(platform);
        if (nativeRank !== void 0 && platformRank !== void 0)
          offer(pure.size + nativeRank * platforms.size + platformRank);
        if (pureRank !== void 0 && platform === "any") offer(pureRank);
      }
    }
    return best;
  };
  const known = /* @__PURE__ */ new Map();
  return ({ tags, variant }) => {
    if (variant !== void 0) return void 0;
    if (!known.has(tags)) known.set(tags, rankOf(tags));
    return known.get(tags);
  };
}
function nativeTags(minor2) {
  const tags = [`cp3${minor2}-cp3${minor2}`, `cp3${minor2}-abi3`, `cp3${minor2}-none`];
  for (let older = minor2 - 1; older >= 2; older -= 1) tags.push(`cp3${older}-abi3`);
  tags.push(`py3${minor2}-none`, "py3-none");
  for (let older = minor2 - 1; older >= 0; older -= 1) tags.push(`py3${older}-none`);
  return tags;
}
function pureTags(minor2) {
  const tags = [`cp3${minor2}-none`, `py3${minor2}-none`, "py3-none"];
  for (let older = minor2 - 1; older >= 0; older -= 1) tags.push(`py3${older}-none`);
  return tags;
}
function platformTags(target) {
  const { kind, major: major2, minor: minor2 } = target.libc;
  const arch = target.system.startsWith("x86_64") ? "x86_64" : "aarch64";
  if (kind === "macos") return arch === "x86_64" ? macosIntel(major2) : macosArm(major2);
  const tags = [];
  if (kind === "musl")
    for (let level = minor2; level >= 0; level -= 1) tags.push(`musllinux_${major2}_${level}_${arch}`);
  else tags.push(...manylinux(minor2, arch));
  return [...tags, `linux_${arch}`];
}
function manylinux(newest, arch) {
  const legacy = /* @__PURE__ */ new Map([
    [17, "manylinux2014"],
    [12, "manylinux2010"],
    [5, "manylinux1"]
  ]);
  const tags = [];
  for (let level = newest; level >= (arch === "x86_64" ? 5 : 17); level -= 1) {
    tags.push(`manylinux_2_${level}_${arch}`);
    const older = legacy.get(level);
    if (older !== void 0) tags.push(`${older}_${arch}`);
  }
  return tags;
}
function macosIntel(newest) {
  const formats = ["x86_64", "intel", "fat64", "fat32", "universal2", "universal"];
  const tags = [];
  for (let major2 = newest; major2 >= 11; major2 -= 1)
    tags.push(...formats.map((format) => `macosx_${major2}_0_${format}`));
  for (let minor2 = 16; minor2 >= 4; minor2 -= 1)
    tags.push(...formats.map((format) => `macosx_10_${minor2}_${format}`));
  return tags;
}
function macosArm(newest) {
  const tags = [];
  for (let major2 = newest; major2 >= 11; major2 -= 1)
    tags.push(`macosx_${major2}_0_arm64`, `macosx_${major2}_0_universal2`);
  for (let minor2 = 16; minor2 >= 4; minor2 -= 1) tags.push(`macosx_10_${minor2}_universal2`);
  return tags;
}
function rankMap(tags) {
  return new Map(tags.map((tag, index) => [tag, tags.length - index]));
}
var init_tags = __esm({
  "src/uv/plan/tags.ts"() {
    "use strict";
  }
});

// src/uv/plan/diff.ts
var init_diff = __esm({
  "src/uv/plan/diff.ts"() {
    "use strict";
    init_pep440();
    init_source();
    init_choose();
    init_tags();
    init_target();
  }
});

// src/uv/plan/environment.ts
function environmentOf(target) {
  const darwin = target.system.endsWith("-darwin");
  const machine = target.system.startsWith("x86_64") ? "x86_64" : darwin ? "arm64" : "aarch64";
  const full = target.python.split(".").map(Number);
  return {
    strings: {
      os_name: "posix",
      sys_platform: darwin ? "darwin" : "linux",
      platform_machine: machine,
      platform_python_implementation: "CPython",
      platform_release: "",
      platform_system: darwin ? "Darwin" : "Linux",
      platform_version: "",
      implementation_name: "cpython"
    },
    versions: { python_version: full.slice(0, 2), python_full_version: full, implementation_version: full }
  };
}
function evaluate(marker, environment, extra) {
  if (marker === void 0 || marker.program.length === 0) return true;
  const stack = [];
  for (const item of marker.program) {
    if (item === "and" || item === "or") {
      const right = stack.pop() ?? false;
      const left = stack.pop() ?? false;
      stack.push(item === "and" ? left && right : left || right);
    } else {
      stack.push(evaluateTerm(item, environment, extra));
    }
  }
  return stack.pop() ?? true;
}
function evaluateTerm(term, environment, extra) {
  switch (term.kind) {
    case "constant":
      return term.value;
    case "extra": {
      const active = extra(term.name);
      return active === "either" || active !== term.negated;
    }
    case "version":
      return compareVersion(environment.versions[term.variable], term);
    case "version-list":
      return inVersionList(environment.versions[term.variable], term);
    case "substring": {
      const actual = environment.strings[term.variable];
      const found = term.direction === "inside" ? term.value.includes(actual) : actual.includes(term.value);
      return found !== term.negated;
    }
    case "string":
      return compareString(environment.strings[term.variable], term);
  }
}
function compareVersion(actual, term) {
  const order = compareRelease(actual, term.release);
  switch (term.operator) {
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "~=":
      return order >= 0 && hasPrefix(actual, term.release.slice(0, -1));
    case "==*":
      return hasPrefix(actual, term.release);
    case "!=*":
      return !hasPrefix(actual, term.release) && !(term.variable === "python_version" && isTooLong(term.release));
  }
}
function inVersionList(actual, term) {
  if (term.variable === "python_version" && term.releases.some(isTooLong)) return false;
  return term.releases.some((release) => compareRelease(actual, release) === 0) !== term.negated;
}
function isTooLong(release) {
  return release.slice(2).some((number) => number !== 0);
}
function hasPrefix(actual, prefix) {
  return prefix.every((number, index) => (actual[index] ?? 0) === number);
}
function compareString(actual, term) {
  const ordered = term.variable === "platform_release" || term.variable === "platform_version";
  switch (term.operator) {
    case "==":
      return actual === term.value;
    case "!=":
      return actual !== term.value;
    case "<":
      return ordered && actual < term.value;
    case "<=":
      return ordered ? actual <= term.value : actual === term.value;
    case ">":
      return ordered && actual > term.value;
    case ">=":
      return ordered ? actual >= term.value : actual === term.value;
  }
}
var init_environment = __esm({
  "src/uv/plan/environment.ts"() {
    "use strict";
    init_version();
  }
});

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
  const includesGroup = groupFilter(project, single, groups, explicit);
  checkExtras(lock, packages, extras);
  const root = implicitRoot(lock);
  checkGroups(project, single === void 0 || root === void 0 ? packages : [...packages, root], explicit);
  return {
    packages,
    groupRoot: single === void 0 ? void 0 : inheritedRoot(project, single, includesGroup),
    requirements: rootRequirements(lock, includesGroup),
    extras,
    groups,
    includesGroup,
    byName: names !== void 0
  };
}
function chosenNames({ lock, current }, selection) {
  if (selection.allPackages) return void 0;
  if (selection.packages.length === 0) return current === void 0 ? void 0 : [current];
  const members = workspaceNames(lock, true);
  return [...new Set(selection.packages.map((name) => wanted(name, "package")))].map((name) => {
    if (members.includes(name)) return name;
    throw new UserError(
      "selection-package",
      `'${name}' is not a member of the workspace that ${lock.file} locks. Its members are: ${list(members)}.`
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
  return item.declaredGroups.includes(group) || item.groups.has(group);
}
function inheritedRoot(project, single, includesGroup) {
  const root = implicitRoot(project.lock);
  if (root === void 0 || root.name === single.name) return void 0;
  const groups = project.pyprojects.get(root.name)?.groups ?? [...root.declaredGroups, ...root.groups.keys()];
  return [...groups].some((group) => includesGroup(root.name, group)) ? root : void 0;
}
function rootRequirements(lock, includesGroup) {
  const grouped = [...lock.groups].filter(([group]) => includesGroup(void 0, group));
  return [...lock.requirements, ...grouped.flatMap(([, requirements2]) => requirements2)];
}
function checkExtras(lock, packages, extras) {
  if (lock.revision < 1) return;
  const known = new Set(packages.flatMap((item) => [...item.declaredExtras, ...item.extras.keys()]));
  for (const extra of extras)
    if (!known.has(extra))
      throw new UserError(
        "selection-extra",
        `No extra '${extra}' in ${list(packages.map((item) => item.name))} as ${lock.file} has it. There is: ${list([...known])}. Correct the name, or run 'uv lock' if the extra is new.`
      );
}
function checkGroups(project, packages, explicit) {
  const { lock, rootPyproject } = project;
  const known = new Set(packages.flatMap((item) => [...item.declaredGroups, ...item.groups.keys()]));
  if (rootPyproject === void 0 || rootPyproject.name === void 0)
    for (const group of [...lock.groups.keys(), ...rootPyproject?.groups ?? []]) known.add(group);
  for (const group of explicit)
    if (!known.has(group))
      throw new UserError(
        "selection-group",
        `No dependency group '${group}' in ${lock.file}. There is: ${list([...known])}. Correct the name, or run 'uv lock' if the group is new.`
      );
}
function wanted(text2, what) {
  const name = normalizeName(text2);
  if (name === void 0) throw new UserError("selection-name", `'${text2}' is not the name of a ${what}.`);
  return name;
}
function list(names) {
  return names.length === 0 ? "none" : [...names].sort().join(", ");
}
var init_selection = __esm({
  "src/uv/plan/selection.ts"() {
    "use strict";
    init_errors();
    init_names();
  }
});

// src/uv/plan/conflicts.ts
function encodeItem(item) {
  const name = `${item.package.length}-${item.package}`;
  return item.kind === "project" ? `project-${name}` : `${item.kind}-${name}-${item.name}`;
}
function encodeExtra(packageName, extra) {
  return encodeItem({ package: packageName, kind: "extra", name: extra });
}
function decisiveNames(lock) {
  const names = new Set(lock.conflicts.flat().map(encodeItem));
  for (const item of lock.packages)
    for (const list3 of [item.dependencies, ...item.extras.values(), ...item.groups.values()])
      for (const { marker } of list3) for (const name of marker?.extras ?? []) names.add(name);
  return names;
}
function initiallyActive(roots) {
  const active = /* @__PURE__ */ new Set();
  for (const root of roots.packages) {
    active.add(encodeItem({ package: root.name, kind: "project", name: "" }));
    for (const extra of roots.extras) if (root.extras.has(extra)) active.add(encodeExtra(root.name, extra));
  }
  for (const root of [...roots.packages, ...roots.groupRoot === void 0 ? [] : [roots.groupRoot]])
    for (const group of root.groups.keys())
      if (roots.includesGroup(root.name, group))
        active.add(encodeItem({ package: root.name, kind: "group", name: group }));
  return active;
}
function checkSelectedConflicts(lock, roots) {
  if (lock.conflicts.length === 0) return;
  const names = roots.byName ? involvedMembers(lock, roots) : new Set(lock.members);
  for (const set of lock.conflicts) {
    const wanted2 = set.filter(
      (item) => names.has(item.package) && (item.kind === "project" || (item.kind === "extra" ? roots.extras : roots.groups).has(item.name))
    );
    if (wanted2.length >= 2) throw conflict(lock, wanted2);
  }
}
function checkActiveConflicts(lock, active) {
  for (const set of lock.conflicts) {
    const both = set.filter((item) => item.kind === "extra" && active.has(encodeItem(item)));
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
function involvedMembers(lock, roots) {
  const members = new Set(lock.members);
  const involved = new Set(roots.packages.map((item) => item.name));
  const seen = /* @__PURE__ */ new Map();
  const queue = [];
  const push = (item, extra) => {
    const known = seen.get(item) ?? /* @__PURE__ */ new Set();
    if (known.has(extra)) return;
    seen.set(item, known.add(extra));
    queue.push([item, extra]);
  };
  for (const root of roots.packages) {
    push(root, void 0);
    for (const extra of roots.extras) push(root, extra);
  }
  const groupOwners = roots.groupRoot === void 0 ? roots.packages : [...roots.packages, roots.groupRoot];
  for (const root of groupOwners)
    for (const [group, list3] of root.groups)
      if (roots.includesGroup(root.name, group))
        for (const dependency of list3)
          for (const extra of [void 0, ...dependency.extras]) push(dependency.package, extra);
  for (let at = 0; at < queue.length; at += 1) {
    const [item, extra] = queue[at] ?? [];
    if (item === void 0) break;
    if (members.has(item.name)) involved.add(item.name);
    for (const dependency of (extra === void 0 ? item.dependencies : item.extras.get(extra)) ?? [])
      for (const next of [void 0, ...dependency.extras]) push(dependency.package, next);
  }
  return involved;
}
var init_conflicts = __esm({
  "src/uv/plan/conflicts.ts"() {
    "use strict";
    init_errors();
  }
});

// src/uv/plan/walk.ts
function reachable(lock, roots, environment) {
  checkSelectedConflicts(lock, roots);
  const decisive = decisiveNames(lock);
  const active = initiallyActive(roots);
  for (; ; ) {
    const walk = new Walk(environment, active, decisive);
    walk.run(lock, roots);
    if (walk.activated.size === 0) {
      checkActiveConflicts(lock, active);
      return walk.reached;
    }
    for (const name of walk.activated) active.add(name);
  }
}
function encodedExtras(dependency) {
  return dependency.extras.map((extra) => encodeExtra(dependency.package.name, extra));
}
var Walk;
var init_walk = __esm({
  "src/uv/plan/walk.ts"() {
    "use strict";
    init_errors();
    init_conflicts();
    init_environment();
    Walk = class {
      reached = /* @__PURE__ */ new Set();
      /** Newly active decisive names; the walk stops at the first. */
      activated = /* @__PURE__ */ new Set();
      #environment;
      #active;
      #decisive;
      #queue = [];
      #extras = /* @__PURE__ */ new Map();
      constructor(environment, active, decisive) {
        this.#environment = environment;
        this.#active = active;
        this.#decisive = decisive;
      }
      run(lock, roots) {
        for (const root of roots.packages)
          this.#enter(
            root,
            [...roots.extras].filter((extra) => root.extras.has(extra))
          );
        const owners = roots.groupRoot === void 0 ? roots.packages : [...roots.packages, roots.groupRoot];
        for (const owner of owners)
          for (const [group, list3] of owner.groups)
            if (roots.includesGroup(owner.name, group)) this.#queue.push(list3);
        for (const requirement3 of roots.requirements) this.#require(lock, requirement3);
        for (let at = 0; at < this.#queue.length && this.activated.size === 0; at += 1)
          for (const dependency of this.#queue[at] ?? []) this.#follow(dependency);
      }
      #follow(dependency) {
        const { marker } = dependency;
        if (marker !== void 0) {
          const own = marker.extras.length === 0 ? [] : encodedExtras(dependency);
          const holds = evaluate(
            marker,
            this.#environment,
            (name) => this.#active.has(name) || own.includes(name)
          );
          if (!holds) return;
        }
        this.#enter(dependency.package, dependency.extras);
      }
      #enter(item, extras) {
        if (!this.reached.has(item)) {
          this.reached.add(item);
          this.#queue.push(item.dependencies);
        }
        for (const extra of extras) {
          const entered = this.#extras.get(item) ?? /* @__PURE__ */ new Set();
          if (entered.has(extra)) continue;
          this.#extras.set(item, entered.add(extra));
          this.#queue.push(item.extras.get(extra) ?? []);
          if (this.#decisive.size === 0) continue;
          const name = encodeExtra(item.name, extra);
          if (this.#decisive.has(name) && !this.#active.has(name)) this.activated.add(name);
        }
      }
      #require(lock, requirement3) {
        if (!evaluate(requirement3.marker, this.#environment, () => false)) return;
        const fits = (lock.byName.get(requirement3.name) ?? []).filter(
          ({ resolutionMarkers }) => resolutionMarkers.length === 0 || resolutionMarkers.some((marker) => evaluate(marker, this.#environment, () => false))
        );
        const [found] = fits;
        if (found === void 0 || fits.length > 1)
          throw new UserError(
            "lock-invalid",
            `${lock.file}: the workspace root requires '${requirement3.name}', which the lock has ${fits.length} times for this target. Run 'uv lock' to recreate it.`
          );
        this.#enter(
          found,
          requirement3.extras.filter((extra) => found.extras.has(extra))
        );
      }
    };
  }
});

// src/uv/plan/plan.ts
function planProject(project, target, selection) {
  const { lock, settings } = project;
  const environment = environmentOf(target);
  const roots = selectRoots(project, selection);
  requirePython(target, lock);
  checkSupported(lock, environment, target);
  const members = new Set(lock.members.length > 0 ? lock.members : roots.packages.map((item) => item.name));
  const chooser = { file: lock.file, members, settings, target, rank: tagRank(target) };
  const artifacts = [];
  const packages = reachable(lock, roots, environment);
  checkUnique(lock, packages);
  for (const item of packages) {
    const artifact = chooseArtifact(item, chooser);
    if (artifact !== void 0) artifacts.push(artifact);
  }
  return artifacts.sort(compareArtifacts);
}
function requirePython(target, lock) {
  const { requiresPython, file } = lock;
  if (requiresPython.trim() !== "" && !validRange(requiresPython))
    throw new UserError(
      "lock-invalid",
      `${file}: requires-python '${requiresPython}' is not a version specifier. Run 'uv lock'.`,
      {
        at: { file }
      }
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
    // Forks of conflicting extras depend on these, which are not known here.
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
var init_plan = __esm({
  "src/uv/plan/plan.ts"() {
    "use strict";
    init_pep440();
    init_errors();
    init_printable();
    init_artifact();
    init_choose();
    init_environment();
    init_selection();
    init_tags();
    init_walk();
  }
});

// src/uv/plan/index.ts
var init_plan2 = __esm({
  "src/uv/plan/index.ts"() {
    "use strict";
    init_artifact();
    init_diff();
    init_plan();
    init_target();
  }
});

// src/system/shape.ts
function first(checks) {
  for (const check2 of checks) {
    const wrong = check2();
    if (wrong !== void 0) return wrong;
  }
  return void 0;
}
var text, yesOrNo, oneOf, list2, having, exactly, mapOf, isObject;
var init_shape = __esm({
  "src/system/shape.ts"() {
    "use strict";
    text = (most, pattern) => (value, at) => {
      if (typeof value !== "string") return `${at} is not a string`;
      if (value.length > most) return `${at} is longer than ${most} characters`;
      return pattern === void 0 || pattern.test(value) ? void 0 : `${at} has a form that is not allowed`;
    };
    yesOrNo = (value, at) => typeof value === "boolean" ? void 0 : `${at} is not true or false`;
    oneOf = (...values) => (value, at) => values.some((one) => one === value) ? void 0 : `${at} is not one of ${values.join(", ")}`;
    list2 = (item, most) => (value, at) => {
      if (!Array.isArray(value)) return `${at} is not a list`;
      if (value.length > most) return `${at} has more than ${most} items`;
      return first(value.map((one, index) => () => item(one, `${at}[${index}]`)));
    };
    having = (required, optional = {}) => (value, at) => {
      if (!isObject(value)) return `${at} is not an object`;
      const get = (name) => Object.hasOwn(value, name) ? value[name] : void 0;
      const given = Object.entries(optional).filter(([name]) => Object.hasOwn(value, name));
      return first(
        [...Object.entries(required), ...given].map(
          ([name, shape]) => () => shape(get(name), `${at}.${name}`)
        )
      );
    };
    exactly = (required, optional = {}) => (value, at) => {
      const wrong = having(required, optional)(value, at);
      if (wrong !== void 0) return wrong;
      const isKnown = (name) => Object.hasOwn(required, name) || Object.hasOwn(optional, name);
      return Object.keys(value).every(isKnown) ? void 0 : `${at} has a field that is not known here`;
    };
    mapOf = (key2, item) => (value, at) => {
      if (!isObject(value)) return `${at} is not an object`;
      return first(
        Object.entries(value).map(
          ([name, one]) => () => key2.test(name) ? item(one, `${at}.${name}`) : `${at} has a key of a form that is not allowed`
        )
      );
    };
    isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  }
});

// src/uv/plan/manifest.ts
function checkTarget(value) {
  const wrong = having({ system: word, ...targetFields })(value, "target");
  if (wrong === void 0) return value;
  throw new UserError("target-invalid", `${wrong}; correct 'target' of fetchUvDeps.`);
}
function manifestText(artifacts, target) {
  const wheels = artifacts.filter((artifact) => artifact.kind === "wheel").map(({ name, version: version2, filename, hash }) => ({ name, version: version2, filename, ...hash ? { hash } : {} }));
  const { system, python, libc, packages, allPackages, extras, groups, defaultGroups: defaultGroups2 } = target;
  const declared = {
    ...{ system, python, libc, allPackages, defaultGroups: defaultGroups2 },
    ...{ packages: sorted(packages), extras: sorted(extras), groups: sorted(groups) }
  };
  return `${JSON.stringify({ fetcherVersion, target: declared, wheels }, null, 2)}
`;
}
var word, fetcherVersion, targetFields, sorted;
var init_manifest = __esm({
  "src/uv/plan/manifest.ts"() {
    "use strict";
    init_errors();
    init_shape();
    init_sri();
    word = text(1e3);
    fetcherVersion = 1;
    targetFields = {
      ...{ python: word, libc: word, packages: list2(word, 1e3), extras: list2(word, 1e3) },
      ...{ groups: list2(word, 1e3), allPackages: yesOrNo, defaultGroups: yesOrNo }
    };
    sorted = (names) => [...new Set(names)].sort();
  }
});

// src/fetch/addresses.ts
import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
function isPublicAddress(text2) {
  const [address3 = ""] = text2.split("%");
  const family = isIP(address3);
  if (family === 4) return !special.check(address3, "ipv4");
  return family === 6 && globalUnicast.check(address3, "ipv6") && !special.check(address3, "ipv6");
}
async function addressesOf({ hostname }, resolve2) {
  const name = hostname.replace(/^\[|\]$/g, "");
  return isIP(name) ? [name] : resolve2(name);
}
var special, globalUnicast, resolveBySystem;
var init_addresses = __esm({
  "src/fetch/addresses.ts"() {
    "use strict";
    special = new BlockList();
    for (const network2 of [
      ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
      ...["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"],
      ...["198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
      // Azure's platform service, which GitHub's runners can reach.
      "168.63.129.16/32"
    ]) {
      const [address3 = "", prefix] = network2.split("/");
      special.addSubnet(address3, Number(prefix), "ipv4");
    }
    globalUnicast = new BlockList();
    globalUnicast.addSubnet("2000::", 3, "ipv6");
    for (const network2 of ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]) {
      const [address3 = "", prefix] = network2.split("/");
      special.addSubnet(address3, Number(prefix), "ipv6");
    }
    resolveBySystem = async (name) => (await lookup(name, { all: true })).map(({ address: address3 }) => address3);
  }
});

// src/system/run.ts
var noSuchProgram;
var init_run = __esm({
  "src/system/run.ts"() {
    "use strict";
    noSuchProgram = 127;
  }
});

// src/fetch/curl-config.ts
function option(name, value) {
  const text2 = String(value);
  if (text2.includes("\0")) throw new Error(`a value of curl's option '${name}' has a NUL character`);
  const quoted2 = text2.replace(/[\\"\n\r\t\v]/g, (character) => `\\${escapes[character] ?? character}`);
  return `${name} = "${quoted2}"
`;
}
function configOf(transfers, common) {
  return transfers.map((transfer, index) => section(transfer, index, common)).join("next\n");
}
function section(transfer, index, common) {
  const { url, addresses, proxy, login, headers, file, offset } = transfer;
  return [
    // [1-9] and {a,b} in an address are not patterns.
    "globoff\n",
    option("url", addressOf(url)),
    option("output", file),
    option("proto", "=http,https"),
    ...pins(url, addresses).map((pin) => option("resolve", pin)),
    proxy === void 0 ? option("noproxy", "*") : option("proxy", proxy),
    ...login === void 0 ? [] : [option("user", login)],
    ...Object.entries(headers).map(([name, value]) => option("header", `${name}: ${value}`)),
    ...common.certificates === void 0 || url.protocol === "http:" ? [] : [option("cacert", common.certificates)],
    ...offset > 0 ? [option("continue-at", offset)] : [],
    ...transfer.keepsErrors ? [] : ["fail\n"],
    option("max-filesize", transfer.most),
    option("max-time", transfer.seconds),
    option("connect-timeout", common.connectTimeout),
    option("speed-limit", common.slowest),
    option("speed-time", common.slowSeconds),
    option("write-out", `%{stderr}${index} %{json}
`)
  ].join("");
}
function addressOf(url) {
  const plain2 = new URL(url);
  plain2.username = "";
  plain2.password = "";
  plain2.hash = "";
  plain2.hostname = plain2.hostname.replace(/\.$/, "");
  return plain2.href;
}
function pins(url, addresses) {
  const host = url.hostname.replace(/\.$/, "");
  if (addresses.length === 0 || addresses.includes(host.replace(/^\[|\]$/g, ""))) return [];
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const bracketed = addresses.map((address3) => address3.includes(":") ? `[${address3}]` : address3);
  return [`${host}:${port}:${bracketed.join(",")}`];
}
var escapes;
var init_curl_config = __esm({
  "src/fetch/curl-config.ts"() {
    "use strict";
    escapes = { "\n": "n", "\r": "r", "	": "t", "\v": "v" };
  }
});

// src/fetch/curl.ts
import { statSync } from "node:fs";
async function curl(transfers, network2, onEnd, signal) {
  const { run, environment, certificates: certificates2, patience } = network2;
  const controller = new AbortController();
  const open4 = new Set(transfers.keys());
  let settling = Promise.resolve();
  const settle = (index, ended) => {
    if (!open4.delete(index)) return;
    settling = settling.then(() => controller.signal.aborted ? void 0 : onEnd(index, ended));
    settling.catch((error) => controller.abort(error));
  };
  const common = {
    certificates: certificates2,
    connectTimeout: patience.connect,
    slowest: Math.ceil(patience.minimum / patience.window),
    slowSeconds: patience.window
  };
  const sizeCheck = setInterval(() => settleLarge(transfers, open4, settle), sizeInterval);
  try {
    const args = [
      "-q",
      "--no-progress-meter",
      "--parallel",
      "--parallel-max",
      `${parallel}`,
      "--config",
      "-"
    ];
    const result = await run("curl", args, {
      onlyEnv: environment,
      input: configOf(transfers, common),
      signal: AbortSignal.any([controller.signal, signal]),
      onLine: (line) => {
        const [index, ended] = endedOf(line) ?? [];
        if (index !== void 0 && ended) settle(index, ended);
      }
    });
    await settling;
    signal.throwIfAborted();
    if (open4.size > 0) throw failure(result.code, result.stderr);
  } finally {
    clearInterval(sizeCheck);
    await settling.catch(() => {
    });
  }
}
function settleLarge(transfers, open4, settle) {
  for (const index of [...open4]) {
    const { file = "", most = 0 } = transfers[index] ?? {};
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > most)
      settle(index, { status: 0, exitCode: growing, message: "", redirect: void 0, contentType: "" });
  }
}
function endedOf(line) {
  const [, index, json] = /^(\d+) (\{.*\})$/.exec(line) ?? [];
  if (index === void 0 || json === void 0) return void 0;
  const { http_code, exitcode, errormsg, redirect_url, content_type } = JSON.parse(json);
  return [
    Number(index),
    {
      status: http_code ?? 0,
      exitCode: exitcode ?? 0,
      message: printable(errormsg ?? "").replace(/\.$/, ""),
      redirect: redirect_url || void 0,
      contentType: content_type ?? ""
    }
  ];
}
function failure(code, stderr) {
  if (code === noSuchProgram)
    return new UserError(
      "curl-missing",
      "'curl' is not on PATH, and uv-fod downloads files with it. Install it in an earlier step (Debian and Ubuntu: sudo apt-get install --yes curl), or use an image that has it."
    );
  const last = stderr.trimEnd().split("\n").at(-1) ?? "";
  return new UserError(
    "curl-failed",
    `curl exited with code ${code} before it had downloaded everything (${printable(last.slice(0, 300))}). Version 7.75 or later is required: check 'curl --version', and run this again.`
  );
}
var parallel, sizeInterval, tooLarge2, growing;
var init_curl = __esm({
  "src/fetch/curl.ts"() {
    "use strict";
    init_errors();
    init_printable();
    init_run();
    init_curl_config();
    parallel = 16;
    sizeInterval = 200;
    tooLarge2 = 63;
    growing = -1;
  }
});

// src/fetch/follow.ts
import { existsSync } from "node:fs";
import { appendFile, rm, stat as stat2 } from "node:fs/promises";
import { setTimeout as setTimeout2 } from "node:timers/promises";
async function fetchAll(requests, network2, accept, signal = network2.stop) {
  const ended = AbortSignal.any([network2.stop, signal]);
  let tasks = requests.map(
    (request, index) => ({
      ...{ request, index, url: request.url, from: void 0 },
      ...{ hops: 0, tries: 0, isPieced: false, canContinue: request.canContinue }
    })
  );
  while (tasks.length > 0) {
    const again = [];
    await round(tasks, network2, accept, again, ended);
    const tries = Math.min(...again.map((task) => task.tries));
    if (again.length > 0 && tries > 0)
      await setTimeout2(network2.retryDelay * 2 ** (tries - 1), void 0, { signal: ended });
    tasks = again;
  }
}
async function round(tasks, network2, accept, again, signal) {
  const approve = approveOnce(network2);
  const hops = /* @__PURE__ */ new Map();
  const retry = (task, reason) => {
    if (task.tries >= network2.retries) throw task.request.unreachable(reason, "other");
    again.push(
      Object.assign(task, { url: task.request.url, from: void 0, hops: 0, tries: task.tries + 1 })
    );
  };
  for (const task of tasks) {
    try {
      const addresses = await approve(task.url, task.request.label);
      if (addresses.length === 0 && network2.proxyFor(task.url) === void 0)
        throw new Error(`${task.url.host} has no address`);
      refuseInward(task.from, { url: task.url, addresses });
      requireCertificates(task, network2);
      hops.set(task, { url: task.url, addresses });
    } catch (error) {
      if (error instanceof UserError) throw error;
      retry(task, error.message);
    }
  }
  const asked = [...hops];
  if (asked.length === 0) return;
  const transfers = await Promise.all(asked.map(([task, hop]) => transferOf(task, hop, network2)));
  const settle = async (index, ended) => {
    const [task, hop] = asked[index];
    task.isPieced = (transfers[index]?.offset ?? 0) > 0;
    const { status, redirect } = ended;
    if ([301, 302, 303, 307, 308].includes(status) && redirect !== void 0) {
      await rm(task.request.file, { force: true });
      again.push(redirected(task, hop, redirect));
      return;
    }
    try {
      await check(task, ended);
      await accept(task.index, ended, task.isPieced);
    } catch (error) {
      if (!(error instanceof Passing)) throw error;
      const isRefused = ended.exitCode === cannotContinue;
      if (!task.canContinue || [0, tooLarge2].includes(ended.exitCode) || isRefused)
        await rm(task.request.file, { force: true });
      if (isRefused) task.canContinue = false;
      if (isRefused && task.isPieced) again.push(task);
      else retry(task, error.message);
    }
  };
  await curl(transfers, network2, settle, signal);
}
function requireCertificates({ url, request }, { certificates: certificates2 }) {
  if (url.protocol !== "https:" || certificates2 === void 0 || existsSync(certificates2)) return;
  throw request.unreachable(`the file of certificates '${certificates2}' does not exist`, "certificate");
}
function approveOnce({ approve }) {
  const known = /* @__PURE__ */ new Map();
  return (url, label) => {
    const key2 = `${url.origin} ${url.username !== "" || url.password !== ""}`;
    const approved = known.get(key2) ?? approve(url.href, label);
    known.set(key2, approved);
    return approved;
  };
}
function refuseInward(from, to) {
  if (from === void 0 || from.url.hostname === to.url.hostname) return;
  const inner = innerOf(to);
  if (inner === void 0 || innerOf(from) !== void 0) return;
  throw new UserError(
    "redirect-inward",
    `${from.url.host} redirects to ${to.url.host.slice(0, 200)} (${inner}), which is not a public address, so the redirect is not followed. If that server is yours, use its address for the index in the project, and lock again.`
  );
}
function innerOf({ url, addresses }) {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isLiteral = url.hostname.startsWith("[") || /^[\d.]+$/.test(host);
  return [...addresses, ...isLiteral ? [host] : []].find((address3) => !isPublicAddress(address3));
}
async function transferOf(task, { url, addresses }, network2) {
  const { headers, file, most, seconds, keepsErrors } = task.request;
  const found = task.canContinue ? await stat2(file).catch(() => void 0) : void 0;
  if (!task.canContinue) await rm(file, { force: true });
  return {
    ...{ url, addresses, headers, file, most, seconds, keepsErrors },
    offset: found?.isFile() ? found.size : 0,
    proxy: network2.proxyFor(url),
    login: network2.loginFor(url)
  };
}
function redirected(task, from, redirect) {
  const { unreachable: unreachable2 } = task.request;
  const url = URL.parse(redirect);
  if (!url || !/^https?:$/.test(url.protocol))
    throw unreachable2("it redirects to an address that is not http or https", "address");
  if (from.url.protocol === "https:" && url.protocol === "http:")
    throw unreachable2(`${from.url.host} redirects to plain http, at ${url.host}`, "other");
  if (task.hops >= mostRedirects) throw unreachable2(`more than ${mostRedirects} redirects`, "other");
  return Object.assign(task, { url, from, hops: task.hops + 1 });
}
async function check({ request, isPieced }, { status, exitCode, message }) {
  const isPassing = [408, 416, 425, 429].includes(status) || status >= 500;
  if (exitCode === growing) throw request.tooLarge();
  if (exitCode === tooLarge2) {
    if (isPieced) throw new Passing("the resumed download is too large");
    throw request.tooLarge();
  }
  if (exitCode === 23) throw request.unwritable(await whyUnwritable(request.file));
  if (exitCode === 22 || exitCode === 0 && !request.keepsErrors && (status < 200 || status > 299)) {
    const reason = `the server responded with status ${status}`;
    throw isPassing ? new Passing(reason) : request.unreachable(reason, "other");
  }
  if (exitCode === 0) return;
  if (certificates.has(exitCode)) throw request.unreachable(message, "certificate");
  if (passing.has(exitCode)) throw new Passing(message);
  throw request.unreachable(message, "other");
}
async function whyUnwritable(file) {
  return appendFile(file, Buffer.alloc(1 << 16)).then(
    () => void 0,
    (error) => error
  );
}
var mostRedirects, Passing, passing, cannotContinue, certificates;
var init_follow = __esm({
  "src/fetch/follow.ts"() {
    "use strict";
    init_errors();
    init_addresses();
    init_curl();
    mostRedirects = 5;
    Passing = class extends Error {
    };
    passing = /* @__PURE__ */ new Set([5, 6, 7, 16, 18, 28, 33, 35, 52, 55, 56, 92, 95, 96]);
    cannotContinue = 33;
    certificates = /* @__PURE__ */ new Set([51, 58, 60, 77, 83, 90, 91]);
  }
});

// src/fetch/messages.ts
function unwritable({ label }, cause = new Error("it could not be written")) {
  const full = cause.code === "ENOSPC" || cause.code === "EDQUOT";
  return new UserError(
    full ? "disk-full" : "files-unwritable",
    full ? `Failed to write ${label}: no space left (${cause.code}). Free some, or use a folder on another disk (XDG_CACHE_HOME for the cache, TMPDIR for temporary files).` : `Failed to write ${label}: ${cause.message}. Use a writable folder (XDG_CACHE_HOME for the cache, TMPDIR for temporary files).`,
    { cause }
  );
}
function withoutCredentials(address3) {
  const url = URL.parse(address3);
  if (!url) return address3;
  url.username = "";
  url.password = "";
  url.search = "";
  return url.href;
}
var noAddress, unreachable, untrusted, tooLargeFile, unknownDigest, changed;
var init_messages = __esm({
  "src/fetch/messages.ts"() {
    "use strict";
    init_errors();
    init_printable();
    noAddress = ({ label, url }) => new UserError(
      "artifact-address",
      `${label}: '${withoutCredentials(url)}' is not an http or https address; correct the index in the project and lock again.`
    );
    unreachable = ({ label, url }, reason) => new UserError(
      "artifact-unreachable",
      `${label} can't be downloaded from ${withoutCredentials(url)}: ${reason}. Check that the index still has it and that this machine can reach it; if the release was deleted, lock again (uv lock --upgrade-package NAME).`
    );
    untrusted = ({ label, url }, reason) => new UserError(
      "artifact-unreachable",
      `${label} can't be downloaded from ${withoutCredentials(url)}: the server's certificate is not trusted (${reason}). If your proxy or mirror has its own certificate authority, set SSL_CERT_FILE to a file that has its certificate and the public ones; if the certificate has expired, or the clock of this machine is wrong, fix that. Otherwise the connection may be intercepted.`
    );
    tooLargeFile = ({ label }, most) => new UserError(
      "artifact-too-large",
      `${label} is larger than ${most / 1024 ** 3} GiB, the limit for a wheel or sdist; it was not kept. Check its entry in uv.lock, and lock again.`
    );
    unknownDigest = ({ label }, hash) => new UserError(
      "artifact-digest",
      `${label}: the digest '${printable(hash.slice(0, 100))}' of uv.lock is not a complete sha256, sha384 or sha512, so the file cannot be verified. Use an index that has one of these, and lock again.`
    );
    changed = ({ label, url }, what) => new UserError(
      "artifact-changed",
      `${label} from ${withoutCredentials(url)} does not match uv.lock: got ${what}. It was not kept. If the index replaced the file on purpose, lock again; otherwise the connection may be intercepted.`
    );
  }
});

// src/fetch/read.ts
import { closeSync, constants as constants2, fstatSync, openSync, readSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
async function readPieces(file, label, begin, take) {
  const descriptor = openSync(file, constants2.O_RDONLY | constants2.O_NONBLOCK);
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) return false;
    if (found.size > mostBytes) throw tooLargeFile({ label }, mostBytes);
    begin(found.size);
    const room = Buffer.allocUnsafe(Math.min(pieceSize, found.size));
    let [at, pieces] = [0, 0];
    while (at < found.size) {
      const count = readSync(descriptor, room, 0, Math.min(room.length, found.size - at), at);
      if (count === 0) return false;
      const taken = take(room.subarray(0, count));
      if (taken instanceof Promise) await taken;
      at += count;
      pieces += 1;
      if (pieces % turn === 0) await setImmediate();
    }
    return true;
  } finally {
    closeSync(descriptor);
  }
}
var mostBytes, pieceSize, turn;
var init_read = __esm({
  "src/fetch/read.ts"() {
    "use strict";
    init_messages();
    mostBytes = 4 * 1024 ** 3;
    pieceSize = 1 << 18;
    turn = 64;
  }
});

// src/fetch/download.ts
import { createHash } from "node:crypto";
import { statSync as statSync2, writeFileSync } from "node:fs";
import { rename, rm as rm2 } from "node:fs/promises";
import path5 from "node:path";
async function download(files, network2, onDone = () => {
}, signal) {
  const requests = files.map((file) => requestOf(file, network2));
  const accept = async (index, { contentType }, isPieced) => {
    const [file, request] = [files[index], requests[index]];
    const size = await verify(file, request, contentType, isPieced);
    await rename(request.file, file.target).catch((cause) => {
      throw unwritable(file, cause);
    });
    await onDone(index, size);
  };
  try {
    await fetchAll(requests, network2, accept, signal);
  } catch (error) {
    await Promise.all(requests.map(({ file }) => rm2(file, { force: true })));
    throw error;
  }
}
function requestOf(file, { patience }) {
  const { hash, size, target, label } = file;
  const url = URL.parse(file.url);
  if (!url || !/^https?:$/.test(url.protocol)) throw noAddress(file);
  if (size !== void 0 && size > mostBytes) throw tooLargeFile(file, mostBytes);
  return {
    ...{ url, label, file: `${target}.part`, most: size ?? mostBytes, keepsErrors: false },
    seconds: size === void 0 ? unknownSeconds : Math.ceil(patience.total + size / patience.rate),
    // The lock's digests are of the uncompressed bytes.
    headers: { "user-agent": "uv-fod", "accept-encoding": "identity" },
    canContinue: hash !== void 0,
    unreachable: (reason, kind) => {
      if (kind === "address") return noAddress(file);
      return kind === "certificate" ? untrusted(file, reason) : unreachable(file, reason);
    },
    tooLarge: () => size === void 0 ? tooLargeFile(file, mostBytes) : changed(file, `more than the ${size} bytes of the lock`),
    unwritable: (cause) => unwritable(file, cause)
  };
}
async function verify(file, { file: part, most }, contentType, isPieced) {
  const found = statSync2(part, { throwIfNoEntry: false });
  if (found === void 0) writeFileSync(part, "");
  const size = found?.size ?? 0;
  if (file.size !== void 0 && size < file.size) {
    const page = contentType.startsWith("text/html") ? ", and is a web page" : "";
    throw new Passing(`the response ended after ${size} of ${file.size} bytes${page}`);
  }
  const wrong = size > most ? `more than ${most} bytes` : await differs(part, file.hash);
  if (wrong === void 0) return size;
  if (isPieced) throw new Passing(`the resumed download is wrong: ${wrong}`);
  throw changed(file, wrong);
}
async function differs(file, hash) {
  const [algorithm, expected] = hash?.split(":") ?? [];
  if (algorithm === void 0 || expected === void 0) return void 0;
  const actual = await digestOf(file, algorithm);
  return actual === expected.toLowerCase() ? void 0 : `${algorithm} ${actual}, but the lock has ${expected}`;
}
async function digestOf(file, algorithm) {
  const hash = createHash(algorithm);
  await readPieces(
    file,
    path5.basename(file),
    () => {
    },
    (piece) => hash.update(piece)
  );
  return hash.digest("hex");
}
var unknownSeconds;
var init_download = __esm({
  "src/fetch/download.ts"() {
    "use strict";
    init_follow();
    init_messages();
    init_read();
    unknownSeconds = 3600;
  }
});

// src/fetch/wheels.ts
function wheelsOf(artifacts) {
  const seen = /* @__PURE__ */ new Map();
  return artifacts.filter(({ kind }) => kind === "wheel").map((artifact) => {
    const { name, filename = "" } = artifact;
    if (!/^[A-Za-z0-9][A-Za-z0-9._+!-]{0,250}$/.test(filename)) {
      throw new UserError(
        "artifact-name",
        `${name}: '${printable(filename.slice(0, 200))}' is not a file name of a wheel; lock again with a current uv.`
      );
    }
    const other = seen.get(filename);
    if (other) {
      throw new UserError(
        "artifact-name",
        `${other.name} and ${name} both have the file name '${filename}'; lock again with a current uv.`
      );
    }
    seen.set(filename, artifact);
    checkDigest(artifact);
    return { ...artifact, filename };
  });
}
function asDownload(artifact, target) {
  checkDigest(artifact);
  const { url, path: path15, hash, size } = artifact;
  if (url === void 0 && path15 === void 0) {
    throw new UserError(
      "artifact-address",
      `${labelOf(artifact)} has neither an address nor a path in uv.lock; lock again with a current uv.`
    );
  }
  return { url: url ?? "", hash, size, label: labelOf(artifact), target };
}
function checkDigest(artifact) {
  const { hash } = artifact;
  if (hash === void 0) return;
  const [, algorithm = "", hex = ""] = /^(\w+):([0-9a-fA-F]+)$/.exec(hash) ?? [];
  if (!Object.hasOwn(digits, algorithm) || hex.length !== digits[algorithm])
    throw unknownDigest({ label: labelOf(artifact) }, hash);
}
var digits, labelOf, localMissing, localChanged;
var init_wheels = __esm({
  "src/fetch/wheels.ts"() {
    "use strict";
    init_errors();
    init_printable();
    init_messages();
    digits = { sha256: 64, sha384: 96, sha512: 128 };
    labelOf = (artifact) => artifact.filename ?? `${artifact.name} ${artifact.version ?? ""}`.trim();
    localMissing = (artifact, cause) => new UserError(
      "artifact-unreachable",
      `${labelOf(artifact)} is not a file at '${artifact.path}', its path in uv.lock; put it there, or lock again.`,
      { cause }
    );
    localChanged = (artifact) => new UserError(
      "artifact-changed",
      `${labelOf(artifact)} at '${artifact.path}' does not match its hash in uv.lock (${artifact.hash}); lock again if the change is intended.`
    );
  }
});

// src/fetch/local.ts
import { createHash as createHash2 } from "node:crypto";
import { realpath as realpath2, writeFile } from "node:fs/promises";
import path6 from "node:path";
async function localFile(artifact, project) {
  const folder = path6.resolve(project);
  const named = path6.resolve(folder, artifact.path ?? "");
  await requireInside(await repositoryOf(folder) ?? folder, named, `'${artifact.path}' of uv.lock`);
  return realpath2(named).catch((cause) => {
    throw localMissing(artifact, cause);
  });
}
async function copyLocal(artifact, project, target) {
  const file = await localFile(artifact, project);
  const [algorithm = "sha256", expected] = artifact.hash?.split(":") ?? [];
  const hash = createHash2(algorithm);
  let size = 0;
  await writeFile(target, "").catch((error) => {
    throw unwritable({ label: labelOf(artifact) }, error);
  });
  const isFile2 = await readPieces(
    file,
    labelOf(artifact),
    (bytes) => {
      size = bytes;
      if (artifact.size !== void 0 && bytes !== artifact.size) throw localChanged(artifact);
    },
    (piece) => {
      hash.update(piece);
      return writeFile(target, piece, { flag: "a" });
    }
  );
  if (!isFile2) throw localMissing(artifact);
  if (expected !== void 0 && hash.digest("hex") !== expected.toLowerCase()) throw localChanged(artifact);
  return size;
}
var init_local = __esm({
  "src/fetch/local.ts"() {
    "use strict";
    init_inside();
    init_messages();
    init_read();
    init_wheels();
  }
});

// src/fetch/artifacts.ts
import { mkdir, writeFile as writeFile2 } from "node:fs/promises";
import path7 from "node:path";
async function fetchWheels(artifacts, target, project, out, network2, onProgress = () => {
}) {
  const wheels = wheelsOf(artifacts);
  const targetOf = (filename) => path7.join(out, "wheels", filename);
  await mkdir(path7.join(out, "wheels"), { recursive: true });
  let files = 0;
  let size = 0;
  const done = (bytes) => {
    size += bytes;
    files += 1;
    onProgress(files, size);
  };
  for (const wheel of wheels.filter((one) => one.path !== void 0))
    done(await copyLocal(wheel, project, targetOf(wheel.filename)));
  const remote = wheels.filter((one) => one.path === void 0).sort((a, b) => (b.size ?? 0) - (a.size ?? 0)).map((wheel) => asDownload(wheel, targetOf(wheel.filename)));
  await download(remote, network2, (_, bytes) => done(bytes));
  await writeFile2(path7.join(out, "manifest.json"), manifestText(artifacts, target));
  return { files, size };
}
var init_artifacts = __esm({
  "src/fetch/artifacts.ts"() {
    "use strict";
    init_manifest();
    init_download();
    init_local();
    init_wheels();
  }
});

// src/fetch/inside-nix.ts
var inside_nix_exports = {};
__export(inside_nix_exports, {
  fetchInto: () => fetchInto
});
import { readFile } from "node:fs/promises";
async function fetchInto(options, read, network2, print) {
  const target = checkTarget(JSON.parse(await readFile(options.target, "utf8")));
  const project = await loadProject(options.project, read, {
    // In Nix's sandbox the repository is the lock's source.
    repository: await repositoryOf(options.project) ?? null
  });
  const artifacts = planProject(project, parseTarget(target), target);
  const total = artifacts.filter(({ kind }) => kind === "wheel").length;
  const started = Date.now();
  let printed = started;
  const { files, size } = await fetchWheels(
    artifacts,
    target,
    options.project,
    options.out,
    await network2(),
    (done, bytes) => {
      if (Date.now() - printed < interval) return;
      printed = Date.now();
      print(
        `${done} of ${total} wheels, ${megabytes2(bytes)} MB, ${((printed - started) / 1e3).toFixed(0)} s`
      );
    }
  );
  print(`${files} wheels, ${megabytes2(size)} MB`);
}
var interval, megabytes2;
var init_inside_nix = __esm({
  "src/fetch/inside-nix.ts"() {
    "use strict";
    init_inside();
    init_lock();
    init_plan2();
    init_manifest();
    init_artifacts();
    interval = 3e3;
    megabytes2 = (bytes) => (bytes / 1e6).toFixed(1);
  }
});

// src/build-lock/git-tree.ts
var git_tree_exports = {};
__export(git_tree_exports, {
  fetchGitTree: () => fetchGitTree
});
import { mkdir as mkdir2, mkdtemp, readdir, rm as rm3, writeFile as writeFile3 } from "node:fs/promises";
import { tmpdir } from "node:os";
import path8 from "node:path";
async function fetchGitTree(source, out, run, checkHost) {
  validate(source);
  await checkHost?.(source.url, `The repository ${source.url}`);
  await mkdir2(out, { recursive: true });
  const template = await mkdtemp(path8.join(tmpdir(), "uv-fod-git-"));
  try {
    await mkdir2(path8.join(template, "info"));
    await writeFile3(path8.join(template, "info/attributes"), noAttributes);
    await checkout(source, out, template, run, checkHost);
  } finally {
    await rm3(template, { recursive: true, force: true });
  }
  await removeRepositories(out);
}
function validate({ url, commit: commit2 }) {
  if (!/^[0-9a-f]{40}$/.test(commit2)) {
    throw new UserError(
      "git-unreachable",
      `'${commit2}' is not a commit id of 40 hexadecimal digits; lock again with uv.`
    );
  }
  if (!/^(https?|ssh):\/\//.test(url)) {
    throw new UserError(
      "git-unreachable",
      `'${url}' is not an http, https or ssh address of a git repository; correct the source in pyproject.toml and lock again.`
    );
  }
}
async function checkout({ url, commit: commit2 }, out, template, run, checkHost) {
  const env = {
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TEMPLATE_DIR: template
  };
  const git = async (cwd, ...args) => {
    const result = await run("git", [...safe, ...args], { cwd, env });
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
    for (const inner of await submodules(gitHere, checkHost)) open4.push(path8.join(at, inner));
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
      await rm3(path8.join(entry.parentPath, entry.name), { recursive: true, force: true });
  }
}
var safe, noAttributes;
var init_git_tree = __esm({
  "src/build-lock/git-tree.ts"() {
    "use strict";
    init_errors();
    safe = [
      ...["-c", "core.hooksPath=/dev/null"],
      ...["-c", "protocol.allow=never"],
      ...["-c", "protocol.https.allow=always"],
      ...["-c", "protocol.http.allow=always"],
      ...["-c", "protocol.ssh.allow=always"],
      // Give up on a server that sends less than 1 kB/s for a minute.
      ...["-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=60"],
      ...["-c", "core.fsmonitor=false", "-c", "gc.auto=0", "-c", "fetch.recurseSubmodules=false"],
      ...["-c", "core.symlinks=true"],
      ...["-c", "core.autocrlf=false"],
      ...["-c", "advice.detachedHead=false"]
    ];
    noAttributes = "* -text -eol -crlf -ident -filter -working-tree-encoding\n";
  }
});

// node_modules/@actions/io/lib/io-util.js
import * as fs2 from "fs";
import * as path9 from "path";
function exists(fsPath) {
  return __awaiter(this, void 0, void 0, function* () {
    try {
      yield stat3(fsPath);
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
      stats = yield stat3(filePath);
    } catch (err) {
      if (err.code !== "ENOENT") {
        console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
      }
    }
    if (stats && stats.isFile()) {
      if (IS_WINDOWS) {
        const upperExt = path9.extname(filePath).toUpperCase();
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
        stats = yield stat3(filePath);
      } catch (err) {
        if (err.code !== "ENOENT") {
          console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
        }
      }
      if (stats && stats.isFile()) {
        if (IS_WINDOWS) {
          try {
            const directory = path9.dirname(filePath);
            const upperName = path9.basename(filePath).toUpperCase();
            for (const actualName of yield readdir2(directory)) {
              if (upperName === actualName.toUpperCase()) {
                filePath = path9.join(directory, actualName);
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
var __awaiter, chmod, copyFile, lstat2, mkdir3, open2, readdir2, rename2, rm4, rmdir, stat3, symlink, unlink, IS_WINDOWS, READONLY;
var init_io_util = __esm({
  "node_modules/@actions/io/lib/io-util.js"() {
    __awaiter = function(thisArg, _arguments, P, generator) {
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
    ({ chmod, copyFile, lstat: lstat2, mkdir: mkdir3, open: open2, readdir: readdir2, rename: rename2, rm: rm4, rmdir, stat: stat3, symlink, unlink } = fs2.promises);
    IS_WINDOWS = process.platform === "win32";
    READONLY = fs2.constants.O_RDONLY;
  }
});

// node_modules/@actions/io/lib/io.js
import * as path10 from "path";
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
      for (const extension of process.env["PATHEXT"].split(path10.delimiter)) {
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
    if (tool.includes(path10.sep)) {
      return [];
    }
    const directories = [];
    if (process.env.PATH) {
      for (const p of process.env.PATH.split(path10.delimiter)) {
        if (p) {
          directories.push(p);
        }
      }
    }
    const matches2 = [];
    for (const directory of directories) {
      const filePath = yield tryGetExecutablePath(path10.join(directory, tool), extensions);
      if (filePath) {
        matches2.push(filePath);
      }
    }
    return matches2;
  });
}
var __awaiter2;
var init_io = __esm({
  "node_modules/@actions/io/lib/io.js"() {
    init_io_util();
    __awaiter2 = function(thisArg, _arguments, P, generator) {
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
  }
});

// node_modules/@actions/exec/lib/toolrunner.js
import * as os from "os";
import * as events from "events";
import * as child from "child_process";
import * as path11 from "path";
import { setTimeout as setTimeout3 } from "timers";
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
var __awaiter3, IS_WINDOWS2, ToolRunner, ExecState;
var init_toolrunner = __esm({
  "node_modules/@actions/exec/lib/toolrunner.js"() {
    init_io();
    init_io_util();
    __awaiter3 = function(thisArg, _arguments, P, generator) {
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
    IS_WINDOWS2 = process.platform === "win32";
    ToolRunner = class extends events.EventEmitter {
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
            this.toolPath = path11.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
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
    ExecState = class _ExecState extends events.EventEmitter {
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
  }
});

// node_modules/@actions/exec/lib/exec.js
import { StringDecoder } from "string_decoder";
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
var __awaiter4;
var init_exec = __esm({
  "node_modules/@actions/exec/lib/exec.js"() {
    init_toolrunner();
    __awaiter4 = function(thisArg, _arguments, P, generator) {
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
  }
});

// src/system/git-settings.ts
var quietGit, forkGit;
var init_git_settings = __esm({
  "src/system/git-settings.ts"() {
    "use strict";
    quietGit = [
      ["core.fsmonitor", "false"],
      ["core.hooksPath", "/dev/null"],
      ["core.alternateRefsCommand", "true"],
      ["protocol.ext.allow", "never"],
      ["maintenance.auto", "false"]
    ];
    forkGit = [
      ...quietGit,
      // An empty value clears the list of the files.
      ["credential.helper", ""],
      ["core.askPass", "true"]
    ];
  }
});

// src/system/limits.ts
function limitsOf(program3, seconds) {
  const limits = table.get(program3) ?? usual;
  return seconds === void 0 ? limits : { ...limits, seconds };
}
var minute, hour, megabyte, usual, table, longest, timedOut, tooMuchOutput;
var init_limits = __esm({
  "src/system/limits.ts"() {
    "use strict";
    init_errors();
    minute = 60;
    hour = 60 * minute;
    megabyte = 1 << 20;
    usual = { seconds: 10 * minute, stdout: 64 * megabyte, stderr: 64 * megabyte };
    table = /* @__PURE__ */ new Map([
      ["git", usual],
      ["uv", usual],
      // Evaluation alone. It may fetch a flake's inputs, or build what it imports.
      ["nix-instantiate", { ...usual, seconds: 5 * minute }],
      // Nix's structured log is more than twice as long as what a build prints.
      ["nix-build", { seconds: 5 * hour, stdout: megabyte, stderr: 256 * megabyte }],
      ["nix-store", { ...usual, seconds: hour }],
      ["nix", { ...usual, seconds: hour, stderr: 64 * megabyte }],
      ["curl", { ...usual, seconds: hour }]
    ]);
    longest = 2 ** 31 / 1e3 - 1;
    timedOut = (command, { seconds }) => new UserError(
      "timed-out",
      `'${command}' did not end within ${seconds} seconds and was ended with all that it started. If it has to take longer, set the environment variable UV_FOD_TIME_LIMIT to more seconds.`
    );
    tooMuchOutput = (command, bytes) => new UserError(
      "too-much-output",
      `'${command}' printed more than ${bytes / megabyte} MB and was ended with all that it started. Remove from its input what makes it print so much.`
    );
  }
});

// src/system/child-environment.ts
import path12 from "node:path";
var absoluteOnly;
var init_child_environment = __esm({
  "src/system/child-environment.ts"() {
    "use strict";
    init_git_settings();
    init_limits();
    absoluteOnly = (entries) => entries.split(path12.delimiter).filter(path12.isAbsolute).join(path12.delimiter);
  }
});

// src/system/end-tree.ts
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
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
var grace, parsePs;
var init_end_tree = __esm({
  "src/system/end-tree.ts"() {
    "use strict";
    grace = 3e3;
    parsePs = (text2) => new Map(
      [...text2.matchAll(/^ *(\d+) +(\d+) +(.*)$/gm)].map(([, pid, parent, start = ""]) => [
        Number(pid),
        { parent: Number(parent), start }
      ])
    );
  }
});

// src/system/lines.ts
function splitLines(onLine) {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let rest = "";
  let dropped = 0;
  const give = () => {
    onLine(dropped === 0 ? rest : `${rest} … (${dropped} more characters in this line)`);
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
var longest2;
var init_lines = __esm({
  "src/system/lines.ts"() {
    "use strict";
    longest2 = 1 << 18;
  }
});

// src/system/exec.ts
var exec_exports = {};
__export(exec_exports, {
  makeRun: () => makeRun
});
import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import { access, constants as constants4, stat as stat4 } from "node:fs/promises";
import path13 from "node:path";
function makeRun(environment, stop, seconds) {
  const find = (program3) => findProgram(program3, environment.PATH ?? "");
  return async (program3, args, options = {}) => {
    const [tool, setsid] = await Promise.all([find(program3), find("setsid")]);
    if (tool === void 0)
      return { code: noSuchProgram, stdout: "", stderr: `${program3}: no such program on PATH` };
    const env = options.onlyEnv ? { ...options.onlyEnv } : { ...environment, ...options.env };
    const command = setsid === void 0 ? [tool, ...args] : [setsid, tool, ...args];
    const start = { program: program3, command, env, cwd: options.cwd };
    await expectStartable(start);
    stop?.throwIfAborted();
    const result = await outcome(start, options, stop, seconds);
    stop?.throwIfAborted();
    return result;
  };
}
async function findProgram(program3, pathVariable) {
  for (const folder of absoluteOnly(pathVariable).split(path13.delimiter).filter(Boolean)) {
    const file = path13.join(folder, program3);
    const isThere = await Promise.all([stat4(file), access(file, constants4.X_OK)]).catch(() => void 0);
    if (isThere?.[0].isFile()) return file;
  }
  return void 0;
}
async function expectStartable({ command, env, cwd }) {
  if (cwd !== void 0) await access(`${cwd}/.`, constants4.X_OK);
  const texts = [...command, ...Object.entries(env).map((pair) => pair.join("="))];
  if (texts.some((text2) => text2.includes("\0"))) throw new TypeError("An argument contains a NUL character.");
  const sizes = texts.map((text2) => Buffer.byteLength(text2) + 1 + 8);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  if (all <= mostOfAll && sizes.every((size) => size <= mostOfOne)) return;
  throw Object.assign(new Error("spawn E2BIG"), { code: "E2BIG", syscall: "spawn", path: command[0] });
}
async function outcome({ program: program3, command: [file, ...args], env, cwd }, { input = "", onLine = () => {
}, onStart, signal }, stop, seconds) {
  const limits = limitsOf(program3, seconds);
  const limit = new AbortController();
  const ended = AbortSignal.any([limit.signal, stop, signal].filter((one) => one !== void 0));
  const timer = setTimeout(() => limit.abort(timedOut(program3, limits)), limits.seconds * 1e3);
  const exceeded = (most) => limit.abort(tooMuchOutput(program3, most));
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
      onStart?.();
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
function unjoined(chunk) {
  chunk.toString = () => "";
  return chunk;
}
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
  }, quiet);
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
var mostStderr, announced, mostOfOne, mostOfAll, quoted, forGood, listProcesses, quiet;
var init_exec2 = __esm({
  "src/system/exec.ts"() {
    "use strict";
    init_exec();
    init_child_environment();
    init_end_tree();
    init_limits();
    init_lines();
    init_run();
    mostStderr = 16 << 20;
    announced = new AsyncLocalStorage();
    subscribe(
      "child_process",
      (message) => announced.getStore()?.(message.process)
    );
    [mostOfOne, mostOfAll] = [(1 << 17) - 1, 1 << 20];
    quoted = (file) => `"${file.replaceAll('"', '\\"')}"`;
    forGood = 2 ** 31 - 1;
    listProcesses = async () => {
      const env = { PATH: "/usr/bin:/bin", LC_ALL: "C" };
      return (await getExecOutput("ps", ["-A", "-o", "pid=,ppid=,lstart="], { env, silent: true })).stdout;
    };
    quiet = 1e3;
  }
});

// src/nix/nar.ts
var init_nar = __esm({
  "src/nix/nar.ts"() {
    "use strict";
  }
});

// src/build-lock/pyproject-of.ts
var init_pyproject_of = __esm({
  "src/build-lock/pyproject-of.ts"() {
    "use strict";
    init_errors();
    init_lock();
  }
});

// src/build-lock/sources.ts
function buildKey(artifact) {
  return artifact.kind === "directory" || artifact.version === void 0 ? artifact.name : `${artifact.name}-${artifact.version}`;
}
var mostText;
var init_sources = __esm({
  "src/build-lock/sources.ts"() {
    "use strict";
    init_artifacts();
    init_nar();
    init_errors();
    init_inside();
    init_printable();
    init_sri();
    init_plan2();
    init_git_tree();
    init_pyproject_of();
    mostText = 4 << 20;
  }
});

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
function scan(text2) {
  let [deepest, depth, dense, isString] = [0, 0, 0, false];
  for (let at = 0; at < text2.length; at += 1) {
    const character = text2[at] ?? "";
    if (isString || !" 	\r\n".includes(character)) dense += 1;
    if (isString && character === "\\") {
      at += 1;
      dense += 1;
    } else if (character === '"') isString = !isString;
    else if (!isString && (character === "[" || character === "{")) depth += 1;
    else if (!isString && (character === "]" || character === "}")) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return { depth: deepest, dense };
}
var saysNoMore;
var init_bounded_json = __esm({
  "src/system/bounded-json.ts"() {
    "use strict";
    saysNoMore = (text2, value) => text2.isWellFormed() && scan(text2).dense === JSON.stringify(value).length;
  }
});

// src/build-lock/schema.ts
function lockShape(object) {
  const target = object({
    ...{ python: plain, libc: plain, packages: many(plain), extras: many(plain), groups: many(plain) },
    ...{ allPackages: yesOrNo, defaultGroups: yesOrNo }
  });
  const environment = object({ wheels: many(matching(isWheel)), builds: many(key) });
  const system = object(
    {
      ...{ plan: sriOrEmpty, hash: sriOrEmpty, builds: many(key) },
      environments: mapOf(buildKey2, environment)
    },
    { apart: mapOf({ test: isWheel }, sri) }
  );
  const wheel = object({ url: address2, hash: sri });
  return object({
    ...{ version: oneOf(1), target, builds: mapOf(buildKey2, buildShape(object)) },
    systems: mapOf({ test: (name) => SYSTEMS.some((one) => one === name) }, system),
    wheels: mapOf({ test: isWheel }, wheel)
  });
}
function buildShape(object) {
  const required = { name: matching(isName), requires: requirements };
  const optional = { dynamicRequires: requirements, extraRequires: requirements };
  const kinds = /* @__PURE__ */ new Map([
    [
      "sdist",
      object(
        { ...required, kind: oneOf("sdist"), version, filename: matching(isFile), hash: sri },
        { ...optional, url: address2, path: relative2, subdirectory: relative2 }
      )
    ],
    [
      "git",
      object(
        { ...required, kind: oneOf("git"), version, url: address2, commit, hash: sri },
        { ...optional, subdirectory: relative2 }
      )
    ],
    [
      "directory",
      object({ ...required, kind: oneOf("directory"), path: relative2 }, { ...optional, version })
    ]
  ]);
  return (value, at) => {
    const shape = kinds.get(value?.kind);
    return shape === void 0 ? `${at}.kind is not one of ${[...kinds.keys()].join(", ")}` : shape(value, at);
  };
}
var isPlain, isFile, isWheel, isAddress, isRelative, matching, many, buildKey2, key, plain, version, sriOrEmpty, sri, address2, relative2, commit, requirements, open3, closed, faultOf, unknownFieldOf;
var init_schema = __esm({
  "src/build-lock/schema.ts"() {
    "use strict";
    init_shape();
    init_sri();
    init_names();
    init_wheel_name();
    init_plan2();
    isPlain = (value) => /^[^\u0000-\u001f\u007f]+$/.test(value);
    isFile = (value) => /^[A-Za-z0-9_][\w.+!?=~-]{0,299}$/.test(value);
    isWheel = (value) => isFile(value) && typeof parseWheelName(value) !== "string";
    isAddress = (value) => isPlain(value) && /^(https?|ssh):\/\//.test(value) && URL.canParse(value);
    isRelative = (value) => isPlain(value) && !value.startsWith("/") && !value.includes("\\");
    matching = (test) => text(1e4, { test });
    many = (item) => list2(item, 1e5);
    buildKey2 = /^[A-Za-z0-9][\w.+!-]{0,299}$/;
    key = text(300, buildKey2);
    plain = matching(isPlain);
    version = text(128, /^[0-9A-Za-z][0-9A-Za-z.+!_-]*$/);
    sriOrEmpty = matching((value) => value === "" || isSri(value));
    sri = matching(isSri);
    address2 = matching(isAddress);
    relative2 = matching(isRelative);
    commit = text(40, /^[0-9a-f]{40}$/);
    requirements = many(text(1e4));
    open3 = lockShape(having);
    closed = lockShape(exactly);
    faultOf = (value) => open3(value, "it")?.replace(/^it\./, "");
    unknownFieldOf = (value) => closed(value, "it")?.replace(/^it\./, "");
  }
});

// src/build-lock/text.ts
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
    throw refuse(error.message);
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
var bounds;
var init_text = __esm({
  "src/build-lock/text.ts"() {
    "use strict";
    init_bounded_json();
    init_errors();
    init_printable();
    init_schema();
    bounds = { length: 8 << 20, depth: 12 };
  }
});

// src/build-lock/keep.ts
var isBuilt, ownOf;
var init_keep = __esm({
  "src/build-lock/keep.ts"() {
    "use strict";
    init_sources();
    init_text();
    isBuilt = (artifact) => artifact.kind !== "wheel";
    ownOf = (table2, key2) => table2 && Object.hasOwn(table2, key2) ? table2[key2] : void 0;
  }
});

// src/build-lock/separate.ts
function unexpectedSeparate(locked, artifacts) {
  const wheels = artifacts.filter(({ kind }) => kind === "wheel");
  const hashes = new Map(wheels.map((wheel) => [wheel.filename, sriOf(wheel)]));
  return Object.keys(locked ?? {}).find((file) => hashes.get(file) !== locked?.[file]);
}
var init_separate = __esm({
  "src/build-lock/separate.ts"() {
    "use strict";
    init_plan2();
    init_text();
  }
});

// src/build-lock/inside-nix.ts
var inside_nix_exports2 = {};
__export(inside_nix_exports2, {
  checkSource: () => checkSource
});
import { readFile as readFile2, writeFile as writeFile4 } from "node:fs/promises";
import path14 from "node:path";
async function checkSource(options, read) {
  const text2 = await readFile2(path14.join(options.deps, "manifest.json"), "utf8");
  const { target } = JSON.parse(text2);
  const artifacts = planProject(
    await loadProject(options.project, read, { repository: await repositoryOf(options.project) ?? null }),
    parseTarget(target),
    target
  );
  const expected = manifestText(artifacts, target);
  if (expected !== text2) throw staleDeps(JSON.parse(expected), JSON.parse(text2));
  const lockText = await readFile2(options.buildLock, "utf8");
  const buildLock = parseBuildLock(lockText, path14.basename(options.buildLock));
  const unexpected = unexpectedIn(lockText, buildLock);
  if (unexpected !== void 0)
    throw new UserError("build-lock-stale", `The build lock is wrong: ${unexpected}. ${fix}`);
  checkBuildLock(artifacts, target, buildLock);
  await writeFile4(options.requirements, artifacts.map((artifact) => `${requirement2(artifact)}
`).join(""));
}
function checkBuildLock(artifacts, target, buildLock) {
  const wanted2 = artifacts.filter(isBuilt).map(buildKey).sort();
  const locked = ownOf(buildLock.systems, target.system)?.builds;
  if (locked === void 0) {
    throw stale(`it has no entry for ${target.system}`);
  }
  const difference = describe2(wanted2, [...locked].sort());
  if (difference !== "") {
    throw stale(`uv.lock has different packages to build (${difference})`);
  }
  for (const artifact of artifacts.filter(isBuilt)) checkBuild(artifact, buildLock);
  const separate = unexpectedSeparate(buildLock.systems[target.system]?.apart, artifacts);
  if (separate !== void 0) throw stale(`it installs ${printable(separate)}, which does not match uv.lock`);
}
function checkBuild(artifact, buildLock) {
  const build2 = ownOf(buildLock.builds, buildKey(artifact));
  const locked = sriOf(artifact);
  const moved = build2?.kind !== artifact.kind || build2.name !== artifact.name || build2.kind !== "directory" && (build2.subdirectory ?? "") !== (artifact.subdirectory ?? "") || build2.kind === "git" && (build2.commit !== artifact.commit || build2.url !== artifact.url) || build2.kind === "sdist" && locked !== void 0 && build2.hash !== locked || build2.kind !== "git" && (build2.path ?? "") !== (artifact.path ?? (build2.kind === "directory" ? "." : ""));
  if (moved) throw stale(`it has another source for ${buildKey(artifact)} than uv.lock`);
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
  return all.slice(0, 6).join(", ") + (all.length > 6 ? `, and ${all.length - 6} more` : "");
}
var fix, requirement2, stale;
var init_inside_nix2 = __esm({
  "src/build-lock/inside-nix.ts"() {
    "use strict";
    init_errors();
    init_inside();
    init_printable();
    init_lock();
    init_plan2();
    init_manifest();
    init_keep();
    init_separate();
    init_sources();
    init_text();
    fix = "Run 'uv-fod update' (or let the Action do it) and commit the changes. By hand: 'uv-fod lock', then set hash = lib.fakeHash;, build, and copy the hash after 'got:'.";
    requirement2 = ({ name, version: version2 }) => version2 === void 0 ? name : `${name}==${version2}`;
    stale = (why) => new UserError("build-lock-stale", `The build lock is out of date: ${why}. ${fix}`);
  }
});

// src/nix/nix-path.ts
var init_nix_path = __esm({
  "src/nix/nix-path.ts"() {
    "use strict";
  }
});

// src/system/once.ts
function once(make) {
  let made;
  return () => {
    made ??= make();
    return made;
  };
}
var init_once = __esm({
  "src/system/once.ts"() {
    "use strict";
  }
});

// src/fetch/host-policy.ts
function makeHostPolicy(rules, resolve2 = resolveBySystem) {
  const get = once(rules);
  return {
    isActive: async () => hasRules(await get()),
    check: async (address3, what) => {
      const known = await get();
      if (!hasRules(known)) return;
      const url = checkText(known, address3, what);
      if (known.allowedHosts !== void 0) return;
      const found = await addressesOf(url, resolve2).catch(() => []);
      checkAddresses(known, what, url.host, found);
    },
    approve: async (address3, what) => {
      const known = await get();
      const url = hasRules(known) ? checkText(known, address3, what) : new URL(address3);
      const found = addressesOf(url, resolve2);
      const addresses = await (isPublicOnly(known) ? found.catch(() => []) : found);
      checkAddresses(known, what, url.host, addresses);
      return addresses;
    }
  };
}
function checkText({ allowedHosts, isUntrusted }, address3, what) {
  const url = URL.parse(address3);
  if (url === null || /[\u0000-\u0020\u007f\\]/.test(address3))
    throw refused(what, address3, "is not an http or https address");
  if (url.protocol === "ssh:" && isUntrusted)
    throw refused(what, url.host, "is an ssh address, which an untrusted lock cannot use");
  if (!/^(https?|ssh):$/.test(url.protocol) || url.hostname === "")
    throw refused(what, address3, "is not an http or https address");
  if (allowedHosts !== void 0 && !isAllowedHost(address3, allowedHosts))
    throw refused(what, url.host, "is not among the configuration's allowed-hosts");
  if (isUntrusted && (url.username !== "" || url.password !== ""))
    throw refused(what, url.host, "has credentials in its address");
  return url;
}
function checkAddresses(rules, what, host, addresses) {
  if (!isPublicOnly(rules)) return;
  if (addresses.length === 0) throw refused(what, host, "cannot be resolved");
  const inner = addresses.find((address3) => !isPublicAddress(address3));
  if (inner !== void 0) throw refused(what, host, `is ${inner}, which is not a public address`);
}
function refused(what, host, why) {
  return new UserError(
    "host-not-allowed",
    `${printable(what)} is not fetched: '${printable(host.slice(0, 200))}' ${why}. Nothing was changed. To permit the host, add it to allowed-hosts in .github/uv-fod.toml on the base branch; changes of a pull request to this list have no effect.`
  );
}
function isAllowedHost(address3, hosts) {
  const url = URL.parse(address3);
  if (url === null || url.hostname === "") return false;
  const name = url.hostname.toLowerCase().replace(/\.$/, "");
  const port = url.port === "" ? defaultPorts[url.protocol] : url.port;
  return hosts.some((entry) => {
    const [host = "", wanted2 = defaultPorts[url.protocol]] = entry.split(":");
    if (port !== wanted2) return false;
    return host.startsWith("*.") ? name.endsWith(host.slice(1)) && name.length > host.length - 1 : name === host;
  });
}
var isPublicOnly, hasRules, defaultPorts;
var init_host_policy = __esm({
  "src/fetch/host-policy.ts"() {
    "use strict";
    init_nix_path();
    init_errors();
    init_once();
    init_printable();
    init_addresses();
    isPublicOnly = ({ allowedHosts, isUntrusted }) => allowedHosts === void 0 && isUntrusted;
    hasRules = ({ allowedHosts, isUntrusted }) => allowedHosts !== void 0 || isUntrusted;
    defaultPorts = { "https:": "443", "http:": "80", "ssh:": "22" };
  }
});

// src/fetch/netrc.ts
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
var init_netrc = __esm({
  "src/fetch/netrc.ts"() {
    "use strict";
  }
});

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
function matches(entry, { hostname, port, protocol }) {
  const name = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (entry === "*") return true;
  const [network2 = "", bits] = entry.split("/");
  if (bits !== void 0) return isInNetwork(name, network2, Number(bits));
  if (isIP2(entry.replace(/^\[|\]$/g, ""))) return entry.replace(/^\[|\]$/g, "") === name;
  const [host = "", wanted2] = entry.split(":");
  const own = port || (protocol === "https:" ? "443" : "80");
  const domain = host.replace(/^\*?\./, "").toLowerCase();
  return (wanted2 === void 0 || wanted2 === own) && (name === domain || isIP2(name) === 0 && name.endsWith(`.${domain}`));
}
function isInNetwork(name, network2, bits) {
  const family = isIP2(network2);
  if (family === 0 || isIP2(name) !== family || !(bits >= 0 && bits <= (family === 4 ? 32 : 128)))
    return false;
  const list3 = new BlockList2();
  const type = family === 4 ? "ipv4" : "ipv6";
  list3.addSubnet(network2, bits, type);
  return list3.check(name, type);
}
var init_upstream = __esm({
  "src/fetch/upstream.ts"() {
    "use strict";
    init_errors();
  }
});

// src/fetch/network-settings.ts
var network_settings_exports = {};
__export(network_settings_exports, {
  networkFrom: () => networkFrom
});
async function networkFrom(environment, policy = everywhere, stop = never) {
  const own = curlEnvironment(environment);
  const upstream = upstreamFrom(environment);
  const loginFor = environment.NETRC ? netrcLogins((await readBytes(environment.NETRC, mostNetrc))?.toString() ?? "") : () => void 0;
  return {
    run: makeRun(own, stop),
    environment: own,
    stop,
    proxyFor: (url) => proxyText(upstream(url)),
    loginFor,
    approve: (address3, what) => policy.approve(address3, what).catch((error) => {
      if (error instanceof UserError || upstream(new URL(address3)) === void 0) throw error;
      return [];
    }),
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
var mostNetrc, never, everywhere, proxyText;
var init_network_settings = __esm({
  "src/fetch/network-settings.ts"() {
    "use strict";
    init_errors();
    init_exec2();
    init_read_bytes();
    init_host_policy();
    init_netrc();
    init_upstream();
    mostNetrc = 1 << 20;
    never = new AbortController().signal;
    everywhere = makeHostPolicy(async () => ({ allowedHosts: void 0, isUntrusted: false }));
    proxyText = (proxy) => {
      if (proxy === void 0) return void 0;
      const { protocol, username, password, hostname, port } = proxy;
      const login = username === "" && password === "" ? "" : `${username}:${password}@`;
      return `${protocol}//${login}${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
    };
  }
});

// node_modules/commander/lib/error.js
var CommanderError = class extends Error {
  /**
   * Constructs the CommanderError class
   * @param {number} exitCode suggested exit code which could be used with process.exit
   * @param {string} code an id string representing the error
   * @param {string} message human-readable description of the error
   */
  constructor(exitCode, code, message) {
    super(message);
    Error.captureStackTrace(this, this.constructor);
    this.name = this.constructor.name;
    this.code = code;
    this.exitCode = exitCode;
    this.nestedError = void 0;
  }
};
var InvalidArgumentError = class extends CommanderError {
  /**
   * Constructs the InvalidArgumentError class
   * @param {string} [message] explanation of why argument is invalid
   */
  constructor(message) {
    super(1, "commander.invalidArgument", message);
    Error.captureStackTrace(this, this.constructor);
    this.name = this.constructor.name;
  }
};

// node_modules/commander/lib/argument.js
var Argument = class {
  /**
   * Initialize a new command argument with the given name and description.
   * The default is that the argument is required, and you can explicitly
   * indicate this with <> around the name. Put [] around the name for an optional argument.
   *
   * @param {string} name
   * @param {string} [description]
   */
  constructor(name, description) {
    this.description = description || "";
    this.variadic = false;
    this.parseArg = void 0;
    this.defaultValue = void 0;
    this.defaultValueDescription = void 0;
    this.argChoices = void 0;
    switch (name[0]) {
      case "<":
        this.required = true;
        this._name = name.slice(1, -1);
        break;
      case "[":
        this.required = false;
        this._name = name.slice(1, -1);
        break;
      default:
        this.required = true;
        this._name = name;
        break;
    }
    if (this._name.endsWith("...")) {
      this.variadic = true;
      this._name = this._name.slice(0, -3);
    }
  }
  /**
   * Return argument name.
   *
   * @return {string}
   */
  name() {
    return this._name;
  }
  /**
   * @package
   */
  _collectValue(value, previous) {
    if (previous === this.defaultValue || !Array.isArray(previous)) {
      return [value];
    }
    previous.push(value);
    return previous;
  }
  /**
   * Set the default value, and optionally supply the description to be displayed in the help.
   *
   * @param {*} value
   * @param {string} [description]
   * @return {Argument}
   */
  default(value, description) {
    this.defaultValue = value;
    this.defaultValueDescription = description;
    return this;
  }
  /**
   * Set the custom handler for processing CLI command arguments into argument values.
   *
   * @param {Function} [fn]
   * @return {Argument}
   */
  argParser(fn) {
    this.parseArg = fn;
    return this;
  }
  /**
   * Only allow argument value to be one of choices.
   *
   * @param {string[]} values
   * @return {Argument}
   */
  choices(values) {
    this.argChoices = values.slice();
    this.parseArg = (arg, previous) => {
      if (!this.argChoices.includes(arg)) {
        throw new InvalidArgumentError(
          `Allowed choices are ${this.argChoices.join(", ")}.`
        );
      }
      if (this.variadic) {
        return this._collectValue(arg, previous);
      }
      return arg;
    };
    return this;
  }
  /**
   * Make argument required.
   *
   * @returns {Argument}
   */
  argRequired() {
    this.required = true;
    return this;
  }
  /**
   * Make argument optional.
   *
   * @returns {Argument}
   */
  argOptional() {
    this.required = false;
    return this;
  }
};
function humanReadableArgName(arg) {
  const nameOutput = arg.name() + (arg.variadic === true ? "..." : "");
  return arg.required ? "<" + nameOutput + ">" : "[" + nameOutput + "]";
}

// node_modules/commander/lib/command.js
import { EventEmitter } from "node:events";
import childProcess from "node:child_process";
import path from "node:path";
import fs from "node:fs";
import process2 from "node:process";
import { stripVTControlCharacters as stripVTControlCharacters2 } from "node:util";

// node_modules/commander/lib/help.js
import { stripVTControlCharacters } from "node:util";
var Help = class {
  constructor() {
    this.helpWidth = void 0;
    this.minWidthToWrap = 40;
    this.sortSubcommands = false;
    this.sortOptions = false;
    this.showGlobalOptions = false;
  }
  /**
   * prepareContext is called by Commander after applying overrides from `Command.configureHelp()`
   * and just before calling `formatHelp()`.
   *
   * Commander just uses the helpWidth and the rest is provided for optional use by more complex subclasses.
   *
   * @param {{ error?: boolean, helpWidth?: number, outputHasColors?: boolean }} contextOptions
   */
  prepareContext(contextOptions) {
    this.helpWidth = this.helpWidth ?? contextOptions.helpWidth ?? 80;
  }
  /**
   * Get an array of the visible subcommands. Includes a placeholder for the implicit help command, if there is one.
   *
   * @param {Command} cmd
   * @returns {Command[]}
   */
  visibleCommands(cmd) {
    const visibleCommands = cmd.commands.filter((cmd2) => !cmd2._hidden);
    const helpCommand = cmd._getHelpCommand();
    if (helpCommand && !helpCommand._hidden) {
      visibleCommands.push(helpCommand);
    }
    if (this.sortSubcommands) {
      visibleCommands.sort((a, b) => {
        return a.name().localeCompare(b.name());
      });
    }
    return visibleCommands;
  }
  /**
   * Compare options for sort.
   *
   * @param {Option} a
   * @param {Option} b
   * @returns {number}
   */
  compareOptions(a, b) {
    const getSortKey = (option2) => {
      return option2.short ? option2.short.replace(/^-/, "") : option2.long.replace(/^--/, "");
    };
    return getSortKey(a).localeCompare(getSortKey(b));
  }
  /**
   * Get an array of the visible options. Includes a placeholder for the implicit help option, if there is one.
   *
   * @param {Command} cmd
   * @returns {Option[]}
   */
  visibleOptions(cmd) {
    const visibleOptions = cmd.options.filter((option2) => !option2.hidden);
    const helpOption = cmd._getHelpOption();
    if (helpOption && !helpOption.hidden) {
      const removeShort = helpOption.short && cmd._findOption(helpOption.short);
      const removeLong = helpOption.long && cmd._findOption(helpOption.long);
      if (!removeShort && !removeLong) {
        visibleOptions.push(helpOption);
      } else if (helpOption.long && !removeLong) {
        visibleOptions.push(
          cmd.createOption(helpOption.long, helpOption.description).helpGroup(helpOption.helpGroupHeading)
        );
      } else if (helpOption.short && !removeShort) {
        visibleOptions.push(
          cmd.createOption(helpOption.short, helpOption.description).helpGroup(helpOption.helpGroupHeading)
        );
      }
    }
    if (this.sortOptions) {
      visibleOptions.sort(this.compareOptions);
    }
    return visibleOptions;
  }
  /**
   * Get an array of the visible global options. (Not including help.)
   *
   * @param {Command} cmd
   * @returns {Option[]}
   */
  visibleGlobalOptions(cmd) {
    if (!this.showGlobalOptions) return [];
    const globalOptions = [];
    for (let ancestorCmd = cmd.parent; ancestorCmd; ancestorCmd = ancestorCmd.parent) {
      const visibleOptions = ancestorCmd.options.filter(
        (option2) => !option2.hidden
      );
      globalOptions.push(...visibleOptions);
    }
    if (this.sortOptions) {
      globalOptions.sort(this.compareOptions);
    }
    return globalOptions;
  }
  /**
   * Get an array of the arguments if any have a description.
   *
   * @param {Command} cmd
   * @returns {Argument[]}
   */
  visibleArguments(cmd) {
    if (cmd._argsDescription) {
      cmd.registeredArguments.forEach((argument) => {
        argument.description = argument.description || cmd._argsDescription[argument.name()] || "";
      });
    }
    if (cmd.registeredArguments.find((argument) => argument.description)) {
      return cmd.registeredArguments;
    }
    return [];
  }
  /**
   * Get the command term to show in the list of subcommands.
   *
   * @param {Command} cmd
   * @returns {string}
   */
  subcommandTerm(cmd) {
    const args = cmd.registeredArguments.map((arg) => humanReadableArgName(arg)).join(" ");
    return cmd._name + (cmd._aliases[0] ? "|" + cmd._aliases[0] : "") + (cmd.options.length ? " [options]" : "") + // simplistic check for non-help option
    (args ? " " + args : "");
  }
  /**
   * Get the option term to show in the list of options.
   *
   * @param {Option} option
   * @returns {string}
   */
  optionTerm(option2) {
    return option2.flags;
  }
  /**
   * Get the argument term to show in the list of arguments.
   *
   * @param {Argument} argument
   * @returns {string}
   */
  argumentTerm(argument) {
    return argument.name();
  }
  /**
   * Get the longest command term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */
  longestSubcommandTermLength(cmd, helper) {
    return helper.visibleCommands(cmd).reduce((max, command) => {
      return Math.max(
        max,
        this.displayWidth(
          helper.styleSubcommandTerm(helper.subcommandTerm(command))
        )
      );
    }, 0);
  }
  /**
   * Get the longest option term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */
  longestOptionTermLength(cmd, helper) {
    return helper.visibleOptions(cmd).reduce((max, option2) => {
      return Math.max(
        max,
        this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option2)))
      );
    }, 0);
  }
  /**
   * Get the longest global option term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */
  longestGlobalOptionTermLength(cmd, helper) {
    return helper.visibleGlobalOptions(cmd).reduce((max, option2) => {
      return Math.max(
        max,
        this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option2)))
      );
    }, 0);
  }
  /**
   * Get the longest argument term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */
  longestArgumentTermLength(cmd, helper) {
    return helper.visibleArguments(cmd).reduce((max, argument) => {
      return Math.max(
        max,
        this.displayWidth(
          helper.styleArgumentTerm(helper.argumentTerm(argument))
        )
      );
    }, 0);
  }
  /**
   * Get the command usage to be displayed at the top of the built-in help.
   *
   * @param {Command} cmd
   * @returns {string}
   */
  commandUsage(cmd) {
    let cmdName = cmd._name;
    if (cmd._aliases[0]) {
      cmdName = cmdName + "|" + cmd._aliases[0];
    }
    let ancestorCmdNames = "";
    for (let ancestorCmd = cmd.parent; ancestorCmd; ancestorCmd = ancestorCmd.parent) {
      ancestorCmdNames = ancestorCmd.name() + " " + ancestorCmdNames;
    }
    return ancestorCmdNames + cmdName + " " + cmd.usage();
  }
  /**
   * Get the description for the command.
   *
   * @param {Command} cmd
   * @returns {string}
   */
  commandDescription(cmd) {
    return cmd.description();
  }
  /**
   * Get the subcommand summary to show in the list of subcommands.
   * (Fallback to description for backwards compatibility.)
   *
   * @param {Command} cmd
   * @returns {string}
   */
  subcommandDescription(cmd) {
    return cmd.summary() || cmd.description();
  }
  /**
   * Get the option description to show in the list of options.
   *
   * @param {Option} option
   * @return {string}
   */
  optionDescription(option2) {
    const extraInfo = [];
    if (option2.argChoices) {
      extraInfo.push(
        // use stringify to match the display of the default value
        `choices: ${option2.argChoices.map((choice) => JSON.stringify(choice)).join(", ")}`
      );
    }
    if (option2.defaultValue !== void 0) {
      const showDefault = option2.required || option2.optional || option2.isBoolean() && typeof option2.defaultValue === "boolean";
      if (showDefault) {
        extraInfo.push(
          `default: ${option2.defaultValueDescription || JSON.stringify(option2.defaultValue)}`
        );
      }
    }
    if (option2.presetArg !== void 0 && option2.optional) {
      extraInfo.push(`preset: ${JSON.stringify(option2.presetArg)}`);
    }
    if (option2.envVar !== void 0) {
      extraInfo.push(`env: ${option2.envVar}`);
    }
    if (extraInfo.length > 0) {
      const extraDescription = `(${extraInfo.join(", ")})`;
      if (option2.description) {
        return `${option2.description} ${extraDescription}`;
      }
      return extraDescription;
    }
    return option2.description;
  }
  /**
   * Get the argument description to show in the list of arguments.
   *
   * @param {Argument} argument
   * @return {string}
   */
  argumentDescription(argument) {
    const extraInfo = [];
    if (argument.argChoices) {
      extraInfo.push(
        // use stringify to match the display of the default value
        `choices: ${argument.argChoices.map((choice) => JSON.stringify(choice)).join(", ")}`
      );
    }
    if (argument.defaultValue !== void 0) {
      extraInfo.push(
        `default: ${argument.defaultValueDescription || JSON.stringify(argument.defaultValue)}`
      );
    }
    if (extraInfo.length > 0) {
      const extraDescription = `(${extraInfo.join(", ")})`;
      if (argument.description) {
        return `${argument.description} ${extraDescription}`;
      }
      return extraDescription;
    }
    return argument.description;
  }
  /**
   * Format a list of items, given a heading and an array of formatted items.
   *
   * @param {string} heading
   * @param {string[]} items
   * @param {Help} helper
   * @returns string[]
   */
  formatItemList(heading, items, helper) {
    if (items.length === 0) return [];
    return [helper.styleTitle(heading), ...items, ""];
  }
  /**
   * Group items by their help group heading.
   *
   * @param {Command[] | Option[]} unsortedItems
   * @param {Command[] | Option[]} visibleItems
   * @param {Function} getGroup
   * @returns {Map<string, Command[] | Option[]>}
   */
  groupItems(unsortedItems, visibleItems, getGroup) {
    const result = /* @__PURE__ */ new Map();
    unsortedItems.forEach((item) => {
      const group = getGroup(item);
      if (!result.has(group)) result.set(group, []);
    });
    visibleItems.forEach((item) => {
      const group = getGroup(item);
      if (!result.has(group)) {
        result.set(group, []);
      }
      result.get(group).push(item);
    });
    return result;
  }
  /**
   * Generate the built-in help text.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {string}
   */
  formatHelp(cmd, helper) {
    const termWidth = helper.padWidth(cmd, helper);
    const helpWidth = helper.helpWidth ?? 80;
    function callFormatItem(term, description) {
      return helper.formatItem(term, termWidth, description, helper);
    }
    let output = [
      `${helper.styleTitle("Usage:")} ${helper.styleUsage(helper.commandUsage(cmd))}`,
      ""
    ];
    const commandDescription = helper.commandDescription(cmd);
    if (commandDescription.length > 0) {
      output = output.concat([
        helper.boxWrap(
          helper.styleCommandDescription(commandDescription),
          helpWidth
        ),
        ""
      ]);
    }
    const argumentList = helper.visibleArguments(cmd).map((argument) => {
      return callFormatItem(
        helper.styleArgumentTerm(helper.argumentTerm(argument)),
        helper.styleArgumentDescription(helper.argumentDescription(argument))
      );
    });
    output = output.concat(
      this.formatItemList("Arguments:", argumentList, helper)
    );
    const optionGroups = this.groupItems(
      cmd.options,
      helper.visibleOptions(cmd),
      (option2) => option2.helpGroupHeading ?? "Options:"
    );
    optionGroups.forEach((options, group) => {
      const optionList = options.map((option2) => {
        return callFormatItem(
          helper.styleOptionTerm(helper.optionTerm(option2)),
          helper.styleOptionDescription(helper.optionDescription(option2))
        );
      });
      output = output.concat(this.formatItemList(group, optionList, helper));
    });
    if (helper.showGlobalOptions) {
      const globalOptionList = helper.visibleGlobalOptions(cmd).map((option2) => {
        return callFormatItem(
          helper.styleOptionTerm(helper.optionTerm(option2)),
          helper.styleOptionDescription(helper.optionDescription(option2))
        );
      });
      output = output.concat(
        this.formatItemList("Global Options:", globalOptionList, helper)
      );
    }
    const commandGroups = this.groupItems(
      cmd.commands,
      helper.visibleCommands(cmd),
      (sub) => sub.helpGroup() || "Commands:"
    );
    commandGroups.forEach((commands, group) => {
      const commandList = commands.map((sub) => {
        return callFormatItem(
          helper.styleSubcommandTerm(helper.subcommandTerm(sub)),
          helper.styleSubcommandDescription(helper.subcommandDescription(sub))
        );
      });
      output = output.concat(this.formatItemList(group, commandList, helper));
    });
    return output.join("\n");
  }
  /**
   * Return display width of string, ignoring ANSI escape sequences. Used in padding and wrapping calculations.
   *
   * @param {string} str
   * @returns {number}
   */
  displayWidth(str) {
    return stripVTControlCharacters(str).length;
  }
  /**
   * Style the title for displaying in the help. Called with 'Usage:', 'Options:', etc.
   *
   * @param {string} str
   * @returns {string}
   */
  styleTitle(str) {
    return str;
  }
  styleUsage(str) {
    return str.split(" ").map((word2) => {
      if (word2 === "[options]") return this.styleOptionText(word2);
      if (word2 === "[command]") return this.styleSubcommandText(word2);
      if (word2[0] === "[" || word2[0] === "<")
        return this.styleArgumentText(word2);
      return this.styleCommandText(word2);
    }).join(" ");
  }
  styleCommandDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleOptionDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleSubcommandDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleArgumentDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleDescriptionText(str) {
    return str;
  }
  styleOptionTerm(str) {
    return this.styleOptionText(str);
  }
  styleSubcommandTerm(str) {
    return str.split(" ").map((word2) => {
      if (word2 === "[options]") return this.styleOptionText(word2);
      if (word2[0] === "[" || word2[0] === "<")
        return this.styleArgumentText(word2);
      return this.styleSubcommandText(word2);
    }).join(" ");
  }
  styleArgumentTerm(str) {
    return this.styleArgumentText(str);
  }
  styleOptionText(str) {
    return str;
  }
  styleArgumentText(str) {
    return str;
  }
  styleSubcommandText(str) {
    return str;
  }
  styleCommandText(str) {
    return str;
  }
  /**
   * Calculate the pad width from the maximum term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */
  padWidth(cmd, helper) {
    return Math.max(
      helper.longestOptionTermLength(cmd, helper),
      helper.longestGlobalOptionTermLength(cmd, helper),
      helper.longestSubcommandTermLength(cmd, helper),
      helper.longestArgumentTermLength(cmd, helper)
    );
  }
  /**
   * Detect manually wrapped and indented strings by checking for line break followed by whitespace.
   *
   * @param {string} str
   * @returns {boolean}
   */
  preformatted(str) {
    return /\n[^\S\r\n]/.test(str);
  }
  /**
   * Format the "item", which consists of a term and description. Pad the term and wrap the description, indenting the following lines.
   *
   * So "TTT", 5, "DDD DDDD DD DDD" might be formatted for this.helpWidth=17 like so:
   *   TTT  DDD DDDD
   *        DD DDD
   *
   * @param {string} term
   * @param {number} termWidth
   * @param {string} description
   * @param {Help} helper
   * @returns {string}
   */
  formatItem(term, termWidth, description, helper) {
    const itemIndent = 2;
    const itemIndentStr = " ".repeat(itemIndent);
    if (!description) return itemIndentStr + term;
    const paddedTerm = term.padEnd(
      termWidth + term.length - helper.displayWidth(term)
    );
    const spacerWidth = 2;
    const helpWidth = this.helpWidth ?? 80;
    const remainingWidth = helpWidth - termWidth - spacerWidth - itemIndent;
    let formattedDescription;
    if (remainingWidth < this.minWidthToWrap || helper.preformatted(description)) {
      formattedDescription = description;
    } else {
      const wrappedDescription = helper.boxWrap(description, remainingWidth);
      formattedDescription = wrappedDescription.replace(
        /\n/g,
        "\n" + " ".repeat(termWidth + spacerWidth)
      );
    }
    return itemIndentStr + paddedTerm + " ".repeat(spacerWidth) + formattedDescription.replace(/\n/g, `
${itemIndentStr}`);
  }
  /**
   * Wrap a string at whitespace, preserving existing line breaks.
   * Wrapping is skipped if the width is less than `minWidthToWrap`.
   *
   * @param {string} str
   * @param {number} width
   * @returns {string}
   */
  boxWrap(str, width) {
    if (width < this.minWidthToWrap) return str;
    const rawLines = str.split(/\r\n|\n/);
    const chunkPattern = /[\s]*[^\s]+/g;
    const wrappedLines = [];
    rawLines.forEach((line) => {
      const chunks = line.match(chunkPattern);
      if (chunks === null) {
        wrappedLines.push("");
        return;
      }
      let sumChunks = [chunks.shift()];
      let sumWidth = this.displayWidth(sumChunks[0]);
      chunks.forEach((chunk) => {
        const visibleWidth = this.displayWidth(chunk);
        if (sumWidth + visibleWidth <= width) {
          sumChunks.push(chunk);
          sumWidth += visibleWidth;
          return;
        }
        wrappedLines.push(sumChunks.join(""));
        const nextChunk = chunk.trimStart();
        sumChunks = [nextChunk];
        sumWidth = this.displayWidth(nextChunk);
      });
      wrappedLines.push(sumChunks.join(""));
    });
    return wrappedLines.join("\n");
  }
};

// node_modules/commander/lib/option.js
var Option = class {
  /**
   * Initialize a new `Option` with the given `flags` and `description`.
   *
   * @param {string} flags
   * @param {string} [description]
   */
  constructor(flags2, description) {
    this.flags = flags2;
    this.description = description || "";
    this.required = flags2.includes("<");
    this.optional = flags2.includes("[");
    this.variadic = new RegExp("\\p{ID_Continue}\\.\\.\\.[>\\]]$", "u").test(flags2);
    this.mandatory = false;
    const optionFlags = splitOptionFlags(flags2);
    this.short = optionFlags.shortFlag;
    this.long = optionFlags.longFlag;
    this.negate = false;
    if (this.long) {
      this.negate = this.long.startsWith("--no-");
    }
    this.defaultValue = void 0;
    this.defaultValueDescription = void 0;
    this.presetArg = void 0;
    this.envVar = void 0;
    this.parseArg = void 0;
    this.hidden = false;
    this.argChoices = void 0;
    this.conflictsWith = [];
    this.implied = void 0;
    this.helpGroupHeading = void 0;
  }
  /**
   * Set the default value, and optionally supply the description to be displayed in the help.
   *
   * @param {*} value
   * @param {string} [description]
   * @return {Option}
   */
  default(value, description) {
    this.defaultValue = value;
    this.defaultValueDescription = description;
    return this;
  }
  /**
   * Preset to use when option used without option-argument, especially optional but also boolean and negated.
   * The custom processing (parseArg) is called.
   *
   * @example
   * new Option('--color').default('GREYSCALE').preset('RGB');
   * new Option('--donate [amount]').preset('20').argParser(parseFloat);
   *
   * @param {*} arg
   * @return {Option}
   */
  preset(arg) {
    this.presetArg = arg;
    return this;
  }
  /**
   * Add option name(s) that conflict with this option.
   * An error will be displayed if conflicting options are found during parsing.
   *
   * @example
   * new Option('--rgb').conflicts('cmyk');
   * new Option('--js').conflicts(['ts', 'jsx']);
   *
   * @param {(string | string[])} names
   * @return {Option}
   */
  conflicts(names) {
    this.conflictsWith = this.conflictsWith.concat(names);
    return this;
  }
  /**
   * Specify implied option values for when this option is set and the implied options are not.
   *
   * The custom processing (parseArg) is not called on the implied values.
   *
   * @example
   * program
   *   .addOption(new Option('--log', 'write logging information to file'))
   *   .addOption(new Option('--trace', 'log extra details').implies({ log: 'trace.txt' }));
   *
   * @param {object} impliedOptionValues
   * @return {Option}
   */
  implies(impliedOptionValues) {
    let newImplied = impliedOptionValues;
    if (typeof impliedOptionValues === "string") {
      newImplied = { [impliedOptionValues]: true };
    }
    this.implied = Object.assign(this.implied || {}, newImplied);
    return this;
  }
  /**
   * Set environment variable to check for option value.
   *
   * An environment variable is only used if when processed the current option value is
   * undefined, or the source of the current value is 'default' or 'config' or 'env'.
   *
   * @param {string} name
   * @return {Option}
   */
  env(name) {
    this.envVar = name;
    return this;
  }
  /**
   * Set the custom handler for processing CLI option arguments into option values.
   *
   * @param {Function} [fn]
   * @return {Option}
   */
  argParser(fn) {
    this.parseArg = fn;
    return this;
  }
  /**
   * Whether the option is mandatory and must have a value after parsing.
   *
   * @param {boolean} [mandatory=true]
   * @return {Option}
   */
  makeOptionMandatory(mandatory = true) {
    this.mandatory = !!mandatory;
    return this;
  }
  /**
   * Hide option in help.
   *
   * @param {boolean} [hide=true]
   * @return {Option}
   */
  hideHelp(hide = true) {
    this.hidden = !!hide;
    return this;
  }
  /**
   * @package
   */
  _collectValue(value, previous) {
    if (previous === this.defaultValue || !Array.isArray(previous)) {
      return [value];
    }
    previous.push(value);
    return previous;
  }
  /**
   * Only allow option value to be one of choices.
   *
   * @param {string[]} values
   * @return {Option}
   */
  choices(values) {
    this.argChoices = values.slice();
    this.parseArg = (arg, previous) => {
      if (!this.argChoices.includes(arg)) {
        throw new InvalidArgumentError(
          `Allowed choices are ${this.argChoices.join(", ")}.`
        );
      }
      if (this.variadic) {
        return this._collectValue(arg, previous);
      }
      return arg;
    };
    return this;
  }
  /**
   * Return option name.
   *
   * @return {string}
   */
  name() {
    if (this.long) {
      return this.long.replace(/^--/, "");
    }
    return this.short.replace(/^-/, "");
  }
  /**
   * Return option name, in a camelcase format that can be used
   * as an object attribute key.
   *
   * @return {string}
   */
  attributeName() {
    if (this.negate) {
      return camelcase(this.name().replace(/^no-/, ""));
    }
    return camelcase(this.name());
  }
  /**
   * Set the help group heading.
   *
   * @param {string} heading
   * @return {Option}
   */
  helpGroup(heading) {
    this.helpGroupHeading = heading;
    return this;
  }
  /**
   * Check if `arg` matches the short or long flag.
   *
   * @param {string} arg
   * @return {boolean}
   * @package
   */
  is(arg) {
    return this.short === arg || this.long === arg;
  }
  /**
   * Return whether a boolean option.
   *
   * Options are one of boolean, negated, required argument, or optional argument.
   *
   * @return {boolean}
   * @package
   */
  isBoolean() {
    return !this.required && !this.optional && !this.negate;
  }
};
var DualOptions = class {
  /**
   * @param {Option[]} options
   */
  constructor(options) {
    this.positiveOptions = /* @__PURE__ */ new Map();
    this.negativeOptions = /* @__PURE__ */ new Map();
    this.dualOptions = /* @__PURE__ */ new Set();
    options.forEach((option2) => {
      if (option2.negate) {
        this.negativeOptions.set(option2.attributeName(), option2);
      } else {
        this.positiveOptions.set(option2.attributeName(), option2);
      }
    });
    this.negativeOptions.forEach((value, key2) => {
      if (this.positiveOptions.has(key2)) {
        this.dualOptions.add(key2);
      }
    });
  }
  /**
   * Did the value come from the option, and not from possible matching dual option?
   *
   * @param {*} value
   * @param {Option} option
   * @returns {boolean}
   */
  valueFromOption(value, option2) {
    const optionKey = option2.attributeName();
    if (!this.dualOptions.has(optionKey)) return true;
    const preset = this.negativeOptions.get(optionKey).presetArg;
    const negativeValue = preset !== void 0 ? preset : false;
    return option2.negate === (negativeValue === value);
  }
};
function camelcase(str) {
  return str.split("-").reduce((str2, word2) => {
    return str2 + word2[0].toUpperCase() + word2.slice(1);
  });
}
function splitOptionFlags(flags2) {
  let shortFlag;
  let longFlag;
  const shortFlagExp = /^-[^-]$/;
  const longFlagExp = /^--[^-]/;
  const flagParts = flags2.split(/[ |,]+/).concat("guard");
  if (shortFlagExp.test(flagParts[0])) shortFlag = flagParts.shift();
  if (longFlagExp.test(flagParts[0])) longFlag = flagParts.shift();
  if (!shortFlag && shortFlagExp.test(flagParts[0]))
    shortFlag = flagParts.shift();
  if (!shortFlag && longFlagExp.test(flagParts[0])) {
    shortFlag = longFlag;
    longFlag = flagParts.shift();
  }
  if (flagParts[0].startsWith("-")) {
    const unsupportedFlag = flagParts[0];
    const baseError = `option creation failed due to '${unsupportedFlag}' in option flags '${flags2}'`;
    if (/^-[^-][^-]/.test(unsupportedFlag))
      throw new Error(
        `${baseError}
- a short flag is a single dash and a single character
  - either use a single dash and a single character (for a short flag)
  - or use a double dash for a long option (and can have two, like '--ws, --workspace')`
      );
    if (shortFlagExp.test(unsupportedFlag))
      throw new Error(`${baseError}
- too many short flags`);
    if (longFlagExp.test(unsupportedFlag))
      throw new Error(`${baseError}
- too many long flags`);
    throw new Error(`${baseError}
- unrecognised flag format`);
  }
  if (shortFlag === void 0 && longFlag === void 0)
    throw new Error(
      `option creation failed due to no flags found in '${flags2}'.`
    );
  return { shortFlag, longFlag };
}

// node_modules/commander/lib/suggestSimilar.js
var maxDistance = 3;
function editDistance(a, b) {
  if (Math.abs(a.length - b.length) > maxDistance)
    return Math.max(a.length, b.length);
  const d = [];
  for (let i = 0; i <= a.length; i++) {
    d[i] = [i];
  }
  for (let j = 0; j <= b.length; j++) {
    d[0][j] = j;
  }
  for (let j = 1; j <= b.length; j++) {
    for (let i = 1; i <= a.length; i++) {
      let cost;
      if (a[i - 1] === b[j - 1]) {
        cost = 0;
      } else {
        cost = 1;
      }
      d[i][j] = Math.min(
        d[i - 1][j] + 1,
        // deletion
        d[i][j - 1] + 1,
        // insertion
        d[i - 1][j - 1] + cost
        // substitution
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.length][b.length];
}
function suggestSimilar(word2, candidates) {
  if (!candidates || candidates.length === 0) return "";
  candidates = Array.from(new Set(candidates));
  const searchingOptions = word2.startsWith("--");
  if (searchingOptions) {
    word2 = word2.slice(2);
    candidates = candidates.map((candidate) => candidate.slice(2));
  }
  let similar = [];
  let bestDistance = maxDistance;
  const minSimilarity = 0.4;
  candidates.forEach((candidate) => {
    if (candidate.length <= 1) return;
    const distance = editDistance(word2, candidate);
    const length = Math.max(word2.length, candidate.length);
    const similarity = (length - distance) / length;
    if (similarity > minSimilarity) {
      if (distance < bestDistance) {
        bestDistance = distance;
        similar = [candidate];
      } else if (distance === bestDistance) {
        similar.push(candidate);
      }
    }
  });
  similar.sort((a, b) => a.localeCompare(b));
  if (searchingOptions) {
    similar = similar.map((candidate) => `--${candidate}`);
  }
  if (similar.length > 1) {
    return `
(Did you mean one of ${similar.join(", ")}?)`;
  }
  if (similar.length === 1) {
    return `
(Did you mean ${similar[0]}?)`;
  }
  return "";
}

// node_modules/commander/lib/command.js
var Command = class _Command extends EventEmitter {
  /**
   * Initialize a new `Command`.
   *
   * @param {string} [name]
   */
  constructor(name) {
    super();
    this.commands = [];
    this.options = [];
    this.parent = null;
    this._allowUnknownOption = false;
    this._allowExcessArguments = false;
    this.registeredArguments = [];
    this._args = this.registeredArguments;
    this.args = [];
    this.rawArgs = [];
    this.processedArgs = [];
    this._scriptPath = null;
    this._name = name || "";
    this._optionValues = {};
    this._optionValueSources = {};
    this._storeOptionsAsProperties = false;
    this._actionHandler = null;
    this._executableHandler = false;
    this._executableFile = null;
    this._executableDir = null;
    this._defaultCommandName = null;
    this._exitCallback = null;
    this._aliases = [];
    this._combineFlagAndOptionalValue = true;
    this._description = "";
    this._summary = "";
    this._argsDescription = void 0;
    this._enablePositionalOptions = false;
    this._passThroughOptions = false;
    this._lifeCycleHooks = {};
    this._showHelpAfterError = false;
    this._showSuggestionAfterError = true;
    this._savedState = null;
    this._outputConfiguration = {
      writeOut: (str) => process2.stdout.write(str),
      writeErr: (str) => process2.stderr.write(str),
      outputError: (str, write) => write(str),
      getOutHelpWidth: () => process2.stdout.isTTY ? process2.stdout.columns : void 0,
      getErrHelpWidth: () => process2.stderr.isTTY ? process2.stderr.columns : void 0,
      getOutHasColors: () => useColor() ?? (process2.stdout.isTTY && process2.stdout.hasColors?.()),
      getErrHasColors: () => useColor() ?? (process2.stderr.isTTY && process2.stderr.hasColors?.()),
      stripColor: (str) => stripVTControlCharacters2(str)
    };
    this._hidden = false;
    this._helpOption = void 0;
    this._addImplicitHelpCommand = void 0;
    this._helpCommand = void 0;
    this._helpConfiguration = {};
    this._helpGroupHeading = void 0;
    this._defaultCommandGroup = void 0;
    this._defaultOptionGroup = void 0;
  }
  /**
   * Copy settings that are useful to have in common across root command and subcommands.
   *
   * (Used internally when adding a command using `.command()` so subcommands inherit parent settings.)
   *
   * @param {Command} sourceCommand
   * @return {Command} `this` command for chaining
   */
  copyInheritedSettings(sourceCommand) {
    this._outputConfiguration = sourceCommand._outputConfiguration;
    this._helpOption = sourceCommand._helpOption;
    this._helpCommand = sourceCommand._helpCommand;
    this._helpConfiguration = sourceCommand._helpConfiguration;
    this._exitCallback = sourceCommand._exitCallback;
    this._storeOptionsAsProperties = sourceCommand._storeOptionsAsProperties;
    this._combineFlagAndOptionalValue = sourceCommand._combineFlagAndOptionalValue;
    this._allowExcessArguments = sourceCommand._allowExcessArguments;
    this._enablePositionalOptions = sourceCommand._enablePositionalOptions;
    this._showHelpAfterError = sourceCommand._showHelpAfterError;
    this._showSuggestionAfterError = sourceCommand._showSuggestionAfterError;
    return this;
  }
  /**
   * @returns {Command[]}
   * @private
   */
  _getCommandAndAncestors() {
    const result = [];
    for (let command = this; command; command = command.parent) {
      result.push(command);
    }
    return result;
  }
  /**
   * Define a command.
   *
   * There are two styles of command: pay attention to where to put the description.
   *
   * @example
   * // Command implemented using action handler (description is supplied separately to `.command`)
   * program
   *   .command('clone <source> [destination]')
   *   .description('clone a repository into a newly created directory')
   *   .action((source, destination) => {
   *     console.log('clone command called');
   *   });
   *
   * // Command implemented using separate executable file (description is second parameter to `.command`)
   * program
   *   .command('start <service>', 'start named service')
   *   .command('stop [service]', 'stop named service, or all if no name supplied');
   *
   * @param {string} nameAndArgs - command name and arguments, args are `<required>` or `[optional]` and last may also be `variadic...`
   * @param {(object | string)} [actionOptsOrExecDesc] - configuration options (for action), or description (for executable)
   * @param {object} [execOpts] - configuration options (for executable)
   * @return {Command} returns new command for action handler, or `this` for executable command
   */
  command(nameAndArgs, actionOptsOrExecDesc, execOpts) {
    let desc = actionOptsOrExecDesc;
    let opts = execOpts;
    if (typeof desc === "object" && desc !== null) {
      opts = desc;
      desc = null;
    }
    opts = opts || {};
    const [, name, args] = nameAndArgs.match(/([^ ]+) *(.*)/);
    const cmd = this.createCommand(name);
    if (desc) {
      cmd.description(desc);
      cmd._executableHandler = true;
    }
    if (opts.isDefault) this._defaultCommandName = cmd._name;
    cmd._hidden = !!(opts.noHelp || opts.hidden);
    cmd._executableFile = opts.executableFile || null;
    if (args) cmd.arguments(args);
    this._registerCommand(cmd);
    cmd.parent = this;
    cmd.copyInheritedSettings(this);
    if (desc) return this;
    return cmd;
  }
  /**
   * Factory routine to create a new unattached command.
   *
   * See .command() for creating an attached subcommand, which uses this routine to
   * create the command. You can override createCommand to customise subcommands.
   *
   * @param {string} [name]
   * @return {Command} new command
   */
  createCommand(name) {
    return new _Command(name);
  }
  /**
   * You can customise the help with a subclass of Help by overriding createHelp,
   * or by overriding Help properties using configureHelp().
   *
   * @return {Help}
   */
  createHelp() {
    return Object.assign(new Help(), this.configureHelp());
  }
  /**
   * You can customise the help by overriding Help properties using configureHelp(),
   * or with a subclass of Help by overriding createHelp().
   *
   * @param {object} [configuration] - configuration options
   * @return {(Command | object)} `this` command for chaining, or stored configuration
   */
  configureHelp(configuration) {
    if (configuration === void 0) return this._helpConfiguration;
    this._helpConfiguration = configuration;
    return this;
  }
  /**
   * The default output goes to stdout and stderr. You can customise this for special
   * applications. You can also customise the display of errors by overriding outputError.
   *
   * The configuration properties are all functions:
   *
   *     // change how output being written, defaults to stdout and stderr
   *     writeOut(str)
   *     writeErr(str)
   *     // change how output being written for errors, defaults to writeErr
   *     outputError(str, write) // used for displaying errors and not used for displaying help
   *     // specify width for wrapping help
   *     getOutHelpWidth()
   *     getErrHelpWidth()
   *     // color support, currently only used with Help
   *     getOutHasColors()
   *     getErrHasColors()
   *     stripColor() // used to remove ANSI escape codes if output does not have colors
   *
   * @param {object} [configuration] - configuration options
   * @return {(Command | object)} `this` command for chaining, or stored configuration
   */
  configureOutput(configuration) {
    if (configuration === void 0) return this._outputConfiguration;
    this._outputConfiguration = {
      ...this._outputConfiguration,
      ...configuration
    };
    return this;
  }
  /**
   * Display the help or a custom message after an error occurs.
   *
   * @param {(boolean|string)} [displayHelp]
   * @return {Command} `this` command for chaining
   */
  showHelpAfterError(displayHelp = true) {
    if (typeof displayHelp !== "string") displayHelp = !!displayHelp;
    this._showHelpAfterError = displayHelp;
    return this;
  }
  /**
   * Display suggestion of similar commands for unknown commands, or options for unknown options.
   *
   * @param {boolean} [displaySuggestion]
   * @return {Command} `this` command for chaining
   */
  showSuggestionAfterError(displaySuggestion = true) {
    this._showSuggestionAfterError = !!displaySuggestion;
    return this;
  }
  /**
   * Add a prepared subcommand.
   *
   * See .command() for creating an attached subcommand which inherits settings from its parent.
   *
   * @param {Command} cmd - new subcommand
   * @param {object} [opts] - configuration options
   * @return {Command} `this` command for chaining
   */
  addCommand(cmd, opts) {
    if (!cmd._name) {
      throw new Error(`Command passed to .addCommand() must have a name
- specify the name in Command constructor or using .name()`);
    }
    opts = opts || {};
    if (opts.isDefault) this._defaultCommandName = cmd._name;
    if (opts.noHelp || opts.hidden) cmd._hidden = true;
    this._registerCommand(cmd);
    cmd.parent = this;
    cmd._checkForBrokenPassThrough();
    return this;
  }
  /**
   * Factory routine to create a new unattached argument.
   *
   * See .argument() for creating an attached argument, which uses this routine to
   * create the argument. You can override createArgument to return a custom argument.
   *
   * @param {string} name
   * @param {string} [description]
   * @return {Argument} new argument
   */
  createArgument(name, description) {
    return new Argument(name, description);
  }
  /**
   * Define argument syntax for command.
   *
   * The default is that the argument is required, and you can explicitly
   * indicate this with <> around the name. Put [] around the name for an optional argument.
   *
   * @example
   * program.argument('<input-file>');
   * program.argument('[output-file]');
   *
   * @param {string} name
   * @param {string} [description]
   * @param {(Function|*)} [parseArg] - custom argument processing function or default value
   * @param {*} [defaultValue]
   * @return {Command} `this` command for chaining
   */
  argument(name, description, parseArg, defaultValue) {
    const argument = this.createArgument(name, description);
    if (typeof parseArg === "function") {
      argument.default(defaultValue).argParser(parseArg);
    } else {
      argument.default(parseArg);
    }
    this.addArgument(argument);
    return this;
  }
  /**
   * Define argument syntax for command, adding multiple at once (without descriptions).
   *
   * See also .argument().
   *
   * @example
   * program.arguments('<cmd> [env]');
   *
   * @param {string} names
   * @return {Command} `this` command for chaining
   */
  arguments(names) {
    names.trim().split(/ +/).forEach((detail) => {
      this.argument(detail);
    });
    return this;
  }
  /**
   * Define argument syntax for command, adding a prepared argument.
   *
   * @param {Argument} argument
   * @return {Command} `this` command for chaining
   */
  addArgument(argument) {
    const previousArgument = this.registeredArguments.slice(-1)[0];
    if (previousArgument?.variadic) {
      throw new Error(
        `only the last argument can be variadic '${previousArgument.name()}'`
      );
    }
    if (argument.required && argument.defaultValue !== void 0 && argument.parseArg === void 0) {
      throw new Error(
        `a default value for a required argument is never used: '${argument.name()}'`
      );
    }
    this.registeredArguments.push(argument);
    return this;
  }
  /**
   * Customise or override default help command. By default a help command is automatically added if your command has subcommands.
   *
   * @example
   *    program.helpCommand('help [cmd]');
   *    program.helpCommand('help [cmd]', 'show help');
   *    program.helpCommand(false); // suppress default help command
   *    program.helpCommand(true); // add help command even if no subcommands
   *
   * @param {string|boolean} enableOrNameAndArgs - enable with custom name and/or arguments, or boolean to override whether added
   * @param {string} [description] - custom description
   * @return {Command} `this` command for chaining
   */
  helpCommand(enableOrNameAndArgs, description) {
    if (typeof enableOrNameAndArgs === "boolean") {
      this._addImplicitHelpCommand = enableOrNameAndArgs;
      if (enableOrNameAndArgs && this._defaultCommandGroup) {
        this._initCommandGroup(this._getHelpCommand());
      }
      return this;
    }
    const nameAndArgs = enableOrNameAndArgs ?? "help [command]";
    const [, helpName, helpArgs] = nameAndArgs.match(/([^ ]+) *(.*)/);
    const helpDescription = description ?? "display help for command";
    const helpCommand = this.createCommand(helpName);
    helpCommand.helpOption(false);
    if (helpArgs) helpCommand.arguments(helpArgs);
    if (helpDescription) helpCommand.description(helpDescription);
    this._addImplicitHelpCommand = true;
    this._helpCommand = helpCommand;
    if (enableOrNameAndArgs || description) this._initCommandGroup(helpCommand);
    return this;
  }
  /**
   * Add prepared custom help command.
   *
   * @param {(Command|string|boolean)} helpCommand - custom help command, or deprecated enableOrNameAndArgs as for `.helpCommand()`
   * @param {string} [deprecatedDescription] - deprecated custom description used with custom name only
   * @return {Command} `this` command for chaining
   */
  addHelpCommand(helpCommand, deprecatedDescription) {
    if (typeof helpCommand !== "object") {
      this.helpCommand(helpCommand, deprecatedDescription);
      return this;
    }
    this._addImplicitHelpCommand = true;
    this._helpCommand = helpCommand;
    this._initCommandGroup(helpCommand);
    return this;
  }
  /**
   * Lazy create help command.
   *
   * @return {(Command|null)}
   * @package
   */
  _getHelpCommand() {
    const hasImplicitHelpCommand = this._addImplicitHelpCommand ?? (this.commands.length && !this._actionHandler && !this._findCommand("help"));
    if (hasImplicitHelpCommand) {
      if (this._helpCommand === void 0) {
        this.helpCommand(void 0, void 0);
      }
      return this._helpCommand;
    }
    return null;
  }
  /**
   * Add hook for life cycle event.
   *
   * @param {string} event
   * @param {Function} listener
   * @return {Command} `this` command for chaining
   */
  hook(event, listener) {
    const allowedValues = ["preSubcommand", "preAction", "postAction"];
    if (!allowedValues.includes(event)) {
      throw new Error(`Unexpected value for event passed to hook : '${event}'.
Expecting one of '${allowedValues.join("', '")}'`);
    }
    if (this._lifeCycleHooks[event]) {
      this._lifeCycleHooks[event].push(listener);
    } else {
      this._lifeCycleHooks[event] = [listener];
    }
    return this;
  }
  /**
   * Register callback to use as replacement for calling process.exit.
   *
   * @param {Function} [fn] optional callback which will be passed a CommanderError, defaults to throwing
   * @return {Command} `this` command for chaining
   */
  exitOverride(fn) {
    if (fn) {
      this._exitCallback = fn;
    } else {
      this._exitCallback = (err) => {
        if (err.code !== "commander.executeSubCommandAsync") {
          throw err;
        } else {
        }
      };
    }
    return this;
  }
  /**
   * Call process.exit, and _exitCallback if defined.
   *
   * @param {number} exitCode exit code for using with process.exit
   * @param {string} code an id string representing the error
   * @param {string} message human-readable description of the error
   * @return never
   * @private
   */
  _exit(exitCode, code, message) {
    if (this._exitCallback) {
      this._exitCallback(new CommanderError(exitCode, code, message));
    }
    process2.exit(exitCode);
  }
  /**
   * Register callback `fn` for the command.
   *
   * @example
   * program
   *   .command('serve')
   *   .description('start service')
   *   .action(function() {
   *      // do work here
   *   });
   *
   * @param {Function} fn
   * @return {Command} `this` command for chaining
   */
  action(fn) {
    const listener = (args) => {
      const expectedArgsCount = this.registeredArguments.length;
      const actionArgs = args.slice(0, expectedArgsCount);
      if (this._storeOptionsAsProperties) {
        actionArgs[expectedArgsCount] = this;
      } else {
        actionArgs[expectedArgsCount] = this.opts();
      }
      actionArgs.push(this);
      return fn.apply(this, actionArgs);
    };
    this._actionHandler = listener;
    return this;
  }
  /**
   * Factory routine to create a new unattached option.
   *
   * See .option() for creating an attached option, which uses this routine to
   * create the option. You can override createOption to return a custom option.
   *
   * @param {string} flags
   * @param {string} [description]
   * @return {Option} new option
   */
  createOption(flags2, description) {
    return new Option(flags2, description);
  }
  /**
   * Wrap parseArgs to catch 'commander.invalidArgument'.
   *
   * @param {(Option | Argument)} target
   * @param {string} value
   * @param {*} previous
   * @param {string} invalidArgumentMessage
   * @private
   */
  _callParseArg(target, value, previous, invalidArgumentMessage) {
    try {
      return target.parseArg(value, previous);
    } catch (err) {
      if (err.code === "commander.invalidArgument") {
        const message = `${invalidArgumentMessage} ${err.message}`;
        this.error(message, { exitCode: err.exitCode, code: err.code });
      }
      throw err;
    }
  }
  /**
   * Check for option flag conflicts.
   * Register option if no conflicts found, or throw on conflict.
   *
   * @param {Option} option
   * @private
   */
  _registerOption(option2) {
    const matchingOption = option2.short && this._findOption(option2.short) || option2.long && this._findOption(option2.long);
    if (matchingOption) {
      const matchingFlag = option2.long && this._findOption(option2.long) ? option2.long : option2.short;
      throw new Error(`Cannot add option '${option2.flags}'${this._name && ` to command '${this._name}'`} due to conflicting flag '${matchingFlag}'
-  already used by option '${matchingOption.flags}'`);
    }
    this._initOptionGroup(option2);
    this.options.push(option2);
  }
  /**
   * Check for command name and alias conflicts with existing commands.
   * Register command if no conflicts found, or throw on conflict.
   *
   * @param {Command} command
   * @private
   */
  _registerCommand(command) {
    const knownBy = (cmd) => {
      return [cmd.name()].concat(cmd.aliases());
    };
    const alreadyUsed = knownBy(command).find(
      (name) => this._findCommand(name)
    );
    if (alreadyUsed) {
      const existingCmd = knownBy(this._findCommand(alreadyUsed)).join("|");
      const newCmd = knownBy(command).join("|");
      throw new Error(
        `cannot add command '${newCmd}' as already have command '${existingCmd}'`
      );
    }
    this._initCommandGroup(command);
    this.commands.push(command);
  }
  /**
   * Add an option.
   *
   * @param {Option} option
   * @return {Command} `this` command for chaining
   */
  addOption(option2) {
    this._registerOption(option2);
    const oname = option2.name();
    const name = option2.attributeName();
    if (option2.defaultValue !== void 0) {
      this.setOptionValueWithSource(name, option2.defaultValue, "default");
    }
    const handleOptionValue = (val, invalidValueMessage, valueSource) => {
      if (val == null && option2.presetArg !== void 0) {
        val = option2.presetArg;
      }
      const oldValue = this.getOptionValue(name);
      if (val !== null && option2.parseArg) {
        val = this._callParseArg(option2, val, oldValue, invalidValueMessage);
      } else if (val !== null && option2.variadic) {
        val = option2._collectValue(val, oldValue);
      }
      if (val == null) {
        if (option2.negate) {
          val = false;
        } else if (option2.isBoolean() || option2.optional) {
          val = true;
        } else {
          val = "";
        }
      }
      this.setOptionValueWithSource(name, val, valueSource);
    };
    this.on("option:" + oname, (val) => {
      const invalidValueMessage = `error: option '${option2.flags}' argument '${val}' is invalid.`;
      handleOptionValue(val, invalidValueMessage, "cli");
    });
    if (option2.envVar) {
      this.on("optionEnv:" + oname, (val) => {
        const invalidValueMessage = `error: option '${option2.flags}' value '${val}' from env '${option2.envVar}' is invalid.`;
        handleOptionValue(val, invalidValueMessage, "env");
      });
    }
    return this;
  }
  /**
   * Internal implementation shared by .option() and .requiredOption()
   *
   * @return {Command} `this` command for chaining
   * @private
   */
  _optionEx(config, flags2, description, fn, defaultValue) {
    if (typeof flags2 === "object" && flags2 instanceof Option) {
      throw new Error(
        "To add an Option object use addOption() instead of option() or requiredOption()"
      );
    }
    const option2 = this.createOption(flags2, description);
    option2.makeOptionMandatory(!!config.mandatory);
    if (typeof fn === "function") {
      option2.default(defaultValue).argParser(fn);
    } else if (fn instanceof RegExp) {
      const regex = fn;
      fn = (val, def) => {
        const m = regex.exec(val);
        return m ? m[0] : def;
      };
      option2.default(defaultValue).argParser(fn);
    } else {
      option2.default(fn);
    }
    return this.addOption(option2);
  }
  /**
   * Define option with `flags`, `description`, and optional argument parsing function or `defaultValue` or both.
   *
   * The `flags` string contains the short and/or long flags, separated by comma, a pipe or space. A required
   * option-argument is indicated by `<>` and an optional option-argument by `[]`.
   *
   * See the README for more details, and see also addOption() and requiredOption().
   *
   * @example
   * program
   *     .option('-p, --pepper', 'add pepper')
   *     .option('--pt, --pizza-type <TYPE>', 'type of pizza') // required option-argument
   *     .option('-c, --cheese [CHEESE]', 'add extra cheese', 'mozzarella') // optional option-argument with default
   *     .option('-t, --tip <VALUE>', 'add tip to purchase cost', parseFloat) // custom parse function
   *
   * @param {string} flags
   * @param {string} [description]
   * @param {(Function|*)} [parseArg] - custom option processing function or default value
   * @param {*} [defaultValue]
   * @return {Command} `this` command for chaining
   */
  option(flags2, description, parseArg, defaultValue) {
    return this._optionEx({}, flags2, description, parseArg, defaultValue);
  }
  /**
   * Add a required option which must have a value after parsing. This usually means
   * the option must be specified on the command line. (Otherwise the same as .option().)
   *
   * The `flags` string contains the short and/or long flags, separated by comma, a pipe or space.
   *
   * @param {string} flags
   * @param {string} [description]
   * @param {(Function|*)} [parseArg] - custom option processing function or default value
   * @param {*} [defaultValue]
   * @return {Command} `this` command for chaining
   */
  requiredOption(flags2, description, parseArg, defaultValue) {
    return this._optionEx(
      { mandatory: true },
      flags2,
      description,
      parseArg,
      defaultValue
    );
  }
  /**
   * Alter parsing of short flags with optional values.
   *
   * @example
   * // for `.option('-f,--flag [value]'):
   * program.combineFlagAndOptionalValue(true);  // `-f80` is treated like `--flag=80`, this is the default behaviour
   * program.combineFlagAndOptionalValue(false) // `-fb` is treated like `-f -b`
   *
   * @param {boolean} [combine] - if `true` or omitted, an optional value can be specified directly after the flag.
   * @return {Command} `this` command for chaining
   */
  combineFlagAndOptionalValue(combine = true) {
    this._combineFlagAndOptionalValue = !!combine;
    return this;
  }
  /**
   * Allow unknown options on the command line.
   *
   * @param {boolean} [allowUnknown] - if `true` or omitted, no error will be thrown for unknown options.
   * @return {Command} `this` command for chaining
   */
  allowUnknownOption(allowUnknown = true) {
    this._allowUnknownOption = !!allowUnknown;
    return this;
  }
  /**
   * Allow excess command-arguments on the command line. Pass false to make excess arguments an error.
   *
   * @param {boolean} [allowExcess] - if `true` or omitted, no error will be thrown for excess arguments.
   * @return {Command} `this` command for chaining
   */
  allowExcessArguments(allowExcess = true) {
    this._allowExcessArguments = !!allowExcess;
    return this;
  }
  /**
   * Enable positional options. Positional means global options are specified before subcommands which lets
   * subcommands reuse the same option names, and also enables subcommands to turn on passThroughOptions.
   * The default behaviour is non-positional and global options may appear anywhere on the command line.
   *
   * @param {boolean} [positional]
   * @return {Command} `this` command for chaining
   */
  enablePositionalOptions(positional = true) {
    this._enablePositionalOptions = !!positional;
    return this;
  }
  /**
   * Pass through options that come after command-arguments rather than treat them as command-options,
   * so actual command-options come before command-arguments. Turning this on for a subcommand requires
   * positional options to have been enabled on the program (parent commands).
   * The default behaviour is non-positional and options may appear before or after command-arguments.
   *
   * @param {boolean} [passThrough] for unknown options.
   * @return {Command} `this` command for chaining
   */
  passThroughOptions(passThrough = true) {
    this._passThroughOptions = !!passThrough;
    this._checkForBrokenPassThrough();
    return this;
  }
  /**
   * @private
   */
  _checkForBrokenPassThrough() {
    if (this.parent && this._passThroughOptions && !this.parent._enablePositionalOptions) {
      throw new Error(
        `passThroughOptions cannot be used for '${this._name}' without turning on enablePositionalOptions for parent command(s)`
      );
    }
  }
  /**
   * Whether to store option values as properties on command object,
   * or store separately (specify false). In both cases the option values can be accessed using .opts().
   *
   * @param {boolean} [storeAsProperties=true]
   * @return {Command} `this` command for chaining
   */
  storeOptionsAsProperties(storeAsProperties = true) {
    if (this.options.length) {
      throw new Error("call .storeOptionsAsProperties() before adding options");
    }
    if (Object.keys(this._optionValues).length) {
      throw new Error(
        "call .storeOptionsAsProperties() before setting option values"
      );
    }
    this._storeOptionsAsProperties = !!storeAsProperties;
    return this;
  }
  /**
   * Retrieve option value.
   *
   * @param {string} key
   * @return {object} value
   */
  getOptionValue(key2) {
    if (this._storeOptionsAsProperties) {
      return this[key2];
    }
    return this._optionValues[key2];
  }
  /**
   * Store option value.
   *
   * @param {string} key
   * @param {object} value
   * @return {Command} `this` command for chaining
   */
  setOptionValue(key2, value) {
    return this.setOptionValueWithSource(key2, value, void 0);
  }
  /**
   * Store option value and where the value came from.
   *
   * @param {string} key
   * @param {object} value
   * @param {string} source - expected values are default/config/env/cli/implied
   * @return {Command} `this` command for chaining
   */
  setOptionValueWithSource(key2, value, source) {
    if (this._storeOptionsAsProperties) {
      this[key2] = value;
    } else {
      this._optionValues[key2] = value;
    }
    this._optionValueSources[key2] = source;
    return this;
  }
  /**
   * Get source of option value.
   * Expected values are default | config | env | cli | implied
   *
   * @param {string} key
   * @return {string}
   */
  getOptionValueSource(key2) {
    return this._optionValueSources[key2];
  }
  /**
   * Get source of option value. See also .optsWithGlobals().
   * Expected values are default | config | env | cli | implied
   *
   * @param {string} key
   * @return {string}
   */
  getOptionValueSourceWithGlobals(key2) {
    let source;
    this._getCommandAndAncestors().forEach((cmd) => {
      if (Object.hasOwn(cmd._optionValueSources, key2)) {
        source = cmd.getOptionValueSource(key2);
      }
    });
    return source;
  }
  /**
   * Get user arguments from implied or explicit arguments.
   * Side-effects: set _scriptPath if args included script. Used for default program name, and subcommand searches.
   *
   * @private
   */
  _prepareUserArgs(argv, parseOptions) {
    if (argv !== void 0 && !Array.isArray(argv)) {
      throw new Error("first parameter to parse must be array or undefined");
    }
    parseOptions = parseOptions || {};
    if (argv === void 0 && parseOptions.from === void 0) {
      if (process2.versions?.electron) {
        parseOptions.from = "electron";
      }
      const execArgv = process2.execArgv ?? [];
      if (execArgv.includes("-e") || execArgv.includes("--eval") || execArgv.includes("-p") || execArgv.includes("--print")) {
        parseOptions.from = "eval";
      }
    }
    if (argv === void 0) {
      argv = process2.argv;
    }
    this.rawArgs = argv.slice();
    let userArgs;
    switch (parseOptions.from) {
      case void 0:
      case "node":
        this._scriptPath = argv[1];
        userArgs = argv.slice(2);
        break;
      case "electron":
        if (process2.defaultApp) {
          this._scriptPath = argv[1];
          userArgs = argv.slice(2);
        } else {
          userArgs = argv.slice(1);
        }
        break;
      case "user":
        userArgs = argv.slice(0);
        break;
      case "eval":
        userArgs = argv.slice(1);
        break;
      default:
        throw new Error(
          `unexpected parse option { from: '${parseOptions.from}' }`
        );
    }
    if (!this._name && this._scriptPath)
      this.nameFromFilename(this._scriptPath);
    this._name = this._name || "program";
    return userArgs;
  }
  /**
   * Parse `argv`, setting options and invoking commands when defined.
   *
   * Use parseAsync instead of parse if any of your action handlers are async.
   *
   * Call with no parameters to parse `process.argv`. Detects Electron and special node options like `node --eval`. Easy mode!
   *
   * Or call with an array of strings to parse, and optionally where the user arguments start by specifying where the arguments are `from`:
   * - `'node'`: default, `argv[0]` is the application and `argv[1]` is the script being run, with user arguments after that
   * - `'electron'`: `argv[0]` is the application and `argv[1]` varies depending on whether the electron application is packaged
   * - `'user'`: just user arguments
   *
   * @example
   * program.parse(); // parse process.argv and auto-detect electron and special node flags
   * program.parse(process.argv); // assume argv[0] is app and argv[1] is script
   * program.parse(my-args, { from: 'user' }); // just user supplied arguments, nothing special about argv[0]
   *
   * @param {string[]} [argv] - optional, defaults to process.argv
   * @param {object} [parseOptions] - optionally specify style of options with from: node/user/electron
   * @param {string} [parseOptions.from] - where the args are from: 'node', 'user', 'electron'
   * @return {Command} `this` command for chaining
   */
  parse(argv, parseOptions) {
    this._prepareForParse();
    const userArgs = this._prepareUserArgs(argv, parseOptions);
    this._parseCommand([], userArgs);
    return this;
  }
  /**
   * Parse `argv`, setting options and invoking commands when defined.
   *
   * Call with no parameters to parse `process.argv`. Detects Electron and special node options like `node --eval`. Easy mode!
   *
   * Or call with an array of strings to parse, and optionally where the user arguments start by specifying where the arguments are `from`:
   * - `'node'`: default, `argv[0]` is the application and `argv[1]` is the script being run, with user arguments after that
   * - `'electron'`: `argv[0]` is the application and `argv[1]` varies depending on whether the electron application is packaged
   * - `'user'`: just user arguments
   *
   * @example
   * await program.parseAsync(); // parse process.argv and auto-detect electron and special node flags
   * await program.parseAsync(process.argv); // assume argv[0] is app and argv[1] is script
   * await program.parseAsync(my-args, { from: 'user' }); // just user supplied arguments, nothing special about argv[0]
   *
   * @param {string[]} [argv]
   * @param {object} [parseOptions]
   * @param {string} parseOptions.from - where the args are from: 'node', 'user', 'electron'
   * @return {Promise}
   */
  async parseAsync(argv, parseOptions) {
    this._prepareForParse();
    const userArgs = this._prepareUserArgs(argv, parseOptions);
    await this._parseCommand([], userArgs);
    return this;
  }
  _prepareForParse() {
    if (this._savedState === null) {
      this.options.filter(
        (option2) => option2.negate && option2.defaultValue === void 0 && this.getOptionValue(option2.attributeName()) === void 0
      ).forEach((option2) => {
        const positiveLongFlag = option2.long.replace(/^--no-/, "--");
        if (!this._findOption(positiveLongFlag)) {
          this.setOptionValueWithSource(
            option2.attributeName(),
            true,
            "default"
          );
        }
      });
      this.saveStateBeforeParse();
    } else {
      this.restoreStateBeforeParse();
    }
  }
  /**
   * Called the first time parse is called to save state and allow a restore before subsequent calls to parse.
   * Not usually called directly, but available for subclasses to save their custom state.
   *
   * This is called in a lazy way. Only commands used in parsing chain will have state saved.
   */
  saveStateBeforeParse() {
    this._savedState = {
      // name is stable if supplied by author, but may be unspecified for root command and deduced during parsing
      _name: this._name,
      // option values before parse have default values (including false for negated options)
      // shallow clones
      _optionValues: { ...this._optionValues },
      _optionValueSources: { ...this._optionValueSources }
    };
  }
  /**
   * Restore state before parse for calls after the first.
   * Not usually called directly, but available for subclasses to save their custom state.
   *
   * This is called in a lazy way. Only commands used in parsing chain will have state restored.
   */
  restoreStateBeforeParse() {
    if (this._storeOptionsAsProperties)
      throw new Error(`Can not call parse again when storeOptionsAsProperties is true.
- either make a new Command for each call to parse, or stop storing options as properties`);
    this._name = this._savedState._name;
    this._scriptPath = null;
    this.rawArgs = [];
    this._optionValues = { ...this._savedState._optionValues };
    this._optionValueSources = { ...this._savedState._optionValueSources };
    this.args = [];
    this.processedArgs = [];
  }
  /**
   * Throw if expected executable is missing. Add lots of help for author.
   *
   * @param {string} executableFile
   * @param {string} executableDir
   * @param {string} subcommandName
   */
  _checkForMissingExecutable(executableFile, executableDir, subcommandName) {
    if (fs.existsSync(executableFile)) return;
    const executableDirMessage = executableDir ? `searched for local subcommand relative to directory '${executableDir}'` : "no directory for search for local subcommand, use .executableDir() to supply a custom directory";
    const executableMissing = `'${executableFile}' does not exist
 - if '${subcommandName}' is not meant to be an executable command, remove description parameter from '.command()' and use '.description()' instead
 - if the default executable name is not suitable, use the executableFile option to supply a custom name or path
 - ${executableDirMessage}`;
    throw new Error(executableMissing);
  }
  /**
   * Execute a sub-command executable.
   *
   * @private
   */
  _executeSubCommand(subcommand, args) {
    args = args.slice();
    const sourceExt = [".js", ".ts", ".tsx", ".mjs", ".cjs"];
    function findFile(baseDir, baseName2) {
      const localBin = path.resolve(baseDir, baseName2);
      if (fs.existsSync(localBin)) return localBin;
      if (sourceExt.includes(path.extname(baseName2))) return void 0;
      const foundExt = sourceExt.find(
        (ext) => fs.existsSync(`${localBin}${ext}`)
      );
      if (foundExt) return `${localBin}${foundExt}`;
      return void 0;
    }
    this._checkForMissingMandatoryOptions();
    this._checkForConflictingOptions();
    let executableFile = subcommand._executableFile || `${this._name}-${subcommand._name}`;
    let executableDir = this._executableDir || "";
    if (this._scriptPath) {
      let resolvedScriptPath;
      try {
        resolvedScriptPath = fs.realpathSync(this._scriptPath);
      } catch {
        resolvedScriptPath = this._scriptPath;
      }
      executableDir = path.resolve(
        path.dirname(resolvedScriptPath),
        executableDir
      );
    }
    if (executableDir) {
      let localFile2 = findFile(executableDir, executableFile);
      if (!localFile2 && !subcommand._executableFile && this._scriptPath) {
        const legacyName = path.basename(
          this._scriptPath,
          path.extname(this._scriptPath)
        );
        if (legacyName !== this._name) {
          localFile2 = findFile(
            executableDir,
            `${legacyName}-${subcommand._name}`
          );
        }
      }
      executableFile = localFile2 || executableFile;
    }
    const launchWithNode = sourceExt.includes(path.extname(executableFile));
    let proc;
    if (process2.platform !== "win32") {
      if (launchWithNode) {
        args.unshift(executableFile);
        args = incrementNodeInspectorPort(process2.execArgv).concat(args);
        proc = childProcess.spawn(process2.argv[0], args, { stdio: "inherit" });
      } else {
        proc = childProcess.spawn(executableFile, args, { stdio: "inherit" });
      }
    } else {
      this._checkForMissingExecutable(
        executableFile,
        executableDir,
        subcommand._name
      );
      args.unshift(executableFile);
      args = incrementNodeInspectorPort(process2.execArgv).concat(args);
      proc = childProcess.spawn(process2.execPath, args, { stdio: "inherit" });
    }
    if (!proc.killed) {
      const signals = ["SIGUSR1", "SIGUSR2", "SIGTERM", "SIGINT", "SIGHUP"];
      signals.forEach((signal) => {
        process2.on(signal, () => {
          if (proc.killed === false && proc.exitCode === null) {
            proc.kill(signal);
          }
        });
      });
    }
    const exitCallback = this._exitCallback;
    proc.on("close", (code) => {
      code = code ?? 1;
      if (!exitCallback) {
        process2.exit(code);
      } else {
        exitCallback(
          new CommanderError(
            code,
            "commander.executeSubCommandAsync",
            "(close)"
          )
        );
      }
    });
    proc.on("error", (err) => {
      if (err.code === "ENOENT") {
        this._checkForMissingExecutable(
          executableFile,
          executableDir,
          subcommand._name
        );
      } else if (err.code === "EACCES") {
        throw new Error(`'${executableFile}' not executable`);
      }
      if (!exitCallback) {
        process2.exit(1);
      } else {
        const wrappedError = new CommanderError(
          1,
          "commander.executeSubCommandAsync",
          "(error)"
        );
        wrappedError.nestedError = err;
        exitCallback(wrappedError);
      }
    });
    this.runningCommand = proc;
  }
  /**
   * @private
   */
  _dispatchSubcommand(commandName, operands, unknown) {
    const subCommand = this._findCommand(commandName);
    if (!subCommand) this.help({ error: true });
    subCommand._prepareForParse();
    let promiseChain;
    promiseChain = this._chainOrCallSubCommandHook(
      promiseChain,
      subCommand,
      "preSubcommand"
    );
    promiseChain = this._chainOrCall(promiseChain, () => {
      if (subCommand._executableHandler) {
        this._executeSubCommand(subCommand, operands.concat(unknown));
      } else {
        return subCommand._parseCommand(operands, unknown);
      }
    });
    return promiseChain;
  }
  /**
   * Invoke help directly if possible, or dispatch if necessary.
   * e.g. help foo
   *
   * @private
   */
  _dispatchHelpCommand(subcommandName) {
    if (!subcommandName) {
      this.help();
    }
    const subCommand = this._findCommand(subcommandName);
    if (subCommand && !subCommand._executableHandler) {
      subCommand.help();
    }
    return this._dispatchSubcommand(
      subcommandName,
      [],
      [this._getHelpOption()?.long ?? this._getHelpOption()?.short ?? "--help"]
    );
  }
  /**
   * Check this.args against expected this.registeredArguments.
   *
   * @private
   */
  _checkNumberOfArguments() {
    this.registeredArguments.forEach((arg, i) => {
      if (arg.required && this.args[i] == null) {
        this.missingArgument(arg.name());
      }
    });
    if (this.registeredArguments.length > 0 && this.registeredArguments[this.registeredArguments.length - 1].variadic) {
      return;
    }
    if (this.args.length > this.registeredArguments.length) {
      this._excessArguments(this.args);
    }
  }
  /**
   * Process this.args using this.registeredArguments and save as this.processedArgs!
   *
   * @private
   */
  _processArguments() {
    const myParseArg = (argument, value, previous) => {
      let parsedValue = value;
      if (value !== null && argument.parseArg) {
        const invalidValueMessage = `error: command-argument value '${value}' is invalid for argument '${argument.name()}'.`;
        parsedValue = this._callParseArg(
          argument,
          value,
          previous,
          invalidValueMessage
        );
      }
      return parsedValue;
    };
    this._checkNumberOfArguments();
    const processedArgs = [];
    this.registeredArguments.forEach((declaredArg, index) => {
      let value = declaredArg.defaultValue;
      if (declaredArg.variadic) {
        if (index < this.args.length) {
          value = this.args.slice(index);
          if (declaredArg.parseArg) {
            value = value.reduce((processed, v) => {
              return myParseArg(declaredArg, v, processed);
            }, declaredArg.defaultValue);
          }
        } else if (value === void 0) {
          value = [];
        }
      } else if (index < this.args.length) {
        value = this.args[index];
        if (declaredArg.parseArg) {
          value = myParseArg(declaredArg, value, declaredArg.defaultValue);
        }
      }
      processedArgs[index] = value;
    });
    this.processedArgs = processedArgs;
  }
  /**
   * Once we have a promise we chain, but call synchronously until then.
   *
   * @param {(Promise|undefined)} promise
   * @param {Function} fn
   * @return {(Promise|undefined)}
   * @private
   */
  _chainOrCall(promise, fn) {
    if (promise?.then && typeof promise.then === "function") {
      return promise.then(() => fn());
    }
    return fn();
  }
  /**
   *
   * @param {(Promise|undefined)} promise
   * @param {string} event
   * @return {(Promise|undefined)}
   * @private
   */
  _chainOrCallHooks(promise, event) {
    let result = promise;
    const hooks = [];
    this._getCommandAndAncestors().reverse().filter((cmd) => cmd._lifeCycleHooks[event] !== void 0).forEach((hookedCommand) => {
      hookedCommand._lifeCycleHooks[event].forEach((callback) => {
        hooks.push({ hookedCommand, callback });
      });
    });
    if (event === "postAction") {
      hooks.reverse();
    }
    hooks.forEach((hookDetail) => {
      result = this._chainOrCall(result, () => {
        return hookDetail.callback(hookDetail.hookedCommand, this);
      });
    });
    return result;
  }
  /**
   *
   * @param {(Promise|undefined)} promise
   * @param {Command} subCommand
   * @param {string} event
   * @return {(Promise|undefined)}
   * @private
   */
  _chainOrCallSubCommandHook(promise, subCommand, event) {
    let result = promise;
    if (this._lifeCycleHooks[event] !== void 0) {
      this._lifeCycleHooks[event].forEach((hook) => {
        result = this._chainOrCall(result, () => {
          return hook(this, subCommand);
        });
      });
    }
    return result;
  }
  /**
   * Process arguments in context of this command.
   * Returns action result, in case it is a promise.
   *
   * @private
   */
  _parseCommand(operands, unknown) {
    const parsed = this.parseOptions(unknown);
    this._parseOptionsEnv();
    this._parseOptionsImplied();
    operands = operands.concat(parsed.operands);
    unknown = parsed.unknown;
    this.args = operands.concat(unknown);
    if (operands && this._findCommand(operands[0])) {
      return this._dispatchSubcommand(operands[0], operands.slice(1), unknown);
    }
    if (this._getHelpCommand() && operands[0] === this._getHelpCommand().name()) {
      return this._dispatchHelpCommand(operands[1]);
    }
    if (this._defaultCommandName) {
      this._outputHelpIfRequested(unknown);
      return this._dispatchSubcommand(
        this._defaultCommandName,
        operands,
        unknown
      );
    }
    if (this.commands.length && this.args.length === 0 && !this._actionHandler && !this._defaultCommandName) {
      this.help({ error: true });
    }
    this._outputHelpIfRequested(parsed.unknown);
    this._checkForMissingMandatoryOptions();
    this._checkForConflictingOptions();
    const checkForUnknownOptions = () => {
      if (parsed.unknown.length > 0) {
        this.unknownOption(parsed.unknown[0]);
      }
    };
    const commandEvent = `command:${this.name()}`;
    if (this._actionHandler) {
      checkForUnknownOptions();
      this._processArguments();
      let promiseChain;
      promiseChain = this._chainOrCallHooks(promiseChain, "preAction");
      promiseChain = this._chainOrCall(
        promiseChain,
        () => this._actionHandler(this.processedArgs)
      );
      if (this.parent) {
        promiseChain = this._chainOrCall(promiseChain, () => {
          this.parent.emit(commandEvent, operands, unknown);
        });
      }
      promiseChain = this._chainOrCallHooks(promiseChain, "postAction");
      return promiseChain;
    }
    if (this.parent?.listenerCount(commandEvent)) {
      checkForUnknownOptions();
      this._processArguments();
      this.parent.emit(commandEvent, operands, unknown);
    } else if (operands.length) {
      if (this._findCommand("*")) {
        return this._dispatchSubcommand("*", operands, unknown);
      }
      if (this.listenerCount("command:*")) {
        this.emit("command:*", operands, unknown);
      } else if (this.commands.length) {
        this.unknownCommand();
      } else {
        checkForUnknownOptions();
        this._processArguments();
      }
    } else if (this.commands.length) {
      checkForUnknownOptions();
      this.help({ error: true });
    } else {
      checkForUnknownOptions();
      this._processArguments();
    }
  }
  /**
   * Find matching command.
   *
   * @private
   * @return {Command | undefined}
   */
  _findCommand(name) {
    if (!name) return void 0;
    return this.commands.find(
      (cmd) => cmd._name === name || cmd._aliases.includes(name)
    );
  }
  /**
   * Return an option matching `arg` if any.
   *
   * @param {string} arg
   * @return {Option}
   * @package
   */
  _findOption(arg) {
    return this.options.find((option2) => option2.is(arg));
  }
  /**
   * Display an error message if a mandatory option does not have a value.
   * Called after checking for help flags in leaf subcommand.
   *
   * @private
   */
  _checkForMissingMandatoryOptions() {
    this._getCommandAndAncestors().forEach((cmd) => {
      cmd.options.forEach((anOption) => {
        if (anOption.mandatory && cmd.getOptionValue(anOption.attributeName()) === void 0) {
          cmd.missingMandatoryOptionValue(anOption);
        }
      });
    });
  }
  /**
   * Display an error message if conflicting options are used together in this.
   *
   * @private
   */
  _checkForConflictingLocalOptions() {
    const definedNonDefaultOptions = this.options.filter((option2) => {
      const optionKey = option2.attributeName();
      if (this.getOptionValue(optionKey) === void 0) {
        return false;
      }
      return this.getOptionValueSource(optionKey) !== "default";
    });
    const optionsWithConflicting = definedNonDefaultOptions.filter(
      (option2) => option2.conflictsWith.length > 0
    );
    optionsWithConflicting.forEach((option2) => {
      const conflictingAndDefined = definedNonDefaultOptions.find(
        (defined) => option2.conflictsWith.includes(defined.attributeName())
      );
      if (conflictingAndDefined) {
        this._conflictingOption(option2, conflictingAndDefined);
      }
    });
  }
  /**
   * Display an error message if conflicting options are used together.
   * Called after checking for help flags in leaf subcommand.
   *
   * @private
   */
  _checkForConflictingOptions() {
    this._getCommandAndAncestors().forEach((cmd) => {
      cmd._checkForConflictingLocalOptions();
    });
  }
  /**
   * Parse options from `argv` removing known options,
   * and return argv split into operands and unknown arguments.
   *
   * Side effects: modifies command by storing options. Does not reset state if called again.
   *
   * Examples:
   *
   *     argv => operands, unknown
   *     --known kkk op => [op], []
   *     op --known kkk => [op], []
   *     sub --unknown uuu op => [sub], [--unknown uuu op]
   *     sub -- --unknown uuu op => [sub --unknown uuu op], []
   *
   * @param {string[]} args
   * @return {{operands: string[], unknown: string[]}}
   */
  parseOptions(args) {
    const operands = [];
    const unknown = [];
    let dest = operands;
    function maybeOption(arg) {
      return arg.length > 1 && arg[0] === "-";
    }
    const negativeNumberArg = (arg) => {
      if (!/^-(\d+|\d*\.\d+)([eE][+-]?\d+)?$/.test(arg)) return false;
      return !this._getCommandAndAncestors().some(
        (cmd) => cmd.options.map((opt) => opt.short).some((short) => /^-\d$/.test(short))
      );
    };
    let activeVariadicOption = null;
    let activeGroup = null;
    let i = 0;
    while (i < args.length || activeGroup) {
      const arg = activeGroup ?? args[i++];
      activeGroup = null;
      if (arg === "--") {
        if (dest === unknown) dest.push(arg);
        dest.push(...args.slice(i));
        break;
      }
      if (activeVariadicOption && (!maybeOption(arg) || negativeNumberArg(arg))) {
        this.emit(`option:${activeVariadicOption.name()}`, arg);
        continue;
      }
      activeVariadicOption = null;
      if (maybeOption(arg)) {
        const option2 = this._findOption(arg);
        if (option2) {
          if (option2.required) {
            const value = args[i++];
            if (value === void 0) this.optionMissingArgument(option2);
            this.emit(`option:${option2.name()}`, value);
          } else if (option2.optional) {
            let value = null;
            if (i < args.length && (!maybeOption(args[i]) || negativeNumberArg(args[i]))) {
              value = args[i++];
            }
            this.emit(`option:${option2.name()}`, value);
          } else {
            this.emit(`option:${option2.name()}`);
          }
          activeVariadicOption = option2.variadic ? option2 : null;
          continue;
        }
      }
      if (arg.length > 2 && arg[0] === "-" && arg[1] !== "-") {
        const option2 = this._findOption(`-${arg[1]}`);
        if (option2) {
          if (option2.required || option2.optional && this._combineFlagAndOptionalValue) {
            this.emit(`option:${option2.name()}`, arg.slice(2));
          } else {
            this.emit(`option:${option2.name()}`);
            activeGroup = `-${arg.slice(2)}`;
          }
          continue;
        }
      }
      if (/^--[^=]+=/.test(arg)) {
        const index = arg.indexOf("=");
        const option2 = this._findOption(arg.slice(0, index));
        if (option2 && (option2.required || option2.optional)) {
          this.emit(`option:${option2.name()}`, arg.slice(index + 1));
          continue;
        }
      }
      if (dest === operands && maybeOption(arg) && !(this.commands.length === 0 && negativeNumberArg(arg))) {
        dest = unknown;
      }
      if ((this._enablePositionalOptions || this._passThroughOptions) && operands.length === 0 && unknown.length === 0) {
        if (this._findCommand(arg)) {
          operands.push(arg);
          unknown.push(...args.slice(i));
          break;
        } else if (this._getHelpCommand() && arg === this._getHelpCommand().name()) {
          operands.push(arg, ...args.slice(i));
          break;
        } else if (this._defaultCommandName) {
          unknown.push(arg, ...args.slice(i));
          break;
        }
      }
      if (this._passThroughOptions) {
        dest.push(arg, ...args.slice(i));
        break;
      }
      dest.push(arg);
    }
    return { operands, unknown };
  }
  /**
   * Return an object containing local option values as key-value pairs.
   *
   * @return {object}
   */
  opts() {
    if (this._storeOptionsAsProperties) {
      const result = {};
      const len = this.options.length;
      for (let i = 0; i < len; i++) {
        const key2 = this.options[i].attributeName();
        result[key2] = key2 === this._versionOptionName ? this._version : this[key2];
      }
      return result;
    }
    return this._optionValues;
  }
  /**
   * Return an object containing merged local and global option values as key-value pairs.
   *
   * @return {object}
   */
  optsWithGlobals() {
    return this._getCommandAndAncestors().reduce(
      (combinedOptions, cmd) => Object.assign(combinedOptions, cmd.opts()),
      {}
    );
  }
  /**
   * Display error message and exit (or call exitOverride).
   *
   * @param {string} message
   * @param {object} [errorOptions]
   * @param {string} [errorOptions.code] - an id string representing the error
   * @param {number} [errorOptions.exitCode] - used with process.exit
   */
  error(message, errorOptions) {
    this._outputConfiguration.outputError(
      `${message}
`,
      this._outputConfiguration.writeErr
    );
    if (typeof this._showHelpAfterError === "string") {
      this._outputConfiguration.writeErr(`${this._showHelpAfterError}
`);
    } else if (this._showHelpAfterError) {
      this._outputConfiguration.writeErr("\n");
      this.outputHelp({ error: true });
    }
    const config = errorOptions || {};
    const exitCode = config.exitCode || 1;
    const code = config.code || "commander.error";
    this._exit(exitCode, code, message);
  }
  /**
   * Apply any option related environment variables, if option does
   * not have a value from cli or client code.
   *
   * @private
   */
  _parseOptionsEnv() {
    this.options.forEach((option2) => {
      if (option2.envVar && option2.envVar in process2.env) {
        const optionKey = option2.attributeName();
        if (this.getOptionValue(optionKey) === void 0 || ["default", "config", "env"].includes(
          this.getOptionValueSource(optionKey)
        )) {
          if (option2.required || option2.optional) {
            this.emit(`optionEnv:${option2.name()}`, process2.env[option2.envVar]);
          } else {
            this.emit(`optionEnv:${option2.name()}`);
          }
        }
      }
    });
  }
  /**
   * Apply any implied option values, if option is undefined or default value.
   *
   * @private
   */
  _parseOptionsImplied() {
    const dualHelper = new DualOptions(this.options);
    const hasCustomOptionValue = (optionKey) => {
      return this.getOptionValue(optionKey) !== void 0 && !["default", "implied"].includes(this.getOptionValueSource(optionKey));
    };
    this.options.filter(
      (option2) => option2.implied !== void 0 && hasCustomOptionValue(option2.attributeName()) && dualHelper.valueFromOption(
        this.getOptionValue(option2.attributeName()),
        option2
      )
    ).forEach((option2) => {
      Object.keys(option2.implied).filter((impliedKey) => !hasCustomOptionValue(impliedKey)).forEach((impliedKey) => {
        this.setOptionValueWithSource(
          impliedKey,
          option2.implied[impliedKey],
          "implied"
        );
      });
    });
  }
  /**
   * Argument `name` is missing.
   *
   * @param {string} name
   * @private
   */
  missingArgument(name) {
    const message = `error: missing required argument '${name}'`;
    this.error(message, { code: "commander.missingArgument" });
  }
  /**
   * `Option` is missing an argument.
   *
   * @param {Option} option
   * @private
   */
  optionMissingArgument(option2) {
    const message = `error: option '${option2.flags}' argument missing`;
    this.error(message, { code: "commander.optionMissingArgument" });
  }
  /**
   * `Option` does not have a value, and is a mandatory option.
   *
   * @param {Option} option
   * @private
   */
  missingMandatoryOptionValue(option2) {
    const message = `error: required option '${option2.flags}' not specified`;
    this.error(message, { code: "commander.missingMandatoryOptionValue" });
  }
  /**
   * `Option` conflicts with another option.
   *
   * @param {Option} option
   * @param {Option} conflictingOption
   * @private
   */
  _conflictingOption(option2, conflictingOption) {
    const findBestOptionFromValue = (option3) => {
      const optionKey = option3.attributeName();
      const optionValue = this.getOptionValue(optionKey);
      const negativeOption = this.options.find(
        (target) => target.negate && optionKey === target.attributeName()
      );
      const positiveOption = this.options.find(
        (target) => !target.negate && optionKey === target.attributeName()
      );
      if (negativeOption && (negativeOption.presetArg === void 0 && optionValue === false || negativeOption.presetArg !== void 0 && optionValue === negativeOption.presetArg)) {
        return negativeOption;
      }
      return positiveOption || option3;
    };
    const getErrorMessage = (option3) => {
      const bestOption = findBestOptionFromValue(option3);
      const optionKey = bestOption.attributeName();
      const source = this.getOptionValueSource(optionKey);
      if (source === "env") {
        return `environment variable '${bestOption.envVar}'`;
      }
      return `option '${bestOption.flags}'`;
    };
    const message = `error: ${getErrorMessage(option2)} cannot be used with ${getErrorMessage(conflictingOption)}`;
    this.error(message, { code: "commander.conflictingOption" });
  }
  /**
   * Unknown option `flag`.
   *
   * @param {string} flag
   * @private
   */
  unknownOption(flag) {
    if (this._allowUnknownOption) return;
    let suggestion = "";
    if (flag.startsWith("--") && this._showSuggestionAfterError) {
      let candidateFlags = [];
      let command = this;
      do {
        const moreFlags = command.createHelp().visibleOptions(command).filter((option2) => option2.long).map((option2) => option2.long);
        candidateFlags = candidateFlags.concat(moreFlags);
        command = command.parent;
      } while (command && !command._enablePositionalOptions);
      suggestion = suggestSimilar(flag, candidateFlags);
    }
    const message = `error: unknown option '${flag}'${suggestion}`;
    this.error(message, { code: "commander.unknownOption" });
  }
  /**
   * Excess arguments, more than expected.
   *
   * @param {string[]} receivedArgs
   * @private
   */
  _excessArguments(receivedArgs) {
    if (this._allowExcessArguments) return;
    const expected = this.registeredArguments.length;
    const s = expected === 1 ? "" : "s";
    const received = receivedArgs.length;
    const forSubcommand = this.parent ? ` for '${this.name()}'` : "";
    const details = receivedArgs.join(", ");
    const message = `error: too many arguments${forSubcommand}. Expected ${expected} argument${s} but got ${received}: ${details}.`;
    this.error(message, { code: "commander.excessArguments" });
  }
  /**
   * Unknown command.
   *
   * @private
   */
  unknownCommand() {
    const unknownName = this.args[0];
    let suggestion = "";
    if (this._showSuggestionAfterError) {
      const candidateNames = [];
      this.createHelp().visibleCommands(this).forEach((command) => {
        candidateNames.push(command.name());
        if (command.alias()) candidateNames.push(command.alias());
      });
      suggestion = suggestSimilar(unknownName, candidateNames);
    }
    const message = `error: unknown command '${unknownName}'${suggestion}`;
    this.error(message, { code: "commander.unknownCommand" });
  }
  /**
   * Get or set the program version.
   *
   * This method auto-registers the "-V, --version" option which will print the version number.
   *
   * You can optionally supply the flags and description to override the defaults.
   *
   * @param {string} [str]
   * @param {string} [flags]
   * @param {string} [description]
   * @return {(this | string | undefined)} `this` command for chaining, or version string if no arguments
   */
  version(str, flags2, description) {
    if (str === void 0) return this._version;
    this._version = str;
    flags2 = flags2 || "-V, --version";
    description = description || "output the version number";
    const versionOption = this.createOption(flags2, description);
    this._versionOptionName = versionOption.attributeName();
    this._registerOption(versionOption);
    this.on("option:" + versionOption.name(), () => {
      this._outputConfiguration.writeOut(`${str}
`);
      this._exit(0, "commander.version", str);
    });
    return this;
  }
  /**
   * Set the description.
   *
   * @param {string} [str]
   * @param {object} [argsDescription]
   * @return {(string|Command)}
   */
  description(str, argsDescription) {
    if (str === void 0 && argsDescription === void 0)
      return this._description;
    this._description = str;
    if (argsDescription) {
      this._argsDescription = argsDescription;
    }
    return this;
  }
  /**
   * Set the summary. Used when listed as subcommand of parent.
   *
   * @param {string} [str]
   * @return {(string|Command)}
   */
  summary(str) {
    if (str === void 0) return this._summary;
    this._summary = str;
    return this;
  }
  /**
   * Set an alias for the command.
   *
   * You may call more than once to add multiple aliases. Only the first alias is shown in the auto-generated help.
   *
   * @param {string} [alias]
   * @return {(string|Command)}
   */
  alias(alias) {
    if (alias === void 0) return this._aliases[0];
    let command = this;
    if (this.commands.length !== 0 && this.commands[this.commands.length - 1]._executableHandler) {
      command = this.commands[this.commands.length - 1];
    }
    if (alias === command._name)
      throw new Error("Command alias can't be the same as its name");
    const matchingCommand = this.parent?._findCommand(alias);
    if (matchingCommand) {
      const existingCmd = [matchingCommand.name()].concat(matchingCommand.aliases()).join("|");
      throw new Error(
        `cannot add alias '${alias}' to command '${this.name()}' as already have command '${existingCmd}'`
      );
    }
    command._aliases.push(alias);
    return this;
  }
  /**
   * Set aliases for the command.
   *
   * Only the first alias is shown in the auto-generated help.
   *
   * @param {string[]} [aliases]
   * @return {(string[]|Command)}
   */
  aliases(aliases) {
    if (aliases === void 0) return this._aliases;
    aliases.forEach((alias) => this.alias(alias));
    return this;
  }
  /**
   * Set / get the command usage `str`.
   *
   * @param {string} [str]
   * @return {(string|Command)}
   */
  usage(str) {
    if (str === void 0) {
      if (this._usage) return this._usage;
      const args = this.registeredArguments.map((arg) => {
        return humanReadableArgName(arg);
      });
      return [].concat(
        this.options.length || this._helpOption !== null ? "[options]" : [],
        this.commands.length ? "[command]" : [],
        this.registeredArguments.length ? args : []
      ).join(" ");
    }
    this._usage = str;
    return this;
  }
  /**
   * Get or set the name of the command.
   *
   * @param {string} [str]
   * @return {(string|Command)}
   */
  name(str) {
    if (str === void 0) return this._name;
    this._name = str;
    return this;
  }
  /**
   * Set/get the help group heading for this subcommand in parent command's help.
   *
   * @param {string} [heading]
   * @return {Command | string}
   */
  helpGroup(heading) {
    if (heading === void 0) return this._helpGroupHeading ?? "";
    this._helpGroupHeading = heading;
    return this;
  }
  /**
   * Set/get the default help group heading for subcommands added to this command.
   * (This does not override a group set directly on the subcommand using .helpGroup().)
   *
   * @example
   * program.commandsGroup('Development Commands:');
   * program.command('watch')...
   * program.command('lint')...
   * ...
   *
   * @param {string} [heading]
   * @returns {Command | string}
   */
  commandsGroup(heading) {
    if (heading === void 0) return this._defaultCommandGroup ?? "";
    this._defaultCommandGroup = heading;
    return this;
  }
  /**
   * Set/get the default help group heading for options added to this command.
   * (This does not override a group set directly on the option using .helpGroup().)
   *
   * @example
   * program
   *   .optionsGroup('Development Options:')
   *   .option('-d, --debug', 'output extra debugging')
   *   .option('-p, --profile', 'output profiling information')
   *
   * @param {string} [heading]
   * @returns {Command | string}
   */
  optionsGroup(heading) {
    if (heading === void 0) return this._defaultOptionGroup ?? "";
    this._defaultOptionGroup = heading;
    return this;
  }
  /**
   * @param {Option} option
   * @private
   */
  _initOptionGroup(option2) {
    if (this._defaultOptionGroup && !option2.helpGroupHeading)
      option2.helpGroup(this._defaultOptionGroup);
  }
  /**
   * @param {Command} cmd
   * @private
   */
  _initCommandGroup(cmd) {
    if (this._defaultCommandGroup && !cmd.helpGroup())
      cmd.helpGroup(this._defaultCommandGroup);
  }
  /**
   * Set the name of the command from script filename, such as process.argv[1],
   * or import.meta.filename.
   *
   * (Used internally and public although not documented in README.)
   *
   * @example
   * program.nameFromFilename(import.meta.filename);
   *
   * @param {string} filename
   * @return {Command}
   */
  nameFromFilename(filename) {
    this._name = path.basename(filename, path.extname(filename));
    return this;
  }
  /**
   * Get or set the directory for searching for executable subcommands of this command.
   *
   * @example
   * program.executableDir(import.meta.dirname);
   * // or
   * program.executableDir('subcommands');
   *
   * @param {string} [path]
   * @return {(string|null|Command)}
   */
  executableDir(path15) {
    if (path15 === void 0) return this._executableDir;
    this._executableDir = path15;
    return this;
  }
  /**
   * Return program help documentation.
   *
   * @param {{ error: boolean }} [contextOptions] - pass {error:true} to wrap for stderr instead of stdout
   * @return {string}
   */
  helpInformation(contextOptions) {
    const helper = this.createHelp();
    const context = this._getOutputContext(contextOptions);
    helper.prepareContext({
      error: context.error,
      helpWidth: context.helpWidth,
      outputHasColors: context.hasColors
    });
    const text2 = helper.formatHelp(this, helper);
    if (context.hasColors) return text2;
    return this._outputConfiguration.stripColor(text2);
  }
  /**
   * @typedef HelpContext
   * @type {object}
   * @property {boolean} error
   * @property {number} helpWidth
   * @property {boolean} hasColors
   * @property {function} write - includes stripColor if needed
   *
   * @returns {HelpContext}
   * @private
   */
  _getOutputContext(contextOptions) {
    contextOptions = contextOptions || {};
    const error = !!contextOptions.error;
    let baseWrite;
    let hasColors;
    let helpWidth;
    if (error) {
      baseWrite = (str) => this._outputConfiguration.writeErr(str);
      hasColors = this._outputConfiguration.getErrHasColors();
      helpWidth = this._outputConfiguration.getErrHelpWidth();
    } else {
      baseWrite = (str) => this._outputConfiguration.writeOut(str);
      hasColors = this._outputConfiguration.getOutHasColors();
      helpWidth = this._outputConfiguration.getOutHelpWidth();
    }
    const write = (str) => {
      if (!hasColors) str = this._outputConfiguration.stripColor(str);
      return baseWrite(str);
    };
    return { error, write, hasColors, helpWidth };
  }
  /**
   * Output help information for this command.
   *
   * Outputs built-in help, and custom text added using `.addHelpText()`.
   *
   * @param {{ error: boolean } | Function} [contextOptions] - pass {error:true} to write to stderr instead of stdout
   */
  outputHelp(contextOptions) {
    let deprecatedCallback;
    if (typeof contextOptions === "function") {
      deprecatedCallback = contextOptions;
      contextOptions = void 0;
    }
    const outputContext = this._getOutputContext(contextOptions);
    const eventContext = {
      error: outputContext.error,
      write: outputContext.write,
      command: this
    };
    this._getCommandAndAncestors().reverse().forEach((command) => command.emit("beforeAllHelp", eventContext));
    this.emit("beforeHelp", eventContext);
    let helpInformation = this.helpInformation({ error: outputContext.error });
    if (deprecatedCallback) {
      helpInformation = deprecatedCallback(helpInformation);
      if (typeof helpInformation !== "string" && !Buffer.isBuffer(helpInformation)) {
        throw new Error("outputHelp callback must return a string or a Buffer");
      }
    }
    outputContext.write(helpInformation);
    if (this._getHelpOption()?.long) {
      this.emit(this._getHelpOption().long);
    }
    this.emit("afterHelp", eventContext);
    this._getCommandAndAncestors().forEach(
      (command) => command.emit("afterAllHelp", eventContext)
    );
  }
  /**
   * You can pass in flags and a description to customise the built-in help option.
   * Pass in false to disable the built-in help option.
   *
   * @example
   * program.helpOption('-?, --help', 'show help'); // customise
   * program.helpOption(false); // disable
   *
   * @param {(string | boolean)} flags
   * @param {string} [description]
   * @return {Command} `this` command for chaining
   */
  helpOption(flags2, description) {
    if (typeof flags2 === "boolean") {
      if (flags2) {
        if (this._helpOption === null) this._helpOption = void 0;
        if (this._defaultOptionGroup) {
          this._initOptionGroup(this._getHelpOption());
        }
      } else {
        this._helpOption = null;
      }
      return this;
    }
    this._helpOption = this.createOption(
      flags2 ?? "-h, --help",
      description ?? "display help for command"
    );
    if (flags2 || description) this._initOptionGroup(this._helpOption);
    return this;
  }
  /**
   * Lazy create help option.
   * Returns null if has been disabled with .helpOption(false).
   *
   * @returns {(Option | null)} the help option
   * @package
   */
  _getHelpOption() {
    if (this._helpOption === void 0) {
      this.helpOption(void 0, void 0);
    }
    return this._helpOption;
  }
  /**
   * Supply your own option to use for the built-in help option.
   * This is an alternative to using helpOption() to customise the flags and description etc.
   *
   * @param {Option} option
   * @return {Command} `this` command for chaining
   */
  addHelpOption(option2) {
    this._helpOption = option2;
    this._initOptionGroup(option2);
    return this;
  }
  /**
   * Output help information and exit.
   *
   * Outputs built-in help, and custom text added using `.addHelpText()`.
   *
   * @param {{ error: boolean }} [contextOptions] - pass {error:true} to write to stderr instead of stdout
   */
  help(contextOptions) {
    this.outputHelp(contextOptions);
    let exitCode = Number(process2.exitCode ?? 0);
    if (exitCode === 0 && contextOptions && typeof contextOptions !== "function" && contextOptions.error) {
      exitCode = 1;
    }
    this._exit(exitCode, "commander.help", "(outputHelp)");
  }
  /**
   * // Do a little typing to coordinate emit and listener for the help text events.
   * @typedef HelpTextEventContext
   * @type {object}
   * @property {boolean} error
   * @property {Command} command
   * @property {function} write
   */
  /**
   * Add additional text to be displayed with the built-in help.
   *
   * Position is 'before' or 'after' to affect just this command,
   * and 'beforeAll' or 'afterAll' to affect this command and all its subcommands.
   *
   * @param {string} position - before or after built-in help
   * @param {(string | Function)} text - string to add, or a function returning a string
   * @return {Command} `this` command for chaining
   */
  addHelpText(position, text2) {
    const allowedValues = ["beforeAll", "before", "after", "afterAll"];
    if (!allowedValues.includes(position)) {
      throw new Error(`Unexpected value for position to addHelpText.
Expecting one of '${allowedValues.join("', '")}'`);
    }
    const helpEvent = `${position}Help`;
    this.on(helpEvent, (context) => {
      let helpStr;
      if (typeof text2 === "function") {
        helpStr = text2({ error: context.error, command: context.command });
      } else {
        helpStr = text2;
      }
      if (helpStr) {
        context.write(`${helpStr}
`);
      }
    });
    return this;
  }
  /**
   * Output help information if help flags specified
   *
   * @param {Array} args - array of options to search for help flags
   * @private
   */
  _outputHelpIfRequested(args) {
    const helpOption = this._getHelpOption();
    const helpRequested = helpOption && args.find((arg) => helpOption.is(arg));
    if (helpRequested) {
      this.outputHelp();
      this._exit(0, "commander.helpDisplayed", "(outputHelp)");
    }
  }
};
function incrementNodeInspectorPort(args) {
  return args.map((arg) => {
    if (!arg.startsWith("--inspect")) {
      return arg;
    }
    let debugOption;
    let debugHost = "127.0.0.1";
    let debugPort = "9229";
    let match;
    if ((match = arg.match(/^(--inspect(-brk|-wait)?)$/)) !== null) {
      debugOption = match[1];
    } else if ((match = arg.match(
      /^(--inspect(-brk|-port|-wait)?)=(\[[^\]]+\]|[^:]+)$/
    )) !== null) {
      debugOption = match[1];
      if (/^\d+$/.test(match[3])) {
        debugPort = match[3];
      } else {
        debugHost = match[3];
      }
    } else if ((match = arg.match(
      /^(--inspect(-brk|-port|-wait)?)=(\[[^\]]+\]|[^:]+):(\d+)$/
    )) !== null) {
      debugOption = match[1];
      debugHost = match[3];
      debugPort = match[4];
    }
    if (debugOption && debugPort !== "0") {
      return `${debugOption}=${debugHost}:${parseInt(debugPort) + 1}`;
    }
    return arg;
  });
}
function useColor() {
  if (process2.env.NO_COLOR || process2.env.FORCE_COLOR === "0" || process2.env.FORCE_COLOR === "false")
    return false;
  if (process2.env.FORCE_COLOR || process2.env.CLICOLOR_FORCE !== void 0)
    return true;
  return void 0;
}

// node_modules/commander/index.js
var program = new Command();

// src/nix.ts
init_errors();

// src/system/files.ts
init_errors();
init_inside();
init_read_bytes();
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

// src/nix.ts
init_printable();

// src/system/system-error.ts
init_errors();
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
  EROFS: "the file system is read-only; use one that can be written",
  ENOENT: "it does not exist; create it",
  ENOTDIR: "a part of its path is not a folder; correct the path",
  EISDIR: "it is a folder and not a file; correct the path",
  EEXIST: "it exists already; delete it",
  ENOTEMPTY: "the folder is not empty; delete what is in it",
  ELOOP: "links lead in a circle; correct them",
  ENAMETOOLONG: "the name is too long; use a shorter one",
  ENXIO: "it is a device or pipe without a partner; name a file",
  EBUSY: "it is in use; run it again later",
  EXDEV: "two folders are on different file systems; use one",
  EIO: "the disk or the network drive failed; check it",
  ENODEV: "it is a device that cannot be used this way; name a file",
  ETXTBSY: "the program is being written; run it again later",
  EPIPE: "the reader of a pipe has ended; run it again"
};
function asUserError(error) {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  const { code = "", path: path15, syscall } = error;
  const cause = causes[code];
  if (cause !== void 0 && syscall !== void 0) {
    const place = path15 === void 0 ? "" : ` '${path15.slice(0, 300)}'`;
    return new UserError("system-error", `${syscall}${place} failed (${code}): ${cause}.`, {
      cause: error
    });
  }
  if (isTooLarge(error))
    return new UserError(
      "too-large",
      `What has to be held in memory is too large (${error.message}); look for the file of the input that is.`,
      { cause: error }
    );
  return error;
}
var isTooLarge = (error) => error.code === "ERR_STRING_TOO_LONG" || error.code === "ERR_BUFFER_TOO_LARGE" || error instanceof RangeError && /Invalid string length|Array buffer allocation|Maximum call stack|Invalid array length/.test(
  error.message
);

// src/nix.ts
var program2 = new Command("uv-fod-nix").description("What the Nix library runs inside builds.").showHelpAfterError();
program2.command("fetch").description("download a plan's wheels into a fixed output").requiredOption("--project <dir>", "folder of uv.lock").requiredOption("--target <file>", "declared target, as JSON").requiredOption("--out <dir>", "the output").action(async (options) => {
  const { fetchInto: fetchInto2 } = await Promise.resolve().then(() => (init_inside_nix(), inside_nix_exports));
  await fetchInto2(options, readText, network, say);
});
program2.command("git").description("write a commit's own files into a fixed output").requiredOption("--url <url>", "http, https or ssh address of the repository").requiredOption("--commit <id>", "40 hexadecimal digits").requiredOption("--out <dir>", "the output").action(async ({ url, commit: commit2, out }) => {
  const [{ fetchGitTree: fetchGitTree2 }, { makeRun: makeRun2 }] = await Promise.all([
    Promise.resolve().then(() => (init_git_tree(), git_tree_exports)),
    Promise.resolve().then(() => (init_exec2(), exec_exports))
  ]);
  await fetchGitTree2({ url, commit: commit2 }, out, makeRun2(definedOnly(process.env)));
});
program2.command("check").description("stop a build whose fixed output or build lock was made from another lock").requiredOption("--project <dir>", "folder of uv.lock").requiredOption("--deps <dir>", "the fixed output").requiredOption("--build-lock <file>", "uv-fod.lock.json").requiredOption("--requirements <file>", "where to write the pinned requirements of everything to install").action(async (options) => {
  const { checkSource: checkSource2 } = await Promise.resolve().then(() => (init_inside_nix2(), inside_nix_exports2));
  await checkSource2(options, readText);
});
function say(line) {
  process.stderr.write(`${harmless(`uv-fod: ${line}`)}
`);
}
async function network() {
  const { networkFrom: networkFrom2 } = await Promise.resolve().then(() => (init_network_settings(), network_settings_exports));
  return networkFrom2(process.env);
}
function definedOnly(environment) {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => value === void 0 ? [] : [[name, value]])
  );
}
try {
  await program2.parseAsync();
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
