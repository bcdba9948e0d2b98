import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  hashNatively,
  sriFromHex,
  unionOf
} from "./cli-DFWMD6VS.js";
import {
  sameData
} from "./cli-2WUOKQML.js";
import {
  artifactsFolder,
  openCache
} from "./cli-PPCW4ZUN.js";

// src/buildlock/apart.ts
var worthIt = 2e6;
function wheelsApart(artifacts) {
  const found = artifacts.flatMap(({ kind, filename = "", size = 0, hash = "" }) => {
    const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(hash) ?? [];
    const isOne = kind === "wheel" && size >= worthIt && filename.endsWith("-none-any.whl");
    return isOne && hex !== void 0 ? [[filename, sriFromHex(hex)]] : [];
  });
  return Object.fromEntries(found);
}
var sameApart = (locked, artifacts) => sameData(locked ?? {}, wheelsApart(artifacts));

// src/native/shared.ts
import { createHash } from "node:crypto";

// src/native/action-cache.ts
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
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
    await mkdir(folder, { recursive: true });
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
async function saveArtifacts({ folder, lock, missing }, restored, fetched, cache, most, { runner, log }) {
  if (restored.outcome === "unavailable" || restored.key === prefix + lock || fetched.bytes === 0)
    return false;
  try {
    const rates = await noteRates(folder, { index: rate(fetched.bytes, fetched.milliseconds) });
    if (!isWorthIt(Math.max(missing, fetched.bytes), rates)) return false;
    await cache.trim(most);
    await runner.saveCache([folder], prefix + lock);
    return true;
  } catch (error) {
    log.warning(
      `The cache of artifacts could not be saved (${messageOf(error)}); the next run fetches them again.`
    );
    return false;
  }
}
var ratesFile = (folder) => path.join(folder, "rates.json");
async function readRates(folder) {
  try {
    const known = JSON.parse(await readFile(ratesFile(folder), "utf8"));
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
async function noteRates(folder, measured) {
  const rates = { ...await readRates(folder), ...measured };
  await mkdir(folder, { recursive: true });
  await writeFile(ratesFile(folder), `${JSON.stringify(rates)}
`);
  return rates;
}
var rate = (bytes, milliseconds) => bytes * 1e3 / Math.max(1, milliseconds);
var messageOf = (error) => error instanceof Error ? error.message : String(error);

// src/native/shared.ts
async function hashOnRunner(systems, project, tools) {
  const { shared } = tools;
  if (!shared) return hashNatively(systems, project, tools);
  const { request, bytes } = await requestOf(systems, shared.root);
  const restored = await restoreArtifacts(request, shared);
  shared.log.info(`Artifacts in the runner's cache: ${restored.outcome} (${restored.reason})`);
  const started = shared.now();
  const result = await hashNatively(systems, project, tools);
  const fetched = { bytes: result.downloaded.bytes, milliseconds: shared.now() - started };
  const most = Math.min(2 * bytes, tools.cacheSize);
  if (await saveArtifacts(request, restored, fetched, tools.cache, most, shared))
    shared.log.info("Saved the artifacts in the runner's cache.");
  return result;
}
async function requestOf(systems, root) {
  const cache = await openCache(root);
  const digest = createHash("sha256");
  let [missing, bytes] = [0, 0];
  for (const { wheel } of unionOf(systems)) {
    if (wheel.path !== void 0 || wheel.hash === void 0) continue;
    digest.update(`${wheel.hash}
`);
    bytes += wheel.size ?? 0;
    if (await cache.find(wheel.hash) === void 0) missing += wheel.size ?? 0;
  }
  return { request: { folder: artifactsFolder(root), lock: digest.digest("hex"), missing }, bytes };
}

export {
  wheelsApart,
  sameApart,
  hashOnRunner
};
