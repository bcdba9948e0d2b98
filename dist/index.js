import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  ExitCode,
  core_exports,
  error,
  getInput,
  info,
  setFailed,
  setOutput,
  setSecret,
  summary
} from "./chunk-FSY2WRQX.js";
import {
  isAllowedHost,
  makeParts
} from "./chunk-CSPIFBAG.js";
import "./chunk-NYEHZRW2.js";
import {
  plainPackage
} from "./chunk-TQ6NFM5P.js";
import {
  fillTemplate,
  isLogin,
  noOptions,
  parseConfig,
  proposals,
  titleWords,
  unknownWord,
  wordsOf
} from "./chunk-4I5RXFOO.js";
import {
  clock,
  harmless
} from "./chunk-ZNH77RUX.js";
import {
  checkPackages,
  hashesFor,
  patchOfAll,
  projectBeside,
  worstOf
} from "./chunk-2BOXM4NA.js";
import {
  refreshGroup
} from "./chunk-XGWWCQJ6.js";
import {
  refreshPackage,
  tagOf
} from "./chunk-6ADTUX7M.js";
import {
  openCheckout,
  pathInCheckout
} from "./chunk-FRENWXZA.js";
import "./chunk-GA4VKSNT.js";
import "./chunk-LWAKEDMQ.js";
import "./chunk-BDWI45PR.js";
import "./chunk-QPOGEGWL.js";
import {
  whereFrom,
  whereOf
} from "./chunk-JU6MWGIG.js";
import {
  wheelBytes
} from "./chunk-4E7BH2WF.js";
import "./chunk-XRJGKDH2.js";
import {
  JSON_TYPE,
  chooseIndex,
  filesOfPage,
  versionIn
} from "./chunk-W3XDKJVR.js";
import "./chunk-ZGGWOSGJ.js";
import "./chunk-UXCHG3UO.js";
import {
  makeFetchText
} from "./chunk-RQIY3SGO.js";
import "./chunk-ATEECCWK.js";
import {
  cancelOnSignals,
  tellingLines
} from "./chunk-PAJWP4ME.js";
import {
  cacheText,
  isCacheAddress,
  isInnerPath
} from "./chunk-XSOMW6G3.js";
import "./chunk-ITRFARRA.js";
import "./chunk-TP7LV4NA.js";
import {
  exitCodes
} from "./chunk-5FOWNOH2.js";
import "./chunk-A2LECYXN.js";
import {
  buildLockName,
  parseBuildLock
} from "./chunk-CKU2637B.js";
import "./chunk-MOIX6WQG.js";
import "./chunk-XBDZOY7F.js";
import "./chunk-465YWQDO.js";
import {
  fakeHash,
  isSri
} from "./chunk-PIHBJYB7.js";
import "./chunk-IX2A4YCZ.js";
import "./chunk-RGEGPZ5Z.js";
import "./chunk-2ITMEOXA.js";
import {
  UserError
} from "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";

// src/entry/index.ts
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path9 from "node:path";

// src/action/annotation.ts
import path from "node:path";
function annotationOf(error2, root) {
  const { at, code: code3, message, log = "" } = error2;
  const lines = tellingLines(log);
  const file = at === void 0 ? "" : path.relative(root, at.file);
  const isInside = file !== "" && !file.startsWith("..") && !path.isAbsolute(file);
  return {
    message: lines.length === 0 ? message : `${message}

${lines.map((line) => `| ${line}`).join("\n")}`,
    properties: {
      title: code3,
      ...isInside ? { file } : {},
      ...isInside && at?.line ? { startLine: at.line } : {},
      ...isInside && at?.column ? { startColumn: at.column } : {}
    }
  };
}

// src/report/markdown.ts
var LONGEST = 200;
var BREAK = "​";
var UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;
function plain(value, longest = LONGEST) {
  const line = value.slice(0, longest * 8).replace(UNSEEN, " ").trim();
  const characters = [...line];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : line;
}
function text(value, longest = LONGEST) {
  return plain(value, longest).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/[\\`*_{}[\]()|~!$]/g, "\\$&").replace(/^[-+=]|(?<=^\d{1,9})[.)](?=\s|$)/, "\\$&").replace(/:\/\//g, `:${BREAK}//`).replace(/www\./gi, `www${BREAK}.`).replace(/::/g, `:${BREAK}:`).replace(/[@#]/g, `$&${BREAK}`).replace(/\bGH-/gi, (word) => `${word}${BREAK}`);
}
function code(value) {
  const content = plain(value).replaceAll("|", "\\|");
  if (content === "") return "";
  const runs = content.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = content.startsWith("`") || content.endsWith("`") ? " " : "";
  return `${fence}${pad}${content}${pad}${fence}`;
}
function fenced(lines, language = "") {
  const runs = lines.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(2, ...runs.map((run) => run.length)) + 1);
  return `${fence}${language}
${lines.replace(/\n$/, "")}
${fence}`;
}
function safeUrl(url) {
  if (url.length > 2e3 || !URL.canParse(url)) return void 0;
  const parsed2 = new URL(url);
  if (!["https:", "http:"].includes(parsed2.protocol) || parsed2.username !== "" || parsed2.password !== "")
    return void 0;
  return parsed2.href.replace(
    /[()|<>\\`*_~[\]]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  );
}
var TRACED = /\/(?:issues|pulls?|commits?|discussions)\//;
function ownLink(label2, url) {
  const address = url === void 0 ? void 0 : safeUrl(url);
  return address === void 0 || label2 === "" ? label2 : `[${label2}](${address})`;
}
function link(label2, url) {
  return url === void 0 || TRACED.test(url) ? label2 : ownLink(label2, url);
}
function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replace(/\s*\n\s*/g, " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
function fold(summary3, content) {
  return `<details>
<summary>${summary3}</summary>

${content}

</details>`;
}
function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
function list(items) {
  return items.length < 2 ? items.join() : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

// src/report/failure.ts
function failureSummary({ code: kind, message, log = "" }) {
  const lines = tellingLines(log);
  const parts = [
    `## Failed: ${code(kind)}`,
    text(message, 4e3),
    ...lines.length === 0 ? [] : [fold("The last lines of its log", fenced(lines.join("\n")))]
  ];
  return `${parts.join("\n\n")}
`;
}

// src/ports/cancelled.ts
async function unlessCancelled(work, stop) {
  stop.throwIfAborted();
  const { promise, reject } = Promise.withResolvers();
  const onAbort = () => reject(stop.reason);
  stop.addEventListener("abort", onAbort, { once: true });
  promise.catch(() => {
  });
  work.catch(() => {
  });
  try {
    return await Promise.race([work, promise]);
  } finally {
    stop.removeEventListener("abort", onAbort);
  }
}

// src/pull-request/failures.ts
var failureOf = (error2) => typeof error2 === "object" && error2 !== null ? error2 : {};
function statusOf(error2) {
  return failureOf(error2).status;
}
function headerOf(error2, name) {
  return failureOf(error2).response?.headers?.[name];
}
function problemsOf(error2) {
  const failure = failureOf(error2);
  const data = failure.response?.data;
  const listed2 = failure.errors ?? (typeof data === "object" ? data.errors : void 0);
  return Array.isArray(listed2) ? listed2 : [];
}
function wordsOf2(error2) {
  const failure = failureOf(error2);
  const data = failure.response?.data;
  const said = typeof data === "object" ? data.message : void 0;
  const details = problemsOf(error2).map(
    (one) => one.message ?? [one.field, one.code].filter(Boolean).join(" ")
  );
  const parts = failure.errors ? details : [said ?? failure.message ?? String(error2), ...details];
  return [...new Set(parts)].join(": ").replace(/\s+/g, " ").trim().replace(/\.$/, "").slice(0, 500);
}
function isGraphqlRefusal(error2) {
  return failureOf(error2).errors !== void 0 && statusOf(error2) === void 0;
}
function isRateLimit(error2) {
  const { status, response } = failureOf(error2);
  if (problemsOf(error2).some((one) => one.type === "RATE_LIMITED")) return true;
  if (status !== 403 && status !== 429) return false;
  return status === 429 || /rate limit/i.test(wordsOf2(error2)) || String(response?.headers?.["x-ratelimit-remaining"]) === "0";
}
function whenFree(error2) {
  const headers = failureOf(error2).response?.headers;
  if (headers?.["retry-after"] !== void 0) return `in ${headers["retry-after"]} seconds`;
  const reset = Number(headers?.["x-ratelimit-reset"]);
  return Number.isFinite(reset) && reset > 0 ? `after ${new Date(reset * 1e3).toISOString()}` : "in a while";
}
function explainBy(table2, step, error2) {
  if (error2 instanceof UserError) return error2;
  const found = table2.find(({ fits }) => fits(error2));
  return found ? new UserError(found.code, found.say(step, error2), { cause: error2 }) : error2;
}
var OUT_OF_ORDER = ["github-unavailable", "forge-unavailable"];
var isUnavailable = (error2) => error2 instanceof UserError && OUT_OF_ORDER.includes(error2.code);
var isFinal = (error2) => error2 instanceof UserError && error2.code !== "rate-limited" && !isUnavailable(error2);
async function orWarn(log, call, isWarning = isFinal) {
  try {
    return await call();
  } catch (error2) {
    if (!(error2 instanceof UserError) || !isWarning(error2)) throw error2;
    log.warning(error2.message);
    return false;
  }
}

// src/pull-request/auto-merge.ts
async function setAutoMerge(forge, request, pull, isGithubToken, log) {
  const { autoMerge, isUnverified, base } = request;
  const { number } = pull;
  if (!autoMerge || pull.hasAutoMerge) return false;
  if (pull.isDraft || isUnverified) {
    log.info(
      `#${number} ${pull.isDraft ? "is a draft" : "did not pass verification"}, so auto-merge is not switched on.`
    );
    return false;
  }
  return orWarn(log, async () => {
    const merging3 = await forge.merging?.(pull);
    const method = chooseMethod(merging3, autoMerge, number, log);
    if (method === void 0) return false;
    const nothingToWaitFor = await forge.enableAutoMerge?.(pull, method);
    if (nothingToWaitFor !== void 0) {
      log.warning(
        `Auto-merge is not on for #${number}: it can be merged already, so there is nothing to wait for (${nothingToWaitFor}). Have a rule of \`${base.ref}\` require a check or a review, or merge it yourself; uv-fod merges nothing.`
      );
      return false;
    }
    log.info(
      `Auto-merge is on for #${number} (${method}): it is merged once everything that \`${base.ref}\` requires is there.`
    );
    if (isGithubToken)
      log.info(
        "That merge is by GITHUB_TOKEN too, so it starts no workflows; with the token of a GitHub App it does."
      );
    return true;
  });
}
function chooseMethod(merging3, wanted, number, log) {
  if (!merging3) {
    log.warning(`Auto-merge is not on for #${number}: there is none on this forge.`);
    return void 0;
  }
  const { switchedOffBy, isAllowed, methods } = merging3;
  if (switchedOffBy !== void 0) {
    log.info(`Auto-merge of #${number} was switched off (${switchedOffBy}), and stays off.`);
    return void 0;
  }
  const [first] = methods;
  if (!isAllowed || first === void 0) {
    log.warning(
      `Auto-merge is not on for #${number}: the repository does not allow it. Switch on "Allow auto-merge" in its settings (General, Pull Requests), or do not ask for it (\`auto-merge\`).`
    );
    return void 0;
  }
  if (wanted === true) return first;
  if (methods.includes(wanted)) return wanted;
  log.warning(
    `The repository does not allow the merge method \`${wanted}\`, so #${number} gets \`${first}\`.`
  );
  return first;
}

// src/pull-request/files.ts
import { createHash } from "node:crypto";
var PLAIN = "100644";
var EXECUTABLE = "100755";
function blobId(content) {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}
function digest(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}\0`).update(part);
  return hash.digest("hex").slice(0, 16);
}
function keyOf(request) {
  if (request.key !== void 0) return digest("key", request.key);
  return digest("files", request.base.ref, ...request.files.flatMap(({ path: path10, content }) => [path10, content]));
}
function sameEntry(a, b) {
  return a?.oid === b?.oid && a?.mode === b?.mode;
}
function modeOf(file, existing) {
  if (existing && existing.mode !== PLAIN && existing.mode !== EXECUTABLE) {
    throw new UserError(
      "not-a-regular-file",
      `\`${file.path}\` is not a regular file in the repository (mode ${existing.mode}; a symlink or a submodule?), so it is not written. Name the file that it leads to instead.`
    );
  }
  if (file.executable === void 0) return existing?.mode ?? PLAIN;
  return file.executable ? EXECUTABLE : PLAIN;
}
function wantedFiles(files, base) {
  return files.map((file) => {
    const content = typeof file.content === "string" ? Buffer.from(file.content) : file.content;
    return {
      path: file.path,
      content,
      oid: blobId(content),
      mode: modeOf(file, base.files.get(file.path))
    };
  }).sort((a, b) => a.path < b.path ? -1 : 1);
}

// src/pull-request/trailer.ts
var NAME = "Uv-Fod";
var LINE = /^Uv-Fod: (\S+); base=([0-9a-f]{40}); tree=([0-9a-f]{40})(?:; run=(\d{1,16}))?$/;
var TRAILER_LINE = /^[A-Za-z0-9-]+: \S/;
function addTrailer(message, trailer) {
  const text2 = message.trimEnd();
  const run = trailer.run === void 0 ? "" : `; run=${trailer.run}`;
  const line = `${NAME}: ${trailer.branch}; base=${trailer.base}; tree=${trailer.tree}${run}`;
  const paragraphs = text2.split("\n\n");
  const last = paragraphs.length > 1 ? paragraphs.at(-1) ?? "" : "";
  const joins = last !== "" && last.split("\n").every((one) => TRAILER_LINE.test(one));
  return `${text2}${joins ? "\n" : "\n\n"}${line}
`;
}
function readTrailer(message) {
  const match = message.split("\n").map((line) => LINE.exec(line.trimEnd())).findLast((found) => found !== null);
  if (!match) return void 0;
  const [, branch = "", base = "", tree = "", run] = match;
  return { branch, base, tree, run: run === void 0 ? void 0 : Number(run) };
}

// src/pull-request/branch.ts
async function readBranch(forge, { branch }, sight) {
  const head = sight.branch;
  if (!head) return void 0;
  const { commits, ...rest } = await forge.compare(sight.base.oid, head.oid);
  return { head, ...rest, commits: commits.map((commit) => branchCommit(commit, branch)) };
}
function branchCommit({ message, ...commit }, branch) {
  const trailer = readTrailer(message);
  const ours = trailer?.branch === branch && trailer.tree === commit.tree ? trailer : void 0;
  return { ...commit, subject: message.split("\n")[0] ?? "", ours };
}
function hasOthersCommits(state) {
  return !state.complete || state.commits.some(({ ours }) => ours === void 0);
}
async function isNewer(forge, request, state) {
  const theirs = state.commits.findLast(({ ours }) => ours !== void 0)?.ours;
  if (!theirs) return false;
  if (theirs.run !== void 0 && request.run !== void 0) return theirs.run > request.run;
  if (theirs.base === request.base.sha) return false;
  const { mergeBase, commits } = await forge.compare(request.base.sha, theirs.base);
  return mergeBase === request.base.sha && commits.length > 0;
}
async function planCommit(forge, request, sight, state, wanted, disposable) {
  const changes = wanted.filter((file) => !sameEntry(file, sight.base.files.get(file.path)));
  if (!state) return { parent: sight.base, files: changes, before: void 0, rebuilds: false };
  if (!disposable && hasOthersCommits(state)) return planOnTop(forge, request, state, wanted);
  const [only] = state.commits;
  const upToDate = state.commits.length === 1 && only?.parents.join() === sight.base.oid && state.changed.size === changes.length && changes.every((file) => state.changed.has(file.path) && sameEntry(file, state.head.files.get(file.path)));
  if (upToDate) return void 0;
  return { parent: sight.base, files: changes, before: state.head.oid, rebuilds: true };
}
async function planOnTop(forge, request, state, wanted) {
  const files = wanted.filter((file) => !sameEntry(file, state.head.files.get(file.path)));
  if (files.length === 0) return void 0;
  const last = state.commits.findLast(({ ours }) => ours !== void 0)?.sha ?? state.mergeBase;
  const before = await forge.viewCommit(
    last,
    request.files.map(({ path: path10 }) => path10)
  );
  const touched = files.filter(({ path: path10 }) => !sameEntry(before.files.get(path10), state.head.files.get(path10)));
  if (touched.length > 0) {
    const theirs = state.commits.filter(({ ours }) => ours === void 0);
    const who = [...new Set(theirs.map(({ author }) => author))].join(", ");
    throw new UserError(
      "branch-edited",
      `Somebody (${who}) changed ${touched.map(({ path: path10 }) => `\`${path10}\``).join(", ")} on the branch \`${request.branch}\`, and that is not overwritten. Merge the pull request, or delete the branch so that it is made afresh.`
    );
  }
  return { parent: state.head, files, before: state.head.oid, rebuilds: false };
}
async function commitFiles(forge, { branch, base, run, commitMessage }, { parent, files, before, rebuilds }, log) {
  const message = (tree) => addTrailer(commitMessage, { branch, base: base.sha, tree, run });
  const sha = await forge.makeCommit({ parent, files, message });
  if (!await forge.moveBranch(branch, { before, after: sha, force: rebuilds })) return void 0;
  log.info(`Commit ${sha} on ${branch}, on top of ${parent.oid}.`);
  return sha;
}

// src/pull-request/check.ts
var BAD_PART = /^(?:|\.|\.\.|\.git)$/i;
var CONTROL = new RegExp("\\p{Cc}", "u");
function pathProblem(path10) {
  if (CONTROL.test(path10)) return "it holds a control character";
  if (path10.length > 4096) return "it is longer than 4,096 characters";
  if (path10.includes("\\")) return "it holds a backslash";
  if (path10.split("/").some((part) => BAD_PART.test(part)))
    return "it is not a plain path below the repository";
  return void 0;
}
var BAD_BRANCH = /[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\/|\.lock(?:\/|$)|(?:^|\/)\.|^[-/@]$|^-|^\/|[/.]$|^refs\//u;
function checkBranch(name, what) {
  if (name !== "" && name.length < 245 && !BAD_BRANCH.test(name)) return;
  throw new UserError(
    "bad-branch",
    `${JSON.stringify(name.slice(0, 100))} cannot be the name of ${what}. Give a branch name without \`refs/heads/\`, such as \`uv-fod/authentik\`.`
  );
}
function checkRequest(request) {
  checkBranch(request.branch, "the branch to publish on");
  checkBranch(request.base.ref, "the base branch");
  if (request.branch === request.base.ref) {
    throw new UserError(
      "bad-branch",
      `The branch to publish on and the base are both \`${request.branch}\`. Choose another name for the branch.`
    );
  }
  if (!/^[0-9a-f]{40}$/.test(request.base.sha)) {
    throw new UserError(
      "bad-base",
      `The commit that was checked out has to be given as 40 hexadecimal digits, not ${JSON.stringify(request.base.sha.slice(0, 80))}.`
    );
  }
  const seen = /* @__PURE__ */ new Set();
  for (const { path: path10 } of request.files) {
    const problem = seen.has(path10) ? "it is given twice" : pathProblem(path10);
    if (problem)
      throw new UserError(
        "bad-path",
        `The path ${JSON.stringify(path10.slice(0, 200))} is not published: ${problem}.`
      );
    seen.add(path10);
  }
  for (const path10 of request.computedFrom ?? []) {
    const problem = pathProblem(path10);
    if (problem)
      throw new UserError(
        "bad-path",
        `The path ${JSON.stringify(path10.slice(0, 200))} cannot be looked up: ${problem}.`
      );
  }
}

// src/pull-request/marker.ts
var MARKER = /<!-- uv-fod key=([0-9a-f]{16}) text=([0-9a-f]{16})( draft)?( closed)? -->/g;
function writeMarker(marker) {
  const flags = `${marker.draft ? " draft" : ""}${marker.closed ? " closed" : ""}`;
  return `<!-- uv-fod key=${marker.key} text=${marker.text}${flags} -->`;
}
function readMarker(body2) {
  const match = [...(body2 ?? "").matchAll(MARKER)].at(-1);
  if (!match) return void 0;
  const [, key = "", text2 = "", draft, closed] = match;
  return { key, text: text2, closed: closed !== void 0, ...draft === void 0 ? {} : { draft: true } };
}
function replaceMarker(body2, marker) {
  return `${body2.replaceAll(MARKER, "").trimEnd()}

${writeMarker(marker)}`;
}
function closing(text2) {
  let fence;
  for (const line of text2.split("\n")) {
    const run = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (run === void 0) continue;
    if (fence === void 0) fence = run;
    else if (run.startsWith(fence)) fence = void 0;
  }
  const open = text2.split("<details").length - text2.split("</details>").length;
  return `${fence === void 0 ? "" : `
${fence}`}${"\n</details>".repeat(Math.max(open, 0))}`;
}
function finishBody(body2, marker, limit) {
  const end = `

${writeMarker(marker)}`;
  if (body2.length + end.length <= limit) return `${body2.trimEnd()}${end}`;
  const note = "\n\n*Cut here: the rest is longer than a pull request may be. It is in the summary of the job that opened this.*";
  const room = limit - end.length - note.length - 400;
  const cut = body2.slice(0, body2.lastIndexOf("\n", room) > 0 ? body2.lastIndexOf("\n", room) : room);
  const closed = closing(cut);
  return `${cut.trimEnd()}${closed.length <= 400 ? closed : ""}${note}${end}`;
}

// src/pull-request/draft.ts
async function holdBack(forge, request, pull, log) {
  if (!pull || pull.isDraft || !request.isUnverified) return pull;
  const convert = async () => {
    if (!forge.setDraft) return false;
    if (pull.marker && !request.draft)
      await forge.editPull(pull.number, { body: replaceMarker(pull.body, { ...pull.marker, draft: true }) });
    await forge.setDraft(pull, true);
    return true;
  };
  const isDraft2 = pull.hasAutoMerge ? await convert().catch(refuse(pull)) : await orWarn(log, convert);
  if (isDraft2) log.info(`#${pull.number} is a draft now: what it proposes did not pass verification.`);
  return { ...pull, isDraft: isDraft2 };
}
var refuse = (pull) => (error2) => {
  if (!(error2 instanceof UserError)) throw error2;
  throw new UserError(
    error2.code,
    `${error2.message} Auto-merge is on for #${pull.number}, so what did not pass verification is not put there.`,
    { cause: error2 }
  );
};
async function release(forge, request, pull, log) {
  const { setDraft: setDraft3 } = forge;
  const isOurs = pull.isDraft && pull.marker?.draft === true;
  if (!isOurs || request.isUnverified || request.draft || !setDraft3) return pull;
  const isReady = await orWarn(log, async () => {
    await setDraft3(pull, false);
    return true;
  });
  if (isReady) log.info(`#${pull.number} is ready for review: what it proposes passed verification now.`);
  return isReady ? { ...pull, isDraft: false } : pull;
}

// src/pull-request/extras.ts
var same = (a, b) => a.toLowerCase() === b.toLowerCase();
var LISTS = ["labels", "assignees", "reviewers", "milestone"];
function missing(list2, request, pull) {
  if (list2 === "milestone")
    return request.milestone === void 0 || pull.milestone.length > 0 ? [] : [request.milestone];
  return (request[list2] ?? []).filter((item) => !pull[list2].some((one) => same(item, one)));
}
async function addExtras(forge, request, pull, log) {
  if (LISTS.every((list2) => missing(list2, request, pull).length === 0)) return false;
  const before = await forge.everAdded(pull.number);
  const wasThere = (list2, item) => list2 === "milestone" ? before.milestone.length > 0 : before[list2].some((one) => same(item, one));
  let added = false;
  for (const list2 of LISTS) {
    const items = missing(list2, request, pull).filter((item) => !wasThere(list2, item));
    if (items.length === 0) continue;
    const wrote = await orWarn(log, () => forge.add(pull.number, list2, items, log));
    added ||= wrote;
  }
  return added;
}

// src/pull-request/pulls.ts
var withMarker = (pull) => ({ ...pull, marker: readMarker(pull.body) });
async function listPulls(forge, { branch }) {
  return (await forge.listPulls(branch)).map(withMarker);
}
function openPull(pulls, request) {
  const open = pulls.filter(({ isOpen }) => isOpen);
  return open.find(({ baseRef }) => baseRef === request.base.ref) ?? open[0];
}
function closedByPerson(pulls, request) {
  const key = keyOf(request);
  return pulls.find(
    ({ isOpen, isMerged, marker }) => !isOpen && !isMerged && marker?.key === key && !marker.closed
  );
}
function markerOf(request) {
  const text2 = digest(request.title, request.bodyKey ?? request.body);
  const draft = request.isUnverified === true && request.draft !== true;
  return { key: keyOf(request), text: text2, closed: false, ...draft ? { draft } : {} };
}
async function createPull(forge, request, log) {
  const { title, branch: head } = request;
  const draft = request.draft === true || request.isUnverified === true;
  const body2 = finishBody(request.body, markerOf(request), forge.bodyLimit);
  const made = await forge.openPull({ title, body: body2, head, base: request.base.ref, draft }, log);
  if (made === "exists") return openPull(await listPulls(forge, request), request);
  return made === "nothing-new" ? void 0 : withMarker(made);
}
async function updatePull(forge, request, pull, log) {
  const { title } = request;
  const marker = markerOf(request);
  const rebased = pull.baseRef !== request.base.ref;
  if (!pull.marker)
    log.info(`The text of #${pull.number} is a person's (our marker is not in it) and stays.`);
  const stale = pull.marker !== void 0 && (pull.marker.text !== marker.text || pull.marker.key !== marker.key);
  if (!stale && !rebased) return false;
  const takesOver = stale && pull.marker?.key !== marker.key && pull.title !== title;
  if (takesOver) log.info(`#${pull.number} takes over: it was "${pull.title}", and is "${title}" now.`);
  const told = takesOver ? `${request.body.trimEnd()}

${takesOverFrom(pull)}` : request.body;
  const text2 = stale ? { title, body: finishBody(told, marker, forge.bodyLimit) } : {};
  const base = rebased ? { base: request.base.ref } : {};
  await forge.editPull(pull.number, { ...text2, ...base });
  return true;
}
var takesOverFrom = ({ title }) => `Takes over from \`${title.replace(/[`\p{Cc}]/gu, " ")}\`, which this pull request proposed before.`;
var CLOSED = "<!-- uv-fod closed -->";
async function sayClosed(forge, { base }, { number }) {
  const body2 = `\`${base.ref}\` has all of this by now (as of ${base.sha}), so there is nothing left to merge. Closed; the branch stays.

${CLOSED}`;
  for (let tries = 1; ; tries++) {
    if ((await forge.comments(number)).some((text2) => text2.includes(CLOSED))) return;
    try {
      await forge.comment(number, body2);
      return;
    } catch (error2) {
      if (!isUnavailable(error2) || tries === 3) throw error2;
    }
  }
}
async function closePull(forge, request, pull) {
  await sayClosed(forge, request, pull);
  const marker = { ...pull.marker ?? markerOf(request), closed: true };
  await forge.editPull(pull.number, { state: "closed", body: replaceMarker(pull.body, marker) });
}

// src/pull-request/publish.ts
var all = () => true;
var ROUNDS = 4;
async function publish(forge, request, log) {
  checkRequest(request);
  for (let round = 1; round <= ROUNDS; round++) {
    const result = await publishOnce(forge, request, log);
    if (result !== "moved") return result;
    log.info(`Somebody else moved \`${request.branch}\` or its base meanwhile: looking again.`);
  }
  throw new UserError(
    "branch-moves",
    `The branch \`${request.branch}\` was moved by somebody else each of the ${ROUNDS} times that it was to be written, so nothing was. Let only one workflow write it at a time (\`concurrency:\`), and run this again.`
  );
}
function none(request, reason, pull, commit) {
  return { outcome: "none", reason, branch: request.branch, ...commit ? { commit } : {}, ...linkOf(pull) };
}
function linkOf(pull) {
  return pull ? { number: pull.number, url: pull.url } : {};
}
function changedSince(request, sight) {
  const paths = [...request.files.map(({ path: path10 }) => path10), ...request.computedFrom ?? []];
  return paths.filter((path10) => !sameEntry(sight.read.files.get(path10), sight.base.files.get(path10)));
}
function withNote(request) {
  const { noteForGithubToken: note, body: body2, bodyKey: bodyKey2 = body2 } = request;
  return note === void 0 ? request : { ...request, body: `${body2.trimEnd()}

${note}`, bodyKey: bodyKey2 };
}
async function publishOnce(forge, asked, log) {
  const sight = await forge.look(asked);
  const request = sight.isGithubToken ? withNote(asked) : asked;
  const changed = changedSince(request, sight);
  if (changed.length > 0) {
    log.warning(
      `\`${request.base.ref}\` has other versions of ${changed.join(", ")} since this began (now ${sight.base.oid}): nothing is published; the next run starts from there.`
    );
    return none(request, "base-changed");
  }
  const wanted = wantedFiles(request.files, sight.base);
  const isCurrent = wanted.every((file) => sameEntry(file, sight.base.files.get(file.path)));
  if (isCurrent && !sight.branch) return closeObsolete(forge, request, void 0, void 0, log);
  const pulls = await listPulls(forge, request);
  const open = openPull(pulls, request);
  const state = await readBranch(forge, request, sight);
  if (isCurrent) return closeObsolete(forge, request, state, open, log);
  if (state && await isNewer(forge, request, state)) {
    log.info(`A later run published on \`${request.branch}\`: this one writes nothing.`);
    return none(request, "newer-run", open, state.head.oid);
  }
  const closed = open ? void 0 : closedByPerson(pulls, request);
  if (closed) {
    log.info(`#${closed.number} proposed just this and was closed by a person: it is not opened again.`);
    return none(request, "closed-by-person", closed);
  }
  const merged = pulls.some(({ isMerged, head }) => isMerged && head === state?.head.oid);
  const plan = await planCommit(forge, request, sight, state, wanted, merged);
  const held = plan ? await holdBack(forge, request, open, log) : open;
  const commit = plan ? await commitFiles(forge, request, plan, log) : state?.head.oid;
  if (commit === void 0) return "moved";
  const before = state?.head.oid;
  return propose(forge, request, { sight, open: held, before, commit, committed: plan !== void 0 }, log);
}
async function closeObsolete(forge, request, state, open, log) {
  if (!open?.marker) {
    const why = open ? `the text of ${open.url} is a person's, so it stays open` : "there is no pull request to close";
    log.info(`\`${request.base.ref}\` has all of this already, and ${why}.`);
    return none(request, "base-is-current");
  }
  if (state && hasOthersCommits(state)) {
    log.info(`The base has all of this, but #${open.number} holds commits of others: it stays open.`);
    return none(request, "others-commits", open);
  }
  await closePull(forge, request, open);
  log.info(`#${open.number} has nothing left to do and was closed.`);
  return { outcome: "closed", branch: request.branch, ...linkOf(open) };
}
async function propose(forge, request, proposal, log) {
  const { open, commit, committed } = proposal;
  const { isGithubToken } = proposal.sight;
  const { branch, noteForGithubToken: note } = request;
  if (!open) {
    const made = await openOrTakeBack(forge, request, proposal, log);
    if (!made) return "moved";
    log.info(`Opened ${made.url}.`);
    if (isGithubToken && note) log.info(note);
    await finishPull(forge, request, made, isGithubToken, log);
    return { outcome: "created", branch, commit, ...linkOf(made) };
  }
  const pull = await release(forge, request, open, log);
  const edited = await updatePull(forge, request, pull, log);
  const done = open.marker ? await finishPull(forge, request, pull, isGithubToken, log) : false;
  if (!committed && !edited && !done && pull === open) {
    log.info(`${open.url} says all of this already: nothing is written.`);
    return none(request, "unchanged", open, commit);
  }
  log.info(`Updated ${open.url}.`);
  if (committed && isGithubToken && note) log.info(note);
  return { outcome: "updated", branch, commit, ...linkOf(open) };
}
async function finishPull(forge, request, pull, isGithubToken, log) {
  const added = await orWarn(log, () => addExtras(forge, request, pull, log), all);
  const set = await orWarn(log, () => setAutoMerge(forge, request, pull, isGithubToken, log), all);
  return added || set;
}
async function openOrTakeBack(forge, request, proposal, log) {
  const { before, commit, committed } = proposal;
  try {
    return await createPull(forge, request, log);
  } catch (error2) {
    if (committed && isFinal(error2)) {
      const { branch } = request;
      const isBack = await forge.moveBranch(branch, { before: commit, after: before, force: true }).catch(() => false);
      if (isBack)
        log.info(`\`${branch}\` is ${before === void 0 ? "taken away again" : "as it was before"}.`);
      else log.warning(`The branch \`${branch}\` could not be put back to what it was.`);
    }
    throw error2;
  }
}

// src/release/advice.ts
var adviceKey = ({ name, version }) => `${name} ${version}`;
var MOST = 100;
var AT_ONCE = 8;
var TIME = 15e3;
var LONGEST2 = 16e6;
var MOST_OF_ONE = 10;
async function askIndexes(releases, fetchText, time = TIME) {
  const signal = AbortSignal.timeout(time);
  const advice = /* @__PURE__ */ new Map();
  const silent = /* @__PURE__ */ new Map();
  const withoutApi = /* @__PURE__ */ new Set();
  const queue = releases.filter(({ index }) => /^https?:\/\//.test(index)).slice(0, MOST);
  const work = queue.values();
  const one = async () => {
    for (const release2 of work) {
      const { index } = release2;
      if (silent.has(index)) continue;
      try {
        const told = await ask(
          release2,
          (url, accept) => fetchText(url, { accept }, { signal, most: LONGEST2 }),
          withoutApi
        );
        if (told) advice.set(adviceKey(release2), told);
      } catch (error2) {
        silent.set(index, signal.aborted ? `no answer within ${time / 1e3} s` : reasonOf(error2));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  const notAsked = [...silent].map(([index, why]) => `the index at ${hostOf(index)} (${why})`);
  if (queue.length < releases.length)
    notAsked.push(`${releases.length - queue.length} of ${releases.length} new releases`);
  return { advice, notAsked };
}
async function ask(release2, get, withoutApi) {
  const { name, version } = release2;
  const index = release2.index.replace(/\/+$/, "");
  const base = /^(.*)\/simple$/.exec(index)?.[1];
  if (base !== void 0 && !withoutApi.has(index)) {
    const answer2 = await get(`${base}/pypi/${name}/${encodeURIComponent(version)}/json`, "application/json");
    const told = answer2.status === 200 ? ofApi(answer2.text, index) : void 0;
    if (told) return told;
    withoutApi.add(index);
  }
  const answer = await get(`${index}/${name}/`, JSON_TYPE);
  const page = answer.contentType.startsWith(JSON_TYPE) ? filesOfPage(answer.text) : void 0;
  if (answer.status !== 200 || !page)
    throw new Error(`it answers with status ${answer.status} and no JSON (PEP 691)`);
  const files = page.filter(
    ({ filename }) => typeof filename === "string" && versionIn(filename, name) === version
  );
  const yanked = files.length > 0 && files.every((file) => isYanked(file.yanked)) ? files[0]?.yanked : void 0;
  return { vulnerabilities: [], ...yanked === void 0 ? {} : { yanked: textOf(yanked) } };
}
var isYanked = (value) => value === true || typeof value === "string" && value !== "";
var textOf = (value) => typeof value === "string" ? value.slice(0, 400) : "";
function ofApi(text2, index) {
  const answer = objectOf(parsed(text2));
  const info2 = objectOf(answer?.info);
  if (!answer || !info2) return void 0;
  const page = textOf(info2.release_url);
  const known = Array.isArray(answer.vulnerabilities) ? answer.vulnerabilities : [];
  return {
    vulnerabilities: known.flatMap(vulnerabilityOf).slice(0, MOST_OF_ONE),
    ...info2.yanked === true ? { yanked: textOf(info2.yanked_reason) } : {},
    // It has no say about where else people are sent.
    ...hostOf(page) === hostOf(index) ? { page } : {}
  };
}
function vulnerabilityOf(value) {
  const one = objectOf(value);
  if (!one || one.withdrawn !== void 0 && one.withdrawn !== null) return [];
  const names = [...textsOf(one.aliases), textOf(one.id)];
  const id = names.find((name) => name.startsWith("CVE-")) ?? textOf(one.id);
  if (id === "") return [];
  const [url, summary3] = [textOf(one.link), textOf(one.summary)];
  return [
    {
      id,
      fixedIn: textsOf(one.fixed_in),
      ...url === "" ? {} : { url },
      ...summary3 === "" ? {} : { summary: summary3 }
    }
  ];
}
var textsOf = (value) => Array.isArray(value) ? value.filter((one) => typeof one === "string").slice(0, 20) : [];
var objectOf = (value) => typeof value === "object" && value !== null ? value : void 0;
function parsed(text2) {
  try {
    return JSON.parse(text2);
  } catch {
    return void 0;
  }
}
var hostOf = (url) => URL.parse(url)?.host ?? "";
var reasonOf = (error2) => (error2 instanceof Error ? error2.message : String(error2)).split("\n", 1)[0]?.slice(0, 200).replace(/\.$/, "") ?? "";

// src/refresh/advice.ts
function newReleases({ added, changed }, { project }) {
  const all2 = [...added, ...changed];
  const ordered = [
    ...all2.filter(({ relation }) => relation === "direct"),
    ...all2.filter(({ relation }) => relation !== "direct")
  ];
  return ordered.flatMap(({ name, before }) => {
    const old = new Set(before.map(({ version }) => version));
    return (project.lock.byName.get(name) ?? []).flatMap(
      ({ version, source }) => source.kind === "registry" && version !== void 0 && !old.has(version) ? [{ name, version, index: source.url }] : []
    );
  });
}
async function advise(update, diff, fetchText, log) {
  const releases = diff && update.edits.length > 0 ? newReleases(diff, update) : [];
  if (releases.length === 0) return { advice: /* @__PURE__ */ new Map(), notAsked: [] };
  return log.group("Index: withdrawn releases and known vulnerabilities", async () => {
    const advised = await askIndexes(releases, fetchText);
    for (const release2 of releases) {
      const { yanked, vulnerabilities = [] } = advised.advice.get(adviceKey(release2)) ?? {};
      const name = `${release2.name} ${release2.version}`;
      if (yanked !== void 0)
        log.warning(`${name} was withdrawn from its index: ${yanked || "no reason given"}`);
      for (const { id, summary: summary3 } of vulnerabilities)
        log.warning(`${name} has the known vulnerability ${id}${summary3 ? `: ${summary3}` : ""}`);
    }
    for (const one of advised.notAsked) log.info(`Not asked: ${one}.`);
    const { size: size2 } = advised.advice;
    log.info(`The index answered for ${size2} of ${releases.length} new releases.`);
    return advised;
  });
}

// src/report/notes.ts
var CHECKS_WAIT_FOR_APPROVAL = 'The checks of this pull request wait, because it was opened with GITHUB_TOKEN: somebody with write access starts them by "Approve workflows to run" on its page. With the token of a GitHub App they start by themselves.';

// src/report/sections.ts
var LONG = 1e3;
function packageCounts(packages) {
  const added = packages.filter(({ before }) => before === void 0).length;
  const removed = packages.filter(({ after }) => after === void 0).length;
  const changed = packages.length - added - removed;
  const parts = [
    changed > 0 ? `${count(changed, "package")} changed` : "",
    added > 0 ? `${changed > 0 ? added : count(added, "package")} added` : "",
    removed > 0 ? `${changed + added > 0 ? removed : count(removed, "package")} removed` : ""
  ].filter((part) => part !== "");
  return list(parts);
}
var versions = (before, after) => [before, after].filter((version) => version !== void 0).map(code).join(" → ");
function headline(report) {
  const { name, before, after, links = [] } = report.subject;
  const what = before === after ? versions(after, void 0) : versions(before, after);
  const systems = report.hashes.map(({ system }) => code(system));
  const parts = [
    packageCounts(report.packages),
    systems.length > 0 ? `new ${systems.length === 1 ? "hash" : "hashes"} for ${list(systems)}` : ""
  ].filter((part) => part !== "");
  const more2 = links.map(({ text: label2, url }) => link(text(label2), url)).join(" · ");
  const first = `**${text(name)}**${what === "" ? "" : ` ${what}`}${parts.length > 0 ? `: ${parts.join("; ")}` : ""}.`;
  return more2 === "" ? first : `${first} ${more2}`;
}
function whySection(why) {
  if (why.length === 0) return "";
  if (why.length === 1) return `Why: ${text(why[0] ?? "", LONG)}`;
  return `Why:
${why.map((reason) => `- ${text(reason, LONG)}`).join("\n")}`;
}
var HOW = {
  nix: "by Nix",
  native: "without Nix",
  both: "by Nix and without it: same"
};
function hashSection(hashes) {
  if (hashes.length === 0) return "";
  const lines = hashes.flatMap(({ system, before, after, how }) => [
    `@@ ${plain(system)} ${HOW[how]} @@`,
    ...before === void 0 || before === after ? [] : [`- ${plain(before)}`],
    `${before === after ? " " : "+"} ${plain(after)}`
  ]);
  return `### Hashes

${fenced(lines.join("\n"), "diff")}`;
}
var MARKS = { ok: "✅", failed: "❌", "not checked": "⚪" };
var written = (detail) => /^[\w./+=@-]+$/.test(detail) ? code(detail) : text(detail, LONG);
function checkSection(checks2) {
  if (checks2.length === 0) return "";
  const order = ["failed", "not checked", "ok"];
  const lines = [...checks2].sort((a, b) => order.indexOf(a.result) - order.indexOf(b.result)).map(({ name, result, detail }) => {
    const note = result === "not checked" ? " (not checked)" : "";
    return `- ${MARKS[result]} ${text(name)}${note}${detail === void 0 ? "" : `: ${written(detail)}`}`;
  });
  return `### Verified

${lines.join("\n")}`;
}
function restSection(report) {
  const notDone2 = report.notDone.map(({ what, why }) => `* Not done: ${text(what)}, because ${text(why)}`);
  const notes = (report.notes ?? []).map((note) => `* ${text(note, LONG)}`);
  const notAsked = (report.notAsked ?? []).map((one) => `* Not asked: ${text(one, LONG)}`);
  return [...notDone2, ...notes, ...notAsked].join("\n");
}
function size(bytes) {
  if (bytes < 1e3) return `${bytes} B`;
  const units = ["kB", "MB", "GB", "TB"];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  return `${(bytes / 1e3 ** power).toFixed(1)} ${units[power - 1]}`;
}
function downloadSection(download) {
  if (!download) return "";
  const { before, after, system } = download;
  const sizes = before === void 0 || size(before) === size(after) ? size(after) : `${size(before)} → ${size(after)}`;
  return `Download: ${sizes}${system === void 0 ? "" : ` for ${code(system)}`}.`;
}

// src/report/packages.ts
var FOLD_FROM = 16;
var byImportance = (a, b) => Number(b.direct) - Number(a.direct) || (a.name < b.name ? -1 : Number(a.name > b.name));
function warningSection(packages) {
  const lines = [...packages].sort(byImportance).flatMap((change) => {
    const { yanked, vulnerabilities = [] } = change;
    const name = `**${text(change.name)}** ${code(change.after ?? "")}`;
    return [
      ...yanked === void 0 ? [] : [`${name} was withdrawn from its index: ${yanked === "" ? "no reason given" : text(yanked)}`],
      ...vulnerabilities.map((one) => `${name} has a known vulnerability, ${vulnerability(one)}`)
    ];
  });
  if (lines.length === 0) return "";
  return ["> [!WARNING]", ...lines.map((line) => `> - ${line}`)].join("\n");
}
function vulnerability({ id, url, summary: summary3, fixedIn }) {
  const fixed = fixedIn.length === 0 ? "" : ` (fixed in ${list(fixedIn.slice(0, 5).map(code))})`;
  return `${link(code(id), url)}${fixed}${summary3 === void 0 ? "" : `: ${text(summary3)}`}`;
}
function packageSection(packages) {
  if (packages.length === 0) return "";
  const sorted = [...packages].sort(byImportance);
  const notes = sorted.map(kindsOf);
  const hasNotes = notes.some((note) => note !== "");
  const rows = sorted.map((change, index) => [
    link(change.direct ? `**${text(change.name)}**` : text(change.name), change.url),
    change.before === void 0 ? "added" : code(change.before),
    change.after === void 0 ? "removed" : `${code(change.after)}${isBad(change) ? " ⚠️" : ""}`,
    ...hasNotes ? [notes[index] ?? ""] : []
  ]);
  const drawn2 = table(["Package", "Before", "After", ...hasNotes ? ["Comes as"] : []], rows);
  const direct = sorted.filter((change) => change.direct).length;
  const legend = direct > 0 ? `

Bold: asked for by the project itself (${direct}).` : "";
  const content = `${drawn2}${legend}`;
  return `### Packages

${rows.length >= FOLD_FROM ? fold(packageCounts(packages), content) : content}`;
}
var isBad = ({ yanked, vulnerabilities = [] }) => yanked !== void 0 || vulnerabilities.length > 0;
function kindsOf({ kinds: kinds2 = [] }) {
  const bySystem = /* @__PURE__ */ new Map();
  for (const { system, before, after } of kinds2) {
    const kind = [before, after].filter((one) => one !== void 0);
    const what = before === after ? after ?? "" : kind.join(" → ");
    bySystem.set(what, [...bySystem.get(what) ?? [], system]);
  }
  return [...bySystem].map(([what, systems]) => `${text(what)} on ${list(systems.map(code))}`).join("; ");
}

// src/report/release-notes.ts
var READ = 2e4;
var LINES = 80;
var WIDEST = 400;
function notesSection(notes) {
  if (notes === void 0) return "";
  const lines = notes.slice(0, READ).replace(/<!--[\s\S]*?(?:-->|$)/g, "").split(/\r\n|[\r\n]/).map((line) => line.trimEnd());
  const quoted = squeeze(quote(lines));
  if (quoted.length === 0) return "";
  const cut = quoted.length > LINES || notes.length > READ;
  const shown2 = cut ? [...quoted.slice(0, LINES), "", "…"] : quoted;
  return fold("Release notes", shown2.map((line) => `> ${line}`.trimEnd()).join("\n"));
}
function quote(lines) {
  let isCode = false;
  return lines.map((line) => {
    if (/^\s*(?:```|~~~)/.test(line)) {
      isCode = !isCode;
      return "";
    }
    if (isCode) return line.trim() === "" ? "" : `${code(line)}<br>`;
    return ordinary(line);
  });
}
function ordinary(line) {
  const heading = /^ {0,3}#{1,6}\s+(.*?)[\s#]*$/.exec(line)?.[1];
  if (heading !== void 0) {
    const title = words(heading);
    return title === "" ? "" : `
**${title}**
`;
  }
  const [, indent = "", , item] = /^( {0,12})([-*+]|\d{1,3}[.)])\s+(.*)$/.exec(line) ?? [];
  if (item !== void 0) return `${"  ".repeat(Math.min(Math.floor(indent.length / 2), 3))}- ${words(item)}`;
  return words(line);
}
function words(line) {
  const seen = line.slice(0, 4 * WIDEST).replace(/!?\[([^[\]]{0,300})\]\([^()\s]{0,500}\)/g, "$1").replace(/\*\*|__|`/g, "").replace(/<\/?[a-z][^<>]{0,300}>/gi, "");
  return text(seen, WIDEST);
}
function squeeze(lines) {
  const flat = lines.flatMap((line) => line.split("\n"));
  const kept = flat.filter((line, index) => line !== "" || (flat[index - 1] ?? "") !== "");
  while (kept[0] === "") kept.shift();
  while (kept.at(-1) === "") kept.pop();
  return kept;
}

// src/report/timings.ts
function duration(milliseconds) {
  const seconds = milliseconds / 1e3;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min${whole % 60 === 0 ? "" : ` ${whole % 60} s`}`;
}
var usable = (timings) => timings.filter(({ milliseconds }) => Number.isFinite(milliseconds) && milliseconds >= 0);
var taskName = (stage) => stage.replace(/[^\p{L}\p{N} ._()/+-]/gu, " ").replace(/\s+/g, " ").trim().slice(0, 60) || "stage";
function tick(milliseconds) {
  const steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800];
  return steps.find((seconds) => milliseconds / 1e3 / seconds <= 8) ?? 3600;
}
function chart(timings) {
  let at = 0;
  const tasks = usable(timings).map(({ stage, milliseconds }) => {
    const start = at;
    at += Math.round(milliseconds);
    return `    ${taskName(stage)} (${duration(milliseconds)}) : ${start}, ${at}`;
  });
  return [
    "```mermaid",
    "gantt",
    // Milliseconds in, seconds out: both since 1970, so that no time zone of a reader moves them (d3-time-format, %s).
    "    dateFormat x",
    "    axisFormat %s s",
    `    tickInterval ${tick(at)}second`,
    ...tasks,
    "```"
  ].join("\n");
}
function timingsSection(timings) {
  const stages = usable(timings);
  if (stages.length === 0) return "";
  const total = stages.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const longest = [...stages].sort((a, b) => b.milliseconds - a.milliseconds).filter(({ milliseconds }, index) => index === 0 || milliseconds > total / 10).slice(0, 3);
  const named = list(longest.map(({ stage, milliseconds }) => `${text(stage)} ${duration(milliseconds)}`));
  return `Took ${duration(total)}, most of it for ${named}.

${fold("How long each stage took", chart(stages))}`;
}

// src/report/report.ts
var join = (sections2) => `${sections2.filter((section) => section !== "").join("\n\n")}
`;
function sections(report) {
  return [
    headline(report),
    warningSection(report.packages),
    whySection(report.why),
    notesSection(report.subject.notes),
    packageSection(report.packages),
    downloadSection(report.download),
    hashSection(report.hashes),
    checkSection(report.checks),
    restSection(report),
    timingsSection(report.timings)
  ];
}
function body(report) {
  return join(sections(report));
}
function summary2(report, published) {
  const where = published?.number === void 0 ? "" : ` ${ownLink(`#${published.number}`, published.url)}`;
  const why = published?.reason === void 0 ? "" : ` (${text(published.reason)})`;
  const result = published ? [`Pull request: ${code(published.outcome)}${where}${why}`] : [];
  return join([`## ${text(report.subject.name)}`, ...result, ...sections(report)]);
}
function bodyKey(report) {
  return body({ ...report, timings: [], notAsked: [] });
}

// src/action/proposed.ts
function proposedOf({ name }, checkout, refreshed, edits, reports) {
  return {
    name,
    reports,
    subjects: refreshed.map(({ config, bump, update: { pinned } }) => ({
      name: config.name,
      pname: pinned.pname,
      before: bump?.before ?? pinned.version,
      after: bump?.after ?? pinned.version,
      isBump: bump !== void 0 && bump.before !== bump.after
    })),
    files: edits.map(({ file, after }) => ({ path: mustBeInside(checkout, file), content: after })),
    computedFrom: refreshed.flatMap(({ update }) => pathInCheckout(checkout, update.project.lockFile) ?? []),
    isUnverified: refreshed.some(({ failed }) => failed !== void 0)
  };
}
function requestOf(proposed, { branch, options: options2 }, trigger, head) {
  const { owner, repo, base, run } = trigger;
  const { reports, files, computedFrom, subjects } = proposed;
  const words2 = wordsOf3(proposed);
  const title = options2.title === void 0 ? titleOf(proposed) : fillTemplate(options2.title, words2);
  const filled = new Map([...words2, ["title", title]]);
  const wrap = (report) => options2.body === void 0 ? report : fillTemplate(options2.body, new Map([...filled, ["report", report]]));
  const isBump = subjects.some((one) => one.isBump);
  return {
    ...{ owner, repo, run, title, branch, files, computedFrom },
    base: { ref: base, sha: head },
    commitMessage: options2.commitMessage === void 0 ? title : fillTemplate(options2.commitMessage, filled),
    body: wrap(reports.map(body).join("\n---\n\n")),
    noteForGithubToken: CHECKS_WAIT_FOR_APPROVAL,
    bodyKey: wrap(reports.map(bodyKey).join("\n---\n\n")),
    ...isBump ? { key: subjects.map(({ name, after }) => `${name} ${after}`).join(", ") } : {},
    ...{ labels: options2.labels, assignees: options2.assignees, reviewers: options2.reviewers },
    ...options2.milestone === void 0 ? {} : { milestone: options2.milestone },
    draft: options2.draft === true,
    isUnverified: proposed.isUnverified,
    autoMerge: options2.autoMerge
  };
}
function wordsOf3({ name, subjects }) {
  const only = subjects.length === 1 ? subjects[0] : void 0;
  return /* @__PURE__ */ new Map([
    ["name", name],
    ["before", only?.before ?? ""],
    ["after", only?.after ?? ""]
  ]);
}
function titleOf({ name, subjects }) {
  const moved = subjects.filter(({ isBump }) => isBump);
  const [first] = subjects;
  if (moved.length > 0 && subjects.length > 1) return `${name}: update ${moved.length} packages`;
  if (first?.isBump) return `${name}: ${first.before} → ${first.after}`;
  return `${subjects.length === 1 && first ? first.pname : name}: update the hash of its Python dependencies`;
}
function mustBeInside(checkout, file) {
  const inside2 = pathInCheckout(checkout, file);
  if (inside2 !== void 0) return inside2;
  throw new UserError(
    "outside-checkout",
    `${file} has to change, but it lies outside the checkout ${checkout.root}; keep the derivation's hash and build lock in this repository.`
  );
}

// src/action/report.ts
import path3 from "node:path";

// src/action/moved.ts
function movedPackages({ added, removed, changed }, lock, { advice }) {
  return [...added, ...removed, ...changed].filter((change) => !isProject(change)).map((change) => {
    const { name } = change;
    const [before, after] = [label(change.before), label(change.after)];
    const index = indexOf(lock, name);
    const told = change.after.flatMap(
      ({ version }) => advice.get(adviceKey({ name, version: version ?? "" })) ?? []
    );
    const yanked = told.find((one) => one.yanked !== void 0)?.yanked;
    const vulnerabilities = told.flatMap((one) => one.vulnerabilities);
    const url = told.find(({ page }) => page !== void 0)?.page ?? (index && `${index.replace(/\/+$/, "")}/${name}/`);
    return {
      name,
      direct: change.relation === "direct",
      ...before === void 0 ? {} : { before },
      ...after === void 0 ? {} : { after },
      ...url ? { url } : {},
      ...yanked === void 0 ? {} : { yanked },
      ...vulnerabilities.length === 0 ? {} : { vulnerabilities },
      ...kinds(change)
    };
  });
}
var isProject = ({ before, after }) => [...before, ...after].every(({ source }) => /^(?:virtual|editable|directory) \.$/.test(source ?? ""));
function indexOf(lock, name) {
  const source = lock.byName.get(name)?.find(({ source: { kind } }) => kind === "registry")?.source;
  return source?.kind === "registry" ? source.url : void 0;
}
var label = (entries) => entries.length === 0 ? void 0 : entries.map(({ version, source }) => version ?? source ?? "dynamic").join(", ");
var kindOf = {
  wheel: "wheel",
  sdist: "sdist",
  git: "git",
  directory: "local",
  none: void 0
};
function kinds({ before, after }) {
  const systems = new Set(
    [...before, ...after].flatMap(({ forms }) => Object.keys(forms))
  );
  const found = [...systems].flatMap((system) => {
    const [old, now] = [before, after].map((entries) => kindOf[entries.at(-1)?.forms[system] ?? "none"]);
    const isUsual = (kind) => kind === void 0 || kind === "wheel";
    if (isUsual(old) && isUsual(now)) return [];
    return [{ system, ...old ? { before: old } : {}, ...now ? { after: now } : {} }];
  });
  return found.length === 0 ? {} : { kinds: found };
}

// src/action/why.ts
import path2 from "node:path";
var SHOWN = 6;
function reasonsFor({ hashes, edits }, diff) {
  if (edits.length === 0) return [];
  const moved = buildLocks(edits);
  const isFirst = hashes.every(({ before }) => before === "");
  const reasons = [
    ...isFirst ? ["There was no hash yet."] : [],
    ...options(moved),
    ...diff ? ofLock(diff) : [],
    ...buildTools(moved)
  ];
  if (reasons.length > 0) return reasons;
  const hashMoved = hashes.some(({ before, after }) => before !== after);
  return [
    hashMoved ? "The hash was not the one that uv.lock asks for, though uv.lock did not change since the commit compared with." : "What has to be built, or its build requirements, changed; the wheels did not."
  ];
}
function buildLocks(edits) {
  const edit = edits.find(({ file }) => path2.basename(file) === buildLockName);
  if (!edit) return void 0;
  const { before, after } = edit;
  return {
    before: before === void 0 ? void 0 : parseBuildLock(before, buildLockName),
    after: parseBuildLock(after, buildLockName)
  };
}
function ofLock({ added, removed, changed, hashOnly }) {
  const hasMoved = added.length + removed.length + changed.length > 0;
  const others = [...new Set(hashOnly.map(({ name, version }) => `${name} ${version ?? ""}`.trim()))];
  return [
    ...hasMoved ? ["uv.lock changed."] : [],
    ...others.length > 0 ? [
      `The index has other bytes than before under the same version: ${shown(others)}. Look at that before you merge.`
    ] : []
  ];
}
function options(moved) {
  const [before, after] = [moved?.before?.target, moved?.after.target];
  if (!before || !after) return [];
  const names = [.../* @__PURE__ */ new Set([...Object.keys(before), ...Object.keys(after)])];
  const texts = names.flatMap((name) => {
    const [old, now] = [before[name], after[name]].map((value) => JSON.stringify(value) ?? "none");
    return old === now ? [] : [`${name} ${old} → ${now}`];
  });
  return texts.length === 0 ? [] : [`Another option of the derivation: ${shown(texts)}.`];
}
function buildTools(moved) {
  if (!moved?.before) return [];
  const [before, after] = [moved.before, moved.after].map(toolsOf);
  if (!before || !after) return [];
  const texts = [...after].flatMap(([name, now]) => {
    const old2 = before.get(name);
    return old2 === void 0 || old2 === now ? [] : [`${name} ${old2} → ${now}`];
  });
  const built = ({ builds }) => Object.values(builds).map(labelOf);
  const old = new Set(built(moved.before));
  const fresh = built(moved.after).filter((label2) => !old.has(label2));
  return [
    ...texts.length === 0 ? [] : [`Build tools changed: ${shown(texts.sort())}.`],
    ...fresh.length === 0 ? [] : [`New to be built from source: ${shown(fresh)}.`]
  ];
}
var labelOf = (build) => `${build.name} ${build.version ?? ""}`.trim();
function toolsOf({ wheels }) {
  const tools = /* @__PURE__ */ new Map();
  for (const file of Object.keys(wheels).sort()) {
    const [name = "", version = ""] = file.split("-", 2);
    tools.set(name, [...tools.get(name) ?? [], version]);
  }
  return new Map([...tools].map(([name, versions2]) => [name, [...new Set(versions2)].join(" and ")]));
}
var shown = (texts) => texts.length > SHOWN ? `${texts.slice(0, SHOWN).join(", ")} and ${texts.length - SHOWN} more` : list(texts);

// src/action/report.ts
function reportOf(refreshed, { advised, serverUrl }) {
  const { update, diff, bump, failed, config } = refreshed;
  const { hashes } = update;
  const moved = bump && bump.before !== bump.after ? [`${config.name} ${bump.after} was released.`] : [];
  return {
    version: 1,
    subject: subjectOf(refreshed, serverUrl),
    why: [...moved, ...reasonsFor(update, diff)],
    hashes: hashes.filter((one) => one.before !== one.after).map(({ system, before, after: now, how }) => ({
      ...{ system, after: now, how: how === "recorded" ? "native" : how },
      ...before ? { before } : {}
    })),
    packages: diff ? movedPackages(diff, update.project.lock, advised) : [],
    download: downloadOf(refreshed),
    checks: [...(bump?.hashes ?? []).map(outputCheck), ...checks(update), ...failed ? [failed] : []],
    timings: update.stages.map(({ name, milliseconds }) => ({ stage: name, milliseconds })),
    notDone: notDone(update, failed),
    ...advised.notAsked.length > 0 ? { notAsked: advised.notAsked } : {}
  };
}
function subjectOf({ update: { pinned }, bump, choice, config }, serverUrl) {
  const after = bump?.after ?? pinned.version;
  const isBump = bump !== void 0 && bump.before !== bump.after;
  const notes = isBump && choice?.kind === "release" ? choice.release.notes : void 0;
  return {
    name: pinned.pname,
    ...after ? { after } : {},
    ...isBump ? { before: bump.before, links: linksOf(bump, config.releases?.source, serverUrl) } : {},
    ...notes === void 0 ? {} : { notes }
  };
}
function linksOf({ before, after }, source, serverUrl) {
  if (source?.kind !== "github") return [];
  const { owner, repo, list: list2, tag } = source;
  const page = `${serverUrl}/${owner}/${repo}`;
  const [old, now] = [before, after].map((version) => encodeURI(tagOf(version, tag)));
  return [
    ...list2 === "releases" ? [{ text: "Release notes", url: `${page}/releases/tag/${now}` }] : [],
    { text: "All changes", url: `${page}/compare/${old}...${now}` }
  ];
}
function downloadOf({
  update: { spotted, pinned },
  bytesBefore
}) {
  const own = spotted.find(({ target }) => target.system === pinned.system) ?? spotted[0];
  return {
    after: wheelBytes(own?.artifacts ?? []),
    ...own ? { system: own.target.system } : {},
    ...bytesBefore === void 0 ? {} : { before: bytesBefore }
  };
}
var outputCheck = ({ attribute, after }) => ({
  name: `Fixed output ${attribute} built twice with one hash`,
  result: "ok",
  detail: after
});
function notDone({ out, edits, hashes, pinned, spotted }, failed) {
  const once = hashes.filter(({ how }) => how === "nix").map(({ system }) => system);
  const others = spotted.map(({ target }) => target.system).filter((system) => system !== pinned.system);
  const isLeftOut = out === void 0 && edits.length > 0 && !failed;
  return [
    ...once.length > 0 ? [
      {
        what: `Second derivation of the hash for ${once.join(", ")}`,
        why: "skip-second-derivation is true"
      }
    ] : [],
    ...isLeftOut ? [{ what: "Build and import", why: "verify is false" }] : [],
    ...out !== void 0 && others.length > 0 ? [
      {
        what: `Build and import for ${others.join(", ")}`,
        why: `this runner builds for ${pinned.system}`
      }
    ] : []
  ];
}
function checks({ out, imported, hashes }) {
  if (out === void 0) return [];
  const byNix = hashes.filter(({ how }) => how === "nix" || how === "both").map(({ system }) => system);
  const fetched = byNix.length === 0 ? [] : [{ name: "Fixed output fetched by Nix from nothing", result: "ok", detail: byNix.join(", ") }];
  return [
    ...fetched,
    { name: "Built offline in Nix’s sandbox", result: "ok", detail: out },
    ...imported.map(
      ({ module, file }) => ({
        name: `import ${module}`,
        result: "ok",
        detail: path3.relative(out, file)
      })
    )
  ];
}

// src/action/run.ts
async function runAction(runner) {
  const { inputs, parts } = runner;
  const checkout = await openCheckout(inputs.workspace, parts.run);
  const config = await configOf(runner, checkout);
  const results = [];
  for (const proposal of proposalsOf(inputs, config)) {
    results.push(await runProposal(runner, proposal, checkout, config));
  }
  return results;
}
async function configOf({ inputs, trigger, parts }, checkout) {
  const { config, attribute } = inputs;
  const { proposedTo } = trigger;
  const read = proposedTo === void 0 ? parts.read : (file) => checkout.textAt(proposedTo, file);
  const text2 = attribute === "" ? await read(config) : void 0;
  if (text2 !== void 0) return withOptions(parseConfig(text2, config), inputs.options);
  if (attribute !== "")
    return { packages: [], index: void 0, allowedHosts: void 0, cacheTo: void 0 };
  throw new UserError(
    "config-missing",
    `There is neither an input 'attribute' nor a configuration ${config}; name the derivation, or write the configuration (docs/configuration.md).`
  );
}
var withOptions = (config, given) => ({
  ...config,
  packages: config.packages.map((one) => ({ ...one, pullRequest: { ...one.pullRequest, ...given } }))
});
function proposalsOf(inputs, config) {
  if (inputs.attribute === "") return proposals(config);
  const { attribute, nix, branch } = inputs;
  const options2 = { ...noOptions, ...inputs.options };
  const one = { ...plainPackage(attribute, nix), pullRequest: options2 };
  return [{ name: attribute, branch, options: options2, packages: [one] }];
}
async function runProposal(runner, proposal, checkout, config) {
  const { inputs, trigger, parts, forge } = runner;
  const finders = releaseParts(runner, config);
  const cacheTo = cacheOf(runner, config);
  const group = await refreshGroup(proposal.packages, checkout.root, parts, async (one, journaled) => {
    if (proposal.packages.length > 1) parts.log.info(`${one.name}, of the group ${proposal.name}:`);
    const now = await refreshPackage(
      {
        ...{ config: one, configFile: inputs.config, checkout, before: trigger.before },
        ...{ verify: inputs.verify, skipSecondDerivation: inputs.skipSecondDerivation },
        findReleases: inputs.findReleases ?? trigger.isScheduled,
        refreshOutputs: !trigger.isScheduled,
        ...cacheTo === void 0 ? {} : { cacheTo }
      },
      journaled,
      finders
    );
    tell(now, parts.log);
    return now;
  });
  const { refreshed, edits, undo, keep } = group;
  try {
    const reports = await reportsOf(runner, refreshed);
    const proposed = proposedOf(proposal, checkout, refreshed, edits, reports);
    const done = { name: proposal.name, branch: proposal.branch, refreshed, edits, reports, proposed };
    if (inputs.mode === "compute") {
      await undo();
      return { ...done, published: void 0 };
    }
    if (!inputs.pullRequest) {
      await keep();
      return { ...done, published: void 0 };
    }
    const request = requestOf(proposed, proposal, trigger, checkout.head);
    const published = await parts.log.group(
      "Pull request",
      async () => unlessCancelled(publish(await forge(), request, parts.log), parts.stop)
    );
    await undo();
    return { ...done, published };
  } catch (error2) {
    await undo();
    throw error2;
  }
}
async function reportsOf({ fetchText, parts, githubUrl: serverUrl }, refreshed) {
  const reports = [];
  for (const one of refreshed) {
    const advised = await advise(one.update, one.diff, fetchText, parts.log);
    reports.push(reportOf(one, { advised, serverUrl }));
  }
  return reports;
}
function cacheOf({ inputs, trigger, parts }, config) {
  const address = inputs.cacheTo ?? config.cacheTo;
  if (address === void 0 || trigger.proposedTo === void 0) return address;
  parts.log.info(`Nothing is copied to ${address}: this run is about a pull request.`);
  return void 0;
}
function releaseParts({ client: client2, parts, fetchText, index }, config) {
  const chosen = chooseIndex(config.index, index);
  return { hub: client2, fetchText, run: parts.run, scratch: parts.scratch, index: chosen };
}
function tell({ update: { hashes }, edits, config }, log) {
  for (const { system, before, after } of hashes) {
    log.info(
      before === after ? `${system}: ${after}, as before` : `${system}: ${before || "(none)"} → ${after}`
    );
  }
  if (edits.length === 0)
    log.info(`Nothing to do for ${config.name}: hash and build lock are what uv.lock asks for.`);
}

// src/action/check.ts
async function checkAll(runner) {
  const { inputs, parts } = runner;
  const checkout = await openCheckout(inputs.workspace, parts.run);
  const config = await configOf(runner, checkout);
  const packages = proposalsOf(inputs, config).flatMap((proposal) => proposal.packages);
  const isNamed = inputs.attribute !== "";
  const root = isNamed ? inputs.workspace : checkout.root;
  const whereIs = async ({ nix, attribute }) => isNamed ? whereFrom(root, nix, attribute, parts.run) : whereOf(nix, attribute, root, inputs.config);
  return { checks: await checkPackages(packages, root, whereIs, parts), root };
}
function checkOutputs(checks2, root) {
  const first = checks2.find(({ checked }) => checked && checked.status !== "current") ?? checks2[0];
  const results = checks2.map(
    ({ name, checked, error: error2 }) => checked ? { name, status: checked.status, hashes: hashesOf(checked), patch: checked.patch } : { name, status: "error", error: error2.code, message: error2.message }
  );
  return {
    status: worstOf(checks2) ?? "",
    patch: patchOfAll(checks2, root),
    hashes: JSON.stringify(first?.checked ? hashesOf(first.checked) : {}),
    results: JSON.stringify(results)
  };
}
var hashesOf = ({ hashes }) => Object.fromEntries(hashes.map(({ system, before, after }) => [system, { before, after }]));
function checkAnnotations(checks2) {
  return checks2.flatMap(({ name, checked, error: error2 }) => {
    const say = (message2) => checks2.length === 1 ? message2 : `${name}: ${message2}`;
    if (error2) return [new UserError(error2.code, say(error2.message), more(error2))];
    const { status, message, hashes } = checked;
    if (status === "current") return [];
    const moved = hashes.filter(({ before, after, at }) => before !== after && at !== void 0);
    if (status !== "stale" || moved.length < 2) return [new UserError(status, say(message), more(checked))];
    return moved.map(({ system, before, after, at }) => {
      const what = `The hash for ${system} is stale: it is ${before || "empty"} and has to be ${after}.`;
      return new UserError(status, say(what), at ? { at } : {});
    });
  });
}
function more({
  at,
  log
}) {
  return { ...at ? { at } : {}, ...log === void 0 ? {} : { log } };
}
function checkExit(checks2) {
  const worst = worstOf(checks2);
  return worst === void 0 || checks2.some(({ error: error2 }) => error2) ? 1 : exitCodes[worst];
}
var checkSummaries = (checks2) => checks2.map(({ name, checked, error: error2 }) => checked ? checkSummary(name, checked) : failureSummary(error2)).join("\n");
function checkSummary(name, checked) {
  const { status, message, hashes, patch, notChecked } = checked;
  const lines = [`## ${text(name)}: ${status}`, "", text(message), ""];
  if (hashes.length > 0) {
    lines.push("| System | Pinned | Computed |", "| --- | --- | --- |");
    for (const { system, before, after } of hashes)
      lines.push(`| ${code(system)} | ${code(before || "none")} | ${code(after)} |`);
    lines.push("");
  }
  if (patch !== "") lines.push("`git apply` this to make it current:", "", fenced(patch, "diff"), "");
  if (notChecked.length > 0) lines.push("Not checked:", ...notChecked.map((one) => `- ${text(one)}`), "");
  return `${lines.join("\n")}
`;
}

// src/action/context.ts
function readTrigger(event, inputs) {
  const { owner, repo } = event.repo;
  const pull = event.payload.pull_request;
  const branch = pull?.head?.ref ?? /^refs\/heads\/(.+)$/.exec(event.ref)?.[1];
  const base = inputs.base || branch;
  if (base === void 0) {
    throw new UserError(
      "base-missing",
      `This run is on '${event.ref}', which is no branch; name the pull request's branch with the input 'base'.`
    );
  }
  const before = inputs.compareWith || pull?.base?.sha || event.payload.before;
  return {
    ...{ owner, repo, base },
    before: typeof before === "string" && !/^0*$/.test(before) ? before : void 0,
    proposedTo: pull?.base?.sha,
    isFork: pull !== void 0 && pull.head?.repo?.full_name !== `${owner}/${repo}`,
    run: event.runId,
    isScheduled: ["schedule", "workflow_dispatch", "repository_dispatch"].includes(event.name),
    apiUrl: event.apiUrl,
    serverUrl: event.serverUrl
  };
}

// src/action/event.ts
function readEvent(environment2, readFile2) {
  const get = (name) => environment2[`GITHUB_${name}`] ?? "";
  const text2 = get("EVENT_PATH") === "" ? void 0 : readFile2(get("EVENT_PATH"));
  const payload = text2 ? JSON.parse(text2) : {};
  const [owner = "", repo = ""] = get("REPOSITORY").split("/");
  return {
    name: get("EVENT_NAME"),
    payload: typeof payload === "object" && payload !== null ? { ...payload } : {},
    ref: get("REF"),
    repo: { owner, repo },
    runId: Number(get("RUN_ID")),
    apiUrl: get("API_URL") || "https://api.github.com",
    serverUrl: get("SERVER_URL") || "https://github.com"
  };
}

// src/pull-request/forgejo/api.ts
var PAGE = 50;
async function listAll(ask2, route, values, pages = 20) {
  const all2 = [];
  for (let page = 1; page <= pages; page++) {
    const { data } = await ask2(route, { ...values, page, limit: PAGE });
    const items = Array.isArray(data) ? data : [];
    all2.push(...items);
    if (items.length === 0) break;
  }
  return all2;
}

// src/pull-request/forgejo/failures.ts
var EXPLANATIONS = [
  {
    fits: isRateLimit,
    code: "rate-limited",
    say: (step, error2) => `The forge's rate limit is used up, so it refused to ${step.to} (${wordsOf2(error2)}). Run this again ${whenFree(error2)}.`
  },
  {
    fits: (error2) => statusOf(error2) === 401,
    code: "token-rejected",
    say: (step, error2) => tokenRejected(step, wordsOf2(error2))
  },
  {
    fits: (error2) => statusOf(error2) === 403,
    code: "token-permission",
    say: (step, error2) => tokenPermission(step, wordsOf2(error2))
  },
  {
    fits: (error2) => statusOf(error2) === 404,
    code: "repository-not-found",
    say: (step, error2) => notFound(step, wordsOf2(error2))
  },
  {
    fits: (error2) => (statusOf(error2) ?? 0) >= 500,
    code: "forge-unavailable",
    say: (step, error2) => unavailable(step, wordsOf2(error2))
  },
  {
    fits: (error2) => statusOf(error2) !== void 0,
    code: "forge-refused",
    say: (step, error2) => `The forge refused to ${step.to}: ${wordsOf2(error2)}.`
  }
];
var tokenRejected = (step, said) => `The forge does not accept the token, so it refused to ${step.to} (${said}). Give a token that has not expired: \`\${{ github.token }}\`, or an access token of an account.`;
var tokenPermission = (step, said) => `The token may not ${step.to} (${said}). An access token needs the scope \`${step.needs}\`, and its account may have to be a collaborator; the job's own token can only read where a pull request from a fork started the run.`;
var notFound = (step, said) => `The forge found nothing where it was asked to ${step.to} (${said}). Check the repository's name; it says the same where the token may not see a private repository (scope \`${step.needs}\`).`;
var unavailable = (step, said) => `The forge did not answer properly when asked to ${step.to}, also when asked again (${said}). Run this again later: it goes on from where it stopped.`;
var explain = (step, error2) => explainBy(EXPLANATIONS, step, error2);
async function doStep(step, call) {
  try {
    return await call();
  } catch (error2) {
    throw explain(step, error2);
  }
}
var PASSING = /returned error: (?:5\d\d|429)|Could not resolve host|Failed to connect|Couldn't connect|Connection (?:reset|refused|timed out)|timed out|early EOF|hung up unexpectedly|RPC failed|Empty reply|unexpected disconnect|transfer closed|GnuTLS recv error|SSL_ERROR_SYSCALL|Operation too slow/i;
var isPassing = (stderr) => PASSING.test(stderr);
function lastWords(stderr) {
  const lines = stderr.split("\n").map((line) => line.replace(/^(?:remote|fatal|error):\s*/, "").trim()).filter((line) => line !== "");
  return lines.slice(-4).join("; ").slice(0, 500) || "git said nothing";
}
var GIT = [
  {
    fits: /protected branch|pre-receive hook declined|not allowed to push|force.?push|GH006/i,
    code: "branch-protected",
    say: (step, said) => `A rule of the repository forbids to ${step.to} (${said}). Let the rule leave out this branch, or choose a branch name that it does not cover.`
  },
  {
    fits: /could not read Username|Authentication failed|returned error: 401/i,
    code: "token-rejected",
    say: tokenRejected
  },
  {
    fits: /returned error: 403|not permitted|no write access/i,
    code: "token-permission",
    say: tokenPermission
  },
  { fits: /returned error: 404|repository .* not found/i, code: "repository-not-found", say: notFound },
  {
    fits: /unable to update url base from redirection|returned error: 30\d/i,
    code: "forge-redirects",
    say: (step, said) => `The forge sends elsewhere when asked to ${step.to} (${said}), and the token is not sent after it. Was the repository renamed, or is the server's address (\`ROOT_URL\`) not the one that it answers under? Correct that.`
  },
  { fits: PASSING, code: "forge-unavailable", say: unavailable }
];
function explainGit(step, stderr) {
  const found = GIT.find(({ fits }) => fits.test(stderr));
  const said = lastWords(stderr);
  if (found) return new UserError(found.code, found.say(step, said), { log: stderr });
  return new UserError("forge-refused", `git could not ${step.to}: ${said}.`, { log: stderr });
}

// src/pull-request/forgejo/auto-merge.ts
var ON = "pull_scheduled_merge";
var OFF = "pull_cancel_scheduled_merge";
async function readAutoMerge(ask2, place, index) {
  const route = "GET /repos/{owner}/{repo}/issues/{index}/timeline";
  const events = await listAll(ask2, route, { ...place, index });
  const last = events.findLast(({ type }) => type === ON || type === OFF);
  return {
    isOn: last?.type === ON,
    switchedOffBy: last?.type === OFF ? last.user?.login ?? "somebody" : void 0
  };
}
function merging(ask2, place, { number }) {
  return doStep({ to: `read how #${number} may be merged`, needs: "read:repository" }, async () => {
    const { data } = await ask2("GET /repos/{owner}/{repo}", { ...place });
    const repository = data;
    const allowed = {
      merge: repository.allow_merge_commits,
      squash: repository.allow_squash_merge,
      rebase: repository.allow_rebase
    };
    const preferred = repository.default_merge_style;
    const methods = ["merge", "squash", "rebase"].filter((method) => allowed[method]).sort((a, b) => Number(b === preferred) - Number(a === preferred));
    const { switchedOffBy } = await readAutoMerge(ask2, place, number);
    return { isAllowed: true, methods, switchedOffBy };
  });
}
function enableAutoMerge(ask2, place, { number: index, baseRef }, method) {
  const needs = "write:repository, write:issue";
  return doStep({ to: `switch on auto-merge for #${index}`, needs }, async () => {
    const { data } = await ask2("GET /repos/{owner}/{repo}/branches/{branch}", { ...place, branch: baseRef });
    const { enable_status_check: needsChecks, required_approvals: approvals } = data;
    if (approvals === 0 && !needsChecks) return `${baseRef} requires neither a check nor an approval`;
    if (approvals === 0 && await hasPassed(ask2, place, index)) return "all checks have passed";
    try {
      await ask2("POST /repos/{owner}/{repo}/pulls/{index}/merge", {
        ...{ ...place, index, Do: method },
        merge_when_checks_succeed: true
      });
    } catch (error2) {
      if (statusOf(error2) !== 409) throw error2;
    }
    return void 0;
  });
}
async function hasPassed(ask2, place, index) {
  const { data: pull } = await ask2("GET /repos/{owner}/{repo}/pulls/{index}", { ...place, index });
  const ref = pull.head.sha;
  const { data } = await ask2("GET /repos/{owner}/{repo}/commits/{ref}/status", { ...place, ref });
  return data.state === "success";
}

// src/pull-request/forgejo/look.ts
var NEEDS = "read:repository";
var fetching = { to: "read the repository", needs: NEEDS };
async function headsOf(store, branches) {
  const names = branches.map((name) => `refs/heads/${name}`);
  const text2 = await store.read(fetching, ["ls-remote", "--heads", "--", "origin", ...names]);
  const heads = /* @__PURE__ */ new Map();
  for (const line of text2.split("\n")) {
    const [oid = "", name = ""] = line.split("	");
    if (names.includes(name)) heads.set(name.slice("refs/heads/".length), oid);
  }
  return heads;
}
async function fetchCommits(store, oids, depth = "1") {
  const options2 = ["--quiet", "--no-tags", "--no-write-fetch-head", "--filter=blob:none", `--depth=${depth}`];
  await store.read(fetching, ["fetch", ...options2, "--", "origin", ...oids]);
}
async function viewOf(store, oid, paths) {
  const tree = (await store.local(["rev-parse", "--verify", `${oid}^{tree}`])).trim();
  const files = /* @__PURE__ */ new Map();
  const listed2 = paths.length === 0 ? "" : await store.local(["ls-tree", "-z", "--full-tree", oid, "--", ...paths]);
  for (const line of listed2.split("\0")) {
    const match = /^(\d{6}) \w+ ([0-9a-f]{40})\t(.*)$/s.exec(line);
    if (match) files.set(match[3] ?? "", { mode: match[1] ?? "", oid: match[2] ?? "" });
  }
  return { oid, tree, files };
}
async function look(store, request) {
  const { owner, repo, base, branch } = request;
  const paths = [.../* @__PURE__ */ new Set([...request.files.map(({ path: path10 }) => path10), ...request.computedFrom ?? []])];
  const heads = await headsOf(store, [base.ref, branch]);
  const baseHead = heads.get(base.ref);
  if (baseHead === void 0) {
    throw new UserError(
      "base-missing",
      `The repository ${owner}/${repo} has no branch \`${base.ref}\` to open a pull request against. Give the name of a branch that exists on the forge.`
    );
  }
  const head = heads.get(branch);
  await fetchAll(store, [baseHead, ...head === void 0 ? [] : [head]], base.sha);
  return {
    base: await viewOf(store, baseHead, paths),
    read: await viewOf(store, base.sha, paths),
    branch: head === void 0 ? void 0 : await viewOf(store, head, paths),
    isGithubToken: false
  };
}
async function fetchAll(store, heads, read) {
  try {
    await fetchCommits(store, [.../* @__PURE__ */ new Set([...heads, read])]);
  } catch (error2) {
    const log = error2 instanceof UserError ? error2.log ?? "" : "";
    if (!/not our ref|unadvertised object|couldn't find remote ref/i.test(log)) throw error2;
    throw new UserError(
      "base-unknown",
      `The forge does not know the commit ${read} that was checked out. Push it first, or check out a commit of the base branch.`,
      { log, cause: error2 }
    );
  }
}

// src/pull-request/forgejo/commit.ts
async function makeCommit(store, { parent, files, message }) {
  const index = {
    GIT_INDEX_FILE: `${(await store.local(["rev-parse", "--absolute-git-dir"])).trim()}/uv-fod.index`
  };
  await store.local(["read-tree", parent.tree], { env: index });
  const lines = [];
  for (const { content, mode, path: path10, oid } of files) {
    const made = await store.local(["hash-object", "-w", "-t", "blob", "--no-filters", "--stdin"], {
      input: content
    });
    if (made.trim() !== oid) throw new Error(`git gives ${path10} the id ${made.trim()}, and not ${oid}`);
    lines.push(`${mode} ${oid}	${path10}\0`);
  }
  await store.local(["update-index", "--add", "--replace", "-z", "--index-info"], {
    env: index,
    input: lines.join("")
  });
  const tree = (await store.local(["write-tree", "--missing-ok"], { env: index })).trim();
  const name = "uv-fod";
  const email = `uv-fod@noreply.${store.host}`;
  const commit = await store.local(["commit-tree", tree, "-p", parent.oid, "-F", "-"], {
    input: message(tree),
    env: {
      ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email },
      ...{ GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email }
    }
  });
  return commit.trim();
}
var TRIES = 3;
async function moveBranch(store, branch, { before, after }) {
  const ref = `refs/heads/${branch}`;
  const step = { to: `move the branch \`${branch}\``, needs: "write:repository" };
  const lease = `--force-with-lease=${ref}:${before ?? ""}`;
  for (let time = 1; ; time++) {
    const options2 = ["--quiet", "--porcelain", "--no-verify", "--no-follow-tags", lease];
    const { code: code3, stdout, stderr } = await store.once([
      ...["push", ...options2, "--", "origin", `${after ?? ""}:${ref}`]
    ]);
    if (code3 === 0) return true;
    const now = (await headsOf(store, [branch])).get(branch);
    if (now === after) return true;
    if (now !== before) return false;
    const said = `${stdout}
${stderr}`;
    if (!isPassing(stderr) || time === TRIES) throw refusal(explainGit(step, said), said);
  }
}
function refusal(error2, log) {
  return new UserError(error2.code, error2.message, { log, cause: error2 });
}

// src/pull-request/named.ts
function usersAndTeams(items) {
  const teams = items.filter((item) => item.includes("/"));
  return {
    users: items.filter((item) => !teams.includes(item)),
    teams: teams.map((team) => team.slice(team.indexOf("/") + 1))
  };
}
function findMilestone(all2, wanted, { owner, repo }, log, also = () => false) {
  const found = all2.find(({ title }) => title === wanted) ?? all2.find(({ title }) => title.toLowerCase() === wanted.toLowerCase()) ?? all2.find(also);
  if (found) return found;
  const titles = all2.map(({ title }) => `'${title}'`).join(", ");
  log.warning(
    `There is no open milestone '${wanted}' in ${owner}/${repo}; it has ${titles || "none"}. Make it, or name another (\`milestone\`).`
  );
  return void 0;
}

// src/pull-request/forgejo/extras.ts
var NEEDS2 = "write:issue, write:repository";
async function everAdded(ask2, place, index) {
  const route = "GET /repos/{owner}/{repo}/issues/{index}/timeline";
  const step = { to: `read what happened to the pull request #${index}`, needs: "read:issue" };
  const events = await doStep(step, () => listAll(ask2, route, { ...place, index }));
  const those = (type, name) => events.flatMap((event) => event.type === type ? name(event) ?? [] : []);
  return {
    labels: those("label", ({ label: label2 }) => label2?.name),
    assignees: those("assignees", ({ assignee }) => assignee?.login),
    reviewers: those(
      "review_request",
      ({ assignee, assignee_team: team }) => team ? `${place.owner}/${team.name}` : assignee?.login
    ),
    milestone: those("milestone", ({ milestone }) => milestone?.title)
  };
}
var TO = {
  labels: "add the labels",
  assignees: "assign",
  reviewers: "ask for a review by",
  milestone: "set the milestone"
};
async function add(ask2, place, index, list2, items, log) {
  const pull = "/repos/{owner}/{repo}/pulls/{index}";
  const at = { ...place, index };
  const calls = {
    labels: async () => ask2("POST /repos/{owner}/{repo}/issues/{index}/labels", {
      ...at,
      labels: await labelIds(ask2, place, items)
    }),
    // This list is set as a whole.
    assignees: async () => {
      const { data } = await ask2(`GET ${pull}`, at);
      const before = (data.assignees ?? []).map(({ login }) => login);
      return ask2(`PATCH ${pull}`, { ...at, assignees: [...before, ...items] });
    },
    reviewers: () => {
      const { users, teams } = usersAndTeams(items);
      return ask2(`POST ${pull}/requested_reviewers`, { ...at, reviewers: users, team_reviewers: teams });
    },
    milestone: async () => {
      const milestone = await milestoneId(ask2, place, items[0] ?? "", log);
      return milestone !== void 0 && ask2(`PATCH ${pull}`, { ...at, milestone });
    }
  };
  const step = { to: `${TO[list2]} ${items.join(", ")} (#${index})`, needs: NEEDS2 };
  return await doStep(step, calls[list2]) !== false;
}
async function milestoneId(ask2, place, wanted, log) {
  const route = "GET /repos/{owner}/{repo}/milestones";
  const all2 = await listAll(ask2, route, { ...place, state: "open" });
  return findMilestone(all2, wanted, place, log)?.id;
}
async function labelIds(ask2, place, names) {
  const known = await listAll(ask2, "GET /repos/{owner}/{repo}/labels", { ...place });
  const { owner: org } = place;
  const shared = await listAll(ask2, "GET /orgs/{org}/labels", { org }).catch(() => []);
  const ids = [];
  for (const name of names) {
    const found = [...known, ...shared].find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (found) ids.push(found.id);
    else {
      const made = await ask2("POST /repos/{owner}/{repo}/labels", { ...place, name, color: "#ededed" });
      ids.push(made.data.id);
    }
  }
  return ids;
}

// src/pull-request/forgejo/git.ts
import { mkdtemp } from "node:fs/promises";
import path4 from "node:path";
function settings(pairs) {
  const entries = pairs.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value]
  ]);
  return { GIT_CONFIG_COUNT: String(pairs.length), ...Object.fromEntries(entries) };
}
var basic = (token) => Buffer.from(`x-access-token:${token}`).toString("base64");
var QUIET = [
  ["core.hooksPath", "/dev/null"],
  ["core.askPass", ""],
  ["credential.helper", ""],
  ["commit.gpgSign", "false"],
  ["push.gpgSign", "false"],
  ["push.recurseSubmodules", "no"],
  ["fetch.recurseSubmodules", "no"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
  ["protocol.allow", "never"],
  ["http.followRedirects", "false"],
  // Less than a kilobyte a second for a minute is a connection that hangs.
  ["http.lowSpeedLimit", "1000"],
  ["http.lowSpeedTime", "60"]
];
function environment(home, more2) {
  return {
    ...settings([...QUIET, ...more2]),
    ...{ HOME: home, XDG_CONFIG_HOME: home, LC_ALL: "C", LANGUAGE: "C" },
    ...{ GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null", GIT_ATTR_NOSYSTEM: "1" },
    ...{ GIT_TERMINAL_PROMPT: "0", GIT_ASKPASS: "true" }
  };
}
async function openStore(run, scratch2, remote, { tries = 3, second = 1e3 } = {}) {
  const home = await mkdtemp(path4.join(scratch2, "publish-"));
  const dir = path4.join(home, "repository.git");
  const server = new URL(remote.serverUrl);
  const root = server.href.replace(/\/$/, "");
  const quiet = environment(home, []);
  const talking = environment(home, [
    [
      "remote.origin.url",
      `${root}/${encodeURIComponent(remote.owner)}/${encodeURIComponent(remote.repo)}.git`
    ],
    // http only where the runner itself says that the server is there.
    [`protocol.${server.protocol.replace(":", "")}.allow`, "always"],
    [`http.${root}/.extraHeader`, `Authorization: Basic ${basic(remote.token)}`]
  ]);
  const git = (args, options2 = {}, base = quiet) => {
    const { input } = options2;
    const env = { ...base, ...options2.env };
    return run("git", ["--git-dir", dir, ...args], { env, ...input === void 0 ? {} : { input } });
  };
  const local = async (args, options2) => {
    const { code: code3, stdout, stderr } = await git(args, options2);
    if (code3 !== 0) throw new Error(`git ${args[0]}: ${stderr.trim() || `exit ${code3}`}`);
    return stdout;
  };
  const read = async (step, args) => {
    for (let time = 1; ; time++) {
      const result = await git(args, {}, talking);
      if (result.code === 0) return result.stdout;
      if (time >= tries || !isPassing(result.stderr)) throw explainGit(step, result.stderr);
      await new Promise((resolve) => setTimeout(resolve, time * second));
    }
  };
  await local(["init", "--quiet", "--bare", "--template=", "--object-format=sha1"]);
  const once = (args) => git(args, {}, talking);
  return { local, read, once, host: server.hostname };
}

// src/pull-request/forgejo/history.ts
var DEPTHS = ["50", "1000", "2147483647"];
var MOST_COMMITS = 250;
async function compare(store, from, to) {
  const mergeBase = await meetingPoint(store, from, to);
  const listed2 = await store.local([
    ...["rev-list", "--topo-order", "--reverse", `--max-count=${MOST_COMMITS + 1}`],
    ...[to, `^${from}`, "--"]
  ]);
  const all2 = listed2.split("\n").filter((line) => line !== "");
  const complete = all2.length <= MOST_COMMITS;
  const commits = [];
  for (const oid of complete ? all2 : all2.slice(1)) commits.push(await readCommit(store, oid));
  const names = await store.local(["diff-tree", "-r", "-z", "--name-only", "--no-renames", mergeBase, to]);
  return { commits, complete, mergeBase, changed: new Set(names.split("\0").filter((name) => name !== "")) };
}
async function meetingPoint(store, from, to) {
  for (const depth of DEPTHS) {
    await fetchCommits(store, [from, to], depth);
    const found = await store.local(["merge-base", "--all", from, to]).catch(() => "");
    const [oid] = found.split("\n");
    if (oid) return oid;
  }
  throw new UserError(
    "branch-unrelated",
    `The commits ${from} and ${to} have no history in common, so nothing is written on the branch. Delete the branch so that it is made afresh.`
  );
}
async function readCommit(store, oid) {
  const text2 = await store.local(["cat-file", "commit", oid]);
  const end = text2.indexOf("\n\n");
  const headers = text2.slice(0, end === -1 ? void 0 : end).split("\n");
  const those = (name) => headers.flatMap((line) => line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : []);
  return {
    sha: oid,
    tree: those("tree")[0] ?? "",
    parents: those("parent"),
    message: end === -1 ? "" : text2.slice(end + 2),
    author: nameIn(those("committer")[0]) ?? nameIn(those("author")[0]) ?? "somebody"
  };
}
var nameIn = (person) => {
  const name = person?.slice(0, Math.max(person.indexOf(" <"), 0));
  return name === "" ? void 0 : name;
};

// src/pull-request/forgejo/pulls.ts
var pullRoute = "/repos/{owner}/{repo}/pulls";
function pullOf(data, { owner }, hasAutoMerge) {
  return {
    number: data.number,
    url: data.html_url,
    isOpen: data.state === "open",
    isMerged: data.merged,
    head: data.head.sha,
    baseRef: data.base.ref,
    title: data.title.replace(DRAFT_PREFIX, ""),
    body: data.body,
    labels: (data.labels ?? []).map(({ name }) => name),
    assignees: (data.assignees ?? []).map(({ login }) => login),
    reviewers: [
      ...(data.requested_reviewers ?? []).map(({ login }) => login),
      ...(data.requested_reviewers_teams ?? []).map(({ name }) => `${owner}/${name}`)
    ],
    milestone: data.milestone ? [data.milestone.title] : [],
    isDraft: isDraft(data.title),
    hasAutoMerge,
    id: String(data.number)
  };
}
var CLOSED_PAGES = 5;
function listPulls2(ask2, place, branch) {
  return doStep({ to: "list pull requests", needs: "read:issue, read:repository" }, async () => {
    const route = `GET ${pullRoute}`;
    const open = await listAll(ask2, route, { ...place, state: "open" });
    const closed = await listAll(ask2, route, { ...place, state: "closed" }, CLOSED_PAGES);
    const ofBranch = ({ head, base }) => head.label === branch && head.repo_id === base.repo_id;
    const pulls = closed.filter(ofBranch).map((pull) => pullOf(pull, place, false));
    for (const pull of open.filter(ofBranch))
      pulls.push(pullOf(pull, place, (await readAutoMerge(ask2, place, pull.number)).isOn));
    return pulls.sort((a, b) => b.number - a.number);
  });
}
var WRITE = "write:repository, write:issue";
var DRAFT = "WIP: ";
var DRAFT_PREFIX = /^(?:WIP:|\[WIP\])\s*/i;
var isDraft = (title) => DRAFT_PREFIX.test(title);
async function openPull2(ask2, place, { title, body: body2, head, base, draft }) {
  const named = draft && !isDraft(title) ? `${DRAFT}${title}` : title;
  try {
    const { data } = await ask2(`POST ${pullRoute}`, { ...place, title: named, body: body2, head, base });
    return pullOf(data, place, false);
  } catch (error2) {
    if (statusOf(error2) === 409) return "exists";
    if (statusOf(error2) === 422 && /no changes between/i.test(wordsOf2(error2))) return "nothing-new";
    throw explain({ to: "open the pull request", needs: WRITE }, error2);
  }
}
async function editPull(ask2, place, index, edit) {
  const to = `${edit.state === "closed" ? "close" : "edit"} the pull request #${index}`;
  await doStep({ to, needs: WRITE }, async () => {
    const title = edit.title === void 0 ? {} : { title: await titleFor(ask2, place, index, edit.title) };
    await ask2(`PATCH ${pullRoute}/{index}`, { ...place, index, ...edit, ...title });
  });
}
async function titleFor(ask2, place, index, title) {
  const { data } = await ask2(`GET ${pullRoute}/{index}`, { ...place, index });
  return isDraft(data.title) && !isDraft(title) ? `${DRAFT}${title}` : title;
}
async function setDraft(ask2, place, index, draft) {
  const to = draft ? `make #${index} a draft` : `make #${index} ready for review`;
  await doStep({ to, needs: WRITE }, async () => {
    const { data } = await ask2(`GET ${pullRoute}/{index}`, { ...place, index });
    const { title } = data;
    if (isDraft(title) === draft) return;
    const named = draft ? `${DRAFT}${title}` : title.replace(DRAFT_PREFIX, "");
    await ask2(`PATCH ${pullRoute}/{index}`, { ...place, index, title: named });
  });
}
var commentRoute = "/repos/{owner}/{repo}/issues/{index}/comments";
var commenting = (index) => ({ to: `comment on the pull request #${index}`, needs: "write:issue" });
async function comments(ask2, place, index) {
  const { data } = await doStep(commenting(index), () => ask2(`GET ${commentRoute}`, { ...place, index }));
  return (data ?? []).map(({ body: body2 }) => body2);
}
async function comment(ask2, place, index, body2) {
  await doStep(
    commenting(index),
    () => ask2(`POST ${commentRoute}`, { ...place, index, body: body2, request: { retries: 0 } })
  );
}

// src/pull-request/forgejo/forgejo.ts
var BODY_LIMIT = 65536;
function forgejoForge({ run, ask: ask2, scratch: scratch2, remote, patience }) {
  const place = { owner: remote.owner, repo: remote.repo };
  let opened;
  const store = () => {
    opened ??= openStore(run, scratch2, remote, patience);
    return opened;
  };
  return {
    bodyLimit: BODY_LIMIT,
    look: async (request) => look(await store(), request),
    viewCommit: async (oid, paths) => {
      await fetchCommits(await store(), [oid]);
      return viewOf(await store(), oid, paths);
    },
    compare: async (from, to) => compare(await store(), from, to),
    makeCommit: async (commit) => makeCommit(await store(), commit),
    moveBranch: async (branch, move) => moveBranch(await store(), branch, move),
    listPulls: (branch) => listPulls2(ask2, place, branch),
    openPull: (pull) => openPull2(ask2, place, pull),
    editPull: (number, edit) => editPull(ask2, place, number, edit),
    comments: (number) => comments(ask2, place, number),
    comment: (number, body2) => comment(ask2, place, number, body2),
    everAdded: (number) => everAdded(ask2, place, number),
    add: (number, list2, items, log) => add(ask2, place, number, list2, items, log),
    setDraft: ({ number }, draft) => setDraft(ask2, place, number, draft),
    merging: (pull) => merging(ask2, place, pull),
    enableAutoMerge: (pull, method) => enableAutoMerge(ask2, place, pull, method)
  };
}

// src/pull-request/github/failures.ts
function acceptedOf(error2) {
  const header = headerOf(error2, "x-accepted-github-permissions");
  if (typeof header !== "string" || !/^[a-z_=,; ]{1,300}$/.test(header)) return void 0;
  const named = header.replaceAll("=", ": ").replaceAll("_", "-");
  return named.split(";").map(inCode).join(", or ");
}
var inCode = (permissions) => permissions.split(",").map((one) => `\`${one.trim()}\``).join(" and ");
var EXPLANATIONS2 = [
  {
    fits: isRateLimit,
    code: "rate-limited",
    say: (step, error2) => `GitHub's rate limit is used up, so it refused to ${step.to} (${wordsOf2(error2)}). Run this again ${whenFree(error2)}; a token of a GitHub App has a limit of its own.`
  },
  {
    fits: (error2) => statusOf(error2) === 401,
    code: "token-rejected",
    say: (step, error2) => `GitHub does not accept the token, so it refused to ${step.to} (${wordsOf2(error2)}). Give a token that has not expired: \`\${{ github.token }}\`, or one of a GitHub App.`
  },
  {
    fits: (error2) => /not permitted to create or approve pull requests/i.test(wordsOf2(error2)),
    code: "pull-requests-not-allowed",
    say: (step, error2) => `GitHub refused to ${step.to} (${wordsOf2(error2)}). Switch on "Allow GitHub Actions to create and approve pull requests" in the settings of the repository (Actions, General, Workflow permissions) and, where there is one, of the organization; or give the token of a GitHub App.`
  },
  {
    fits: (error2) => /protected|rule violations|force-push|signatures/i.test(wordsOf2(error2)),
    code: "branch-protected",
    say: (step, error2) => `A rule of the repository forbids to ${step.to} (${wordsOf2(error2)}). Let the rule leave out this branch, or choose a branch name that it does not cover.`
  },
  {
    fits: (error2) => /not accessible|must have|permission/i.test(wordsOf2(error2)) || statusOf(error2) === 403 && !/archived/i.test(wordsOf2(error2)),
    code: "token-permission",
    say: (step, error2) => `The token may not ${step.to} (${wordsOf2(error2)}). It needs ${acceptedOf(error2) ?? inCode(step.needs)}: add that to \`permissions:\` of the job, or to the GitHub App. A pull request from a fork, and Dependabot, get a token that can only read.`
  },
  {
    fits: (error2) => statusOf(error2) === 404 || problemsOf(error2).some((one) => one.type === "NOT_FOUND"),
    code: "repository-not-found",
    say: (step, error2) => `GitHub found nothing where it was asked to ${step.to} (${wordsOf2(error2)}). Check the repository's name; GitHub says the same where the token may not see a private repository (it needs ${inCode(step.needs)}).`
  },
  {
    fits: (error2) => (statusOf(error2) ?? 0) >= 500,
    code: "github-unavailable",
    say: (step, error2) => `GitHub did not answer properly when asked to ${step.to}, also when asked again (${wordsOf2(error2)}). Run this again later: it goes on from where it stopped.`
  },
  {
    fits: (error2) => statusOf(error2) !== void 0 || isGraphqlRefusal(error2),
    code: "github-refused",
    say: (step, error2) => `GitHub refused to ${step.to}: ${wordsOf2(error2)}.`
  }
];
var explain2 = (step, error2) => explainBy(EXPLANATIONS2, step, error2);
async function doStep2(step, call) {
  try {
    return await call();
  } catch (error2) {
    throw explain2(step, error2);
  }
}

// src/pull-request/github/auto-merge.ts
var LOOK = `query AutoMerge($pull: ID!) {
  node(id: $pull) { ... on PullRequest {
    timelineItems(itemTypes: [AUTO_MERGE_DISABLED_EVENT], last: 1) { nodes { ... on AutoMergeDisabledEvent { actor { login } } } }
    repository { autoMergeAllowed mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed }
  } }
}`;
async function merging2(octokit, { id, number }) {
  const step = { to: `read how #${number} may be merged`, needs: "pull-requests: read" };
  const { node } = await doStep2(step, () => octokit.graphql(LOOK, { pull: id }));
  const { autoMergeAllowed, mergeCommitAllowed, squashMergeAllowed, rebaseMergeAllowed } = node?.repository ?? {};
  const methods = { merge: mergeCommitAllowed, squash: squashMergeAllowed, rebase: rebaseMergeAllowed };
  const [off] = node?.timelineItems.nodes ?? [];
  return {
    isAllowed: autoMergeAllowed === true,
    methods: ["merge", "squash", "rebase"].filter((method) => methods[method]),
    switchedOffBy: off && (off.actor?.login ?? "somebody")
  };
}
var ENABLE = `mutation EnableAutoMerge($input: EnablePullRequestAutoMergeInput!) {
  enablePullRequestAutoMerge(input: $input) { clientMutationId }
}`;
var NOTHING_TO_WAIT_FOR = /\b(?:clean|unstable|has_hooks) status|protected branch rules not configured/i;
async function enableAutoMerge2(octokit, { id, number }, method) {
  try {
    await octokit.graphql(ENABLE, { input: { pullRequestId: id, mergeMethod: method.toUpperCase() } });
    return void 0;
  } catch (error2) {
    if (isGraphqlRefusal(error2) && NOTHING_TO_WAIT_FOR.test(wordsOf2(error2))) return wordsOf2(error2);
    const needs = "contents: write, pull-requests: write";
    throw explain2({ to: `switch on auto-merge for #${number}`, needs }, error2);
  }
}

// src/pull-request/github/commit.ts
var NO_OBJECT = "0".repeat(40);
var UPDATE = "mutation Move($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }";
function asText(content) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return void 0;
  }
}
async function treeEntry(octokit, { owner, repo }, file) {
  const entry = { path: file.path, mode: file.mode, type: "blob" };
  const text2 = asText(file.content);
  if (text2 !== void 0) return { ...entry, content: text2 };
  const content = Buffer.from(file.content).toString("base64");
  const { data } = await octokit.rest.git.createBlob({ owner, repo, content, encoding: "base64" });
  return { ...entry, sha: data.sha };
}
function makeCommit2(octokit, place, commit) {
  return doStep2({ to: "write a commit", needs: "contents: write" }, async () => {
    const entries = [];
    for (const file of commit.files) entries.push(await treeEntry(octokit, place, file));
    const base = commit.parent.tree;
    const { data } = await octokit.rest.git.createTree({ ...place, base_tree: base, tree: entries });
    const message = commit.message(data.sha);
    const made = { ...place, message, tree: data.sha, parents: [commit.parent.oid] };
    return (await octokit.rest.git.createCommit(made)).data.sha;
  });
}
async function currentHead(octokit, place, branch) {
  try {
    const { data } = await octokit.rest.git.getRef({ ...place, ref: `heads/${branch}` });
    return data.object.sha;
  } catch (error2) {
    if (statusOf(error2) === 404) return void 0;
    throw error2;
  }
}
async function moveBranch2(octokit, place, branch, { before, after, force }) {
  const { repositoryId, ...repository } = place;
  const name = `refs/heads/${branch}`;
  const update = { name, beforeOid: before ?? NO_OBJECT, afterOid: after ?? NO_OBJECT, force };
  const step = { to: `move the branch \`${branch}\``, needs: "contents: write" };
  try {
    await octokit.graphql(UPDATE, { input: { repositoryId, refUpdates: [update] } });
    return true;
  } catch (error2) {
    if (!isGraphqlRefusal(error2) && (statusOf(error2) ?? 0) < 500) throw explain2(step, error2);
    const now = await doStep2(step, () => currentHead(octokit, repository, branch));
    if (now === after) return true;
    if (now === before) throw explain2(step, error2);
    return false;
  }
}

// src/pull-request/github/compare.ts
function whoOf(commit) {
  const committer = commit.committer?.name;
  return (committer === "GitHub" ? void 0 : committer) ?? commit.author?.name ?? "somebody";
}
async function compare2(octokit, place, from, to) {
  const { data } = await doStep2(
    { to: `compare ${from} with ${to}`, needs: "contents: read" },
    () => octokit.rest.repos.compareCommitsWithBasehead({ ...place, basehead: `${from}...${to}` })
  );
  const commits = data.commits.map(({ sha, commit, parents }) => ({
    sha,
    tree: commit.tree.sha,
    parents: parents.map((parent) => parent.sha),
    message: commit.message,
    author: whoOf(commit)
  }));
  return {
    commits,
    complete: commits.length === data.total_commits,
    mergeBase: data.merge_base_commit.sha,
    changed: new Set((data.files ?? []).map(({ filename }) => filename))
  };
}

// src/pull-request/github/draft.ts
var TO_DRAFT = `mutation ToDraft($input: ConvertPullRequestToDraftInput!) {
  convertPullRequestToDraft(input: $input) { clientMutationId }
}`;
var TO_READY = `mutation ToReady($input: MarkPullRequestReadyForReviewInput!) {
  markPullRequestReadyForReview(input: $input) { clientMutationId }
}`;
async function setDraft2(octokit, { id, number }, draft) {
  const to = draft ? `make #${number} a draft` : `make #${number} ready for review`;
  await doStep2(
    { to, needs: "contents: write, pull-requests: write" },
    () => octokit.graphql(draft ? TO_DRAFT : TO_READY, { input: { pullRequestId: id } })
  );
}

// src/pull-request/github/milestone.ts
async function milestoneNumber(octokit, place, wanted, log) {
  const all2 = await octokit.paginate(octokit.rest.issues.listMilestones, { ...place, per_page: 100 });
  return findMilestone(all2, wanted, place, log, ({ number }) => String(number) === wanted)?.number;
}

// src/pull-request/github/extras.ts
var NEEDS3 = "pull-requests: write";
async function everAdded2(octokit, place, number) {
  const step = { to: `read what happened to the pull request #${number}`, needs: "pull-requests: read" };
  const events = await doStep2(
    step,
    () => octokit.paginate(octokit.rest.issues.listEvents, { ...place, issue_number: number, per_page: 100 })
  );
  const those = (subject) => events.flatMap((event) => subject(event) ?? []);
  const team = ({ requested_team: { slug } = {} }) => slug === void 0 ? void 0 : `${place.owner}/${slug}`;
  return {
    labels: those(({ label: label2 }) => label2?.name),
    assignees: those(({ assignee }) => assignee?.login),
    reviewers: [...those(({ requested_reviewer }) => requested_reviewer?.login), ...those(team)],
    milestone: those(({ milestone }) => milestone?.title)
  };
}
var TO2 = {
  labels: "add the labels",
  assignees: "assign",
  reviewers: "ask for a review by",
  milestone: "set the milestone"
};
async function add2(octokit, place, number, list2, items, log) {
  const issue = { ...place, issue_number: number };
  const { issues, pulls } = octokit.rest;
  const calls = {
    labels: () => issues.addLabels({ ...issue, labels: [...items] }),
    assignees: async () => {
      const assignees = await assignable(octokit, place, items, log);
      return assignees.length > 0 && issues.addAssignees({ ...issue, assignees });
    },
    // Apart: the token of a workflow may not ask teams.
    reviewers: async () => {
      const review = { ...place, pull_number: number };
      const { users, teams } = usersAndTeams(items);
      if (users.length > 0) await pulls.requestReviewers({ ...review, reviewers: users });
      if (teams.length > 0) await pulls.requestReviewers({ ...review, team_reviewers: teams });
    },
    milestone: async () => {
      const milestone = await milestoneNumber(octokit, place, items[0] ?? "", log);
      return milestone !== void 0 && issues.update({ ...issue, milestone });
    }
  };
  const step = { to: `${TO2[list2]} ${items.join(", ")} (#${number})`, needs: NEEDS3 };
  return await doStep2(step, calls[list2]) !== false;
}
async function assignable(octokit, place, logins2, log) {
  const can = [];
  for (const assignee of logins2) {
    try {
      await octokit.rest.issues.checkUserCanBeAssigned({ ...place, assignee });
      can.push(assignee);
    } catch (error2) {
      if (statusOf(error2) !== 404) throw error2;
      log.warning(
        `${assignee} can't be assigned in ${place.owner}/${place.repo}: only people with access to the repository can. Give them access, or leave them out of \`assignees\`.`
      );
    }
  }
  return can;
}

// src/pull-request/github/look.ts
function filesFragment(paths) {
  const fields = paths.map((_, index) => `f${index}: file(path: $p${index}) { oid mode }`);
  return `fragment Files on Commit { oid tree { oid } ${fields.join(" ")} }`;
}
var declarations = (paths) => paths.map((_, index) => `, $p${index}: String!`).join("");
var variables = (paths) => Object.fromEntries(paths.map((path10, index) => [`p${index}`, path10]));
function viewOf2(answer, paths) {
  if (!answer?.oid || !answer.tree) return void 0;
  const files = /* @__PURE__ */ new Map();
  paths.forEach((path10, index) => {
    const file = answer[`f${index}`];
    if (file) files.set(path10, { oid: file.oid, mode: file.mode.toString(8).padStart(6, "0") });
  });
  return { oid: answer.oid, tree: answer.tree.oid, files };
}
async function query(octokit, text2, values) {
  try {
    return await octokit.graphql(text2, values);
  } catch (error2) {
    const { data } = error2;
    const missing2 = problemsOf(error2).every((one) => one.type === "NOT_FOUND");
    if (data?.repository && missing2) return data;
    throw error2;
  }
}
async function look2(octokit, request) {
  const paths = [.../* @__PURE__ */ new Set([...request.files.map(({ path: path10 }) => path10), ...request.computedFrom ?? []])];
  const text2 = `query Look($owner: String!, $name: String!, $base: String!, $branch: String!, $read: GitObjectID!${declarations(paths)}) {
    viewer { login }
    repository(owner: $owner, name: $name) {
      id
      base: ref(qualifiedName: $base) { target { ...Files } }
      branch: ref(qualifiedName: $branch) { target { ...Files } }
      read: object(oid: $read) { ...Files }
    }
  } ${filesFragment(paths)}`;
  const step = { to: `read the repository ${request.owner}/${request.repo}`, needs: "contents: read" };
  const { viewer, repository } = await doStep2(
    step,
    () => query(octokit, text2, {
      owner: request.owner,
      name: request.repo,
      base: `refs/heads/${request.base.ref}`,
      branch: `refs/heads/${request.branch}`,
      read: request.base.sha,
      ...variables(paths)
    })
  );
  const base = viewOf2(repository?.base?.target, paths);
  const read = viewOf2(repository?.read, paths);
  if (!repository || !base) {
    throw new UserError(
      "base-missing",
      `The repository ${request.owner}/${request.repo} has no branch \`${request.base.ref}\` to open a pull request against. Give the name of a branch that exists on GitHub.`
    );
  }
  if (!read) {
    throw new UserError(
      "base-unknown",
      `GitHub does not know the commit ${request.base.sha} that was checked out. Push it first, or check out a commit of \`${request.base.ref}\`.`
    );
  }
  const branch = viewOf2(repository.branch?.target, paths);
  const isGithubToken = viewer?.login === "github-actions[bot]";
  return { repositoryId: repository.id, sight: { base, read, branch, isGithubToken } };
}
async function viewCommit(octokit, { owner, repo }, oid, paths) {
  const text2 = `query View($owner: String!, $name: String!, $oid: GitObjectID!${declarations(paths)}) {
    repository(owner: $owner, name: $name) { object(oid: $oid) { ...Files } }
  } ${filesFragment(paths)}`;
  const values = { owner, name: repo, oid, ...variables(paths) };
  const answer = await doStep2(
    { to: `read the commit ${oid}`, needs: "contents: read" },
    () => query(octokit, text2, values)
  );
  const view = viewOf2(answer.repository?.object, paths);
  if (!view)
    throw new UserError(
      "github-refused",
      `GitHub did not find the commit ${oid} that its own comparison named. Run this again.`
    );
  return view;
}

// src/pull-request/github/pulls.ts
import { setTimeout as wait } from "node:timers/promises";
function pullOf2(data) {
  return {
    number: data.number,
    url: data.html_url,
    isOpen: data.state === "open",
    isMerged: data.merged_at !== null,
    head: data.head.sha,
    baseRef: data.base.ref,
    title: data.title,
    body: data.body ?? "",
    labels: data.labels.map(({ name }) => name),
    assignees: (data.assignees ?? []).map(({ login }) => login),
    reviewers: [
      ...(data.requested_reviewers ?? []).map(({ login }) => login),
      ...(data.requested_teams ?? []).map(({ slug }) => `${data.base.user?.login}/${slug}`)
    ],
    milestone: data.milestone ? [data.milestone.title] : [],
    isDraft: data.draft === true,
    hasAutoMerge: data.auto_merge !== null,
    id: data.node_id
  };
}
var READ2 = { to: "list pull requests", needs: "pull-requests: read" };
var WRITE2 = "pull-requests: write";
async function listPulls3(octokit, place, branch) {
  const head = `${place.owner}:${branch}`;
  const { data } = await doStep2(
    READ2,
    () => octokit.rest.pulls.list({ ...place, head, state: "all", per_page: 100 })
  );
  const name = `${place.owner}/${place.repo}`.toLowerCase();
  const ofBranch = (pull) => pull.head.ref === branch && pull.head.repo?.full_name.toLowerCase() === name;
  return data.filter(ofBranch).map(pullOf2);
}
var hasProblem = (error2, pattern) => statusOf(error2) === 422 && (pattern.test(wordsOf2(error2)) || problemsOf(error2).some(({ message }) => pattern.test(message ?? "")));
var isHeadUnknown = (error2) => statusOf(error2) === 422 && problemsOf(error2).some(({ field, code: code3 }) => field === "head" && code3 === "invalid");
async function openPull3(octokit, place, pull, log) {
  let { draft } = pull;
  for (let tries = 1; ; tries++) {
    try {
      const { data } = await octokit.rest.pulls.create({ ...place, ...pull, draft });
      return pullOf2(data);
    } catch (error2) {
      if (hasProblem(error2, /already exists/i)) return "exists";
      if (hasProblem(error2, /no commits between/i)) return "nothing-new";
      const again = tries < 5 && isHeadUnknown(error2);
      if (draft && hasProblem(error2, /draft pull requests are not supported/i)) {
        log.warning("This repository has no draft pull requests: it is opened as an ordinary one.");
        draft = false;
      } else if (again) await wait(tries * 200);
      else throw explain2({ to: "open the pull request", needs: WRITE2 }, error2);
    }
  }
}
async function editPull2(octokit, place, number, edit) {
  const to = `${edit.state === "closed" ? "close" : "edit"} the pull request #${number}`;
  await doStep2(
    { to, needs: WRITE2 },
    () => octokit.rest.pulls.update({ ...place, pull_number: number, ...edit })
  );
}
var commenting2 = (number) => ({ to: `comment on the pull request #${number}`, needs: WRITE2 });
async function comments2(octokit, place, number) {
  const all2 = await doStep2(
    commenting2(number),
    () => octokit.paginate(octokit.rest.issues.listComments, { ...place, issue_number: number, per_page: 100 })
  );
  return all2.map(({ body: body2 }) => body2 ?? "");
}
async function comment2(octokit, place, number, body2) {
  await doStep2(
    commenting2(number),
    () => octokit.rest.issues.createComment({ ...place, issue_number: number, body: body2, request: { retries: 0 } })
  );
}

// src/pull-request/github/github.ts
var BODY_LIMIT2 = 65536;
function githubForge(octokit, { owner, repo }) {
  const place = { owner, repo };
  let repositoryId = "";
  return {
    bodyLimit: BODY_LIMIT2,
    look: async (request) => {
      const seen = await look2(octokit, request);
      repositoryId = seen.repositoryId;
      return seen.sight;
    },
    viewCommit: (oid, paths) => viewCommit(octokit, place, oid, paths),
    compare: (from, to) => compare2(octokit, place, from, to),
    makeCommit: (commit) => makeCommit2(octokit, place, commit),
    moveBranch: (branch, move) => moveBranch2(octokit, { ...place, repositoryId }, branch, move),
    listPulls: (branch) => listPulls3(octokit, place, branch),
    openPull: (pull, log) => openPull3(octokit, place, pull, log),
    editPull: (number, edit) => editPull2(octokit, place, number, edit),
    comments: (number) => comments2(octokit, place, number),
    comment: (number, body2) => comment2(octokit, place, number, body2),
    everAdded: (number) => everAdded2(octokit, place, number),
    add: (number, list2, items, log) => add2(octokit, place, number, list2, items, log),
    setDraft: (pull, draft) => setDraft2(octokit, pull, draft),
    merging: (pull) => merging2(octokit, pull),
    enableAutoMerge: (pull, method) => enableAutoMerge2(octokit, pull, method)
  };
}

// src/action/forge.ts
function forgeKind(asked, marks) {
  if (asked !== "auto") return asked;
  if (marks.FORGEJO_ACTIONS === "true") return "forgejo";
  return marks.GITEA_ACTIONS === "true" ? "gitea" : "github";
}
var GITHUB = { api: "https://api.github.com", pages: "https://github.com" };
function connect(kind, { token }, trigger, { run, scratch: scratch2 }, makeClient) {
  const { owner, repo, serverUrl, apiUrl } = trigger;
  if (kind === "github") {
    const client2 = async () => makeClient(token, apiUrl);
    return { client: client2, githubUrl: serverUrl, forge: async () => githubForge(await client2(), trigger) };
  }
  const forge = async () => {
    const api = await makeClient(token, `${serverUrl.replace(/\/$/, "")}/api/v1`);
    return forgejoForge({
      ...{ run, scratch: scratch2 },
      ask: (route, values) => api.request(route, { ...values }),
      remote: { serverUrl, owner, repo, token }
    });
  };
  return { client: async () => makeClient("", GITHUB.api), githubUrl: GITHUB.pages, forge };
}

// src/action/hosts.ts
import path5 from "node:path";
async function hostRules({ workspace, config }, { proposedTo }, run) {
  const { textAt, head, root } = await openCheckout(workspace, run);
  const text2 = await textAt(proposedTo ?? head, config);
  const name = path5.relative(root, config);
  const allowedHosts = text2 === void 0 ? void 0 : parseConfig(text2, name).allowedHosts;
  return { allowedHosts, isStranger: proposedTo !== void 0 };
}

// src/action/inputs.ts
import path6 from "node:path";

// src/action/pull-request-inputs.ts
var readers = {
  title: (name, text2) => ({ title: template(name, text2, titleWords) }),
  body: (name, text2) => ({ body: template(name, text2, wordsOf.body) }),
  "commit-message": (name, text2) => ({ commitMessage: template(name, text2, wordsOf.commitMessage) }),
  labels: (_, text2) => ({ labels: listed(text2) }),
  reviewers: (name, text2) => ({ reviewers: logins(name, text2, "user names, or teams as org/team") }),
  assignees: (name, text2) => ({ assignees: logins(name, text2, "user names") }),
  milestone: (_, text2) => ({ milestone: text2 }),
  draft: (name, text2) => ({
    draft: oneOf(name, text2, { true: true, false: false, unverified: "unverified" })
  }),
  "auto-merge": (name, text2) => ({
    autoMerge: oneOf(name, text2, {
      ...{ true: true, false: false },
      ...{ merge: "merge", squash: "squash", rebase: "rebase" }
    })
  })
};
function loadPullRequestInputs(get) {
  const given = Object.entries(readers).flatMap(([name, read]) => {
    const text2 = get(name);
    return text2 === "" ? [] : [read(name, text2)];
  });
  return Object.assign({}, ...given);
}
var listed = (text2) => text2.split(/[,\n]/).map((item) => item.trim()).filter((item) => item !== "");
function logins(name, text2, what) {
  const all2 = listed(text2);
  const wrong = all2.find((login) => !isLogin(login));
  if (wrong !== void 0) throw invalid(name, wrong, `${what}, with commas or line ends between them`);
  return all2;
}
function template(name, text2, known) {
  const wrong = unknownWord(text2, known);
  if (wrong === void 0) return text2;
  throw invalid(
    name,
    text2,
    `a text with no other placeholders than ${known.map((word) => `{${word}}`).join(", ")}`
  );
}
function oneOf(name, text2, allowed) {
  const found = Object.entries(allowed).find(([word]) => word === text2.toLowerCase());
  if (!found) throw invalid(name, text2, Object.keys(allowed).join(", "));
  return found[1];
}
var invalid = (name, text2, allowed) => new UserError("input-invalid", `Input '${name}' is '${text2.slice(0, 200)}'; it takes ${allowed}.`);

// src/action/inputs.ts
var modes = ["update", "check", "compute", "publish"];
var forges = ["auto", "github", "forgejo", "gitea"];
function loadInputs(get, workspace) {
  const attribute = get("attribute");
  if (attribute !== "" && !/^[A-Za-z_][\w'-]*(\.[A-Za-z_][\w'-]*)*$/.test(attribute)) {
    throw invalid2("attribute", attribute, "an attribute path such as authentik-django or packages.backend");
  }
  const asked = get("mode") || "update";
  const mode = modes.find((name) => name === asked);
  if (mode === void 0) throw invalid2("mode", asked, modes.join(", "));
  const skipSecondDerivation = yesOrNo("skip-second-derivation", get("skip-second-derivation") || "false");
  if (mode === "check" && skipSecondDerivation)
    throw invalid2(
      "skip-second-derivation",
      "true",
      "false where mode is check: two derivations are what it compares"
    );
  const pullRequest = mode === "publish" || mode === "update" && yesOrNo("pull-request", get("pull-request") || "true");
  const forge = forges.find((name) => name === (get("forge") || "auto"));
  if (forge === void 0) throw invalid2("forge", get("forge"), forges.join(", "));
  const token = get("token");
  if (pullRequest && token === "") {
    throw invalid2(
      "token",
      "",
      "a token that may write contents and pull requests (it is empty; secrets are not there in runs for forks and Dependabot), or pull-request: false"
    );
  }
  return {
    mode,
    workspace,
    attribute,
    nix: readNix(get, workspace),
    config: inside("config", get("config") || ".github/uv-fod.toml", workspace),
    findReleases: get("find-releases") === "" ? void 0 : yesOrNo("find-releases", get("find-releases")),
    ...{ token, forge },
    base: get("base"),
    branch: branchName(get("branch") || `uv-fod/${attribute || "update"}`),
    compareWith: get("compare-with"),
    pullRequest,
    result: inside("result", get("result") || "uv-fod-result.json", workspace),
    verify: yesOrNo("verify", get("verify") || "true"),
    skipSecondDerivation,
    cacheTo: readCache(get, mode),
    options: loadPullRequestInputs(get)
  };
}
var roots = ["file", "flake", "expression"];
function readNix(get, workspace) {
  const [name = "file", other] = roots.filter((one) => get(one) !== "");
  const text2 = get(name) || "default.nix";
  if (other !== void 0)
    throw invalid2(other, get(other), `nothing where '${name}' is given: one of the two`);
  if (get(name) !== "" && get("attribute") === "")
    throw invalid2(
      name,
      text2,
      "nothing without 'attribute': the configuration says it for each of its packages"
    );
  if (name === "expression") return { kind: "expression", expression: text2 };
  if (name === "file")
    return { kind: "file", file: path6.relative(workspace, inside("file", text2, workspace)) };
  if (text2 !== "." && !isInnerPath(text2))
    throw invalid2(
      "flake",
      text2,
      "the folder of a flake.nix inside the checkout, '.' or a path such as nix/backend"
    );
  return { kind: "flake", flake: text2 };
}
function readCache(get, mode) {
  const address = get("cache-to");
  if (address === "") return void 0;
  if (!isCacheAddress(address)) throw invalid2("cache-to", withoutPassword(address), cacheText);
  if (mode === "check" || mode === "publish")
    throw invalid2(
      "cache-to",
      address,
      "nothing where mode is check or publish: they change nothing but what they are for"
    );
  if (/^false$/i.test(get("verify")))
    throw invalid2(
      "cache-to",
      address,
      "nothing where verify is false: what is copied was built and imported"
    );
  return address;
}
var withoutPassword = (address) => address.replace(/:[^/@\s]*@/, ":…@");
function inside(name, text2, workspace) {
  const file = path6.resolve(workspace, text2);
  if (!file.startsWith(`${workspace}${path6.sep}`)) throw invalid2(name, text2, "a file inside the checkout");
  return file;
}
function yesOrNo(name, text2) {
  if (/^true$/i.test(text2)) return true;
  if (/^false$/i.test(text2)) return false;
  throw invalid2(name, text2, "true or false");
}
function branchName(text2) {
  const isName = /^[\w][\w./-]*$/.test(text2) && !/\.\.|\/\/|\.lock(\/|$)|[./]$/.test(text2);
  if (!isName) throw invalid2("branch", text2, "a branch name of letters, digits, '-', '_', '.' and '/'");
  return text2;
}
function invalid2(name, text2, allowed) {
  return new UserError("input-invalid", `Input '${name}' is '${text2}'; it takes ${allowed}.`);
}

// src/action/jobs.ts
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path8 from "node:path";

// src/action/believe.ts
import path7 from "node:path";
async function believe(proposed, judge) {
  const { files, subjects } = proposed;
  const isLock = ({ path: name }) => path7.basename(name) === buildLockName;
  const derivations = [];
  for (const { path: name, content } of files.filter((file) => !isLock(file))) {
    const before = await judge.read(path7.join(judge.root, insidePath(name)));
    checkLiterals(name, before, content, subjects);
    derivations.push({ name, before: before ?? "", after: content });
  }
  const locks = files.filter(isLock);
  if (locks.length === 0 && files.length > 0) {
    throw refuse2(`it changes hashes and no ${buildLockName}, so nothing says what they were computed for`);
  }
  const computed = /* @__PURE__ */ new Set();
  for (const { path: name, content } of locks) {
    for (const hash of await checkHashes(insidePath(name), content, derivations, judge)) computed.add(hash);
  }
  if (!subjects.some(({ isBump }) => isBump)) for (const one of derivations) checkMoved(one, computed);
}
var hashesIn = (text2) => text2.match(/sha(?:256|512)-[A-Za-z0-9+/]+=*/g) ?? [];
function checkMoved({ name, before, after }, computed) {
  const known = new Set(hashesIn(before));
  const strange = hashesIn(after).find((hash) => !known.has(hash) && !computed.has(hash));
  if (strange !== void 0)
    throw refuse2(`it puts ${strange} into ${name}, which is the hash of no dependencies here`);
}
function insidePath(name) {
  const parts = name.split("/");
  if (name === "" || path7.isAbsolute(name) || parts.includes("..") || parts.includes(".git"))
    throw refuse2(`'${name}' is no path inside the repository`);
  return name;
}
function checkLiterals(name, before, after, subjects) {
  if (before === void 0) throw refuse2(`it adds the file ${name}`);
  const moved = subjects.filter(({ isBump }) => isBump);
  for (const one of moved) for (const version of [one.before, one.after]) checkVersion(version);
  const [old, now] = [
    moved.reduce((text2, one) => withoutVersion(name, text2, one.before), withoutHashes(before)),
    moved.reduce((text2, one) => withoutVersion(name, text2, one.after), withoutHashes(after))
  ];
  if (old !== now)
    throw refuse2(`it changes more in ${name} than hashes${moved.length > 0 ? " and the version" : ""}`);
  if (after.includes(fakeHash)) throw refuse2(`it leaves a hash that is none in ${name}`);
}
var withoutHashes = (text2) => text2.replace(/"(?:sha(?:256|512)-[A-Za-z0-9+/]+=*)?"|(?:[A-Za-z_][\w'-]*\.)*fakeHash\b/g, '"#"');
function checkVersion(version) {
  if (!/^(?=.*\d)[0-9A-Za-z][0-9A-Za-z.+!_~-]{0,99}$/.test(version))
    throw refuse2(`'${version.slice(0, 100)}' is no version`);
}
function withoutVersion(file, text2, version) {
  const escaped = version.replace(/[.+]/g, "\\$&");
  const whole = new RegExp(`(?<![0-9A-Za-z.+!_~-])v?${escaped}(?![0-9A-Za-z+!_~-]|\\.[0-9A-Za-z])`, "g");
  if (!file.endsWith(".nix")) return text2.replace(whole, "\0");
  return text2.replace(/"(?:[^"\\\n]|\\.)*"/g, (literal) => literal.replace(whole, "\0"));
}
async function checkHashes(name, content, derivations, judge) {
  const file = path7.join(judge.root, name);
  const buildLock = parseBuildLock(content, name);
  const before = await judge.read(file);
  checkSystems(buildLock, before === void 0 ? void 0 : parseBuildLock(before, name));
  const project = await projectBeside(path7.dirname(file), judge.read);
  if (project === void 0) {
    throw refuse2(
      `without Nix it can't be told which uv.lock it is about: beside or just below ${name} there is none, or there are several`
    );
  }
  await checkHosts(buildLock, before, path7.join(project, "uv.lock"), judge);
  const hashes = await hashesFor(buildLock, project, judge.read, judge.native);
  for (const { system, hash } of hashes) {
    const claimed = buildLock.systems[system]?.hash;
    if (claimed !== hash)
      throw refuse2(`it says that the hash for ${system} is ${claimed}, and here it is ${hash}`);
    const isWritten = derivations.some(({ after }) => after.includes(`"${hash}"`)) || derivations.length === 0 && await isInTree(judge, path7.dirname(file), hash);
    if (!isWritten) throw refuse2(`no derivation has the hash for ${system}, ${hash}`);
  }
  return hashes.map(({ hash }) => hash);
}
async function isInTree({ read }, folder, hash) {
  for (const name of ["default.nix", "package.nix", "flake.nix"]) {
    if ((await read(path7.join(folder, name)))?.includes(`"${hash}"`)) return true;
  }
  return false;
}
function checkSystems(now, before) {
  for (const [system, { hash }] of Object.entries(now.systems)) {
    if (!isSri(hash) || hash === fakeHash) throw refuse2(`it has no hash for ${system}`);
  }
  const missing2 = Object.keys(before?.systems ?? {}).filter((system) => !(system in now.systems));
  if (missing2.length > 0) throw refuse2(`it has nothing for ${missing2.join(" and ")} any more`);
}
async function checkHosts(lock, before, uvLock, judge) {
  const known = /* @__PURE__ */ new Set([...hostsIn(before ?? ""), ...hostsIn(await judge.read(uvLock) ?? "")]);
  for (const address of addressesOf(lock)) {
    const host = URL.parse(address)?.host ?? "";
    const isAllowed = judge.allowedHosts === void 0 ? known.has(host) : judge.isAllowedHost(address, judge.allowedHosts) || known.has(host);
    if (!isAllowed)
      throw refuse2(
        `its build lock fetches from '${host}', where the base does not; allow that with allowed-hosts in the base's configuration`
      );
  }
}
var hostsIn = (text2) => [...text2.matchAll(/(?:https?|ssh):\/\/([^/"'?#\s@]+@)?([^/"'?#\s]+)/g)].map(([, , host = ""]) => host);
function addressesOf({ builds, wheels }) {
  const sources = Object.values(builds).flatMap(
    (build) => "url" in build && build.url !== void 0 ? [build.url] : []
  );
  return [...sources, ...Object.values(wheels).map(({ url }) => url)];
}
var refuse2 = (why) => new UserError(
  "result-refused",
  `The result of the other job is not published: ${why}. Nothing was written; look at that job's log, or run both jobs again.`
);

// src/action/jobs.ts
async function writeResult(results, head, file) {
  const result = { version: 1, head, proposed: results.map(({ proposed }) => proposed) };
  await writeFile(file, `${JSON.stringify(result, null, 2)}
`);
}
async function publishResults(runner) {
  const { inputs, trigger, parts, forge } = runner;
  const checkout = await openCheckout(inputs.workspace, parts.run);
  const results = await readResults(inputs.result);
  for (const { head } of results) {
    if (head !== checkout.head) {
      throw new UserError(
        "result-refused",
        `The result was computed from commit ${head}, and ${checkout.head} is checked out here; check out the same commit in both jobs.`
      );
    }
  }
  const config = await configOf(runner, checkout);
  const { read, native } = parts;
  const judge = { root: checkout.root, read, native, allowedHosts: config.allowedHosts, isAllowedHost };
  const published = [];
  for (const proposed of merge(results.flatMap((result) => result.proposed))) {
    await parts.log.group(`Plan and hash ${proposed.name} again`, () => believe(proposed, judge));
    const options2 = optionsOf(proposed, inputs, config);
    const request = drawn(proposed, () => requestOf(proposed, options2, trigger, checkout.head));
    const done = await unlessCancelled(publish(await forge(), request, parts.log), parts.stop);
    published.push({ proposed, published: done });
  }
  return published;
}
function drawn({ name }, draw) {
  try {
    return draw();
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(
      "result-refused",
      `The result has no whole report about '${name.slice(0, 100)}', so nothing was written; run both jobs with the same version.`,
      { cause }
    );
  }
}
function optionsOf({ name }, inputs, config) {
  if (inputs.attribute !== "") {
    if (name === inputs.attribute)
      return { branch: inputs.branch, options: { ...noOptions, ...inputs.options } };
  } else {
    const known = proposals(config).find((proposal) => proposal.name === name);
    if (known) return known;
  }
  throw new UserError(
    "result-refused",
    `The result is about '${name.slice(0, 100)}', which neither inputs nor configuration name; give both jobs the same.`
  );
}
function merge(all2) {
  const merged = /* @__PURE__ */ new Map();
  for (const one of all2) {
    const before = merged.get(one.name);
    if (before && JSON.stringify(before.files) !== JSON.stringify(one.files)) {
      throw new UserError(
        "result-refused",
        `Two jobs computed different files for '${one.name.slice(0, 100)}', so neither is published; compare their logs.`
      );
    }
    merged.set(
      one.name,
      before ? { ...before, reports: before.reports.map((report, index) => together(report, one.reports[index])) } : one
    );
  }
  return [...merged.values()];
}
function together(left, right) {
  if (!right) return left;
  const stronger = (hash) => {
    const other = right.hashes.find(({ system }) => system === hash.system);
    return hash.how !== "both" && other?.how === "both" ? other : hash;
  };
  return { ...left, hashes: left.hashes.map(stronger), checks: [...left.checks, ...right.checks] };
}
async function readResults(place) {
  const found = await stat(place).catch(() => void 0);
  const files = found?.isDirectory() ? (await readdir(place, { recursive: true })).filter((name) => name.endsWith(".json")).map((name) => path8.join(place, name)) : found ? [place] : [];
  if (files.length === 0) {
    throw new UserError(
      "result-missing",
      `There is no result at ${place}; download the computing job's artifact in a step before this one, and name it with the input 'result'.`
    );
  }
  return Promise.all(files.sort().map(readResult));
}
async function readResult(file) {
  const refuse3 = (why) => new UserError(
    "result-refused",
    `${file} is no result of mode: compute (${why}); run both jobs with the same version.`
  );
  let value;
  try {
    value = JSON.parse(await readFile(file, "utf8"));
  } catch (error2) {
    throw refuse3(error2.message);
  }
  if (value?.version !== 1 || typeof value.head !== "string" || !Array.isArray(value.proposed))
    throw refuse3("its fields are others");
  for (const one of value.proposed)
    if (!isProposed(one)) throw refuse3("a proposal in it has other fields");
  return value;
}
function isProposed(value) {
  const one = value;
  const texts = (list2, ...keys) => Array.isArray(list2) && list2.every(
    (item) => keys.every((key) => typeof item?.[key] === "string")
  );
  return typeof one?.name === "string" && texts(one.files, "path", "content") && texts(one.subjects, "name", "pname", "before", "after") && Array.isArray(one.computedFrom) && one.computedFrom.every((item) => typeof item === "string") && Array.isArray(one.reports);
}

// src/effects/action-log.ts
var interval = 1e4;
function makeActionLog({ info: info2, warning, startGroup, endGroup }, { now, every }) {
  let began = now();
  let told = began;
  let latest = "";
  const tell3 = () => {
    if (latest === "" || now() - told < interval) return;
    told = now();
    info2(`… ${harmless(latest).replaceAll("\n", " ")}, ${Math.round((told - began) / 1e3)} s`);
  };
  return {
    info: (message) => info2(harmless(message)),
    warning: (message) => warning(harmless(message)),
    progress: (message) => {
      latest = message;
      tell3();
    },
    group: async (title, body2) => {
      startGroup(harmless(title).replaceAll("\n", " "));
      began = told = now();
      const stop = every(interval, tell3);
      try {
        return await body2();
      } finally {
        stop();
        latest = "";
        endGroup();
      }
    }
  };
}
var actionLog = makeActionLog(core_exports, clock);

// src/entry/index.ts
async function main(cancellation2, scratch2) {
  const inputs = loadInputs(getInput, path9.resolve(process.env.GITHUB_WORKSPACE ?? process.cwd()));
  const kind = forgeKind(inputs.forge, process.env);
  if (inputs.token !== "") setSecret(inputs.token);
  if (inputs.token !== "" && kind !== "github") setSecret(basic(inputs.token));
  const trigger = readTrigger(readEvent(process.env, textOf2), inputs);
  const parts = makeParts(process.env, actionLog, scratch2, {
    worker: new URL("./worker.js", import.meta.url),
    stop: cancellation2.signal,
    hosts: (run) => hostRules(inputs, trigger, run),
    isFork: trigger.isFork,
    within: { checkout: inputs.workspace, store: process.env.NIX_STORE_DIR ?? "/nix/store" }
  });
  if (inputs.mode === "check") return check({ inputs, trigger, parts });
  const runner = {
    ...{ inputs, trigger, parts },
    ...connect(kind, inputs, trigger, parts, client),
    fetchText: makeFetchText(parts.network),
    index: process.env.UV_DEFAULT_INDEX ?? process.env.UV_INDEX_URL
  };
  if (inputs.mode === "publish") return publishComputed(runner);
  const results = await runAction(runner);
  if (inputs.mode === "compute") {
    const { head } = await openCheckout(inputs.workspace, parts.run);
    await writeResult(results, head, inputs.result);
  }
  await publishOutputs(results);
}
var textOf2 = (file) => existsSync(file) ? readFileSync(file, "utf8") : void 0;
async function client(token, url) {
  const [{ createClient }, { makeOctokit }] = await Promise.all([
    import("./chunk-ZWMIBDG6.js"),
    import("./chunk-ZFWIW3S7.js")
  ]);
  return createClient(makeOctokit, token, url, actionLog);
}
async function publishComputed(runner) {
  const results = await publishResults(runner);
  const told = results.map(({ proposed: { name }, published }) => ({ name, ...published }));
  setOutput("results", JSON.stringify(told));
  const first = told.find(({ outcome }) => outcome !== "none") ?? told[0];
  setOutput("outcome", first?.outcome ?? "none");
  setOutput("pull-request-number", String(first?.number ?? ""));
  setOutput("pull-request-url", first?.url ?? "");
  setOutput("branch", first?.branch ?? "");
  setOutput("commit", first?.commit ?? "");
  if (!process.env.GITHUB_STEP_SUMMARY) return;
  const texts = results.flatMap(
    ({ proposed, published }) => proposed.reports.map((report) => summary2(report, published))
  );
  await summary.addRaw(texts.join("\n")).write();
}
async function check(runner) {
  const { checks: checks2, root } = await checkAll(runner);
  const { status, patch, hashes, results } = checkOutputs(checks2, root);
  setOutput("status", status);
  setOutput("patch", patch);
  setOutput("hashes", hashes);
  setOutput("results", results);
  if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(checkSummaries(checks2)).write();
  for (const { name, checked } of checks2) {
    for (const one of checked?.notChecked ?? []) info(`${name}: not checked: ${one}`);
    if (checked?.status === "current") info(`${name}: ${checked.message}`);
  }
  for (const one of checkAnnotations(checks2)) tell2(one);
  process.exitCode = checkExit(checks2);
}
async function publishOutputs(results) {
  setOutput("results", JSON.stringify(results.map(asResult)));
  const first = results.find(({ edits }) => edits.length > 0) ?? results[0];
  if (!first) return;
  const { outcome, hashes, number, url } = asResult(first);
  setOutput("outcome", outcome);
  setOutput("changed", String(first.edits.length > 0));
  setOutput("hashes", JSON.stringify(hashes));
  setOutput("pull-request-number", String(number ?? ""));
  setOutput("pull-request-url", url ?? "");
  setOutput("branch", first.published?.branch ?? "");
  setOutput("commit", first.published?.commit ?? "");
  setOutput("report", JSON.stringify(first.reports[0] ?? {}));
  if (!process.env.GITHUB_STEP_SUMMARY) return;
  const texts = results.flatMap(
    ({ reports, published }) => reports.map((report) => summary2(report, published))
  );
  await summary.addRaw(texts.join("\n")).write();
}
function asResult({ name, edits, refreshed, published }) {
  const changed = edits.length > 0;
  const hashes = refreshed.flatMap(
    ({ update }) => update.hashes.map(({ system, before, after }) => [system, { before, after }])
  );
  return {
    name,
    outcome: published && changed ? published.outcome : outcomeWithout(changed, published?.outcome),
    branch: published?.branch,
    number: published?.number,
    url: published?.url,
    hashes: Object.fromEntries(hashes)
  };
}
function outcomeWithout(changed, published) {
  if (published === "closed") return "closed";
  return changed ? "changed" : "current";
}
async function fail(error2) {
  if (!(error2 instanceof UserError)) {
    setFailed(
      `This is a defect of uv-fod, please report it: ${error2 instanceof Error ? error2.stack : String(error2)}`
    );
    return;
  }
  tell2(error2);
  process.exitCode = ExitCode.Failure;
  if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(failureSummary(error2)).write();
}
function tell2(error2) {
  const root = process.env.GITHUB_WORKSPACE ?? process.cwd();
  const { message, properties } = annotationOf(error2, root);
  error(message, properties);
}
var scratch = mkdtempSync(path9.join(process.env.RUNNER_TEMP ?? tmpdir(), "uv-fod-"));
var clean = () => rmSync(scratch, { recursive: true, force: true });
var cancellation = cancelOnSignals(clean);
try {
  await main(cancellation, scratch);
} catch (error2) {
  await fail(error2);
} finally {
  clean();
}
var code2 = cancellation.code();
if (code2 !== void 0) process.exit(code2);
