import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  AbortError,
  UserError,
  pRetry,
  placedAt
} from "./index-NZ42QUQZ.js";
import {
  artifactsFolder,
  narHash,
  openCache
} from "./index-WDCJEOSA.js";
import {
  fileSink
} from "./index-GD7OX7QG.js";
import {
  pLimit
} from "./index-3OPN3CI5.js";
import {
  __export
} from "./index-R7ZPDVI3.js";

// src/derivation/where.ts
import path from "node:path";
import { pathToFileURL } from "node:url";
function whereOf(nix, attribute, checkout2, file2) {
  switch (nix.kind) {
    case "file":
      return { file: path.resolve(checkout2, nix.file), attribute };
    case "expression":
      return { file: file2, attribute, root: { ...nix, folder: checkout2 } };
    case "flake": {
      const folder = path.posix.normalize(nix.flake).replace(/\/$/, "");
      const url = new URL(`git+${pathToFileURL(checkout2).href}`);
      url.searchParams.set("shallow", "1");
      if (folder !== ".") url.searchParams.set("dir", folder);
      const root = { kind: "flake", url: url.href, checkout: checkout2 };
      return { file: path.join(checkout2, folder, "flake.nix"), attribute, root };
    }
  }
}
async function whereFrom(folder, nix, attribute, run) {
  if (nix.kind !== "flake") return whereOf(nix, attribute, folder);
  const flake = path.resolve(folder, nix.flake);
  const top = await run("git", ["-C", flake, "rev-parse", "--show-toplevel", "--show-prefix"]);
  const [checkout2 = "", prefix2 = ""] = top.stdout.split("\n");
  if (top.code === 0) return whereOf({ kind: "flake", flake: prefix2 || "." }, attribute, checkout2);
  const url = `path:${pathToFileURL(flake).pathname}`;
  return { file: path.join(flake, "flake.nix"), attribute, root: { kind: "flake", url, checkout: flake } };
}
function folderOf({ file: file2, root }) {
  if (root?.kind === "expression") return root.folder;
  return path.dirname(file2 ?? ".");
}
function nameOf({ file: file2, root }) {
  return root?.kind === "expression" || file2 === void 0 ? "the expression" : `'${file2}'`;
}
function placeOf({ file: file2 }) {
  return file2 === void 0 ? {} : { at: { file: file2 } };
}

// src/update/patch-text.ts
import path2 from "node:path";

// node_modules/diff/libesm/diff/base.js
var Diff = class {
  diff(oldStr, newStr, options = {}) {
    let callback;
    if (typeof options === "function") {
      callback = options;
      options = {};
    } else if ("callback" in options) {
      callback = options.callback;
    }
    const oldString = this.castInput(oldStr, options);
    const newString = this.castInput(newStr, options);
    const oldTokens = this.removeEmpty(this.tokenize(oldString, options));
    const newTokens = this.removeEmpty(this.tokenize(newString, options));
    return this.diffWithOptionsObj(oldTokens, newTokens, options, callback);
  }
  diffWithOptionsObj(oldTokens, newTokens, options, callback) {
    var _a;
    const done = (value) => {
      value = this.postProcess(value, options);
      if (callback) {
        setTimeout(function() {
          callback(value);
        }, 0);
        return void 0;
      } else {
        return value;
      }
    };
    const newLen = newTokens.length, oldLen = oldTokens.length;
    let editLength = 1;
    let maxEditLength = newLen + oldLen;
    if (options.maxEditLength != null) {
      maxEditLength = Math.min(maxEditLength, options.maxEditLength);
    }
    const maxExecutionTime = (_a = options.timeout) !== null && _a !== void 0 ? _a : Infinity;
    const abortAfterTimestamp = Date.now() + maxExecutionTime;
    const bestPath = [{ oldPos: -1, lastComponent: void 0 }];
    let newPos = this.extractCommon(bestPath[0], newTokens, oldTokens, 0, options);
    if (bestPath[0].oldPos + 1 >= oldLen && newPos + 1 >= newLen) {
      return done(this.buildValues(bestPath[0].lastComponent, newTokens, oldTokens));
    }
    let minDiagonalToConsider = -Infinity, maxDiagonalToConsider = Infinity;
    const execEditLength = () => {
      for (let diagonalPath = Math.max(minDiagonalToConsider, -editLength); diagonalPath <= Math.min(maxDiagonalToConsider, editLength); diagonalPath += 2) {
        let basePath;
        const removePath = bestPath[diagonalPath - 1], addPath = bestPath[diagonalPath + 1];
        if (removePath) {
          bestPath[diagonalPath - 1] = void 0;
        }
        let canAdd = false;
        if (addPath) {
          const addPathNewPos = addPath.oldPos - diagonalPath;
          canAdd = addPath && 0 <= addPathNewPos && addPathNewPos < newLen;
        }
        const canRemove = removePath && removePath.oldPos + 1 < oldLen;
        if (!canAdd && !canRemove) {
          bestPath[diagonalPath] = void 0;
          continue;
        }
        if (!canRemove || canAdd && removePath.oldPos < addPath.oldPos) {
          basePath = this.addToPath(addPath, true, false, 0, options);
        } else {
          basePath = this.addToPath(removePath, false, true, 1, options);
        }
        newPos = this.extractCommon(basePath, newTokens, oldTokens, diagonalPath, options);
        if (basePath.oldPos + 1 >= oldLen && newPos + 1 >= newLen) {
          return done(this.buildValues(basePath.lastComponent, newTokens, oldTokens)) || true;
        } else {
          bestPath[diagonalPath] = basePath;
          if (basePath.oldPos + 1 >= oldLen) {
            maxDiagonalToConsider = Math.min(maxDiagonalToConsider, diagonalPath - 1);
          }
          if (newPos + 1 >= newLen) {
            minDiagonalToConsider = Math.max(minDiagonalToConsider, diagonalPath + 1);
          }
        }
      }
      editLength++;
    };
    if (callback) {
      (function exec() {
        setTimeout(function() {
          if (editLength > maxEditLength || Date.now() > abortAfterTimestamp) {
            return callback(void 0);
          }
          if (!execEditLength()) {
            exec();
          }
        }, 0);
      })();
    } else {
      while (editLength <= maxEditLength && Date.now() <= abortAfterTimestamp) {
        const ret = execEditLength();
        if (ret) {
          return ret;
        }
      }
    }
  }
  addToPath(path16, added, removed, oldPosInc, options) {
    const last = path16.lastComponent;
    if (last && !options.oneChangePerToken && last.added === added && last.removed === removed) {
      return {
        oldPos: path16.oldPos + oldPosInc,
        lastComponent: { count: last.count + 1, added, removed, previousComponent: last.previousComponent }
      };
    } else {
      return {
        oldPos: path16.oldPos + oldPosInc,
        lastComponent: { count: 1, added, removed, previousComponent: last }
      };
    }
  }
  extractCommon(basePath, newTokens, oldTokens, diagonalPath, options) {
    const newLen = newTokens.length, oldLen = oldTokens.length;
    let oldPos = basePath.oldPos, newPos = oldPos - diagonalPath, commonCount = 0;
    while (newPos + 1 < newLen && oldPos + 1 < oldLen && this.equals(oldTokens[oldPos + 1], newTokens[newPos + 1], options)) {
      newPos++;
      oldPos++;
      commonCount++;
      if (options.oneChangePerToken) {
        basePath.lastComponent = { count: 1, previousComponent: basePath.lastComponent, added: false, removed: false };
      }
    }
    if (commonCount && !options.oneChangePerToken) {
      basePath.lastComponent = { count: commonCount, previousComponent: basePath.lastComponent, added: false, removed: false };
    }
    basePath.oldPos = oldPos;
    return newPos;
  }
  equals(left, right, options) {
    if (options.comparator) {
      return options.comparator(left, right);
    } else {
      return left === right || !!options.ignoreCase && left.toLowerCase() === right.toLowerCase();
    }
  }
  removeEmpty(array) {
    const ret = [];
    for (let i = 0; i < array.length; i++) {
      if (array[i]) {
        ret.push(array[i]);
      }
    }
    return ret;
  }
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  castInput(value, options) {
    return value;
  }
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  tokenize(value, options) {
    return Array.from(value);
  }
  join(chars) {
    return chars.join("");
  }
  postProcess(changeObjects, options) {
    return changeObjects;
  }
  get useLongestToken() {
    return false;
  }
  buildValues(lastComponent, newTokens, oldTokens) {
    const components = [];
    let nextComponent;
    while (lastComponent) {
      components.push(lastComponent);
      nextComponent = lastComponent.previousComponent;
      delete lastComponent.previousComponent;
      lastComponent = nextComponent;
    }
    components.reverse();
    const componentLen = components.length;
    let componentPos = 0, newPos = 0, oldPos = 0;
    for (; componentPos < componentLen; componentPos++) {
      const component = components[componentPos];
      if (!component.removed) {
        if (!component.added && this.useLongestToken) {
          let value = newTokens.slice(newPos, newPos + component.count);
          value = value.map(function(value2, i) {
            const oldValue = oldTokens[oldPos + i];
            return oldValue.length > value2.length ? oldValue : value2;
          });
          component.value = this.join(value);
        } else {
          component.value = this.join(newTokens.slice(newPos, newPos + component.count));
        }
        newPos += component.count;
        if (!component.added) {
          oldPos += component.count;
        }
      } else {
        component.value = this.join(oldTokens.slice(oldPos, oldPos + component.count));
        oldPos += component.count;
      }
    }
    return components;
  }
};

// node_modules/diff/libesm/diff/line.js
var LineDiff = class extends Diff {
  constructor() {
    super(...arguments);
    this.tokenize = tokenize;
  }
  equals(left, right, options) {
    if (options.ignoreWhitespace) {
      if (!options.newlineIsToken || !left.includes("\n")) {
        left = left.trim();
      }
      if (!options.newlineIsToken || !right.includes("\n")) {
        right = right.trim();
      }
    } else if (options.ignoreNewlineAtEof && !options.newlineIsToken) {
      if (left.endsWith("\n")) {
        left = left.slice(0, -1);
      }
      if (right.endsWith("\n")) {
        right = right.slice(0, -1);
      }
    }
    return super.equals(left, right, options);
  }
};
var lineDiff = new LineDiff();
function diffLines(oldStr, newStr, options) {
  return lineDiff.diff(oldStr, newStr, options);
}
function tokenize(value, options) {
  if (options.stripTrailingCr) {
    value = value.replace(/\r\n/g, "\n");
  }
  const retLines = [], linesAndNewlines = value.split(/(\n|\r\n)/);
  if (!linesAndNewlines[linesAndNewlines.length - 1]) {
    linesAndNewlines.pop();
  }
  for (let i = 0; i < linesAndNewlines.length; i++) {
    const line = linesAndNewlines[i];
    if (i % 2 && !options.newlineIsToken) {
      retLines[retLines.length - 1] += line;
    } else {
      retLines.push(line);
    }
  }
  return retLines;
}

// node_modules/diff/libesm/patch/create.js
function needsQuoting(s) {
  for (let i = 0; i < s.length; i++) {
    if (s[i] < " " || s[i] > "~" || s[i] === '"' || s[i] === "\\") {
      return true;
    }
  }
  return false;
}
function quoteFileNameIfNeeded(s) {
  if (!needsQuoting(s)) {
    return s;
  }
  let result = '"';
  const bytes = new TextEncoder().encode(s);
  let i = 0;
  while (i < bytes.length) {
    const b = bytes[i];
    if (b === 7) {
      result += "\\a";
    } else if (b === 8) {
      result += "\\b";
    } else if (b === 9) {
      result += "\\t";
    } else if (b === 10) {
      result += "\\n";
    } else if (b === 11) {
      result += "\\v";
    } else if (b === 12) {
      result += "\\f";
    } else if (b === 13) {
      result += "\\r";
    } else if (b === 34) {
      result += '\\"';
    } else if (b === 92) {
      result += "\\\\";
    } else if (b >= 32 && b <= 126) {
      result += String.fromCharCode(b);
    } else {
      result += "\\" + b.toString(8).padStart(3, "0");
    }
    i++;
  }
  result += '"';
  return result;
}
var INCLUDE_HEADERS = {
  includeIndex: true,
  includeUnderline: true,
  includeFileHeaders: true
};
function structuredPatch(oldFileName, newFileName, oldStr, newStr, oldHeader, newHeader, options) {
  let optionsObj;
  if (!options) {
    optionsObj = {};
  } else if (typeof options === "function") {
    optionsObj = { callback: options };
  } else {
    optionsObj = options;
  }
  if (typeof optionsObj.context === "undefined") {
    optionsObj.context = 4;
  }
  const context = optionsObj.context;
  if (optionsObj.newlineIsToken) {
    throw new Error("newlineIsToken may not be used with patch-generation functions, only with diffing functions");
  }
  if (!optionsObj.callback) {
    return diffLinesResultToPatch(diffLines(oldStr, newStr, optionsObj));
  } else {
    const { callback } = optionsObj;
    diffLines(oldStr, newStr, Object.assign(Object.assign({}, optionsObj), { callback: (diff) => {
      const patch2 = diffLinesResultToPatch(diff);
      callback(patch2);
    } }));
  }
  function diffLinesResultToPatch(diff) {
    if (!diff) {
      return;
    }
    diff.push({ value: "", lines: [] });
    function contextLines(lines2) {
      return lines2.map(function(entry) {
        return " " + entry;
      });
    }
    const hunks = [];
    let oldRangeStart = 0, newRangeStart = 0, curRange = [], oldLine = 1, newLine = 1;
    for (let i = 0; i < diff.length; i++) {
      const current = diff[i], lines2 = current.lines || splitLines(current.value);
      current.lines = lines2;
      if (current.added || current.removed) {
        if (!oldRangeStart) {
          const prev = diff[i - 1];
          oldRangeStart = oldLine;
          newRangeStart = newLine;
          if (prev) {
            curRange = context > 0 ? contextLines(prev.lines.slice(-context)) : [];
            oldRangeStart -= curRange.length;
            newRangeStart -= curRange.length;
          }
        }
        for (const line of lines2) {
          curRange.push((current.added ? "+" : "-") + line);
        }
        if (current.added) {
          newLine += lines2.length;
        } else {
          oldLine += lines2.length;
        }
      } else {
        if (oldRangeStart) {
          if (lines2.length <= context * 2 && i < diff.length - 2) {
            for (const line of contextLines(lines2)) {
              curRange.push(line);
            }
          } else {
            const contextSize = Math.min(lines2.length, context);
            for (const line of contextLines(lines2.slice(0, contextSize))) {
              curRange.push(line);
            }
            const hunk = {
              oldStart: oldRangeStart,
              oldLines: oldLine - oldRangeStart + contextSize,
              newStart: newRangeStart,
              newLines: newLine - newRangeStart + contextSize,
              lines: curRange
            };
            hunks.push(hunk);
            oldRangeStart = 0;
            newRangeStart = 0;
            curRange = [];
          }
        }
        oldLine += lines2.length;
        newLine += lines2.length;
      }
    }
    for (const hunk of hunks) {
      for (let i = 0; i < hunk.lines.length; i++) {
        if (hunk.lines[i].endsWith("\n")) {
          hunk.lines[i] = hunk.lines[i].slice(0, -1);
        } else {
          hunk.lines.splice(i + 1, 0, "\\ No newline at end of file");
          i++;
        }
      }
    }
    return {
      oldFileName,
      newFileName,
      oldHeader,
      newHeader,
      hunks
    };
  }
}
function formatPatch(patch2, headerOptions) {
  var _a, _b, _c, _d, _e, _f;
  if (!headerOptions) {
    headerOptions = INCLUDE_HEADERS;
  }
  if (Array.isArray(patch2)) {
    if (patch2.length > 1 && !headerOptions.includeFileHeaders && !patch2.every((p) => p.isGit)) {
      throw new Error("Cannot omit file headers on a multi-file patch. (The result would be unparseable; how would a tool trying to apply the patch know which changes are to which file?)");
    }
    return patch2.map((p) => formatPatch(p, headerOptions)).join("\n");
  }
  const ret = [];
  if (patch2.isGit) {
    headerOptions = INCLUDE_HEADERS;
    if (!patch2.oldFileName) {
      throw new Error("oldFileName must be specified for Git patches");
    }
    if (!patch2.newFileName) {
      throw new Error("newFileName must be specified for Git patches");
    }
    let gitOldName = patch2.oldFileName;
    let gitNewName = patch2.newFileName;
    if (patch2.isCreate && gitOldName === "/dev/null") {
      gitOldName = gitNewName.replace(/^b\//, "a/");
    } else if (patch2.isDelete && gitNewName === "/dev/null") {
      gitNewName = gitOldName.replace(/^a\//, "b/");
    }
    ret.push("diff --git " + quoteFileNameIfNeeded(gitOldName) + " " + quoteFileNameIfNeeded(gitNewName));
    if (patch2.isDelete) {
      ret.push("deleted file mode " + ((_a = patch2.oldMode) !== null && _a !== void 0 ? _a : "100644"));
    }
    if (patch2.isCreate) {
      ret.push("new file mode " + ((_b = patch2.newMode) !== null && _b !== void 0 ? _b : "100644"));
    }
    if (patch2.oldMode && patch2.newMode && !patch2.isDelete && !patch2.isCreate) {
      ret.push("old mode " + patch2.oldMode);
      ret.push("new mode " + patch2.newMode);
    }
    if (patch2.isRename) {
      ret.push("rename from " + quoteFileNameIfNeeded(((_c = patch2.oldFileName) !== null && _c !== void 0 ? _c : "").replace(/^a\//, "")));
      ret.push("rename to " + quoteFileNameIfNeeded(((_d = patch2.newFileName) !== null && _d !== void 0 ? _d : "").replace(/^b\//, "")));
    }
    if (patch2.isCopy) {
      ret.push("copy from " + quoteFileNameIfNeeded(((_e = patch2.oldFileName) !== null && _e !== void 0 ? _e : "").replace(/^a\//, "")));
      ret.push("copy to " + quoteFileNameIfNeeded(((_f = patch2.newFileName) !== null && _f !== void 0 ? _f : "").replace(/^b\//, "")));
    }
  } else {
    if (headerOptions.includeIndex && patch2.oldFileName == patch2.newFileName && patch2.oldFileName !== void 0) {
      ret.push("Index: " + patch2.oldFileName);
    }
    if (headerOptions.includeUnderline) {
      ret.push("===================================================================");
    }
  }
  const hasHunks = patch2.hunks.length > 0;
  if (headerOptions.includeFileHeaders && patch2.oldFileName !== void 0 && patch2.newFileName !== void 0 && (!patch2.isGit || hasHunks)) {
    ret.push("--- " + quoteFileNameIfNeeded(patch2.oldFileName) + (patch2.oldHeader ? "	" + patch2.oldHeader : ""));
    ret.push("+++ " + quoteFileNameIfNeeded(patch2.newFileName) + (patch2.newHeader ? "	" + patch2.newHeader : ""));
  }
  for (let i = 0; i < patch2.hunks.length; i++) {
    const hunk = patch2.hunks[i];
    const oldStart = hunk.oldLines === 0 ? hunk.oldStart - 1 : hunk.oldStart;
    const newStart = hunk.newLines === 0 ? hunk.newStart - 1 : hunk.newStart;
    ret.push("@@ -" + oldStart + "," + hunk.oldLines + " +" + newStart + "," + hunk.newLines + " @@");
    for (const line of hunk.lines) {
      ret.push(line);
    }
  }
  return ret.join("\n") + "\n";
}
function createTwoFilesPatch(oldFileName, newFileName, oldStr, newStr, oldHeader, newHeader, options) {
  if (typeof options === "function") {
    options = { callback: options };
  }
  if (!(options === null || options === void 0 ? void 0 : options.callback)) {
    const patchObj = structuredPatch(oldFileName, newFileName, oldStr, newStr, oldHeader, newHeader, options);
    if (!patchObj) {
      return;
    }
    return formatPatch(patchObj, options === null || options === void 0 ? void 0 : options.headerOptions);
  } else {
    const { callback } = options;
    structuredPatch(oldFileName, newFileName, oldStr, newStr, oldHeader, newHeader, Object.assign(Object.assign({}, options), { callback: (patchObj) => {
      if (!patchObj) {
        callback(void 0);
      } else {
        callback(formatPatch(patchObj, options.headerOptions));
      }
    } }));
  }
}
function splitLines(text2) {
  const hasTrailingNl = text2.endsWith("\n");
  const result = text2.split("\n").map((line) => line + "\n");
  if (hasTrailingNl) {
    result.pop();
  } else {
    result.push(result.pop().slice(0, -1));
  }
  return result;
}

// src/update/patch-text.ts
function patchText(edits, root) {
  return edits.map(({ file: file2, before, after }) => {
    const name2 = path2.relative(root, file2);
    const old = before === void 0 ? "/dev/null" : `a/${name2}`;
    return createTwoFilesPatch(old, `b/${name2}`, before ?? "", after, void 0, void 0, {
      context: 3
    }).replace(/^=+\n/, "");
  }).join("");
}

// src/derivation/evaluate.ts
import { access } from "node:fs/promises";
import path3 from "node:path";

// src/ports/run.ts
var noSuchProgram = 127;

// src/derivation/nix-progress.ts
var NAME = /'(?:\/[^'/]+)+\/[a-z0-9]{32}-([^']+?)(?:\.drv)?'/;
function nixProgress() {
  const counts = { builds: 0, built: 0, fetches: 0, fetched: 0 };
  return (line) => {
    const planned2 = /^(?:these (\d+)|this) (derivations?|paths?) will be (?:built|fetched)/.exec(line);
    if (planned2) {
      const number = Number(planned2[1] ?? 1);
      if (planned2[2]?.startsWith("d")) counts.builds += number;
      else counts.fetches += number;
      return void 0;
    }
    const ours = /^uv-fod: (\d+ of \d+ wheels, [\d.]+ MB)/.exec(line)?.[1];
    return ours ?? begun(line, counts);
  };
}
function begun(line, counts) {
  const verb = /^(building|checking outputs of|copying path) '/.exec(line)?.[1];
  const name2 = verb && NAME.exec(line)?.[1];
  if (!name2) return void 0;
  if (verb === "copying path") return `fetching ${name2}${place(++counts.fetched, counts.fetches)}`;
  return `building ${name2}${place(++counts.built, counts.builds)}`;
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
var withoutColours = (text2) => text2.replace(colours, "");
function mismatches(stderr) {
  const found = [];
  let drv2;
  let specified;
  for (const line of withoutColours(stderr).split("\n")) {
    drv2 = /hash mismatch in fixed-output derivation '([^']+)'/.exec(line)?.[1] ?? drv2;
    specified = /^\s*specified:\s+(\S+)/.exec(line)?.[1] ?? specified;
    const got = /^\s*got:\s+(\S+)/.exec(line)?.[1];
    if (got !== void 0 && drv2 !== void 0 && specified !== void 0) {
      found.push({ drv: drv2, specified, got });
      drv2 = specified = void 0;
    }
  }
  return found;
}
function failureText(stderr) {
  const lines2 = withoutColours(stderr).split("\n").map((line) => line.trim());
  const at = lines2.findLastIndex((line) => line.startsWith("error:") && line.length > "error:".length);
  const text2 = at < 0 ? lines2.findLast((line) => line !== "") ?? "it said nothing" : lines2[at] ?? "";
  return text2.replace(/^error:\s*/, "").slice(0, 400);
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
  const { file: file2, attribute, root } = where;
  return [
    ...root?.kind === "flake" ? ["--extra-experimental-features", "nix-command flakes"] : [],
    ...["--expr", find(where) + body, "--argstr", "attribute", attribute],
    ...file2 === void 0 ? [] : ["--argstr", "file", file2],
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
  const isOfCopy = (text2) => text2 === copy || text2.startsWith(`${copy}/`);
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
async function checkFile({ file: file2, root }) {
  if (file2 === void 0 || root?.kind === "expression") return;
  const option = root === void 0 ? "file" : "flake";
  await access(file2).catch(() => {
    throw new UserError("file-missing", `There is no file ${file2}; correct '${option}'.`);
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
    project: path3.join(source, own.project),
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

// src/derivation/nix-failure.ts
function failureCause(stderr) {
  return lackingMachine(stderr) ?? failedBuilder(withoutColours(stderr)) ?? failureText(stderr);
}
function lackingMachine(stderr) {
  const text2 = withoutColours(stderr);
  const lacking = missingMachine(text2) ?? otherReason(text2);
  const refused2 = lacking && /^cannot build on '([^']+)': (.+)$/m.exec(text2);
  return refused2 ? `${lacking}; ${refused2[1]} could not be used: ${refused2[2]?.slice(0, 200)}` : lacking;
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

// src/hash/sri.ts
import { createHash } from "node:crypto";
var fakeHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
function isSri(text2) {
  return /^sha256-[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(text2);
}
function sriFromHex(hex) {
  return `sha256-${Buffer.from(hex, "hex").toString("base64")}`;
}
function sriOfText(text2) {
  return `sha256-${createHash("sha256").update(text2).digest("base64")}`;
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
  const list2 = keys.map((key) => `builds."${key}".requires`).join(" ");
  const body = `let builds = package.builds or null; in if builds == null then [ ] else [ ${list2} ]`;
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
import { createHash as createHash2 } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path4 from "node:path";
var noNotes = { seconds: /* @__PURE__ */ new Map(), slower: 1 };
var file = "uv-fod.json";
var version = 1;
async function readNotes(folder) {
  try {
    const { size } = await stat(path4.join(folder, file));
    const text2 = size > 0 && size < 4e6 ? await readFile(path4.join(folder, file), "utf8") : "";
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
  await writeFile(path4.join(folder, file), `${text2}
`);
}
var between = (value, least, most2) => typeof value === "number" && value >= least ? Math.min(value, most2) : void 0;
async function pathsIn(folder, wanted2) {
  const names = new Set(await readdir(folder));
  return wanted2.filter((one) => names.has(`${path4.basename(one).slice(0, 32)}.narinfo`));
}
async function bytesIn(folder) {
  const nars = path4.join(folder, "nar");
  const names = await readdir(nars).catch(() => []);
  const sizes = await Promise.all(names.map(async (name2) => (await stat(path4.join(nars, name2))).size));
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
var digest = (lines2) => createHash2("sha256").update(lines2.join("\n")).digest("hex").slice(0, 16);

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
  const invalid2 = new Set(
    (await run("nix-store", ["--check-validity", "--print-invalid", ...paths])).stdout.split("\n")
  );
  const valid2 = paths.filter((path16) => !invalid2.has(path16));
  if (valid2.length === 0) return /* @__PURE__ */ new Map();
  const ask = (...more) => run("nix", [...command, "path-info", "--json", ...more, ...valid2]);
  const versioned = await ask("--json-format", "1");
  const { stdout } = versioned.code === 0 ? versioned : await ask();
  return new Map(valid2.flatMap((path16) => infoOf(path16, JSON.parse(stdout))));
}
function infoOf(path16, answer) {
  const all = answer;
  const one = Array.isArray(all) ? all.find((each) => each.path === path16) : Reflect.get(all, path16);
  const { narSize: bytes, references, registrationTime: registered } = one ?? {};
  if (typeof bytes !== "number" || !Array.isArray(references) || typeof registered !== "number") return [];
  return [[path16, { bytes, references, registered }]];
}
async function isTrusted(run) {
  const { code, stdout } = await run("nix", [...command, "store", "info", "--json"]);
  if (code !== 0) return void 0;
  const { trusted } = JSON.parse(stdout);
  return trusted === void 0 || trusted === null ? void 0 : Boolean(trusted);
}
async function copyPaths(paths, direction, address2, run) {
  const flags = ["copy", "--no-recursive", "--no-check-sigs", direction, address2];
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
function worthKeeping(built, slower = 1, most2 = mostBytes) {
  const rate2 = ({ seconds, bytes }) => seconds / Math.max(1, bytes);
  const perByte = (costOf(2e9, slower) - costOf(1e9, slower)) / 1e9;
  const kept = [];
  let room = most2;
  for (const one of built.filter((each) => rate2(each) > perByte).sort((a, b) => rate2(b) - rate2(a))) {
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
async function takeBuilds({ own, restore }, wanted2, { builds: { runner, folder, now }, run, log }) {
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
    const paths = await pathsIn(folder, wanted2);
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
    await deletePaths(wanted2, run).catch(() => {
    });
    const left = await pathInfos(wanted2, run);
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
    const paths = kept.map(({ path: path16 }) => path16);
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
    ([name2, { outputs }]) => outputs.flatMap((path16) => {
      const info = infos.get(path16);
      const seconds = shares.get(name2) ?? notes.seconds.get(path16);
      if (!info || seconds === void 0 || info.references.some((one) => one !== path16)) return [];
      return [{ path: path16, bytes: info.bytes, seconds: seconds / outputs.length }];
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
  const list2 = aterm.slice(end, aterm.indexOf('"])],', end));
  return [...list2.matchAll(input)].map(([, path16 = ""]) => path16);
}

// src/build/to-build.ts
async function whatIsToBuild(where, run, read = readDerivation) {
  const instantiated = await run("nix-instantiate", nixArguments(where, "[ package deps ]"));
  const [own, deps] = lines(succeeded(instantiated).stdout).map((line) => line.replace(/!.*$/, ""));
  if (own === void 0 || deps === void 0) throw new Error("Nix named no derivation");
  const { stderr } = succeeded(await run("nix-store", ["--realise", "--dry-run", own]));
  const derivations = /* @__PURE__ */ new Map();
  for (const path16 of willBeBuilt(stderr)) {
    const derivation = await read(path16);
    if (!derivation.isFixed) derivations.set(path16, derivation);
  }
  const moving = madeOf(/* @__PURE__ */ new Set([deps]), derivations);
  const lasting = new Map([...derivations].filter(([path16]) => path16 !== own && !moving.has(path16)));
  return { package: own, derivations, lasting };
}
function madeOf(parts, derivations) {
  const made = /* @__PURE__ */ new Set();
  for (let before = -1; before !== made.size; ) {
    before = made.size;
    for (const [path16, { inputs }] of derivations)
      if (inputs.some((one) => parts.has(one) || made.has(one))) made.add(path16);
  }
  return made;
}
function willBeBuilt(stderr) {
  const [, list2 = ""] = /^th(?:is|ese)\b.* will be built:\n((?: {2}\/.*\n?)*)/m.exec(stderr) ?? [];
  return lines(list2);
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
import path5 from "node:path";
async function proveImports(out, python, modules, run, log) {
  const interpreter = path5.join(out, "bin", `python${python.split(".").slice(0, 2).join(".")}`);
  const empty = await mkdtemp(path5.join(tmpdir(), "uv-fod-proof-"));
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
  if (!path5.resolve(file2).startsWith(`${out}/`)) {
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
import path15 from "node:path";

// src/build/cache.ts
async function copyToCache(out, { address: address2, credentials }, run, log) {
  const flags = ["--extra-experimental-features", "nix-command"];
  const result = await log.group(
    `Nix: copy to ${address2}`,
    () => run("nix", [...flags, "copy", "--to", address2, out], {
      env: credentials,
      onLine: (line) => log.info(line)
    })
  );
  if (result.code === 0) {
    log.info(`${out} and what it needs are in ${address2}`);
    return true;
  }
  log.warning(
    `${out} was built and imported, but could not be copied to ${address2}: ${failureText(result.stderr).replace(/\.$/, "")}. The run goes on without; look at the address, at who may write there, and at the credentials of this step.`
  );
  return false;
}

// src/buildlock/text.ts
var buildLockName = "uv-fod.lock.json";
function sameData(left, right) {
  return JSON.stringify(left, sortedKeys) === JSON.stringify(right, sortedKeys);
}
function buildLockText(lock) {
  return `${JSON.stringify(lock, sortedKeys, 2)}
`;
}
function sortedKeys(_key, value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
}
function parseBuildLock(text2, file2) {
  const remedy = `Delete ${file2} and run 'uv-fod lock' to make it again.`;
  let value;
  try {
    value = JSON.parse(text2);
  } catch (cause2) {
    throw new UserError(
      "build-lock-invalid",
      `${file2} is not JSON (${cause2.message}). ${remedy}`,
      { at: { file: file2 }, cause: cause2 }
    );
  }
  const lock = value;
  if (lock?.version !== 1) {
    throw new UserError(
      "build-lock-invalid",
      `${file2} is no build lock of version 1 (its version is ${JSON.stringify(lock?.version)}). ${remedy}`,
      { at: { file: file2 } }
    );
  }
  for (const key of ["target", "systems", "builds", "wheels"]) {
    if (typeof lock[key] !== "object" || lock[key] === null) {
      throw new UserError("build-lock-invalid", `${file2} lacks '${key}'. ${remedy}`, { at: { file: file2 } });
    }
  }
  return lock;
}

// src/lock/names.ts
var NAME2 = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;
var NORMALIZED = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
function isName(text2) {
  return NAME2.test(text2);
}
function normalizeName(text2) {
  if (NORMALIZED.test(text2)) return text2;
  return NAME2.test(text2) ? text2.toLowerCase().replace(/[-_.]+/g, "-") : void 0;
}

// src/ports/printable.ts
function printable(text2) {
  return text2.replace(
    new RegExp("\\p{Cc}", "gu"),
    (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, "0")}`
  );
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
  const key = `0!${releaseKey(text2)}`;
  return { release: text2.split(".").map(Number), key, publicKey: key, isPlainRelease: true };
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
function trimNumber(text2) {
  return /^\d+$/.test(text2) ? text2.replace(/^0+(?=\d)/, "") : text2;
}

// src/lock/marker.ts
function parseMarker(text2) {
  const scanner = new MarkerScanner(text2);
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
  return finish(text2, program);
}
function finish(text2, raw) {
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
  return { text: text2, program, extras: [...extras] };
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
  const name2 = normalizeName(value);
  return name2 === void 0 ? { kind: "constant", value: false } : { kind: "extra", name: name2, negated: operator === "!=" };
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
function isVersionVariable(name2) {
  return VERSION_VARIABLES.has(name2);
}
function isComparison(operator) {
  return INVERTED.has(operator);
}

// src/lock/fields.ts
var NO_TABLE = Object.freeze(/* @__PURE__ */ Object.create(null));
var NOTHING = Object.freeze([]);
function invalid(place2, what, remedy = "Run 'uv lock' to make it anew.") {
  const line = place2.line();
  const at = line === void 0 ? place2.file : `${place2.file}:${line}`;
  const subject = place2.subject === "" ? "" : ` (${place2.subject})`;
  return new UserError("lock-invalid", printable(`${at}${subject}: ${what}. ${remedy}`), {
    at: line === void 0 ? { file: place2.file } : { file: place2.file, line }
  });
}
function field(table, key) {
  return Object.hasOwn(table, key) ? table[key] : void 0;
}
function isTable(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
function optionalString(table, key, place2) {
  const value = field(table, key);
  if (value === void 0 || typeof value === "string") return value;
  throw invalid(place2, `'${key}' has to be a string, not ${describe(value)}`);
}
function requiredString(table, key, place2) {
  const value = optionalString(table, key, place2);
  if (value === void 0) throw invalid(place2, `'${key}' is missing`);
  return value;
}
function optionalCount(table, key, place2) {
  const value = field(table, key);
  if (value === void 0) return void 0;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw invalid(place2, `'${key}' has to be a whole number, not ${describe(value)}`);
}
function optionalBoolean(table, key, place2) {
  const value = field(table, key);
  if (value === void 0 || typeof value === "boolean") return value;
  throw invalid(place2, `'${key}' has to be true or false, not ${describe(value)}`);
}
function tableField(table, key, place2) {
  const value = field(table, key);
  if (value === void 0) return NO_TABLE;
  if (isTable(value)) return value;
  throw invalid(place2, `'${key}' has to be a table, not ${describe(value)}`);
}
function arrayField(table, key, place2) {
  const value = field(table, key);
  return value === void 0 ? NOTHING : asArray(value, key, place2);
}
function asArray(value, key, place2) {
  if (Array.isArray(value)) return value;
  throw invalid(place2, `'${key}' has to be an array, not ${describe(value)}`);
}
function tablesField(table, key, place2) {
  const items = arrayField(table, key, place2);
  return items.length === 0 ? NOTHING : items.map((item) => asTable(item, key, place2));
}
function asTable(value, key, place2) {
  if (isTable(value)) return value;
  throw invalid(place2, `'${key}' has to hold tables, not ${describe(value)}`);
}
function stringsField(table, key, place2) {
  const items = arrayField(table, key, place2);
  if (items.length === 0) return NOTHING;
  return items.map((item) => {
    if (typeof item === "string") return item;
    throw invalid(place2, `'${key}' has to hold strings, not ${describe(item)}`);
  });
}
function namesField(table, key, place2) {
  const items = stringsField(table, key, place2);
  return items.length === 0 ? NOTHING : items.map((name2) => asName(name2, key, place2));
}
function asName(text2, key, place2) {
  const name2 = normalizeName(text2);
  if (name2 === void 0) throw invalid(place2, `'${clip(text2)}' in '${key}' is not a name`);
  return name2;
}
var Markers = class {
  #known = /* @__PURE__ */ new Map();
  /** @throws UserError `lock-marker` */
  parse(text2, place2) {
    const known = this.#known.get(text2);
    if (known !== void 0) return known;
    try {
      const marker = parseMarker(text2);
      this.#known.set(text2, marker);
      return marker;
    } catch (error) {
      if (!(error instanceof MarkerSyntaxError)) throw error;
      const { message, at } = invalid(
        place2,
        `the marker ${JSON.stringify(clip(text2))} cannot be read at its column ${error.column}: ${error.message}`
      );
      throw new UserError("lock-marker", message, at === void 0 ? {} : { at });
    }
  }
  optional(table, key, place2) {
    const text2 = optionalString(table, key, place2);
    return text2 === void 0 || text2 === "" ? void 0 : this.parse(text2, place2);
  }
  list(table, key, place2) {
    const items = stringsField(table, key, place2);
    return items.length === 0 ? NOTHING : items.map((text2) => this.parse(text2, place2));
  }
};
function clip(text2, length = 120) {
  return text2.length <= length ? text2 : `${text2.slice(0, length)}…`;
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
function parseSource(value, place2) {
  if (!isTable(value)) throw invalid(place2, "'source' is missing or no table");
  for (const kind2 of KEYS) {
    const text2 = field(value, kind2);
    if (typeof text2 === "string") return build2(kind2, text2, value, place2);
  }
  throw invalid(
    place2,
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
function build2(kind2, text2, table, place2) {
  switch (kind2) {
    case "registry":
      return SCHEME.test(text2) ? { kind: "registry", url: text2 } : { kind: "registry-path", path: text2 };
    case "git":
      return parseGit(text2, place2);
    case "url":
      return { kind: "url", url: text2, subdirectory: optionalString(table, "subdirectory", place2) };
    case "path":
      return { kind: "path", path: text2 };
    default:
      return { kind: kind2, path: text2 === "" ? "." : text2 };
  }
}
function parseGit(text2, place2) {
  const hash = text2.indexOf("#");
  const commit = hash < 0 ? "" : text2.slice(hash + 1);
  if (!COMMIT.test(commit))
    throw invalid(
      place2,
      `the git source '${clip(bareUrl(text2))}' does not end in '#' and a commit of 40 digits`
    );
  const beforeHash = text2.slice(0, hash);
  const question = beforeHash.indexOf("?");
  const query = new URLSearchParams(question < 0 ? "" : beforeHash.slice(question + 1));
  let ref;
  let subdirectory;
  let path16;
  let lfs = false;
  for (const [key, value] of query) {
    if (key === "rev" || key === "tag" || key === "branch") ref = { kind: key, name: value };
    else if (key === "subdirectory") subdirectory = value;
    else if (key === "path") path16 = value;
    else if (key === "lfs") lfs = value.toLowerCase() === "true";
  }
  if (ref?.kind === "rev" && COMMIT.test(ref.name) && ref.name.toLowerCase() !== commit.toLowerCase())
    throw invalid(place2, `the git source asks for commit ${ref.name} and pins ${commit}`);
  return {
    kind: "git",
    url: bareUrl(beforeHash),
    commit: commit.toLowerCase(),
    subdirectory,
    path: path16,
    lfs,
    ref
  };
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
  const build3 = hasBuild ? parseBuild(third) : void 0;
  if (hasBuild && build3 === void 0) return `'${third}' is not a build tag`;
  if (!isName(parts[0] ?? "")) return `'${parts[0]}' is not a package name`;
  const version2 = parts[1] === known?.text ? known?.version : parseVersion(parts[1] ?? "");
  if (version2 === void 0) return `'${parts[1]}' is not a version`;
  if (python === void 0 || abi === void 0 || platform === void 0) return "a tag is missing";
  for (const tags of [python, abi, platform]) if (!TAGS.test(tags)) return `'${tags}' is not a set of tags`;
  if (/^\d/.test(python)) return `'${python}' is not a Python tag`;
  return {
    filename,
    version: version2,
    build: build3,
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

// src/lock/files.ts
var DIGEST_BYTES = /* @__PURE__ */ new Map([
  ["md5", 16],
  ["sha256", 32],
  ["sha384", 48],
  ["sha512", 64],
  ["blake2b", 64]
]);
function parseWheels(table, version2, place2) {
  const expected = version2 === void 0 ? void 0 : parseVersion(version2);
  const known = version2 === void 0 || expected === void 0 ? void 0 : { text: version2, version: expected };
  return tablesField(table, "wheels", place2).map((entry) => {
    const file2 = parseFile(entry, place2);
    const filename = fileName(file2) ?? optionalString(entry, "filename", place2);
    if (filename === void 0) throw invalid(place2, "a wheel has no url, path or filename");
    const name2 = parseWheelName(filename, known);
    if (typeof name2 === "string")
      throw invalid(place2, `'${clip(filename)}' is not a wheel's file name: ${name2}`);
    if (expected !== void 0 && name2.version.key !== expected.key && name2.version.publicKey !== expected.key)
      throw invalid(place2, `the wheel '${clip(filename)}' is not of version ${version2}`);
    return { url: file2.url, path: file2.path, hash: file2.hash, size: file2.size, name: name2 };
  });
}
function parseSdist(table, place2) {
  const value = field(table, "sdist");
  if (value === void 0) return void 0;
  if (!isTable(value)) throw invalid(place2, "'sdist' has to be a table");
  return parseFile(value, place2);
}
function fileName(file2) {
  const from = file2.url ?? file2.path;
  if (from === void 0) return void 0;
  return file2.url === void 0 ? from.slice(from.lastIndexOf("/") + 1) : lastSegment(from);
}
function parseFile(entry, place2) {
  const hash = optionalString(entry, "hash", place2);
  if (hash !== void 0) checkHash(hash, place2);
  return {
    url: optionalString(entry, "url", place2),
    path: optionalString(entry, "path", place2),
    hash,
    size: optionalCount(entry, "size", place2)
  };
}
function checkHash(hash, place2) {
  const colon = hash.indexOf(":");
  const bytes = DIGEST_BYTES.get(hash.slice(0, Math.max(colon, 0)));
  if (bytes === void 0)
    throw invalid(
      place2,
      `the hash '${clip(hash)}' does not begin with one of ${[...DIGEST_BYTES.keys()].join(", ")}`
    );
  const digest2 = hash.slice(colon + 1);
  if (digest2.length !== bytes * 2 || !/^[0-9a-f]*$/i.test(digest2))
    throw invalid(place2, `the hash '${clip(hash)}' is not ${bytes * 2} hexadecimal digits`);
}

// src/lock/packages.ts
var NO_DEPENDENCIES = /* @__PURE__ */ new Map();
var NO_PYTHONS = /* @__PURE__ */ new Map();
function parsePackage(table, markers, place2) {
  const name2 = asName(requiredString(table, "name", place2), "name", place2);
  const version2 = optionalString(table, "version", place2);
  if (version2 !== void 0 && (version2.trim() !== version2 || parseVersion(version2) === void 0))
    throw invalid(place2, `'${clip(version2)}' is not a version`);
  const source = parseSource(field(table, "source"), place2);
  const registry = source.kind === "registry" || source.kind === "registry-path";
  if (registry && version2 === void 0) throw invalid(place2, "'version' is missing");
  const wheels = parseWheels(table, version2, place2);
  checkHashes(source, wheels, place2);
  const metadata = tableField(table, "metadata", place2);
  const groups = field(table, "dev-dependencies") === void 0 ? "dependency-groups" : "dev-dependencies";
  const linked = {
    name: name2,
    version: version2,
    source,
    wheels,
    sdist: parseSdist(table, place2),
    resolutionMarkers: markers.list(table, "resolution-markers", place2),
    dependencies: [],
    extras: NO_DEPENDENCIES,
    groups: NO_DEPENDENCIES,
    declaredExtras: namesField(metadata, "provides-extras", place2),
    declaredGroups: groupNames(metadata, place2),
    defaultGroups: parseDefaultGroups(table, place2),
    groupRequiresPython: parseGroupPythons(table, place2),
    line: () => place2.line()
  };
  return {
    place: place2,
    linked,
    dependencies: parseDependencies(arrayField(table, "dependencies", place2), "dependencies", place2),
    extras: dependencyMap(table, "optional-dependencies", place2),
    groups: dependencyMap(table, groups, place2)
  };
}
function parseDefaultGroups(table, place2) {
  const value = field(table, "default-groups");
  if (value === void 0) return void 0;
  return value === "all" ? "all" : namesField(table, "default-groups", place2);
}
function parseGroupPythons(table, place2) {
  if (field(table, "group-requires-python") === void 0) return NO_PYTHONS;
  const result = /* @__PURE__ */ new Map();
  for (const [group, value] of Object.entries(tableField(table, "group-requires-python", place2))) {
    const specifier = isTable(value) ? field(value, "requires-python") : value;
    if (typeof specifier === "string") result.set(asName(group, "group-requires-python", place2), specifier);
  }
  return result;
}
function groupNames(metadata, place2) {
  const key = field(metadata, "requires-dev") === void 0 ? "dependency-groups" : "requires-dev";
  return Object.keys(tableField(metadata, key, place2)).map((group) => asName(group, key, place2));
}
function dependencyMap(table, key, place2) {
  if (field(table, key) === void 0) return NO_DEPENDENCIES;
  const result = /* @__PURE__ */ new Map();
  for (const [name2, value] of Object.entries(tableField(table, key, place2)))
    result.set(
      asName(name2, key, place2),
      parseDependencies(asArray(value, `${key}.${name2}`, place2), key, place2)
    );
  return result;
}
function parseDependencies(entries2, key, place2) {
  return entries2.map((entry) => {
    const table = asTable(entry, key, place2);
    const source = field(table, "source");
    return {
      name: asName(requiredString(table, "name", place2), "name", place2),
      version: optionalString(table, "version", place2),
      source: source === void 0 ? void 0 : parseSource(source, place2),
      extras: namesField(table, "extra", place2),
      markerText: optionalString(table, "marker", place2) ?? ""
    };
  });
}
function checkHashes(source, wheels, place2) {
  if (source.kind === "registry" || source.kind === "registry-path") return;
  const wanted2 = source.kind === "url" || source.kind === "path" || source.kind === "git" && source.path !== void 0;
  for (const wheel of wheels)
    if (wheel.hash !== void 0 !== wanted2)
      throw invalid(place2, `a wheel of a '${source.kind}' source ${wanted2 ? "needs" : "cannot have"} a hash`);
}

// src/lock/link.ts
function linkPackages(raw, markers) {
  const index = new PackageIndex(raw);
  return raw.map((item) => {
    const link = (list2) => linkList(list2, item, index, markers);
    item.linked.dependencies = link(item.dependencies);
    item.linked.extras = linkMap(item.extras, link);
    item.linked.groups = linkMap(item.groups, link);
    return item.linked;
  });
}
function linkMap(lists, link) {
  if (lists.size === 0) return NO_DEPENDENCIES;
  return new Map([...lists].map(([name2, list2]) => [name2, link(list2)]));
}
function linkList(list2, owner, index, markers) {
  const seen = /* @__PURE__ */ new Set();
  return list2.map((dependency) => {
    const found = index.find(dependency, owner);
    const extras = dependency.extras.filter((extra) => found.raw.extras.has(extra));
    const key = `${found.id} ${dependency.extras.join(",")} ${dependency.markerText}`;
    if (seen.has(key)) throw invalid(owner.place, `the dependency '${dependency.name}' is there twice`);
    seen.add(key);
    const marker = dependency.markerText === "" ? void 0 : markers.parse(dependency.markerText, owner.place);
    return { package: found.raw.linked, extras, marker };
  });
}
var PackageIndex = class {
  #byName = /* @__PURE__ */ new Map();
  #byId = /* @__PURE__ */ new Map();
  constructor(raw) {
    for (const item of raw) {
      const { name: name2, version: version2, source } = item.linked;
      const entry = { id: packageId(name2, version2, sourceKey(source)), raw: item };
      if (this.#byId.has(entry.id))
        throw invalid(item.place, "the same package, version and source is there twice");
      this.#byId.set(entry.id, entry);
      const same = this.#byName.get(name2);
      if (same === void 0) this.#byName.set(name2, [entry]);
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
    const isTree2 = source !== void 0 && ["directory", "editable", "virtual"].includes(source.kind);
    if (only === void 0 && version2 === void 0 && same.length > 1 && !isTree2)
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
function packageId(name2, version2, source) {
  return `${name2} ${version2 === void 0 ? "" : parseVersion(version2)?.key ?? version2} ${source}`;
}

// node_modules/smol-toml/dist/error.js
function getLineColFromPtr(string, ptr) {
  let lines2 = string.slice(0, ptr).split(/\r?\n/);
  return [lines2.length, lines2.pop().length + 1];
}
function makeCodeBlock(string, line, column) {
  let lines2 = string.split(/\r?\n/);
  let codeblock = "";
  let numberLen = (Math.log10(line + 1) | 0) + 1;
  for (let i = line - 1; i <= line + 1; i++) {
    let l = lines2[i - 1];
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
  let first = c;
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
    } else if ((!state || state === 3) && c === first && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first && ctx.s.charCodeAt(ctx.p + 2) === first)) {
      if (isMultiline) {
        if (ctx.s.charCodeAt(ctx.p + 3) === first)
          ctx.p++;
        if (ctx.s.charCodeAt(ctx.p + 3) === first)
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

// node_modules/smol-toml/dist/date.js
var DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
var TomlDate = class _TomlDate extends Date {
  #hasDate = false;
  #hasTime = false;
  #offset = null;
  constructor(date, fasttype, unsafeDelim) {
    let hasDate = true;
    let hasTime = true;
    let offset2 = "Z";
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
              offset2 = null;
              date += "Z";
            } else if ((c = date.charCodeAt(date.length - 1)) !== 90 && c !== 122) {
              offset2 = date.slice(date.length - 6);
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
            offset2 = match[3] || null;
            if (!offset2 && hasTime)
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
      this.#offset = offset2;
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
    let offset2 = +this.#offset.slice(1, 3) * 60 + +this.#offset.slice(4, 6);
    offset2 = this.#offset[0] === "-" ? offset2 : -offset2;
    let offsetDate = new Date(this.getTime() - offset2 * 6e4);
    return offsetDate.toISOString().slice(0, -1) + this.#offset;
  }
  static wrapAsOffsetDateTime(jsDate, offset2 = "Z") {
    let date = new _TomlDate(jsDate);
    date.#offset = offset2;
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
function peekTable(ctx, key, table, meta, type) {
  let t = table;
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

// node_modules/smol-toml/dist/stringify.js
var BARE_KEY = /^[a-z0-9-_]+$/i;
var HAS_WELLFORMED = !!"".isWellFormed;
function extendedTypeOf(obj) {
  let type = typeof obj;
  if (type === "object") {
    if (Array.isArray(obj))
      return "array";
    if (typeof obj.getUTCDate === "function" && obj instanceof Date)
      return "date";
    if (globalThis.Temporal) {
      if (obj.until) {
        if (obj instanceof Temporal.ZonedDateTime)
          return "temporal/tz+uc";
        if (obj instanceof Temporal.PlainDateTime || obj instanceof Temporal.PlainDate)
          return "temporal/uc";
        if (obj instanceof Temporal.PlainTime || obj instanceof Temporal.Instant)
          return "temporal";
        if (obj instanceof Temporal.PlainYearMonth)
          return "temporal/x";
      } else if (obj.toPlainDate && obj instanceof Temporal.PlainMonthDay || obj.negated && obj instanceof Temporal.Duration) {
        return "temporal/x";
      }
    }
  }
  return type;
}
function isArrayOfTables(obj) {
  for (let i = 0; i < obj.length; i++) {
    if (extendedTypeOf(obj[i]) !== "object")
      return false;
  }
  return obj.length != 0;
}
function formatWellFormedStringUnchecked(s) {
  return JSON.stringify(s).replaceAll("", "\\u007f");
}
function formatString(s) {
  return formatWellFormedStringUnchecked(HAS_WELLFORMED ? s.toWellFormed() : s);
}
function formatKey(s) {
  if (BARE_KEY.test(s))
    return s;
  if (HAS_WELLFORMED && !s.isWellFormed())
    throw new RangeError("key contains illegal lone surrogates");
  return formatWellFormedStringUnchecked(s);
}
function stringifyValue(val, type, depth, numberAsFloat, strictTemporal) {
  if (depth === 0) {
    throw new Error("Could not stringify the object: maximum object depth exceeded");
  }
  switch (type) {
    // @ts-expect-error -- intentional fallthrough case
    case "number":
      if (isNaN(val))
        return "nan";
      if (val === Infinity)
        return "inf";
      if (val === -Infinity)
        return "-inf";
      if (Number.isInteger(val) && (numberAsFloat || !Number.isSafeInteger(val)))
        return val.toFixed(1);
    case "bigint":
    case "boolean":
    case "temporal":
      return val.toString();
    case "string":
      return formatString(val);
    case "date":
      if (isNaN(val.getTime()))
        throw new TypeError("cannot serialize invalid date");
      return val.toISOString();
    case "object":
      return stringifyInlineTable(val, depth, numberAsFloat, strictTemporal);
    case "array":
      return stringifyArray(val, depth, numberAsFloat, strictTemporal);
    // @ts-expect-error -- intentional fallthrough case
    case "temporal/tz+uc":
      if (strictTemporal) {
        let tz = val.timeZoneId;
        let tzc = tz.charCodeAt(0);
        if (
          // Classic offset
          tzc !== 43 && tzc !== 45 && // Fast pre-check pass; see below for the actually accepted values
          (tzc !== 85 && tzc !== 71 && tzc !== 90 && tzc !== 69 || // UTC and its aliases; Temporal implementations don't all canonicalise unfortunately
          tz !== "UTC" && tz !== "UCT" && tz !== "Universal" && tz !== "Zulu" && // GMT is a TZ but it's for all intents and purposes equivalent to UTC. Safe to downgrade.
          !tz.startsWith("GMT") && tz !== "Greenwich" && // Etc/* are all safe to downgrade to offset (either UTC, GMT, or offset)
          !tz.startsWith("Etc/"))
        ) {
          throw new TypeError("Temporal objects with an IANA timezone are not allowed in Temporal strict mode");
        }
      }
    case "temporal/uc":
      if (strictTemporal && val.calendarId !== "iso8601")
        throw new TypeError("Temporal objects with a non-default calendar are not allowed in Temporal strict mode");
      return val.toString({
        calendarName: "never",
        timeZoneName: "never"
      });
    case "temporal/x":
      throw new TypeError("Unsupported " + val[Symbol.toStringTag]);
  }
}
function stringifyInlineTable(obj, depth, numberAsFloat, strictTemporal) {
  let keys = Object.keys(obj);
  if (keys.length === 0)
    return "{}";
  let res = "{ ";
  for (let i = 0; i < keys.length; i++) {
    let k = keys[i];
    if (i)
      res += ", ";
    res += formatKey(k) + " = " + stringifyValue(obj[k], extendedTypeOf(obj[k]), depth - 1, numberAsFloat, strictTemporal);
  }
  return res + " }";
}
function stringifyArray(array, depth, numberAsFloat, strictTemporal) {
  if (array.length === 0)
    return "[]";
  let res = "[ ";
  for (let i = 0; i < array.length; i++) {
    if (i)
      res += ", ";
    if (array[i] === null || array[i] === void 0) {
      throw new TypeError("arrays cannot contain null or undefined values");
    }
    res += stringifyValue(array[i], extendedTypeOf(array[i]), depth - 1, numberAsFloat, strictTemporal);
  }
  return res + " ]";
}
function stringifyArrayTable(array, key, depth, numberAsFloat, strictTemporal) {
  if (depth === 0) {
    throw new Error("Could not stringify the object: maximum object depth exceeded");
  }
  let res = "";
  for (let i = 0; i < array.length; i++) {
    res += `${res && "\n"}[[${key}]]
`;
    res += stringifyTable(0, array[i], key, depth, numberAsFloat, strictTemporal);
  }
  return res;
}
function stringifyTable(tableKey, obj, prefix2, depth, numberAsFloat, strictTemporal) {
  if (depth === 0) {
    throw new Error("Could not stringify the object: maximum object depth exceeded");
  }
  let preamble = "";
  let tables = "";
  let keys = Object.keys(obj);
  for (let i = 0; i < keys.length; i++) {
    let k = keys[i];
    if (obj[k] !== null && obj[k] !== void 0) {
      let type = extendedTypeOf(obj[k]);
      if (type === "symbol" || type === "function") {
        throw new TypeError(`cannot serialize values of type '${type}'`);
      }
      let key = formatKey(k);
      if (type === "array" && isArrayOfTables(obj[k])) {
        tables += (tables && "\n") + stringifyArrayTable(obj[k], prefix2 ? `${prefix2}.${key}` : key, depth - 1, numberAsFloat, strictTemporal);
      } else if (type === "object") {
        let tblKey = prefix2 ? `${prefix2}.${key}` : key;
        tables += (tables && "\n") + stringifyTable(tblKey, obj[k], tblKey, depth - 1, numberAsFloat, strictTemporal);
      } else {
        preamble += key;
        preamble += " = ";
        preamble += stringifyValue(obj[k], type, depth, numberAsFloat, strictTemporal);
        preamble += "\n";
      }
    }
  }
  if (tableKey && (preamble || !tables))
    preamble = preamble ? `[${tableKey}]
${preamble}` : `[${tableKey}]`;
  return preamble && tables ? `${preamble}
${tables}` : preamble || tables;
}
function stringify(obj, { maxDepth = 1e3, numbersAsFloat = false, strictTemporal = false } = {}) {
  if (extendedTypeOf(obj) !== "object") {
    throw new TypeError("stringify can only be called with an object");
  }
  let str = stringifyTable(0, obj, "", maxDepth, numbersAsFloat, strictTemporal);
  if (str[str.length - 1] !== "\n")
    return str + "\n";
  return str;
}

// src/lock/toml.ts
var MAX_DEPTH = 160;
var MANY_DOTS = new RegExp(`^(?:[^.\\n]*\\.){${MAX_DEPTH + 1}}`, "m");
var NEWLINE = 10;
var DOT = 46;
var CONFLICT = /^(?:<{7}|\|{7}|>{7}|={7})(?: |\r?$)/m;
function parseToml(text2, file2) {
  const deep = MANY_DOTS.test(text2) ? deepKey(text2) : void 0;
  if (deep !== void 0)
    throw new UserError(
      "toml-syntax",
      `${file2}:${deep.line}:${deep.column} nests a dotted key deeper than ${MAX_DEPTH} levels, which no lock does. Mend the file, or make the lock anew with 'uv lock'.`,
      { at: { file: file2, ...deep } }
    );
  try {
    return parse(text2.startsWith("\uFEFF") ? text2.slice(1) : text2, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (error instanceof TomlError) throw mergeConflict(text2, file2) ?? syntaxError(error, file2);
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
function syntaxError(error, file2) {
  const reason = error.message.split("\n", 1)[0]?.replace(/^Invalid TOML document: /, "").replace(/\.+$/, "") ?? "invalid";
  return new UserError(
    "toml-syntax",
    `${file2}:${error.line}:${error.column} is not valid TOML: ${reason}. Mend the file, or make the lock anew with 'uv lock'.`,
    { at: { file: file2, line: error.line, column: error.column }, cause: error }
  );
}
function mergeConflict(text2, file2) {
  const found = CONFLICT.exec(text2);
  if (found === null) return void 0;
  const line = lineAt(text2, found.index);
  return new UserError(
    "merge-conflict",
    `${file2}:${line} holds a merge conflict that nobody resolved ('${found[0].trim()}'). Take one side and run 'uv lock'.`,
    { at: { file: file2, line, column: 1 } }
  );
}
function lineAt(text2, index) {
  let line = 1;
  for (let at = text2.indexOf("\n"); at >= 0 && at < index; at = text2.indexOf("\n", at + 1)) line += 1;
  return line;
}

// src/lock/parse.ts
function parseLock(text2, file2) {
  const document = parseToml(text2, file2);
  const top = { file: file2, subject: "", line: () => void 0 };
  checkVersion(document, top);
  const markers = new Markers();
  const entries2 = tablesField(
    document,
    field(document, "package") === void 0 ? "distribution" : "package",
    top
  );
  const raw = entries2.map(
    (entry, index) => parsePackage(entry, markers, packagePlace(text2, file2, entry, index))
  );
  const packages = linkPackages(raw, markers);
  const manifest = tableField(document, "manifest", top);
  return {
    file: file2,
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
function checkVersion(document, place2) {
  const version2 = field(document, "version");
  if (version2 === 1) return;
  if (version2 === void 0)
    throw invalid(place2, "'version' is missing: this is not a uv.lock", "Name the uv.lock that uv wrote.");
  throw new UserError(
    "lock-version",
    `${place2.file} has format version ${String(version2)}; uv-fod reads version 1, of any revision. Use a uv-fod that knows it, or a uv that writes version 1.`,
    { at: { file: place2.file } }
  );
}
function packagePlace(text2, file2, entry, index) {
  const name2 = field(entry, "name");
  const subject = typeof name2 === "string" ? `package '${name2}'` : `package number ${index + 1}`;
  return { file: file2, subject, line: () => packageLine(text2, index) };
}
function packageLine(text2, index) {
  const header = /^[ \t]*\[\[[ \t]*(?:package|distribution)[ \t]*\]\]/gm;
  for (let count2 = 0; ; count2 += 1) {
    const found = header.exec(text2);
    if (found === null) return void 0;
    if (count2 === index) return lineAt(text2, found.index);
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
function requirement(entry, markers, place2) {
  return {
    name: asName(requiredString(entry, "name", place2), "requirements", place2),
    extras: namesField(entry, "extras", place2),
    marker: markers.optional(entry, "marker", place2)
  };
}
function parseRootGroups(manifest, markers, place2) {
  const key = "dependency-groups";
  const result = /* @__PURE__ */ new Map();
  for (const [group, entries2] of Object.entries(tableField(manifest, key, place2))) {
    const list2 = asArray(entries2, `${key}.${group}`, place2);
    result.set(
      asName(group, key, place2),
      list2.map((entry) => requirement(asTable(entry, key, place2), markers, place2))
    );
  }
  return result;
}
function parseConflicts(document, place2) {
  return arrayField(document, "conflicts", place2).map(
    (set) => asArray(set, "conflicts", place2).map((entry) => conflictItem(asTable(entry, "conflicts", place2), place2))
  );
}
function conflictItem(entry, place2) {
  const name2 = asName(requiredString(entry, "package", place2), "conflicts", place2);
  const extra = optionalString(entry, "extra", place2);
  if (extra !== void 0) return { package: name2, kind: "extra", name: asName(extra, "conflicts", place2) };
  const group = optionalString(entry, "group", place2);
  if (group !== void 0) return { package: name2, kind: "group", name: asName(group, "conflicts", place2) };
  return { package: name2, kind: "project", name: "" };
}

// src/lock/project.ts
import path6 from "node:path";

// src/lock/reader.ts
function rememberText(read) {
  const known = /* @__PURE__ */ new Map();
  return (file2) => {
    const found = known.get(file2) ?? read(file2);
    known.set(file2, found);
    return found;
  };
}
function readAhead(files, read) {
  for (const file2 of files) read(file2).catch(() => {
  });
}

// src/lock/settings.ts
var NO_SETTINGS = { noBinary: { kind: "none" }, noBuild: { kind: "none" } };
function parseSettings(table, file2) {
  const place2 = { file: file2, subject: "", line: () => void 0 };
  return { noBinary: parseRule(table, "no-binary", place2), noBuild: parseRule(table, "no-build", place2) };
}
function parseRule(table, key, place2) {
  const all = optionalBoolean(table, key, place2);
  const names = namesField(table, `${key}-package`, place2);
  if (all !== void 0) return { kind: all ? "all" : "none" };
  return names.length === 0 ? { kind: "none" } : { kind: "packages", names: new Set(names) };
}
function forbidsWheel(settings, name2) {
  return forbids(settings.noBinary, settings.noBuild, name2);
}
function forbidsBuild(settings, name2) {
  return forbids(settings.noBuild, settings.noBinary, name2);
}
function forbids(rule, exception, name2) {
  if (rule.kind === "packages") return rule.names.has(name2);
  if (rule.kind === "none") return false;
  return exception.kind !== "packages" || !exception.names.has(name2);
}
function parsePyproject(document, file2) {
  const place2 = { file: file2, subject: "", line: () => void 0 };
  const project = tableField(document, "project", place2);
  const name2 = optionalString(project, "name", place2);
  const tool = tableField(document, "tool", place2);
  const uv = field(tool, "uv") === void 0 ? void 0 : tableField(tool, "uv", place2);
  const groups = new Set(
    Object.keys(tableField(document, "dependency-groups", place2)).map(
      (group) => asName(group, "dependency-groups", place2)
    )
  );
  const defaultGroups2 = uv === void 0 ? void 0 : readDefaultGroups(uv, groups, place2);
  if (uv !== void 0 && field(uv, "dev-dependencies") !== void 0) groups.add("dev");
  return {
    file: file2,
    name: name2 === void 0 ? void 0 : asName(name2, "project.name", place2),
    groups,
    defaultGroups: defaultGroups2,
    isWorkspaceRoot: uv !== void 0 && isTable(field(uv, "workspace")),
    uv
  };
}
function readDefaultGroups(uv, groups, place2) {
  const value = field(uv, "default-groups");
  if (value === void 0 || value === "all") return value;
  const names = namesField(uv, "default-groups", place2);
  for (const name2 of names)
    if (!groups.has(name2))
      throw invalid(
        place2,
        `'tool.uv.default-groups' names '${clip(name2)}', which [dependency-groups] does not have`,
        "Take it out, or add the group."
      );
  return names;
}

// src/lock/project.ts
async function loadProject(dir, readFile8, options = {}) {
  const read = rememberText(readFile8);
  readAhead([path6.join(dir, "pyproject.toml"), path6.join(dir, "uv.toml")], read);
  const { root, lockFile, lock } = options.lockFile === void 0 ? await findLock(dir, read) : await readLock(dir, options.lockFile, read);
  const rootPyproject = await readPyproject(path6.join(root, "pyproject.toml"), read);
  const pyprojects = await readMembers(lock, root, rootPyproject, read);
  const own = sameFolder(dir, root) ? rootPyproject : await readPyproject(path6.join(dir, "pyproject.toml"), read);
  return {
    lock,
    root,
    lockFile,
    settings: await findSettings(root, read),
    current: own === void 0 ? memberAt(lock, path6.relative(root, dir)) : own.name,
    rootPyproject,
    pyprojects
  };
}
async function readLock(dir, lockFile, read) {
  const text2 = await read(lockFile);
  if (text2 === void 0)
    throw new UserError(
      "lock-missing",
      `There is no lock ${lockFile}. Name the uv.lock with --lock, or leave --lock out.`
    );
  const lock = parseLock(text2, lockFile);
  const own = await readPyproject(path6.join(dir, "pyproject.toml"), read);
  const root = ancestors(dir).find((folder) => {
    const member = memberAt(lock, path6.relative(folder, dir));
    return member !== void 0 && (own === void 0 || member === own.name);
  });
  return { root: root ?? dir, lockFile, lock };
}
async function findLock(dir, read) {
  for (const root of ancestors(dir)) {
    const lockFile = path6.join(root, "uv.lock");
    const text2 = await read(lockFile);
    if (text2 === void 0) continue;
    const lock = parseLock(text2, lockFile);
    if (sameFolder(root, dir) || memberAt(lock, path6.relative(root, dir)) !== void 0)
      return { root, lockFile, lock };
  }
  throw new UserError(
    "lock-missing",
    `There is no uv.lock in ${dir}, nor in a workspace above it. Run 'uv lock' there, or name the lock with --lock.`
  );
}
function memberAt(lock, folder) {
  const wanted2 = path6.normalize(folder === "" ? "." : folder);
  const found = lock.packages.find(
    ({ source }) => (source.kind === "editable" || source.kind === "virtual" || source.kind === "directory") && path6.normalize(source.path) === wanted2
  );
  return found?.name;
}
async function readMembers(lock, root, rootPyproject, read) {
  const result = /* @__PURE__ */ new Map();
  if (rootPyproject?.name !== void 0) result.set(rootPyproject.name, rootPyproject);
  const files = lock.members.filter((name2) => !result.has(name2)).map((name2) => ({ name: name2, file: pyprojectOf(name2, lock, root) }));
  readAhead(
    files.flatMap(({ file: file2 }) => file2 ?? []),
    read
  );
  for (const { name: name2, file: file2 } of files) {
    const pyproject2 = file2 === void 0 ? void 0 : await readPyproject(file2, read);
    if (pyproject2 !== void 0) result.set(name2, pyproject2);
  }
  return result;
}
function pyprojectOf(name2, lock, root) {
  const source = lock.byName.get(name2)?.[0]?.source;
  if (source === void 0 || !("path" in source) || source.path === void 0) return void 0;
  const folder = path6.resolve(root, source.path);
  return path6.relative(root, folder).startsWith("..") ? void 0 : path6.join(folder, "pyproject.toml");
}
async function readPyproject(file2, read) {
  const text2 = await read(file2);
  return text2 === void 0 ? void 0 : parsePyproject(parseToml(text2, file2), file2);
}
async function findSettings(root, read) {
  for (const folder of ancestors(root)) {
    const file2 = path6.join(folder, "uv.toml");
    const text2 = await read(file2);
    if (text2 !== void 0) return parseSettings(parseToml(text2, file2), file2);
    const pyproject2 = await readSettingsPyproject(path6.join(folder, "pyproject.toml"), read, folder === root);
    if (pyproject2?.uv !== void 0) return parseSettings(pyproject2.uv, pyproject2.file);
  }
  return NO_SETTINGS;
}
async function readSettingsPyproject(file2, read, isRoot) {
  try {
    return await readPyproject(file2, read);
  } catch (error) {
    if (isRoot || !(error instanceof UserError)) throw error;
    return void 0;
  }
}
function ancestors(dir) {
  const result = [dir];
  for (let folder = path6.dirname(dir); folder !== result.at(-1); folder = path6.dirname(folder))
    result.push(folder);
  return result;
}
function sameFolder(left, right) {
  return path6.relative(left, right) === "";
}

// src/native/shared.ts
import { createHash as createHash4 } from "node:crypto";

// src/native/action-cache.ts
import { mkdir as mkdir2, readFile as readFile3, writeFile as writeFile2 } from "node:fs/promises";
import path7 from "node:path";
var guess = { index: 6e7, cache: 8e7, cacheDelay: 1.5 };
var tooLittle = 4e6;
var prefix = "uv-fod-artifacts-1-";
function isWorthIt(missing, rates = guess) {
  return missing / rates.index > rates.cacheDelay + missing / rates.cache;
}
async function restoreArtifacts({ folder, lock, missing }, { runner, log, now }) {
  if (!runner.isFeatureAvailable()) return { outcome: "unavailable", reason: "this runner has no cache" };
  const size = `${(missing / 1e6).toFixed(0)} MB`;
  if (missing < tooLittle) return { outcome: "not worth it", reason: `only ${size} have to be fetched` };
  const started = now();
  try {
    await mkdir2(folder, { recursive: true });
    const key = await runner.restoreCache([folder], prefix + lock, [prefix]);
    if (key === void 0) return { outcome: "missed", reason: "nothing was saved before" };
    await noteRates(folder, { cache: rate(missing, now() - started) });
    return { outcome: "restored", key, reason: `instead of fetching ${size}` };
  } catch (error) {
    log.warning(
      `The cache of artifacts could not be restored (${messageOf(error)}); they are fetched instead.`
    );
    return { outcome: "missed", reason: "restoring failed" };
  }
}
async function saveArtifacts({ folder, lock, missing }, restored, fetched, cache, most2, { runner, log }) {
  if (restored.outcome === "unavailable" || restored.key === prefix + lock || fetched.bytes === 0)
    return false;
  try {
    const rates = await noteRates(folder, { index: rate(fetched.bytes, fetched.milliseconds) });
    if (!isWorthIt(Math.max(missing, fetched.bytes), rates)) return false;
    await cache.trim(most2);
    await runner.saveCache([folder], prefix + lock);
    return true;
  } catch (error) {
    log.warning(
      `The cache of artifacts could not be saved (${messageOf(error)}); the next run fetches them again.`
    );
    return false;
  }
}
var ratesFile = (folder) => path7.join(folder, "rates.json");
async function readRates(folder) {
  try {
    const known = JSON.parse(await readFile3(ratesFile(folder), "utf8"));
    const positive = (value, otherwise) => typeof value === "number" && Number.isFinite(value) && value > 0 ? value : otherwise;
    return {
      index: positive(known.index, guess.index),
      cache: positive(known.cache, guess.cache),
      cacheDelay: positive(known.cacheDelay, guess.cacheDelay)
    };
  } catch {
    return guess;
  }
}
async function noteRates(folder, measured2) {
  const rates = { ...await readRates(folder), ...measured2 };
  await mkdir2(folder, { recursive: true });
  await writeFile2(ratesFile(folder), `${JSON.stringify(rates)}
`);
  return rates;
}
var rate = (bytes, milliseconds) => bytes * 1e3 / Math.max(1, milliseconds);
var messageOf = (error) => error instanceof Error ? error.message : String(error);

// src/native/hash.ts
import { stat as stat2 } from "node:fs/promises";
import path8 from "node:path";
import { setImmediate } from "node:timers/promises";

// src/artifacts/download.ts
import { rename, rm as rm5 } from "node:fs/promises";

// src/artifacts/messages.ts
var noAddress = ({ label, url }) => new UserError(
  "artifact-address",
  `${label}: '${withoutCredentials(url)}' is no http or https address; correct the index in the project and lock again.`
);
var unreachable = ({ label, url }, reason, cause2) => new UserError(
  "artifact-unreachable",
  `${label} can't be downloaded from ${withoutCredentials(url)}: ${reason}. Check that the index still has it and that this machine reaches it; if the release was withdrawn, lock again (uv lock --upgrade-package NAME).`,
  { cause: cause2 }
);
function untrusted({ label, url }, cause2) {
  const { code, message } = cause2;
  const isOfCertificate = /^(CERT_\w+|\w+_CERT|\w+_CERT_(SIGNATURE|IN_CHAIN|LOCALLY)|ERR_TLS_CERT_\w+|UNABLE_TO_VERIFY_LEAF_SIGNATURE|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/;
  if (!isOfCertificate.test(String(code))) return void 0;
  return new UserError(
    "artifact-unreachable",
    `${label} can't be downloaded from ${withoutCredentials(url)}: the server's certificate is not trusted (${message}). If a proxy or a mirror of yours signs certificates itself, name a file with its authority's certificate beside the public ones in SSL_CERT_FILE; if the certificate has expired, or the clock of this machine is wrong, mend that. Otherwise somebody stands between this machine and the index.`,
    { cause: cause2 }
  );
}
var changed = ({ label, url }, what) => new UserError(
  "artifact-changed",
  `${label} from ${withoutCredentials(url)} is not what uv.lock names: got ${what}. Nothing was kept. If the index replaced the file on purpose, lock again; otherwise somebody is changing files on the way.`
);
function unwritable({ label }, cause2) {
  const full = cause2.code === "ENOSPC" || cause2.code === "EDQUOT";
  return new UserError(
    full ? "disk-full" : "files-unwritable",
    full ? `${label} can't be kept: there is no space left for it (${cause2.code}). Free some, or name a folder on another disk (XDG_CACHE_HOME for the cache, TMPDIR for temporary files).` : `${label} can't be kept: ${cause2.message}. Name a folder that can be written (XDG_CACHE_HOME for the cache, TMPDIR for temporary files).`,
    { cause: cause2 }
  );
}
function withoutCredentials(address2) {
  const url = URL.parse(address2);
  if (!url) return address2;
  url.username = "";
  url.password = "";
  url.search = "";
  return url.href;
}

// src/artifacts/redirects.ts
var most = 5;
function webAddress(address2, refused2) {
  const url = URL.parse(address2);
  if (!url || url.protocol !== "https:" && url.protocol !== "http:") throw refused2();
  return url;
}
async function getFollowing(start, headers, network, signal, refusals) {
  let url = start;
  for (let hops = 0; hops <= most; hops += 1) {
    const authorization = network.authorization(url);
    const sent = { ...headers, ...authorization === void 0 ? {} : { authorization } };
    const answer = await network.get(url, sent, signal);
    const isRedirect = [301, 302, 303, 307, 308].includes(answer.status);
    const location = isRedirect ? answer.header("location") : void 0;
    if (location === void 0) return answer;
    answer.body.discard();
    const next = webAddress(URL.parse(location, url.href)?.href ?? location, refusals.address);
    if (url.protocol === "https:" && next.protocol === "http:") throw refusals.plainHttp(url, next);
    await network.beforeRedirect?.(url, next);
    url = next;
  }
  throw refusals.tooMany(most);
}

// src/artifacts/request.ts
async function request(file2, network, from, signal) {
  const refusals = {
    address: () => noAddress(file2),
    plainHttp: (here, to) => unreachable(file2, `${here.host} redirects to plain http, at ${to.host}`),
    tooMany: (most2) => unreachable(file2, `more than ${most2} redirects`)
  };
  try {
    const start = webAddress(file2.url, refusals.address);
    const answer = await getFollowing(start, headersFor(from), network, signal, refusals);
    const { status, body } = answer;
    if (status === 200 || status === 206) return answer;
    body.discard();
    throw refusal(file2, status);
  } catch (error) {
    throw error instanceof UserError ? new AbortError(error) : error;
  }
}
function headersFor(from) {
  return {
    "user-agent": "uv-fod",
    accept: "*/*",
    // The bytes of the lock, not a packed form of them.
    "accept-encoding": "identity",
    ...from === void 0 ? {} : { range: `bytes=${from.byte}-` },
    ...from?.etag === void 0 ? {} : { "if-range": from.etag }
  };
}
var isPassing = (status) => [408, 416, 425, 429].includes(status) || status >= 500;
function refusal(file2, status) {
  const message = `the server answered ${status}`;
  return isPassing(status) ? new Error(message) : unreachable(file2, message);
}

// src/artifacts/transfer.ts
import { createHash as createHash3 } from "node:crypto";
function openTransfer(file2, part, { digests = "now", sink }) {
  return {
    sink: sink ?? fileSink(part),
    digests: digests === "now" ? newDigests(file2) : void 0,
    etag: void 0,
    pieced: false,
    isSpoiled: false
  };
}
function newDigests(file2) {
  const sha256 = createHash3("sha256");
  const algorithm = file2.hash?.split(":")[0] ?? "sha256";
  return { sha256, declared: algorithm === "sha256" ? sha256 : createHash3(algorithm) };
}
async function continueOrRestart(answer, file2, transfer) {
  const begins = /^bytes (\d+)-/.exec(answer.header("content-range") ?? "")?.[1];
  if (answer.status === 206 && Number(begins) === transfer.sink.size()) {
    transfer.pieced = true;
    return;
  }
  await restart(file2, transfer);
  if (answer.status === 206) {
    answer.body.discard();
    throw new Error("the server answered with another part of the file than was asked for");
  }
  const etag = answer.header("etag");
  transfer.etag = etag?.startsWith("W/") ? void 0 : etag;
}
async function restart(file2, transfer) {
  transfer.pieced = transfer.isSpoiled = false;
  if (transfer.sink.size() === 0) return;
  await transfer.sink.restart();
  if (transfer.digests) transfer.digests = newDigests(file2);
}
function take(chunk, file2, transfer) {
  const { sink, digests } = transfer;
  if (file2.size !== void 0 && sink.size() + chunk.length > file2.size)
    throw mismatch(file2, transfer, `more than the ${file2.size} bytes of the lock`);
  digests?.sha256.update(chunk);
  if (digests && digests.declared !== digests.sha256) digests.declared.update(chunk);
  return sink.take(chunk);
}
function finish2(file2, transfer) {
  const size = transfer.sink.size();
  if (!transfer.digests) return { size, sha256: "" };
  const { sha256, declared } = transfer.digests;
  const digest2 = sha256.digest("hex");
  const [algorithm, expected] = file2.hash?.split(":") ?? [];
  const actual = declared === sha256 ? digest2 : declared.digest("hex");
  if (expected === void 0 || actual === expected.toLowerCase()) return { size, sha256: digest2 };
  throw mismatch(file2, transfer, `${algorithm} ${actual}, where the lock has ${expected}`);
}
function mismatch(file2, transfer, what) {
  if (!transfer.pieced) return new AbortError(changed(file2, what));
  transfer.isSpoiled = true;
  return new Error(`what came in pieces is not one file: ${what}`);
}

// src/artifacts/watch.ts
function watch(patience, size, received, outer) {
  const controller = new AbortController();
  const abort = (reason) => controller.abort(new Error(reason));
  const seconds = (milliseconds) => `${milliseconds / 1e3} s`;
  const waiting = setTimeout(() => abort(`no answer within ${seconds(patience.headers)}`), patience.headers);
  const most2 = size === void 0 ? void 0 : patience.total + size / patience.rate * 1e3;
  const total2 = most2 === void 0 ? void 0 : setTimeout(() => abort(`not done after ${seconds(most2)}`), most2);
  let windows;
  const answered = () => {
    clearTimeout(waiting);
    let before = received();
    windows = setInterval(() => {
      const now = received();
      const came = now - before;
      before = now;
      if (came < patience.minimum) abort(`only ${came} bytes in ${seconds(patience.window)}`);
    }, patience.window);
  };
  const stop = () => {
    clearTimeout(waiting);
    clearTimeout(total2);
    clearInterval(windows);
  };
  const signal = outer ? AbortSignal.any([controller.signal, outer]) : controller.signal;
  return { signal, answered, stop };
}

// src/artifacts/download.ts
async function download(file2, target, network, options = {}) {
  const part = `${target}.part`;
  const { signal } = options;
  const transfer = openTransfer(file2, part, options);
  try {
    const result = await pRetry(() => attempt(file2, transfer, network, signal), {
      retries: network.retries,
      minTimeout: network.retryDelay,
      factor: 2,
      randomize: true,
      ...signal ? { signal } : {}
    });
    await transfer.sink.close();
    if (!options.sink) await rename(part, target);
    return result;
  } catch (error) {
    await transfer.sink.close().catch(() => {
    });
    if (!options.sink) await rm5(part, { force: true });
    if (error instanceof UserError) throw error;
    if (isOfFiles(error)) throw unwritable(file2, error);
    throw unreachable(file2, reasonOf(error), error);
  }
}
async function attempt(file2, transfer, network, signal) {
  const { sink } = transfer;
  const watched = watch(network.patience, file2.size, sink.size, signal);
  try {
    const from = sink.size() > 0 && file2.hash && !transfer.isSpoiled ? { byte: sink.size(), etag: transfer.etag } : void 0;
    const answer = await request(file2, network, from, watched.signal);
    watched.answered();
    await continueOrRestart(answer, file2, transfer);
    const expected = Number(answer.header("content-length") ?? Number.NaN) + sink.size();
    await answer.body.drain((piece) => take(piece, file2, transfer), sink.room);
    await sink.flush();
    if (sink.size() < (file2.size ?? expected))
      throw new Error(
        `the answer ended after ${sink.size()} of ${file2.size ?? expected} bytes${kind(answer)}`
      );
    return finish2(file2, transfer);
  } catch (error) {
    if (isOfFiles(error)) throw new AbortError(unwritable(file2, error));
    if (error instanceof AbortError) throw error;
    const distrust = untrusted(file2, error);
    if (distrust) throw new AbortError(distrust);
    throw new Error(reasonOf(watched.signal.aborted ? watched.signal.reason : error), { cause: error });
  } finally {
    watched.stop();
  }
}
var kind = (answer) => answer.header("content-type")?.startsWith("text/html") ? ", and is a web page" : "";
var isOfFiles = (error) => typeof error === "object" && error !== null && "code" in error && "syscall" in error && ["open", "write", "ftruncate", "close", "rename"].includes(String(error.syscall)) && !["EPIPE", "ECONNRESET", "ETIMEDOUT"].includes(String(error.code));
var reasonOf = (error) => typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);

// src/artifacts/manifest.ts
var fetcherVersion = 1;
function manifestText(artifacts, target) {
  const wheels = artifacts.filter((artifact) => artifact.kind === "wheel").map(({ name: name2, version: version2, filename, hash }) => ({ name: name2, version: version2, filename, ...hash ? { hash } : {} }));
  const { system, python, libc, packages, allPackages, extras, groups, defaultGroups: defaultGroups2 } = target;
  const declared = {
    ...{ system, python, libc, allPackages, defaultGroups: defaultGroups2 },
    ...{ packages: sorted(packages), extras: sorted(extras), groups: sorted(groups) }
  };
  return `${JSON.stringify({ fetcherVersion, target: declared, wheels }, null, 2)}
`;
}
var sorted = (names) => [...new Set(names)].sort();
function manifestDigest(artifacts, target) {
  return sriOfText(manifestText(artifacts, target));
}

// src/artifacts/wheels.ts
function wheelsOf(artifacts) {
  const seen = /* @__PURE__ */ new Map();
  return artifacts.filter(({ kind: kind2 }) => kind2 === "wheel").map((artifact) => {
    const { name: name2, filename = "" } = artifact;
    if (!/^[A-Za-z0-9][A-Za-z0-9._+!-]{0,250}$/.test(filename)) {
      throw new UserError(
        "artifact-name",
        `${name2}: '${printable(filename.slice(0, 200))}' is no file name of a wheel; lock again with a current uv.`
      );
    }
    const other = seen.get(filename);
    if (other) {
      throw new UserError(
        "artifact-name",
        `${other.name} and ${name2} both name the file '${filename}'; lock again with a current uv.`
      );
    }
    seen.set(filename, artifact);
    return { ...artifact, filename };
  });
}
function asDownload(artifact) {
  if (artifact.url === void 0) {
    throw new UserError(
      "artifact-address",
      `${labelOf(artifact)} has neither an address nor a path in uv.lock; lock again with a current uv.`
    );
  }
  return { url: artifact.url, hash: artifact.hash, size: artifact.size, label: labelOf(artifact) };
}
var labelOf = (artifact) => artifact.filename ?? `${artifact.name} ${artifact.version ?? ""}`.trim();
var localMissing = (artifact, cause2) => new UserError(
  "artifact-unreachable",
  `${labelOf(artifact)} is not at '${artifact.path}', where uv.lock has it; add the file or lock again.`,
  { cause: cause2 }
);
var localChanged = (artifact) => new UserError(
  "artifact-changed",
  `${labelOf(artifact)} at '${artifact.path}' is not the file that uv.lock names (${artifact.hash}); lock again if it changed on purpose.`
);

// src/native/union.ts
function unionOf(systems) {
  const files = /* @__PURE__ */ new Map();
  for (const [index, { artifacts }] of systems.entries()) {
    for (const wheel of wheelsOf(artifacts)) {
      const { filename, hash, url, path: path16 } = wheel;
      const key = JSON.stringify([filename, hash ?? [url, path16]]);
      const file2 = files.get(key) ?? { wheel, outputs: [] };
      file2.outputs.push(index);
      files.set(key, file2);
    }
  }
  return [...files.values()].sort(({ wheel: a }, { wheel: b }) => compare(a.filename, b.filename));
}
var compare = (a, b) => a < b ? -1 : Number(a > b);

// src/native/window.ts
async function runInWindow(tasks, run, limits2, abort) {
  const running = /* @__PURE__ */ new Set();
  let bytes = 0;
  let failure;
  for (const task of tasks) {
    while (running.size >= limits2.many() || running.size >= limits2.few && bytes + task.size > limits2.bytes) {
      await Promise.race(running);
    }
    if (failure) break;
    bytes += task.size;
    const ended = run(task).catch((error) => {
      failure ??= { error };
      abort();
    }).then(() => {
      bytes -= task.size;
      running.delete(ended);
    });
    running.add(ended);
  }
  await Promise.all(running);
  if (failure) throw failure.error;
}

// src/native/hash.ts
var limits = { bytes: 12 * 1024 * 1024, few: 4 };
var connections = { soon: 300, first: 8, later: 16 };
var maxRounds = 3;
async function hashNatively(systems, project, tools) {
  const files = unionOf(systems);
  const run = {
    files,
    plan: {
      manifests: systems.map(({ artifacts, target }) => manifestText(artifacts, target)),
      files: files.map(({ wheel, outputs }) => ({ name: wheel.filename, digest: wheel.hash, outputs }))
    },
    places: /* @__PURE__ */ new Map(),
    project,
    tools,
    downloaded: { files: 0, bytes: 0 }
  };
  try {
    for (let round = 0; round < maxRounds; round += 1) {
      const hashes = await hashRound(run, round > 0);
      if (hashes) return { hashes: systems.map(describe2(hashes)), downloaded: run.downloaded };
    }
  } finally {
    const left = [...run.places.values()].filter(({ kind: kind2 }) => kind2 === "temporary");
    await Promise.all(left.map(({ file: file2 }) => tools.cache.discard(file2)));
  }
  throw new UserError(
    "cache-unusable",
    "Files of the cache change while they are read, again and again. Delete its folder (uv-fod in XDG_CACHE_HOME), or see whether the disk is sound."
  );
}
var describe2 = (hashes) => ({ target, artifacts }, index) => ({
  system: target.system,
  hash: hashes[index] ?? "",
  files: artifacts.filter(({ kind: kind2 }) => kind2 === "wheel").length
});
async function hashRound(run, isRepeat) {
  const { files, places, tools } = run;
  await Promise.all(
    files.map(async ({ wheel }, index) => {
      const place2 = places.get(index) ?? await find2(wheel, run);
      if (place2) places.set(index, place2);
    })
  );
  const settling = [];
  const settleLater = (index, isRight, error) => {
    settling.push(settle(index, isRight, error, run).catch((thrown) => ({ error: thrown })));
  };
  const used = [];
  const known = [...places].sort(([a], [b]) => a - b);
  const lane = tools.startLane(run.plan, settleLater);
  lane.result.catch(() => {
  });
  try {
    const fetching = fetchMissing(run, isRepeat, lane);
    fetching.catch(() => {
    });
    for (const [index, { file: file2 }] of known) {
      const { isRight, seen } = lane.read(index, file2);
      settleLater(index, isRight);
      if (isRight && seen && places.get(index)?.kind === "cached") used.push({ file: file2, seen });
      if (known.length < files.length) await setImmediate();
    }
    await fetching;
    const hashes = await lane.result;
    await Promise.all(used.map(({ file: file2, seen }) => tools.cache.used(file2, seen)));
    return hashes;
  } catch (error) {
    await lane.stop();
    throw error;
  } finally {
    lane.stop().catch(() => {
    });
    for (const settled of await Promise.all(settling)) rethrow(settled);
  }
}
function rethrow(settled) {
  if (typeof settled === "object" && settled !== null && "error" in settled) throw settled.error;
}
async function find2(wheel, { project, tools }) {
  if (wheel.path !== void 0) return { kind: "local", file: path8.resolve(project, wheel.path) };
  const file2 = wheel.hash === void 0 ? void 0 : await tools.cache.find(wheel.hash);
  return file2 === void 0 ? void 0 : { kind: "cached", file: file2 };
}
async function fetchMissing(run, isRepeat, lane) {
  const { files, places, tools, downloaded } = run;
  const tasks = files.flatMap(
    ({ wheel }, index) => places.has(index) ? [] : [{ index, wheel, size: wheel.size ?? 1024 * 1024, file: tools.cache.temporary() }]
  );
  if (tasks.length === 0) return;
  for (const { index, file: file2 } of tasks) places.set(index, { kind: "temporary", file: file2 });
  lane.expect(tasks.map(({ index, file: file2 }) => ({ index, file: file2 })));
  const network = await tools.network();
  const controller = new AbortController();
  const expected = tasks.reduce((sum, { size }) => sum + size, 0);
  const all = { files: downloaded.files + tasks.length, bytes: downloaded.bytes + expected };
  const one = async ({ index, wheel, file: file2 }) => {
    const place2 = wheel.hash === void 0 ? void 0 : await tools.cache.placeFor(wheel.hash);
    const sink = lane.receive(index, file2, wheel.size);
    const options = { sink, digests: isRepeat ? "now" : "later", signal: controller.signal };
    const { size } = await download(asDownload(wheel), file2, network, options);
    lane.end(index, place2);
    downloaded.files += 1;
    downloaded.bytes += size;
    tools.onProgress?.(downloaded, all);
  };
  lane.result.catch((error) => controller.abort(error));
  const trimmed = tools.cache.trim(Math.max(0, tools.cacheSize - expected)).catch(() => {
  });
  const started = performance.now();
  const many = () => performance.now() - started < connections.soon ? connections.first : connections.later;
  await runInWindow(tasks, one, { ...limits, many }, () => controller.abort());
  await trimmed;
}
async function settle(index, isRight, error, { files, places, tools: { cache } }) {
  const [place2, item] = [places.get(index), files[index]];
  if (!place2 || !item) return;
  const { wheel } = item;
  if (error) throw unwritable({ label: wheel.filename }, error);
  if (isRight) {
    if (place2.kind === "temporary" && wheel.hash !== void 0) places.delete(index);
  } else if (place2.kind === "local") throw await whatIsWrong(wheel, place2.file);
  else {
    places.delete(index);
    await cache.discard(place2.file);
  }
}
async function whatIsWrong(wheel, file2) {
  const found = await stat2(file2).catch(() => void 0);
  return found?.isFile() ? localChanged(wheel) : localMissing(wheel);
}

// src/native/shared.ts
async function hashOnRunner(systems, project, tools) {
  const { shared } = tools;
  if (!shared) return hashNatively(systems, project, tools);
  const { request: request2, bytes } = await requestOf(systems, shared.root);
  const restored = await restoreArtifacts(request2, shared);
  shared.log.info(`Artifacts in the runner's cache: ${restored.outcome} (${restored.reason})`);
  const started = shared.now();
  const result = await hashNatively(systems, project, tools);
  const fetched = { bytes: result.downloaded.bytes, milliseconds: shared.now() - started };
  const most2 = Math.min(2 * bytes, tools.cacheSize);
  if (await saveArtifacts(request2, restored, fetched, tools.cache, most2, shared))
    shared.log.info("Saved the artifacts in the runner's cache.");
  return result;
}
async function requestOf(systems, root) {
  const cache = await openCache(root);
  const digest2 = createHash4("sha256");
  let [missing, bytes] = [0, 0];
  for (const { wheel } of unionOf(systems)) {
    if (wheel.path !== void 0 || wheel.hash === void 0) continue;
    digest2.update(`${wheel.hash}
`);
    bytes += wheel.size ?? 0;
    if (await cache.find(wheel.hash) === void 0) missing += wheel.size ?? 0;
  }
  return { request: { folder: artifactsFolder(root), lock: digest2.digest("hex"), missing }, bytes };
}

// src/update/hashes.ts
async function hashAll(request2, spotted, parts) {
  const stale = spotted.filter(({ isCurrent }) => request2.distrust || !isCurrent);
  const own = stale.find(({ pinned }) => pinned.target.system === request2.builder);
  const nix = own && await hashByNix(request2.where, request2.builder, parts.run, parts.log);
  const natively = request2.twice ? stale : stale.filter((one) => one !== own);
  const native = await nativeHashes(request2, natively, parts);
  const other = native.get(request2.builder);
  if (nix !== void 0 && other !== void 0 && nix !== other) throw differ(request2.builder, nix, other);
  return spotted.map((one) => {
    const { system } = one.pinned.target;
    const before = one.pinned.hash;
    if (!stale.includes(one)) return { system, before, after: before, how: "recorded" };
    const byNix = system === request2.builder ? nix : void 0;
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

// src/buildlock/apart.ts
var worthIt = 2e6;
function wheelsApart(artifacts) {
  const found = artifacts.flatMap(({ kind: kind2, filename = "", size = 0, hash = "" }) => {
    const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(hash) ?? [];
    const isOne = kind2 === "wheel" && size >= worthIt && filename.endsWith("-none-any.whl");
    return isOne && hex !== void 0 ? [[filename, sriFromHex(hex)]] : [];
  });
  return Object.fromEntries(found);
}
var sameApart = (locked, artifacts) => sameData(locked ?? {}, wheelsApart(artifacts));

// src/buildlock/resolve.ts
import { mkdtemp as mkdtemp2, readFile as readFile4, rm as rm6, writeFile as writeFile3 } from "node:fs/promises";
import path9 from "node:path";

// src/plan/artifact.ts
function compareArtifacts(left, right) {
  return compare2(left.name, right.name) || compare2(left.version ?? "", right.version ?? "") || compare2(origin(left), origin(right));
}
function origin(artifact) {
  return [artifact.kind, artifact.filename, artifact.url, artifact.path, artifact.commit].join(" ");
}
function compare2(left, right) {
  return left < right ? -1 : Number(left > right);
}
var wheelBytes = (artifacts) => artifacts.reduce((sum, { kind: kind2, size }) => sum + (kind2 === "wheel" ? size ?? 0 : 0), 0);

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
  compare: () => compare3,
  eq: () => eq,
  ge: () => ge,
  gt: () => gt,
  le: () => le,
  lt: () => lt,
  ne: () => ne,
  rcompare: () => rcompare
});
function lt(version2, other) {
  return compare3(version2, other) < 0;
}
function le(version2, other) {
  return compare3(version2, other) <= 0;
}
function eq(version2, other) {
  return compare3(version2, other) === 0;
}
function ne(version2, other) {
  return compare3(version2, other) !== 0;
}
function ge(version2, other) {
  return compare3(version2, other) >= 0;
}
function gt(version2, other) {
  return compare3(version2, other) > 0;
}
function arbitrary(version2, other) {
  return version2.toLowerCase() === other.toLowerCase();
}
function compare3(version2, other) {
  const parsedVersion = parse2(version2);
  const parsedOther = parse2(other);
  const keyVersion = calculateKey(parsedVersion);
  const keyOther = calculateKey(parsedOther);
  return pyCompare(keyVersion, keyOther);
}
function rcompare(version2, other) {
  return -compare3(version2, other);
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
function calculateKey(input2) {
  const { epoch } = input2;
  let { release, pre, post, local, dev } = input2;
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
function parse3(ranges) {
  if (!ranges.trim()) {
    return [];
  }
  const specifiers = ranges.split(",").map((range) => rangeRegex.exec(range.trim()) || {}).map(({ groups }) => {
    if (!groups) {
      return null;
    }
    let { ...spec } = groups;
    const { operator, version: version2, prefix: prefix2, legacy } = groups;
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
      if (prefix2) {
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
function arrayStartsWith(array, prefix2) {
  if (prefix2.length > array.length) {
    return false;
  }
  for (let i = 0; i < prefix2.length; i += 1) {
    if (prefix2[i] !== array[i]) {
      return false;
    }
  }
  return true;
}
function contains(specifier, input2) {
  const { explained } = input2;
  let { version: version2 } = input2;
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

// src/plan/target.ts
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
function parseTarget(input2) {
  const system = SYSTEMS.find((name2) => name2 === input2.system);
  if (system === void 0)
    throw new UserError(
      "target-system",
      `'${input2.system}' is not a system. Use one of ${SYSTEMS.join(", ")}.`
    );
  return { system, python: parsePython(input2.python), libc: parseLibc(input2.libc, system) };
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
  const [, kind2, major2, minor2] = LIBC.exec(text2) ?? [];
  const example = darwin ? "macos:14.0" : "glibc:2.39 or musl:1.2";
  if (kind2 !== "glibc" && kind2 !== "musl" && kind2 !== "macos")
    throw new UserError("target-libc", `'${text2}' is not a C library and version. Write ${example}.`);
  if (kind2 === "macos" !== darwin)
    throw new UserError("target-libc", `'${text2}' does not go with ${system}. Write ${example}.`);
  const libc = { kind: kind2, major: Number(major2), minor: Number(minor2) };
  const known = { glibc: libc.major === 2, musl: libc.major === 1, macos: libc.major >= 11 }[kind2];
  if (!known || libc.minor > 200)
    throw new UserError(
      "target-libc",
      `There are no wheels for '${text2}': glibc is 2.x, musl 1.x, macOS 11.0 or later.`
    );
  return libc;
}

// src/plan/choose.ts
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
      const file2 = {
        ...identity(item),
        kind: "sdist",
        filename,
        ...fileFields(sdist),
        url: source.url
      };
      return source.subdirectory === void 0 ? file2 : { ...file2, subdirectory: source.subdirectory };
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
function address(item, file2, chooser) {
  if (file2.url !== void 0) return { url: file2.url };
  if (item.source.kind === "registry-path" && file2.path !== void 0)
    return { path: joinPath(item.source.path, file2.path) };
  throw broken(item, chooser, "a file that is needed has no url or path");
}
function identity(item) {
  return item.version === void 0 ? { name: item.name } : { name: item.name, version: item.version };
}
function fileFields(file2) {
  return {
    ...file2?.hash === void 0 ? {} : { hash: file2.hash },
    ...file2?.size === void 0 ? {} : { size: file2.size }
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
function archiveName(item, name2, chooser, accepts) {
  if (name2?.endsWith(".whl")) return void 0;
  if (name2 !== void 0 && accepts(name2)) return name2;
  throw broken(item, chooser, `uv builds from .tar.gz and .zip archives, and '${name2 ?? ""}' is neither`);
}
function isPep625(name2) {
  return /\.(?:tar\.gz|zip)$/.test(name2);
}
function isArchive(name2) {
  return /\.(?:tar\.(?:gz|bz2|xz|lz|lzma|zst)|zip|tar|tgz|tbz|txz|tlz)$/.test(name2);
}
function baseName(file2) {
  return file2.slice(file2.lastIndexOf("/") + 1);
}
function joinPath(folder, file2) {
  if (file2.startsWith("/") || folder === "." || folder === "") return file2;
  return `${folder.replace(/\/$/, "")}/${file2}`;
}
function broken(item, chooser, what) {
  const line = item.line();
  const place2 = line === void 0 ? chooser.file : `${chooser.file}:${line}`;
  return new UserError(
    "no-artifact",
    printable(`${place2} (package '${item.name}'): ${what}. Run 'uv lock' to make it anew.`),
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
  const shown = item.wheels.slice(0, 8).map(({ name: name2 }) => name2.filename);
  const more = item.wheels.length > shown.length ? ` and ${item.wheels.length - shown.length} more` : "";
  return `the wheels there are do not fit (${shown.join(", ")}${more})`;
}

// src/plan/tags.ts
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
  const { kind: kind2, major: major2, minor: minor2 } = target.libc;
  const arch = target.system.startsWith("x86_64") ? "x86_64" : "aarch64";
  if (kind2 === "macos") return arch === "x86_64" ? macosIntel(major2) : macosArm(major2);
  const tags = [];
  if (kind2 === "musl")
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

// src/plan/diff.ts
var PYTHONS = ["3.14", "3.13", "3.12", "3.11", "3.10", "3.9"];
function usualTargets(lock) {
  const newest = PYTHONS.find(
    (python) => satisfies(`${python}.0`, lock.requiresPython, { prereleases: true })
  );
  return SYSTEMS.map((system) => parseTarget({ system, python: newest ?? "3.14" }));
}
function diffLocks(before, after, targets = usualTargets(after)) {
  const platforms = targets.map((target) => ({ system: target.system, rank: tagRank(target) }));
  const directBefore = directNames(before);
  const directAfter = directNames(after);
  const added = [];
  const removed = [];
  const changed2 = [];
  const hashOnly = [];
  for (const name2 of [.../* @__PURE__ */ new Set([...before.byName.keys(), ...after.byName.keys()])].sort()) {
    const old = before.byName.get(name2) ?? [];
    const now = after.byName.get(name2) ?? [];
    const direct = (now.length > 0 ? directAfter : directBefore).has(name2);
    const relation = direct ? "direct" : "transitive";
    const change = () => ({
      name: name2,
      relation,
      before: entries(old, platforms),
      after: entries(now, platforms)
    });
    if (old.length === 0) added.push(change());
    else if (now.length === 0) removed.push(change());
    else if (!sameText(identities(old), identities(now))) changed2.push(change());
    else {
      hashOnly.push(...hashChanges(old, now, relation));
      const offered = change();
      if (!sameText(formTexts(offered.before), formTexts(offered.after))) changed2.push(offered);
    }
  }
  return { added, removed, changed: changed2, hashOnly };
}
function directNames(lock) {
  const names = new Set([...lock.requirements, ...[...lock.groups.values()].flat()].map((item) => item.name));
  const members = new Set(lock.members);
  for (const item of lock.packages) {
    if (!members.has(item.name) && !(isTree(item) && item.source.path === ".")) continue;
    names.add(item.name);
    for (const list2 of [item.dependencies, ...item.extras.values(), ...item.groups.values()])
      for (const dependency of list2) names.add(dependency.package.name);
  }
  return names;
}
function isTree(item) {
  return item.source.kind === "directory" || item.source.kind === "editable" || item.source.kind === "virtual";
}
function entries(items, platforms) {
  return items.map((item) => {
    const forms = {};
    for (const { system, rank } of platforms) forms[system] = formOf(item, rank);
    return { version: item.version, source: displaySource(item), forms };
  });
}
function formOf(item, rank) {
  if (isTree(item)) return "directory";
  if (bestWheel(item.wheels, rank) !== void 0) return "wheel";
  if (item.source.kind === "git") return "git";
  const isWheelFile = (item.source.kind === "url" || item.source.kind === "path") && item.wheels.length > 0;
  const buildable = item.sdist !== void 0 || item.source.kind === "url" || item.source.kind === "path";
  return buildable && !isWheelFile ? "sdist" : "none";
}
function displaySource(item) {
  const { source } = item;
  if (source.kind === "registry" || source.kind === "registry-path") return void 0;
  if (source.kind === "git") return `git ${source.url} ${source.commit}`;
  return `${source.kind} ${source.kind === "url" ? source.url : source.path}`;
}
function identities(items) {
  return items.map((item) => {
    const { kind: kind2 } = item.source;
    const source = kind2 === "registry" || kind2 === "registry-path" ? "" : sourceKey(item.source);
    return `${item.version ?? ""} ${source}`;
  });
}
function formTexts(list2) {
  return list2.map((entry) => JSON.stringify(entry.forms));
}
function sameText(left, right) {
  return left.length === right.length && [...left].sort().join("\n") === [...right].sort().join("\n");
}
function hashChanges(old, now, relation) {
  const previous = new Map(old.flatMap((item) => filesOf(item).map(({ key, file: file2 }) => [key, file2])));
  return now.flatMap(
    (item) => filesOf(item).flatMap(({ key, filename, file: file2 }) => {
      const before = previous.get(key);
      if (before === void 0 || before.hash === file2.hash) return [];
      return [
        { name: item.name, relation, version: item.version, filename, before: before.hash, after: file2.hash }
      ];
    })
  );
}
function filesOf(item) {
  const files = item.wheels.map((wheel) => ({ filename: wheel.name.filename, file: wheel }));
  if (item.sdist !== void 0) files.push({ filename: sdistName(item, item.sdist), file: item.sdist });
  return files.map(({ filename, file: file2 }) => ({ key: `${item.version ?? ""} ${filename}`, filename, file: file2 }));
}
function sdistName(item, sdist) {
  const from = sdist.url ?? sdist.path ?? ("path" in item.source ? item.source.path ?? "" : "");
  const bare = from.split(/[?#]/, 1)[0] ?? "";
  return bare.slice(bare.lastIndexOf("/") + 1) || `${item.name}.tar.gz`;
}

// src/plan/environment.ts
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
function evaluate2(marker, environment, extra) {
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
function hasPrefix(actual, prefix2) {
  return prefix2.every((number, index) => (actual[index] ?? 0) === number);
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

// src/plan/selection.ts
function selectRoots(project, selection) {
  const { lock } = project;
  const extras = new Set(selection.extras.map((name2) => wanted(name2, "extra")));
  const explicit = new Set(selection.groups.map((name2) => wanted(name2, "group")));
  const names = chosenNames(project, selection);
  const packages = (names ?? workspaceNames(lock, selection.allPackages)).map(
    (name2) => rootPackage(lock, name2)
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
  return [...new Set(selection.packages.map((name2) => wanted(name2, "package")))].map((name2) => {
    if (members.includes(name2)) return name2;
    throw new UserError(
      "selection-package",
      `'${name2}' is not a member of the workspace that ${lock.file} locks. Its members are: ${list(members)}.`
    );
  });
}
function workspaceNames(lock, withImplicitRoot) {
  if (lock.members.length > 0 || !withImplicitRoot) return lock.members;
  const root = implicitRoot(lock);
  return root === void 0 ? [] : [root.name];
}
function implicitRoot(lock) {
  return lock.packages.find(({ name: name2, source }) => {
    if (source.kind === "directory") return source.path === "." && lock.members.includes(name2);
    return (source.kind === "editable" || source.kind === "virtual") && source.path === ".";
  });
}
function rootPackage(lock, name2) {
  const same = lock.byName.get(name2) ?? [];
  if (same.length === 1 && same[0] !== void 0) return same[0];
  throw new UserError(
    "selection-package",
    same.length === 0 ? `${lock.file} does not hold the project '${name2}' itself: it was made for another project, or is out of date. Run 'uv lock'.` : `${lock.file} holds '${name2}' ${same.length} times, so it is not clear which one is meant. Run 'uv lock'.`
  );
}
function defaultGroups(project, single) {
  const { lock } = project;
  const name2 = single?.name ?? project.current;
  const pyproject2 = name2 === void 0 ? project.rootPyproject : project.pyprojects.get(name2);
  const fromLock = name2 === void 0 ? lock.defaultGroups : lock.byName.get(name2)?.[0]?.defaultGroups;
  const configured = pyproject2 === void 0 ? fromLock : pyproject2.defaultGroups;
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
function declaresGroup(pyproject2, item, group) {
  if (pyproject2 !== void 0) return pyproject2.groups.has(group);
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
  return [...lock.requirements, ...grouped.flatMap(([, requirements]) => requirements)];
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
  const name2 = normalizeName(text2);
  if (name2 === void 0) throw new UserError("selection-name", `'${text2}' is not the name of a ${what}.`);
  return name2;
}
function list(names) {
  return names.length === 0 ? "none" : [...names].sort().join(", ");
}

// src/plan/conflicts.ts
function encodeItem(item) {
  const name2 = `${item.package.length}-${item.package}`;
  return item.kind === "project" ? `project-${name2}` : `${item.kind}-${name2}-${item.name}`;
}
function encodeExtra(packageName, extra) {
  return encodeItem({ package: packageName, kind: "extra", name: extra });
}
function decisiveNames(lock) {
  const names = new Set(lock.conflicts.flat().map(encodeItem));
  for (const item of lock.packages)
    for (const list2 of [item.dependencies, ...item.extras.values(), ...item.groups.values()])
      for (const { marker } of list2) for (const name2 of marker?.extras ?? []) names.add(name2);
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
    `${text2.join(" and ")} are declared as conflicting in ${lock.file} (tool.uv.conflicts), so they cannot be installed together. Ask for one of them.`
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
    for (const [group, list2] of root.groups)
      if (roots.includesGroup(root.name, group))
        for (const dependency of list2)
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

// src/plan/walk.ts
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
    for (const name2 of walk.activated) active.add(name2);
  }
}
var Walk = class {
  reached = /* @__PURE__ */ new Set();
  /** Decisive names that the walk switched on and did not know at its start; the walk stops at the first. */
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
      for (const [group, list2] of owner.groups)
        if (roots.includesGroup(owner.name, group)) this.#queue.push(list2);
    for (const requirement2 of roots.requirements) this.#require(lock, requirement2);
    for (let at = 0; at < this.#queue.length && this.activated.size === 0; at += 1)
      for (const dependency of this.#queue[at] ?? []) this.#follow(dependency);
  }
  #follow(dependency) {
    const { marker } = dependency;
    if (marker !== void 0) {
      const own = marker.extras.length === 0 ? [] : encodedExtras(dependency);
      const holds = evaluate2(
        marker,
        this.#environment,
        (name2) => this.#active.has(name2) || own.includes(name2)
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
      const name2 = encodeExtra(item.name, extra);
      if (this.#decisive.has(name2) && !this.#active.has(name2)) this.activated.add(name2);
    }
  }
  #require(lock, requirement2) {
    if (!evaluate2(requirement2.marker, this.#environment, () => false)) return;
    const fits = (lock.byName.get(requirement2.name) ?? []).filter(
      ({ resolutionMarkers }) => resolutionMarkers.length === 0 || resolutionMarkers.some((marker) => evaluate2(marker, this.#environment, () => false))
    );
    const [found] = fits;
    if (found === void 0 || fits.length > 1)
      throw new UserError(
        "lock-invalid",
        `${lock.file}: the workspace root requires '${requirement2.name}', which the lock holds ${fits.length} times for this target. Run 'uv lock' to make it anew.`
      );
    this.#enter(
      found,
      requirement2.extras.filter((extra) => found.extras.has(extra))
    );
  }
};
function encodedExtras(dependency) {
  return dependency.extras.map((extra) => encodeExtra(dependency.package.name, extra));
}

// src/plan/plan.ts
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
  const { requiresPython, file: file2 } = lock;
  if (requiresPython.trim() !== "" && !validRange(requiresPython))
    throw new UserError(
      "lock-invalid",
      `${file2}: requires-python '${requiresPython}' is not a version specifier. Run 'uv lock'.`,
      {
        at: { file: file2 }
      }
    );
  if (!satisfies(target.python, requiresPython, { prereleases: true }))
    throw new UserError(
      "python-not-supported",
      `Python ${target.python} is outside requires-python '${requiresPython}' of ${file2}. Plan for a Python inside it (an exact patch version can matter), or widen it and run 'uv lock'.`
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
      `This selection needs '${item.name}' twice, as ${versions}: it asks for extras or groups that ${lock.file} keeps apart (tool.uv.conflicts). Ask for one of them.`
    );
  }
}
function checkSupported(lock, environment, target) {
  const lists = [
    { markers: lock.supportedMarkers, extra: false },
    // Forks made by conflicting extras are told apart by those, which are not known here: either way will do.
    { markers: lock.resolutionMarkers, extra: "either" }
  ];
  for (const { markers, extra } of lists) {
    if (markers.length === 0 || markers.some((marker) => evaluate2(marker, environment, () => extra)))
      continue;
    throw new UserError(
      "target-not-locked",
      `${lock.file} was not made for ${target.system} with Python ${target.python}: it covers only ${markers.map(({ text: text2 }) => `"${printable(text2)}"`).join(", ")}. Change the target, or add it to tool.uv.environments and run 'uv lock'.`
    );
  }
}

// src/buildlock/resolve.ts
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
  const dir = await mkdtemp2(path9.join(scratch, "requires-"));
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
    await rm6(dir, { recursive: true, force: true });
  }
}
var readText = (file2) => readFile4(file2, "utf8").catch(() => void 0);
async function lockRequires(resolution, targets, dir, run) {
  const attempt2 = async (constraints) => {
    await writeFile3(path9.join(dir, "pyproject.toml"), pyproject(resolution, targets, constraints));
    return run("uv", ["lock", "--quiet", "--no-progress", "--no-build", "--directory", dir]);
  };
  let result = await attempt2(resolution.constraints);
  if (result.code !== 0 && resolution.constraints.length > 0) result = await attempt2([]);
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
  for (const address2 of [...direct, ...indexes.map(({ url }) => url), ...plain])
    await checkHost(String(address2), `A build requirement of ${label}`);
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
  const [major2, minor2] = (targets[0]?.python ?? "3.14.0").split(".");
  const kept = Object.fromEntries(
    inherited.filter((key) => key in settings).map((key) => [key, settings[key]])
  );
  const own = settings["build-constraint-dependencies"] ?? [];
  return stringify({
    project: { name, version: "0", "requires-python": `==${major2}.${minor2}.*`, dependencies: [...requires] },
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
import { createHash as createHash6 } from "node:crypto";
import { mkdtemp as mkdtemp4, readFile as readFile6, realpath, rm as rm8 } from "node:fs/promises";
import path12 from "node:path";

// src/artifacts/fetch.ts
import { createHash as createHash5 } from "node:crypto";
import { copyFile, mkdir as mkdir3, readFile as readFile5, writeFile as writeFile4 } from "node:fs/promises";
import path10 from "node:path";
async function fetchArtifact(artifact, project, target, network) {
  if (artifact.path !== void 0) return copyLocal(artifact, path10.resolve(project, artifact.path), target);
  return (await download(asDownload(artifact), target, network)).size;
}
async function copyLocal(artifact, source, target) {
  const bytes = await readFile5(source).catch((cause2) => {
    throw localMissing(artifact, cause2);
  });
  const [algorithm = "sha256", expected] = artifact.hash?.split(":") ?? [];
  if (expected !== void 0 && createHash5(algorithm).update(bytes).digest("hex") !== expected.toLowerCase())
    throw localChanged(artifact);
  await copyFile(source, target);
  return bytes.length;
}

// src/buildlock/git-tree.ts
import { mkdir as mkdir4, mkdtemp as mkdtemp3, readdir as readdir2, rm as rm7, writeFile as writeFile5 } from "node:fs/promises";
import { tmpdir as tmpdir2 } from "node:os";
import path11 from "node:path";
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
  await mkdir4(out, { recursive: true });
  const template = await mkdtemp3(path11.join(tmpdir2(), "uv-fod-git-"));
  try {
    await mkdir4(path11.join(template, "info"));
    await writeFile5(path11.join(template, "info/attributes"), noAttributes);
    await checkout(source, out, template, run, checkHost);
  } finally {
    await rm7(template, { recursive: true, force: true });
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
    for (const inner of await submodules(ask, checkHost)) open.push(path11.join(at, inner));
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
      await rm7(path11.join(entry.parentPath, entry.name), { recursive: true, force: true });
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
  const wanted2 = [...subdirectory.split("/").filter(Boolean), "pyproject.toml"].join("/");
  const isWanted = (name2) => name2.replace(/^\.\//, "").split("/").slice(1).join("/") === wanted2;
  try {
    const { fromTar, fromZip } = await import("./index-ACH3JR6Y.js");
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
  const file2 = path12.resolve(project, where, "pyproject.toml");
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
    const tree = path12.join(dir, "tree");
    await fetchGitTree({ url, commit }, tree, reader.run, reader.checkHost);
    const text2 = await readBelow(tree, path12.join(subdirectory ?? "", "pyproject.toml"));
    return { ...source, hash: await narHash(tree), requires: buildRequires(text2, name2) };
  });
}
async function readBelow(tree, name2) {
  const file2 = await realpath(path12.join(tree, name2)).catch(() => void 0);
  if (file2 === void 0) return void 0;
  if (file2.startsWith(`${await realpath(tree)}${path12.sep}`)) return readFile6(file2, "utf8");
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
    const archive = path12.join(dir, "sdist");
    await fetchArtifact(artifact, reader.project, archive, await reader.network());
    const hash = locked ?? sriFromHex(
      createHash6("sha256").update(await readFile6(archive)).digest("hex")
    );
    return {
      ...source,
      hash,
      requires: buildRequires(await pyprojectOfSdist(archive, filename, subdirectory), filename)
    };
  });
}
async function inScratch(reader, body) {
  const dir = await mkdtemp4(path12.join(reader.scratch, "source-"));
  try {
    return await body(dir);
  } finally {
    await rm8(dir, { recursive: true, force: true });
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
    const build3 = {
      ...described,
      ...extra.length === 0 ? {} : { extraRequires: extra },
      ...dynamic.length === 0 ? {} : { dynamicRequires: dynamic }
    };
    this.builds.set(key, build3);
    if (this.keep(key, build3)) return [];
    const targets = this.renewal.systems.map(({ target }) => target);
    const planned2 = await resolveRequires(
      {
        requires: [...build3.requires, ...dynamic, ...extra],
        constraints: this.ownPins(build3.name),
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
  keep(key, build3) {
    const { previous, systems, target } = this.renewal;
    const before = previous?.builds[key];
    if (!previous || !before || !sameData(before.requires, build3.requires) || !sameData(before.extraRequires, build3.extraRequires) || !sameData(before.dynamicRequires, build3.dynamicRequires) || !sameData(previous.target, target))
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
      const build3 = previous.builds[key];
      const own = this.renewal.systems.flatMap(
        ({ artifacts }) => artifacts.filter(({ name: name2 }) => name2 === build3?.name)
      );
      return build3 !== void 0 && own.every((artifact) => buildKey(artifact) === key);
    });
  }
  keepEnvironment(system, key, environment, previous) {
    this.environments.get(system)?.set(key, environment);
    for (const wheel of environment.wheels) {
      const file2 = previous.wheels[wheel];
      if (file2) this.wheels.set(wheel, file2);
    }
    for (const nested of environment.builds) {
      const build3 = previous.builds[nested];
      const next = previous.systems[system]?.environments[nested];
      if (!build3 || !next || this.started.has(nested)) continue;
      this.started.add(nested);
      this.builds.set(nested, build3);
      this.keepEnvironment(system, nested, next, previous);
    }
  }
  setEnvironment(target, key, artifacts) {
    if (!target) return;
    const wheels = artifacts.filter(({ kind: kind2 }) => kind2 === "wheel");
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
import path13 from "node:path";
async function uvSettings(project, read) {
  const file2 = path13.join(project.root, "uv.toml");
  const text2 = await read(file2);
  return text2 === void 0 ? project.rootPyproject?.uv ?? {} : parseToml(text2, file2);
}

// src/derivation/apply.ts
import { randomBytes } from "node:crypto";
import { rename as rename2, rm as rm9, stat as stat3, writeFile as writeFile6 } from "node:fs/promises";
async function applyEdits(edits) {
  await replaceAll(edits.map(({ file: file2, after }) => ({ file: file2, text: after })));
  return () => replaceAll(edits.map(({ file: file2, before }) => ({ file: file2, text: before })));
}
async function replaceAll(files) {
  const staged = [];
  try {
    for (const { file: file2, text: text2 } of files) {
      if (text2 === void 0) continue;
      const part = `${file2}.${randomBytes(4).toString("hex")}.part`;
      staged.push({ part, file: file2 });
      const mode = await stat3(file2).then(
        (found) => found.mode,
        () => 420
      );
      await writeFile6(part, text2, { mode });
    }
    for (const { part, file: file2 } of staged) await rename2(part, file2);
  } finally {
    for (const { part } of staged) await rm9(part, { force: true });
  }
  for (const { file: file2, text: text2 } of files) if (text2 === void 0) await rm9(file2, { force: true });
}

// src/derivation/git-index.ts
import path14 from "node:path";
async function introduce(where, edits, run) {
  const { root } = where;
  const made = edits.flatMap(({ file: file2, before }) => before === void 0 ? [file2] : []);
  if (root?.kind !== "flake" || !root.url.startsWith("git+") || made.length === 0) return async () => {
  };
  const git = (...args) => run("git", ["-C", root.checkout, ...args]);
  const listed = await git("ls-files", "-z", "--", ...made.map(literally));
  const known = new Set(listed.stdout.split("\0").map((name2) => path14.join(root.checkout, name2)));
  const fresh = made.filter((file2) => !known.has(file2));
  if (fresh.length === 0) return async () => {
  };
  const added = await git("add", "--intent-to-add", "--", ...fresh.map(literally));
  if (added.code !== 0) throw refused(fresh, root.checkout, added.stderr);
  return () => forget(root.checkout, fresh, run);
}
async function forget(dir, files, run) {
  if (files.length > 0) await run("git", ["-C", dir, "update-index", "--force-remove", "--", ...files]);
}
var literally = (file2) => `:(literal)${file2}`;
function refused(files, checkout2, stderr) {
  const names = files.map((file2) => path14.relative(checkout2, file2)).join(" and ");
  const isIgnored = stderr.includes("ignored by");
  return new UserError(
    "ignored-by-git",
    isIgnored ? `git ignores ${names}, so a flake can't see it. Take it out of .gitignore: it has to be committed. Nothing was changed.` : `A flake sees only files that git knows, and git does not take ${names}: ${stderr.trim().split("\n")[0]}. Nothing was changed.`
  );
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
import { readFile as readFile7 } from "node:fs/promises";
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
    const asked = JSON.parse(await readFile7(file2, "utf8")).filter(
      (one) => !declared.has(squeezed(one))
    );
    if (asked.length > 0) found.set(key, asked);
  }
  return found;
}
var squeezed = (requirement2) => requirement2.replace(/\s+/g, "").toLowerCase();
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
    const forget2 = await introduce(where, edits, run);
    const undo = async () => {
      await putBack();
      await forget2();
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
  const wheels = artifacts.filter(({ kind: kind2 }) => kind2 === "wheel").length;
  const megabytes = (wheelBytes(artifacts) / 1e6).toFixed(1);
  return `${wheels} wheels, ${megabytes} MB, ${artifacts.length - wheels} to build`;
}
function standing({ pinned: { hash, position }, isCurrent }) {
  const place2 = `${position.file}:${position.line}`;
  if (hash === "") return `no hash yet (${place2})`;
  return `${hash} (${place2}) was made from ${isCurrent ? "this" : "something else"}`;
}

// src/update/update.ts
async function update(request2, parts) {
  const { where } = request2;
  const stages = [];
  const stage = async (name2, body) => {
    const started = parts.now();
    const result = await body();
    stages.push({ name: name2, milliseconds: parts.now() - started });
    return result;
  };
  const journal = await parts.journal(folderOf(where));
  const pinned = await stage("derivation", () => request2.pinned ?? evaluate(where, parts.run, parts.log));
  const lockFile = pinned.buildLock ?? path15.join(folderOf(where), buildLockName);
  const planned2 = await stage("plan", () => planAll(pinned, lockFile, parts.read));
  try {
    return await refresh(request2, { ...planned2, pinned, lockFile, journal }, { stages, stage }, parts);
  } catch (error) {
    throw parts.stop.aborted ? error : placedAt(error, pinned.systems[0]?.position ?? placeOf(where).at);
  }
}
async function refresh(request2, planned2, { stages, stage }, parts) {
  const { where } = request2;
  const { project, spotted, pinned } = planned2;
  await tellPlans(where, spotted, parts.log);
  await checkHosts(spotted, parts);
  await request2.onPlanned?.({ pinned, project, spotted });
  const hashes = await stage("hash", () => hashesOf(request2, pinned, spotted, parts));
  const locking = { ...planned2, hashes, keepsPlans: request2.lockOnly === true };
  const { edits, ...settled } = await stage("build lock", () => lockBuilds(where, locking, parts));
  const done = { pinned, project, spotted, hashes, edits, stages, ...settled };
  if (edits.length === 0 || !request2.verify) return { ...done, out: void 0, imported: [] };
  const { cacheTo } = request2;
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
  const request2 = { where, project, builder: system, distrust: distrust ?? false };
  return hashAll({ ...request2, twice: trustNixAlone !== true }, spotted, parts);
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
  printable,
  whereOf,
  whereFrom,
  folderOf,
  nameOf,
  placeOf,
  buildLockName,
  parseBuildLock,
  noSuchProgram,
  fakeHash,
  isSri,
  sameApart,
  normalizeName,
  TomlError,
  parse,
  parseLock,
  loadProject,
  getFollowing,
  hashOnRunner,
  wheelBytes,
  valid,
  explain,
  compare3 as compare,
  satisfies,
  validRange,
  parseTarget,
  diffLocks,
  planProject,
  patchText,
  nixBuild,
  mismatches,
  failureText,
  nixArguments,
  evaluateJson,
  evaluate,
  failureCause,
  buildAndImport,
  applyEdits,
  replaceAll,
  forget,
  literalAt,
  unsetHashAt,
  isUnsetHash,
  unsetHashesOf,
  replaceLiteral,
  literalsOf,
  lineOf,
  update
};
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
