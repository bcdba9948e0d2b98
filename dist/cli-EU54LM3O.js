import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  isRefName
} from "./cli-2RXXFTVC.js";

// src/config/pull-request.ts
var pullRequestKeys = [
  "title",
  "body",
  "commit-message",
  "branch",
  "labels",
  "reviewers",
  "assignees",
  "milestone",
  "draft",
  "auto-merge"
];
var noOptions = {
  title: void 0,
  body: void 0,
  commitMessage: void 0,
  branch: void 0,
  labels: [],
  reviewers: [],
  assignees: [],
  milestone: void 0,
  draft: false,
  autoMerge: false
};
var titleWords = ["name", "before", "after"];
var wordsOf = {
  commitMessage: [...titleWords, "title"],
  body: [...titleWords, "title", "report"]
};
function readPullRequest(table, below) {
  if (!table) return below;
  return {
    title: template(table, "title", titleWords) ?? below.title,
    body: template(table, "body", wordsOf.body) ?? below.body,
    commitMessage: template(table, "commit-message", wordsOf.commitMessage) ?? below.commitMessage,
    branch: table.string("branch", "the name of a branch", isRefName) ?? below.branch,
    labels: table.strings("labels", "names of labels") ?? below.labels,
    reviewers: table.strings("reviewers", 'user names, or teams as "org/team"', isLogin) ?? below.reviewers,
    assignees: table.strings("assignees", "user names", isLogin) ?? below.assignees,
    milestone: table.string("milestone", "a milestone's title or number") ?? below.milestone,
    draft: table.oneOf("draft", [true, false, "unverified"]) ?? below.draft,
    autoMerge: table.oneOf("auto-merge", [false, true, "merge", "squash", "rebase"]) ?? below.autoMerge
  };
}
function template(table, key, known) {
  const list = known.map((name) => `{${name}}`).join(", ");
  return table.string(
    key,
    `a text with no other placeholders than ${list}`,
    (text) => unknownWord(text, known) === void 0
  );
}
function unknownWord(text, known) {
  return [...text.matchAll(/\{([a-z-]{1,40})\}/g)].map(([, name = ""]) => name).find((name) => !known.includes(name));
}
var isLogin = (text) => /^[A-Za-z0-9][\w.-]*(\[bot\]|\/[\w.-]+)?$/.test(text);

// src/config/proposals.ts
function proposals({ packages }) {
  const found = /* @__PURE__ */ new Map();
  for (const one of packages) {
    const key = one.group === void 0 ? `package ${one.name}` : `group ${one.group}`;
    const name = one.group ?? one.name;
    const others = found.get(key)?.packages ?? [];
    const branch = one.pullRequest.branch ?? `uv-fod/${name}`;
    found.set(key, { name, branch, options: one.pullRequest, packages: [...others, one] });
  }
  return [...found.values()];
}

export {
  pullRequestKeys,
  noOptions,
  readPullRequest,
  proposals
};
