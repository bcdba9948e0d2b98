import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  normalizeName
} from "./cli-OHOPGCTD.js";
import {
  UserError
} from "./cli-RULA4YQZ.js";

// src/release/index-page.ts
var JSON_TYPE = "application/vnd.pypi.simple.v1+json";
async function indexReleases(index, name, fetchText) {
  if (index === void 0) throw noIndex(name);
  const project = normalizeName(name) ?? name;
  const url = `${index.replace(/\/+$/, "")}/${project}/`;
  const { status, contentType, text } = await fetchText(url, { accept: JSON_TYPE });
  if (status === 404)
    throw new UserError(
      "releases-not-found",
      `The index has no package '${name}' (${hostOf(url)}). Correct 'pypi' under 'releases', or name another 'index', in the configuration.`
    );
  if (status !== 200 || !contentType.startsWith(JSON_TYPE))
    throw new UserError(
      "releases-unreachable",
      `The index at ${hostOf(url)} answered for '${name}' with status ${status} and ${contentType || "no type"}, not with JSON of its Simple API (PEP 691). Name an index that has it as 'index' in the configuration, or run this again later.`
    );
  return versionsOf(parse(text, url), project);
}
function chooseIndex(...settings) {
  return settings.find((url) => url !== void 0 && /^https?:\/\//.test(url) && URL.canParse(url));
}
function parse(text, url) {
  const files = filesOfPage(text);
  if (files) return files;
  throw new UserError(
    "releases-unreachable",
    `What the index at ${hostOf(url)} answered is not the JSON of its Simple API (PEP 691). Run this again later, or name another 'index' in the configuration.`
  );
}
function filesOfPage(text) {
  try {
    const page = JSON.parse(text);
    if (!Array.isArray(page?.files)) return void 0;
    return page.files.filter((file) => typeof file === "object" && file !== null);
  } catch {
    return void 0;
  }
}
function versionsOf(files, project) {
  const dates = /* @__PURE__ */ new Map();
  for (const { filename, yanked, "upload-time": uploaded } of files) {
    const version = typeof filename === "string" ? versionIn(filename, project) : void 0;
    if (version === void 0 || yanked !== void 0 && yanked !== false) continue;
    const time = typeof uploaded === "string" ? Date.parse(uploaded) : Number.NaN;
    const known = dates.has(version) ? dates.get(version) : 0;
    dates.set(version, known === void 0 || Number.isNaN(time) ? void 0 : Math.max(known, time));
  }
  return [...dates].map(([version, date]) => ({ version, ...date === void 0 ? {} : { date } }));
}
function versionIn(filename, project) {
  if (filename.length > 400) return void 0;
  const wheel = /^([^-]+)-([^-]+)(?:-[^-]+){3,4}\.whl$/.exec(filename);
  if (wheel) return normalizeName(wheel[1] ?? "") === project ? wheel[2] : void 0;
  const stem = /^(.+)\.(?:tar\.gz|zip)$/.exec(filename)?.[1];
  for (let at = stem?.indexOf("-") ?? -1; stem && at > 0; at = stem.indexOf("-", at + 1)) {
    if (normalizeName(stem.slice(0, at)) === project) return stem.slice(at + 1);
  }
  return void 0;
}
var hostOf = (url) => new URL(url).host;
function noIndex(name) {
  return new UserError(
    "index-unknown",
    `Nothing says which package index to ask for '${name}'. Set 'index' in the configuration to its address, or UV_DEFAULT_INDEX in the environment, as uv reads it.`
  );
}

export {
  JSON_TYPE,
  indexReleases,
  chooseIndex,
  filesOfPage,
  versionIn
};
