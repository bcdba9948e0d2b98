import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  chooseIndex,
  indexReleases
} from "./cli-ZT4KYRZO.js";
import {
  failureCause,
  isUnsetHash,
  lineOf,
  literalAt,
  literalsOf,
  replaceLiteral,
  unsetHashAt,
  unsetHashesOf,
  update
} from "./cli-6DBLPORS.js";
import "./cli-3XAO52CX.js";
import {
  loadProject,
  parseLock
} from "./cli-RVWXTTCK.js";
import "./cli-DFWMD6VS.js";
import {
  diffLocks,
  planProject,
  wheelBytes
} from "./cli-7SRZJZCQ.js";
import {
  normalizeName
} from "./cli-OHOPGCTD.js";
import {
  evaluate,
  evaluateJson,
  failureText,
  mismatches,
  nixArguments,
  nixBuild
} from "./cli-TUTISH7G.js";
import "./cli-AXHGOBYU.js";
import {
  require_compare,
  require_range,
  require_semver
} from "./cli-Z3GSRBLK.js";
import "./cli-6XMUJN7B.js";
import {
  compare,
  explain,
  satisfies,
  valid
} from "./cli-7ZNRW3FN.js";
import {
  pathInCheckout
} from "./cli-2KK763IQ.js";
import {
  folderOf,
  nameOf,
  placeOf,
  whereOf
} from "./cli-V4KKH4VT.js";
import "./cli-2WUOKQML.js";
import {
  printable
} from "./cli-SAIMFLME.js";
import "./cli-LFF2VU6M.js";
import "./cli-PPCW4ZUN.js";
import "./cli-VBNZCJLK.js";
import {
  noSuchProgram
} from "./cli-K5Q4PDHT.js";
import {
  joinEdits,
  onTop
} from "./cli-L3R5K4AM.js";
import {
  applyEdits
} from "./cli-62WX6F5M.js";
import "./cli-ZAMFTIJM.js";
import "./cli-RIK2B44O.js";
import {
  UserError
} from "./cli-RULA4YQZ.js";
import {
  __callDispose,
  __commonJS,
  __toESM,
  __using
} from "./cli-FPE3P3E7.js";

// node_modules/semver/functions/parse.js
var require_parse = __commonJS({
  "node_modules/semver/functions/parse.js"(exports, module) {
    "use strict";
    var SemVer = require_semver();
    var parse = (version, options, throwErrors = false) => {
      if (version instanceof SemVer) {
        return version;
      }
      try {
        return new SemVer(version, options);
      } catch (er) {
        if (!throwErrors) {
          return null;
        }
        throw er;
      }
    };
    module.exports = parse;
  }
});

// node_modules/semver/functions/prerelease.js
var require_prerelease = __commonJS({
  "node_modules/semver/functions/prerelease.js"(exports, module) {
    "use strict";
    var parse = require_parse();
    var prerelease2 = (version, options) => {
      const parsed2 = parse(version, options);
      return parsed2 && parsed2.prerelease.length ? parsed2.prerelease : null;
    };
    module.exports = prerelease2;
  }
});

// node_modules/semver/functions/satisfies.js
var require_satisfies = __commonJS({
  "node_modules/semver/functions/satisfies.js"(exports, module) {
    "use strict";
    var Range = require_range();
    var satisfies3 = (version, range, options) => {
      try {
        range = new Range(range, options);
      } catch (er) {
        return false;
      }
      return range.test(version);
    };
    module.exports = satisfies3;
  }
});

// node_modules/semver/functions/valid.js
var require_valid = __commonJS({
  "node_modules/semver/functions/valid.js"(exports, module) {
    "use strict";
    var parse = require_parse();
    var valid3 = (version, options) => {
      const v = parse(version, options);
      return v ? v.version : null;
    };
    module.exports = valid3;
  }
});

// src/bump/changes.ts
var Changes = class {
  #read;
  #journal;
  #files = /* @__PURE__ */ new Map();
  /** @param journal learns of each step before it is taken */
  constructor(read, journal) {
    this.#read = read;
    this.#journal = journal;
  }
  /** @throws UserError `file-missing` */
  async read(file) {
    const text = this.#files.get(file)?.now ?? await this.#read(file);
    if (text !== void 0) return text;
    throw new UserError("file-missing", `There is no file ${file}; correct its path in the configuration.`);
  }
  async write(file, text) {
    const now = await this.read(file);
    if (text === now) return;
    const before = this.#files.get(file)?.before ?? now;
    await this.#journal?.write([...this.edits(), { file, before, after: text }]);
    await applyEdits([{ file, before: now, after: text }]);
    this.#files.set(file, { before, now: text });
  }
  /** Files that are not as they were. */
  edits() {
    return [...this.#files].flatMap(
      ([file, { before, now }]) => before === now ? [] : [{ file, before, after: now }]
    );
  }
  /** Puts every file back. */
  async undo() {
    const back = this.edits().map(({ file, before, after }) => ({
      file,
      before: after,
      after: before ?? ""
    }));
    await applyEdits(back);
    this.#files.clear();
    await this.#journal?.clear();
  }
  /** Settles what was changed: nothing will put it back. */
  async keep() {
    await this.#journal?.clear();
  }
};

// src/bump/facts.ts
var fileOf = (set) => `(let at = ${set}.meta.position or null; in if at == null then null else builtins.head (builtins.match "(.*):[0-9]+" at))`;
function packageFacts(where, run) {
  return evaluate2(
    where,
    run,
    `{
      version = package.version or "";
      position = builtins.unsafeGetAttrPos "version" package;
      revision = package.src.rev or null;
      hasFetchedSource = (package.src.outputHash or null) != null;
      file = ${fileOf("package")};
    }`
  );
}
function outputFacts(where, attribute, run) {
  return evaluate2(
    where,
    run,
    `let drv = ${select(attribute)}; in {
      hash = drv.outputHash or null;
      algorithm = drv.outputHashAlgo or null;
      drv = builtins.unsafeDiscardStringContext drv.drvPath;
      out = builtins.unsafeDiscardStringContext drv.outPath;
      positions = builtins.filter (at: at != null) (
        [ (drv.uvFod.position or null) ] ++ map (name: builtins.unsafeGetAttrPos name drv) ${hashNames}
      );
      file = ${fileOf("drv")};
    }`
  );
}
var hashNames = '[ "hash" "outputHash" "sha256" "sha512" "vendorHash" "cargoHash" "npmDepsHash" ]';
function stringFacts(where, attribute, run) {
  const parts = attribute.split(".");
  const name = parts.pop() ?? "";
  const parent = parts.join(".");
  return evaluate2(
    where,
    run,
    `let set = ${parent === "" && attribute.startsWith(".") ? "package" : select(parent)}; in {
      value = toString (step set "${checked(name)}");
      position = builtins.unsafeGetAttrPos "${name}" set;
    }`
  );
}
async function outputPath(where, attribute, hash, run) {
  const body = `let drv = ${select(attribute)}; in builtins.unsafeDiscardStringContext (derivation {
    inherit (drv) name;
    system = "any";
    builder = "none";
    outputHash = "${checked(hash)}";
    outputHashMode = drv.outputHashMode or "flat";
  }).outPath`;
  return evaluate2(where, run, body);
}
function select(attribute) {
  const root = attribute.startsWith(".") ? "package" : "root";
  const names2 = attribute.split(".").filter((name) => name !== "");
  return `(builtins.foldl' step ${root} [ ${names2.map((name) => `"${checked(name)}"`).join(" ")} ])`;
}
function checked(text) {
  if (/^[\w'+/=-]+$/.test(text)) return text;
  throw new Error(`not to be written into a Nix expression: ${JSON.stringify(text)}`);
}
async function evaluate2(where, run, body) {
  const result = await evaluateJson(where, body, run);
  if ("value" in result) return result.value;
  if (result.code === noSuchProgram)
    throw new UserError(
      "nix-missing",
      "There is no nix-instantiate on PATH: install Nix in a step before this one."
    );
  const missing2 = /error: uv-fod:no-attribute:([\w'-]+)/.exec(result.stderr)?.[1];
  if (missing2 !== void 0)
    throw new UserError(
      "attribute-missing",
      `There is no attribute '${missing2}' in ${nameOf(where)}, where the configuration of '${where.attribute}' says so; correct the path. One that begins with a dot starts at the package.`,
      placeOf(where)
    );
  throw new UserError(
    "evaluation-failed",
    `Nix can't evaluate '${where.attribute}' of ${nameOf(where)}: ${failureText(result.stderr)}. Mend the expression; the whole message is in the log.`,
    { ...placeOf(where), log: result.stderr }
  );
}

// src/bump/fixed-output.ts
import { access } from "node:fs/promises";
import path3 from "node:path";

// src/bump/build.ts
var limits = ["--timeout", "10800", "--max-silent-time", "3600"];
var SHOWN = 12;
async function hashFromNothing(attribute, drv, bench) {
  const result = await build(attribute, [], `from nothing`, bench);
  const found = mismatches(result.stderr);
  const own = found.find((one) => one.drv === drv);
  if (own) return own.got;
  const [other] = found;
  if (other) throw outOfOrder(attribute, other, result);
  throw failed(attribute, "can not be fetched", result);
}
async function hashOfSecondRun(attribute, bench) {
  let result = await build(attribute, ["--check"], "a second time", bench);
  if (/not valid, so checking is not possible/.test(result.stderr)) {
    const brought = await build(attribute, [], "with its new hash", bench);
    if (brought.code !== 0) throw failed(attribute, "does not build with its new hash", brought);
    result = await build(attribute, ["--check"], "a second time", bench);
  }
  if (result.code === 0) return void 0;
  const { drv } = await outputFacts(bench.where, attribute, bench.run);
  const second = mismatches(result.stderr).find((one) => one.drv === drv)?.got;
  if (second === void 0) throw failed(attribute, "failed when it was fetched a second time", result);
  return second;
}
function build(attribute, flags, how, bench) {
  const { where, run, log } = bench;
  const title = `Nix: '${attribute}' of '${where.attribute}', ${how}`;
  return nixBuild([...limits, ...flags, ...nixArguments(where, select(attribute))], { run, log }, title);
}
function notReproducible(attribute, [first, second], found) {
  const shown = (found ?? []).slice(0, SHOWN).map(({ path: path7, how }) => `${path7 === "" ? "the file itself" : printable(path7)} (${how})`);
  const more = found && found.length > SHOWN ? `, and ${found.length - SHOWN} more` : "";
  const files = shown.length === 0 ? "Which files differ can not be told" : `What differs: ${shown.join(", ")}${more}`;
  return new UserError(
    "not-reproducible",
    `'${attribute}' gave two hashes in two runs, ${first} and ${second}, so neither is worth anything: a later build would fail. ${files}. Make it fetch the same bytes each time (no times, no logs, no caches in its output), then run this again. Nothing was changed.`
  );
}
function outOfOrder(attribute, { drv, got }, { stderr }) {
  const name = drv.replace(/^.*\/[a-z0-9]{32}-/, "").replace(/\.drv$/, "");
  return new UserError(
    "output-order",
    `'${attribute}' needs another fixed output whose hash is not right any more, ${name} (it is now ${got}). List that one before '${attribute}' under 'also' in the configuration. Nothing was changed.`,
    { log: stderr }
  );
}
function failed(attribute, what, { stderr }) {
  return new UserError(
    "fetch-failed",
    `'${attribute}' ${what}, so there is no new hash: ${failureCause(stderr).replace(/\.$/, "")}. Nothing was changed. Mend that and run again; what the build printed is in the log.`,
    { log: stderr }
  );
}

// src/bump/differences.ts
import { lstat, open, readdir, readlink } from "node:fs/promises";
import path from "node:path";
var MAX_FOUND = 200;
var CHUNK = 1 << 20;
async function differences(first, second) {
  const found = [];
  const open2 = [""];
  for (let at = open2.pop(); at !== void 0 && found.length < MAX_FOUND; at = open2.pop()) {
    const [left, right] = [path.join(first, at), path.join(second, at)];
    const [one, other] = await Promise.all([stat(left), stat(right)]);
    const how = await differ(left, one, right, other);
    if (how !== void 0) found.push({ path: at, how });
    else if (one?.isDirectory()) open2.push(...(await names(left, right)).map((name) => path.join(at, name)));
  }
  return found.sort((a, b) => a.path < b.path ? -1 : 1);
}
var stat = (file) => lstat(file).catch(() => void 0);
async function names(left, right) {
  const [one, other] = await Promise.all([readdir(left), readdir(right)]);
  return [.../* @__PURE__ */ new Set([...one, ...other])].sort().reverse();
}
async function differ(left, one, right, other) {
  if (!one || !other) return one ? "only in the first" : "only in the second";
  if (kindOf(one) !== kindOf(other)) return "other kind";
  if (one.isSymbolicLink())
    return await readlink(left) === await readlink(right) ? void 0 : "other target";
  if (!one.isFile()) return void 0;
  if (one.size !== other.size) return "other size";
  if ((one.mode & 64) !== (other.mode & 64)) return "other x bit";
  return await sameBytes(left, right) ? void 0 : "other bytes";
}
function kindOf(stats) {
  if (stats.isDirectory()) return "folder";
  return stats.isSymbolicLink() ? "symlink" : "file";
}
async function sameBytes(left, right) {
  var _stack = [];
  try {
    const one = __using(_stack, await open(left), true);
    const other = __using(_stack, await open(right), true);
    const [a, b] = [Buffer.alloc(CHUNK), Buffer.alloc(CHUNK)];
    for (; ; ) {
      const [{ bytesRead: read }, { bytesRead: same }] = await Promise.all([one.read(a), other.read(b)]);
      if (read !== same || !a.subarray(0, read).equals(b.subarray(0, same))) return false;
      if (read === 0) return true;
    }
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}

// src/bump/place.ts
import path2 from "node:path";

// src/bump/json.ts
function jsonStringAt(text, pointer) {
  JSON.parse(text);
  let at = skipBlank(text, 0);
  for (const token of pointer.split("/").slice(1)) {
    const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
    const found = text[at] === "{" ? member(text, at, name) : text[at] === "[" ? item(text, at, name) : void 0;
    if (found === void 0) return void 0;
    at = found;
  }
  if (text[at] !== '"') return void 0;
  const end = skipString(text, at);
  return { start: at, end, value: JSON.parse(text.slice(at, end)) };
}
function member(text, open2, name) {
  let found;
  for (let at = skipBlank(text, open2 + 1); text[at] === '"'; ) {
    const end = skipString(text, at);
    const isIt = JSON.parse(text.slice(at, end)) === name;
    const value = skipBlank(text, skipBlank(text, end) + 1);
    if (isIt && found !== void 0) return void 0;
    if (isIt) found = value;
    at = afterComma(text, skipValue(text, value));
  }
  return found;
}
function item(text, open2, index) {
  if (!/^(0|[1-9]\d{0,8})$/.test(index)) return void 0;
  let at = skipBlank(text, open2 + 1);
  for (let left = Number(index); text[at] !== "]" && at < text.length; left--) {
    if (left === 0) return at;
    at = afterComma(text, skipValue(text, at));
  }
  return void 0;
}
function afterComma(text, end) {
  const at = skipBlank(text, end);
  return text[at] === "," ? skipBlank(text, at + 1) : at;
}
function skipBlank(text, from) {
  let at = from;
  while (" 	\r\n".includes(text[at] ?? "!")) at++;
  return at;
}
function skipString(text, from) {
  let at = from + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}
function skipValue(text, from) {
  let depth = 0;
  for (let at = from; at < text.length; ) {
    const character = text[at] ?? "";
    if (depth === 0 && at > from && ",]} 	\r\n".includes(character)) return at;
    if (character === '"') at = skipString(text, at);
    else {
      if ("[{".includes(character)) depth++;
      if ("]}".includes(character)) depth--;
      at++;
    }
    if (depth === 0 && ']}"'.includes(text[at - 1] ?? "")) return at;
  }
  return text.length;
}

// src/bump/place.ts
async function findLiteral(sought, root, changes) {
  const [bound] = await placesAt(
    sought.positions,
    (text, at) => withValue(literalAt(text, at), sought.value),
    root,
    changes
  );
  if (bound) return bound;
  const files = filesOf(sought, root);
  for (const file of files) {
    const text = await changes.read(file);
    const [first, ...others] = literalsOf(text, sought.value);
    if (first && others.length > 0) throw ambiguous(sought, file, text, [first, ...others]);
    if (first) return placeOf2(file, text, first, changes);
  }
  throw missing(sought, root);
}
var withValue = (literal, value) => literal?.value === value ? literal : void 0;
async function placesAt(positions, read, root, changes) {
  const found = [];
  for (const position of positions) {
    if (position === null || !isInside(root, position.file)) continue;
    const text = await changes.read(position.file);
    const literal = read(text, position);
    if (literal) found.push(placeOf2(position.file, text, literal, changes));
  }
  return found;
}
async function placesIn(files, read, changes) {
  const found = [];
  for (const file of files) {
    const text = await changes.read(file);
    found.push(...read(text).map((literal) => placeOf2(file, text, literal, changes)));
  }
  return found;
}
function filesOf({ files, positions }, root) {
  const all = [...files, ...positions.map((position) => position?.file)];
  return [...new Set(all)].filter((file) => typeof file === "string" && isInside(root, file));
}
async function findJson(file, pointer, sought, changes) {
  const text = await changes.read(file);
  const found = parsed(file, () => jsonStringAt(text, pointer));
  if (found?.value !== sought.value)
    throw new UserError(
      "literal-missing",
      `${file} should have ${sought.what}, '${sought.value}', at ${pointer}, but there is ${found ? `'${found.value.slice(0, 100)}'` : "no string"}. Correct the pointer in the configuration, or the file.`,
      { at: { file } }
    );
  return {
    file,
    line: lineOf(text, found.start),
    replace: async (value) => {
      const now = await changes.read(file);
      const place = jsonStringAt(now, pointer) ?? found;
      await changes.write(file, now.slice(0, place.start) + JSON.stringify(value) + now.slice(place.end));
    }
  };
}
function parsed(file, read) {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError("json-syntax", `${file} is not valid JSON: ${error.message}. Mend it.`, {
      at: { file },
      cause: error
    });
  }
}
function isInside(root, file) {
  const relative = path2.relative(root, file);
  return relative !== "" && relative !== ".." && !relative.startsWith(`..${path2.sep}`) && !path2.isAbsolute(relative);
}
function placeOf2(file, text, literal, changes) {
  let { end } = literal;
  const { start } = literal;
  return {
    file,
    line: lineOf(text, start),
    // Between two replacements only this literal changes.
    replace: async (value) => {
      const now = await changes.read(file);
      const after = replaceLiteral(now, { start, end, value: "" }, value);
      end += after.length - now.length;
      await changes.write(file, after);
    }
  };
}
function ambiguous({ what, value }, file, text, found) {
  const lines = found.map(({ start }) => lineOf(text, start));
  return new UserError(
    "literal-ambiguous",
    `${file} has "${value}", ${what}, ${found.length} times (lines ${lines.join(", ")}), and Nix does not tell which one counts. Name its place in the configuration, or write the others differently.`,
    { at: { file, line: lines[0] ?? 1 } }
  );
}
function missing(sought, root) {
  const searched = filesOf(sought, root).map((file) => path2.relative(root, file));
  return new UserError(
    "literal-missing",
    `${sought.what}, "${sought.value}", is not written as a string in ${searched.join(", ") || "a file of this repository"}. Write it there as a literal, not put together from parts, or name the file that has it in the configuration.`
  );
}

// src/bump/fixed-output.ts
var MAX_PLACES = 24;
async function refresh(output, bench) {
  const { attribute } = output;
  const facts = await outputFacts(bench.where, attribute, bench.run);
  const { hash: before } = facts;
  if (before === null)
    throw new UserError(
      "not-fixed-output",
      `'${attribute}' of '${bench.where.attribute}' is no fixed output (it has no outputHash). Name the derivation that is fetched, such as '.src' or '.goModules', in the configuration.`
    );
  const { place, drv } = await withFake(output, facts, before, bench);
  const after = await hashFromNothing(attribute, drv, bench);
  await place.replace(after);
  const second = await hashOfSecondRun(attribute, bench);
  if (second !== void 0)
    throw notReproducible(attribute, [after, second], await differ2(attribute, after, place, bench));
  const { file, line } = place;
  bench.log.info(
    `${attribute}: ${before === after ? `${after}, as before` : `${before || "(none)"} → ${after}`}; a second run gave the same`
  );
  return { attribute, before, after, file, line };
}
async function differ2(attribute, first, place, bench) {
  const { where, run, log } = bench;
  try {
    await place.replace(fakeOf(first, null, 3));
    const { drv } = await outputFacts(where, attribute, run);
    const other = await hashFromNothing(attribute, drv, bench);
    const paths = [first, other].map((hash) => outputPath(where, attribute, hash, run));
    const [left = "", right = ""] = await Promise.all(paths);
    const isHere = await Promise.all([left, right].map(exists));
    return isHere.every(Boolean) ? await differences(left, right) : void 0;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.warning(`What differs can't be told: ${error.message}`);
    return void 0;
  }
}
var exists = (file) => access(file).then(
  () => true,
  () => false
);
async function withFake(output, facts, value, { where, run, root, changes, files }) {
  const what = `the hash of '${output.attribute}'`;
  const sought = { what, value, positions: facts.positions, files: [facts.file, ...files] };
  const places = await placesOfHash(output, sought, root, changes);
  const fake = fakeOf(value, facts.algorithm, 1);
  for (const place of places.slice(0, MAX_PLACES)) {
    const before = await changes.read(place.file);
    await place.replace(fake === value ? fakeOf(value, facts.algorithm, 2) : fake);
    const seen = await outputFacts(where, output.attribute, run).catch(ifUserError);
    if (seen && seen.hash !== value) return { place, drv: seen.drv };
    await changes.write(place.file, before);
  }
  const [first] = places;
  throw first ? notSeen(output.attribute, first) : missing(sought, root);
}
function ifUserError(error) {
  if (!(error instanceof UserError)) throw error;
}
async function placesOfHash({ file, pointer }, sought, root, changes) {
  const named = file === void 0 ? void 0 : path3.join(root, file);
  if (named !== void 0 && pointer !== void 0) return [await findJson(named, pointer, sought, changes)];
  const isUnset = isUnsetHash(sought.value);
  const isIt = (literal) => literal?.value === sought.value ? literal : void 0;
  const bound = await placesAt(
    sought.positions.filter((position) => named === void 0 || position?.file === named),
    (text, at) => isUnset ? unsetHashAt(text, at) : isIt(literalAt(text, at)),
    root,
    changes
  );
  const written = await placesIn(
    named === void 0 ? filesOf(sought, root) : [named],
    (text) => isUnset ? unsetHashesOf(text) : literalsOf(text, sought.value),
    changes
  );
  return [...bound, ...written];
}
var lengths = { sha1: 20, sha256: 32, sha512: 64 };
function fakeOf(hash, algorithm, fill2) {
  const name = /^(sha\d+)-/.exec(hash)?.[1] ?? algorithm ?? "sha256";
  return `${name}-${Buffer.alloc(lengths[name] ?? 32, fill2).toString("base64")}`;
}
function notSeen(attribute, { file, line }) {
  return new UserError(
    "hash-not-seen",
    `${file}:${line} says what the hash of '${attribute}' is, but when it is changed there, Nix does not see it: the hash comes from another place, or is put together. Name that place in the configuration ('file', and 'pointer' where it is JSON).`,
    { at: { file, line } }
  );
}

// src/bump/version.ts
import path4 from "node:path";
async function bumpVersion(bump, run, changes) {
  for (const place of bump.places) await bumpPlace(place, bump, run, changes);
  const { version } = bump.after;
  if ((await packageFacts(bump.where, run)).version !== version) await bumpOwn(bump, changes);
  const seen = (await packageFacts(bump.where, run)).version;
  if (seen === version) return;
  throw new UserError(
    "version-not-seen",
    `The version was changed to ${version}, but Nix still says that '${bump.where.attribute}' is ${seen || "of no version"}. Name the place where it stands under 'version-files' in the configuration.`
  );
}
async function bumpOwn({ where, root, facts, before, after }, changes) {
  const place = await findLiteral(
    {
      what: `the version of '${where.attribute}'`,
      value: before.version,
      positions: [facts.position],
      files: [facts.file, where.file]
    },
    root,
    changes
  );
  await place.replace(after.version);
}
async function bumpPlace(place, bump, run, changes) {
  const { root, where, before, after, facts } = bump;
  if (place.kind === "text") return bumpText(path4.join(root, place.file), place.pattern, bump, changes);
  const [old, now] = [fill(place.value, before), fill(place.value, after)];
  if (place.kind === "json") {
    const file = path4.join(root, place.file);
    return (await findJson(file, place.pointer, { what: "the version", value: old }, changes)).replace(now);
  }
  const { value, position } = await stringFacts(where, place.attribute, run);
  if (value === now) return;
  const sought = {
    what: `'${place.attribute}'`,
    value: old,
    positions: [position],
    files: [facts.file, facts.position?.file, where.file]
  };
  return (await findLiteral(sought, root, changes)).replace(now);
}
async function bumpText(file, pattern, { before, after }, changes) {
  const text = await changes.read(file);
  const old = fill(pattern, before);
  const parts = text.split(old);
  if (parts.length === 2) return changes.write(file, parts.join(fill(pattern, after)));
  throw new UserError(
    parts.length === 1 ? "literal-missing" : "literal-ambiguous",
    `${file} should have '${old}' once, for the pattern '${pattern}' of the configuration, but has it ${parts.length === 1 ? "not at all" : `${parts.length - 1} times`}. Write more of its surroundings into the pattern, or correct the file.`,
    { at: { file } }
  );
}
function fill(template, names2) {
  return template.replace(/\{(version|tag|revision)\}/g, (_, name) => {
    const value = names2[name];
    if (value !== void 0) return value;
    throw new UserError(
      "version-place",
      `'${template}' in the configuration asks for a ${name}, which this package's releases do not have; use {version}, or releases with a ${name}.`
    );
  });
}

// src/bump/bump.ts
async function currentOf(where, run, known) {
  const { version, revision } = await known ?? await packageFacts(where, run);
  return { version, ...revision === null ? {} : { revision } };
}
async function bumpTo(request, { run, log, read, journal }) {
  const { where, root, config, to } = request;
  const opened = await journal(folderOf(where));
  const changes = new Changes(read, opened);
  try {
    const facts = await packageFacts(where, run);
    if (to && isNew(to, facts)) await toVersion(request, facts, to, run, changes);
    const hashes = [];
    const files = [facts.position?.file, facts.file, where.file];
    const bench = { where, root, files, run, log, changes };
    for (const output of outputsOf(config, facts)) hashes.push(await refresh(output, bench));
    const after = to?.version ?? facts.version;
    const edits = changes.edits();
    const settle = { undo: () => changes.undo(), keep: () => changes.keep() };
    return {
      before: facts.version,
      after,
      hashes,
      edits,
      ...settle,
      journal: async () => onTop(opened, edits)
    };
  } catch (error) {
    await changes.undo();
    throw error;
  }
}
function isNew({ version, revision }, facts) {
  return version !== facts.version || revision !== void 0 && revision !== facts.revision;
}
var sourceRevision = { kind: "nix", attribute: ".src.rev", value: "{revision}" };
function placesOf(to, facts, { versionFiles }) {
  const hasRevision = versionFiles.some(
    (place) => (place.kind === "text" ? place.pattern : place.value).includes("{revision}")
  );
  if (to.revision === void 0 || facts.revision === null || hasRevision) return versionFiles;
  return [sourceRevision, ...versionFiles];
}
async function toVersion({ where, root, config }, facts, to, run, changes) {
  if (facts.version === "")
    throw new UserError(
      "version-missing",
      `'${where.attribute}' has no version, so there is none to change. Give the derivation a 'version'.`
    );
  const pattern = tagPattern(config.releases);
  const tag = (version) => pattern && `${pattern.prefix}${version}${pattern.suffix}`;
  await bumpVersion(
    {
      ...{ where, root, facts, places: placesOf(to, facts, config) },
      before: { version: facts.version, tag: tag(facts.version), revision: facts.revision ?? void 0 },
      after: { ...to, tag: to.tag ?? tag(to.version) }
    },
    run,
    changes
  );
}
function tagPattern(releases) {
  const source = releases?.source;
  return source && "tag" in source ? source.tag : void 0;
}
function outputsOf({ sourceHash, hasSource, also }, facts) {
  const own = { attribute: ".src", file: void 0, pointer: void 0 };
  const source = sourceHash ?? (hasSource && facts.hasFetchedSource ? own : void 0);
  return source ? [source, ...also] : [...also];
}

// src/release/order.ts
var import_compare = __toESM(require_compare(), 1);
var import_prerelease = __toESM(require_prerelease(), 1);
var import_satisfies = __toESM(require_satisfies(), 1);
var import_valid = __toESM(require_valid(), 1);
var MAX_LENGTH = 128;
var orders = {
  pep440: {
    name: "PEP 440",
    isVersion: (text) => text.length <= MAX_LENGTH && valid(text) !== null,
    isPrerelease: (version) => explain(version)?.is_prerelease === true,
    compare: (left, right) => compare(left, right),
    satisfies: (version, range) => satisfies(version, range, { prereleases: true })
  },
  semver: {
    name: "semver",
    isVersion: (text) => text.length <= MAX_LENGTH && (0, import_valid.default)(text) !== null,
    isPrerelease: (version) => (0, import_prerelease.default)(version) !== null,
    compare: (left, right) => (0, import_compare.default)(left, right),
    satisfies: (version, range) => (0, import_satisfies.default)(version, range, { includePrerelease: true })
  }
};
function fits(text, pattern) {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === void 0) return text === pattern;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

// src/release/choose.ts
var SHOWN2 = 5;
function chooseRelease(candidates, current, rules, now) {
  const newer = newerThan(candidates, current, rules);
  const held = [];
  const allowed = newer.filter((release) => {
    const why = leftOut(release, rules) ?? tooYoung(release, rules, now);
    if (why !== void 0) held.push({ version: release.version, why });
    return why === void 0;
  });
  const chosen = rules.step === "next" ? allowed[0] : allowed.at(-1);
  if (chosen) return { kind: "release", release: chosen, held };
  return none(current.version, held);
}
function eligible(candidates, current, rules) {
  return newerThan(candidates, current, rules).filter((release) => leftOut(release, rules) === void 0);
}
function chooseHead(head2, current, rules, now) {
  if (current.revision !== void 0 && head2.revision === current.revision)
    return none(current.revision.slice(0, 12), []);
  const why = tooYoung(head2, rules, now);
  if (why === void 0) return { kind: "release", release: head2, held: [] };
  return none(current.version, [{ version: head2.version, why }]);
}
function newerThan(candidates, { version }, rules) {
  const order = orders[rules.order];
  if (!order.isVersion(version)) throw noVersion(version, order);
  return candidates.filter((release) => order.isVersion(release.version) && order.compare(release.version, version) > 0).toSorted((left, right) => order.compare(left.version, right.version));
}
function leftOut({ version, isPrerelease }, rules) {
  const order = orders[rules.order];
  if (!rules.prereleases && (isPrerelease === true || order.isPrerelease(version))) return "is a pre-release";
  if (rules.range !== void 0 && !order.satisfies(version, rules.range)) return `is not in ${rules.range}`;
  const ignored = rules.ignore.find((pattern) => fits(version, pattern));
  return ignored === void 0 ? void 0 : `is ignored (${ignored})`;
}
function tooYoung({ date }, { minimumAge }, now) {
  if (minimumAge === 0) return void 0;
  if (date === void 0) return "has no date, so that its age is not known";
  if (now - date >= minimumAge) return void 0;
  return `is too young before ${new Date(date + minimumAge).toISOString().replace(/\.\d+Z$/, "Z")}`;
}
function none(current, held) {
  if (held.length === 0)
    return { kind: "none", reason: "current", text: `${current} is the newest there is.`, held };
  const shown = held.slice(-SHOWN2).map(({ version, why }) => `${version} ${why}`);
  const more = held.length > SHOWN2 ? `, and ${held.length - SHOWN2} more are left out` : "";
  const text = `Nothing newer than ${current} may be taken: ${shown.join("; ")}${more}.`;
  return { kind: "none", reason: "held-back", text, held };
}
function noVersion(version, order) {
  const other = order === orders.pep440 ? 'order = "semver"' : 'order = "pep440"';
  return new UserError(
    "version-order",
    `The derivation's version '${version}' is none by ${order.name}, so nothing can be said to be newer. Correct it, or set ${other} under 'releases' in the configuration.`
  );
}

// src/release/git.ts
import { mkdtemp, rm } from "node:fs/promises";
import path5 from "node:path";

// src/release/tags.ts
function versionOf(tag, { prefix, suffix }) {
  const isLongEnough = tag.length > prefix.length + suffix.length;
  if (!isLongEnough || !tag.startsWith(prefix) || !tag.endsWith(suffix)) return void 0;
  return tag.slice(prefix.length, tag.length - suffix.length);
}
var tagOf = (version, { prefix, suffix }) => `${prefix}${version}${suffix}`;
function matching(items, tag, pattern, where) {
  const found = items.flatMap((item2) => {
    const version = versionOf(tag(item2), pattern);
    return version === void 0 ? [] : [{ item: item2, version, tag: tag(item2) }];
  });
  if (found.length > 0) return found;
  const some = items.slice(0, 3).map((item2) => `'${printable(tag(item2).slice(0, 60))}'`);
  const has = some.length === 0 ? "has none at all" : `has ${some.join(", ")}`;
  throw new UserError(
    "tag-pattern",
    `No tag in ${where} has the form '${tagOf("{version}", pattern)}'; it ${has}. Correct 'tag' under 'releases' in the configuration, with {version} where the version stands.`
  );
}

// src/release/git.ts
var quiet = { GIT_TERMINAL_PROMPT: "0", GIT_ASKPASS: "true", GIT_ALLOW_PROTOCOL: "https:http:ssh" };
async function gitTags(run, url, tag) {
  const text = await git(run, url, ["ls-remote", "--tags", "--refs", "--", url]);
  const names2 = text.split("\n").flatMap((line) => /^[0-9a-f]+\trefs\/tags\/(.+)$/.exec(line)?.[1] ?? []);
  return matching(names2, (name) => name, tag, url).map(({ version, tag: name }) => ({ version, tag: name }));
}
async function gitCommit(run, url, ref, scratch) {
  const dir = await mkdtemp(path5.join(scratch, "commit-"));
  try {
    await git(run, url, ["init", "--quiet", "--bare", dir]);
    await git(run, url, ["-C", dir, "fetch", "--quiet", "--depth=1", "--filter=tree:0", "--", url, ref]);
    const format = ["--no-patch", "--format=%H %ct", "FETCH_HEAD^{commit}"];
    const [revision = "", seconds = ""] = (await git(run, url, ["-C", dir, "show", ...format])).trim().split(" ");
    return { revision, date: Number(seconds) * 1e3 };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
async function git(run, url, args) {
  const { code, stdout, stderr } = await run("git", args, { env: quiet });
  if (code === 0) return stdout;
  if (code === noSuchProgram)
    throw new UserError("git-missing", "There is no git on PATH: install it in a step before this one.");
  if (/couldn't find remote ref/.test(stderr))
    throw new UserError(
      "releases-not-found",
      `${url} has no '${args.at(-1)}'. Correct 'branch' or 'tag' under 'releases' in the configuration.`
    );
  const said = stderr.split("\n").findLast((line) => line.trim() !== "") ?? "it said nothing";
  throw new UserError(
    "releases-unreachable",
    `git can't read ${url}: ${said.slice(0, 300).replace(/\.$/, "")}. Nothing was changed; correct the address in the configuration, or run this again later.`,
    { log: stderr }
  );
}

// src/release/github.ts
var MAX_NOTES = 2e4;
var MAX_PAGES = 10;
function githubReleases(hub, source) {
  return asked(source, () => source.list === "tags" ? listTags(hub, source) : listReleases(hub, source));
}
async function listReleases(hub, { owner, repo, tag }) {
  const all = [];
  let pages = 0;
  const request = { owner, repo, per_page: 100 };
  for await (const { data } of hub.paginate.iterator(hub.rest.repos.listReleases, request)) {
    all.push(...data);
    pages += 1;
    if (pages === MAX_PAGES) break;
  }
  const published = all.filter(({ draft }) => !draft);
  const where = `the releases of ${owner}/${repo}`;
  return matching(published, (one) => one.tag_name, tag, where).map(({ item: item2, version, tag: name }) => ({
    version,
    tag: name,
    isPrerelease: item2.prerelease,
    ...item2.body ? { notes: item2.body.slice(0, MAX_NOTES) } : {},
    ...item2.published_at ? { date: Date.parse(item2.published_at) } : {}
  }));
}
async function listTags(hub, { owner, repo, tag }) {
  const matchingRefs = (ref) => hub.rest.git.listMatchingRefs({ owner, repo, ref });
  let { data } = await matchingRefs(`tags/${tag.prefix}`);
  if (data.length === 0) ({ data } = await matchingRefs("tags/"));
  const nameOf2 = (ref) => ref.replace(/^refs\/tags\//, "");
  return matching(data, ({ ref }) => nameOf2(ref), tag, `${owner}/${repo}`).map(({ version, tag: name }) => ({
    version,
    tag: name
  }));
}
async function githubTagDate(hub, source, version) {
  return (await commitOf(hub, source, `tags/${tagOf(version, source.tag)}`)).date;
}
function githubHead(hub, of, branch) {
  return commitOf(hub, of, `heads/${branch}`);
}
function commitOf(hub, { owner, repo }, ref) {
  return asked({ owner, repo }, async () => {
    const { data } = await hub.rest.repos.getCommit({ owner, repo, ref, per_page: 1 });
    const date = data.commit.committer?.date ?? data.commit.author?.date ?? "";
    return { revision: data.sha, date: Date.parse(date) };
  });
}
async function asked({ owner, repo }, call) {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Error) || !("status" in error)) throw error;
    const { status } = error;
    const missing2 = status === 404 || status === 422;
    throw new UserError(
      missing2 ? "releases-not-found" : "releases-unreachable",
      missing2 ? `GitHub has no repository ${owner}/${repo}, or not the branch or tag asked for in it, or the token may not see it. Correct 'releases' in the configuration, or give a token that may read that repository.` : `GitHub did not tell the releases of ${owner}/${repo}: ${error.message.split("\n", 1)[0]}. Nothing was changed; run this again later, or with a token whose rate limit is not used up.`,
      { cause: error }
    );
  }
}

// src/release/find.ts
var MAX_DATES = 20;
async function findRelease({ source, rules }, current, parts, now) {
  if (source.kind === "branch") {
    const [at2, tip] = await inOrder(current, head(source, parts));
    return chooseHead(tip, at2, rules, now);
  }
  const [at, candidates] = await inOrder(current, list(source, parts));
  const isDated = rules.minimumAge === 0 || candidates.some(({ date }) => date !== void 0);
  const dated = isDated ? candidates : await withDates(candidates, worthDating(candidates, at, rules), source, parts);
  return chooseRelease(dated, at, rules, now);
}
async function inOrder(first, second) {
  second.catch(() => {
  });
  return [await first, await second];
}
function list(source, parts) {
  switch (source.kind) {
    case "github":
      return parts.hub().then((hub) => githubReleases(hub, source));
    case "git":
      return gitTags(parts.run, source.url, source.tag);
    case "pypi":
      return indexReleases(parts.index, source.name, parts.fetchText);
  }
}
function worthDating(candidates, current, rules) {
  const wanted = eligible(candidates, current, rules);
  return rules.step === "next" ? wanted.slice(0, MAX_DATES) : wanted.slice(-MAX_DATES);
}
async function withDates(candidates, wanted, source, parts) {
  const dates = /* @__PURE__ */ new Map();
  for (const release of wanted) dates.set(release, await dateOf(release, source, parts));
  return candidates.map((release) => {
    const date = dates.get(release);
    return date === void 0 ? release : { ...release, date };
  });
}
async function dateOf({ version }, source, parts) {
  if (source.kind === "github") return githubTagDate(await parts.hub(), source, version);
  if (source.kind !== "git") return void 0;
  const ref = `refs/tags/${tagOf(version, source.tag)}`;
  return (await gitCommit(parts.run, source.url, ref, parts.scratch)).date;
}
async function head({ of, branch, version }, { hub, run, scratch }) {
  const { revision, date } = await (of.kind === "github" ? githubHead(await hub(), of, branch) : gitCommit(run, of.url, `refs/heads/${branch}`, scratch));
  const day = new Date(date).toISOString().slice(0, 10);
  return {
    version: version.replaceAll("{date}", day).replaceAll("{revision}", revision),
    revision,
    date
  };
}

// src/refresh/changes.ts
import path6 from "node:path";
async function lockChanges({ project, spotted, pinned }, older, log) {
  const file = path6.join(older.folder, path6.relative(pinned.project, project.lockFile));
  const text = await older.read(file);
  if (text === void 0) {
    log.info(`There is no older uv.lock to compare with (${older.name}), so the report names no packages.`);
    return void 0;
  }
  try {
    return diffLocks(
      parseLock(text, `${older.name}:uv.lock`),
      project.lock,
      spotted.map(({ target }) => target)
    );
  } catch (error) {
    log.info(
      `The older uv.lock can't be read (${error.message}), so the report names no packages.`
    );
    return void 0;
  }
}
function tellChanges(diff, log) {
  const all = [...diff.added, ...diff.removed, ...diff.changed];
  const ordered = [...all.filter(isDirect), ...all.filter((change) => !isDirect(change))];
  return log.group(
    `uv.lock: ${ordered.length === 1 ? "1 package" : `${ordered.length} packages`} changed`,
    async () => {
      for (const change of ordered) {
        log.info(
          `${change.name} ${versions(change.before)} → ${versions(change.after)}${isDirect(change) ? "" : " (transitive)"}`
        );
      }
      for (const { name, filename } of diff.hashOnly)
        log.warning(`${name}: ${filename} has other bytes under the same version.`);
    }
  );
}
var isDirect = ({ relation }) => relation === "direct";
var versions = (entries) => entries.length === 0 ? "(none)" : entries.map(({ version, source }) => version ?? source ?? "?").join(", ");

// src/refresh/lock-index.ts
function indexOfLock({ packages }, name) {
  const wanted = normalizeName(name) ?? name;
  const counts = /* @__PURE__ */ new Map();
  for (const { name: found, source } of packages) {
    if (source.kind !== "registry") continue;
    if (found === wanted) return source.url;
    counts.set(source.url, (counts.get(source.url) ?? 0) + 1);
  }
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}
async function indexOfDerivation(where, name, { run, log, read }) {
  try {
    const { project } = await evaluate(where, run, log);
    return indexOfLock((await loadProject(project, read)).lock, name);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.info(`The lock's own index can't be told: ${error.message}`);
    return void 0;
  }
}

// src/refresh/older.ts
var olderCommit = (checkout, commit, folder) => ({
  folder,
  read: (file) => checkout.textAt(commit, file),
  name: commit
});
async function olderSource(where, checkout, { run, log, read }) {
  try {
    const { project, version } = await evaluate(where, run, log);
    if (pathInCheckout(checkout, project) !== void 0) return void 0;
    return { folder: project, read, name: `the source of ${version}` };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.info(`What the source was before can't be told: ${error.message}`);
    return void 0;
  }
}
async function olderBytes(older, { spotted, pinned }) {
  const own = spotted.find(({ target }) => target.system === pinned.system) ?? spotted[0];
  if (!own) return void 0;
  try {
    const project = await loadProject(older.folder, older.read);
    return wheelBytes(planProject(project, own.target, own.pinned.target));
  } catch (error) {
    if (error instanceof UserError) return void 0;
    throw error;
  }
}

// src/refresh/package.ts
async function refreshPackage(refresh2, parts, finders) {
  const { config, checkout } = refresh2;
  const where = refresh2.where ?? whereOf(config.nix, config.attribute, checkout.root, refresh2.configFile);
  const { version } = refresh2;
  const pinned = looksForRelease(refresh2) ? await begun(refresh2, where, parts) : void 0;
  const choice = version === void 0 ? await chooseRelease2(refresh2, where, parts, finders, pinned?.promise) : asked2(version);
  const to = choice?.kind === "release" ? choice.release : void 0;
  const isNeeded = to !== void 0 || refresh2.refreshOutputs && (config.also.length > 0 || config.sourceHash !== void 0);
  const source = to === void 0 ? void 0 : await olderSource(where, checkout, parts);
  const bump = isNeeded ? await bumpTo({ where, root: checkout.root, config, to }, parts) : void 0;
  let diff;
  let bytesBefore;
  const onPlanned = async (planned) => {
    if (refresh2.compares === false) return;
    const older = source ?? olderCommit(checkout, refresh2.before ?? "HEAD^", planned.pinned.project);
    diff = await lockChanges(planned, older, parts.log);
    bytesBefore = diff && await olderBytes(older, planned);
    if (diff) await tellChanges(diff, parts.log);
  };
  try {
    const journaled = bump ? { ...parts, journal: bump.journal } : parts;
    const { updated, failed: failed2 } = await verified(
      {
        ...{
          where,
          verify: refresh2.verify,
          trustNixAlone: refresh2.skipSecondDerivation,
          onPlanned,
          pinned: bump ? void 0 : pinned?.promise
        },
        ...refresh2.cacheTo ? { cacheTo: cacheOf(refresh2.cacheTo, parts) } : {},
        lockOnly: refresh2.lockOnly ?? false
      },
      config,
      journaled
    );
    return {
      ...{ config, update: updated, bump, choice, diff, bytesBefore, failed: failed2 },
      edits: bump ? joinEdits(bump.edits, updated.edits) : updated.edits,
      undo: async () => {
        await updated.undo();
        await bump?.undo();
      },
      keep: async () => {
        await updated.keep();
        await bump?.keep();
      }
    };
  } catch (error) {
    await bump?.undo();
    throw error;
  }
}
var cacheOf = (address, { cacheCredentials }) => ({
  address,
  credentials: cacheCredentials(address)
});
async function begun({ meanwhile }, where, { run, log }) {
  const { promise: started, resolve } = Promise.withResolvers();
  const promise = evaluate(where, run, log, { revision: true, onStart: resolve });
  await Promise.race([started, promise.catch(() => {
  })]);
  meanwhile?.();
  return { promise };
}
var looksForRelease = ({ version, findReleases, config }) => version === void 0 && findReleases && config.releases !== void 0;
async function chooseRelease2({ config, findReleases }, where, parts, finders, pinned) {
  const { releases } = config;
  if (!findReleases || !releases) return void 0;
  const known = pinned?.then(
    ({ version, revision = null }) => ({ version, revision }),
    () => void 0
  );
  const current = currentOf(where, parts.run, known);
  current.catch(() => {
  });
  const index = chooseIndex(finders.index, await lockIndex(releases, where, parts, finders));
  const choice = await findRelease(releases, current, { ...finders, index }, Date.now());
  parts.log.info(
    choice.kind === "release" ? `${config.name}: ${choice.release.version} is there.` : `${config.name}: ${choice.text}`
  );
  for (const { version, why } of choice.held)
    parts.log.info(`${config.name}: ${version} is held back: ${why}`);
  return choice;
}
var asked2 = (version) => ({ kind: "release", release: { version }, held: [] });
async function lockIndex({ source }, where, parts, { index }) {
  if (source.kind !== "pypi" || index !== void 0) return void 0;
  return indexOfDerivation(where, source.name, parts);
}
async function verified(request, { pullRequest }, parts) {
  try {
    return { updated: await update(request, parts), failed: void 0 };
  } catch (error) {
    const isVerification = error instanceof UserError && ["build-failed", "import-failed"].includes(error.code);
    if (!isVerification || pullRequest.draft !== "unverified") throw error;
    parts.log.warning(
      `${error.message} It is proposed all the same, as a draft (\`draft\` is "unverified").`
    );
    const name = error.code === "build-failed" ? "Build" : "Import";
    const { onPlanned: _, ...again } = request;
    return {
      updated: await update({ ...again, verify: false }, parts),
      failed: { name, result: "failed", detail: error.message }
    };
  }
}
export {
  refreshPackage
};
